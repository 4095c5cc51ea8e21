"""Census 2021: ethnic group in five groups, for LSOAs.

Raw file: long, one row per area and category. Trap: each census table is perturbed, so totals
differ a little between tables.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, LSOA_CODE, read_long_counts

FILE = "demographics/census21_ethnicity_lsoa21.parquet"
MEASURES = {
    "Asian, Asian British or Asian Welsh": "asian",
    "Black, Black British, Black Welsh, Caribbean or African": "black",
    "Mixed or Multiple ethnic groups": "mixed",
    "White": "white",
    "Other ethnic group": "other_ethnic_group",
}


def read(folder: Path) -> pd.DataFrame:
    """Return residents by ethnic group."""
    return read_long_counts(
        folder,
        FILE,
        area="lsoa21_code",
        category="ethnic_group",
        count="n",
        total="total_residents",
        total_name="people",
        measures=MEASURES,
        period=CENSUS_DAY,
        pattern=LSOA_CODE,
    )
