"""Workshop: a room votes from its phones, and sees its priorities beside the figures."""

import streamlit as st

from data.access import Role
from data.errors import DataError
from data.store.engine import open_store
from data.store.workshop_results import load_stamp
from data.store.workshops import WorkshopGoneError, list_workshops, load_workshop
from pages.shared.access import current_visitor, show_access, show_who
from pages.shared.page import begin_page, panel, pick_area, show_title
from pages.shared.selection import (
    Selection,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.workshop_choices import Choices, current_workshop_choices
from pages.shared.workshop_data import load_shown
from pages.shared.workshop_new import show_new
from pages.shared.workshop_run import pick_workshop, show_about, show_running
from pages.shared.workshop_style import put_workshop_style
from pages.shared.workshop_wall import show_wall

#: Seconds between two looks at whether anything changed; a vote is on the wall within two.
LOOK_EVERY = 1.0
DRAWN = "workshop_drawn"


@st.fragment(run_every=LOOK_EVERY)
def watch(number: int) -> None:
    """Look cheaply whether the workshop changed since it was drawn; if so, draw again."""
    state = None
    try:
        workshop = load_workshop(open_store(), number)
        state = (load_stamp(open_store(), number), workshop.is_open, workshop.code)
    except WorkshopGoneError:
        pass  # nothing is left to show: draw again
    except DataError:
        return  # the database is away: keep what is drawn and look again
    if state != st.session_state.get(DRAWN):
        st.rerun()


def show_page(selection: Selection, choices: Choices) -> None:
    """The form for a new workshop, or a workshop: for the lead or on the wall."""
    title = "Let the room vote, and see the figures beside it"
    workshop = None
    if choices.workshop:
        try:
            workshop = load_workshop(open_store(), choices.workshop)
        except WorkshopGoneError as error:
            st.warning(str(error), icon=":material/link_off:")
    if workshop is None:
        show_title(title, "Dot voting or ranking from people’s own phones; nothing to install")
        pick_area(selection)
        pick_workshop(list_workshops(open_store(), selection.area), None)
        show_new(selection.area)
        return
    shown = load_shown(workshop)
    st.session_state[DRAWN] = (shown.results.stamp, workshop.is_open, workshop.code)
    if choices.show:
        show_wall(shown, choices.show)
    else:
        show_running(shown)
    watch(workshop.id)


begin_page()
put_workshop_style(wall=False)
selection = current_selection()
choices = current_workshop_choices()
write_address("area", **choices.address())
show_link_problems()
if not current_visitor().may(Role.LEAD):
    show_about()
if show_access(Role.LEAD, "hold a workshop"):
    with panel("the workshop"):
        show_page(selection, choices)
    if not choices.show:
        show_who()
