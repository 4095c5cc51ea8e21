"""Census 2021: disabled people, for LSOAs.

Raw file: long, one row per area and category. Trap: each census table is perturbed, so totals
differ a little between tables.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, LSOA_CODE, read_long_counts

FILE = "demographics/census21_disability_lsoa21.parquet"
MEASURES = {
    "Disabled under the Equality Act": "disabled",
    "Not disabled under the Equality Act": "not_disabled",
}


def read(folder: Path) -> pd.DataFrame:
    """Return residents who are disabled under the Equality Act, or not."""
    return read_long_counts(
        folder,
        FILE,
        area="lsoa21_code",
        category="disability",
        count="n",
        total="total_residents",
        total_name="people",
        measures=MEASURES,
        period=CENSUS_DAY,
        pattern=LSOA_CODE,
    )
