"""Which rows a ranking shows, and how far the small areas inside each spread."""

from __future__ import annotations

import pandas as pd


def spread_of_lsoas(values: pd.Series, ward_of: pd.Series) -> pd.DataFrame:
    """Lowest and highest LSOA of each ward.

    Args:
        values: index LSOA code, NaN where missing.
        ward_of: index LSOA code, the ward it is counted in.

    Returns:
        index ward code; columns low, high; NaN where no LSOA has a value.
    """
    groups = values.groupby(ward_of.reindex(values.index))
    return pd.DataFrame({"low": groups.min(), "high": groups.max()})


def choose_rows(frame: pd.DataFrame, selected: str, most: int) -> pd.DataFrame:
    """The highest areas, and the selected one wherever it stands.

    Args:
        frame: index area code; column value.
        selected: code of the area that must be among the rows, "" for none.
        most: how many rows at most.

    Returns:
        rows with a value, highest first.
    """
    ranked = frame.dropna(subset="value").sort_values("value", ascending=False, kind="stable")
    rows = ranked.head(most)
    if selected in ranked.index and selected not in rows.index:
        rows = pd.concat([rows.head(most - 1), ranked.loc[[selected]]])
    return rows
