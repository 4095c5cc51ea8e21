"""Median price of homes sold in the year to September 2021, for MSOAs 2011.

Raw file: one row per MSOA, in pounds of the day. Trap: the year to December 1995, also in the
file, is not comparable in money of today and is left out.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import MSOA_CODE, read_measures

FILE = "housing_economy/house_price_median_msoa11.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Return the median price paid in each MSOA."""
    return read_measures(
        folder,
        FILE,
        area="msoa11cd",
        measures={"house_price_median_yrto_sep_21": "house_price_median"},
        period="to-2021-09",
        pattern=MSOA_CODE,
        low=1_000,
        high=100_000_000,
    )
