"""Jobs furloughed under the Coronavirus Job Retention Scheme, by district, to 31 July 2020."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import DISTRICTS, by_day, read_table

FILE = "covid/furlough_ltla_jul2020.parquet"
MEASURES = {
    "cjrs_employments_furloughed": "furloughed_employments",
    "cjrs_takeup_rate": "take_up_percent",
}


def read(folder: Path) -> pd.DataFrame:
    """Read `furloughed_employments` and `take_up_percent` (the file gives a fraction)."""
    statuses = ("not available in source",)
    table = read_table(folder, FILE, MEASURES, by_day, areas=DISTRICTS, statuses=statuses)
    return table.assign(take_up_percent=(table["take_up_percent"] * 100).round(6))
