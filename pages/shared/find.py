"""Find my ward: type a postcode, a ward or a place, and everything follows.

What is typed stays in the visitor's own session, until the next choice. It is never logged
and never stands in the address; only the code of the place found does.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.errors import DataError, TableError
from data.load import load_areas
from data.postcodes import load_directory
from pages.shared.find_answers import SEARCHED, Answer, answer_query, label_of
from pages.shared.page import panel
from pages.shared.selection import Selection, choose, choose_ward

MOST_BUTTONS = 8
LABEL = "Find a postcode, ward or place"


def show_find(selection: Selection, on_found: Callable[[], None] | None = None) -> None:
    """Show the search box and its answer.

    A single clear hit has changed the selection before the page ran; several are offered as
    buttons.

    Args:
        selection: what is chosen now.
        on_found: called before the next run, once the selection is what was found.
    """
    _forget_old_answer(selection)
    st.text_input(
        LABEL,
        key="find_text",
        placeholder="Postcode, ward or place",
        autocomplete="off",
        on_change=_ask,
        args=(on_found,),
        help=_help(),
    )
    if problem := st.session_state.pop("find_problem", None):
        with panel("the search"):
            raise problem
    if (answer := st.session_state.get("find_answer")) is not None:
        _show_answer(answer, on_found)


def _help() -> str:
    try:
        directory = load_directory()
    except DataError:
        return SEARCHED
    return (
        f"Postcodes are those of the {directory.title} of {directory.release}, "
        "ended ones among them: an ended postcode leads to where it was. "
        f"{SEARCHED} What you type is not recorded."
    )


def _ask(on_found: Callable[[], None] | None) -> None:
    """Answer what was typed, before the page runs: all of it follows what was found."""
    st.session_state["find_answer"] = None
    if asked := st.session_state["find_text"]:
        selection = st.session_state["selection"]
        try:
            _keep(_answer(asked, selection), on_found)
        except DataError as error:
            st.session_state["find_problem"] = error


def _answer(text: str, selection: Selection) -> Answer | None:
    try:
        return answer_query(text, selection.area)
    except DataError:
        raise
    except Exception as error:
        # The message of a stray error may hold what was typed, and errors are logged.
        raise TableError(f"The search failed ({type(error).__name__}).") from None


def _keep(answer: Answer | None, on_found: Callable[[], None] | None) -> None:
    """Go where the answer leads, and keep it as long as the visitor stays there."""
    if answer is not None and answer.chosen:
        go_to(answer.chosen, on_found)
    st.session_state["find_answer"] = answer
    st.session_state["find_place"] = _place_now()


def _place_now() -> tuple[str, str]:
    selection = st.session_state["selection"]
    return selection.area, selection.ward


def _forget_old_answer(selection: Selection) -> None:
    """Empty the box once the visitor has gone elsewhere; an empty box has no answer."""
    place = st.session_state.get("find_place")
    if place is not None and place != (selection.area, selection.ward):
        st.session_state["find_text"] = ""
    if not st.session_state.get("find_text"):
        st.session_state["find_place"] = st.session_state["find_answer"] = None


def go_to(code: str | None, on_found: Callable[[], None] | None = None) -> None:
    """Select a ward with its council, or a council, county or region; None changes nothing."""
    if not code:
        return
    if load_areas().at[code, "area_type"] == "ward":
        choose_ward(code)
    else:
        choose(area=code, ward="")
    if on_found is not None:
        on_found()


def _show_answer(answer: Answer, on_found: Callable[[], None] | None) -> None:
    with st.container(key="find_answer", gap="small"):
        icon = ":material/location_on:" if answer.good else ":material/search_off:"
        (st.info if answer.good else st.warning)(answer.words, icon=icon)
        if len(answer.codes) > MOST_BUTTONS:
            st.selectbox(
                "Places found",
                answer.codes,
                label_visibility="collapsed",
                format_func=label_of,
                index=None,
                key="find_choice",
                placeholder=f"Choose one of {len(answer.codes)}: type to search",
                on_change=lambda: go_to(st.session_state["find_choice"], on_found),
            )
        elif answer.codes:
            with st.container(horizontal=True, gap="small"):
                for code in answer.codes:
                    st.button(
                        label_of(code), key=f"find-{code}", on_click=go_to, args=(code, on_found)
                    )
