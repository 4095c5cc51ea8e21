"""Median price paid for homes by district, years that end with each quarter."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import DISTRICTS, by_year_ending, read_table

FILE = "covid/house_prices_ltla_quarterly_2010_2024.parquet"


def read(folder: Path) -> pd.DataFrame:
    """Read `median_price` in pounds, as paid at the time."""
    measures = {"median_house_price": "median_price"}
    return read_table(folder, FILE, measures, by_year_ending, areas=DISTRICTS)
