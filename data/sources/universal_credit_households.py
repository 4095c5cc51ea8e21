"""Households on Universal Credit by MSOA (2011) and month."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_month, read_table
from data.sources.reading import MSOA_CODE

FILE = "covid/universal_credit_households_msoa_monthly_2015_2022.parquet"
STATUSES = ("revised", "provisional", 'nil or negligible (".." in source)')


def read(folder: Path) -> pd.DataFrame:
    """Read `households`; blank where the publisher shows nil or negligible (0 to 4)."""
    measures = {"households_on_universal_credit": "households"}
    return read_table(folder, FILE, measures, by_month, areas=MSOA_CODE, statuses=STATUSES)
