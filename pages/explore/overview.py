"""Overview: the council at a glance. Opens first, for everyone."""

import streamlit as st

from analysis.changes import make_changes_table
from analysis.findings import make_need_title
from analysis.key_figures import make_key_figure
from analysis.theme_table import make_finding, make_theme_table
from analysis.words import count_words
from data.catalogue import load_catalogue
from data.geography_words import ENGLAND
from data.load import load_period, load_periods, load_values
from data.overview import load_overview
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import (
    draw_map,
    list_sources,
    load_ward_figure,
    show_map_data,
    show_provenance,
)
from pages.shared.find import show_find
from pages.shared.many import notes_of_indicators
from pages.shared.page import (
    begin_page,
    first_view_is_out,
    panel,
    pick_area,
    pick_ward,
    show_note,
    show_title,
)
from pages.shared.places import place_name, wards_of
from pages.shared.rankings import show_ranking
from pages.shared.selection import current_selection, show_link_problems, write_address
from pages.shared.tables import CELL, show_key_figures, show_table, show_theme_table

catalogue, overview = load_catalogue(), load_overview()
selection = current_selection()
begin_page()
show_link_problems()

with st.container(key="pickers"):
    selection = show_find(selection)
    pick_area(selection)
    pick_ward(selection)

need = None
with panel("overall deprivation"):
    newest = load_periods(overview.headline)[-1]
    need = load_ward_figure(overview.headline, newest, selection, "england_fifths")
    show_title(
        make_need_title(need.frame, need.subject.place),
        f"{need.subject.subtitle}, {count_words(len(need.frame), 'ward', 'wards')}",
    )

with panel("the key figures"):
    show_key_figures(
        make_key_figure(
            catalogue.indicators[indicator],
            load_values(indicator),
            selection.area,
            (ENGLAND, place_name(ENGLAND)),
            baseline,
        )
        for indicator, baseline in overview.key_figures
    )
    show_note(f"Sources: {list_sources(i for i, _ in overview.key_figures)}")

map_side, ranking_side = st.columns([3, 2], gap="medium")
if need is not None:
    with map_side, panel("the map of need"):
        draw_map(need, selection, key="overview-map", height=520)
        show_provenance(need.subject)
write_address("area", "ward")
with ranking_side:
    complete = first_view_is_out()
if not complete:
    st.stop()

if need is not None:
    with ranking_side, panel("the ranking"):
        show_ranking(need, selection, key="overview-ranking")
    with panel("the data"):
        show_map_data(need, key="overview-map")

with panel("the table of themes"):
    columns = {
        heading: (catalogue.indicators[i], load_period(i, load_periods(i)[-1]))
        for heading, i in overview.themes
    }
    themes = make_theme_table(wards_of(selection.area), columns, wards_of(ENGLAND).index)
    st.header(make_finding(themes, list(columns)), anchor=False)
    show_theme_table(themes, list(columns), selection, key="overview-themes")
    of_themes = [indicator for _, indicator in overview.themes]
    show_offer(
        lambda: Offer(
            f"themes {place_name(selection.area)}",
            themes.rename_axis("Code").reset_index(),
            notes_of_indicators(of_themes, ("Each cell", CELL)),
            f"{make_finding(themes, list(columns))}. {CELL}.",
        ),
        "overview-theme-rows",
    )

with panel("the changes"):
    st.header("What changed most", anchor=False)
    compared = [
        (catalogue.indicators[i], load_values(i), baseline)
        for i, baseline in overview.key_figures
        if baseline
    ]
    place = (selection.area, place_name(selection.area))
    changes = make_changes_table(compared, place, wards_of(selection.area)["name"])
    show_table(changes, "What changed most")
    changed = [indicator.id for indicator, _, _ in compared]
    show_note(
        "Highest and lowest change among wards with a full figure in both periods",
        f"Sources: {list_sources(changed)}",
    )
    show_offer(
        lambda: Offer(f"changes {place[1]}", changes, notes_of_indicators(changed)),
        "overview-changes",
    )
