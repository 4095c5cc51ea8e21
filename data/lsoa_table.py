"""All LSOA figures at once, for views that open up wards in many indicators."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from data.catalogue import load_catalogue
from data.load import load_lsoas, share_index
from data.manifest import TABLES, load_manifest, reading_table
from data.storage import read_table

_BATCH = 12  # indicators read at once


@lru_cache(maxsize=1)
def load_lsoa_table() -> pd.DataFrame:
    """The newest figure of every indicator with a spread among LSOAs.

    Left out are counts (an LSOA always holds fewer than its ward) and figures that know only
    two values, such as living in a rural area or not.

    Returns:
        index lsoa_code; one column of figures per indicator id, in the order of the
        catalogue, in the unit of the catalogue; NaN where the source gives none. The figures
        are those of `load.load_lsoa_values`, read in a tenth of the time.

    Raises:
        TableError: the table is missing or damaged.
    """
    path = TABLES / "lsoa_values.parquet"
    manifest, catalogue = load_manifest()["indicators"], load_catalogue()
    chosen = {
        i: manifest[i]["lsoa"]["denominator"]
        for i, indicator in catalogue.indicators.items()
        if i not in catalogue.broken
        and manifest.get(i, {}).get("lsoa")
        and indicator.aggregation != "sum"
    }
    ids = list(chosen)
    figures: dict[str, np.ndarray] = {}
    with reading_table(path):
        codes = read_table(path, ["lsoa_code"])["lsoa_code"]
        # Batch by batch: stored decimals take four times the room of the figures that are kept.
        for start in range(0, len(ids), _BATCH):
            batch = {i: chosen[i] for i in ids[start : start + _BATCH]}
            figures |= _read_batch(path, batch)
    return pd.DataFrame(figures, index=share_index(codes, load_lsoas().index))


def _read_batch(path: Path, batch: dict[str, str]) -> dict[str, np.ndarray]:
    """Figures of some indicators that know more than two values; id -> column to divide by."""
    table = read_table(path, list(dict.fromkeys([*batch, *filter(None, batch.values())])))
    figures = {}
    for indicator_id, over in batch.items():
        amount = table[indicator_id].to_numpy(dtype=float)
        if over:
            base = table[over].to_numpy(dtype=float)
            multiplier = load_catalogue().indicators[indicator_id].multiplier
            shares = np.full(len(base), np.nan)
            np.divide(multiplier * amount, base, out=shares, where=base > 0)
            amount = shares
        between = (amount > np.nanmin(amount)) & (amount < np.nanmax(amount))
        if between.any():
            figures[indicator_id] = amount
    return figures


def spread_indicators() -> tuple[str, ...]:
    """Ids of the indicators in `load_lsoa_table`.

    Raises:
        TableError: the table is missing or damaged.
    """
    return tuple(load_lsoa_table().columns)
