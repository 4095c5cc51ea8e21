"""Census 2011: households by the number of ways in which they are deprived, for LSOAs 2011.

Raw file: long, one row per area and number of dimensions (0 to 4). Trap: there is no
total column; the households of an area are the sum of its five rows.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import LSOA_CODE, as_native, check_codes, pivot_counts, read_raw

FILE = "deprivation/census11_household_deprivation_lsoa11.parquet"
DIMENSIONS = "households_number_deprivation_dimensions"
MEASURES = {
    "0": "not_deprived",
    "1": "deprived_in_one_dimension",
    "2": "deprived_in_two_dimensions",
    "3": "deprived_in_three_dimensions",
    "4": "deprived_in_four_dimensions",
}


def read(folder: Path) -> pd.DataFrame:
    """Return households by the number of dimensions in which they are deprived."""
    frame = read_raw(folder, FILE, ["lsoa11_code", DIMENSIONS, "count"])
    check_codes(frame, FILE, "lsoa11_code", LSOA_CODE)
    frame[DIMENSIONS] = frame[DIMENSIONS].astype(str)
    wide = pivot_counts(
        frame, FILE, area="lsoa11_code", category=DIMENSIONS, count="count", measures=MEASURES
    )
    wide["households"] = wide.sum(axis=1, skipna=False)
    return as_native(wide.reset_index(), "lsoa11_code", "2011-03-27")
