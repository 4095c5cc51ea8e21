"""Load built tables and boundaries; every table is read once and shared read-only.

Callers must not change what they get: copy first. A missing or damaged file raises
`TableError`, so that one broken table takes one panel down and not the page.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.catalogue import load_catalogue
from data.errors import TableError
from data.manifest import ROOT, TABLES, load_manifest, read_json, reading_table
from data.own.shelf import find_own, take_period
from data.storage import read_table

if TYPE_CHECKING:
    import geopandas as gpd

BOUNDARIES = ROOT / "data/boundaries"
STATIC = ROOT / "static/boundaries"
# What belongs to this module for others, whichever module it is written in.
__all__ = [
    "BOUNDARIES", "FIGURES", "NEWEST_COLUMNS", "ROOT", "STATIC", "TABLES", "boundary_file",
    "load_areas", "load_boundaries", "load_lsoa_values", "load_lsoas", "load_manifest",
    "load_map_index", "load_newest", "load_paths", "load_period", "load_periods", "load_table",
    "load_values", "read_values", "refuse_broken_entry", "share_index",
]  # fmt: skip
MEND = "Put it right and start the dashboard again."
FIGURES = ("value", "lower_ci", "upper_ci", "numerator", "denominator")
NEWEST_COLUMNS = (*FIGURES, "flag", "fit", "fit_quality")


def _read(path: Path, columns: list[str] | None = None, *, index: str = "") -> pd.DataFrame:
    with reading_table(path):
        table = read_table(path, columns)
        return table.set_index(_as_index(table.pop(index))) if index else table


@lru_cache(maxsize=1)
def load_areas() -> pd.DataFrame:
    """Every ward, district, county, region and England.

    Returns:
        index area_code; columns area_name, area_type, district_code, county_code,
        region_code, area_hectares (land inside the boundaries of 2025), population
        (Census 2021, NaN where no LSOA fits), lsoa_count.
    """
    return _read(TABLES / "areas.parquet", index="area_code")


@lru_cache(maxsize=1)
def load_lsoas() -> pd.DataFrame:
    """Every LSOA of 2021.

    Returns:
        index lsoa_code; columns lsoa_name, msoa_code, ward_code, district_code,
        county_code, region_code, population.
    """
    return _read(TABLES / "lsoas.parquet", index="lsoa_code")


def load_table(name: str, index: str) -> pd.DataFrame:
    """Another built table, by the name of its file; read anew at each call.

    Raises:
        TableError: the table is missing or damaged.
    """
    return _read(TABLES / name, index=index)


def load_values(indicator_id: str) -> pd.DataFrame:
    """All values of one indicator, for every area and period it has.

    An own figure of the visitor at hand (`data.own.shelf`) has the areas of its file only.

    Returns:
        the tidy columns of `data.compute.VALUE_COLUMNS`, area by area, oldest first; words are
        categories, a missing value is NaN and its `flag` says why.

    Raises:
        TableError: there is no such table, or it is damaged.
    """
    own = find_own(indicator_id)
    return _load_values(indicator_id) if own is None else own.values


@lru_cache(maxsize=64)  # those with many periods take most of the room, and there are 17 of them
def _load_values(indicator_id: str) -> pd.DataFrame:
    return read_values(indicator_id)


def read_values(indicator_id: str) -> pd.DataFrame:
    """The same, read anew and not kept: for those who go through all indicators.

    Raises:
        TableError: there is no such table, or it is damaged.
    """
    refuse_broken_entry(indicator_id)
    return _with_exact_rates(_read(TABLES / "values" / f"{indicator_id}.parquet"), indicator_id)


def refuse_broken_entry(indicator_id: str) -> None:
    """No figure is shown whose unit, meaning or source cannot be told.

    Raises:
        TableError: the indicator's entry in the catalogue has a fault.
    """
    if why := load_catalogue().broken.get(indicator_id):
        raise TableError(f"{why} {MEND}")


def _with_exact_rates(values: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    """Take rates from their counts: there they are exact.

    The stored rate is rounded, and rounding it again for the screen could end on the wrong
    side of a half.
    """
    indicator = load_catalogue().indicators.get(indicator_id)
    if indicator and indicator.aggregation in ("ratio", "weighted_share"):
        exact = indicator.multiplier * values["numerator"] / values["denominator"]
        values["value"] = exact.where(exact.notna() & values["value"].notna(), values["value"])
    return values


def load_newest(indicator_id: str) -> pd.DataFrame:
    """The newest values of one indicator, for views that hold many indicators at once.

    Returns:
        index area_code (for ward indicators: every area, in the order of `load_areas`);
        columns value, lower_ci, upper_ci, numerator, denominator, flag, fit, fit_quality.
        Other periods are not kept in memory.

    Raises:
        TableError: there is no such table, or it is damaged.
    """
    own = find_own(indicator_id)
    if own is not None:
        return load_period(indicator_id, own.periods[-1])[list(NEWEST_COLUMNS)]
    return _load_newest(indicator_id)


@lru_cache(maxsize=256)
def _load_newest(indicator_id: str) -> pd.DataFrame:
    refuse_broken_entry(indicator_id)
    columns = ["area_code", "period", *NEWEST_COLUMNS]
    values = _read(TABLES / "values" / f"{indicator_id}.parquet", columns)
    values = values[values.pop("period") == load_periods(indicator_id)[-1]].copy()
    return _with_exact_rates(_index_by_area(values), indicator_id)


def load_period(indicator_id: str, period: str) -> pd.DataFrame:
    """The values of one indicator in one period, indexed by area code.

    Returns:
        index area_code; at least the columns of `load_newest`.

    Raises:
        TableError: no table, or no such period in it.
    """
    own = find_own(indicator_id)
    if own is not None:
        return take_period(own, period, load_areas().index)
    # Most visitors look at the newest period, which is in memory already.
    if period == load_periods(indicator_id)[-1]:
        return _load_newest(indicator_id)
    return _load_period(indicator_id, period)


@lru_cache(maxsize=128)
def _load_period(indicator_id: str, period: str) -> pd.DataFrame:
    values = _load_values(indicator_id)
    chosen = values[values["period"] == period].copy()
    if chosen.empty:
        known = ", ".join(load_periods(indicator_id))
        raise TableError(f"{indicator_id} has no period {period!r}; it has: {known}.")
    return _index_by_area(chosen)


def _index_by_area(values: pd.DataFrame) -> pd.DataFrame:
    """Index by area code; tables of all areas share one index, whose look-up is made once."""
    return values.set_axis(share_index(values.pop("area_code"), load_areas().index))


def share_index(codes: pd.Series, every: pd.Index) -> pd.Index:
    """The one index of all areas where the codes are its own, else an index of the codes.

    A table that takes it by `set_axis` has it whole, with its look-up; `set_index` makes a
    look-up for each table, 0.3 MB for all wards.

    Args:
        codes: of areas, one for each row of a table.
        every: the index of `load_areas` or `load_lsoas`.
    """
    whole = len(codes) == len(every) and codes.tolist() == every.tolist()
    return every if whole else _as_index(codes)


def _as_index(codes: pd.Series) -> pd.Index:
    """Codes as plain Python words: looking one up is many times quicker than in Arrow text."""
    return pd.Index(codes.astype(object).tolist(), dtype=object, name=codes.name)


@lru_cache(maxsize=32)
def load_lsoa_values(indicator_id: str) -> pd.DataFrame:
    """The newest values of one indicator for LSOAs.

    Returns:
        index lsoa_code, in the order of `load_lsoas`; the tidy columns, words as categories;
        no limits are computed for LSOAs.

    Raises:
        TableError: the indicator is not published for LSOAs.
    """
    entry = load_manifest()["indicators"].get(indicator_id, {}).get("lsoa")
    if entry is None:
        raise TableError(f"{indicator_id} is not published for LSOAs.")
    refuse_broken_entry(indicator_id)
    catalogue = load_catalogue()
    source = catalogue.sources[entry["source"]]
    over = entry["denominator"]
    columns = ["lsoa_code", indicator_id, *([over] if over else [])]
    table = _read(TABLES / "lsoa_values.parquet", columns)
    table = table.set_axis(share_index(table.pop("lsoa_code"), load_lsoas().index))
    amount = table[indicator_id]
    values = pd.DataFrame({"value": amount, "numerator": np.nan, "denominator": np.nan})
    if over:
        values["numerator"], values["denominator"] = amount, table[over]
        rate = catalogue.indicators[indicator_id].multiplier * amount / table[over]
        values["value"] = rate.where(table[over] > 0)
    values["lower_ci"] = values["upper_ci"] = np.nan
    why = "suppressed" if source.blank == "suppressed" else "not_available"
    native = "native" if source.geography == "lsoa21" else "best_fit"
    words = {"fit": "modelled" if source.modelled else native, "period": entry["period"]}
    for name, word in words.items():
        values[name] = pd.Categorical.from_codes(np.zeros(len(values), dtype="int8"), [word])
    gone = values["value"].isna().to_numpy()
    values["flag"] = pd.Categorical.from_codes(gone.astype("int8"), ["", why])
    values["fit_quality"] = 1.0
    return values


def load_periods(indicator_id: str) -> tuple[str, ...]:
    """The periods of an indicator, oldest first, without opening its table.

    Raises:
        TableError: the indicator was not built.
    """
    own = find_own(indicator_id)
    if own is not None:
        return own.periods
    try:
        return tuple(load_manifest()["indicators"][indicator_id]["periods"])
    except KeyError as error:
        raise TableError(f"{indicator_id}: not in the built tables; run `make data`.") from error


@lru_cache(maxsize=1)
def load_map_index() -> dict[str, dict[str, str]]:
    """Which file holds which map: layer -> area code -> file name.

    Raises:
        TableError: the list is missing or damaged.
    """
    index: dict[str, dict[str, str]] = read_json(BOUNDARIES / "index.json")
    return index


def boundary_file(layer: str, area_code: str) -> str:
    """The name of the prepared map file of an area: wards or LSOAs drawn as paths.

    Raises:
        TableError: no such map.
    """
    try:
        return load_map_index()[layer][area_code]
    except KeyError as error:
        raise TableError(f"there is no {layer} map of {area_code}.") from error


@lru_cache(maxsize=64)
def load_paths(layer: str, area_code: str) -> dict[str, Any]:
    """The map of an area, as the browser gets it (see `data.prepare_boundaries`)."""
    if layer == "lsoa" and area_code not in load_map_index()["lsoa"]:
        from data.lsoa_maps import load_lsoa_paths

        return load_lsoa_paths(area_code)
    content: dict[str, Any] = read_json(STATIC / boundary_file(layer, area_code))
    return content


@lru_cache(maxsize=5)
def load_boundaries(layer: str) -> gpd.GeoDataFrame:
    """Polygons of a layer (`ward`, `lsoa`, `district`, `county`, `region`) in EPSG:27700.

    Raises:
        TableError: no such layer, or the file is damaged.
    """
    import geopandas

    path = BOUNDARIES / f"{layer}.parquet"
    with reading_table(path):
        return geopandas.read_parquet(path)
