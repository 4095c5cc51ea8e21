"""A workshop for its lead: how people join, what comes in, and everything a lead can do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
import streamlit as st

from analysis.words import day_words
from data import clock
from data.errors import DataError
from data.store.engine import open_store
from data.store.workshops import (
    Workshop,
    close_voting,
    delete_workshop,
    end_workshop,
    read_keep_days,
    renew_code,
    reopen_voting,
)
from pages.shared.access import current_visitor
from pages.shared.offered import when_offered
from pages.shared.page import keep, panel, show_note, show_title
from pages.shared.workshop_choices import choose_wall, choose_workshop
from pages.shared.workshop_data import Shown
from pages.shared.workshop_files import show_files
from pages.shared.workshop_join import describe_joined, show_join, show_joined
from pages.shared.workshop_results import show_by_ward, show_comparison, show_results, title_of
from pages.shared.workshop_said import ASSETS, COMMENTS, count_waiting, show_moderation

PROBLEM = "workshop_run_problem"
ABOUT = (
    "Show a QR code on a projector: people open it on their own phones, without an account.",
    "They place dots on the action areas, or on your own questions, and may add a comment or a "
    "community asset such as a village hall.",
    "The result appears on the wall at once, by action area and by ward, beside the need scores: "
    "where the room and the figures agree, and where they differ.",
    "Afterwards you take home a written summary and the tables.",
)


def show_about() -> None:
    """What the page is for, to those who may not hold a workshop."""
    show_title(
        "A room votes from its phones, beside the figures",
        "For leads of a council; to take part in a workshop scan the code on its screen, or open "
        "the address it shows",
    )
    st.markdown("".join(f"\n- {line}" for line in ABOUT))


def _describe_moment(moment: dt.datetime, zone: str | None) -> str:
    """A time as the lead's own clock shows it; in UTC where the browser does not say its zone."""
    try:
        local = moment.astimezone(ZoneInfo(zone or "UTC"))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        zone, local = None, moment
    return f"at {local:%H:%M}{'' if zone else ' UTC'} on {day_words(local)}"


def label_of(workshop: Workshop) -> str:
    """A workshop in a list."""
    state = "open" if workshop.is_open else "ended"
    return f"{workshop.title} ({day_words(clock.in_england(workshop.created))}, {state})"


def pick_workshop(workshops: Sequence[Workshop], chosen: Workshop | None) -> None:
    """Let the lead choose one of the council's workshops, or a new one."""
    if not workshops and chosen is None:
        return
    labels = {0: "Open a new workshop"} | {one.id: label_of(one) for one in workshops}
    if chosen is not None and chosen.id not in labels:
        labels[chosen.id] = label_of(chosen)
    keep("pick_workshop", chosen.id if chosen else 0)
    st.selectbox(
        "Workshop",
        list(labels),
        format_func=lambda number: labels.get(number, ""),
        key="pick_workshop",
        on_change=when_offered("pick_workshop", labels, choose_workshop),
    )


def _do(change: Callable[[sa.Engine, int, str], object], number: int) -> None:
    try:
        change(open_store(), number, current_visitor().name)
    except DataError as error:
        st.session_state[PROBLEM] = str(error)


def _delete(number: int) -> None:
    _do(delete_workshop, number)
    if PROBLEM not in st.session_state:
        choose_workshop(0)


def show_running(shown: Shown) -> None:
    """The whole of a workshop, from how to join to deleting it."""
    workshop = shown.workshop
    day = day_words(clock.in_england(workshop.created))
    show_title(
        title_of(shown, "room"),
        f"{workshop.title}, {shown.place}, {day}: {describe_joined(shown)}",
    )
    if problem := st.session_state.pop(PROBLEM, ""):
        st.error(problem, icon=":material/error:")
    _show_buttons(workshop)
    join_side, result_side = st.columns([1, 2], gap="large")
    with join_side, panel("the way to join"):
        if workshop.is_open:
            show_join(workshop)
        show_joined(shown)
        if workshop.is_open:
            show_note(f"Ends by itself {_describe_moment(workshop.expires, st.context.timezone)}")
    with result_side, panel("the results"):
        show_results(shown, "lead")
    st.header("The room and the figures", anchor=False)
    with panel("the comparison"):
        show_comparison(shown, "lead")
    st.header("By ward", anchor=False)
    with panel("the wards"):
        show_by_ward(shown)
    _show_said(shown)
    st.header("Take it home", anchor=False)
    with panel("the files"):
        show_files(shown, "lead-files")
    _show_delete(workshop)


def _show_said(shown: Shown) -> None:
    said_side, assets_side = st.columns(2, gap="large")
    sides = (
        (said_side, COMMENTS, "What people say", shown.results.comments),
        (assets_side, ASSETS, "Community assets", shown.results.assets),
    )
    for side, kind, heading, table in sides:
        with side, panel(kind.many):
            st.header(heading, anchor=False)
            if waiting := count_waiting(table):
                verb = "waits" if waiting == 1 else "wait"
                show_note(f"{waiting:,} {verb} for you to show or hide")
            show_moderation(shown, kind)


def _show_buttons(workshop: Workshop) -> None:
    """What can be done now: show the wall, close or reopen voting, end, another code."""
    number = workshop.id
    with st.container(horizontal=True):
        st.button("Show it to the room", type="primary", icon=":material/present_to_all:",
                  on_click=choose_wall, args=("room",), key="to_wall")  # fmt: skip
        if workshop.is_open and workshop.voting_open:
            st.button("Close voting", icon=":material/lock:", key="close_voting",
                      on_click=partial(_do, close_voting, number))  # fmt: skip
        elif workshop.is_open:
            st.button("Open voting again", icon=":material/lock_open:", key="reopen_voting",
                      on_click=partial(_do, reopen_voting, number))  # fmt: skip
        if workshop.is_open:
            st.button("New short code", icon=":material/autorenew:", key="renew_code",
                      on_click=partial(_do, renew_code, number))  # fmt: skip
            st.button("End the workshop", icon=":material/stop_circle:", key="end_workshop",
                      help="The link and the code open nothing any more; results stay.",
                      on_click=partial(_do, end_workshop, number))  # fmt: skip
        st.button("All workshops", icon=":material/list:", key="all_workshops",
                  on_click=choose_workshop)  # fmt: skip


def _show_delete(workshop: Workshop) -> None:
    until = workshop.end + dt.timedelta(days=read_keep_days())
    show_note(f"Kept until {day_words(until)}, then deleted by itself")
    with st.expander("Delete this workshop now", icon=":material/delete_forever:"):
        sure = st.checkbox(
            "Yes: delete all votes, comments and community assets for good", key="delete_sure"
        )
        st.button("Delete for good", disabled=not sure, key="delete_workshop",
                  on_click=partial(_delete, workshop.id))  # fmt: skip
