"""HTML of the dashboard's own making, put on a page without a second look.

`st.html` lets the browser take every text apart and build it anew to find what could harm; for
a table of a hundred rows that takes longer than drawing it. What is shown here is written by
`analysis`, which escapes every word that comes from data, so it needs no such search. Only what
changed is drawn: a row whose text is the same stays as it is, with the focus inside it.
"""

from __future__ import annotations

import zlib
from pathlib import Path

import streamlit as st

GZIP = 31

_fill = st.components.v2.component(
    "filled_html",
    js=(Path(__file__).parent / "fill.js").read_text("utf-8"),
    isolate_styles=False,
)


def show_own_html(html: str, key: str) -> None:
    """Show HTML that a function of `analysis` has written; the page's styles apply.

    Args:
        html: all text in it from data is escaped; it holds no script.
        key: name of the place on the page.
    """
    # A table of a hundred rows says the same words again and again: a tenth is sent.
    _fill(key=key, data=zlib.compress(html.encode(), 6, GZIP), height="content")
