"""Census 2021: main language and how well people speak English, for MSOAs.

Raw file: one row per MSOA. Traps: there is no total column, so all residents aged 3 and
over are the two main-language groups together; the copy's own proportion is dropped.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import CENSUS_DAY, MSOA_CODE, check_total, read_measures

FILE = "demographics/census21_english_proficiency_msoa21.parquet"
ENGLISH = "Main language is English (English or Welsh in Wales)"
OTHER = "Main language is not English (English or Welsh in Wales)"
LEVELS = {
    "Can speak English very well": "speaks_english_very_well",
    "Can speak English well": "speaks_english_well",
    "Cannot speak English well": "cannot_speak_english_well",
    "Cannot speak English": "cannot_speak_english",
}


def read(folder: Path) -> pd.DataFrame:
    """Return residents aged 3 and over by main language and proficiency in English."""
    table = read_measures(
        folder,
        FILE,
        area="msoa21_code",
        measures={
            ENGLISH: "main_language_english",
            OTHER: "main_language_not_english",
            **{f"{OTHER}: {level}": measure for level, measure in LEVELS.items()},
        },
        period=CENSUS_DAY,
        pattern=MSOA_CODE,
    )
    check_total(table, FILE, "main_language_not_english", list(LEVELS.values()))
    people = table["main_language_english"] + table["main_language_not_english"]
    return table.assign(people_aged_3_and_over=people)
