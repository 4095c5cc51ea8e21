"""Places a visitor can choose, and the wards inside them."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from data.geography_words import ENGLAND
from data.load import load_areas, load_lsoas

TYPE_WORDS = {
    "district": "council",
    "county": "county",
    "region": "region",
    "country": "country",
    "ward": "ward",
}
COMPARE_WORDS = {
    "england": "England",
    "region": "its region",
    "county": "its county",
    "council": "the council's own figure",
}


@lru_cache(maxsize=1)
def place_codes() -> tuple[str, ...]:
    """Codes of all councils, counties, regions and England, by name; councils first."""
    areas = load_areas()
    places = areas[areas["area_type"] != "ward"].copy()
    order = {"district": 0, "county": 1, "region": 2, "country": 3}
    places["order"] = places["area_type"].map(order)
    return tuple(places.sort_values(["order", "area_name"]).index)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return load_areas()["area_name"].to_dict()


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    areas = load_areas()
    places = areas[areas["area_type"].isin(["county", "region"])]
    kinds = places["area_type"].map(TYPE_WORDS)
    return {**_names(), **(places["area_name"] + " (" + kinds + ")").to_dict()}


def place_name(code: str) -> str:
    """The name of an area."""
    return _names()[code]


def place_label(code: str) -> str:
    """The name of an area with its kind where it is not a council: "Devon (county)"."""
    return _labels()[code]


def ward_label(code: str) -> str:
    """The name of a ward with its council, since ward names repeat."""
    return f"{place_name(code)}, {place_name(load_areas().at[code, 'district_code'])}"


@lru_cache(maxsize=16)
def ward_names(area: str) -> dict[str, str]:
    """Names of an area's wards by code, in alphabetical order; shared, not to be changed."""
    return wards_of(area)["name"].sort_values().to_dict()


@lru_cache(maxsize=64)
def wards_of(area: str) -> pd.DataFrame:
    """The wards of an area in the order of its map.

    Returns:
        index area code, sorted; columns name (with the council where the area holds
        several), ward_name, district_name, population, lsoa_count.
    """
    areas = load_areas()
    wards = areas[areas["area_type"] == "ward"]
    if area != ENGLAND:
        wards = wards[wards[f"{areas.at[area, 'area_type']}_code"] == area]
    wards = wards.sort_index()
    district_name = wards["district_code"].map(areas["area_name"])
    several = district_name.nunique() > 1
    name = wards["area_name"].str.cat(district_name, sep=", ") if several else wards["area_name"]
    return pd.DataFrame(
        {
            "name": name.astype(object),
            "ward_name": wards["area_name"].astype(object),
            "district_name": district_name.astype(object),
            "population": wards["population"],
            "lsoa_count": wards["lsoa_count"],
        }
    )


@lru_cache(maxsize=32)
def lsoas_of(area: str) -> pd.DataFrame:
    """The LSOAs of an area in the order of its map: name (with the ward), ward_code, lsoa_count."""
    lsoas = load_lsoas()
    if area != ENGLAND:
        lsoas = lsoas[lsoas[f"{load_areas().at[area, 'area_type']}_code"] == area]
    inside = lsoas.sort_index()
    ward = inside["ward_code"].map(load_areas()["area_name"])
    name = inside["lsoa_name"].str.cat(ward, sep=", ")
    return pd.DataFrame(
        {"name": name.astype(object), "ward_code": inside["ward_code"], "lsoa_count": 1}
    )


def benchmarks_of(area: str) -> dict[str, str]:
    """What an area's wards can be compared with: word of the address -> area code."""
    row = load_areas().loc[area]
    found = {"england": ENGLAND}
    if row["area_type"] in ("district", "county") and isinstance(row["region_code"], str):
        found["region"] = row["region_code"]
    if row["area_type"] == "district" and isinstance(row["county_code"], str):
        found["county"] = row["county_code"]
    if area != ENGLAND:
        found["council"] = area
    return found
