"""Patients on the lists of general practices and their doctors, by district, March 2024."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import read_measures

FILE = "health/patients_per_gp_ltla24.csv"


def read(folder: Path) -> pd.DataFrame:
    """Read `patients` and `doctors` (full-time equivalent)."""
    measures = {"total_patients": "patients", "total_gp_fte": "doctors"}
    return read_measures(folder, FILE, area="ltla24_code", measures=measures, period="2024-03")
