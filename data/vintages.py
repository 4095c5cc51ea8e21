"""Ended wards and LSOAs: what they were called, and how their figures reach today's areas.

A figure given for an ended area is shared out to the areas that took its place by where the
people of Census 2021 live. Only ended codes are listed: a code that lives on is the same
area, since a change of boundaries gives a new code.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from data.geography import Geography, compute_ward_pairs, pair_lsoas_of_2011
from data.manifest import TABLES, reading_table
from data.sources.reading import read_raw
from data.storage import read_table, write_table

FILE = "vintages.parquet"
_PAIR = ["source", "target", "weight"]
#: The newest first: a ward that was there in several years is carried from the last of them.
_LOOKUPS_2011 = (
    ("2019", "lookups/lsoa11_ward19_ltla19.parquet", "LSOA11CD", "WD19CD"),
    ("2017", "lookups/lsoa11_ward17.parquet", "lsoa11_code", "ward17_code"),
)


def make_vintages_table(folder: Path, geography: Geography) -> pd.DataFrame:
    """Every ended ward and LSOA of 2011, and what it became.

    Returns:
        columns kind (`ward`, `lsoa`), code, name and district_code (today's district; "" for
        LSOAs), year (of the lookup it is carried
        by, or of the list that names it), target (a ward of 2025 or an LSOA of
        2021, "" where no lookup says), share (of its people; 0 where there is no target).

    Raises:
        SourceError: a lookup is missing or damaged.
    """
    lsoas = pair_lsoas_of_2011(folder, geography)
    wards = _pair_wards(folder, geography, lsoas)
    ended = lsoas[~lsoas["source"].isin(geography.lsoas["lsoa_code"])].assign(year="2011")
    names = _read_names(folder)
    today = geography.areas["area_code"]
    unpaired = names.index.difference(wards["source"]).difference(today)
    rest = pd.DataFrame({"source": unpaired, "target": "", "weight": 0.0})
    rest["year"] = rest["source"].map(names["year"]).astype(str)
    wards = pd.concat([wards[~wards["source"].isin(today)], rest])
    table = pd.concat([wards.assign(kind="ward"), ended.assign(kind="lsoa")])
    total = table.groupby("source")["weight"].transform("sum")
    table["share"] = (table["weight"] / total.where(total > 0, 1)).round(4)
    table = table[(table["share"] > 0) | (table["target"] == "")]
    table["name"] = table["source"].map(names["name"]).fillna("")
    table["district_code"] = table["source"].map(names["district_code"]).fillna("")
    table = table.rename(columns={"source": "code"}).sort_values(["kind", "code", "target"])
    columns = ["kind", "code", "name", "district_code", "year", "target", "share"]
    return table[columns].reset_index(drop=True)


def _read_names(folder: Path) -> pd.DataFrame:
    file = "lookups/ward_all_codes.parquet"
    columns = {"WDNM": "name", "LADCD_ACTIVE": "district_code", "SOURCEFILE": "year"}
    names = read_raw(folder, file, ["WDCD", *columns]).rename(columns=columns)
    return names.drop_duplicates("WDCD", keep="last").set_index("WDCD")


def _pair_wards(folder: Path, geography: Geography, lsoas: pd.DataFrame) -> pd.DataFrame:
    """Wards of 2017 to 2024 and wards of 2025: source, target, weight (people), year."""
    people = geography.lsoas.set_index("lsoa_code")
    file = "lookups/lsoa21_ward24_ltla24.parquet"
    of_2024 = read_raw(folder, file, ["lsoa21_code", "ward24_code"])
    found = [_add_up(of_2024["ward24_code"], of_2024["lsoa21_code"], None, people).assign(
        year="2024")]  # fmt: skip
    for key, year in (("ward22", "2022"), ("ward21", "2021")):
        found.append(compute_ward_pairs(folder, geography, key)[_PAIR].assign(year=year))
    # An LSOA of today that several of 2011 share land with is taken to be theirs in equal parts.
    held = lsoas.assign(held=1 / lsoas.groupby("target")["source"].transform("size"))
    for year, file, lsoa, ward in _LOOKUPS_2011:
        lookup = read_raw(folder, file, [lsoa, ward]).rename(columns={lsoa: "source"})
        joined = lookup.merge(held, on="source")
        pairs = _add_up(joined[ward], joined["target"], joined["held"], people)
        found.append(pairs.assign(year=year))
    known: set[str] = set()
    kept = []
    for pairs in found:
        kept.append(pairs[~pairs["source"].isin(known) & pairs["source"].str.startswith("E05")])
        known |= set(pairs["source"])
    return pd.concat(kept)


def _add_up(
    source: pd.Series, lsoa: pd.Series, held: pd.Series | None, people: pd.DataFrame
) -> pd.DataFrame:
    """People in both an old ward and a ward of today; `held`: what part of each LSOA counts."""
    weight = lsoa.map(people["population"]).astype(float) * (1.0 if held is None else held)
    target = lsoa.map(people["ward_code"])
    pairs = pd.DataFrame({"source": source, "target": target, "weight": weight})
    return pairs.groupby(["source", "target"], as_index=False)["weight"].sum()


def write_vintages(folder: Path, geography: Geography, tables: Path) -> None:
    """Write the table of ended areas.

    Raises:
        SourceError: see `make_vintages_table`.
    """
    write_table(make_vintages_table(folder, geography), tables / FILE, {"share": 4})


@lru_cache(maxsize=1)
def load_vintages() -> pd.DataFrame:
    """The table of ended areas (see `make_vintages_table`); shares add up to one.

    Raises:
        TableError: the table is missing or damaged.
    """
    with reading_table(TABLES / FILE):
        table = read_table(TABLES / FILE)
        total = table.groupby("code")["share"].transform("sum")
    table["share"] = table["share"] / total.where(total > 0, 1)
    return table
