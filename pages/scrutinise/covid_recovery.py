"""Covid impact and recovery: how hard wards were hit, and how far they have come back."""

import streamlit as st

from pages.shared.choices import current_choices
from pages.shared.page import (
    begin_page,
    first_view_is_out,
    hold_pickers,
    lists_follow,
    panel,
)
from pages.shared.recovery_ages import show_ages
from pages.shared.recovery_burden import show_burden
from pages.shared.recovery_choices import PAGE, Choices, parse_choices
from pages.shared.recovery_compare import show_comparison
from pages.shared.recovery_data import Impact, load_impact
from pages.shared.recovery_district import show_district_lines
from pages.shared.recovery_parts import (
    STYLE,
    pick_choices,
    show_finding,
    show_ranked_list,
    show_recovery_data,
    show_recovery_map,
)
from pages.shared.recovery_small import show_small_lines
from pages.shared.recovery_then import show_then_and_now
from pages.shared.selection import (
    Selection,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.ward_map import bring_map_code


def show_first_view(selection: Selection, chosen: Choices) -> Impact:
    """The finding, the map, the ranked list and the line of every ward.

    Raises:
        TableError: a table that all of it needs is missing or damaged.
    """
    impact = load_impact(selection, chosen)
    show_finding(impact, selection.ward)
    map_side, list_side = st.columns([1, 1], gap="medium")
    with map_side, panel("the map"):
        show_recovery_map(impact, selection, key="recovery-map")
    with list_side, panel("the ranked list"):
        show_ranked_list(impact, selection)
    with panel("the data"):
        show_recovery_data(impact, selection, key="recovery-map")
    with panel("the lines"):
        st.header("Each ward over time", anchor=False)
        show_small_lines(impact, selection, key="recovery-lines")
    return impact


def show_rest(selection: Selection, chosen: Choices, impact: Impact) -> None:
    """Compared with whom, the district's figures, the months, the burden, how old figures are."""
    with panel("the comparison"):
        st.header("Compared with whom", anchor=False)
        show_comparison(impact, key="recovery-places")
    with panel("the district figures"):
        st.header("What is known for the district only", anchor=False)
        show_district_lines(selection, chosen, key="recovery-district")
    with panel("the months"):
        st.header("Then and now", anchor=False)
        show_then_and_now(key="recovery-months")
    with panel("the burden"):
        st.header("The burden of the pandemic, deprivation and age", anchor=False)
        show_burden(selection, key="recovery-burden")
    with panel("the age of the figures"):
        st.header("How old the figures are", anchor=False)
        show_ages(key="recovery-ages")


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page, from the finding to the age of the figures."""
    selection = current_selection()
    stored = current_choices(PAGE, Choices(), parse_choices)
    show_link_problems()
    with panel("the page"):
        chosen = stored.settled(selection.indicator)
        write_address("area", "ward", "compare", **chosen.address())
        pickers, first_view = hold_pickers(), st.container()
        impact = None

        def draw_pickers() -> None:
            with pickers:
                pick_choices(selection, chosen)

        with lists_follow(draw_pickers), first_view, panel("the impact"):
            impact = show_first_view(selection, chosen)
        if impact is not None and first_view_is_out():
            show_rest(selection, chosen, impact)


begin_page()
st.html(STYLE)
bring_map_code()
show_page()
