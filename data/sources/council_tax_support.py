"""People who get Local Council Tax Support, by billing authority and quarter."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import DISTRICTS, by_quarter, read_table

FILE = "covid/council_tax_support_ltla_quarterly_2015_2023.parquet"
MEASURES = {
    "council_tax_support_claimants_working_age": "working_age_claimants",
    "council_tax_support_claimants_pensioners": "pensioner_claimants",
}


def read(folder: Path) -> pd.DataFrame:
    """Read claimants at the end of each quarter.

    The file lists old and new councils for all quarters and leaves those blank in which a
    council did not exist or sent no return. All blanks come before a council's first or
    after its last return, and these rows are dropped.
    """
    statuses = ("not available in source",)
    table = read_table(folder, FILE, MEASURES, by_quarter, areas=DISTRICTS, statuses=statuses)
    reported = table[list(MEASURES.values())].notna().any(axis=1)
    span = table[reported].groupby("area_code")["period"].agg(["min", "max"])
    first, last = (table["area_code"].map(span[end]) for end in ("min", "max"))
    inside = (table["period"] >= first) & (table["period"] <= last)
    return table[inside].reset_index(drop=True)
