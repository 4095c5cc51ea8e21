"""Claimant Count by ward (2022) and month, as the API of Nomis gives it.

Fetched by `data.live.claimant_count_ward`. Traps: the file holds Wales too; every figure is
rounded to the nearest 5, so that a small ward may read 0 with one or two claimants in it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data.errors import SourceError
from data.sources.reading import (
    AREA_CODE,
    as_native,
    check_codes,
    check_range,
    check_unique,
    read_raw,
)

FILE = "live/claimant_count_ward_monthly.csv"
COLUMNS = ("DATE", "GEOGRAPHY_CODE", "OBS_VALUE", "OBS_STATUS", "RECORD_COUNT")
NORMAL = "A"
"""OBS_STATUS of a figure that is as it should be."""


def read(folder: Path) -> pd.DataFrame:
    """Read `claimants`, people who claim mainly because they are out of work, in each month.

    Raises:
        SourceError: a column, code, month or figure is not what it must be, a row is missing
            or occurs twice, or a month in between is missing.
    """
    frame = read_raw(folder, FILE, COLUMNS)
    if frame.empty:
        raise SourceError(FILE, "holds no row", cure="Fetch it again.")
    check_codes(frame, FILE, "GEOGRAPHY_CODE", AREA_CODE)
    check_range(frame, FILE, ["OBS_VALUE"], 0)
    check_unique(frame, FILE, ["GEOGRAPHY_CODE", "DATE"])
    _check_rows(frame)
    wards = frame[frame["GEOGRAPHY_CODE"].str.startswith("E05")]
    if wards.empty:
        raise SourceError(FILE, "holds no ward of England", column="GEOGRAPHY_CODE",
                          cure="Fetch it again.")  # fmt: skip
    table = wards[["GEOGRAPHY_CODE"]].assign(period=wards["DATE"], claimants=wards["OBS_VALUE"])
    return as_native(table, "GEOGRAPHY_CODE")


def _check_rows(frame: pd.DataFrame) -> None:
    month = frame["DATE"].astype("string").str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])")
    blank = frame["OBS_VALUE"].isna() & (frame["OBS_STATUS"] == NORMAL)
    for wrong, column, problem in (
        (~month.fillna(False).astype(bool), "DATE", "not a month"),
        (blank, "OBS_VALUE", "blank, though its status says that there is a figure"),
    ):
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise SourceError(FILE, problem, row=row + 1, column=column,
                              value=frame[column].iloc[row], cure="Fetch it again.")  # fmt: skip
    expected = frame["RECORD_COUNT"].iloc[0]
    if len(frame) != expected:
        raise SourceError(FILE, f"has {len(frame):,} rows and says that there are {expected:,}",
                          column="RECORD_COUNT", cure="Fetch it again.")  # fmt: skip
    held = pd.PeriodIndex(frame["DATE"].unique(), freq="M")
    gone = pd.period_range(held.min(), held.max(), freq="M").difference(held)
    if len(gone):
        raise SourceError(FILE, f"the month {gone[0]} is missing", column="DATE",
                          cure="Fetch it again.")  # fmt: skip
