"""Wards by themes on one screen: where each ward stands among all wards in England."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.comparison import compute_percentiles
from analysis.map_view import as_printed
from analysis.words import keep_short
from data.catalogue import Indicator


def make_theme_table(
    wards: pd.DataFrame,
    columns: Mapping[str, tuple[Indicator, pd.DataFrame]],
    everywhere: pd.Index,
) -> pd.DataFrame:
    """Place each ward among all wards in England, theme by theme; high means more need.

    Args:
        wards: index area code; columns name, population.
        columns: heading -> indicator and its values of one period, index area code.
        everywhere: codes of all wards in England.

    Returns:
        index area code; columns Ward, People, one percentile (0 to 100) per heading, NaN
        where the ward has no figure, sorted by the mean of the percentiles.
    """
    table = pd.DataFrame({"Ward": wards["name"], "People": wards["population"]})
    headings = list(columns)
    for heading, (indicator, values) in columns.items():
        all_values = values["value"].reindex(everywhere).to_numpy()
        percentiles = compute_percentiles(values["value"].reindex(wards.index), all_values)
        if indicator.polarity == "high_is_good":
            percentiles = 100 - percentiles
        table[heading] = as_printed(percentiles, 0)
    order = table[headings].mean(axis=1).sort_values(ascending=False, na_position="last")
    return table.loc[order.index]


def make_finding(table: pd.DataFrame, headings: list[str]) -> str:
    """Say in how many themes the first ward stands highest among the wards of the table."""
    known = table.dropna(subset=headings)
    if len(known) < 2:
        return "Where each ward stands, theme by theme"
    highest = known[headings].idxmax().value_counts()
    top, count = str(highest.index[0]), int(highest.iloc[0])
    name = known.at[top, "Ward"]
    themes = "theme" if len(headings) == 1 else "themes"
    where = f"highest need in {count} of {len(headings)} {themes}"
    return keep_short(f"{name} has the {where}", f"{name}: {where}")
