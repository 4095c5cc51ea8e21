"""Areas and the ways between them: hierarchy, best fit, apportionment, vintages.

Everything passes through the 33,755 LSOAs of 2021. A raw figure reaches them by a
*share table* (what part of a source area's people live in each LSOA), and LSOAs are
added up to wards of 2025 by best fit and to districts, counties, regions and England
exactly. Earlier wards are the one exception: they go straight to wards of 2025.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy import sparse

from data.errors import SourceError
from data.geography_words import ENGLAND
from data.sources.reading import check_codes, check_unique, read_raw

Shares: TypeAlias = sparse.csr_matrix


@dataclass(frozen=True)
class Geography:
    """All areas and lookups of one build.

    `areas`: one row per ward, district, county, region and England, in the order in
    which tables are written: area_code, area_name, area_type, district_code,
    county_code, region_code. `lsoas`: one row per LSOA 2021: lsoa_code, lsoa_name,
    msoa_code, ward_code, district_code, county_code, region_code, population.
    `members`: areas x LSOAs, 1 where the LSOA belongs to the area.
    """

    areas: pd.DataFrame
    lsoas: pd.DataFrame
    members: Shares
    district_successor: dict[str, str]

    @property
    def population(self) -> np.ndarray:
        """Census 2021 residents of each LSOA, as floats."""
        return self.lsoas["population"].to_numpy(dtype="float64")


def compute_share_table(
    pairs: pd.DataFrame, source_codes: pd.Index, target_codes: pd.Index
) -> Shares:
    """Turn weighted pairs into a targets x sources matrix whose columns add up to one.

    Args:
        pairs: columns source, target, weight (people living in both).
        source_codes: the order of the columns.
        target_codes: the order of the rows.

    A source whose pairs weigh nothing is shared out equally, so that no total is lost.

    Raises:
        ValueError: a code is not in its list, or a source has no pair at all.
    """
    rows = target_codes.get_indexer(pairs["target"])
    columns = source_codes.get_indexer(pairs["source"])
    for places, column in ((rows, "target"), (columns, "source")):
        if (places < 0).any():
            raise ValueError(f"unknown {column} {pairs[column].iloc[int(np.argmax(places < 0))]!r}")
    weights = pairs["weight"].to_numpy(dtype="float64")
    totals = np.bincount(columns, weights, minlength=len(source_codes))
    counts = np.bincount(columns, minlength=len(source_codes))
    if (counts == 0).any():
        raise ValueError(f"no pair for source {source_codes[int(np.argmax(counts == 0))]!r}")
    empty = totals[columns] == 0
    share = np.where(empty, 1 / counts[columns], weights / np.where(empty, 1, totals[columns]))
    return sparse.csr_matrix((share, (rows, columns)), (len(target_codes), len(source_codes)))


def read_geography(folder: Path) -> Geography:
    """Read the areas of 2025, the LSOAs of 2021 and how they nest from the raw folder.

    Raises:
        SourceError: a lookup is missing, or codes do not match.
    """
    wards = read_raw(
        folder, "boundaries/ward_2025.parquet", ["WD25CD", "WD25NM", "LAD25CD", "UTLACD", "RGNCD"]
    ).rename(
        columns={
            "WD25CD": "area_code",
            "WD25NM": "area_name",
            "LAD25CD": "district_code",
            "UTLACD": "county_code",
            "RGNCD": "region_code",
        }
    )
    check_codes(wards, "boundaries/ward_2025.parquet", "area_code", r"E05\d{6}")
    check_unique(wards, "boundaries/ward_2025.parquet", ["area_code"])
    # An upper-tier authority is a county here only where districts stand below it.
    wards["county_code"] = wards["county_code"].where(wards["county_code"].str.startswith("E10"))
    districts = _read_names(folder, "ltla_2025", "LAD25CD", "LAD25NM", "district")
    counties = _read_names(folder, "utla_2025", "UTLACD", "UTLANM", "county")
    counties = counties[counties["area_code"].str.startswith("E10")]
    regions = _read_names(folder, "region_2025", "RGNCD", "RGNNM", "region")
    parents = wards.drop_duplicates("district_code").set_index("district_code")
    for column in ("county_code", "region_code"):
        districts[column] = districts["area_code"].map(parents[column])
    districts["district_code"] = districts["area_code"]
    counties["county_code"] = counties["area_code"]
    by_county = wards.dropna(subset="county_code").drop_duplicates("county_code")
    counties["region_code"] = counties["area_code"].map(
        by_county.set_index("county_code")["region_code"]
    )
    regions["region_code"] = regions["area_code"]
    england = pd.DataFrame(
        {"area_code": [ENGLAND], "area_name": ["England"], "area_type": ["country"]}
    )
    wards["area_type"] = "ward"
    parts = [wards, districts, counties, regions, england]
    areas = pd.concat([p.sort_values("area_code") for p in parts], ignore_index=True)
    areas = areas[
        ["area_code", "area_name", "area_type", "district_code", "county_code", "region_code"]
    ]
    lsoas = _read_lsoas(folder, areas)
    return Geography(areas, lsoas, _compute_members(areas, lsoas), _read_successors(folder))


def _read_names(folder: Path, layer: str, code: str, name: str, area_type: str) -> pd.DataFrame:
    file = f"boundaries/{layer}.parquet"
    frame = read_raw(folder, file, [code, name])
    check_codes(frame, file, code)
    check_unique(frame, file, [code])
    frame = frame.rename(columns={code: "area_code", name: "area_name"})
    return frame.assign(area_type=area_type)


def _read_lsoas(folder: Path, areas: pd.DataFrame) -> pd.DataFrame:
    file = "lookups/lsoa21_ward25_derived.parquet"
    lookup = read_raw(folder, file, ["lsoa21_code", "lsoa21_name", "ward25_code"])
    check_unique(lookup, file, ["lsoa21_code"])
    unknown = ~lookup["ward25_code"].isin(areas["area_code"])
    if unknown.any():
        row = int(np.argmax(unknown.to_numpy()))
        raise SourceError(
            file,
            "not a ward of 2025",
            row=row + 1,
            column="ward25_code",
            value=lookup["ward25_code"].iloc[row],
        )
    msoas = read_raw(
        folder, "lookups/lsoa21_msoa21_ltla25.parquet", ["LSOA21CD", "MSOA21CD", "LAD25CD"]
    ).set_index("LSOA21CD")
    people = read_raw(folder, "demographics/census21_age5_lsoa21.parquet", ["lsoa21_code", "total"])
    lsoas = lookup.rename(
        columns={"lsoa21_code": "lsoa_code", "lsoa21_name": "lsoa_name", "ward25_code": "ward_code"}
    ).sort_values("lsoa_code", ignore_index=True)
    lsoas["msoa_code"] = lsoas["lsoa_code"].map(msoas["MSOA21CD"])
    lsoas["district_code"] = lsoas["lsoa_code"].map(msoas["LAD25CD"])
    district = areas[areas["area_type"] == "district"].set_index("area_code")
    lsoas["county_code"] = lsoas["district_code"].map(district["county_code"])
    lsoas["region_code"] = lsoas["district_code"].map(district["region_code"])
    lsoas["population"] = lsoas["lsoa_code"].map(people.set_index("lsoa21_code")["total"])
    for column in ("msoa_code", "district_code", "region_code", "population"):
        if lsoas[column].isna().any():
            code = lsoas.loc[lsoas[column].isna(), "lsoa_code"].iloc[0]
            raise SourceError(file, f"an LSOA has no {column}", column="lsoa21_code", value=code)
    lsoas["ward_code"] = _keep_in_district(folder, lsoas, areas)
    return lsoas


def _keep_in_district(folder: Path, lsoas: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    """The ward of each LSOA, always of its own district, so that wards add up to districts.

    An LSOA that best fit puts across the border goes to the ward that covers most of it.
    """
    home = areas.set_index("area_code")["district_code"]
    own = lsoas.set_index("lsoa_code")["district_code"]
    columns = ["LSOA21CD", "WD25CD", "area_share"]
    overlap = read_raw(folder, "lookups/lsoa21_ward25_area_overlap.parquet", columns)
    inside = overlap[overlap["WD25CD"].map(home) == overlap["LSOA21CD"].map(own)]
    largest = inside.sort_values("area_share").groupby("LSOA21CD")["WD25CD"].last()
    astray = lsoas["ward_code"].map(home) != lsoas["district_code"]
    return lsoas["ward_code"].mask(astray, lsoas["lsoa_code"].map(largest))


def _compute_members(areas: pd.DataFrame, lsoas: pd.DataFrame) -> Shares:
    position = pd.Index(areas["area_code"])
    country = pd.Series(ENGLAND, index=lsoas.index)
    rows, columns = [], []
    for codes in (
        lsoas["ward_code"],
        lsoas["district_code"],
        lsoas["county_code"],
        lsoas["region_code"],
        country,
    ):
        known = np.flatnonzero(codes.notna().to_numpy())
        rows.append(position.get_indexer(codes.iloc[known]))
        columns.append(known)
    where = (np.concatenate(rows), np.concatenate(columns))
    return sparse.csr_matrix((np.ones(len(where[0])), where), (len(areas), len(lsoas)))


def _read_successors(folder: Path) -> dict[str, str]:
    """Every district code since 2011 and the code that stands for it today."""
    codes = read_raw(folder, "lookups/ltla_all_codes_active.csv", ["LADCD", "LADCD_ACTIVE"])
    return dict(zip(codes["LADCD"], codes["LADCD_ACTIVE"], strict=True))


def compute_shares(folder: Path, geography: Geography, source_geography: str) -> Shares | None:
    """Return the LSOA 2021 x source area matrix for a native geography, None for LSOA 2021.

    The columns follow `source_codes` of the same geography.
    """
    if source_geography == "lsoa21":
        return None
    lsoa_codes = pd.Index(geography.lsoas["lsoa_code"])
    pairs = _PAIRS[source_geography](folder, geography)
    return compute_share_table(pairs, pd.Index(sorted(pairs["source"].unique())), lsoa_codes)


def source_codes(folder: Path, geography: Geography, source_geography: str) -> pd.Index:
    """Return the codes of a native geography in the order of the columns of its share table."""
    if source_geography == "lsoa21":
        return pd.Index(geography.lsoas["lsoa_code"])
    return pd.Index(sorted(_PAIRS[source_geography](folder, geography)["source"].unique()))


def _pairs_msoa21(_folder: Path, geography: Geography) -> pd.DataFrame:
    lsoas = geography.lsoas
    return pd.DataFrame(
        {"source": lsoas["msoa_code"], "target": lsoas["lsoa_code"], "weight": lsoas["population"]}
    )


def pair_lsoas_of_2011(folder: Path, geography: Geography) -> pd.DataFrame:
    """LSOAs of 2011 and of 2021 with land in common.

    Returns:
        columns source (2011), target (2021), weight (people of the target), share (of the
        source's people).
    """
    file = "lookups/lsoa11_lsoa21_ltla22.parquet"
    lookup = read_raw(folder, file, ["lsoa11_code", "lsoa21_code"])
    check_unique(lookup, file, ["lsoa11_code", "lsoa21_code"])
    people = geography.lsoas.set_index("lsoa_code")["population"]
    pairs = pd.DataFrame(
        {
            "source": lookup["lsoa11_code"],
            "target": lookup["lsoa21_code"],
            "weight": lookup["lsoa21_code"].map(people),
        }
    )
    pairs["share"] = pairs["weight"] / pairs.groupby("source")["weight"].transform("sum")
    return pairs


def _pairs_msoa11(folder: Path, geography: Geography) -> pd.DataFrame:
    nesting = read_raw(
        folder, "lookups/lsoa11_msoa11_ltla21.parquet", ["lsoa11_code", "msoa11_code"]
    )
    people = read_raw(
        folder,
        "demographics/population_mid2020_single_year_lsoa11.parquet",
        ["lsoa11_code", "total_population"],
    ).set_index("lsoa11_code")["total_population"]
    pairs = pair_lsoas_of_2011(folder, geography)
    pairs["weight"] = pairs["share"] * pairs["source"].map(people)
    pairs["source"] = pairs["source"].map(nesting.set_index("lsoa11_code")["msoa11_code"])
    return pairs.groupby(["source", "target"], as_index=False)["weight"].sum()


_PAIRS = {"lsoa11": pair_lsoas_of_2011, "msoa21": _pairs_msoa21, "msoa11": _pairs_msoa11}


WARD_LAYERS = {
    "ward21": ("boundaries/ward_2021.parquet", "ward21_code"),
    "ward22": ("boundaries/ward_2022.parquet", "ward22_code"),
}
"""Native geographies made of wards: the boundary file and its code column."""


def compute_ward_pairs(folder: Path, geography: Geography, source_geography: str) -> pd.DataFrame:
    """Pair wards of an earlier year (a key of `WARD_LAYERS`) with wards of 2025.

    A ward whose code lives on is the same ward (a boundary change gives a new code). The
    others are shared out by the people of the LSOAs of 2021 whose inner point lies in
    the old ward, inside the district that holds most of them; an old ward without such
    a point goes to the ward of 2025 that covers most of it.

    Returns:
        columns source, target, weight (people), same (bool).
    """
    file, code = WARD_LAYERS[source_geography]
    old = gpd.read_parquet(folder / file).to_crs(27700)
    old = old.rename(columns={code: "source"})[["source", "geometry"]]
    wards = geography.areas[geography.areas["area_type"] == "ward"]
    lives_on = old["source"].isin(wards["area_code"])
    same = pd.DataFrame({"source": old.loc[lives_on, "source"], "weight": 1.0, "same": True})
    same["target"] = same["source"]
    changed = old[~lives_on]
    open_lsoas = geography.lsoas[~geography.lsoas["ward_code"].isin(old["source"])]
    lsoas = gpd.read_parquet(folder / "boundaries/lsoa_2021.parquet").to_crs(27700)
    points = lsoas.set_index("LSOA21CD").geometry.loc[open_lsoas["lsoa_code"]]
    points = gpd.GeoDataFrame(open_lsoas, geometry=points.representative_point().to_numpy())
    found = gpd.sjoin(points.set_crs(27700), changed, predicate="within")
    by_district = found.groupby(["source", "district_code"])["population"].sum()
    main = by_district.groupby("source").idxmax().str[1]
    found = found[found["district_code"] == found["source"].map(main)]
    shared = found.groupby(["source", "ward_code"], as_index=False)["population"].sum()
    shared = shared.rename(columns={"ward_code": "target", "population": "weight"})
    rest = changed[~changed["source"].isin(shared["source"])]
    new = gpd.read_parquet(folder / "boundaries/ward_2025.parquet").to_crs(27700)
    new = new.loc[~new["WD25CD"].isin(old["source"]), ["WD25CD", "geometry"]]
    pieces = gpd.overlay(rest, new, how="intersection")
    pieces["weight"] = pieces.area
    largest = pieces.loc[pieces.groupby("source")["weight"].idxmax()]
    largest = largest.rename(columns={"WD25CD": "target"})[["source", "target", "weight"]]
    pairs = pd.concat([same, shared.assign(same=False), largest.assign(same=False)])
    return pairs[["source", "target", "weight", "same"]].reset_index(drop=True)


def compute_fit_quality(folder: Path, geography: Geography) -> pd.DataFrame:
    """How well each ward is represented by the small areas its figures come from, 0 to 1.

    For LSOAs: people in both the ward and its LSOAs, over people in either (Jaccard
    index), where people are spread evenly over the land of their LSOA. For MSOAs the
    same, times the average share that the ward holds of the people of its MSOAs.

    Returns:
        index ward code; columns lsoa21, lsoa11, msoa21, msoa11.
    """
    file = "lookups/lsoa21_ward25_area_overlap.parquet"
    overlap = read_raw(folder, file, ["LSOA21CD", "WD25CD", "area_share"])
    lsoas = geography.lsoas.set_index("lsoa_code")
    overlap["people"] = overlap["area_share"] * overlap["LSOA21CD"].map(lsoas["population"])
    overlap["assigned"] = overlap["LSOA21CD"].map(lsoas["ward_code"]) == overlap["WD25CD"]
    inside = overlap[overlap["assigned"]].groupby("WD25CD")["people"].sum()
    outside = overlap[~overlap["assigned"]].groupby("WD25CD")["people"].sum()
    assigned = geography.lsoas.groupby("ward_code")["population"].sum()
    codes = geography.areas.loc[geography.areas["area_type"] == "ward", "area_code"]
    table = pd.DataFrame(index=pd.Index(codes, name="area_code"))
    either = assigned.reindex(table.index, fill_value=0) + outside.reindex(
        table.index, fill_value=0
    )
    table["lsoa21"] = (inside.reindex(table.index, fill_value=0) / either).fillna(0)
    table["lsoa11"] = table["lsoa21"]
    for column in ("msoa21", "msoa11"):
        shares = compute_shares(folder, geography, column)
        table[column] = table["lsoa21"] * _mean_share_held(shares, geography, table.index)
    return table.clip(0, 1).round(2)


def _mean_share_held(shares: Shares, geography: Geography, wards: pd.Index) -> np.ndarray:
    """For each ward, the share it holds of its MSOAs' people, averaged over its people."""
    ward_members = geography.members[: len(wards)]
    held = (ward_members @ shares).tocsr()  # ward x source area: share of its people
    msoa_people = np.asarray(_source_people(shares, geography))
    people = held.multiply(msoa_people)
    weighted = np.asarray(held.multiply(people).sum(axis=1)).ravel()
    total = np.asarray(people.sum(axis=1)).ravel()
    return np.divide(weighted, total, out=np.zeros(len(wards)), where=total > 0)


def _source_people(shares: Shares, geography: Geography) -> np.ndarray:
    """People of each source area: its LSOAs' people, an LSOA shared by two split evenly."""
    held = np.asarray(shares.sum(axis=1)).ravel()
    per_share = np.divide(geography.population, held, out=np.zeros_like(held), where=held > 0)
    return shares.T @ per_share
