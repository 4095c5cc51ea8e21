"""What the readers of the ONS Explore Local Statistics file share.

The file marks a missing figure x (not available) or u (too unreliable to publish) and
gives 95 % limits for survey estimates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from data.sources.covid_table import DISTRICTS, Period, read_rows, to_measures

FILE = "covid/ons_local_statistics_recovery_indicators.parquet"
STATUSES = ("x", "u", "not available in source")


def read_local_statistics(
    folder: Path, measures: Mapping[str, str], period: Period, limits: Sequence[str] = ()
) -> pd.DataFrame:
    """Read some indicators for districts, counties, regions and England.

    Returns:
        the measures; for each `<measure>_unreliable` (1 where the figure was withheld as
        unreliable, else 0); for the measures in `limits` also `<measure>_lower` and
        `<measure>_upper`, the 95 % limits.

    Raises:
        SourceError: see `read_rows`.
    """
    rows = read_rows(
        folder,
        FILE,
        list(measures),
        period,
        areas=DISTRICTS,
        statuses=STATUSES,
        also=("lci", "uci"),
    )
    rows = rows.assign(unreliable=rows["status"].eq("u").fillna(False).astype("float64"))
    table = to_measures(rows, measures)
    limited = [name for name, measure in measures.items() if measure in limits]
    for column, suffix, names in (
        ("unreliable", "unreliable", list(measures)),
        ("lci", "lower", limited),
        ("uci", "upper", limited),
    ):
        named = {name: f"{measures[name]}_{suffix}" for name in names}
        more = to_measures(rows[rows["indicator"].isin(names)], named, column)
        table = table.merge(more, on=["area_code", "period"], how="left")
    return table
