"""The last step of Your data: the figures that are there, where to see them, and their end."""

from __future__ import annotations

import html
from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from analysis.words import count_words
from data.access import Role
from data.errors import DataError
from data.own.shelf import current_catalogue
from data.own.shown import OwnFigure
from data.periods import read_period
from data.store.audit import load_audit
from data.store.engine import open_store
from data.store.own_figures import keep_figure, remove_figure
from pages.shared.access import can_sign_in, current_visitor, show_access, show_who
from pages.shared.figures import draw_map, load_ward_figure, show_map_data, show_provenance
from pages.shared.own_draft import MADE_UP
from pages.shared.own_shelf import KEPT, kept_figures, take_off_shelf, visit_figures
from pages.shared.page import panel, show_note
from pages.shared.page_links import show_links
from pages.shared.places import place_name
from pages.shared.selection import DEFAULT_INDICATOR, Selection, choose

# Page -> words and the parameters that select an own figure on it.
LINKS: dict[str, tuple[str, Callable[[str], dict[str, str]]]] = {
    "ward-map": ("Ward map", lambda own: {"indicator": own}),
    "compare": ("Compare", lambda own: {"indicator": own, "view": "ranked"}),
    "wards-where": ("Wards where …", lambda own: {"if": f"{own}.{_test_of(own)}.place"}),
    "all-indicators": ("All indicators", lambda own: {"themes": "own"}),
    "ward-profile": ("Ward profile", lambda own: {}),
}
PROBLEM = "own_problem"
NEW_VISIT = "Signing in begins a new visit"


def _test_of(own: str) -> str:
    judged = current_catalogue().indicators[own].polarity != "no_judgement"
    return "worst_fifth" if judged else "highest_fifth"


def list_links(area: str, own: str) -> dict[str, str]:
    """Words and address of each page that shows an own figure."""
    return {
        words: f"{page}?{urlencode({'area': area, **make(own)})}"
        for page, (words, make) in LINKS.items()
    }


def show_own_map(selection: Selection, own: str) -> None:
    """The map of an own figure and the links to the pages where it stands now."""
    with panel("the map of your figure"):
        figure = load_ward_figure(own, selection.period, selection, "local_fifths")
        st.subheader("Your figure on the map", anchor=False)
        show_note(figure.subject.subtitle)
        draw_map(figure, selection, key="own-map", height=460)
        show_provenance(figure.subject)
        show_map_data(figure, key="own-map")


def _describe(figure: OwnFigure) -> str:
    first, last = (read_period(figure.periods[end]).label for end in (0, -1))
    span = first if len(figure.periods) == 1 else f"{first} to {last}"
    withheld = count_words(figure.hidden, "figure", "figures") if figure.hidden else "nothing"
    return f"{place_name(figure.council)}, {span}, {withheld} withheld"


def show_figures(area: str) -> None:
    """The figures of the visit and those kept for councils, each with its links and its end."""
    if problem := st.session_state.pop(PROBLEM, ""):
        st.error("That could not be done.", icon=":material/error:")
        show_note(problem)
    mine = [f for f in visit_figures().values() if isinstance(f, OwnFigure)]
    kept = [f for f in kept_figures().values() if f.council == area]
    if mine:
        st.header("Figures of this visit", anchor=False)
        show_note("They are gone when you close or reload this window. Nobody else sees them.")
        for figure in mine:
            _show_one(figure, _offer_visit)
    if kept:
        st.header(f"Kept for {place_name(area)}", anchor=False)
        for figure in kept:
            _show_one(figure, _offer_kept)
    if mine:
        if can_sign_in() and not current_visitor().name:
            show_note(f"{NEW_VISIT}: the figures of this visit are gone then, bring them again.")
        show_access(Role.ANALYST, "keep own figures for the council")
    _show_audit(area)


def offer_sign_in() -> None:
    """Say who is signed in, or offer it before a file is brought: afterwards it would be lost."""
    show_who()
    if can_sign_in() and not current_visitor().name and not visit_figures():
        show_note(f"To keep a figure for the council, sign in before you bring it. {NEW_VISIT}.")
        st.button("Sign in", on_click=st.login, icon=":material/login:", key="own-sign-in")


def _show_one(figure: OwnFigure, offer: Callable[[OwnFigure], None]) -> None:
    with st.container(border=True, key=f"own-one-{figure.id}"):
        name = html.escape(figure.written.name)
        st.html(f'<section class="needs-ward"><h2>{name}</h2></section>')
        show_note(_describe(figure), figure.origin)
        show_links(list_links(figure.council, figure.id), "See it on:")
        with st.container(horizontal=True):
            st.button("Show its map", key=f"own-show-{figure.id}", icon=":material/map:",
                      on_click=show_here, args=(figure,))  # fmt: skip
            offer(figure)


def show_here(figure: OwnFigure) -> None:
    """Select an own figure and its council; for widget callbacks."""
    choose(area=figure.council, indicator=figure.id, period="", classes="local_fifths")


def _offer_visit(figure: OwnFigure) -> None:
    st.button("Remove", key=f"own-remove-{figure.id}", icon=":material/delete:",
              on_click=remove_from_visit, args=(figure.id,))  # fmt: skip
    if MADE_UP in figure.written.caveats:
        return  # an example is nobody's figure to keep
    if current_visitor().may(Role.ANALYST):
        who = "everybody" if figure.written.shared else "analysts and leads"
        st.button("Keep for the council", key=f"own-keep-{figure.id}", icon=":material/save:",
                  on_click=keep_for_council, args=(figure,),
                  help=f"{who.capitalize()} will see it, until somebody removes it.")  # fmt: skip


def remove_from_visit(figure_id: str) -> None:
    """Remove a figure from the visit; for widget callbacks."""
    _look_elsewhere(figure_id)
    take_off_shelf(figure_id)


def _look_elsewhere(figure_id: str) -> None:
    """Who removes a figure need not be told that it is gone."""
    selection = st.session_state.get("selection")
    if selection is not None and selection.indicator == figure_id:
        choose(indicator=DEFAULT_INDICATOR, period="")


def _offer_kept(figure: OwnFigure) -> None:
    seen = "everybody" if figure.shared else "analysts and leads only"
    show_note(f"Seen by {seen}")
    if current_visitor().may(Role.ANALYST):
        st.button("Delete for everybody", key=f"own-delete-{figure.id}", icon=":material/delete:",
                  on_click=delete_for_all, args=(figure.id,))  # fmt: skip


def keep_for_council(figure: OwnFigure) -> None:
    """Move a figure from the visit to the council's store; for widget callbacks."""
    visitor = current_visitor()
    if not visitor.may(Role.ANALYST):  # a button that was shown before the right was taken away
        return
    try:
        keep_figure(open_store(), figure, visitor.name, {"notes": list(figure.notes)})
    except DataError as error:
        st.session_state[PROBLEM] = str(error)
        return
    KEPT.look_again()
    take_off_shelf(figure.id)


def delete_for_all(figure_id: str) -> None:
    """Delete a kept figure; for widget callbacks."""
    visitor = current_visitor()
    if not visitor.may(Role.ANALYST):
        return
    try:
        remove_figure(open_store(), figure_id, visitor.name)
    except DataError as error:
        st.session_state[PROBLEM] = str(error)
    else:
        _look_elsewhere(figure_id)
    KEPT.look_again()


def _show_audit(area: str) -> None:
    """Who kept and removed what, for leads."""
    if not current_visitor().may(Role.LEAD):
        return
    with (
        st.expander("Who kept and removed what", icon=":material/history:"),
        panel("the audit list"),
    ):
        entries = load_audit(open_store(), area)
        named = {"at": "When (UTC)", "who": "Who", "what": "What", "subject": "Figure",
                 "detail": "Detail"}  # fmt: skip
        st.dataframe(entries.rename(columns=named), hide_index=True)
