"""One map, or two beside each other: where they stand, and what is said around each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.figures import MapFigure, draw_map, load_ward_figure, show_provenance
from pages.shared.hot_spots import Progress, show_hot_spots
from pages.shared.page import show_note, show_title
from pages.shared.second_map import colours_of_both, show_map_head, title_of_both
from pages.shared.selection import Selection

NO_INTERVAL = (
    "This figure has no interval, so no ward can be called better or worse. "
    "The colours are fifths of England instead."
)


def lay_out(maps: int) -> tuple[Sequence[DeltaGenerator], ...]:
    """Where each map, its ward's figures and its data stand: beside one map, below two."""
    if maps == 1:
        map_side, ward_side = st.columns([2, 1], gap="medium")
        return [map_side], [ward_side], [st.container()]
    return tuple(st.columns(maps, gap="medium") for _ in range(3))


def show_one_map(selection: Selection, key: str, progress: Progress, linked: bool) -> MapFigure:
    """A map with its legend, where it comes from, and what its colours cannot say."""
    head = st.container() if linked else None
    classes = selection.classes
    figure = load_ward_figure(selection.indicator, selection.period, selection, classes, progress)
    draw_map(figure, selection, key=key, height=560, linked=linked)
    if head is not None:
        with head:
            show_map_head(figure.view.title, figure.subject.subtitle)
    show_provenance(figure.subject)
    if classes == "significance" and figure.method != classes:
        show_note(NO_INTERVAL)
    if classes == "hot_spots":
        show_hot_spots(figure.frame, selection.area, clear=figure.method == classes)
    return figure


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
