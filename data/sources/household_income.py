"""Household income estimated for MSOAs 2011, financial year 2017/18.

Raw file: one row per MSOA. Trap: a model estimate of the mean before tax, although the copy
once called it a median.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import MSOA_CODE, read_measures

FILE = "housing_economy/income_poverty_estimates_msoa11.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Return the mean yearly household income in each MSOA."""
    return read_measures(
        folder,
        FILE,
        area="msoa11cd",
        measures={"total_annual_household_income_fye2018": "household_income"},
        period="2017/18",
        pattern=MSOA_CODE,
        low=1_000,
        high=1_000_000,
    )
