"""People who live in England's most deprived tenth and fifth of LSOAs, Indices 2015 and 2019.

Raw files: one index per edition, and the mid-2015 population that the 2019 edition used.
Traps: LSOAs of 2011; the same population serves both editions, because the population of
the 2015 edition (mid-2012) is not in the copy.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.imd_most_deprived import count_people

PEOPLE_FILE = "deprivation/imd2019_lsoa11_idaci_idaopi_population.parquet"
FILES = {
    "2015": "deprivation/imd2015_lsoa11.parquet",
    "2019": "deprivation/imd2019_lsoa11.parquet",
}


def read(folder: Path) -> pd.DataFrame:
    """Return residents, and those who live in the most deprived tenth and fifth."""
    return pd.concat(
        [
            count_people(
                folder,
                file,
                PEOPLE_FILE,
                area="lsoa11_code",
                people="pop_total_2015",
                period=period,
            )
            for period, file in FILES.items()
        ],
        ignore_index=True,
    )
