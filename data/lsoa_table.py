"""All LSOA figures at once, for views that open up wards in many indicators."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa

from data.catalogue import load_catalogue
from data.errors import TableError
from data.load import TABLES, load_manifest
from data.storage import read_table


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
    try:
        table = read_table(path, None)
        codes = pd.Index(table.pop("lsoa_code").astype(object).tolist(), name="lsoa_code")
        figures = {}
        for indicator_id, indicator in load_catalogue().indicators.items():
            entry = load_manifest()["indicators"].get(indicator_id, {}).get("lsoa")
            if entry is None or indicator.aggregation == "sum":
                continue
            amount = table[indicator_id].to_numpy(dtype=float)
            if over := entry["denominator"]:
                base = table[over].to_numpy(dtype=float)
                shares = np.full(len(base), np.nan)
                np.divide(indicator.multiplier * amount, base, out=shares, where=base > 0)
                amount = shares
            between = (amount > np.nanmin(amount)) & (amount < np.nanmax(amount))
            if between.any():
                figures[indicator_id] = amount
    except FileNotFoundError as error:
        raise TableError(f"{path.name}: the table is missing; run `make data`.") from error
    except (pa.ArrowException, OSError, KeyError) as error:
        raise TableError(f"{path.name}: the table is damaged ({error}).") from error
    return pd.DataFrame(figures, index=codes)


def spread_indicators() -> tuple[str, ...]:
    """Ids of the indicators in `load_lsoa_table`.

    Raises:
        TableError: the table is missing or damaged.
    """
    return tuple(load_lsoa_table().columns)
