"""Community assets: places and people to build on, by ward, beside need."""

import streamlit as st

from analysis.asset_map import make_assets_title
from data.geography_words import ENGLAND
from pages.shared.asset_file import show_own_list
from pages.shared.asset_parts import (
    load_assets,
    load_people_assets,
    show_all_wards,
    show_need_map,
    show_people_assets,
    show_ward_lists,
)
from pages.shared.need_style import put_need_style
from pages.shared.page import (
    begin_page,
    panel,
    pick_area,
    pick_ward,
    show_title,
)
from pages.shared.selection import current_selection, show_link_problems, write_address


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: the finding, the map beside the lists, what people named."""
    selection = current_selection()
    show_link_problems()
    with st.container(key="pickers"):
        pick_area(selection)
        pick_ward(selection)
    write_address("area", "ward")
    people, kept, problem = load_people_assets(selection.area)
    if problem:
        st.error(problem, icon=":material/error:")
    with panel("the lists beside need"):
        assets = load_assets(selection, people)
        show_title(
            make_assets_title(assets.table, assets.place),
            f"Need, and what is listed to build on, {len(assets.table):,} wards of {assets.place}",
            "“Listed” is what stands in open lists and what people named; what is not listed may "
            "still be there.",
        )
        map_side, list_side = st.columns([3, 2], gap="medium")
        with map_side, panel("the map"):
            show_need_map(assets)
        with list_side, panel("the ward’s lists"):
            show_ward_lists(assets)
        st.header("What people named", anchor=False)
        with panel("what people named"):
            show_people_assets(assets)
        if selection.area != ENGLAND:
            show_own_list(selection.area, kept)
        st.header("Every ward", anchor=False)
        with panel("the wards"):
            show_all_wards(assets)


begin_page()
put_need_style()
show_page()
