"""Overview: the council at a glance. Opens first, for everyone."""

from dataclasses import replace

import streamlit as st

from analysis.findings import make_need_title
from analysis.words import count_words
from data.overview import load_overview
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import (
    draw_map,
    list_sources,
    show_map_data,
    show_provenance,
)
from pages.shared.find import show_find
from pages.shared.left_out import show_left_out
from pages.shared.many import notes_of_indicators
from pages.shared.overview_data import (
    list_changing,
    list_key_figures,
    load_changes,
    load_headline,
    load_key_figures,
    load_themes,
)
from pages.shared.page import (
    begin_page,
    first_view_is_out,
    hold_pickers,
    lists_follow,
    panel,
    pick_area,
    pick_ward,
    show_note,
    show_title,
)
from pages.shared.places import place_name
from pages.shared.rankings import show_ranking
from pages.shared.selection import (
    DEFAULT_CLASSES,
    Selection,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.tables import CELL, show_key_figures, show_table, show_theme_table


def show_rest(selection: Selection) -> None:
    """Below the first view: the themes and what changed most."""
    with panel("the table of themes"):
        themes = load_themes(selection.area)
        st.header(themes.finding, anchor=False)
        show_theme_table(themes.table, themes.headings, selection, key="overview-themes")
        show_left_out(indicator for _, indicator in load_overview().themes)
        show_offer(
            lambda: Offer(
                f"themes {place_name(selection.area)}",
                themes.table.rename_axis("Code").reset_index(),
                notes_of_indicators(themes.indicators, ("Each cell", CELL)),
                f"{themes.finding}. {CELL}.",
            ),
            "overview-theme-rows",
        )

    with panel("the changes"):
        st.header("What changed most", anchor=False)
        changes = load_changes(selection.area)
        show_table(changes, "What changed most")
        changed = [indicator for indicator, _ in list_changing()]
        show_note(
            "Highest and lowest change among wards with a full figure in both periods",
            f"Sources: {list_sources(changed)}",
        )
        show_offer(
            lambda: Offer(
                f"changes {place_name(selection.area)}", changes, notes_of_indicators(changed)
            ),
            "overview-changes",
        )


def show_pickers() -> None:
    """The lists from which place and ward are chosen."""
    with pickers:
        show_find(selection)
        pick_area(selection)
        pick_ward(selection)


selection = current_selection()
begin_page()
show_link_problems()

pickers = hold_pickers()
need = None
with lists_follow(show_pickers):
    with panel("overall deprivation"):
        need = load_headline(selection)
        show_title(
            make_need_title(need.frame, need.subject.place),
            f"{need.subject.subtitle}, {count_words(len(need.frame), 'ward', 'wards')}",
        )

    with panel("the key figures"):
        show_key_figures(load_key_figures(selection.area))
        show_note(f"Sources: {list_sources(i for i, _ in list_key_figures())}")
        show_left_out(i for i, _ in load_overview().key_figures)

    map_side, ranking_side = st.columns([3, 2], gap="medium")
    if need is not None:
        with map_side, panel("the map of need"):
            draw_map(need, selection, key="overview-map", height=520)
            show_provenance(need.subject)
write_address("area", "ward")
if first_view_is_out():
    if need is not None:
        with ranking_side, panel("the ranking"):
            show_ranking(need, selection, key="overview-ranking")
        with panel("the data"):
            show_map_data(need, "overview-map", replace(selection, classes=DEFAULT_CLASSES))
    show_rest(selection)
