"""Fuel poverty by the definition used until 2018, for LSOAs 2011: 2012 to 2018.

Raw file and traps: see `fuel_poverty`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.fuel_poverty import read_years


def read(folder: Path) -> pd.DataFrame:
    """Return households and fuel-poor households in 2012 to 2018."""
    return read_years(folder, range(2012, 2019), vintage="LSOA11", definition="LIHC")
