"""Story: slides for a room, from the figures of the pages, presented with keys or a clicker."""

from __future__ import annotations

import streamlit as st

from analysis.palette import MAP_COLOURS
from analysis.slides import ShownSlide, say_story_title
from analysis.story import Story
from pages.shared.choices import choose_here, current_choices
from pages.shared.page import (
    begin_page,
    current_theme,
    panel,
    pick_area,
    show_note,
    show_title,
)
from pages.shared.places import place_name
from pages.shared.selection import (
    Selection,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.story_deck import show_deck
from pages.shared.story_editor import show_editor, show_start
from pages.shared.story_files import show_files, show_loading
from pages.shared.story_keep import open_deck, show_keeping
from pages.shared.story_kinds import show_slide
from pages.shared.story_ready import make_ready_story
from pages.shared.story_state import (
    NOTES,
    PAGE,
    READY,
    Choices,
    Work,
    channel_of,
    parse_choices,
    stored_work,
)

# The slides fill the window: nothing of the app around them can be seen or reached.
BARE = """<style>
[data-testid="stHeader"], [data-testid="stSidebar"] {display: none !important;}
.block-container {max-width: none; padding: 0;}
@media print {@page {size: A4 landscape; margin: 10mm;}}</style>"""
# On the light main colour of the dark theme, white letters are too pale.
DARK = f"""<style>[data-testid="stBaseButton-primary"] * {{
  color: {MAP_COLOURS["dark"]["surface"]} !important;}}</style>"""


def find_work(selection: Selection, choices: Choices) -> tuple[Work, bool]:
    """The story to show, and whether it is the ready one."""
    if choices.deck:
        open_deck(choices.deck)
    own = stored_work()
    if own is None or choices.source == READY:
        return Work(make_ready_story(selection)), True
    return own, False


def list_shown(story: Story) -> list[ShownSlide]:
    """All slides with today's figures."""
    return [show_slide(slide, current_theme()) for slide in story.slides]


def present(work: Work, choices: Choices) -> None:
    """Fill the window with the slides, or with the presenter's own view."""
    st.html(BARE)
    story, mode = work.story, "notes" if choices.present == NOTES else "present"
    show_deck(
        list_shown(story),
        "notes" if mode == "notes" else "present",
        f"story-{mode}",
        index=choices.slide - 1,
        minutes=story.planned,
        token=choices.channel or channel_of(work),
        title=story.title or f"A story of {place_name(story.area)}",
        on_leave=lambda index: choose_here(PAGE, present="", slide=index + 1),
    )


def say_whose(work: Work, ready: bool) -> str:
    """Whose story it is and where it is kept."""
    if ready:
        return "The ready story, made from the figures. Change it, and it becomes your own"
    if not work.deck:
        return "Your own story, kept in this visit only until you download or save it"
    changed = ", with changes that are not saved yet" if work.changed else ""
    return f"A saved story, version {work.version}{changed}"


def show_page() -> None:
    """The story to change, or to present."""
    selection = current_selection()
    choices = current_choices(PAGE, Choices(), parse_choices)
    work, ready = find_work(selection, choices)
    source = READY if ready else ""
    write_address(
        "area", story=source, deck="" if ready else work.deck, present=choices.present,
        slide=str(choices.slide) if choices.present else "", channel=choices.channel,
    )  # fmt: skip
    if choices.present and work.story.slides:
        present(work, choices)
        return
    if current_theme() == "dark":
        st.html(DARK)
    show_link_problems()
    with st.container(key="pickers"):
        pick_area(selection)
    place = place_name(work.story.area)
    show_title(work.story.title or say_story_title(work.story, place), say_whose(work, ready))
    show_start(work, selection, ready)
    if work.story.slides:
        with panel("the slides"):
            show_editor(work, list_shown(work.story), choices)
        with panel("the files"):
            show_files(work, list_shown(work.story))
    else:
        show_note(
            "Open any page and press “Add this view to the story” below it, or start from the "
            "ready story."
        )
    with panel("the loading of a story"):
        show_loading(work)
    with panel("the saved stories"):
        show_keeping(work)


begin_page()
show_page()
