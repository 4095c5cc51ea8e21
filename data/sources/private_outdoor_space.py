"""Addresses with a garden or other private outdoor space, for MSOAs 2011, April 2020.

Raw file: one row per MSOA. Trap: the share in the file is a fraction rounded to three
places; the two counts are used instead.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import MSOA_CODE, check_part, read_measures

FILE = "access_environment/private_outdoor_space_msoa11.parquet"
WITH_SPACE = "addresses_with_private_outdoor_space"


def read(folder: Path) -> pd.DataFrame:
    """Return addresses, and those with private outdoor space."""
    table = read_measures(
        folder,
        FILE,
        area="msoa11_code",
        measures={"address_count": "addresses", WITH_SPACE: WITH_SPACE},
        period="2020-04",
        pattern=MSOA_CODE,
    )
    check_part(table, FILE, WITH_SPACE, "addresses")
    return table
