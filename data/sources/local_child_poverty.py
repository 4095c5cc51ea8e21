"""Children in relative poverty after housing costs, by district and financial year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_split_year
from data.sources.local_statistics import read_local_statistics

MEASURES = {
    "children_in_relative_poverty__children_in_relative_poverty_a"
    "fter_housing_costs": "children_in_poverty_percent",
}


def read(folder: Path) -> pd.DataFrame:
    """Read `children_in_poverty_percent`."""
    return read_local_statistics(folder, MEASURES, by_split_year)
