"""Deaths due to Covid-19 by MSOA (2011), all months of the file together."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources import covid_deaths


def read(folder: Path) -> pd.DataFrame:
    """Read `deaths`, the sum of the months; the period runs from the first to the last.

    An area with a blank month has no sum.
    """
    months = covid_deaths.read(folder)
    span = f"{months['period'].min()}--{months['period'].max()}"
    by_month = months.pivot(index="area_code", columns="period", values="deaths")
    total = by_month.sum(axis=1, skipna=False)
    return pd.DataFrame({"area_code": total.index, "period": span, "deaths": total.to_numpy()})
