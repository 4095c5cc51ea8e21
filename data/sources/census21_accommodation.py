"""Census 2021: type of home (table TS044), for LSOAs.

Raw file: long, one row per area and category. Trap: the copy calls it
household type, but it says nothing on who lives together.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, LSOA_CODE, read_long_counts

FILE = "demographics/census21_accommodation_type_lsoa21.parquet"
MEASURES = {
    "Detached": "detached",
    "Semi-detached": "semi_detached",
    "Terraced": "terraced",
    "In a purpose-built block of flats or tenement": "flat_in_block",
    "Part of a converted or shared house, including bedsits": "flat_in_converted_house",
    "Part of another converted building, for example, former school, church or warehouse": (
        "flat_in_converted_building"
    ),
    "In a commercial building, for example, in an office building, hotel or over a shop": (
        "flat_in_commercial_building"
    ),
    "A caravan or other mobile or temporary structure": "caravan",
}


def read(folder: Path) -> pd.DataFrame:
    """Return households by type of home."""
    return read_long_counts(
        folder,
        FILE,
        area="lsoa21_code",
        category="type",
        count="n",
        total="total_households",
        total_name="households",
        measures=MEASURES,
        period=CENSUS_DAY,
        pattern=LSOA_CODE,
    )
