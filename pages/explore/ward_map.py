"""Ward map: any indicator, any period, any council in England."""

import streamlit as st

from analysis.classes import METHODS
from data.catalogue import load_catalogue
from data.load import load_areas, load_periods
from data.periods import read_period
from pages.shared.figures import (
    draw_map,
    load_lsoa_figure,
    load_ward_figure,
    show_map_data,
    show_provenance,
)
from pages.shared.find import show_find
from pages.shared.page import (
    begin_page,
    indicator_options,
    panel,
    pick,
    pick_area,
    pick_ward,
    show_note,
    show_title,
)
from pages.shared.places import benchmarks_of, place_name
from pages.shared.selection import (
    Selection,
    choose,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.ward_panel import show_ward_panel

NO_INTERVAL = (
    "This figure has no interval, so no ward can be called better or worse. "
    "The colours are fifths of England instead."
)
EXAMPLES = "Type a word, e.g. fuel, carers, broadband."


def show_pickers(selection: Selection) -> None:
    """The lists from which place, ward, indicator, period, colours and benchmark are chosen."""
    periods = reversed(load_periods(selection.indicator))
    benchmarks = benchmarks_of(selection.area).items()
    pick_area(selection)
    pick_ward(selection)
    pick("indicator", "Indicator", indicator_options(), selection, hint=EXAMPLES)
    pick("period", "Period", {p: read_period(p).label for p in periods}, selection)
    pick("classes", "Colours", METHODS, selection)
    pick("compare", "Compare with", {w: place_name(code) for w, code in benchmarks}, selection)


def show_lsoas(selection: Selection) -> None:
    """The map of a council's LSOAs, for figures that are published for them."""
    is_council = load_areas().at[selection.area, "area_type"] == "district"
    if not (is_council and load_catalogue().has_lsoa_values(selection.indicator)):
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
    show_link_problems()
    pickers, heading = st.container(key="pickers"), st.container()
    with pickers:
        selection = show_find(selection)
    map_side, ward_side = st.columns([2, 1], gap="medium")
    below = st.container()
    figure = None
    with map_side, panel("the map"):
        figure = load_ward_figure(
            selection.indicator, selection.period, selection, selection.classes
        )
        draw_map(figure, selection, key="ward-map", height=560)
        show_provenance(figure.subject)
        if selection.classes == "significance" and figure.subject.indicator.interval == "none":
            show_note(NO_INTERVAL)
    with pickers:
        show_pickers(selection)
    if figure is not None:
        with heading:
            meaning = figure.subject.indicator.definition
            show_title(figure.view.title, figure.subject.subtitle, meaning)
        with ward_side, panel("the ward's figures"):
            show_ward_panel(figure, selection)
        with below, panel("the data"):
            show_map_data(figure, key="ward-map")
    show_lsoas(selection)
    write_address("area", "ward", "indicator", "period", "classes", "compare", "detail")


begin_page()
show_page()
