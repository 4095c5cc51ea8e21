"""Values of district-only series: carried to today's districts and never below them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from data import aggregation
from data.aggregation import NOT_AVAILABLE, SUPPRESSED, UNRELIABLE, Figures
from data.catalogue import Indicator, Source
from data.compute import VALUE_COLUMNS, Workbench, _lsoa_parts, _split_name, each_period, make_table
from data.sources.reading import read_raw

# A current code maps to the sets of earlier codes that together covered the same land.
Predecessors = dict[str, list[frozenset[str]]]
# A county, region or country code maps to the codes of its districts.
Members = dict[str, list[str]]


def read_predecessors(folder: Path, successor: dict[str, str]) -> Predecessors:
    """Read which earlier districts made up each of today's, year by year since 2016."""
    years = [f"ltla{year}_code" for year in range(16, 25)]
    changes = read_raw(folder, "lookups/ltla_changes_2016_2025.csv", years)
    today = changes["ltla24_code"].map(lambda code: successor.get(code, code))
    found: Predecessors = {}
    for code, rows in changes.groupby(today):
        sets = {frozenset(rows[year].dropna()) for year in years}
        sets |= {
            frozenset([old]) for old, new in successor.items() if new == code and len(sets) == 1
        }
        found[str(code)] = sorted((s for s in sets if s), key=lambda s: (len(s), sorted(s)))
    return found


def carry_forward(
    table: pd.DataFrame, districts: Sequence[str], predecessors: Predecessors, *, additive: bool
) -> pd.DataFrame:
    """Give figures of any district vintage the codes of today.

    A figure published under today's code is kept. Otherwise the figures of earlier
    districts that together covered the same land are added, if the measure can be added
    and all of them are there; one earlier district under another code is carried as it is.

    Args:
        table: index area_code, one float column per measure.
        districts: today's district codes.
        predecessors: see `read_predecessors`.
        additive: whether the measures are counts.

    Returns:
        the same columns, index today's districts that have a row.
    """
    figures = table.to_numpy(dtype="float64")
    place = {str(code): row for row, code in enumerate(table.index)}
    present = {code for code, row in place.items() if not np.isnan(figures[row]).all()}
    rows: dict[str, np.ndarray] = {}
    for code in districts:
        if code in place:
            rows[code] = figures[place[code]]
            continue
        for earlier in predecessors.get(code, []):
            if earlier <= present and (additive or len(earlier) == 1):
                rows[code] = figures[[place[old] for old in sorted(earlier)]].sum(axis=0)
                break
    return _as_table(rows, table.columns)


def _as_table(rows: dict[str, np.ndarray], columns: pd.Index) -> pd.DataFrame:
    figures = np.array(list(rows.values())).reshape(len(rows), len(columns))
    return pd.DataFrame(figures, index=list(rows), columns=columns)


def add_districts(districts: pd.DataFrame, members: Members) -> pd.DataFrame:
    """Add the counts of districts up to each larger area; NaN where one of them has none.

    Args:
        districts: index district code, one column per measure.
        members: larger area -> the codes of all its districts.

    Returns:
        the same columns, index the larger areas of which every district has a row.
    """
    figures = districts.to_numpy(dtype="float64")
    place = {code: row for row, code in enumerate(districts.index)}
    rows = {
        parent: figures[[place[code] for code in codes]].sum(axis=0)
        for parent, codes in members.items()
        if all(code in place for code in codes)
    }
    return _as_table(rows, districts.columns).dropna(how="all")


def _list_members(areas: pd.DataFrame) -> Members:
    """County, region and country codes with the codes of their districts."""
    districts = areas[areas["area_type"] == "district"]
    members: Members = {}
    for column in ("county_code", "region_code"):
        for parent, rows in districts.groupby(column, sort=True):
            members[str(parent)] = [str(code) for code in rows["area_code"]]
    members[str(areas["area_code"].iloc[-1])] = [str(code) for code in districts["area_code"]]
    return members


def _todays_areas(
    raw: pd.DataFrame,
    districts: Sequence[str],
    members: Members,
    predecessors: Predecessors,
    *,
    additive: bool,
) -> tuple[pd.DataFrame, list[str]]:
    """The figures of today's districts and larger areas, and how each was come by."""
    tables = [carry_forward(raw, districts, predecessors, additive=additive)]
    published = set(raw.index)
    larger = raw.loc[[code for code in members if code in published]]
    tables.append(larger.dropna(how="all") if additive else larger)
    if additive:
        sums = add_districts(tables[0], members)
        tables.append(sums.loc[[code for code in sums.index if code not in tables[1].index]])
    table = pd.concat(tables)
    order = {code: place for place, code in enumerate([*districts, *members])}
    table = table.loc[sorted(table.index, key=order.__getitem__)]
    direct = {*tables[1].index, *(published & set(tables[0].index))}
    return table, ["native" if code in direct else "aggregated" for code in table.index]


def _denominator(
    bench: Workbench, indicator: Indicator, source: Source, period: str, codes: pd.Index
) -> np.ndarray:
    areas = pd.Index(bench.geography.areas["area_code"])
    parts = _lsoa_parts(bench, indicator.denominator, source, period)
    everywhere = aggregation.add_up(bench.geography.members, parts).numerator
    return everywhere[areas.get_indexer(codes)]


def _column(table: pd.DataFrame, name: str) -> np.ndarray:
    return table[name].to_numpy() if name in table else np.full(len(table), np.nan)


def _figures(
    bench: Workbench, indicator: Indicator, source: Source, period: str, table: pd.DataFrame
) -> Figures:
    names = [_split_name(measure, source)[1] for measure in indicator.numerator]
    value = table[names].sum(axis=1, skipna=False).to_numpy()
    nothing = np.full(len(value), np.nan)
    counts = denominator = nothing
    if indicator.aggregation == "sum":
        counts = value
    elif indicator.aggregation == "ratio":
        counts = value
        own = [m for m in indicator.denominator if "." not in m]
        if own:
            denominator = table[own].sum(axis=1, skipna=False).to_numpy()
        else:
            denominator = _denominator(bench, indicator, source, period, table.index)
        usable = denominator > 0
        value = np.divide(
            indicator.multiplier * counts, denominator, out=nothing.copy(), where=usable
        )
    else:
        value = value * indicator.multiplier
    blank = SUPPRESSED if source.blank == "suppressed" else NOT_AVAILABLE
    flag = np.where(np.isnan(value), blank, "").astype(object)
    flag[_column(table, f"{names[0]}_unreliable") == 1] = UNRELIABLE
    return Figures(value, counts, denominator, counts, counts, flag)


def compute_district_indicator(
    bench: Workbench, indicator: Indicator, predecessors: Predecessors
) -> pd.DataFrame:
    """Values of a district-only indicator for the districts and larger areas that have one.

    Returns:
        the columns of `compute.VALUE_COLUMNS`; no row for a ward.
    """
    additive = indicator.aggregation in ("sum", "ratio")
    areas = bench.geography.areas
    districts = [str(code) for code in areas.loc[areas["area_type"] == "district", "area_code"]]
    members = _list_members(areas)
    tables = []
    for source, period in each_period(bench, indicator):
        raw = bench.tables(source.id)[period]
        table, fit = _todays_areas(raw, districts, members, predecessors, additive=additive)
        figures = _figures(bench, indicator, source, period, table)
        if np.isnan(figures.value).all():
            continue  # the publisher skipped this period
        shaped = make_table(indicator, table.index, period, figures)
        if indicator.interval == "published":
            name = indicator.numerator[0]
            for column, end in (("lower_ci", "lower"), ("upper_ci", "upper")):
                limits = _column(table, f"{name}_{end}") * indicator.multiplier
                shaped[column] = np.round(limits, indicator.decimals + 1)
        shaped["fit"] = fit
        shaped["fit_quality"] = 1.0
        tables.append(shaped)
    return pd.concat(tables, ignore_index=True)[list(VALUE_COLUMNS)]
