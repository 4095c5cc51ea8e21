"""Deaths due to Covid-19 by MSOA (2011), March 2020 to April 2021."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_month, read_table
from data.sources.reading import MSOA_CODE

FILE = "covid/deaths_msoa_2020_2021.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Read `deaths` by month, and `deaths_total` for the fourteen months together.

    The total is the sum of the months and stands in a row of its own, whose period runs
    from the first month to the last.
    """
    months = read_table(folder, FILE, {"covid_deaths_monthly": "deaths"}, by_month, areas=MSOA_CODE)
    span = f"{months['period'].min()}--{months['period'].max()}"
    total = months.groupby("area_code", as_index=False).agg(
        # An area with a blank month has no total.
        deaths_total=("deaths", lambda deaths: deaths.sum(skipna=False))
    )
    total.insert(1, "period", span)
    return pd.concat([months, total], ignore_index=True)
