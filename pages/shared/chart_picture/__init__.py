"""Two buttons that save a Plotly chart of the page as a picture, in the visitor's browser.

The chart is already drawn there as SVG, so no second browser is needed on the server. The
picture carries its title above and its source below, since it will be pasted elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_STYLES = (_FOLDER.parent / "button.css", _FOLDER / "picture.css")
_buttons = st.components.v2.component(
    "chart_picture",
    js=(_FOLDER / "picture.js").read_text("utf-8"),
    css="\n".join(p.read_text("utf-8") for p in _STYLES),
)


def show_picture_buttons(
    chart: str, name: str, title: str, caption: Sequence[str], *, key: str
) -> None:
    """Offer a chart as SVG and PNG.

    Args:
        chart: key of the chart on the page.
        name: of the file, without ending.
        title: above the picture.
        caption: lines below it: what, where, when, source.
        key: name of the buttons on the page.
    """
    data = {"chart": chart, "name": name, "title": title, "caption": list(caption)}
    _buttons(key=key, data=data)
