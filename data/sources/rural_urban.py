"""Rural-urban classification 2021 for LSOAs.

Raw file: one row per LSOA with a code, a class and the word Urban or Rural. Trap: the
2011 classification has other classes; only the word is used here.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import (
    LSOA_CODE,
    as_native,
    check_choices,
    check_codes,
    check_unique,
    read_raw,
)

FILE = "lookups/ruc21_lsoa21.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Return 1 for a rural LSOA and 0 for an urban one."""
    frame = read_raw(folder, FILE, ["lsoa21_code", "ruc"])
    check_codes(frame, FILE, "lsoa21_code", LSOA_CODE)
    check_unique(frame, FILE, ["lsoa21_code"])
    check_choices(frame, FILE, "ruc", ["Rural", "Urban"])
    table = frame[["lsoa21_code"]].assign(is_rural=frame["ruc"].eq("Rural"))
    return as_native(table, "lsoa21_code", "2021")
