"""Business births and deaths by district and calendar year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_year
from data.sources.local_statistics import read_local_statistics

MEASURES = {
    "business_demography__business_births": "births_percent",
    "business_demography__business_deaths": "deaths_percent",
}


def read(folder: Path) -> pd.DataFrame:
    """Read births and deaths as percentages of active businesses."""
    return read_local_statistics(folder, MEASURES, by_year)
