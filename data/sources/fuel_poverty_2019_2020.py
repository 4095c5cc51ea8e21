"""Fuel poverty by the definition in use since 2019, for LSOAs 2011: 2019 and 2020.

Raw file and traps: see `fuel_poverty`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.fuel_poverty import read_years


def read(folder: Path) -> pd.DataFrame:
    """Return households and fuel-poor households in 2019 and 2020."""
    return read_years(folder, [2019, 2020], vintage="LSOA11", definition="LILEE")
