"""The wall: what a projector shows the room. One message, large letters, nothing of the lead's."""

from __future__ import annotations

import html

import streamlit as st

from pages.shared.page import panel, show_note
from pages.shared.workshop_choices import WALLS, choose_wall
from pages.shared.workshop_data import Shown
from pages.shared.workshop_join import show_join, show_joined
from pages.shared.workshop_results import (
    show_by_ward,
    show_comparison,
    show_results,
    show_wall_assets,
    show_wall_said,
    title_of,
)
from pages.shared.workshop_style import put_workshop_style


def show_wall(shown: Shown, show: str) -> None:
    """One view of the wall, with the way to join beside it while the workshop is open.

    Args:
        shown: the workshop.
        show: a key of `WALLS`.
    """
    put_workshop_style(wall=True)
    views = {
        "room": lambda: show_results(shown, "wall", wall=True),
        "figures": lambda: show_comparison(shown, "wall", wall=True),
        "wards": lambda: show_by_ward(shown, wall=True),
        "said": lambda: show_wall_said(shown),
        "assets": lambda: show_wall_assets(shown),
    }
    result_side = st.container()
    if shown.workshop.is_open:
        join_side, result_side = st.columns([1, 3], gap="large")
        with join_side, panel("the way to join"):
            show_join(shown.workshop, wall=True)
            show_joined(shown)
    with result_side, panel("the results"):
        st.title(title_of(shown, show), anchor=False)
        st.html(f'<p class="needs-subtitle">{html.escape(shown.workshop.title)}</p>')
        views[show]()
    _show_buttons(show)


def _show_buttons(show: str) -> None:
    """What the wall shows next, and the way back; quiet, at the foot."""
    with st.container(horizontal=True, key="wall_buttons"):
        for view, label in WALLS.items():
            st.button(
                label,
                key=f"wall_{view}",
                type="primary" if view == show else "secondary",
                on_click=choose_wall,
                args=(view,),
            )
        st.button(
            "Back to the lead’s view",
            key="wall_back",
            icon=":material/arrow_back:",
            on_click=choose_wall,
        )
    show_note("Press F11 for full screen")
