"""Census 2021: bedrooms a household has against those it needs, for LSOAs.

Raw file: long, one row per area and category. Trap: the copy does
not say bedrooms or rooms; the England share (4.4 %) is that of bedrooms.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, LSOA_CODE, read_long_counts

FILE = "demographics/census21_occupancy_rating_lsoa21.parquet"
MEASURES = {
    "+2 or more (under-occupied)": "two_or_more_spare_bedrooms",
    "+1 (under-occupied)": "one_spare_bedroom",
    "0 (ideal)": "as_many_bedrooms_as_needed",
    "-1 (overcrowded)": "one_bedroom_too_few",
    "-2 or less (overcrowded)": "two_or_more_bedrooms_too_few",
}


def read(folder: Path) -> pd.DataFrame:
    """Return households by occupancy rating."""
    return read_long_counts(
        folder,
        FILE,
        area="lsoa21_code",
        category="occupancy_rating",
        count="n",
        total="total_households",
        total_name="households",
        measures=MEASURES,
        period=CENSUS_DAY,
        pattern=LSOA_CODE,
    )
