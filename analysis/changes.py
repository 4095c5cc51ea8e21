"""What changed most: where a figure rose and fell furthest between two periods."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.map_view import as_printed, format_number
from data.catalogue import Indicator
from data.periods import read_period


def compute_changes(
    values: pd.DataFrame, areas: pd.Index, baseline: str, latest: str, *, points: bool
) -> pd.Series:
    """Change of each area between two periods, largest rise first.

    Args:
        values: tidy values of one indicator.
        areas: the areas to compare.
        baseline: period key.
        latest: period key.
        points: differences (for percentages) rather than per cent of the baseline.

    Returns:
        index area code; areas with a figure missing, withheld or estimated in either
        period are left out, since their change cannot be told from the filling-in.
    """
    sound = values[values["area_code"].isin(areas) & (values["flag"] == "")]
    wide = sound[sound["period"].isin([baseline, latest])].pivot(
        index="area_code", columns="period", values="value"
    )
    if not {baseline, latest} <= set(wide.columns):
        return pd.Series(dtype=float)
    change = wide[latest] - wide[baseline]
    if not points:
        change = 100 * change / wide[baseline].replace(0, np.nan).abs()
    change.index = change.index.astype(str)
    return change.dropna().sort_values(ascending=False, kind="stable")


def make_changes_table(
    entries: Iterable[tuple[Indicator, pd.DataFrame, str]],
    place: tuple[str, str],
    names: pd.Series,
) -> pd.DataFrame:
    """One row per indicator: how the place changed, and which wards changed most.

    Args:
        entries: indicator, its tidy values, the baseline period.
        place: code and name of the area.
        names: ward code -> name.

    Returns:
        columns Indicator, Periods, the place, Highest (largest rise), Lowest (smallest rise or
        largest fall).
    """
    rows = []
    for indicator, values, baseline in entries:
        latest = str(values.at[values["period_end"].idxmax(), "period"])
        points = indicator.measure == "percentage"
        wards = compute_changes(values, names.index, baseline, latest, points=points)
        own = compute_changes(values, pd.Index([place[0]]), baseline, latest, points=points)
        unit = "points" if points else "%"
        if wards.empty:
            continue
        rows.append(
            {
                "Indicator": indicator.name,
                "Periods": f"{read_period(baseline).label} to {read_period(latest).label}",
                place[1]: "" if own.empty else _signed(own.iloc[0], unit),
                "Highest": f"{names[wards.index[0]]} {_signed(wards.iloc[0], unit)}",
                "Lowest": f"{names[wards.index[-1]]} {_signed(wards.iloc[-1], unit)}",
            }
        )
    return pd.DataFrame(rows)


def _signed(change: float, unit: str) -> str:
    sign = "\N{MINUS SIGN}" if as_printed(change, 1) < 0 else "+"
    return f"{sign}{format_number(abs(change), 1)} {unit}"
