"""Indices of Deprivation 2025: people, children, older people and workers counted as deprived.

Raw files: counts (rounded to 5, blank under 10) and the scores of the Income and Employment
domains. Traps: this copy has no population figures. For income and employment the score is
count / population, so the population is count / score. Children (0-15) and older people
(60 and over) have no score here, so the 2021 Census gives their population; counts are of
2022 and exceed it in a few LSOAs, where the count itself is taken as the population.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.sources import census21_age
from data.sources.reading import LSOA_CODE, add_measures, read_measures

SCORE_FILE = "deprivation/imd2025_lsoa21.parquet"
COUNT_FILE = "deprivation/imd2025_lsoa21_indicators.parquet"

SCORES = {"Income_score": "income_share", "Employment_score": "employment_share"}
COUNTS = {
    "income_domain_numerator": "income_deprived_people",
    "income_deprivation_affecting_children_index_idaci_numerator": "income_deprived_children",
    "income_deprivation_affecting_older_people_index_idaopi_numerator": (
        "income_deprived_older_people"
    ),
    "employment_domain_numerator": "employment_deprived_people",
}


def read(folder: Path) -> pd.DataFrame:
    """Return counts of deprived people and the populations they are taken from."""
    counts = _read(folder, COUNT_FILE, COUNTS, high=100_000)
    table = add_measures(counts, _read(folder, SCORE_FILE, SCORES, high=1), SCORE_FILE)
    census = census21_age.read(folder)
    table = add_measures(table, census, census21_age.BANDS_FILE)

    def implied(count: str, share: str, otherwise: str) -> pd.Series:
        population = table[count] / table[share].where(table[share] > 0)
        return population.fillna(table[otherwise])

    def at_least(count: str, population: str) -> pd.Series:
        return table[[count, population]].max(axis=1)

    people = table.assign(
        income_population=implied("income_deprived_people", "income_share", "total"),
        employment_population=implied(
            "employment_deprived_people", "employment_share", "aged_18_66"
        ),
        children_aged_0_15=at_least("income_deprived_children", "aged_0_15"),
        people_aged_60_and_over=at_least("income_deprived_older_people", "aged_60_and_over"),
    )
    populations = [column for column in people if column not in table]
    return people[["area_code", "period", *COUNTS.values(), *populations]]


def _read(folder: Path, file: str, measures: dict[str, str], high: float) -> pd.DataFrame:
    return read_measures(
        folder,
        file,
        area="lsoa21_code",
        measures=measures,
        period="2025",
        pattern=LSOA_CODE,
        high=high,
    )
