"""Homeless households by district, October to December 2023."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import read_measures

FILE = "housing_economy/homelessness_ltla23.csv"
MEASURES = {
    "assessed_homeless_per_1000": "assessed_homeless_rate",
    "temporary_accommodation_per_1000": "temporary_accommodation_rate",
}


def read(folder: Path) -> pd.DataFrame:
    """Read two rates per 1,000 households; blank where the council sent no return."""
    return read_measures(
        folder, FILE, area="ltla23_code", measures=MEASURES, period="2023-Q4", high=1_000
    )
