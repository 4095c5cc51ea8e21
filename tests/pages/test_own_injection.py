"""Whatever stands in a file, its name or its dictionary is shown as text and does nothing."""

from __future__ import annotations

import pytest
from own_visits import make_own, write_counts
from test_own_everywhere import HUNTINGDONSHIRE, PAGES, open_with
from test_your_data import open_page

from analysis.export import make_csv
from data.own.places import wards_inside
from pages.shared import own_work
from pages.shared.own_draft import STORE, Draft, _take

HTML, MARKDOWN, ICON = "<img src=x onerror=alert(1)>", "[x](http://evil.example)", ":material/bolt:"
FORMULA = '=HYPERLINK("http://evil.example")'
SQL, TEMPLATE = "'; DROP TABLE own_figures;--", "{{7*7}}${7*7}"
PATH = "../../etc/passwd"
BAD = " ".join((HTML, MARKDOWN, ICON, SQL, TEMPLATE, PATH))
AS_MARKDOWN = ("markdown", "caption", "error", "warning", "info", "success", "title", "header",
               "subheader", "expander", "status")  # fmt: skip


def find_faults(app) -> list[str]:
    """Places where a visitor's text would be read as HTML or Markdown."""
    faults = [str(b.proto.body) for b in app.get("html") if "<img src=x" in str(b.proto.body)]
    for kind in AS_MARKDOWN:
        for block in app.get(kind):
            proto = block.proto
            text = str(getattr(proto, "body", "")) + str(getattr(proto, "label", ""))
            faults += [text for sign in (HTML, MARKDOWN, ICON) if sign in text]
    for widget in (*app.selectbox, *app.multiselect, *app.button, *app.text_input):
        text = f"{widget.label} {widget.help or ''}"
        faults += [text for sign in (HTML, MARKDOWN, ICON) if sign in text]
    return faults


@pytest.mark.parametrize("page", PAGES)
def test_a_dictionary_is_shown_as_text_on_every_page(page):
    own = make_own(HUNTINGDONSHIRE, write_counts(HUNTINGDONSHIRE), BAD[:80], definition=BAD,
                   licence=BAD, publisher=BAD)  # fmt: skip
    ward = str(wards_inside(HUNTINGDONSHIRE).index[2])
    app = open_with(page, [own], area=HUNTINGDONSHIRE, ward=ward, **PAGES[page](own.id))
    assert not app.exception
    assert find_faults(app) == []


def test_a_file_and_its_name_are_shown_as_text():
    wards = wards_inside(HUNTINGDONSHIRE)
    rows = [f'Ward,"{HTML} {MARKDOWN}",{ICON}']
    rows += [f"{name},{20 + place},7" for place, name in enumerate(wards["area_name"])]
    rows += [f'"{BAD}",1,2', f'"{FORMULA.replace(chr(34), "")}",3,4']
    draft = Draft(f"{PATH} {BAD}.csv", HUNTINGDONSHIRE, 1)
    content = "\n".join(rows).encode()
    draft.file, reading = own_work.open_and_read(content, draft.name, HUNTINGDONSHIRE)
    draft.sheet = draft.file.sheets[0].name
    import streamlit as st

    st.session_state["own_draft_number"] = 1
    _take(draft, reading)
    app = open_page(HUNTINGDONSHIRE, **{STORE: draft})
    assert not app.exception
    assert find_faults(app) == []
    assert draft.checked is not None
    aside = make_csv(draft.checked.set_aside).decode()
    assert "'=HYPERLINK" in aside  # a spreadsheet shows it and does not compute it
    app = app.button(key="own-restart").click().run()
    assert not app.exception
    assert STORE not in app.session_state


def test_a_name_that_a_chart_would_read_is_refused_with_a_cure():
    draft = Draft("a.csv", HUNTINGDONSHIRE, 1)
    draft.entry = make_own(HUNTINGDONSHIRE, write_counts(HUNTINGDONSHIRE), "<b>x</b>").written
    assert [(p.file, p.allowed) for p in draft.problems()] == [("name", "write under or over")]
