"""Ended areas: their names, and the shares in which their figures reach today's areas."""

import pandas as pd
import pytest
import shapely
import tiny_land as land
import tiny_world as tiny

from data import vintages
from data.errors import TableError
from data.geography import read_geography
from data.storage import write_table
from data.vintages import load_vintages, make_vintages_table, write_vintages

GONE_2024, GONE_2019, GONE_2017, NEVER_PAIRED = (f"E0500020{n}" for n in range(1, 5))


@pytest.fixture
def folder(tmp_path):
    """The tiny world with wards of five earlier years."""
    tiny.write_world(tmp_path)
    # In 2024 North was whole, but LSOAs 3 and 4 were one ward, which crossed today's border.
    of_2024 = [tiny.NORTH, tiny.NORTH, GONE_2024, GONE_2024, tiny.QUAY]
    lookup = {"lsoa21_code": tiny.LSOAS, "ward24_code": of_2024}
    tiny._put(tmp_path, "lookups/lsoa21_ward24_ltla24.parquet", lookup)
    # The same ward in 2022, drawn otherwise: the later year holds. West was there in 2021 only.
    land.write_old_wards(tmp_path, {GONE_2024: land.WARDS[tiny.NORTH]}, "22")
    land.write_old_wards(tmp_path, {land.OLD_WEST: shapely.box(0, 0, 2800, 1000)}, "21")
    # LSOA 2 of 2011 is LSOAs 2 and 3 of today (500 people); two of 2011 make LSOA 4.
    of_2019 = ["W06000001", GONE_2019, GONE_2019, GONE_2024, tiny.QUAY]
    lookup = {"LSOA11CD": tiny.LSOAS_2011, "WD19CD": of_2019}
    tiny._put(tmp_path, "lookups/lsoa11_ward19_ltla19.parquet", lookup)
    of_2017 = [GONE_2017, GONE_2017, GONE_2019, GONE_2019, tiny.QUAY]
    lookup = {"lsoa11_code": tiny.LSOAS_2011, "ward17_code": of_2017}
    tiny._put(tmp_path, "lookups/lsoa11_ward17.parquet", lookup)
    codes = [GONE_2024, GONE_2024, NEVER_PAIRED, tiny.NORTH]
    names = {
        "WDCD": codes,
        "WDNM": ["Old name", "Border", "Lost", "North"],
        "LADCD_ACTIVE": [tiny.BARTON, tiny.ALDHAM, tiny.COTON, tiny.ALDHAM],
        "SOURCEFILE": ["2018", "2024", "2016", "2025"],
    }
    tiny._put(tmp_path, "lookups/ward_all_codes.parquet", names)
    return tmp_path


@pytest.fixture
def table(folder, tmp_path_factory):
    geography = read_geography(tiny.write_world(tmp_path_factory.mktemp("today")))
    return make_vintages_table(folder, geography)


def shares(table: pd.DataFrame, code: str) -> dict[str, float]:
    rows = table[table["code"] == code]
    return dict(zip(rows["target"], rows["share"], strict=True))


def test_an_ended_ward_is_carried_from_the_last_year_that_knows_it(table):
    # 2024: LSOA 3 (200 people, South) and LSOA 4 (400, Mill); not North, as in 2022.
    assert shares(table, GONE_2024) == {tiny.SOUTH: 0.3333, tiny.MILL: 0.6667}
    assert set(table.loc[table["code"] == GONE_2024, "year"]) == {"2024"}
    # 2021: the inner points of LSOAs 1, 2 (North) and 3 (South).
    assert shares(table, land.OLD_WEST) == {tiny.NORTH: 0.6667, tiny.SOUTH: 0.3333}
    assert set(table.loc[table["code"] == land.OLD_WEST, "year"]) == {"2021"}


def test_lookups_of_2011_are_carried_by_the_people_of_today(table):
    # 2019: LSOA 2 of 2011 (2 and 3 of today: North 300, South 200) and one of the two LSOAs of
    # 2011 that are LSOA 4 of today (half of 400 people, Mill).
    parts = {tiny.NORTH: 300 / 700, tiny.SOUTH: 200 / 700, tiny.MILL: 200 / 700}
    assert shares(table, GONE_2019) == pytest.approx(parts, abs=1e-4)
    # 2017: all of LSOAs 1 and 2 of 2011, which are 1, 2 and 3 of today.
    assert shares(table, GONE_2017) == {tiny.NORTH: 0.6667, tiny.SOUTH: 0.3333}


def test_only_ended_areas_of_england_are_listed(table):
    assert not set(table["code"]) & {tiny.NORTH, tiny.QUAY, "W06000001", *tiny.LSOAS}
    lsoas = table[table["kind"] == "lsoa"]
    assert set(lsoas["code"]) == set(tiny.LSOAS_2011)
    assert set(lsoas["year"]) == {"2011"}
    assert set(lsoas["name"]) == {""}
    assert shares(table, tiny.LSOAS_2011[1]) == {tiny.LSOAS[1]: 0.6, tiny.LSOAS[2]: 0.4}


def test_names_are_the_last_ones_and_a_ward_without_a_lookup_has_no_target(table):
    wards = table[table["kind"] == "ward"].drop_duplicates("code").set_index("code")
    assert wards.loc[GONE_2024, ["name", "district_code"]].tolist() == ["Border", tiny.ALDHAM]
    assert wards.loc[GONE_2017, ["name", "district_code"]].tolist() == ["", ""]
    lost = wards.loc[NEVER_PAIRED]
    assert lost[["name", "target", "share", "year"]].tolist() == ["Lost", "", 0, "2016"]


def test_shares_that_were_rounded_add_up_to_one_when_they_are_read(
    folder, tmp_path, tmp_path_factory, monkeypatch
):
    geography = read_geography(tiny.write_world(tmp_path_factory.mktemp("today")))
    write_vintages(folder, geography, tmp_path)
    monkeypatch.setattr(vintages, "TABLES", tmp_path)
    load_vintages.cache_clear()
    try:
        totals = load_vintages().groupby("code")["share"].sum()
    finally:
        load_vintages.cache_clear()
    assert totals.pop(NEVER_PAIRED) == 0  # no target, no share
    assert totals.tolist() == pytest.approx([1] * len(totals), abs=1e-12)


@pytest.mark.parametrize("damage", ["missing", "bytes", "column"])
def test_a_missing_or_damaged_table_is_named(tmp_path, monkeypatch, damage):
    monkeypatch.setattr(vintages, "TABLES", tmp_path)
    if damage == "bytes":
        (tmp_path / vintages.FILE).write_bytes(b"PAR1 and no more")
    elif damage == "column":
        write_table(pd.DataFrame({"code": ["E05000201"]}), tmp_path / vintages.FILE)
    load_vintages.cache_clear()
    word = "missing. Restore the file" if damage == "missing" else "damaged"
    with pytest.raises(TableError, match=rf"vintages\.parquet: the table is {word}"):
        load_vintages()
