"""What a story can be taken away as, and how one that was taken away comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from analysis.report.blocks import Document
from analysis.slides import ShownSlide, make_document
from analysis.story_json import MOST_BYTES, read_story, write_story
from data import clock
from data.errors import DataError
from data.load import load_periods
from data.overview import load_overview
from data.periods import read_period
from pages.shared.page import show_note
from pages.shared.places import place_codes, place_name
from pages.shared.story_kinds import KINDS, show_slide
from pages.shared.story_state import Work, change_story, plain

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SAID = "story_loaded"


def document_of(work: Work, *, as_slides: bool = False) -> Document:
    """The story as blocks, drawn for white paper (see `slides.make_document`)."""
    shown = [show_slide(slide, "light") for slide in work.story.slides]
    newest = load_periods(load_overview().headline)[-1]
    label, place = read_period(newest).label, place_name(work.story.area)
    today = clock.today()
    return make_document(work.story, shown, place, label, today, as_slides=as_slides)


def _make_pptx(work: Work) -> bytes:
    from analysis.report.write_pptx import write_pptx

    return write_pptx(document_of(work, as_slides=True))


def _make_html(work: Work) -> bytes:
    from analysis.report.write_html import write_html

    return write_html(document_of(work))


def _make_json(work: Work) -> bytes:
    return write_story(work.story).encode()


def show_files(work: Work, shown: Sequence[ShownSlide]) -> None:
    """Offer the story as PowerPoint, as a hand-out and as a file that can be loaded again."""
    st.header("Take it away", anchor=False)
    stem = f"story_{place_name(work.story.area).lower().replace(' ', '_')}"
    files: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("PowerPoint", "pptx", PPTX, partial(_make_pptx, work)),
        ("Hand-out (HTML)", "html", "text/html", partial(_make_html, work)),
        ("Story file (JSON)", "json", "application/json", partial(_make_json, work)),
    )
    with st.container(horizontal=True):
        for label, ending, mime, make in files:
            st.download_button(label, make, f"{stem}.{ending}", mime, key=f"story-{ending}",
                               icon=":material/download:", on_click="ignore")  # fmt: skip
    broken = sum(one.figure is None for one in shown)
    show_note(
        "PowerPoint: charts can be edited there, and the presenter's notes are with the slides",
        f"Slides without a figure now: {broken}; the files say why" if broken else "",
    )


def show_loading(work: Work) -> None:
    """Let people load a story file; nothing changes where it has a mistake."""
    with st.expander("Load a story file", icon=":material/upload:"):
        st.file_uploader(
            "Story file (JSON)",
            type="json",
            key="story_file",
            max_upload_size=1,
            on_change=_load,
            args=(work,),
        )
        if problems := st.session_state.pop(SAID, ()):
            st.error(
                "**The story was not loaded; yours is unchanged.**\n\n"
                + "\n".join(f"- {plain(problem)}" for problem in problems)
            )


def _load(work: Work) -> None:
    given = st.session_state.get("story_file")
    if given is None:
        return
    try:
        story = read_story(given.read(MOST_BYTES + 1), KINDS, place_codes())
    except DataError as error:
        st.session_state[SAID] = getattr(error, "problems", (str(error),))
        return
    change_story(Work(story), story)
