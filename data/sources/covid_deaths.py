"""Deaths due to Covid-19 by MSOA (2011) and month, March 2020 to April 2021."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_month, read_table
from data.sources.reading import MSOA_CODE

FILE = "covid/deaths_msoa_2020_2021.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Read `deaths` of each month in England."""
    measures = {"covid_deaths_monthly": "deaths"}
    return read_table(folder, FILE, measures, by_month, areas=MSOA_CODE)
