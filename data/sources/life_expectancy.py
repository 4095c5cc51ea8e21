"""Life expectancy at birth by district, three years together, as Fingertips gives it.

Fetched by `data.live.life_expectancy`. Traps: the same file holds single years, which vary
too much for a small district, and groups of districts by deprivation (Category Type); both
are left aside. Rows for England are printed once per kind of area.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data.errors import SourceError
from data.sources.covid_table import DISTRICTS
from data.sources.reading import (
    as_native,
    check_choices,
    check_codes,
    check_range,
    check_unique,
    read_raw,
)

FILE = "live/life_expectancy_district.csv"
INDICATOR = "90366"
FIGURES = {
    "Value": "",
    "Lower CI 95.0 limit": "_lower",
    "Upper CI 95.0 limit": "_upper",
}
COLUMNS = ("Indicator ID", "Area Code", "Sex", "Category Type", "Time period", *FIGURES)
SEXES = {"Female": "women_years", "Male": "men_years"}
THREE_YEARS = r"(\d{4}) - (\d{2})"
# A key such as 2010-12 would be read as a month.
FIRST_END = 13


def read(folder: Path) -> pd.DataFrame:
    """Read `women_years` and `men_years`, each with its 95 % limits, from 2011 to 2013 on.

    Raises:
        SourceError: another indicator, or a code, sex or figure that is not what it must be.
    """
    frame = read_raw(folder, FILE, COLUMNS)
    frame["Indicator ID"] = frame["Indicator ID"].astype(str)
    check_choices(frame, FILE, "Indicator ID", [INDICATOR])
    check_choices(frame, FILE, "Sex", list(SEXES))
    check_codes(frame, FILE, "Area Code")
    check_range(frame, FILE, list(FIGURES), 40, 110)
    years = frame["Time period"].astype(str).str.extract(f"^{THREE_YEARS}$")
    chosen = frame["Category Type"].isna() & years.notna().all(axis=1)
    chosen &= years[1].fillna("0").astype(int) >= FIRST_END
    chosen &= frame["Area Code"].str.fullmatch(DISTRICTS).astype(bool)
    chosen &= ~frame.duplicated(list(COLUMNS))
    # Other rows keep their number as period, so that a message gives the row of the file.
    numbers = pd.Series(np.arange(len(frame)).astype(str), index=frame.index)
    frame["period"] = (years[0] + "-" + years[1]).where(chosen, numbers)
    check_unique(frame, FILE, ["Area Code", "period", "Sex"])
    rows = frame[chosen]
    if rows.empty:
        raise SourceError(FILE, "holds no figure for three years and a district",
                          column="Time period", cure="Fetch it again.")  # fmt: skip
    wide = rows.pivot(index=["Area Code", "period"], columns="Sex", values=list(FIGURES))
    table = pd.DataFrame(index=wide.index)
    for sex, name in SEXES.items():
        for figure, ending in FIGURES.items():
            table[name + ending] = wide[figure][sex] if sex in wide[figure] else float("nan")
    return as_native(table.reset_index(), "Area Code")
