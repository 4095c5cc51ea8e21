"""A button that opens the browser's own dialogue for paper and PDF."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_button = st.components.v2.component(
    "print_button",
    js=(_FOLDER / "print.js").read_text("utf-8"),
    css=(_FOLDER.parent / "button.css").read_text("utf-8"),
)


def show_print_button(key: str = "print") -> None:
    """Offer to print the page or to save it as PDF."""
    _button(key=key)
