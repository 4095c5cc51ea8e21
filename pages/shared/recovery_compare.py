"""Compared with whom: a place beside England, its region and county, and similar councils."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import streamlit as st

from analysis.choropleth import Benchmark
from analysis.lines_table import make_period_columns
from analysis.map_view import format_number
from analysis.recovery import SeriesTable, compute_recovery
from analysis.recovery_lines import describe_lockdowns, short_lockdowns
from analysis.recovery_places import (
    compare_places,
    difference_unit,
    make_gap_table,
    pool_series,
    stack_series,
)
from analysis.recovery_words import HOW_MANY, SIMILAR_METHOD
from analysis.similar_wards import compute_density, compute_likeness, find_similar_wards
from analysis.words import join_words
from data.catalogue import load_catalogue
from data.load import load_areas
from data.profile import DENSITY, load_profile
from data.recovery import load_lockdowns
from pages.shared.charts import show_chart
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import notes_for_download, show_provenance
from pages.shared.page import current_theme, show_note
from pages.shared.places import benchmarks_of, place_label, place_name
from pages.shared.profile_data import columns_of
from pages.shared.recovery_data import Impact, load_series_of
from pages.shared.tables import show_table

SIMILAR = "similar"


@lru_cache(maxsize=64)
def similar_councils(district: str) -> tuple[str, ...]:
    """Codes of the nearest districts, nearest first; empty where a characteristic is missing.

    Raises:
        TableError: a table they need is missing or damaged.
    """
    profile, areas = load_profile(), load_areas()
    table = {name: columns_of(name).value for name in profile.figures if name != DENSITY}
    table[DENSITY] = compute_density(areas["population"], areas["area_hectares"]).to_numpy()
    councils = (areas["area_type"] == "district").to_numpy()
    figures = pd.DataFrame(table, index=areas.index)[councils]
    likeness = compute_likeness(figures, profile.characteristics)
    return tuple(find_similar_wards(likeness, district, HOW_MANY).index)


def _gather(area: str, indicator_id: str) -> tuple[SeriesTable, dict[str, str], tuple[str, ...]]:
    """The place, its comparators, similar councils pooled and each; names of the labelled."""
    indicator = load_catalogue().indicators[indicator_id]
    others = [code for key, code in benchmarks_of(area).items() if key != "council"]
    names = {code: place_label(code) for code in (area, *others)}
    parts = [load_series_of(indicator_id, (area, *others))]
    alike: tuple[str, ...] = ()
    if load_areas().at[area, "area_type"] == "district":
        alike = similar_councils(area)
    if alike:
        each = load_series_of(indicator_id, alike)
        pooled = pool_series(each, SIMILAR, indicator.interval, indicator.multiplier)
        parts += [pooled, each]
        names[SIMILAR] = f"{len(alike)} similar councils"
    return stack_series(parts), names, alike


@dataclass(frozen=True)
class Compared:
    """A place beside others over time.

    `names`: code -> name of those that are named, the place first; `alike`: codes of similar
    councils; `sentences`: one per comparator; `table`: see `recovery_places.make_gap_table`,
    the named ones first.
    """

    series: SeriesTable
    names: dict[str, str]
    alike: tuple[str, ...]
    sentences: list[str]
    table: pd.DataFrame


def load_comparison(impact: Impact) -> Compared:
    """The place of an impact beside England, its region and county, and similar councils.

    Raises:
        TableError: a table is missing or damaged.
    """
    indicator, area = impact.subject.indicator, impact.area
    series, names, alike = _gather(area, indicator.id)
    frame = compute_recovery(
        series, impact.plan, indicator.polarity, indicator.interval, indicator.multiplier
    )
    place = place_name(area)
    sentences = [
        compare_places(frame.iloc[0], frame.loc[code], (place, names[code]), indicator)
        for code in names
        if code != area
    ]
    every = names | {code: f"{place_name(code)} (similar)" for code in alike}
    table = make_gap_table(frame, every, series, indicator, impact.rule)
    return Compared(series, names, alike, sentences if impact.rule.judged else [], table)


def show_comparison(impact: Impact, key: str) -> None:
    """The finding against the chosen comparator, the gap as a table, the lines."""
    from analysis.recovery_places import plot_places

    indicator, place = impact.subject.indicator, impact.subject.place
    compared = load_comparison(impact)
    names, alike, table = compared.names, compared.alike, compared.table
    if compared.sentences:
        st.markdown("\n".join(f"- {sentence}" for sentence in compared.sentences))
    if table.empty:
        show_note(f"{place} has no figure after March 2020.")
        return
    shown = table.iloc[: len(names)]
    printed = print_gaps(shown, indicator.decimals)
    show_table(printed, f"{place} and others, before, at worst and now")
    unit = difference_unit(indicator)
    show_note(
        f"Gap: {place} minus the other, in {unit}, worked out before rounding",
        SIMILAR_METHOD if alike else "",
        f"Similar councils: {join_words([place_name(code) for code in alike])}" if alike else "",
    )
    theme, locks = current_theme(), load_lockdowns()
    figure = plot_places(compared.series, impact.shown, names, indicator, locks, theme)
    text = f"{indicator.name} over time: {join_words(list(names.values()))}."
    show_chart(figure, key, f"{text} The same figures are in the table.")
    show_note(
        "Thin lines: each similar council" if alike else "", short_lockdowns(load_lockdowns())
    )
    show_provenance(impact.subject)
    notes = [
        *notes_for_download(impact.subject, Benchmark("see the rows", float("nan"))),
        ("Similar councils", SIMILAR_METHOD),
        ("Lockdowns", describe_lockdowns(load_lockdowns())),
    ]
    name = f"compared_{indicator.id}_{place}"
    words = " ".join([text, *compared.sentences])
    lines = make_period_columns(compared.series, indicator, impact.shown)
    whole = table.join(lines.drop(columns=[c for c in lines if c in table]))
    show_offer(lambda: Offer(name, whole, notes, words, chart=key, title=text), key)


def print_gaps(table: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """A gap table as texts; a dash where the place would be compared with itself."""
    return table.map(lambda value: _as_text(value, decimals))


def _as_text(value: object, decimals: int) -> str:
    if isinstance(value, float):
        return "–" if pd.isna(value) else format_number(value, decimals)
    return str(value)
