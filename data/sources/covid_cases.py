"""Confirmed Covid-19 cases by MSOA (2011), from the start of the pandemic to 15 April 2021."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_day, read_table
from data.sources.reading import MSOA_CODE

FILE = "covid/cases_msoa_cumulative_20210415.parquet"
STATUSES = ("compiled by third party from weekly MSOA figures; suppressed weeks not counted",)


def read(folder: Path) -> pd.DataFrame:
    """Read `cases`, all confirmed cases up to the day named as period."""
    measures = {"covid_cases_cumulative": "cases"}
    return read_table(folder, FILE, measures, by_day, areas=MSOA_CODE, statuses=STATUSES)
