"""The page Your data: from the file to the map, kept apart from every other visitor."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.own.entry import suggest_entry
from data.own.places import wards_inside
from data.own.shown import OwnFigure
from pages.shared.own_draft import Draft
from pages.shared.own_work import open_and_read

ROOT = Path(__file__).parents[2]
PAGE = str(ROOT / "pages/explore/your_data.py")


def open_page(area: str = "E07000011", page: str = PAGE, **state) -> AppTest:
    app = AppTest.from_file(page, default_timeout=240)
    app.query_params["area"] = area
    app.session_state["first_view_is_out"] = True
    for key, value in state.items():
        app.session_state[key] = value
    return app.run()


def read_all(app: AppTest) -> str:
    kinds = ("html", "markdown", "caption", "error", "warning", "header", "title", "subheader")
    return "\n".join(
        str(getattr(block.proto, "body", "")) for kind in kinds for block in app.get(kind)
    )


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def fill_in(app: AppTest, **texts: str) -> AppTest:
    for field, text in texts.items():
        box = next(t for t in app.text_input if t.key.endswith(f"-{field}"))
        app = box.set_value(text).run()
    return app


def test_the_example_reaches_the_map_in_a_few_presses():
    app = press(open_page(), "own-example")
    assert not app.exception
    assert "Example: made-up figures" in read_all(app)
    assert app.title[0].value == "All 26 rows with figures can be used"
    assert app.button(key="own-add").disabled
    app = fill_in(app, source="Made up for the example")
    app = press(app, "own-add")
    assert not app.exception
    assert not app.error
    figures = app.session_state["own_figures"]
    assert len(figures) == 1
    figure = next(iter(figures.values()))
    assert isinstance(figure, OwnFigure)
    assert figure.hidden > 0
    assert "own_draft" not in app.session_state
    assert "own figure, not published data" in read_all(app)


def make_draft(content: bytes, name: str, council: str = "E07000011") -> Draft:
    """A file as it stands once it was dropped in."""
    draft = Draft(name, council, 1)
    draft.file, reading = open_and_read(content, name, council)
    draft.sheet = draft.file.sheets[0].name
    draft.reading = reading
    if reading.checked is not None:
        draft.measure = reading.checked.measures[0]
        draft.entry = suggest_entry(reading.checked, draft.measure)
    return draft


def test_postcodes_are_counted_and_nothing_of_them_stays():
    lines = [f"PE29 3TN,{day:02d}/04/2024" for day in range(1, 12)] + ["nope,01/04/2024"]
    content = ("Postcode,Date of call\n" + "\n".join(lines)).encode()
    app = open_page(own_draft=make_draft(content, "calls.csv"), own_draft_number=1)
    assert not app.exception
    text = read_all(app)
    assert "no postcode or coordinate is kept" in text
    assert "nope" in text  # what is wrong with the visitor's own file is told to them
    app = press(fill_in(app, source="The hub", name="Calls to the hub"), "own-add")
    assert not app.exception
    figure = next(iter(app.session_state["own_figures"].values()))
    assert figure.values["value"].max() == 11
    assert "own_draft" not in app.session_state
    for held in (pickle.dumps(figure), repr(app.session_state).encode()):
        assert b"PE29" not in held
        assert b"nope" not in held


def test_a_changed_reading_is_checked_again():
    wards = wards_inside("E07000011")
    rows = "\n".join(f"{code},{10 + n},{20 + n}" for n, code in enumerate(wards.index))
    app = open_page(
        own_draft=make_draft(f"Code,With,Base\n{rows}".encode(), "a.csv"), own_draft_number=1
    )
    assert not app.exception
    columns = next(m for m in app.multiselect if m.key.endswith("-values"))
    app = columns.set_value([1]).run()
    assert not app.exception
    assert app.session_state["own_draft"].reading.mapping.value_columns == (1,)
    kind = next(s for s in app.selectbox if s.key.endswith("-area_kind"))
    app = kind.set_value("postcode").run()
    assert not app.exception
    assert app.title[0].value == "0 of 26 rows with figures can be used"
    assert not any(b.key == "own-add" for b in app.button)


def test_a_file_that_cannot_be_opened_says_why():
    draft = Draft("a.xlsx", "E07000011", 1, error="It has a password.")
    app = open_page(own_draft=draft)
    assert not app.exception
    assert app.title[0].value == "Your file cannot be read yet"
    assert "a.xlsx: It has a password." in read_all(app)


@pytest.mark.parametrize("place", ["E10000008", "E06000052", "E92000001"])
def test_the_example_works_for_a_county_a_unitary_and_england(place):
    app = press(open_page(place), "own-example")
    assert not app.exception
    app = press(fill_in(app, source="Made up"), "own-add")
    assert not app.exception
    assert not app.error
    assert len(app.session_state["own_figures"]) == 1
