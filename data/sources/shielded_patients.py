"""People on the Shielded Patient List by district, 16 September 2020."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import DISTRICTS, by_day, read_rows, to_measures

FILE = "covid/shielded_patients_ltla_2020.parquet"
STATUSES = ('suppressed in source ("*")',)
COMBINED = {
    "E06000052+E06000053": "E06000052",  # Cornwall with the Isles of Scilly
    "E09000012+E09000001": "E09000012",  # Hackney with the City of London
}


def read(folder: Path) -> pd.DataFrame:
    """Read `patients`, everyone on the list.

    Two pairs of councils are published together; each pair stands under its larger one.
    """
    measures = {"shielded_patients__all": "patients"}
    rows = read_rows(
        folder, FILE, list(measures), by_day, areas=DISTRICTS, statuses=STATUSES, combined=COMBINED
    )
    return to_measures(rows, measures)
