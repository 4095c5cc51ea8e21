"""Open a workshop: what is asked, how people vote, how long it lasts."""

from __future__ import annotations

import streamlit as st

from data.errors import DataError
from data.store.engine import open_store
from data.store.workshop_tables import LONGEST_QUESTION
from data.store.workshops import (
    DOTS,
    LONGEST_HOURS,
    MOST_QUESTIONS,
    MOST_VOTES,
    RANKING,
    USUAL_HOURS,
    Plan,
    Question,
    open_workshop,
    read_keep_days,
)
from data.strategy import strategy_for
from pages.shared.access import current_visitor
from pages.shared.page import show_note
from pages.shared.places import place_name
from pages.shared.workshop_choices import choose_workshop

PROBLEM = "workshop_problem"
AREAS, OWN = "The action areas of the strategy", "Questions of my own"
METHOD_LABELS = {
    DOTS: "Dots: each person shares out a few dots",
    RANKING: "Ranking: each person puts their first places in order",
}


def show_new(area: str) -> None:
    """The form for a new workshop of a council."""
    st.header("Open a new workshop", anchor=False)
    st.text_input(
        "Title, as people see it on their phones",
        f"{place_name(area)}: what matters most?"[:120],
        max_chars=120,
        key=f"new_title_{area}",
    )
    asked_side, voting_side = st.columns([3, 2], gap="medium")
    with asked_side:
        _show_questions(area)
    with voting_side:
        st.radio("How people vote", list(METHOD_LABELS), format_func=METHOD_LABELS.get,
                 key="new_method")  # fmt: skip
        of = "Dots for each person" if st.session_state["new_method"] == DOTS else \
            "Places each person fills"  # fmt: skip
        st.number_input(of, 1, MOST_VOTES, 5, key="new_votes")
        st.number_input("Hours until it ends by itself", 1, LONGEST_HOURS, USUAL_HOURS,
                        key="new_hours")  # fmt: skip
        st.toggle(
            "I read what people write before anybody else sees it",
            value=True,
            key="new_moderated",
            help="Comments and community assets wait until you show them.",
        )
    st.button(
        "Open the workshop",
        type="primary",
        icon=":material/groups:",
        on_click=_open,
        args=(area,),
        key="new_open",
    )
    if problem := st.session_state.pop(PROBLEM, ""):
        st.error(problem, icon=":material/error:")
    show_note(explain_keeping())


def explain_keeping() -> str:
    """Say what is kept of a workshop, and for how long.

    Raises:
        StoreError: the setting is wrong.
    """
    days = read_keep_days()
    return (
        "Nobody is asked for a name, an address or a postcode. Votes, comments and community "
        f"assets are deleted {days:,} days after the workshop ends, or at once when you delete it."
    )


def _show_questions(area: str) -> None:
    strategy = strategy_for(area)
    st.radio("What people vote on", [AREAS, OWN], key="new_asked")
    if st.session_state["new_asked"] == OWN:
        st.text_area(
            f"One question on each line, 2 to {MOST_QUESTIONS} of them",
            key="new_questions",
            max_chars=MOST_QUESTIONS * (LONGEST_QUESTION + 1),
            placeholder="A warm place in every village\nMore buses in the evening",
            height=180,
        )
        show_note("Questions of your own have no need score to stand beside.")
        return
    items = "".join(f"\n1. {one.heading_label}" for one in strategy.action_areas)
    st.markdown(items)
    show_note(f"From {strategy.short_label}. The room’s order is shown beside the need scores.")


def make_plan(area: str) -> Plan:
    """What the form says."""
    state = st.session_state
    if state["new_asked"] == OWN:
        lines = str(state.get("new_questions", "")).splitlines()
        asked = tuple(Question(line.strip()) for line in lines if line.strip())
    else:
        areas = strategy_for(area).action_areas
        asked = tuple(Question(one.heading_label, one.id) for one in areas)
    return Plan(
        area_code=area,
        title=str(state[f"new_title_{area}"]),
        questions=asked,
        method=str(state["new_method"]),
        votes_each=int(state["new_votes"]),
        hours=int(state["new_hours"]),
        moderated=bool(state["new_moderated"]),
    )


def _open(area: str) -> None:
    try:
        workshop = open_workshop(open_store(), make_plan(area), current_visitor().name)
    except DataError as error:
        st.session_state[PROBLEM] = f"The workshop was not opened. {error}"
        return
    choose_workshop(workshop.id)
