"""Mid-year population estimates for LSOAs 2011, mid-2019 and mid-2020.

Raw files: one per year, one column per single year of age. Trap: rolled forward from the
2011 Census, so they were later revised in the light of the 2021 Census.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import (
    LSOA_CODE,
    as_native,
    check_codes,
    check_range,
    check_total,
    check_unique,
    read_raw,
)

FILES = {
    "mid-2019": "demographics/population_mid2019_single_year_lsoa11.parquet",
    "mid-2020": "demographics/population_mid2020_single_year_lsoa11.parquet",
}
AGES = [*(f"age_{age}" for age in range(90)), "age_90_plus"]
# Name: first and last single year of age, both included; 90 stands for 90 and over.
GROUPS = {
    "aged_0_15": (0, 15),
    "aged_0_19": (0, 19),
    "aged_16_64": (16, 64),
    "aged_18_and_over": (18, 90),
    "aged_65_and_over": (65, 90),
}


def read(folder: Path) -> pd.DataFrame:
    """Return residents, in total and by broad age group, in both years."""
    return pd.concat(
        [_read_year(folder, period, file) for period, file in FILES.items()], ignore_index=True
    )


def _read_year(folder: Path, period: str, file: str) -> pd.DataFrame:
    frame = read_raw(folder, file, ["lsoa11_code", "total_population", *AGES])
    check_codes(frame, file, "lsoa11_code", LSOA_CODE)
    check_unique(frame, file, ["lsoa11_code"])
    check_range(frame, file, ["total_population", *AGES], 0)
    check_total(frame, file, "total_population", AGES)
    groups = {
        name: frame[AGES[first : last + 1]].sum(axis=1, skipna=False)
        for name, (first, last) in GROUPS.items()
    }
    table = frame[["lsoa11_code"]].assign(total=frame["total_population"], **groups)
    return as_native(table, "lsoa11_code", period)
