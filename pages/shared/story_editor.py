"""Changing a story: its order, its titles, what is said beside each slide."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from analysis.slides import ShownSlide
from analysis.story import (
    LONGEST,
    MOST_MINUTES,
    Slide,
    Story,
    StoryError,
    Text,
    add_slide,
    change_slide,
    find_text_problem,
    move_slide,
    remove_slide,
    write_text,
)
from data.errors import DataError
from pages.shared.choices import choose_here
from pages.shared.page import keep, show_note
from pages.shared.places import place_name
from pages.shared.selection import Selection
from pages.shared.story_deck import show_deck
from pages.shared.story_kinds import KINDS, date_slide
from pages.shared.story_kinds.words import LONGEST_POINT, MOST_POINTS, WRITTEN, split_points
from pages.shared.story_ready import make_ready_story
from pages.shared.story_state import (
    PAGE,
    SLIDES,
    Choices,
    Work,
    can_undo,
    change_story,
    plain,
    stored_work,
    undo,
)

SAID = "story_said"


def show_start(work: Work, selection: Selection, ready: bool) -> None:
    """Present, start again, take back; and what the last step has to say."""
    with st.container(horizontal=True, key="story_start"):
        st.button(
            "Present the slides",
            key="story_present",
            type="primary",
            icon=":material/slideshow:",
            disabled=not work.story.slides,
            on_click=lambda: choose_here(PAGE, present=SLIDES),
            help="Full window. Arrow keys, Page Down or a clicker change slides; N opens notes.",
        )
        if not ready:
            st.button(
                f"Ready story of {place_name(selection.area)}",
                key="story_ready",
                icon=":material/auto_stories:",
                on_click=_start_again,
                args=(selection,),
                help="Replaces the slides below. “Take back” brings them back.",
            )
        elif stored_work() is not None:
            st.button("Back to my story", key="story_own", on_click=_go_back)
        st.button("Take back", key="story_undo", icon=":material/undo:", on_click=undo,
                  disabled=not can_undo())  # fmt: skip
        st.button("Clear", key="story_clear", icon=":material/delete:",
                  disabled=not work.story.slides, on_click=_clear, args=(work,))  # fmt: skip
    if said := st.session_state.pop(SAID, ""):
        st.warning(said)


def _start_again(selection: Selection) -> None:
    change_story(Work(make_ready_story(selection)), make_ready_story(selection))


def _go_back() -> None:
    choose_here(PAGE, source="", slide=1)


def _clear(work: Work) -> None:
    change_story(work, replace(work.story, slides=()))
    choose_here(PAGE, slide=1)


def show_editor(work: Work, shown: Sequence[ShownSlide], choices: Choices) -> None:
    """The list of slides beside the chosen one."""
    index = min(choices.slide, len(shown)) - 1
    list_side, slide_side = st.columns([2, 3], gap="medium")
    with list_side:
        _show_list(work, shown, index)
        _show_whole(work)
    with slide_side:
        show_deck([shown[index]], "preview", "story-preview", title=f"Slide {index + 1}")
        _show_fields(work, shown[index], index)


def _show_list(work: Work, shown: Sequence[ShownSlide], index: int) -> None:
    """The slides in order, and what moves or removes the chosen one."""

    def name(number: int) -> str:
        flag = " ⚑" if shown[number].outdated or shown[number].problem else ""
        # Titles are plain words: nothing in them may become a link, a formula or an icon.
        return f"{number + 1}. {plain(shown[number].title)}{flag}"

    # The browser answers with the words of an option: other words need a list of their own.
    names = "\n".join(map(name, range(len(shown))))
    key = f"story_list_{zlib.crc32(names.encode())}"
    keep(key, index)
    st.radio(
        "Slides",
        range(len(shown)),
        format_func=name,
        key=key,
        on_change=lambda: choose_here(PAGE, slide=st.session_state[key] + 1),
    )
    if any(one.outdated or one.problem for one in shown):
        show_note("⚑ The figures of this slide changed, or it has none now")
    with st.container(horizontal=True, key="story_order"):
        st.button("Move up", key="story_up", icon=":material/arrow_upward:", disabled=index == 0,
                  on_click=_move, args=(work, index, -1))  # fmt: skip
        st.button(
            "Move down",
            key="story_down",
            icon=":material/arrow_downward:",
            disabled=index == len(shown) - 1,
            on_click=_move,
            args=(work, index, 1),
        )
        st.button("Remove", key="story_remove", icon=":material/close:", on_click=_remove,
                  args=(work, index))  # fmt: skip
    with st.container(horizontal=True, key="story_more"):
        st.button("Add a slide of own points", key="story_add_words", icon=":material/add:",
                  on_click=_add_words, args=(work,))  # fmt: skip


def _show_whole(work: Work) -> None:
    """What belongs to the whole story: its title and how long it takes."""
    keep("story_title", work.story.title)
    st.text_input("Title of the story", key="story_title", max_chars=LONGEST["title"],
                  placeholder=f"A story of {place_name(work.story.area)}",
                  on_change=_name_story, args=(work,))  # fmt: skip
    keep("story_minutes", work.story.planned)
    st.number_input("Minutes planned", 1, MOST_MINUTES, key="story_minutes",
                    on_change=_plan_story, args=(work,))  # fmt: skip


def _move(work: Work, index: int, steps: int) -> None:
    story, to = move_slide(work.story, index, steps)
    change_story(work, story)
    choose_here(PAGE, slide=to + 1)


def _remove(work: Work, index: int) -> None:
    change_story(work, remove_slide(work.story, index))
    choose_here(PAGE, slide=max(index, 1))


def _try_change(work: Work, change: partial[Story]) -> None:
    try:
        change_story(work, change())
    except DataError as error:
        st.session_state[SAID] = f"Nothing was changed. {error}"


def _add_words(work: Work) -> None:
    slide = Slide("words", "", (("area", work.story.area),), finding="Our points")
    _try_change(work, partial(add_slide, work.story, slide))
    choose_here(PAGE, slide=len(work.story.slides) + 1)


def _name_story(work: Work) -> None:
    title = str(st.session_state["story_title"]).strip()
    if problem := find_text_problem(title, "title"):
        st.session_state[SAID] = f"Nothing was changed. {problem}"
        return
    change_story(work, replace(work.story, title=title))


def _plan_story(work: Work) -> None:
    change_story(work, replace(work.story, minutes=int(st.session_state["story_minutes"] or 0)))


def _show_fields(work: Work, one: ShownSlide, index: int) -> None:
    """The texts of the chosen slide."""
    slide = one.slide
    show_note(f"Slide {index + 1}: {KINDS[slide.kind].name if slide.kind in KINDS else 'unknown'}")
    if one.outdated:
        st.info(plain(one.outdated), icon=":material/flag:")
        st.button("Take today's figures as checked", key="story_checked",
                  on_click=_date, args=(work, index))  # fmt: skip
    finding = one.figure.finding if one.figure else slide.finding
    keep("story_slide_title", one.title if slide.title else finding)
    st.text_input("Title on the slide", key="story_slide_title", max_chars=LONGEST["title"],
                  on_change=_write, args=(work, index, "title"),
                  help="Empty it to get the finding of the figures back.")  # fmt: skip
    if slide.title and slide.title != finding:
        show_note(f"The figures say: “{finding}”")
    if slide.kind in WRITTEN:
        _show_points(work, one, index)
    keep("story_slide_annotation", slide.annotation)
    st.text_area("Note on the slide, for the room", key="story_slide_annotation", height=80,
                 max_chars=LONGEST["annotation"], on_change=_write,
                 args=(work, index, "annotation"))  # fmt: skip
    keep("story_slide_notes", one.notes)
    st.text_area(
        "Notes for the presenter",
        key="story_slide_notes",
        height=140,
        max_chars=LONGEST["notes"],
        on_change=_write,
        args=(work, index, "notes"),
    )


def _show_points(work: Work, one: ShownSlide, index: int) -> None:
    block = one.figure.block if one.figure else None
    points = getattr(block, "items", ()) if one.slide.kind == "questions" else ()
    keep("story_slide_points", one.slide.address.get("text", "") or "\n".join(points))
    st.text_area(f"Points, one a line (at most {MOST_POINTS})", key="story_slide_points",
                 height=160, max_chars=MOST_POINTS * (LONGEST_POINT + 1),
                 on_change=_write_points, args=(work, index))  # fmt: skip


def _write(work: Work, index: int, field: Text) -> None:
    story, text = work.story, str(st.session_state[f"story_slide_{field}"])
    try:
        if field == "title":  # it is written for what the figures say today
            story = change_slide(story, index, date_slide(story.slides[index]))
        change_story(work, write_text(story, index, field, text))
    except DataError as error:
        st.session_state[SAID] = f"Nothing was changed. {error}"


def _write_points(work: Work, index: int) -> None:
    slide, text = work.story.slides[index], str(st.session_state["story_slide_points"])
    try:
        points = split_points(text)
        if problem := find_text_problem("\n".join(points), "points", len(text) + 1):
            raise StoryError(problem)
    except StoryError as error:
        st.session_state[SAID] = f"Nothing was changed. {error}"
        return
    params = {**slide.address, "text": "\n".join(points)}
    params = {name: value for name, value in params.items() if value}
    changed = replace(slide, params=tuple(params.items()))
    change_story(work, change_slide(work.story, index, changed))


def _date(work: Work, index: int) -> None:
    _try_change(work, partial(_dated, work.story, index))


def _dated(story: Story, index: int) -> Story:
    return change_slide(story, index, date_slide(story.slides[index]))
