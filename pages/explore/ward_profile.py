"""Ward profile: one ward on one page, on screen and on two sheets of paper."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.load import load_areas
from data.profile import load_profile
from pages.shared.choices import choose_here, current_choices
from pages.shared.find import show_find
from pages.shared.many import explain_own
from pages.shared.page import (
    begin_page,
    keep,
    panel,
    pick_area,
    pick_ward,
    show_note,
    show_title,
)
from pages.shared.places import place_name
from pages.shared.print_button import show_print_button
from pages.shared.profile_bars import show_equality, show_pyramid
from pages.shared.profile_choices import PAGE, Choices, parse_choices
from pages.shared.profile_data import (
    Comparison,
    describe_ward,
    find_neediest,
    list_own_rows,
    load_spine,
)
from pages.shared.profile_parts import (
    begin_profile,
    comparison_words,
    show_imprint,
    show_locator,
    show_similar,
    show_spine,
    show_stand_outs,
)
from pages.shared.profile_pockets import show_ward_pockets
from pages.shared.profile_words import NO_ESTIMATE
from pages.shared.selection import (
    Selection,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.ward_links import show_ward_links

OWN_ROWS = "Your own figures stand last and are not looked at for what stands out"


def pick_comparison(ward: str, against: str) -> None:
    """Let the visitor choose what the ward is compared with."""
    words = comparison_words(ward)
    keep("pick_against", against)
    st.selectbox(
        "Compare with",
        list(words),
        format_func=lambda key: words.get(key, key),
        key="pick_against",
        on_change=lambda: choose_here(PAGE, against=st.session_state["pick_against"]),
        help="An area, or the 15 wards of England that are most like this one.",
    )


def show_heading(ward: str) -> None:
    """The finding about need, and how many people live here."""
    show_title(*describe_ward(ward))
    lsoas = load_areas().at[ward, "lsoa_count"]
    if lsoas == 0:
        show_note(
            f"{NO_ESTIMATE}, so most of its figures are not known. "
            "Figures that are published for wards are shown."
        )
    if lsoas == 1:
        show_note("This ward rests on a single LSOA: its figures are that neighbourhood's.")


def show_parts(ward: str, indicator: str, comparison: Comparison) -> None:
    """What stands out, ages, equality, similar wards, and every indicator on a line.

    Args:
        ward: area code.
        indicator: the one chosen on other pages, for the ways there.
        comparison: what the ward is compared with.
    """
    spine = load_spine(load_profile().rows, ward, comparison)
    own_rows = list_own_rows(ward)
    whole = pd.concat([spine, load_spine(own_rows, ward, comparison)]) if own_rows else spine
    findings, where = st.columns([4, 1], gap="medium")
    with findings, panel("what stands out"):
        show_stand_outs(spine, comparison)
        inside = st.container()
        council = str(load_areas().at[ward, "district_code"])
        show_ward_links(council, ward, indicator, "ward-profile", "hidden-pockets")
    with where, panel("the small map"):
        show_locator(ward)
    ages, equality, alike = st.columns([3, 4, 3], gap="medium")
    with ages, panel("the ages"):
        show_pyramid(ward, key="profile-ages")
    with equality, panel("the equality view"):
        show_equality(ward, comparison, key="profile-equality")
    with alike, panel("the similar wards"):
        show_similar(ward, key="profile-similar")
    with panel("the table of indicators"):
        show_spine(whole, ward, comparison, key="profile-spine")
        if own_rows:
            show_note(OWN_ROWS, explain_own(own_rows))
    # Last, as it reads the figures of all neighbourhoods: the rest need not wait for them.
    with inside, panel("what the average hides"):
        show_ward_pockets(ward)


def show_ward(ward: str, selection: Selection, comparison: Comparison) -> None:
    """All that is known of a ward."""
    show_heading(ward)
    if not selection.ward:
        show_note(
            f"No ward is chosen, so this is the ward of {place_name(selection.area)} with the "
            "highest overall deprivation score. Choose another in the list above."
        )
    show_parts(ward, selection.indicator, comparison)


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: choose a ward, read what stands out, and every indicator below."""
    selection = current_selection()
    choices = current_choices(PAGE, Choices(), parse_choices)
    show_link_problems()
    ward = selection.ward or find_neediest(selection.area)
    comparison = choices.comparison(ward)
    with st.container(key="pickers"):
        show_find(selection)
        pick_area(selection)
        pick_ward(selection)
        pick_comparison(ward, comparison.key)
        show_print_button()
    show_ward(ward, selection, comparison)
    write_address("area", "ward", against=comparison.key)
    show_imprint(ward)


begin_page()
begin_profile()
show_page()
