"""Absence, attainment and apprenticeships by district or county and academic year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.covid_table import by_split_year
from data.sources.local_statistics import read_local_statistics

MEASURES = {
    "persistent_absences_for_all_pupils": "persistently_absent_percent",
    "pupils_at_expected_standards_by_end_of_primary_school__pupil"
    "s_meeting_the_expected_standard_in_reading_writing_and_maths": "expected_standard_percent",
    "gcses_in_english_and_maths": "gcse_english_and_maths_percent",
    "apprenticeships__apprenticeship_starts_england": "apprenticeship_starts_rate",
}


def read(folder: Path) -> pd.DataFrame:
    """Read three percentages and the rate of apprenticeship starts."""
    return read_local_statistics(folder, MEASURES, by_split_year)
