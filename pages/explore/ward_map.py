"""Ward map: any indicator, any period, any council in England."""

import streamlit as st

from analysis.classes import METHODS
from data.load import load_areas, load_periods
from data.own.shelf import current_catalogue
from data.periods import read_period
from pages.shared.figures import (
    draw_map,
    load_lsoa_figure,
    show_map_data,
    show_provenance,
)
from pages.shared.find import show_find
from pages.shared.hot_spots import ProgressBar
from pages.shared.map_layout import lay_out, show_heading, show_one_map
from pages.shared.page import (
    begin_page,
    indicator_options,
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
    choose,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.ward_panel import show_ward_panel

EXAMPLES = "Type a word, e.g. fuel, carers, broadband."


def show_pickers(selection: Selection, second: SecondMap) -> None:
    """The lists from which place, ward, indicator, period, colours and benchmark are chosen."""
    periods = reversed(load_periods(selection.indicator))
    benchmarks = benchmarks_of(selection.area).items()
    pick_area(selection)
    pick_ward(selection)
    pick("indicator", "Indicator", indicator_options(), selection, hint=EXAMPLES)
    pick("period", "Period", {p: read_period(p).label for p in periods}, selection)
    pick("classes", "Colours", METHODS, selection)
    pick("compare", "Compare with", {w: place_name(code) for w, code in benchmarks}, selection)
    pick_two_maps(second, selection)


def show_lsoas(selection: Selection) -> None:
    """The map of a council's LSOAs, for figures that are published for them."""
    is_council = load_areas().at[selection.area, "area_type"] == "district"
    if not (is_council and current_catalogue().has_lsoa_values(selection.indicator)):
        return
    st.header("Inside the wards: LSOAs", anchor=False)
    if st.toggle(
        "Show the map of LSOAs",
        value=selection.detail == "lsoa",
        on_change=lambda: choose(detail="lsoa" if selection.detail == "ward" else "ward"),
        help="An LSOA is a census neighbourhood of about 1,700 people.",
    ):
        with panel("the map of LSOAs"):
            small = load_lsoa_figure(selection.indicator, selection, selection.classes)
            draw_map(small, selection, key="lsoa-map", height=520)
            show_provenance(small.subject)
            show_map_data(small, key="lsoa-map")


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: choose, read the finding, look, open a ward.

    The map is made first and sent first, though it does not stand first: it is what a
    visitor who changes something waits for.
    """
    selection = current_selection()
    second = current_second_map(selection)
    show_link_problems()
    pickers, more_pickers, heading = (
        st.container(key="pickers"),
        st.container(),
        st.container(),
    )
    with pickers:
        selection = show_find(selection)
    shown = {"ward-map": selection}
    if second.shown:
        shown["ward-map-2"] = second.beside(selection)
    map_sides, ward_sides, data_sides = lay_out(len(shown))

    def draw_pickers() -> None:
        with pickers:
            show_pickers(selection, second)
        if second.shown:
            with more_pickers:
                pick_second(second, selection)

    progress = ProgressBar(heading, draw_pickers)
    figures = {}
    for (key, view), side in zip(shown.items(), map_sides, strict=True):
        with side, panel("the map"):
            figures[key] = show_one_map(view, key, progress, second.shown)
    if not progress.begun:
        draw_pickers()
    if figures:
        with heading:
            show_heading(list(figures.values()))
    for key, ward_side, data_side in zip(shown, ward_sides, data_sides, strict=True):
        if key in figures:
            with ward_side, panel("the ward's figures"):
                show_ward_panel(figures[key], shown[key], f"{key}-trend")
            with data_side, panel("the data"):
                show_map_data(figures[key], key, shown[key])
    show_lsoas(selection)
    fields = ("area", "ward", "indicator", "period", "classes", "compare", "detail")
    write_address(*fields, **second.address)


begin_page()
show_page()
