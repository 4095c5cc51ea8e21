"""Gross disposable household income per head by district and calendar year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_year
from data.sources.local_statistics import read_local_statistics

MEASURES = {
    "gross_disposable_household_income_per_head__gross_disposable"
    "_household_income": "income_per_head",
}


def read(folder: Path) -> pd.DataFrame:
    """Read `income_per_head` in pounds."""
    return read_local_statistics(folder, MEASURES, by_year)
