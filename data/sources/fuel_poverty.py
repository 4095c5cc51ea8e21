"""Fuel poverty by the definition in use since 2019, for LSOAs 2021: 2021 and 2022.

Raw file: one row per year and LSOA for 2011 to 2022. Traps: the definition changed in
2019 and the LSOA codes in 2012 and 2021, so each stretch is a source of its own. 2011 is
left out: 810 of its codes ceased to exist with the 2011 Census.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from data.sources.reading import (
    LSOA_CODE,
    as_native,
    check_choices,
    check_codes,
    check_part,
    check_range,
    check_unique,
    read_raw,
)

FILE = "housing_economy/fuel_poverty_lsoa_2011_2022.parquet"
COUNTS = {"households_fuel_poor": "fuel_poor_households", "households": "households"}


def read(folder: Path) -> pd.DataFrame:
    """Return households and fuel-poor households in 2021 and 2022."""
    return read_years(folder, [2021, 2022], vintage="LSOA21", definition="LILEE")


def read_years(
    folder: Path, years: Sequence[int], *, vintage: str, definition: str
) -> pd.DataFrame:
    """Return the named years, which must all be of one LSOA vintage and one definition.

    Raises:
        SourceError: the raw file is not what it should be, or a year has other codes or
            another definition than expected.
    """
    key = ["year", "lsoa_code"]
    frame = read_raw(folder, FILE, [*key, "lsoa_vintage", "definition", *COUNTS])
    check_range(frame, FILE, ["year"], 2011, 2022)
    check_codes(frame, FILE, "lsoa_code", LSOA_CODE)
    check_unique(frame, FILE, key)
    check_range(frame, FILE, list(COUNTS), 0)
    check_part(frame, FILE, "households_fuel_poor", "households")
    frame = frame[frame["year"].isin(list(years))]
    check_choices(frame, FILE, "lsoa_vintage", [vintage])
    check_choices(frame, FILE, "definition", [definition])
    frame = frame.assign(period=frame["year"].astype(str)).rename(columns=COUNTS)
    return as_native(frame[["lsoa_code", "period", *COUNTS.values()]], "lsoa_code")
