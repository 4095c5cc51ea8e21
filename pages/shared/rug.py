"""The tartan rug on a page: its columns and order, kept in the address, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from analysis.export import make_notes
from analysis.heat_picture import render_svg_table
from analysis.heat_table import Direction, HeatTable, next_direction
from analysis.tartan import Rug, choose_rows, make_rug_column, sort_rug
from analysis.tartan_words import (
    describe_rug,
    explain_worse,
    make_rug_heat_table,
    make_rug_table,
    make_rug_title,
)
from data.geography_words import ENGLAND
from data.load import load_newest
from data.overview import load_overview
from data.own.open_cache import cache_open
from data.own.shelf import current_catalogue
from pages.shared.choices import choose_here, split_codes
from pages.shared.downloads import Offer
from pages.shared.figures import list_sources
from pages.shared.left_out import keep_sound
from pages.shared.many import newest_label, notes_of_indicators
from pages.shared.page import keep
from pages.shared.places import place_name, wards_of
from pages.shared.selection import Selection

PAGE = "all-indicators"
# A longer table is slow to send and to draw, and too long to read.
MOST_ROWS = 200
MOST_CELLS = 9_000
DIRECTIONS: tuple[Direction, ...] = ("descending", "ascending")
OWN_COLUMNS = ("ward", "people", "worse")


@dataclass(frozen=True)
class RugChoices:
    """Themes whose indicators are shown (none: the first view), and how rows are sorted."""

    themes: tuple[str, ...] = ()
    sort: str = "worse"
    direction: Direction = "descending"


def columns_of(themes: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the indicators of some themes, or of the first view, in the catalogue's order.

    Without those that have no figures to show.
    """
    return keep_sound(asked_columns(themes))


def asked_columns(themes: tuple[str, ...]) -> tuple[str, ...]:
    """The same with those that have none."""
    catalogue = current_catalogue()
    first = load_overview().all_indicators
    if not any(catalogue.indicators[i].theme in themes for i in catalogue.ward_indicators):
        themes = ()  # such as that of own figures which are not there any more
    return tuple(
        i
        for i in catalogue.ward_indicators
        if (catalogue.indicators[i].theme in themes if themes else i in first)
    )


def settle_sort(choices: RugChoices) -> RugChoices:
    """Return the choices sorted by a column that is shown."""
    catalogue = current_catalogue()
    shown = columns_of(choices.themes)
    judged = any(catalogue.indicators[i].polarity != "no_judgement" for i in shown)
    if choices.sort == "worse" and not judged:
        return replace(choices, sort="ward", direction="ascending")
    if choices.sort in (*OWN_COLUMNS, *shown):
        return choices
    return settle_sort(replace(choices, sort="worse", direction="descending"))


def parse_rug(params: Mapping[str, str], current: RugChoices) -> tuple[RugChoices, list[str]]:
    """Read the parameters `themes` and `sort` of an address, e.g. `sort=imd_score.ascending`."""
    problems = []
    known = current_catalogue().themes
    if "themes" in params:
        asked = split_codes(params["themes"])
        current = replace(current, themes=tuple(theme for theme in known if theme in asked))
        problems += [
            f"The link names the theme “{theme[:40]}”; the themes are {', '.join(known)}."
            for theme in asked
            if theme not in known
        ]
    if sort := params.get("sort", ""):
        column, _, direction = sort.partition(".")
        if column in (*OWN_COLUMNS, *columns_of(current.themes)) and direction in DIRECTIONS:
            current = replace(current, sort=column, direction=direction)
        else:
            problems.append(
                f"The link sorts by “{sort[:60]}”, which is not a column shown here, such as "
                "worse.descending. The usual order is shown instead."
            )
    return settle_sort(current), problems


def print_sort(choices: RugChoices) -> str:
    """The order as it stands in a link; "" for the usual one."""
    usual = settle_sort(RugChoices(choices.themes))
    return "" if choices == usual else f"{choices.sort}.{choices.direction}"


def pick_themes(choices: RugChoices) -> None:
    """Let the visitor choose themes; none shows one or two indicators of each."""
    names = {theme.id: theme.name for theme in current_catalogue().themes.values()}
    keep("pick_themes", list(choices.themes))
    st.multiselect(
        "Themes",
        list(names),
        format_func=lambda theme: names[theme],
        key="pick_themes",
        placeholder="A first selection from every theme",
        on_change=lambda: _choose_themes(choices),
        help="Choose one or more themes to see all their indicators.",
    )


def _choose_themes(choices: RugChoices) -> None:
    asked = st.session_state["pick_themes"]
    themes = tuple(theme for theme in current_catalogue().themes if theme in asked)
    settled = settle_sort(replace(choices, themes=themes))
    choose_here(PAGE, themes=settled.themes, sort=settled.sort, direction=settled.direction)


def sort_by(choices: RugChoices, column: str) -> None:
    """Sort by a column whose heading was pressed; pressed again, the other way round."""
    sort, direction = next_direction((choices.sort, choices.direction), column)
    choose_here(PAGE, sort=sort, direction=direction)


@cache_open(8)
def load_rug(area: str, benchmark_code: str, indicators: tuple[str, ...]) -> Rug:
    """The newest figures of some indicators for the wards of a place; shared, not to be changed.

    Raises:
        TableError: a table is missing or damaged.
    """
    catalogue = current_catalogue()
    wards, everywhere = wards_of(area), wards_of(ENGLAND).index
    columns = tuple(
        make_rug_column(
            catalogue.indicators[i],
            newest_label(i),
            load_newest(i),
            wards,
            everywhere,
            (place_name(benchmark_code), benchmark_code),
        )
        for i in indicators
    )
    return Rug(place_name(area), wards, columns)


def make_shown_table(rug: Rug, choices: RugChoices, selection: Selection) -> HeatTable:
    """The part of the rug that is shown: sorted, cut to a readable length."""
    themes = {theme.id: theme.name for theme in current_catalogue().themes.values()}
    most = min(MOST_ROWS, max(25, MOST_CELLS // max(len(rug.columns), 1)))
    order = sort_rug(rug, choices.sort, choices.direction)
    rows = choose_rows(rug, np.asarray(order), most, selection.ward)
    return make_rug_heat_table(
        rug,
        rows,
        themes,
        (choices.sort, choices.direction),
        (selection.ward, selection.indicator if selection.ward else ""),
    )


def make_rug_offer(rug: Rug, table: HeatTable, selection: Selection) -> Offer:
    """The whole rug as rows, words and files; the picture shows the rows on the page."""
    benchmark = place_name(selection.benchmark_code)
    indicators = [column.indicator.id for column in rug.columns]
    title = make_rug_title(rug, benchmark)
    shown = f"{len(table.codes):,} of {len(rug.wards):,} wards of {rug.place}"
    caption = [
        f"{shown}, {len(indicators)} indicators, newest period of each. {explain_worse(benchmark)}",
        "Open signs: above (△), below (▽) or equal to (ring) the benchmark, without an interval",
        f"Sources: {list_sources(indicators)}",
    ]
    return Offer(
        name=f"all_indicators_{rug.place}",
        table=make_rug_table(rug),
        notes=notes_of_indicators(
            indicators,
            *make_notes(
                ("View", f"All indicators: {rug.place}, {len(rug.wards):,} wards"),
                ("Compared with", benchmark),
                ("Worse", explain_worse(benchmark)),
            ),
        ),
        description=describe_rug(rug, benchmark),
        picture=lambda: render_svg_table(table, title, caption),
    )
