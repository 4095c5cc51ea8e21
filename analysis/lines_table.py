"""Lines over time as rows and in words, for who does not see them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.map_view import as_printed, format_number
from analysis.recovery import SeriesTable
from data.catalogue import Indicator
from data.periods import read_period


def make_trend_table(series: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Every point of the lines, as printed, with its limits where it has them.

    Args:
        series: columns name, label, value, lower_ci, upper_ci, in the order drawn.
        indicator: what is shown.

    Returns:
        plain headings, a row for each area and period.
    """
    unit = f" ({indicator.unit})" if indicator.unit else ""
    table = pd.DataFrame(
        {
            "Area": series["name"],
            "Period": series["label"],
            f"{indicator.short_name}{unit}": series["value"].astype(float),
            "Lower 95 % limit": series["lower_ci"].astype(float),
            "Upper 95 % limit": series["upper_ci"].astype(float),
        }
    )
    for name in table.columns[2:]:
        table[name] = as_printed(table[name], indicator.decimals)
    return table.dropna(axis=1, how="all").reset_index(drop=True)


def describe_trend(series: pd.DataFrame, indicator: Indicator) -> str:
    """The first, highest, lowest and last figure of each line, in a sentence each.

    Args:
        series: columns area_code, name, label, value, in the order drawn.
        indicator: what is shown.
    """
    said = [f"{indicator.name} over time."]
    for _, line in series.groupby("area_code", sort=False, observed=True):
        name, known = str(line["name"].iloc[0]), line.dropna(subset="value")
        if known.empty:
            said.append(f"{name}: no figure.")
            continue
        values = known["value"].astype(float)
        points = [
            f"{word}{format_number(values.loc[row], indicator.decimals, indicator.unit)} "
            f"({known.at[row, 'label']})"
            for word, row in (
                ("", known.index[0]),
                ("highest ", values.idxmax()),
                ("lowest ", values.idxmin()),
                ("last ", known.index[-1]),
            )
        ]
        said.append(f"{name}: {', '.join(points)}.")
    return " ".join(said)


def make_period_columns(
    series: SeriesTable, indicator: Indicator, shown: Sequence[int]
) -> pd.DataFrame:
    """The points of many lines, a row for each area in the order of the series.

    Args:
        series: of `recovery.SeriesTable`.
        indicator: what is shown.
        shown: positions of the periods drawn; those without any figure are left out.

    Returns:
        a column for each period, headed by its label, figures as printed.
    """
    columns = {
        read_period(series.periods[n]).label: as_printed(series.value[:, n], indicator.decimals)
        for n in shown
        if not np.isnan(series.value[:, n]).all()
    }
    return pd.DataFrame(columns)
