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
    show_data_and_downloads,
    show_provenance,
)
from pages.shared.page import begin_page, panel, pick_area, pick_ward, show_title
from pages.shared.places import benchmarks_of, place_name
from pages.shared.selection import choose, current_selection, show_link_problems, write_address
from pages.shared.ward_panel import show_ward_panel

EXAMPLES = "Type a word, e.g. fuel, carers, broadband."

catalogue = load_catalogue()
selection = current_selection()
begin_page()
show_link_problems()


def pick(field: str, label: str, options: list[str], words: dict[str, str], **more: str) -> None:
    """A pick-list for one part of the selection."""
    st.session_state[f"pick_{field}"] = getattr(selection, field)
    st.selectbox(
        label,
        options,
        format_func=lambda option: words.get(option, option),
        key=f"pick_{field}",
        on_change=lambda: choose(**{field: st.session_state[f"pick_{field}"]}),
        help=more.get("help"),
    )


themes = catalogue.themes
indicator_words = {
    i: f"{catalogue.indicators[i].name}  ({themes[catalogue.indicators[i].theme].name})"
    for i in catalogue.ward_indicators
}
periods = list(reversed(load_periods(selection.indicator)))
period_words = {period: read_period(period).label for period in periods}
compare_words = {
    word: place_name(code) if word != "council" else f"{place_name(code)} as a whole"
    for word, code in benchmarks_of(selection.area).items()
}

with st.container(key="pickers"):
    pick_area(selection)
    pick_ward(selection)
    pick("indicator", "Indicator", list(indicator_words), indicator_words, help=EXAMPLES)
    pick("period", "Period", periods, period_words)
    pick("classes", "Colours", list(METHODS), METHODS)
    pick("compare", "Compare with", list(compare_words), compare_words)

with panel("this indicator"):
    figure = load_ward_figure(selection.indicator, selection.period, selection, selection.classes)
    show_title(figure.view.title, figure.subject.subtitle, figure.subject.indicator.definition)
    map_side, ward_side = st.columns([2, 1], gap="medium")
    with map_side, panel("the map"):
        draw_map(figure, selection, key="ward-map", height=560)
        show_provenance(figure.subject)
    with ward_side, panel("the ward's figures"):
        show_ward_panel(figure, selection)
    show_data_and_downloads(figure, key="ward-map")

is_council = load_areas().at[selection.area, "area_type"] == "district"
if is_council and catalogue.has_lsoa_values(selection.indicator):
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
            show_data_and_downloads(small, key="lsoa-map")

write_address("area", "ward", "indicator", "period", "classes", "compare", "detail")
