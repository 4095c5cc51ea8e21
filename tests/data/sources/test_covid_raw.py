"""The real Covid-19 and district files read, and agree with their publishers' totals.

Runs only where the raw folder is (WARD_NEEDS_RAW, else ../shared/data beside the project).
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from data.catalogue import METADATA
from data.sources import read_source

ROOT = METADATA.parent.parent
RAW = Path(os.environ.get("WARD_NEEDS_RAW", ROOT.parent / "shared" / "data"))
pytestmark = pytest.mark.skipif(not (RAW / "covid").exists(), reason="no raw data folder")

# Cornwall is published with the Isles of Scilly, Westminster with the City of London.
MERGED = {"E06000053": "E06000052", "E09000001": "E09000033"}


def entries(pattern: str) -> dict[str, dict[str, object]]:
    """Return the entries of all metadata files that match a pattern."""
    found: dict[str, dict[str, object]] = {}
    for path in sorted(METADATA.glob(pattern)):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


SOURCES = entries("sources/covid.toml") | entries("sources/district.toml")


@pytest.mark.parametrize("source_id", sorted(SOURCES))
def test_source_reads_and_has_the_measures_its_indicators_name(source_id: str) -> None:
    table = read_source(source_id, RAW)
    assert len(table) > 0
    indicators = entries("indicators/*.toml")
    used = [i for i in indicators.values() if i.get("source") == source_id]
    assert used, f"no indicator uses {source_id}"
    for indicator in used:
        names = [*indicator["numerator"], *indicator.get("denominator", [])]
        measures = [name for name in names if "." not in name]
        if indicator.get("interval") == "published":
            measures += [f"{name}_{end}" for name in measures for end in ("lower", "upper")]
        assert set(measures) <= set(table.columns)
        for end in ("first_period", "last_period"):
            assert not indicator.get(end) or indicator[end] in set(table["period"])


def raw(file: str, prefix: str) -> pd.DataFrame:
    """Open a raw table for the areas whose code begins with a prefix."""
    frame = pd.read_parquet(RAW / "covid" / file)
    frame["date"] = pd.to_datetime(frame["date"])
    return frame[frame["area_code"].str.startswith(prefix)]


def test_wards_add_up_to_district_insolvencies_in_every_year() -> None:
    wards = read_source("individual_insolvencies", RAW)
    lookup = pd.read_parquet(RAW / "lookups/ward21_ltla21.parquet").set_index("ward21_code")
    district = wards["area_code"].map(lookup["ltla21_code"]).replace(MERGED)
    sums = wards.groupby([district, "period"])["insolvencies"].sum()
    rows = raw("insolvencies_ward_ltla_annual_2012_2022.parquet", "E0")
    rows = rows[(rows["geography"] == "LTLA") & (rows["indicator"] == "insolvencies_total")]
    published = rows.set_index(["area_code", rows["date"].dt.strftime("%Y")])["value"]
    assert len(sums) == len(published) == 307 * 11
    assert (sums - published.rename_axis(sums.index.names)).abs().max() == 0


def test_universal_credit_of_msoas_adds_up_to_districts_over_a_year() -> None:
    name = "universal_credit_households_msoa_monthly_2015_2022.parquet"
    active = pd.read_csv(RAW / "lookups/ltla_all_codes_active.csv").set_index("LADCD")
    today = active["LADCD_ACTIVE"].to_dict()
    msoas = raw(name, "E02").drop_duplicates("area_code").set_index("area_code")["ltla_code"]
    table = read_source("universal_credit_households", RAW)
    year, district = table["period"].str[:4], table["area_code"].map(msoas.replace(today))
    sums = table.groupby([district, year])["households"].sum()
    rows = raw("universal_credit_households_ltla_monthly_2015_2022.parquet", "E0")
    year = rows["date"].dt.strftime("%Y")
    published = rows.groupby([rows["area_code"].replace(today), year])["value"].sum()
    large = published[published >= 12_000]
    assert len(large) > 1_600
    difference = sums.loc[large.index].to_numpy() / large.to_numpy() - 1
    assert abs(difference).max() < 0.007


def test_average_claimants_of_huntingdonshire_in_2019() -> None:
    table = read_source("claimant_count", RAW)
    lookup = pd.read_parquet(RAW / "lookups/lsoa11_lsoa21_ltla22.parquet")
    ours = lookup.loc[lookup["ltla22_code"] == "E07000011", "lsoa11_code"].unique()
    of_2019 = table[table["area_code"].isin(ours) & (table["period"] == "2019")]
    assert of_2019["claimants"].sum() == pytest.approx(1311, abs=1)


def test_first_and_second_doses_are_the_published_doses() -> None:
    table = read_source("covid_vaccination", RAW).set_index(["area_code", "period"])
    rows = raw("vaccination_msoa_2021.parquet", "E02")
    rows = rows[rows["indicator"] == "covid_doses_total"]
    published = rows.set_index(["area_code", rows["date"].dt.strftime("%Y-%m-%d")])["value"]
    both = (table["first_doses"] + table["second_doses"]).dropna()
    assert len(both) == len(published) == 6791 * 4
    assert (both - published.rename_axis(both.index.names)).abs().max() == 0


def test_totals_of_england() -> None:
    for source_id in ("covid_deaths", "covid_deaths_total"):
        assert read_source(source_id, RAW)["deaths"].sum() == 116_578
    support = read_source("council_tax_support", RAW).set_index("area_code")
    districts = support[support.index.str.match("E0[6-9]") & (support["period"] == "2019-Q4")]
    england = support[(support.index == "E92000001") & (support["period"] == "2019-Q4")]
    assert districts["working_age_claimants"].sum() == england["working_age_claimants"].sum()
