"""Census 2021: sexual orientation of residents aged 16 and over, for MSOAs.

Raw file: long, one row per area and category. Trap: the question
was voluntary, so "Not answered" stays in the total.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, MSOA_CODE, read_long_counts

FILE = "demographics/census21_sexual_orientation_msoa21.parquet"
MEASURES = {
    "Straight or Heterosexual": "straight",
    "Gay or Lesbian": "gay_or_lesbian",
    "Bisexual": "bisexual",
    "All other sexual orientations": "other_sexual_orientation",
    "Not answered": "sexual_orientation_not_answered",
}


def read(folder: Path) -> pd.DataFrame:
    """Return residents aged 16 and over by sexual orientation."""
    return read_long_counts(
        folder,
        FILE,
        area="msoa21_code",
        category="sexual_orientation",
        count="n",
        total="total_residents",
        total_name="people_aged_16_and_over",
        measures=MEASURES,
        period=CENSUS_DAY,
        pattern=MSOA_CODE,
    )
