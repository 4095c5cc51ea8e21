"""Action areas: a council's strategy beside the evidence, for a workshop and its projector."""

from functools import partial

import streamlit as st

from analysis.need_matrix import make_areas_title
from analysis.words import count_words
from data.strategy import strategy_for
from pages.shared.need_choices import current_need_choices
from pages.shared.need_evidence import show_equality, show_need_change
from pages.shared.need_matrix import show_matrix
from pages.shared.need_pickers import choose_cell, pick_action_area
from pages.shared.need_pictures import show_large_map, show_small_maps
from pages.shared.need_ranking import (
    show_contributions,
    show_need_ranking,
    show_profile,
    show_ward_standing,
    stability_of,
)
from pages.shared.need_style import put_need_style
from pages.shared.need_weights import show_weights
from pages.shared.need_words import (
    show_strategy_problems,
    show_strategy_words,
    show_vision,
    show_whose_words,
    show_words_of_area,
)
from pages.shared.needs import Needs, load_needs
from pages.shared.page import (
    begin_page,
    first_view_is_out,
    panel,
    pick_area,
    pick_ward,
    show_title,
)
from pages.shared.selection import (
    current_selection,
    show_link_problems,
    write_address,
)


def show_first_view(needs: Needs) -> None:
    """The finding, whose words they are, and every ward on every action area."""
    areas = count_words(len(needs.strategy.action_areas), "action area", "action areas")
    wards = count_words(len(needs.wards), "ward", "wards")
    show_title(
        make_areas_title(needs.all, needs.names, needs.place),
        f"Need scores from 0 to 100 (the most need), {areas}, {wards} of {needs.place}, "
        "newest figures",
    )
    show_vision(needs.strategy)
    changed = filter(needs.choices.changed_in, needs.strategy.action_areas)
    show_whose_words(needs.strategy, [area.heading_label for area in changed])
    for heading, reason in needs.broken.items():
        st.error(f"**{heading} cannot be scored.** {reason}", icon=":material/error:")
    if not needs.by_area:
        return
    with panel("the table of wards"):
        show_matrix(needs, "need-matrix", on_choose=partial(choose_cell, needs.strategy))


def show_depth(needs: Needs) -> None:
    """One action area: where need is, how sure the ranks are, what counts and why."""
    stability = None
    map_side, words_side = st.columns([3, 2], gap="medium")
    with map_side, panel("the map"):
        show_large_map(needs, "need-map", height=520)
    with words_side, panel("the ward's standing"):
        stability = stability_of(needs)
        show_ward_standing(needs, stability)
        show_words_of_area(needs.strategy, needs.area)
    ranking_side, weights_side = st.columns([3, 2], gap="medium")
    with weights_side, panel("the weights"):
        show_weights(needs, "need-weights")
    with ranking_side, panel("the ranking"):
        show_need_ranking(needs, stability, "need-ranking")
    parts_side, profile_side = st.columns(2, gap="medium")
    with parts_side, panel("what the score is made of"):
        show_contributions(needs, "need-parts")
    with profile_side, panel("the ward across action areas"):
        show_profile(needs, "need-profile")


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page, from all action areas at once to one in depth."""
    selection = current_selection()
    with panel("the strategy"):
        strategy = strategy_for(selection.area)
        choices = current_need_choices(strategy)
        show_link_problems()
        show_strategy_problems()
        with st.container(key="pickers"):
            pick_area(selection)
            pick_ward(selection)
        needs = load_needs(strategy, selection, choices)
        write_address(
            "area",
            "ward",
            action_area=needs.choices.action_area,
            group=needs.choices.group_text,
            weights=needs.choices.weights_text,
        )
        show_first_view(needs)
        if needs.by_area:
            show_story(needs)


def show_story(needs: Needs) -> None:
    """Everything below the first view."""
    st.header("One map for each action area", anchor=False)
    with panel("the small maps"):
        show_small_maps(needs)
    if not first_view_is_out():
        return
    st.header(f"In depth: {needs.area.heading_label}", anchor=False)
    pick_action_area(needs)
    if needs.area.id not in needs.by_area:
        return
    show_depth(needs)
    st.header("Equality: who lives where need is high", anchor=False)
    with panel("equality"):
        show_equality(needs, "need-equality")
    st.header("Change: need then and now", anchor=False)
    with panel("the change"):
        show_need_change(needs, "need-change")
    st.header(f"The words of {needs.strategy.short_label}", anchor=False)
    show_strategy_words(needs.strategy)


begin_page()
put_need_style()
show_page()
