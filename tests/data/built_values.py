"""The committed tables as arrays, each file opened once, and sums from area to area."""

from functools import cache, lru_cache

import numpy as np
import pandas as pd
from scipy import sparse

from data.catalogue import load_catalogue
from data.load import TABLES, load_areas, load_manifest
from data.storage import read_table

CATALOGUE = load_catalogue()
WARD_INDICATORS = sorted(CATALOGUE.ward_indicators)
DISTRICT_INDICATORS = sorted(set(CATALOGUE.indicators) - set(WARD_INDICATORS))
#: Tests of all and tests of ward indicators then agree on the order, so a file is opened once.
INDICATORS = WARD_INDICATORS + DISTRICT_INDICATORS
COUNTS = ("numerator", "denominator")
#: (smaller kind of area, larger kind of area): every larger area is made of smaller ones.
STEPS = (
    ("ward", "district"),
    ("ward", "county"),
    ("ward", "region"),
    ("ward", "country"),
    ("district", "county"),
    ("district", "region"),
    ("district", "country"),
    ("region", "country"),
)


@lru_cache(maxsize=3)
def values_of(indicator_id: str) -> pd.DataFrame:
    """The table of an indicator with `place`, the row of each area in the areas table."""
    columns = ["area_code", "period", "value", *COUNTS, "lower_ci", "upper_ci", "flag", "fit"]
    table = read_table(TABLES / f"values/{indicator_id}.parquet", [*columns, "fit_quality"])
    codes = table["area_code"].cat
    places = load_areas().index.get_indexer(codes.categories)
    return table.assign(place=places[codes.codes.to_numpy()])


def grid(indicator_id: str, column: str) -> np.ndarray:
    """One column as areas x periods; an area without a row has NaN (or "" for words)."""
    table = values_of(indicator_id)
    periods, period = load_manifest()["indicators"][indicator_id]["periods"], table["period"].cat
    across = pd.Index(periods).get_indexer(period.categories)[period.codes.to_numpy()]
    words = table[column].dtype == "category"
    figures = table[column].cat.codes if words else table[column]
    empty = -1 if words else np.nan
    cells = np.full((len(load_areas()), len(periods)), empty, dtype=figures.dtype)
    cells[table["place"].to_numpy(), across] = figures.to_numpy()
    if words:
        return np.array([*table[column].cat.categories, ""], dtype=object)[cells]
    return cells


@cache
def places_of(kind: str) -> np.ndarray:
    """Rows of the areas table that are of one kind."""
    return np.flatnonzero((load_areas()["area_type"] == kind).to_numpy())


@cache
def parents(smaller: str, larger: str) -> sparse.csr_matrix:
    """larger x smaller areas: 1 where the smaller one lies in the larger one."""
    areas = load_areas()
    inside, outside = areas.iloc[places_of(smaller)], areas.index[places_of(larger)]
    if larger == "country":
        return sparse.csr_matrix(np.ones((1, len(inside))))
    rows = outside.get_indexer(inside[f"{larger}_code"])
    known = np.flatnonzero(rows >= 0)
    where = (rows[known], known)
    return sparse.csr_matrix((np.ones(len(known)), where), (len(outside), len(inside)))
