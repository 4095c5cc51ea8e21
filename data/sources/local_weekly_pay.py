"""Median weekly pay by district, April of each year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_month
from data.sources.local_statistics import read_local_statistics

MEASURES = {
    "gross_median_weekly_pay": "median_weekly_pay",
}


def read(folder: Path) -> pd.DataFrame:
    """Read `median_weekly_pay` in pounds with its 95 % limits."""
    return read_local_statistics(folder, MEASURES, by_month, limits=list(MEASURES.values()))
