"""Personal well-being by district and financial year: four means out of 10."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_split_year
from data.sources.local_statistics import read_local_statistics

MEASURES = {
    "personal_wellbeing_estimates__satisfaction": "life_satisfaction",
    "personal_wellbeing_estimates__worthwhile": "worthwhile",
    "personal_wellbeing_estimates__happiness": "happiness",
    "personal_wellbeing_estimates__anxiety": "anxiety",
}


def read(folder: Path) -> pd.DataFrame:
    """Read four means from 0 to 10 with their 95 % limits."""
    return read_local_statistics(folder, MEASURES, by_split_year, limits=list(MEASURES.values()))
