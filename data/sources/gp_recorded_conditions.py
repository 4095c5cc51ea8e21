"""Estimated share of residents with seven long-term conditions, by MSOA (2011)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_year, read_table
from data.sources.reading import MSOA_CODE

FILE = "covid/clinical_vulnerability_msoa_2020.parquet"
CONDITIONS = (
    "asthma",
    "chronic_kidney_disease",
    "copd",
    "coronary_heart_disease",
    "diabetes",
    "high_blood_pressure",
    "obesity",
)
IN_USE = "2020"


def read(folder: Path) -> pd.DataFrame:
    """Read one proportion (0 to 1) per condition.

    The file does not state the year of its figures, and its date is a placeholder. They
    were in use in May 2020 and therefore stand under 2020.
    """
    measures = {f"gp_prevalence__{condition}": condition for condition in CONDITIONS}
    table = read_table(folder, FILE, measures, by_year, areas=MSOA_CODE, high=1)
    return table.assign(period=IN_USE)
