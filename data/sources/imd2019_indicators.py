"""Indices of Deprivation 2019: road distances to services, and what 2025 no longer publishes.

Raw files: one row per LSOA 2011, and the mid-2015 population of the same edition. Traps:
distances are in kilometres; shares are fractions; the figures date from between 2011 and
2018; road accidents are left out, because the file does not say per how many people.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources.reading import LSOA_CODE, add_measures, read_measures

FILE = "deprivation/imd2019_lsoa11_indicators.parquet"
PEOPLE_FILE = "deprivation/imd2019_lsoa11_idaci_idaopi_population.parquet"

DISTANCES = {
    "road_distance_to_a_gp_surgery_indicator_km": "distance_to_gp_surgery",
    "road_distance_to_a_primary_school_indicator_km": "distance_to_primary_school",
    "road_distance_to_general_store_or_supermarket_indicator_km": "distance_to_food_shop",
    "road_distance_to_a_post_office_indicator_km": "distance_to_post_office",
}
SHARES = {"housing_in_poor_condition_indicator": "poor_condition_share"}
AIR = {"air_quality_indicator": "air_pollution_score"}


def read(folder: Path) -> pd.DataFrame:
    """Return distances, shares and scores of each LSOA, with the people they are weighted by."""
    table = _read(folder, FILE, DISTANCES, high=100)
    for file, measures, high in (
        (FILE, SHARES, 1),
        (FILE, AIR, 10),
        (PEOPLE_FILE, {"pop_total_2015": "people"}, 100_000),
    ):
        table = add_measures(table, _read(folder, file, measures, high), file)
    return table


def _read(folder: Path, file: str, measures: dict[str, str], high: float) -> pd.DataFrame:
    return read_measures(
        folder,
        file,
        area="lsoa11_code",
        measures=measures,
        period="2019",
        pattern=LSOA_CODE,
        high=high,
    )
