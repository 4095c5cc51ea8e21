"""What every page begins with: style, the selection bar, and panels that fail alone."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from analysis.palette import Theme
from data.errors import DataError
from data.load import load_areas
from pages.shared.places import place_codes, place_label, ward_label, wards_of
from pages.shared.selection import Selection, choose, choose_ward

# What Streamlit's theme cannot say: a page no wider than lines can be read, quiet notes,
# and figures that keep together on paper.
STYLE = """
<style>
.block-container {max-width: 1280px;}
.stMainBlockContainer h1 {padding: 0 0 .25rem; text-wrap: balance;}
.needs-subtitle {font-size: 1rem; opacity: .85; margin: 0 0 .25rem; max-width: 75ch;}
.needs-note {font-size: .875rem; line-height: 1.4; opacity: .85; max-width: 90ch; margin: 0;}
.needs-note strong {font-weight: 600;}
.st-key-pickers {display: grid !important; grid-template-columns: repeat(12, minmax(0, 1fr));
  gap: 8px 16px;}
.st-key-pickers > * {grid-column: span 6; width: auto !important; min-width: 0;}
.st-key-pickers > :nth-child(3) {grid-column: span 5;}
.st-key-pickers > :nth-child(4), .st-key-pickers > :nth-child(6) {grid-column: span 2;}
.st-key-pickers > :nth-child(5) {grid-column: span 3;}
@media (max-width: 640px) {
  .st-key-pickers {grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 4px 8px;}
  .st-key-pickers > :nth-child(n) {grid-column: span 1;}
  .st-key-pickers > :nth-child(3) {grid-column: span 2;}
}
@media print {
  header, .stDownloadButton, [data-testid="stExpander"], .stSelectbox, .stButton {display: none}
  .block-container {padding: 0; max-width: none;}
}
</style>
"""


def begin_page() -> None:
    """Put the style of all pages in place."""
    st.html(STYLE)


def current_theme() -> Theme:
    """The theme the visitor sees."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show_title(finding: str, what: str, meaning: str = "") -> None:
    """Show the page's finding and, below it, what it is about and what that means."""
    st.title(finding, anchor=False)
    note = f'<p class="needs-note">{html.escape(meaning)}</p>' if meaning else ""
    st.html(f'<p class="needs-subtitle">{html.escape(what)}</p>{note}')


def show_note(*sentences: str) -> None:
    """Show a quiet note below a figure; empty sentences are left out."""
    text = " · ".join(html.escape(sentence) for sentence in sentences if sentence)
    st.html(f'<p class="needs-note">{text}</p>')


def pick_area(selection: Selection) -> None:
    """Let the visitor choose a council, county, region or England."""
    st.session_state["pick_area"] = selection.area
    st.selectbox(
        "Place",
        place_codes(),
        format_func=place_label,
        key="pick_area",
        on_change=lambda: choose(area=st.session_state["pick_area"], ward=""),
        help="Any council, county or region of England, or all England: type its first letters.",
    )


def pick_ward(selection: Selection) -> None:
    """Let the visitor choose a ward of the area by name."""
    names = wards_of(selection.area)["name"]
    st.session_state["pick_ward"] = selection.ward or None
    st.selectbox(
        "Ward",
        list(names.sort_values().index),
        format_func=lambda code: str(names.get(code, code)),
        key="pick_ward",
        index=None,
        placeholder=f"Any of {len(names):,} wards",
        on_change=lambda: choose_ward(st.session_state["pick_ward"]),
        help="Type a name, or click a ward on the map.",
    )


def name_of_ward(code: str, selection: Selection) -> str:
    """A ward's name, with its council where the area holds several."""
    if load_areas().at[selection.area, "area_type"] == "district":
        return str(load_areas().at[code, "area_name"])
    return ward_label(code)


@contextmanager
def panel(what: str) -> Iterator[None]:
    """Keep a broken table from taking the page down: say what failed and what to do.

    Args:
        what: the panel's name in the message, e.g. "the map".
    """
    try:
        yield
    except DataError as error:
        st.error(
            f"**{what[0].upper()}{what[1:]} cannot be shown.** {error} "
            "Everything else on this page still works.",
            icon=":material/error:",
        )
