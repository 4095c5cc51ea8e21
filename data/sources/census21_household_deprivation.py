"""Census 2021: households by the number of ways in which they are deprived, for LSOAs.

Raw file: long, one row per area and category. Trap: each census table is perturbed, so totals
differ a little between tables.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, LSOA_CODE, read_long_counts

FILE = "demographics/census21_household_deprivation_lsoa21.parquet"
MEASURES = {
    "Household is not deprived in any dimension": "not_deprived",
    "Household is deprived in one dimension": "deprived_in_one_dimension",
    "Household is deprived in two dimensions": "deprived_in_two_dimensions",
    "Household is deprived in three dimensions": "deprived_in_three_dimensions",
    "Household is deprived in four dimensions": "deprived_in_four_dimensions",
}


def read(folder: Path) -> pd.DataFrame:
    """Return households by the number of dimensions in which they are deprived."""
    return read_long_counts(
        folder,
        FILE,
        area="lsoa21_code",
        category="deprivation_dimensions",
        count="n",
        total="total_households",
        total_name="households",
        measures=MEASURES,
        period=CENSUS_DAY,
        pattern=LSOA_CODE,
    )
