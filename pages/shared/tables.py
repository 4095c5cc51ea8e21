"""Key figures and the table of themes on a page."""

from __future__ import annotations

import html
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from analysis.key_figures import KeyFigure
from analysis.palette import DARK_FILLS, MAP_COLOURS, SEQUENTIAL_KEYS, Theme
from pages.shared.page import current_theme, show_note
from pages.shared.selection import Selection, choose_ward

# A table of a whole region or of England is too long to read and slow to send.
MOST_ROWS = 200
CELL = "of 100 wards in England, how many have less need than this one (99 is the highest need)"


def show_key_figures(figures: Iterable[KeyFigure]) -> None:
    """Show key figures as a row of small cards: label, value, change, comparison."""
    cards = []
    for figure in figures:
        lines = [
            f'<h2>{html.escape(figure.label)}</h2><p class="value">{html.escape(figure.value)}</p>'
        ]
        lines.append(f'<p class="when">{html.escape(figure.period)}</p>')
        if figure.change:
            lines.append(f"<p>{html.escape(figure.change_words)}</p>")
        if figure.comparison:
            lines.append(f"<p>{html.escape(figure.comparison)}</p>")
        cards.append(f'<div class="needs-figure" role="listitem">{"".join(lines)}</div>')
    st.html(f'<div class="needs-figures" role="list">{"".join(cards)}</div>')


def class_colours(key: str, theme: Theme) -> tuple[str, str]:
    """Fill of one of the map's five classes, and an ink that can be read on it."""
    colours = MAP_COLOURS[theme]
    if theme == "light":
        return colours[key], "#FFFFFF" if key in DARK_FILLS[theme] else colours["ink"]
    return colours[key], colours["ink"] if key in DARK_FILLS[theme] else "#0E1117"


def show_table(table: pd.DataFrame, label: str) -> None:
    """Show a small table of texts; where it is wider than a phone, the keyboard scrolls it too.

    Args:
        table: plain headings, one text per cell.
        label: what a screen reader calls it.
    """
    body = table.to_html(index=False, border=0, escape=True)
    st.html(
        f'<div class="needs-scroll" role="region" tabindex="0" aria-label="{html.escape(label)}">'
        f"{body}</div>"
    )


def _shade(percentile: float) -> str:
    """Cell style of a percentile: the map's five classes, ink that can be read on each."""
    if pd.isna(percentile):
        return ""
    fill, ink = class_colours(SEQUENTIAL_KEYS[min(int(percentile // 20), 4)], current_theme())
    return f"background-color: {fill}; color: {ink}"


def show_theme_table(
    table: pd.DataFrame, headings: list[str], selection: Selection, key: str
) -> None:
    """Show wards by themes; choosing a row chooses the ward.

    Args:
        table: see `theme_table.make_theme_table`.
        headings: its percentile columns.
        selection: the chosen ward is highlighted.
        key: name of the table on the page.
    """
    columns = {heading: st.column_config.NumberColumn(heading, format="%d") for heading in headings}
    columns["People"] = st.column_config.NumberColumn("People", format="localized", width="small")
    columns["Ward"] = st.column_config.TextColumn("Ward", pinned=True)
    cut = len(table) > MOST_ROWS
    table = table.head(MOST_ROWS)
    codes = list(table.index)

    def follow() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        choose_ward(codes[rows[0]] if rows else None)

    st.dataframe(
        table.style.map(_shade, subset=headings),
        hide_index=True,
        column_config=columns,
        height=min(38 + 35 * len(table), 38 + 35 * 14),
        key=key,
        on_select=follow,
        selection_mode="single-row",
    )
    show_note(
        f"Each cell: {CELL}. {'Lighter' if current_theme() == 'dark' else 'Darker'} "
        "means more need",
        "Source: Indices of Deprivation 2025, published for LSOAs, added up to wards by best fit",
        "Tick a row to choose the ward on the map",
        f"The {MOST_ROWS} wards with the highest need; choose a council to see all of its wards"
        if cut
        else "",
    )
