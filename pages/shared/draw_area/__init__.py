"""A map to draw one area on, with the mouse, a finger or, corner by corner, the keyboard.

A component of the project's own, on the prepared maps of the ward map. Whoever cannot draw
picks neighbourhoods or wards from a list instead and gets the same profile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.palette import MAP_COLOURS
from pages.shared.page import current_theme
from pages.shared.ward_map import rooted

_FOLDER = Path(__file__).parent
_USED = ("ink", "ink_soft", "surface", "card_line", "quiet", "pattern_ink", "class_2", "selected")
_mount = st.components.v2.component(
    "draw_area",
    js=(_FOLDER / "draw.js").read_text("utf-8"),
    css=(_FOLDER / "draw.css").read_text("utf-8"),
)

Corners = list[list[float]]


def show_drawing_board(
    geometry_url: str,
    key: str,
    on_drawn: Callable[[Corners], None] | None = None,
    ring: Sequence[Sequence[float]] = (),
    lines: Sequence[str] = (),
    about: Sequence[Sequence[float]] = (),
    counted: Sequence[str] = (),
    label: str = "",
    height: int = 480,
) -> None:
    """Draw the map with what was drawn.

    Args:
        geometry_url: address of the boundary file.
        key: name of the board on the page.
        on_drawn: called before the next run with the corners (x, y in the units of the
            boundary file) when a line was finished or changed; None shows without drawing.
        ring: corners of the line to show, which can be moved.
        lines: SVG paths of lines to show, which cannot.
        about: two corners of the box that is shown at first; the whole map without them.
        counted: codes of the areas that are marked as counted.
        label: what a screen reader calls the map.
        height: of the map in pixels.
    """

    def drawn() -> None:
        state: Any = st.session_state.get(key) or {}
        found = state.get("drawn") or {}
        if on_drawn is not None and found.get("ring"):
            on_drawn(found["ring"])

    colours = MAP_COLOURS[current_theme()]
    _mount(
        key=key,
        data={
            "geometry": rooted(geometry_url),
            "ring": [list(corner) for corner in ring],
            "lines": list(lines),
            "about": [list(corner) for corner in about],
            "counted": list(counted),
            "colours": {f"--map-{name}": colours[name] for name in _USED},
            "label": label,
            "height": height,
            "allowed": on_drawn is not None,
        },
        on_drawn_change=drawn,
    )
