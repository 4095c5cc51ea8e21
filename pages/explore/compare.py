"""Compare: two indicators, wards ranked, wards side by side, and groups of wards."""

import html

import streamlit as st

from pages.shared.choices import choose_here, current_choices
from pages.shared.compare_choices import PAGE, VIEWS, Compare, parse_compare
from pages.shared.compare_pair import show_pair, show_pair_pickers
from pages.shared.compare_ranked import show_ranked, show_ranked_pickers
from pages.shared.compare_side import show_side, show_side_pickers
from pages.shared.group_panel import show_group_editor, show_group_tables
from pages.shared.groups import current_groups, groups_text
from pages.shared.page import begin_page, hold_pickers, keep, lists_follow
from pages.shared.places import ward_label
from pages.shared.selection import Selection, current_selection, show_link_problems, write_address
from pages.shared.ward_links import show_ward_links

# View -> its pickers and what it shows.
PARTS = {
    "two": (show_pair_pickers, show_pair),
    "ranked": (show_ranked_pickers, show_ranked),
    "side": (show_side_pickers, show_side),
}


def pick_view(chosen: Compare) -> None:
    """Let the visitor choose one of the three views."""
    keep("compare_view", chosen.view)
    st.segmented_control(
        "What to compare",
        list(VIEWS),
        format_func=lambda view: VIEWS[view],
        key="compare_view",
        required=True,
        on_change=lambda: choose_here(PAGE, view=st.session_state["compare_view"] or chosen.view),
    )


def show_comparison(selection: Selection, chosen: Compare) -> None:
    """The finding of a view, its chart and its data; and the ward that is chosen."""
    _, show = PARTS[chosen.view]
    show(selection, chosen)
    if selection.ward:
        st.html(f"<p>Chosen: <strong>{html.escape(ward_label(selection.ward))}</strong></p>")
        show_ward_links(selection.area, selection.ward, selection.indicator, "compare")
    if chosen.view != "two":
        show_group_tables(selection)


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: choose a view, choose what to compare, read the finding, look."""
    selection = current_selection()
    stored = current_choices(PAGE, Compare(), parse_compare)
    groups = current_groups()
    show_link_problems()
    chosen = stored.settled(selection.indicator, selection.area)
    pick_view(chosen)
    pickers, page = hold_pickers("compare-pickers"), st.container()
    # Before the files, so that the link among them is the one of this view.
    own = {**chosen.address(), "wards": stored.address()["wards"]}
    write_address(
        "area", "ward", "indicator", "period", "compare", **own, groups=groups_text(groups)
    )

    def draw_pickers() -> None:
        with pickers:
            show_pickers, _ = PARTS[chosen.view]
            show_pickers(selection, chosen)
            if chosen.view != "two":
                show_group_editor(selection)

    with lists_follow(draw_pickers), page:
        show_comparison(selection, chosen)


begin_page()
show_page()
