"""Indices of Deprivation 2025: scores of the index, domains and sub-domains, and indicators.

Raw files: one row per LSOA 2021. Traps: some "indicators" are standardised scores that can
be negative (mental health, broadband); connectivity runs the other way from all the rest
(high is good); shares are fractions; the homelessness columns repeat one figure per
authority and the patients-per-GP column is uncapped, so both are left out.
"""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import pandas as pd

from data.sources.reading import LSOA_CODE, add_measures, read_measures

INDEX_FILE = "deprivation/imd2025_lsoa21.parquet"
SUBDOMAIN_FILE = "deprivation/imd2025_lsoa21_subdomains.parquet"
INDICATOR_FILE = "deprivation/imd2025_lsoa21_indicators.parquet"

INDEX = {
    "IMD_score": "imd_score",
    "Education_score": "education_score",
    "Health_score": "health_score",
    "Crime_score": "crime_score",
    "Housing_and_Services_score": "housing_and_services_score",
    "Environment_score": "environment_score",
}
SUBDOMAINS = {
    name: name
    for name in (
        "children_and_young_people_score",
        "geographical_barriers_score",
        "wider_barriers_score",
        "indoors_score",
        "outdoors_score",
    )
}
SHARES = {
    "adult_skills_and_english_language_proficiency_indicator": "low_adult_skills_share",
    "entry_to_higher_education_indicator": "no_higher_education_entry_share",
    "owner_occupation_affordability_component_of_housing_affordability_indicator": (
        "unable_to_afford_buying_share"
    ),
    "private_rental_affordability_component_of_housing_affordability_indicator": (
        "unable_to_afford_renting_share"
    ),
    "household_overcrowding_indicator_rooms": "overcrowded_by_rooms_share",
}
RATES = {
    "years_of_potential_life_lost_indicator": "years_of_potential_life_lost",
    "comparative_illness_and_disability_ratio_indicator": "illness_and_disability_ratio",
    "acute_morbidity_indicator": "acute_morbidity_ratio",
    "connectivity_score": "connectivity_score",
    "violence_with_injury_rate_per_1_000_at_risk_population": "violence_with_injury_rate",
    "violence_without_injury_rate_per_1_000_at_risk_population": "violence_without_injury_rate",
    "stalking_and_harassment_rate_per_1_000_at_risk_population": "stalking_and_harassment_rate",
    "burglary_rate_per_1_000_at_risk_properties": "burglary_rate",
    "theft_rate_per_1_000_at_risk_population": "theft_rate",
    "criminal_damage_rate_per_1_000_at_risk_population": "criminal_damage_rate",
    "public_order_and_possession_of_weapons_rate_per_1_000_at_risk_population": (
        "public_order_and_weapons_rate"
    ),
    "anti_social_behaviour_rate_per_1_000_at_risk_population": "anti_social_behaviour_rate",
}
STANDARDISED = {
    "mental_health_indicator": "mental_health_score",
    "digital_connectivity_broadband_download_and_upload_speeds": "broadband_score",
}
# Raw file, its columns, and the lowest and highest figure that can be right.
TABLES = (
    (INDEX_FILE, INDEX, -10, 100),
    (SUBDOMAIN_FILE, SUBDOMAINS, -20, 100),
    (INDICATOR_FILE, SHARES, 0, 1),
    (INDICATOR_FILE, RATES, 0, 1000),
    (INDICATOR_FILE, STANDARDISED, -10, 10),
)


def read(folder: Path) -> pd.DataFrame:
    """Return the scores, shares and rates of each LSOA."""
    tables = [
        read_measures(
            folder,
            file,
            area="lsoa21_code",
            measures=measures,
            period="2025",
            pattern=LSOA_CODE,
            low=low,
            high=high,
        )
        for file, measures, low, high in TABLES
    ]
    files = iter(file for file, *_ in TABLES[1:])
    return reduce(lambda table, other: add_measures(table, other, next(files)), tables)
