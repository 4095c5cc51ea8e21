"""Checked rows as a tidy table: brought to the wards of 2025, then added up to larger areas.

Counts are added, then divided. What has no counts is averaged over people where the people are
known, and otherwise not put together at all. An area with a missing or withheld part has no
figure of its own; missing is never zero. The one exception are events: a ward without any row
counts as zero, which the notes say.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.aggregation import ESTIMATED, NOT_AVAILABLE, SUPPRESSED
from data.intervals import compute_byar_limits, compute_wilson_limits
from data.load import load_areas, load_lsoas
from data.own.entry import make_indicator
from data.own.places import wards_inside
from data.own.shapes import SMALL_KINDS, Checked, OwnIndicator, OwnTable
from data.periods import read_period

COLUMNS = (
    *("indicator_id", "area_code", "period", "period_start", "period_end", "value", "numerator"),
    *("denominator", "lower_ci", "upper_ci", "flag", "fit", "fit_quality"),
)
_FITS = ("native", "best_fit", "apportioned")  # the strongest first
_AMOUNTS = ["value", "numerator", "denominator"]


def make_own_table(checked: Checked, entry: OwnIndicator, measure: str = "") -> OwnTable:
    """The tidy table of one measure.

    Args:
        checked: of `check_sheet`.
        entry: its dictionary; `measure` and `multiplier` say how figures are put together.
        measure: its name in the file; the first by default.

    Returns:
        a table that may hold small counts: protect it before anything is shown.

    Raises:
        TableError: the project's own tables cannot be read.
    """
    measure = measure or (checked.measures[0] if checked.measures else "")
    rows = checked.rows[checked.rows["measure"] == measure]
    periods = sorted(set(rows["period"]), key=lambda key: (read_period(key).end, read_period(key)))
    notes: list[str] = []
    districts = checked.mapping.area_kind == "district_code"
    areas = _list_areas(checked.council, districts)
    table = _put_together(rows, checked, entry)
    grid = pd.MultiIndex.from_product([areas, periods], names=["area_code", "period"])
    table = table.reindex(grid)
    events = checked.mapping.layout == "events"
    if events:
        empty = table["value"].isna()
        table.loc[empty, ["value", "numerator"]] = 0.0
        table["flag"] = table["flag"].where(~empty, "")
        notes.append(f"{int(empty.sum()):,} wards and periods without any row count as 0")
    table["flag"] = table["flag"].astype(object).where(table["flag"].notna(), NOT_AVAILABLE)
    small = checked.mapping.area_kind in SMALL_KINDS
    table["fit"] = table["fit"].fillna("best_fit" if small else "native")
    table["fit_quality"] = table["fit_quality"].fillna(1.0 if events else 0.0)
    whole = pd.concat([table, *_add_parents(table, checked, entry)]) if not districts else table
    return OwnTable(entry, checked.council, _finish(whole, entry), tuple(periods), tuple(notes))


def _list_areas(council: str, districts: bool) -> list[str]:
    wards = wards_inside(council)
    return sorted(wards["district_code"].unique()) if districts else list(wards.index)


def _put_together(rows: pd.DataFrame, checked: Checked, entry: OwnIndicator) -> pd.DataFrame:
    """One line per area and period: value, numerator, denominator, flag, fit, fit_quality."""
    kind = checked.mapping.area_kind
    weight = rows["share"].to_numpy(dtype=float)
    work = rows[["area_code", "period", "flag", "fit", "fit_quality"]].copy()
    averaged = entry.measure != "count" and not entry.has_counts
    if averaged and kind == "lsoa_code":
        people = rows["source_code"].map(load_lsoas()["population"]).to_numpy(dtype=float)
        weight = weight * people
    for name in _AMOUNTS:
        work[name] = rows[name].to_numpy(dtype=float) * weight
    work["weight"] = np.where(rows["value"].notna(), weight, 0.0)
    work["fit"] = pd.Index(_FITS).get_indexer(work["fit"])
    work["hidden"] = work["flag"] == SUPPRESSED
    work["gone"] = work["flag"] == NOT_AVAILABLE
    grouped = work.groupby(["area_code", "period"], observed=True)
    table = grouped[[*_AMOUNTS, "weight"]].sum(min_count=1)
    table["parts"] = grouped.size()
    table[["hidden", "gone"]] = grouped[["hidden", "gone"]].any()
    # The weakest way in which any part came here.
    table["fit"] = np.array(_FITS, dtype=object)[grouped["fit"].max()]
    table["fit_quality"] = grouped["fit_quality"].mean()
    flag = np.select([table["hidden"], table["gone"]], [SUPPRESSED, NOT_AVAILABLE], "")
    table["flag"] = flag.astype(object)
    table = _divide(table, entry, kind, averaged)
    if kind == "lsoa_code":
        _flag_missing_lsoas(table, rows)
    missing = table["flag"].isin([SUPPRESSED, NOT_AVAILABLE])
    table.loc[missing, _AMOUNTS] = np.nan
    empty = table["value"].isna() & ~missing
    table.loc[empty, "flag"] = NOT_AVAILABLE
    return table[[*_AMOUNTS, "flag", "fit", "fit_quality"]]


def _divide(table: pd.DataFrame, entry: OwnIndicator, kind: str, averaged: bool) -> pd.DataFrame:
    """Values from sums: counts as they are, rates from their counts, means over their weight."""
    if entry.measure == "count":
        return table.assign(numerator=table["value"], denominator=np.nan)
    if entry.by_case:
        table = table.assign(numerator=table["value"])
    if entry.has_counts:
        over = table["denominator"].where(table["denominator"] > 0)
        return table.assign(value=entry.multiplier * table["numerator"] / over)
    value = table["value"] / table["weight"].where(table["weight"] > 0)
    several = averaged & (table["fit"] == "apportioned") & (table["parts"] > 1)
    value = value.where(~several)
    people = load_areas()["population"].reindex(table.index.get_level_values("area_code"))
    return table.assign(value=value, numerator=np.nan, denominator=people.to_numpy())


def _flag_missing_lsoas(table: pd.DataFrame, rows: pd.DataFrame) -> None:
    """A ward some of whose LSOAs are not in the file is estimated."""
    known = rows.groupby(["area_code", "period"], observed=True)["source_code"].nunique()
    needed = load_areas()["lsoa_count"].reindex(table.index.get_level_values("area_code"))
    partly = known.reindex(table.index).to_numpy() < needed.to_numpy()
    table.loc[partly & (table["flag"] == ""), "flag"] = ESTIMATED


def _add_parents(table: pd.DataFrame, checked: Checked, entry: OwnIndicator) -> list[pd.DataFrame]:
    """Districts, and the county or larger council, that the wards add up to."""
    wards = wards_inside(checked.council)
    codes = table.index.get_level_values("area_code")
    parents = [wards["district_code"].reindex(codes).to_numpy(dtype=object)]
    if checked.council not in set(parents[0]):
        parents.append(np.full(len(codes), checked.council, dtype=object))
    return [_add_up(table, parent, entry) for parent in parents]


def _add_up(
    table: pd.DataFrame, parent: npt.NDArray[np.object_], entry: OwnIndicator
) -> pd.DataFrame:
    work = table.reset_index()
    work["area_code"] = parent
    averaged = entry.measure != "count" and not entry.has_counts
    weight = work["denominator"].where(work["value"].notna()) if averaged else 1.0
    work["weighted"] = work["value"] * weight
    work["gone"] = work["flag"].isin([SUPPRESSED, NOT_AVAILABLE])
    work["weak"] = work["flag"] == ESTIMATED
    grouped = work.groupby(["area_code", "period"])
    sums = grouped[["weighted", "numerator", "denominator"]].sum(min_count=1)
    if averaged:
        value = sums["weighted"] / sums["denominator"].where(sums["denominator"] > 0)
        sums["numerator"] = np.nan
    elif entry.has_counts:
        over = sums["denominator"].where(sums["denominator"] > 0)
        value = entry.multiplier * sums["numerator"] / over
    else:
        value = sums["weighted"]
    gone, weak = grouped["gone"].any(), grouped["weak"].any()
    flag = np.select([gone | value.isna(), weak], [NOT_AVAILABLE, ESTIMATED], "")
    sums["value"] = value
    sums.loc[gone, _AMOUNTS] = np.nan
    return sums[_AMOUNTS].assign(flag=flag, fit="aggregated",
                                 fit_quality=grouped["fit_quality"].min())  # fmt: skip


def _finish(table: pd.DataFrame, entry: OwnIndicator) -> pd.DataFrame:
    """Limits, dates of periods and the order of columns."""
    table = table.reset_index()
    lower, upper = compute_limits(table, entry)
    dates = {key: read_period(key) for key in table["period"].unique()}
    for side in ("start", "end"):
        days = {key: pd.Timestamp(getattr(period, side)) for key, period in dates.items()}
        table[f"period_{side}"] = table["period"].map(days).astype("datetime64[s]")
    table = table.assign(indicator_id=entry.id, lower_ci=lower, upper_ci=upper)
    table["fit_quality"] = table["fit_quality"].clip(0, 1)
    return table[list(COLUMNS)]


def compute_limits(
    table: pd.DataFrame, entry: OwnIndicator
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """95 % limits where there are counts: Wilson's for percentages, Byar's for rates.

    Args:
        table: columns value, numerator, denominator.
        entry: says which limits, and the unit.
    """
    top, under = (table[n].to_numpy(dtype=float) for n in ("numerator", "denominator"))
    interval = make_indicator(entry).interval
    if interval == "wilson":
        lower, upper = compute_wilson_limits(top, under)
        return lower * entry.multiplier, upper * entry.multiplier
    if interval == "byar":
        lower, upper = compute_byar_limits(top)
        over = np.where(under > 0, under, np.nan)
        return lower * entry.multiplier / over, upper * entry.multiplier / over
    return np.full(len(table), np.nan), np.full(len(table), np.nan)
