"""Claimants, employment, inactivity and unemployment by district and calendar year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_year
from data.sources.local_statistics import read_local_statistics

MEASURES = {
    "claimant_count": "claimants_percent",
    "employment_rate": "employed_percent",
    "employment_rate__economically_inactive": "inactive_percent",
    "modelled_unemployment__modelled_unemployment_rate": "unemployed_percent",
}
LIMITS = ("employed_percent", "inactive_percent", "unemployed_percent")


def read(folder: Path) -> pd.DataFrame:
    """Read four percentages with the survey's 95 % limits; claimants are a count and have none."""
    return read_local_statistics(folder, MEASURES, by_year, limits=LIMITS)
