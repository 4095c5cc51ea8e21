"""Census 2021: unpaid care given by residents aged 5 and over (table TS039), for MSOAs.

Raw file: one row per MSOA. Trap: published for MSOAs only in this copy, so ward figures
are apportioned.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, MSOA_CODE, read_measures

FILE = "demographics/census21_unpaid_care_msoa21.parquet"
MEASURES = {
    "total": "people_aged_5_and_over",
    "provides_no_unpaid_care": "no_unpaid_care",
    "provides_9_hours_or_less_unpaid_care_a_week": "unpaid_care_9_hours_or_less",
    "provides_10_to_19_hours_unpaid_care_a_week": "unpaid_care_10_to_19_hours",
    "provides_20_to_34_hours_unpaid_care_a_week": "unpaid_care_20_to_34_hours",
    "provides_35_to_49_hours_unpaid_care_a_week": "unpaid_care_35_to_49_hours",
    "provides_50_or_more_hours_unpaid_care_a_week": "unpaid_care_50_hours_or_more",
}


def read(folder: Path) -> pd.DataFrame:
    """Return residents aged 5 and over by hours of unpaid care a week."""
    return read_measures(
        folder,
        FILE,
        area="msoa21cd",
        measures=MEASURES,
        period=CENSUS_DAY,
        pattern=MSOA_CODE,
        total="total",
    )
