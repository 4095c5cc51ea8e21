"""Children in relative low-income families by MSOA (2011) and financial year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_split_year, read_table
from data.sources.reading import MSOA_CODE

FILE = "covid/children_low_income_msoa_ltla_2015_2022.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Read `children`: aged 0 to 15, and 16 to 19 if still dependent; before housing costs."""
    measures = {"children_in_relative_low_income_families": "children"}
    return read_table(
        folder, FILE, measures, by_split_year, areas=MSOA_CODE, statuses=("provisional",)
    )
