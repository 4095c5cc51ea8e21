"""Confirmed Covid-19 cases (smoothed) and vaccination uptake by district and week."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import DISTRICTS, by_day, read_rows, to_measures

FILE = "covid/cases_vaccination_ltla_weekly_2020_2022.parquet"
FLOOR = "source floor: zero recorded as 1/7"
MEASURES = {
    "covid_cases_7day_sum_week_mean": "cases",
    "vaccination_dose1_uptake_pct": "first_dose_percent",
    "vaccination_dose2_uptake_pct": "second_dose_percent",
}


def read(folder: Path) -> pd.DataFrame:
    """Read `cases`, `first_dose_percent` and `second_dose_percent` by first day of the week.

    A week marked as the source's floor had no case and is 0. Uptake stands at 0 in the
    file until the dashboard published it for a district: these weeks are blank here.
    """
    rows = read_rows(folder, FILE, list(MEASURES), by_day, areas=DISTRICTS, statuses=(FLOOR,))
    at_floor = rows["status"].eq(FLOOR).fillna(False).astype(bool)
    rows = rows.assign(value=rows["value"].mask(at_floor, 0.0))
    table = to_measures(rows, MEASURES).sort_values(["area_code", "period"], ignore_index=True)
    for measure in ("first_dose_percent", "second_dose_percent"):
        published = table[measure].gt(0).groupby(table["area_code"]).cummax()
        table[measure] = table[measure].where(published)
    return table
