"""The deck in the browser: all slides are there at once, keys change them without the server.

A component of the project's own, since Streamlit has no slides, and since a clicker must not
wait for a script run. Two windows on one computer, slides and presenter's notes, stay in step
over a BroadcastChannel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from analysis.slide_html import pack_slide
from analysis.slides import ShownSlide
from pages.shared.page import current_theme

_FOLDER = Path(__file__).parent
_CODE = ("make.js", "channel.js", "slides.js", "notes.js", "main.js")
_mount = st.components.v2.component(
    "story_deck",
    js="\n".join((_FOLDER / name).read_text("utf-8") for name in _CODE),
    css="\n".join((_FOLDER / name).read_text("utf-8") for name in ("notes.css", "deck.css")),
)
Mode = Literal["preview", "present", "notes"]


def show_deck(
    shown: Sequence[ShownSlide],
    mode: Mode,
    key: str,
    *,
    index: int = 0,
    minutes: int = 0,
    token: str = "",
    title: str = "",
    on_leave: Callable[[int], None] | None = None,
) -> None:
    """Show slides.

    Args:
        shown: the slides.
        mode: `preview` shows one in the page, `present` fills the window, `notes` is the
            presenter's own view.
        key: name of the deck on the page.
        index: of the slide that is shown first.
        minutes: how long the story is planned to take.
        token: what the windows of one deck share.
        title: of the story.
        on_leave: called before the next run with the index of the slide at which the
            presenter left.
    """

    def leave() -> None:
        state: Any = st.session_state.get(key) or {}
        if on_leave and isinstance(state.get("left"), int):
            on_leave(int(state["left"]))

    theme = current_theme()
    data = {
        "mode": mode,
        "slides": [pack_slide(one, number, theme) for number, one in enumerate(shown, 1)],
        "index": min(max(index, 0), max(len(shown) - 1, 0)),
        "minutes": minutes,
        "token": token,
        "title": title,
    }
    _mount(key=key, data=data, on_left_change=leave)
