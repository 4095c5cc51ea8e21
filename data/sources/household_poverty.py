"""Households in poverty estimated for MSOAs 2011, financial year 2013/14.

Raw file: one row per MSOA. Trap: a model estimate, already per cent, after housing costs.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import MSOA_CODE, read_measures

FILE = "housing_economy/income_poverty_estimates_msoa11.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Return the percentage of households in poverty in each MSOA."""
    return read_measures(
        folder,
        FILE,
        area="msoa11cd",
        measures={"households_in_poverty_pct_fye2014": "households_in_poverty_percent"},
        period="2013/14",
        pattern=MSOA_CODE,
        low=0,
        high=100,
    )
