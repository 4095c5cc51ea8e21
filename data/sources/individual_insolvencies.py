"""Individual insolvencies by ward (about 2021) and calendar year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import WARDS, by_year, read_table

FILE = "covid/insolvencies_ward_ltla_annual_2012_2022.parquet"
MEASURES = {
    "insolvencies_total": "insolvencies",
    "insolvencies_bankruptcies": "bankruptcies",
    "insolvencies_ivas": "individual_voluntary_arrangements",
    "insolvencies_debt_relief_orders": "debt_relief_orders",
}


def read(folder: Path) -> pd.DataFrame:
    """Read people made insolvent, in all and by each of the three legal forms."""
    statuses = ("not available in source",)
    return read_table(folder, FILE, MEASURES, by_year, areas=WARDS, statuses=statuses)
