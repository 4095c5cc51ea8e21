"""Small made-up indicators and tables for the tests of the analysis."""

import numpy as np
import pandas as pd

from analysis.choropleth import Subject
from data.catalogue import Indicator, Source

NAN = np.nan


def make_indicator(**changes: object) -> Indicator:
    fields: dict[str, object] = {
        "id": "fuel_poverty_percent",
        "theme": "housing",
        "name": "Households in fuel poverty",
        "short_name": "Fuel poverty",
        "definition": "Households that cannot heat their home.",
        "unit": "%",
        "measure": "percentage",
        "decimals": 1,
        "polarity": "low_is_good",
        "source": "fuel",
        "aggregation": "ratio",
        "numerator": ("poor",),
        "denominator": ("households",),
        "multiplier": 100,
        "denominator_words": "of households",
        "interval": "wilson",
    }
    return Indicator(**(fields | changes))


def make_source(**changes: object) -> Source:
    fields: dict[str, object] = {
        "id": "fuel",
        "title": "Sub-regional fuel poverty",
        "publisher": "DESNZ",
        "url": "https://www.gov.uk/",
        "licence": "OGL v3.0",
        "attribution": "Crown copyright",
        "vintage": "2024",
        "geography": "lsoa21",
        "files": ("a.csv",),
        "producer_description": "Low income, low energy efficiency.",
        "processing_note": "Added up.",
        "obtained_from": "gov.uk",
    }
    return Source(**(fields | changes))


def make_subject(indicator: Indicator | None = None, **changes: object) -> Subject:
    return Subject(indicator or make_indicator(), make_source(**changes), "2022", "Aldham")


CODES = [f"E0500000{n}" for n in range(1, 7)]


def make_areas() -> pd.DataFrame:
    names = ["North", "South", "Mill", "Empty", "Quay", "Old Town"]
    return pd.DataFrame({"name": names, "lsoa_count": [2, 1, 1, 0, 3, 1]}, index=CODES)


def make_values() -> pd.DataFrame:
    """North is worse than 10, South similar, Mill better; Empty, Quay have no figure."""
    return pd.DataFrame(
        {
            "value": [20.0, 10.5, 5.0, NAN, NAN],
            "lower_ci": [18.0, 9.0, 4.0, NAN, NAN],
            "upper_ci": [22.0, 12.0, 6.0, NAN, NAN],
            "numerator": [40.0, 21.0, 10.0, NAN, NAN],
            "denominator": [200.0, 200.0, 200.0, NAN, 100.0],
            "fit_quality": [0.9, 0.8, 1.0, 0.0, 0.7],
            "flag": pd.Categorical(["", "estimated", "", "not_available", "suppressed"]),
            "fit": pd.Categorical(["best_fit"] * 5),
        },
        index=CODES[:5],
    )
