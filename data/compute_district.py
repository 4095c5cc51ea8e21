"""Values of district-only series: carried to today's districts and never below them."""

from __future__ import annotations

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


def read_predecessors(folder: Path, successor: dict[str, str]) -> Predecessors:
    """Read which earlier districts made up each of today's, year by year since 2016."""
    years = [f"ltla{year}_code" for year in range(16, 25)]
    changes = read_raw(folder, "lookups/ltla_changes_2016_2025.csv", years)
    today = changes["ltla24_code"].map(lambda code: successor.get(code, code))
    found: Predecessors = {}
    for code, rows in changes.groupby(today):
        sets = {frozenset(rows[year].dropna()) for year in years}
        sets |= {frozenset([old]) for old, new in successor.items() if new == code and len(sets) == 1}
        found[str(code)] = sorted((s for s in sets if s), key=lambda s: (len(s), sorted(s)))
    return found


def carry_forward(
    table: pd.DataFrame, districts: pd.Index, predecessors: Predecessors, *, additive: bool
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
    present = set(table.index[table.notna().any(axis=1)])
    rows = {}
    for code in districts:
        if code in table.index:
            rows[code] = table.loc[code]
            continue
        for earlier in predecessors.get(code, []):
            if earlier <= present and (additive or len(earlier) == 1):
                rows[code] = table.loc[sorted(earlier)].sum(axis=0, skipna=False)
                break
    return pd.DataFrame.from_dict(rows, orient="index", columns=table.columns, dtype="float64")


def _add_districts(bench: Workbench, districts: pd.DataFrame) -> pd.DataFrame:
    """Counts of counties, regions and England, where every one of their districts has one."""
    areas = bench.geography.areas
    member = areas[areas["area_type"] == "district"].set_index("area_code")
    country = pd.Series(areas["area_code"].iloc[-1], index=member.index)
    parts = []
    for parent in (member["county_code"], member["region_code"], country):
        known = parent.dropna()
        sums = districts.reindex(known.index).groupby(known).sum(min_count=1)
        whole = districts.reindex(known.index).notna().groupby(known).all()
        parts.append(sums.where(whole))
    return pd.concat(parts).dropna(how="all")


def _todays_areas(
    bench: Workbench, raw: pd.DataFrame, predecessors: Predecessors, *, additive: bool
) -> tuple[pd.DataFrame, pd.Series]:
    """The figures of today's districts and larger areas, and how each was come by."""
    areas = bench.geography.areas
    kind = areas.set_index("area_code")["area_type"]
    districts = kind.index[kind == "district"]
    found = carry_forward(raw, districts, predecessors, additive=additive)
    fit = pd.Series("native", index=found.index).where(found.index.isin(raw.index), "aggregated")
    larger = raw[raw.index.isin(kind.index[kind.isin(["county", "region", "country"])])]
    larger = larger.dropna(how="all") if additive else larger
    fits = [fit, pd.Series("native", index=larger.index)]
    tables = [found, larger]
    if additive:
        sums = _add_districts(bench, found)
        sums = sums[~sums.index.isin(larger.index)]
        tables.append(sums)
        fits.append(pd.Series("aggregated", index=sums.index))
    order = kind.index[kind.index.isin(pd.concat(tables).index)]
    return pd.concat(tables).loc[order], pd.concat(fits).loc[order]


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
    flag[(_column(table, f"{names[0]}_unreliable") == 1) & (flag == "")] = UNRELIABLE
    return Figures(value, counts, denominator, counts, counts, flag)


def compute_district_indicator(
    bench: Workbench, indicator: Indicator, predecessors: Predecessors
) -> pd.DataFrame:
    """Values of a district-only indicator for the districts and larger areas that have one.

    Returns:
        the columns of `compute.VALUE_COLUMNS`; no row for a ward.
    """
    additive = indicator.aggregation in ("sum", "ratio")
    tables = []
    for source, period in each_period(bench, indicator):
        raw = bench.tables(source.id)[period]
        table, fit = _todays_areas(bench, raw, predecessors, additive=additive)
        figures = _figures(bench, indicator, source, period, table)
        shaped = make_table(indicator, table.index, period, figures)
        if indicator.interval == "published":
            name = indicator.numerator[0]
            for column, end in (("lower_ci", "lower"), ("upper_ci", "upper")):
                limits = _column(table, f"{name}_{end}") * indicator.multiplier
                shaped[column] = np.round(limits, indicator.decimals + 1)
        shaped["fit"] = fit.to_numpy()
        shaped["fit_quality"] = 1.0
        tables.append(shaped)
    return pd.concat(tables, ignore_index=True)[list(VALUE_COLUMNS)]
