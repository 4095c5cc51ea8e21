"""People who live in England's most deprived tenth and fifth of LSOAs, Indices 2025.

Raw files: the index with its deciles, and residents from the 2021 Census. Trap: decile 1
is the most deprived.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import LSOA_CODE, add_measures, read_measures

INDEX_FILE = "deprivation/imd2025_lsoa21.parquet"
PEOPLE_FILE = "demographics/census21_age5_lsoa21.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Return residents, and those who live in the most deprived tenth and fifth."""
    return count_people(
        folder, INDEX_FILE, PEOPLE_FILE, area="lsoa21_code", people="total", period="2025"
    )


def count_people(
    folder: Path, index_file: str, people_file: str, *, area: str, people: str, period: str
) -> pd.DataFrame:
    """Count the residents of each LSOA by whether its decile is 1, or 1 or 2.

    Raises:
        SourceError: a raw file is not what it should be.
    """
    table = read_measures(
        folder,
        index_file,
        area=area,
        measures={"IMD_decile": "decile"},
        period=period,
        pattern=LSOA_CODE,
        low=1,
        high=10,
    )
    residents = read_measures(
        folder,
        people_file,
        area=area,
        measures={people: "people"},
        period=period,
        pattern=LSOA_CODE,
    )
    table = add_measures(table, residents, people_file)
    return table.assign(
        people_in_most_deprived_tenth=table["people"] * (table["decile"] <= 1),
        people_in_most_deprived_fifth=table["people"] * (table["decile"] <= 2),
    ).drop(columns="decile")
