"""Loneliness among adults estimated for LSOAs, 2020/21.

Raw file: one row per LSOA. Trap: national survey rates spread by type of area, not answers
from local people.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import LSOA_CODE, read_measures

FILE = "health/loneliness_modelled_lsoa21.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Return the estimated percentage of adults who are lonely."""
    return read_measures(
        folder,
        FILE,
        area="lsoa21_code",
        measures={"perc": "lonely_percent"},
        period="2020/21",
        pattern=LSOA_CODE,
        low=0,
        high=100,
    )
