"""Charts on a page: all are shown the same way, with a text for those who do not see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    import plotly.graph_objects as go


def show_chart(
    figure: go.Figure,
    key: str,
    alt: str,
    on_select: Callable[[Sequence[dict[str, Any]]], None] | None = None,
) -> None:
    """Draw a chart.

    Args:
        figure: made by a pure function of `analysis`.
        key: name of the chart on the page.
        alt: what it shows, for screen readers.
        on_select: called with the chosen points before the next run.
    """
    chosen: dict[str, Any] = {}
    if on_select is not None:

        def follow() -> None:
            if points := st.session_state[key]["selection"]["points"]:
                on_select(points)

        chosen = {"on_select": follow, "selection_mode": "points"}
    config = {"displayModeBar": False}
    st.plotly_chart(figure, theme=None, key=key, config=config, alt=alt, **chosen)
