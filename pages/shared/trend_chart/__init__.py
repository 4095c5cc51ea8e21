"""A line over time: pointing at it, or the arrow keys, tell the figures of each period."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analysis.trend_picture import HEIGHT, WIDTH, TrendPicture

_FOLDER = Path(__file__).parent
_chart = st.components.v2.component(
    "trend_chart",
    js=(_FOLDER / "trend.js").read_text("utf-8"),
    css=(_FOLDER / "trend.css").read_text("utf-8"),
)


def show_trend(picture: TrendPicture, alt: str, key: str) -> None:
    """Draw a trend.

    Args:
        picture: made by `trend_picture.draw_trend` in the visitor's theme.
        alt: what it shows, for screen readers.
        key: name of the chart on the page.
    """
    data = {"svg": picture.svg, "points": picture.points, "size": [WIDTH, HEIGHT], "alt": alt}
    _chart(key=key, data=data, height="content")
