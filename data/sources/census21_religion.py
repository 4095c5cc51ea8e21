"""Census 2021: religion, for LSOAs.

Raw file: long, one row per area and category. Trap: the question was voluntary, so "Not answered"
is a category of its own and stays in the total.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, LSOA_CODE, read_long_counts

FILE = "demographics/census21_religion_lsoa21.parquet"
MEASURES = {
    "No religion": "no_religion",
    "Christian": "christian",
    "Buddhist": "buddhist",
    "Hindu": "hindu",
    "Jewish": "jewish",
    "Muslim": "muslim",
    "Sikh": "sikh",
    "Other religion": "other_religion",
    "Not answered": "religion_not_answered",
}


def read(folder: Path) -> pd.DataFrame:
    """Return residents by religion."""
    return read_long_counts(
        folder,
        FILE,
        area="lsoa21_code",
        category="religion",
        count="n",
        total="total_residents",
        total_name="people",
        measures=MEASURES,
        period=CENSUS_DAY,
        pattern=LSOA_CODE,
    )
