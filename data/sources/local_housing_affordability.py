"""House prices as a multiple of yearly earnings, by district and year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_year
from data.sources.local_statistics import read_local_statistics

MEASURES = {
    "housing_affordability_ratio__housing_affordability_ratio_residence_based": "price_to_earnings",
}


def read(folder: Path) -> pd.DataFrame:
    """Read `price_to_earnings`."""
    return read_local_statistics(folder, MEASURES, by_year)
