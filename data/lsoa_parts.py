"""What the figures of LSOAs are made of, so that any set of LSOAs can be added up.

The table of LSOAs keeps counts with what they are divided by, and means. What a mean is
weighted by is found among those counts; where the build used a count that is not kept for
LSOAs, people at the census stand for it, and the figure is an estimate.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from data.catalogue import Indicator, load_catalogue
from data.errors import TableError
from data.manifest import TABLES, load_manifest, reading_table
from data.storage import read_table

PEOPLE = "of census21_age.total"
# Weights of means that are no count's own divisor: the columns whose sum they are.
WEIGHTS = {
    "census21_age.aged_15_19": ("population_aged_15_19_percent",),
    "census21_age.aged_25_64": ("population_aged_25_44_percent", "population_aged_45_64_percent"),
    "census21_age.aged_16_and_over": (
        "population_aged_16_64_percent",
        "population_aged_65_and_over_percent",
    ),
}
_BATCH = 12  # columns read at once: stored decimals take four times the room of floats


@dataclass(frozen=True)
class LsoaIndicator:
    """How one indicator's figure for a set of LSOAs is made.

    `over`: columns whose sum the counts are divided by, or the means weighted by; empty for
    plain counts. `hidden`: least and most that a withheld count can be. `exact` is False
    where the census' people stand for the weight that the build used. `period` is that of
    the LSOA figures.
    """

    indicator: Indicator
    over: tuple[str, ...]
    hidden: tuple[float, float] | None
    exact: bool
    period: str


@lru_cache(maxsize=1)
def list_lsoa_indicators() -> tuple[LsoaIndicator, ...]:
    """The indicators published for LSOAs, in the order of the catalogue.

    Raises:
        TableError: the manifest cannot be read.
    """
    catalogue, manifest = load_catalogue(), load_manifest()["indicators"]
    kept = set(_kept_columns())
    found = []
    for indicator in catalogue.indicators.values():
        entry = manifest.get(indicator.id, {}).get("lsoa")
        if not entry or indicator.id in catalogue.broken:
            continue
        source = catalogue.sources[entry["source"]]
        over, exact = _find_divisor(indicator, entry["denominator"], kept)
        withholds = source.blank == "suppressed" and indicator.aggregation in ("ratio", "sum")
        hidden = source.blank_range if withholds else None
        found.append(LsoaIndicator(indicator, over, hidden, exact, entry["period"]))
    return tuple(found)


def _kept_columns() -> list[str]:
    import pyarrow.parquet as pq

    path = TABLES / "lsoa_values.parquet"
    with reading_table(path):
        return list(pq.read_schema(path).names)


def _find_divisor(
    indicator: Indicator, denominator: str | None, kept: Collection[str]
) -> tuple[tuple[str, ...], bool]:
    if denominator:
        return (denominator,), True
    if not indicator.weight:
        return (), True
    if indicator.weight in WEIGHTS:
        return WEIGHTS[indicator.weight], True
    column = f"of {indicator.weight}"
    return ((column,), True) if column in kept else ((PEOPLE,), False)


def list_missing_indicators() -> tuple[Indicator, ...]:
    """The ward indicators that no set of LSOAs can have: not published for LSOAs."""
    catalogue = load_catalogue()
    known = {*(found.indicator.id for found in list_lsoa_indicators()), *catalogue.broken}
    return tuple(catalogue.indicators[i] for i in catalogue.ward_indicators if i not in known)


@lru_cache(maxsize=16)
def load_lsoa_parts(codes: tuple[str, ...]) -> pd.DataFrame:
    """Counts, divisors and means of some LSOAs.

    Args:
        codes: LSOAs of 2021, each once.

    Returns:
        index lsoa_code in the order given; one column for each indicator (its count, or its
        mean in the catalogue's unit) and for each divisor (`of …`), NaN where there is none.

    Raises:
        TableError: the table is missing or damaged, or has no such LSOA.
    """
    path = TABLES / "lsoa_values.parquet"
    columns = [name for name in _kept_columns() if name != "lsoa_code"]
    parts = []
    with reading_table(path):
        known = pd.Index(read_table(path, ["lsoa_code"])["lsoa_code"].astype(object).tolist())
        places = known.get_indexer(pd.Index(codes, dtype=object))
        if (places < 0).any():
            raise TableError(f"{codes[int(np.argmin(places))]} is not an LSOA of 2021.")
        for start in range(0, len(columns), _BATCH):
            table = read_table(path, columns[start : start + _BATCH])
            parts.append(table.iloc[places].astype(float))
    return pd.concat(parts, axis=1).set_axis(pd.Index(codes, name="lsoa_code"), axis=0)
