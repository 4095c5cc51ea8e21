"""The button below every page that puts its view into the visitor's story."""

from __future__ import annotations

import streamlit as st

from data.errors import DataError
from data.own.shelf import names_own_figure
from pages.shared.page import show_note
from pages.shared.story_state import Work, put_work, stored_work

STORY_PAGE = "pages/present/story.py"
#: Pages without a view to show to a room.
WITHOUT = ("story", "workshop", "report", "about-the-data", "accessibility", "your-data")
OWN = (
    "The view was not added: it shows one of your own figures, which stay in your visit. A story "
    "may be kept and shown to others."
)
ADDED = "added_to_story"


def show_add_to_story(page: str, title: str) -> None:
    """Offer to add the page's view to the story, and say how many slides it has.

    Args:
        page: path of the page in the address.
        title: its name in the navigation.
    """
    if page in WITHOUT:
        return
    work = stored_work()
    count = len(work.story.slides) if work else 0
    with st.container(horizontal=True, vertical_alignment="center", key="add_to_story_box"):
        st.button(
            "Add this view to the story",
            key="add_to_story",
            icon=":material/add_to_photos:",
            on_click=add_view,
            args=(page, title),
            help="The view becomes a slide of the page Story, with its finding as the title.",
        )
        st.page_link(STORY_PAGE, label=f"Story ({count})", icon=":material/slideshow:")
    if said := st.session_state.pop(ADDED, ""):
        show_note(said)


def add_view(page: str, title: str) -> None:
    """Add what the page shows now to the visitor's story; for the button's callback."""
    # The makers of slides bring in much; a page that is only read does without.
    from analysis.story import Story, add_slide
    from pages.shared.story_kinds import KIND_OF_PAGE, make_slide

    selection = st.session_state["selection"]
    params = {"area": selection.area, **st.session_state.get("written_address", {})}
    if names_own_figure(repr(params)):
        st.session_state[ADDED] = OWN
        return
    kind = KIND_OF_PAGE.get(page, "view")
    if kind == "ranking" and params.get("view", "two") != "ranked":
        kind = "view"
    if kind == "view":
        params["page_title"] = title
    work = stored_work() or Work(Story(selection.area))
    try:
        slide = make_slide(kind, page, params)
        story = add_slide(work.story, slide)
    except DataError as error:
        st.session_state[ADDED] = f"The view was not added. {error}"
        return
    put_work(Work(story, work.deck, work.version, work.who, changed=True))
    st.session_state[ADDED] = f"Added as slide {len(story.slides)}: “{slide.finding}”"
