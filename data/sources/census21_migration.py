"""Census 2021: where residents lived one year before, for MSOAs.

Raw file: one row per MSOA. Traps: children under one are not asked, so the total is
residents aged one and over although the copy calls it all usual residents; the census
fell in lockdown, when many students were away from their term-time address.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, MSOA_CODE, read_measures

FILE = "demographics/census21_migration_msoa21.parquet"
MEASURES = {
    "all_usual_residents": "people_aged_1_and_over",
    "address_one_year_ago_is_the_same": "same_address",
    "address_one_year_ago_is_student_or_boarding": "moved_from_student_address",
    "migrant_from_within_uk": "moved_within_uk",
    "migrant_from_outside_uk": "moved_from_abroad",
}


def read(folder: Path) -> pd.DataFrame:
    """Return residents aged one and over by their address a year before the census."""
    return read_measures(
        folder,
        FILE,
        area="msoa21_code",
        measures=MEASURES,
        period=CENSUS_DAY,
        pattern=MSOA_CODE,
        total="all_usual_residents",
    )
