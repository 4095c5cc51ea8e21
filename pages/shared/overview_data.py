"""What the page Overview and the report pack say about a place: the same figures for both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.changes import make_changes_table
from analysis.key_figures import KeyFigure, make_key_figure
from analysis.theme_table import make_finding, make_theme_table
from data.catalogue import load_catalogue
from data.geography_words import ENGLAND
from data.load import load_period, load_periods, load_values
from data.overview import load_overview
from pages.shared.figures import MapFigure, load_ward_figure
from pages.shared.left_out import keep_sound
from pages.shared.places import place_name, wards_of
from pages.shared.selection import Selection


@dataclass(frozen=True)
class Themes:
    """Wards by themes: the rows of `theme_table.make_theme_table`, its headings and indicators."""

    table: pd.DataFrame
    headings: list[str]
    indicators: list[str]

    @property
    def finding(self) -> str:
        """What the table says, as a title."""
        return make_finding(self.table, self.headings)


def load_headline(selection: Selection) -> MapFigure:
    """The map and ranking of overall need, newest period.

    Raises:
        TableError: its table is missing or damaged.
    """
    indicator = load_overview().headline
    return load_ward_figure(indicator, load_periods(indicator)[-1], selection, "england_fifths")


def load_key_figures(area: str) -> tuple[KeyFigure, ...]:
    """The key figures of a place with their change and how they compare with England.

    Raises:
        TableError: a table is missing or damaged.
    """
    return _make_key_figures(area, tuple(list_key_figures()))


@lru_cache(maxsize=512)
def _make_key_figures(area: str, chosen: tuple[tuple[str, str], ...]) -> tuple[KeyFigure, ...]:
    known, england = load_catalogue().indicators, (ENGLAND, place_name(ENGLAND))
    return tuple(
        make_key_figure(known[indicator], load_values(indicator), area, england, baseline)
        for indicator, baseline in chosen
    )


def list_key_figures() -> list[tuple[str, str]]:
    """Indicators of the key figures that can be shown, each with its baseline or ""."""
    baselines = dict(load_overview().key_figures)
    return [(i, baselines[i]) for i in keep_sound(baselines)]


def load_themes(area: str) -> Themes:
    """Where the wards of a place stand among all wards in England, theme by theme.

    Raises:
        TableError: a table is missing or damaged.
    """
    known = load_catalogue().indicators
    headings = {i: heading for heading, i in load_overview().themes}
    sound = keep_sound(headings)
    columns = {headings[i]: (known[i], load_period(i, load_periods(i)[-1])) for i in sound}
    table = make_theme_table(wards_of(area), columns, wards_of(ENGLAND).index)
    return Themes(table, list(columns), list(sound))


def list_changing() -> list[tuple[str, str]]:
    """Indicators of the key figures that have a baseline, each with it."""
    return [(i, baseline) for i, baseline in list_key_figures() if baseline]


def load_changes(area: str) -> pd.DataFrame:
    """What changed most: see `changes.make_changes_table`.

    Raises:
        TableError: a table is missing or damaged.
    """
    known = load_catalogue().indicators
    compared = [(known[i], load_values(i), baseline) for i, baseline in list_changing()]
    return make_changes_table(compared, (area, place_name(area)), wards_of(area)["name"])
