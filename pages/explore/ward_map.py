"""Ward map: any indicator, any period, any council in England."""

from collections.abc import Mapping
from functools import lru_cache, partial

import streamlit as st

from analysis.classes import METHODS
from data.errors import DataError
from data.load import load_periods
from data.periods import read_period
from pages.shared.figures import MapFigure, show_map_data
from pages.shared.find import show_find
from pages.shared.hot_spots import ProgressBar
from pages.shared.lsoa_layer import show_lsoas
from pages.shared.map_layout import (
    Places,
    lay_out,
    load_one_map,
    show_below_map,
    show_heading,
    show_one_map,
)
from pages.shared.page import (
    begin_page,
    indicator_options,
    lists_follow,
    panel,
    pick,
    pick_area,
    pick_ward,
)
from pages.shared.places import benchmarks_of, place_name
from pages.shared.second_map import (
    SecondMap,
    current_second_map,
    pick_second,
    pick_two_maps,
)
from pages.shared.selection import (
    Selection,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.ward_map import bring_map_code
from pages.shared.ward_panel import show_ward_panel

EXAMPLES = "Type a word, e.g. fuel, carers, broadband."


def show_pickers(selection: Selection, second: SecondMap) -> None:
    """The lists from which place, ward, indicator, period, colours and benchmark are chosen."""
    show_find(selection)
    periods = reversed(load_periods(selection.indicator))
    benchmarks = benchmarks_of(selection.area).items()
    pick_area(selection)
    pick_ward(selection)
    pick("indicator", "Indicator", indicator_options(), selection, hint=EXAMPLES)
    pick("period", "Period", {p: read_period(p).label for p in periods}, selection)
    pick("classes", "Colours", METHODS, selection)
    pick("compare", "Compare with", {w: place_name(code) for w, code in benchmarks}, selection)
    pick_two_maps(second, selection)


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: choose, read the finding, look, open a ward.

    What a visitor who changes something waits for is the map, though it does not stand
    first. So its figures are found before anything is sent, and it goes out before the rest.
    """
    selection = current_selection()
    second = current_second_map(selection)
    views = {"ward-map": selection}
    if second.shown:
        views["ward-map-2"] = second.beside(selection)
    places = lru_cache(maxsize=1)(partial(lay_out, len(views)))

    @lru_cache(maxsize=1)  # a slow map has them drawn before it
    def draw_pickers() -> None:
        with places().pickers:
            show_pickers(selection, second)
        if (more := places().more_pickers) is not None:
            with more:
                pick_second(second, selection)

    progress = ProgressBar(lambda: places().heading, draw_pickers)
    with lists_follow(draw_pickers):
        found = {key: load_one_map(view, progress) for key, view in views.items()}
        for (key, view), side in zip(views.items(), places().maps, strict=True):
            with side, panel("the map"):
                show_one_map(found[key], view, key, second.shown)
    show_rest(views, found, places())
    fields = ("area", "ward", "indicator", "period", "classes", "compare", "detail")
    write_address(*fields, **second.address)


def show_rest(
    views: Mapping[str, Selection], found: Mapping[str, MapFigure | DataError], places: Places
) -> None:
    """What the maps say in words: the finding, their sources, the ward, the data behind them."""
    figures = {key: figure for key, figure in found.items() if isinstance(figure, MapFigure)}
    with places.heading:
        show_link_problems()
        if figures:
            show_heading(list(figures.values()))
    sides = zip(views.items(), places.maps, places.wards, strict=True)
    for (key, view), map_side, ward_side in sides:
        if key in figures:
            with map_side, panel("the source of the map"):
                show_below_map(figures[key], view)
            with ward_side, panel("the ward's figures"):
                show_ward_panel(figures[key], view, f"{key}-trend")
    data_sides = st.columns(len(views), gap="medium") if len(views) > 1 else [st.container()]
    for (key, view), side in zip(views.items(), data_sides, strict=True):
        if key in figures:
            with side, panel("the data"):
                show_map_data(figures[key], key, view)
    show_lsoas(views["ward-map"])


begin_page()
bring_map_code()
show_page()
