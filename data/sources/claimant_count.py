"""Claimant Count by LSOA (2011): the average of the twelve monthly counts of a year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_year, read_table
from data.sources.reading import LSOA_CODE

FILE = "covid/claimant_count_lsoa_annual_2013_2022.parquet"
MONTHS = 12


def read(folder: Path) -> pd.DataFrame:
    """Read `claimants`, the mean monthly count of each calendar year.

    The file holds the sum of the twelve months; it is divided by 12 here.
    """
    measures = {"claimant_count_sum_of_12_months": "claimants"}
    table = read_table(folder, FILE, measures, by_year, areas=LSOA_CODE)
    return table.assign(claimants=table["claimants"] / MONTHS)
