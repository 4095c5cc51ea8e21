"""One map, or two beside each other: where they stand, and what is said around each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.errors import DataError
from pages.shared.figures import MapFigure, draw_map, load_ward_figure, show_provenance
from pages.shared.hot_spots import Progress, show_hot_spots
from pages.shared.page import hold_pickers, show_note, show_title
from pages.shared.second_map import colours_of_both, show_map_head, title_of_both
from pages.shared.selection import Selection

NO_INTERVAL = (
    "This figure has no interval, so no ward can be called better or worse. "
    "The colours are fifths of England instead."
)


@dataclass(frozen=True)
class Places:
    """Where the parts of the page stand: the ward's figures beside one map, below two."""

    pickers: DeltaGenerator
    more_pickers: DeltaGenerator | None
    heading: DeltaGenerator
    maps: Sequence[DeltaGenerator]
    wards: Sequence[DeltaGenerator]


def lay_out(maps: int) -> Places:
    """Put the places of the page in order; every one costs a message, so there are few."""
    pickers = hold_pickers()
    more_pickers = st.container() if maps > 1 else None
    heading = st.container()
    if maps == 1:
        map_side, ward_side = st.columns([2, 1], gap="medium")
        return Places(pickers, more_pickers, heading, [map_side], [ward_side])
    map_sides, ward_sides = (st.columns(maps, gap="medium") for _ in range(2))
    return Places(pickers, more_pickers, heading, map_sides, ward_sides)


def load_one_map(selection: Selection, progress: Progress) -> MapFigure | DataError:
    """The figure of one map, or why it cannot be shown; nothing is sent to the visitor."""
    try:
        return load_ward_figure(
            selection.indicator, selection.period, selection, selection.classes, progress
        )
    except DataError as error:
        return error


def show_one_map(found: MapFigure | DataError, selection: Selection, key: str, two: bool) -> None:
    """One map with its legend.

    Raises:
        DataError: there is no figure, because of this.
    """
    if isinstance(found, DataError):
        raise found
    if two:
        show_map_head(found.view.title, found.subject.subtitle)
    draw_map(found, selection, key=key, height=560, linked=two, brought=True)


def show_below_map(figure: MapFigure, selection: Selection) -> None:
    """Where the figures of a map come from, and what its colours cannot say."""
    show_provenance(figure.subject)
    if selection.classes == "significance" and figure.method != "significance":
        show_note(NO_INTERVAL)
    if selection.classes == "hot_spots":
        show_hot_spots(figure.frame, selection.area, clear=figure.method == "hot_spots")


def show_heading(figures: Sequence[MapFigure]) -> None:
    """The finding of the page, and with two maps how far their colours can be compared."""
    first = figures[0]
    if len(figures) == 1:
        subject = first.subject
        show_title(first.view.title, subject.subtitle, subject.indicator.definition)
        return
    names = " and ".join(f.subject.indicator.short_name for f in figures)
    show_title(
        title_of_both(*figures), f"{names}, {first.subject.place}", colours_of_both(*figures)
    )
