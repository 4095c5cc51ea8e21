"""Conditions on GP registers by district, 2019/20, shared out from practices to areas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import (
    as_native,
    check_choices,
    check_codes,
    check_range,
    check_unique,
    read_raw,
)

FILE = "health/qof_prevalence_2019_20_la_county_region.parquet"
PERIOD = "2019/20"
CONDITIONS = {"DEP": "depression", "MH": "severe_mental_illness", "DEM": "dementia"}


def read(folder: Path) -> pd.DataFrame:
    """Read `<condition>_register` (people with it) and `<condition>_list` (people it could be).

    Counties and regions are not read: the file names them without codes.
    """
    frame = read_raw(
        folder, FILE, ["area_level", "area_code", "area_name", "group_code", "register", "list"]
    )
    check_choices(frame, FILE, "area_level", ["ltla", "county", "region"])
    check_unique(frame, FILE, ["area_level", "area_name", "group_code"])
    check_range(frame, FILE, ["register", "list"], 0)
    rows = frame[(frame["area_level"] == "ltla") & frame["group_code"].isin(list(CONDITIONS))]
    check_codes(rows, FILE, "area_code")
    wide = rows.pivot(index="area_code", columns="group_code", values=["register", "list"])
    wide.columns = [f"{CONDITIONS[code]}_{part}" for part, code in wide.columns]
    return as_native(wide.reset_index(), "area_code", PERIOD)
