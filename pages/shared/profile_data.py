"""What the Ward profile needs from the tables: one ward beside a benchmark and other wards."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.bars import Bar
from analysis.profile_words import describe_people, make_profile_title
from analysis.similar_wards import (
    HOW_MANY,
    Likeness,
    compute_density,
    compute_likeness,
    find_similar_wards,
    pool_figures,
)
from analysis.spine import NOT_COMPARED, Own, Spread, compute_spread, make_spine
from analysis.trend import POINTS, TOO_FEW, Trend, compute_trend
from data.catalogue import Indicator
from data.errors import DataError
from data.geography_words import ENGLAND
from data.load import load_areas, load_newest, load_periods, load_values
from data.own.open_cache import cache_open
from data.own.shelf import current_catalogue, current_shelf
from data.periods import read_period
from data.profile import DENSITY, load_profile
from pages.shared.places import place_label, place_name, wards_of

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
SIMILAR = "similar"
SHORT_FLAGS = {
    "estimated": "estimated",
    "unreliable": "marked unreliable",
    "suppressed": "withheld: small number",
    "not_available": "no figure for this ward",
}
NOT_TOLD = "not told"
UNREADABLE = "its table cannot be read"


class Columns(NamedTuple):
    """The newest figures of one indicator for every area, in the order of `load_areas`."""

    value: Floats
    lower_ci: Floats
    upper_ci: Floats
    numerator: Floats
    denominator: Floats


@dataclass(frozen=True)
class Comparison:
    """What a ward is compared with.

    `key` is the word of the address, `code` the benchmark area ("" for similar wards),
    `name` heads its column, `wards` says which wards the ward is placed among.
    """

    key: str
    code: str
    name: str
    wards: str


@cache_open(256)
def columns_of(indicator: str) -> Columns:
    """The figures of one indicator, without a copy.

    Raises:
        TableError: its table is missing or damaged.
    """
    frame = load_newest(indicator)
    if frame.index is not load_areas().index:
        frame = frame.reindex(load_areas().index)
    return Columns(*(frame[name].to_numpy(dtype=float) for name in Columns._fields))


@lru_cache(maxsize=1)
def _no_columns() -> Columns:
    nothing = np.full(len(load_areas()), np.nan)
    return Columns(nothing, nothing, nothing, nothing, nothing)


def columns_or_nothing(indicator: str) -> Columns:
    """The same, all missing where the table cannot be read, so that one row fails alone."""
    try:
        return columns_of(indicator)
    except DataError:
        return _no_columns()


def comparisons_of(ward: str) -> dict[str, Comparison]:
    """What a ward can be compared with, by the word of the address."""
    row = load_areas().loc[ward]
    codes = {"council": row["district_code"], "county": row["county_code"],
             "region": row["region_code"], "england": ENGLAND}  # fmt: skip
    found = {
        key: Comparison(key, code, place_name(code), f"wards in {place_name(code)}")
        for key, code in codes.items()
        if isinstance(code, str)
    }
    with suppress(DataError):  # a broken table leaves the other comparisons
        _add_similar(found, ward)
    return found


def _add_similar(found: dict[str, Comparison], ward: str) -> None:
    if ward in load_likeness().codes:
        name = f"{HOW_MANY} similar wards"
        found[SIMILAR] = Comparison(SIMILAR, "", name, "wards in this group")


@lru_cache(maxsize=1)
def load_likeness() -> Likeness:
    """The standardised characteristics of all wards.

    Raises:
        TableError: a table they need is missing or damaged.
    """
    profile, areas = load_profile(), load_areas()
    table = {name: columns_of(name).value for name in profile.figures if name != DENSITY}
    table[DENSITY] = compute_density(areas["population"], areas["area_hectares"]).to_numpy()
    wards = (areas["area_type"] == "ward").to_numpy()
    return compute_likeness(pd.DataFrame(table, index=areas.index)[wards], profile.characteristics)


@lru_cache(maxsize=64)
def similar_to(ward: str) -> pd.DataFrame:
    """See `similar_wards.find_similar_wards`; shared, not to be changed."""
    return find_similar_wards(load_likeness(), ward)


def list_own_rows(ward: str) -> tuple[str, ...]:
    """Ids of the visitor's own figures that were brought for a ward."""
    figures = current_shelf().figures
    return tuple(i for i, own in figures.items() if (own.values["area_code"] == ward).any())


def _positions(codes: Sequence[str] | pd.Index) -> Places:
    places: Places = load_areas().index.get_indexer(codes)
    return places


def _stack(rows: Sequence[str], places: Places) -> Floats:
    return np.stack([columns_or_nothing(row).value[places] for row in rows])


@cache_open(24)
def _area_wards(rows: tuple[str, ...], area: str) -> tuple[Floats, Spread]:
    values = _stack(rows, _positions(wards_of(area).index))
    return values, compute_spread(values)


@cache_open(256)
def _ordered_everywhere(indicator: str) -> Floats:
    values = columns_or_nothing(indicator).value[_positions(wards_of(ENGLAND).index)]
    ordered: Floats = np.sort(values[~np.isnan(values)])
    return ordered


def _pool(indicator: Indicator, places: Places, people: Floats) -> float:
    columns = columns_or_nothing(indicator.id)
    figures = (columns.numerator[places], columns.denominator[places], columns.value[places])
    return pool_figures(*figures, people, indicator.multiplier)[0]


def _against_similar(
    indicators: Sequence[Indicator], rows: tuple[str, ...], ward: str
) -> tuple[Floats, Floats, Spread]:
    """Benchmark, wards and their spread; nothing for what makes the wards similar."""
    places = _positions(similar_to(ward).index)
    people = load_areas()["population"].to_numpy(dtype=float)[places]
    benchmark = np.array([_pool(indicator, places, people) for indicator in indicators])
    values = _stack(rows, np.append(places, _positions([ward])))
    same = np.array([row in load_profile().same_thing for row in rows])
    benchmark[same], values[same] = np.nan, np.nan  # by choice alike: nothing to find here
    return benchmark, values, compute_spread(values)


def load_spine(rows: tuple[str, ...], ward: str, comparison: Comparison) -> pd.DataFrame:
    """The spine of a ward.

    Args:
        rows: ids of the indicators, in reading order.
        ward: area code.
        comparison: one of `comparisons_of(ward)`.

    Returns:
        see `spine.make_spine`; and the columns period (label), note, trend and
        trend_judgement (texts).
    """
    catalogue = current_catalogue()
    indicators = [catalogue.indicators[row] for row in rows]
    place = int(_positions([ward])[0])
    columns = [columns_or_nothing(row) for row in rows]
    own = Own(*(np.array([c[part][place] for c in columns]) for part in range(3)))
    if comparison.key == SIMILAR:
        benchmark, values, spread = _against_similar(indicators, rows, ward)
    else:
        there = int(_positions([comparison.code])[0])
        benchmark = np.array([c.value[there] for c in columns])
        values, spread = _area_wards(rows, comparison.code)
    everywhere = [_ordered_everywhere(row) for row in rows]
    spine = make_spine(indicators, own, benchmark, values, spread, everywhere)
    if comparison.key == SIMILAR:
        same = spine.index.isin(list(load_profile().same_thing))
        spine.loc[same, ["compared", "sign"]] = [NOT_COMPARED, ""]
    trends = load_trends(rows, ward)
    return spine.assign(
        period=[read_period(load_periods(row)[-1]).label for row in rows],
        note=[_note(indicator, place) for indicator in indicators],
        trend=[trend.text if trend.arrow or trend.word == NOT_TOLD else "" for trend in trends],
        trend_judgement=[trend.judgement for trend in trends],
    )


def load_area_spine(rows: tuple[str, ...], own: Own, comparison: Comparison) -> pd.DataFrame:
    """The spine of a place that is not in the tables, such as an area that a visitor drew.

    Args:
        rows: ids of the indicators, in reading order.
        own: its figures.
        comparison: with a benchmark area; its wards are the comparators. The place is none of
            them, so it has no rank, and it has no trend.

    Returns:
        see `load_spine`; note is empty.
    """
    indicators = [current_catalogue().indicators[row] for row in rows]
    there = int(_positions([comparison.code])[0])
    benchmark = np.array([columns_or_nothing(row).value[there] for row in rows])
    values, spread = _area_wards(rows, comparison.code)
    everywhere = [_ordered_everywhere(row) for row in rows]
    spine = make_spine(indicators, own, benchmark, values, spread, everywhere)
    periods = [read_period(load_periods(row)[-1]).label for row in rows]
    return spine.assign(rank=0, of=0, period=periods, note="", trend="", trend_judgement="")


@cache_open(256)
def _flags_of(indicator: str) -> pd.Categorical | None:
    try:
        return load_newest(indicator)["flag"].reindex(load_areas().index).array
    except DataError:
        return None


def _note(indicator: Indicator, place: int) -> str:
    """What is to be minded in a row: why a figure is missing or weak."""
    flag = _flags_of(indicator.id)
    if flag is None:
        return UNREADABLE
    words = [SHORT_FLAGS.get(str(flag.categories[flag.codes[place]]), "")]
    if words == [SHORT_FLAGS["not_available"]] and load_areas()["lsoa_count"].iat[place] == 0:
        words = ["no LSOA fits this ward"]
    if current_catalogue().source_of(indicator.id).modelled:
        words.append("model estimate")
    return ", ".join(word for word in words if word)


@cache_open(64)
def load_trends(rows: tuple[str, ...], ward: str) -> tuple[Trend, ...]:
    """The recent trend of each indicator in a ward."""
    indicators = current_catalogue().indicators
    return tuple(load_trend(indicators[row], ward) for row in rows)


def load_trend(indicator: Indicator, ward: str) -> Trend:
    """The recent trend of one indicator in a ward, by the rules of `profile.toml`."""
    rule = load_profile().trends.get(indicator.id)
    if rule and not rule.first:
        return Trend(NOT_TOLD)
    try:
        periods = load_periods(indicator.id)
        if len(periods) < POINTS:
            return Trend(TOO_FEW)
        series = _series_of(indicator.id, ward, len(periods))
    except DataError:
        return Trend(UNREADABLE)
    keys = [str(period) for period in series["period"]]
    value, lower, upper = (
        series[name].to_numpy(dtype=float) for name in ("value", "lower_ci", "upper_ci")
    )
    first = rule.first if rule else ""
    trend = compute_trend(indicator, keys, value, lower, upper, first)
    return trend if rule is None or rule.judged else trend._replace(judgement="")


def _series_of(indicator: str, ward: str, periods: int) -> pd.DataFrame:
    """The figures of one area, oldest first; its place is known where the table is whole."""
    values = load_values(indicator)
    start = int(_positions([ward])[0]) * periods
    part = values.iloc[start : start + periods]
    if len(part) == periods and (part["area_code"] == ward).all():
        return part
    return values[values["area_code"] == ward]


def find_neediest(area: str) -> str:
    """The ward of an area with the highest need; its first ward where none has a figure."""
    wards = wards_of(area).index
    need = columns_or_nothing(load_profile().need).value[_positions(wards)]
    return str(wards[0] if np.isnan(need).all() else wards[int(np.nanargmax(need))])


def describe_ward(ward: str) -> tuple[str, str]:
    """The finding about a ward's need, and below it where it is and how many people live here."""
    areas = load_areas()
    row = areas.loc[ward]
    inside = (areas["district_code"] == row["district_code"]) & (areas["area_type"] == "ward")
    need = columns_or_nothing(load_profile().need).value
    place, wards = areas.index.get_loc(ward), need[inside.to_numpy()]
    known = wards[~np.isnan(wards)]
    rank = 0 if np.isnan(need[place]) else int((known > need[place]).sum()) + 1
    density = compute_density(areas["population"].loc[[ward]], areas["area_hectares"].loc[[ward]])
    rural = columns_or_nothing("rural_population_percent").value[place]
    people = describe_people(row["population"], density.iloc[0], rural)
    parents = [row[c] for c in ("district_code", "county_code", "region_code")]
    where = ", ".join(place_label(code) for code in parents if isinstance(code, str))
    title = make_profile_title(str(row["area_name"]), place_name(parents[0]), rank, len(known))
    return title, ". ".join(part for part in (f"{row['area_name']}, {where}", people) if part)


def age_bars(ward: str) -> list[Bar]:
    """Ages of a ward beside England, the youngest first."""
    places = load_areas().index.get_indexer([ward, ENGLAND])
    bars = []
    for indicator in load_profile().age_bands:
        own, other = columns_or_nothing(indicator).value[places]
        name = current_catalogue().indicators[indicator].short_name.removeprefix("Aged ")
        bars.append(Bar(name, float(own), float(other)))
    return bars


def warm_up() -> None:
    """Read the newest figures of every ward indicator, and the profile's series, once.

    For the server as it starts: no visitor waits for a table to be read.
    """
    for indicator_id in current_catalogue().ward_indicators:
        with suppress(DataError):
            load_newest(indicator_id)
    profile = load_profile()
    for row in (*profile.rows, *profile.equality_rows, *profile.age_bands):
        with suppress(DataError):
            columns_of(row)
            if len(load_periods(row)) >= POINTS:
                load_values(row)
    with suppress(DataError):
        load_likeness()
