"""Census 2021: residents by age, for LSOAs.

Raw files: five-year bands for LSOAs, single years for MSOAs, and the lookup between them.
Traps: the bands do not break at 16, 18 or 67, so those groups are estimated with the
MSOA's own split of the band; each census table is perturbed, so totals differ a little
between tables.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import (
    CENSUS_DAY,
    LSOA_CODE,
    MSOA_CODE,
    add_measures,
    check_codes,
    check_unique,
    read_measures,
    read_raw,
)

BANDS_FILE = "demographics/census21_age5_lsoa21.parquet"
YEARS_FILE = "demographics/census21_age_single_year_msoa21.parquet"
LOOKUP_FILE = "lookups/lsoa21_msoa21_ltla25.parquet"

BANDS = {
    "age_4_under": "aged_0_4",
    **{f"age_{age}_{age + 4}": f"aged_{age}_{age + 4}" for age in range(5, 85, 5)},
    "age_85_plus": "aged_85_and_over",
}
# Name: ages from the band that begins at 15 or 65 that the group takes.
SPLITS = {
    "aged_15": (15, 16),
    "aged_16_19": (16, 20),
    "aged_18_19": (18, 20),
    "aged_65_66": (65, 67),
}


def read(folder: Path) -> pd.DataFrame:
    """Return residents by five-year band, and by the broader groups other tables need."""
    table = read_measures(
        folder,
        BANDS_FILE,
        area="lsoa21_code",
        measures={"total": "total", **BANDS},
        period=CENSUS_DAY,
        pattern=LSOA_CODE,
        total="total",
    )
    part = _estimate_splits(folder, table)

    def add(first: int, last: int) -> pd.Series:
        bands = [f"aged_{age}_{age + 4}" for age in range(first, last, 5)]
        return table[bands].sum(axis=1, skipna=False)

    oldest = table["aged_85_and_over"]
    return table.assign(
        aged_0_15=add(0, 15) + part["aged_15"],
        aged_16_and_over=part["aged_16_19"] + add(20, 85) + oldest,
        aged_16_64=part["aged_16_19"] + add(20, 65),
        aged_18_66=part["aged_18_19"] + add(20, 65) + part["aged_65_66"],
        aged_25_64=add(25, 65),
        aged_60_and_over=add(60, 85) + oldest,
    )


def _estimate_splits(folder: Path, table: pd.DataFrame) -> pd.DataFrame:
    """Split the bands 15-19 and 65-69 of each LSOA as they split in its MSOA."""
    ages = [*range(15, 20), *range(65, 70)]
    single = read_measures(
        folder,
        YEARS_FILE,
        area="msoa21cd",
        measures={f"age_{age}": f"age_{age}" for age in ages},
        period=CENSUS_DAY,
        pattern=MSOA_CODE,
    ).rename(columns={"area_code": "msoa"})
    lookup = read_raw(folder, LOOKUP_FILE, ["LSOA21CD", "MSOA21CD"])
    check_codes(lookup, LOOKUP_FILE, "LSOA21CD", LSOA_CODE)
    check_codes(lookup, LOOKUP_FILE, "MSOA21CD", MSOA_CODE)
    check_unique(lookup, LOOKUP_FILE, ["LSOA21CD"])
    lookup = lookup.set_axis(["area_code", "msoa"], axis=1)
    placed = add_measures(table[["area_code", "period"]], lookup.assign(period=""), LOOKUP_FILE)
    single = single.rename(columns={"msoa": "area_code"})
    wanted = placed[["msoa", "period"]].drop_duplicates().rename(columns={"msoa": "area_code"})
    single = add_measures(wanted, single, YEARS_FILE).set_index("area_code")
    splits = {}
    for name, (first, after) in SPLITS.items():
        start = 15 if first < 65 else 65
        band = single[[f"age_{age}" for age in range(start, start + 5)]].sum(axis=1)
        taken = single[[f"age_{age}" for age in range(first, after)]].sum(axis=1)
        share = (taken / band).where(band > 0, 0.0)
        splits[name] = table[f"aged_{start}_{start + 4}"] * placed["msoa"].map(share)
    return pd.DataFrame(splits)
