"""People vaccinated against Covid-19 by MSOA (2011), up to nine days of 2021."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.errors import SourceError
from data.sources.covid_table import by_day, read_rows
from data.sources.reading import MSOA_CODE, as_native, check_choices

FILE = "covid/vaccination_msoa_2021.parquet"
DOSES = {"covid_vaccinated_dose1": "first_doses", "covid_vaccinated_dose2": "second_doses"}
POPULATION = "population_nims"
BANDS = (
    "all ages",
    *(f"Under {age}" for age in (18, 25, 40, 45, 50, 55, 60, 65, 70)),
    *(f"{age}-{age + 4}" for age in range(25, 80, 5)),
    "18-24",
    "80+",
    "16+",
    "18+",
)


def _count_people(rows: pd.DataFrame) -> pd.DataFrame:
    # The bands of one date cover everybody once, so that their sum does not depend on
    # how finely they are cut; "all ages" stands alone.
    alone = rows["age_band"].eq("all ages")
    keys = ["area_code", "period", "indicator"]
    mixed = rows.assign(alone=alone).groupby(keys)["alone"].nunique() > 1
    if mixed.any():
        raise SourceError(
            FILE, "all ages beside age bands", column="age_band", value=mixed.idxmax()
        )
    people = rows.groupby(keys)["value"].sum(min_count=1).unstack("indicator")
    return people.rename(columns=DOSES).reset_index()


def read(folder: Path) -> pd.DataFrame:
    """Read `first_doses`, `second_doses` and `population_16_and_over`.

    The doses are people of all ages vaccinated so far. The population was counted once,
    on 6 July 2021, and is repeated for every date.

    Raises:
        SourceError: an age band is new, or stands beside the total of all ages.
    """
    rows = read_rows(
        folder, FILE, [*DOSES, POPULATION], by_day, areas=MSOA_CODE, also=("age_band",)
    )
    check_choices(rows, FILE, "age_band", BANDS)
    people = _count_people(rows[rows["indicator"] != POPULATION])
    adults = rows[(rows["indicator"] == POPULATION) & (rows["age_band"] == "16+")]
    population = adults.set_index("area_code")["value"]
    people["population_16_and_over"] = people["area_code"].map(population)
    people.columns.name = None
    return as_native(
        people[["area_code", "period", *DOSES.values(), "population_16_and_over"]], "area_code"
    )
