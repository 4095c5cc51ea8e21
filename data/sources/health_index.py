"""ONS Health Index for England by district and year: two scores and four of its inputs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import DISTRICTS, by_year, read_table

FILE = "covid/health_index_ltla_annual_2015_2021.parquet"
MEASURES = {
    "health_index_score__overall_score": "overall_score",
    "health_index_score__healthy_places_domain_score": "healthy_places_score",
    "health_index_input__life_expectancy": "life_expectancy",
    "health_index_input__avoidable_mortality": "avoidable_deaths_rate",
    "health_index_input__smoking": "smoking_percent",
    "health_index_input__physical_activity": "physically_active_percent",
}


def read(folder: Path) -> pd.DataFrame:
    """Read scores (100 = England in 2015) and inputs in their own units.

    The inputs on recorded conditions are not read: some hold impossible rates.
    """
    return read_table(folder, FILE, MEASURES, by_year, areas=DISTRICTS)
