"""The map of LSOAs below the map of wards: of a council, a county, a region or all England."""

from __future__ import annotations

import os
from dataclasses import replace

import streamlit as st

from data.lsoa_maps import has_prepared_map, name_lsoa_map
from data.own.shelf import current_catalogue
from pages.shared.figures import boundary_url, load_lsoa_figure, show_map_data, show_provenance
from pages.shared.page import keep, panel
from pages.shared.places import lsoas_of, place_name
from pages.shared.selection import Selection, choose
from pages.shared.ward_map import show_map

# Above this many a visitor is told what the map costs before it is brought.
MANY = 2_000


def lsoa_map_url(area: str) -> str:
    """Where the browser fetches the map of an area's LSOAs; "" where nothing serves it.

    Maps of councils are files. Those of larger places are composed by the server, which
    `streamlit run` does without.
    """
    if has_prepared_map(area):
        return boundary_url("lsoa", area)
    return f"maps/{name_lsoa_map(area)}" if "MAPS_SERVED" in os.environ else ""


def show_lsoas(selection: Selection) -> None:
    """Offer the map of LSOAs, for figures that are published for them."""
    url = ""
    with panel("the map of LSOAs"):
        url = lsoa_map_url(selection.area)
    if not (url and current_catalogue().has_lsoa_values(selection.indicator)):
        return
    st.header("Inside the wards: LSOAs", anchor=False)
    count = len(lsoas_of(selection.area))
    large = f" {place_name(selection.area)} has {count:,}; the map takes a few seconds to come."
    keep("lsoa-shown", selection.detail == "lsoa")
    if st.toggle(
        "Show the map of LSOAs",
        key="lsoa-shown",
        on_change=lambda: choose(detail="lsoa" if st.session_state["lsoa-shown"] else "ward"),
        help="An LSOA is a census neighbourhood of about 1,700 people."
        + (large if count > MANY else ""),
    ):
        with panel("the map of LSOAs"):
            small = load_lsoa_figure(selection.indicator, selection, selection.classes)
            # The page prints the source itself, so the map leaves it out.
            quiet = replace(small.view, source="", native_geography="")
            show_map(quiet, url, "lsoa-map", 520, brought=True)
            show_provenance(small.subject)
            show_map_data(small, key="lsoa-map", selection=selection)
