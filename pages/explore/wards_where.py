"""Wards where …: conditions on several indicators at once."""

import streamlit as st

from analysis.heat_table import next_direction
from analysis.match_view import (
    Answer,
    describe_limit,
    explain_ties,
    make_answer_title,
    make_match_view,
)
from analysis.matching import MET
from analysis.words import count_words
from pages.shared.answers import (
    HOW_COMPARED,
    explain_match,
    load_answer,
    make_answer_offer,
    make_funnel_offer,
    make_list,
    show_funnel,
    show_not_judged,
)
from pages.shared.choices import choose_here, current_choices
from pages.shared.conditions import (
    PAGE,
    Question,
    address_of,
    first_question,
    parse_question,
    pick_match,
    pick_question,
)
from pages.shared.downloads import show_offer
from pages.shared.embed_offer import make_snippet
from pages.shared.figures import boundary_url, list_sources
from pages.shared.find import show_find
from pages.shared.heat_table import show_heat_table
from pages.shared.many import explain_own, list_periods
from pages.shared.page import begin_page, panel, pick_area, pick_ward, show_note, show_title
from pages.shared.plain import as_plain
from pages.shared.selection import (
    Selection,
    choose_ward,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.ward_links import show_ward_links
from pages.shared.ward_map import show_map

STYLE = """
<style>
[class*="st-key-where-"][class*="-row"] {display: grid !important; align-items: end;
  grid-template-columns: 5fr 3fr 3fr auto; gap: 4px 12px;}
[class*="st-key-where-"][class*="-row"] > * {width: auto !important; min-width: 0;}
@media (max-width: 640px) {
  [class*="st-key-where-"][class*="-row"] {grid-template-columns: 1fr 1fr;
    border-bottom: 1px solid color-mix(in srgb, currentColor 22%, transparent);
    padding-bottom: 8px;}
  [class*="st-key-where-"][class*="-row"] > :first-child {grid-column: span 2;}
}
@media print {
  [class*="st-key-where-"][class*="-row"], .stRadio {display: none !important;}
  /* Side by side, a map that moves to the next page would lie on what follows. */
  [data-testid="stHorizontalBlock"] {display: block;}
  [data-testid="stColumn"] {width: 100%;}
}
</style>
"""


def show_answer(answer: Answer, question: Question, selection: Selection) -> None:
    """Funnel, map, list, the wards nobody can judge, and where the figures are from."""
    chosen = selection.ward or None
    view = make_match_view(answer, chosen)
    map_side, list_side = st.columns([5, 6], gap="medium")
    with map_side:
        url = boundary_url("ward", selection.area)
        show_map(
            view, url, "where-map", 480, on_select=choose_ward, selected=selection.ward or None
        )
    with list_side:
        verb = "leaves" if answer.match == "all" else "adds"
        st.header(f"How many wards each condition {verb}", anchor=False)
        show_funnel(answer)
        show_note(explain_match(answer), *(explain_ties(j) for j in answer.judgements))
        show_not_judged(answer)
    table, heading = make_list(answer, question.order, selection.ward)
    st.header(as_plain(heading), anchor=False)
    show_heat_table(
        table,
        "where-list",
        lambda code, _: choose_ward(code),
        lambda column: choose_here(PAGE, order=next_direction(question.order, column)),
    )
    if selection.ward in answer.wards.index:
        st.html(f"<p>Chosen: <strong>{answer.wards.at[selection.ward, 'name']}</strong></p>")
        show_ward_links(selection.area, selection.ward, answer.judgements[0].indicator.id)
    indicators = [j.indicator.id for j in answer.judgements]
    show_note(
        "▲ ▼ ●: above, below or equal to what the figure is held against", HOW_COMPARED,
        f"The first {len(table.codes):,} in this order are shown; the download has all wards"
        if len(table.codes) < answer.count(MET) else "",
    )  # fmt: skip
    show_note(f"Newest period of each: {list_periods(indicators)}")
    show_note(f"Sources: {list_sources(indicators)}", explain_own(indicators))
    own = address_of(question)
    snippet = make_snippet("where-map", f"Wards where …, {answer.place}", selection.address(**own))
    show_offer(lambda: make_answer_offer(answer, view, selection.area, [snippet]), "where-map")
    show_offer(lambda: make_funnel_offer(answer), "where-funnel", "The steps as a table")


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: read the finding, change the conditions, look at the answer."""
    selection = current_selection()
    question = current_choices(PAGE, first_question(), parse_question)
    show_link_problems()
    with st.container(key="pickers"):
        show_find(selection)
        pick_area(selection)
        pick_ward(selection)
    heading, conditions, below = st.container(), st.container(), st.container()
    with conditions:
        pick_match(question)
        pick_question(question, selection)
    with below, panel("the answer"):
        answer = load_answer(question, selection.area)
        with heading:
            wards = count_words(len(answer.wards), "ward", "wards")
            asked = [describe_limit(j, answer.names) for j in answer.judgements]
            joined = ("; or " if question.match == "any" else "; ").join(asked)
            show_title(make_answer_title(answer), f"{answer.place}, {wards}: {joined}" if asked
                       else f"{answer.place}, {wards}")  # fmt: skip
        if answer.judgements:
            show_answer(answer, question, selection)
        else:
            st.info("Add a condition, or start from one of the examples.")
    write_address("area", "ward", **address_of(question))


begin_page()
st.html(STYLE)
show_page()
