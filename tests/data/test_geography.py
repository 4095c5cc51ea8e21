"""Shares between geographies, the hierarchy, and how well wards are represented."""

import numpy as np
import pandas as pd
import pytest
import tiny_world as tiny
from hypothesis import given
from hypothesis import strategies as st

from data.errors import SourceError
from data.geography import (
    compute_fit_quality,
    compute_share_table,
    compute_shares,
    read_geography,
    source_codes,
)

SOURCES, TARGETS = pd.Index(["a", "b", "c"]), pd.Index(["x", "y"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tiny.write_world(tmp_path_factory.mktemp("raw"))


@pytest.fixture(scope="module")
def geography(folder):
    return read_geography(folder)


def pairs(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "target", "weight"])


def test_shares_follow_the_weights():
    given_pairs = pairs(("a", "x", 30), ("a", "y", 10), ("b", "y", 7), ("c", "x", 2))
    shares = compute_share_table(given_pairs, SOURCES, TARGETS).toarray()
    assert shares.tolist() == [[0.75, 0, 1], [0.25, 1, 0]]


def test_a_source_without_weight_is_shared_equally():
    given_pairs = pairs(("a", "x", 0), ("a", "y", 0), ("b", "y", 0), ("c", "x", 2))
    shares = compute_share_table(given_pairs, SOURCES, TARGETS).toarray()
    assert shares.tolist() == [[0.5, 0, 1], [0.5, 1, 0]]


weights = st.lists(st.integers(0, 10**6), min_size=2, max_size=2)


@given(st.lists(weights, min_size=3, max_size=3))
def test_columns_always_add_up_to_one(table):
    rows = [
        (source, target, weight)
        for source, row in zip(SOURCES, table, strict=True)
        for target, weight in zip(TARGETS, row, strict=True)
    ]
    shares = compute_share_table(pairs(*rows), SOURCES, TARGETS).toarray()
    assert np.allclose(shares.sum(axis=0), 1, rtol=0, atol=1e-12)
    assert (shares >= 0).all()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("a", "z", 1), "unknown target 'z'"),
        (("d", "x", 1), "unknown source 'd'"),
        (("a", "x", 1), "no pair for source 'b'"),
    ],
)
def test_a_code_that_does_not_match_is_named(row, said):
    with pytest.raises(ValueError, match=said):
        compute_share_table(pairs(("a", "y", 1), row), SOURCES, TARGETS)


def test_areas_stand_in_order_and_nest(geography):
    areas = geography.areas
    kinds = list(dict.fromkeys(areas["area_type"]))
    assert kinds == ["ward", "district", "county", "region", "country"]
    for _, part in areas.groupby("area_type"):
        assert part["area_code"].is_monotonic_increasing
    county = areas.set_index("area_code")["county_code"]
    assert county[tiny.ALDHAM] == tiny.ASHIRE
    assert pd.isna(county[tiny.COTON])
    assert pd.isna(county[tiny.QUAY])
    assert (areas["area_type"] == "county").sum() == 1


def test_every_area_has_the_people_of_its_lsoas(geography):
    people = geography.members @ geography.population
    found = dict(zip(geography.areas["area_code"], people, strict=True))
    assert found == {
        tiny.NORTH: 400,
        tiny.SOUTH: 200,
        tiny.MILL: 400,
        tiny.EMPTY: 0,
        tiny.QUAY: 1000,
        tiny.ALDHAM: 600,
        tiny.BARTON: 400,
        tiny.COTON: 1000,
        tiny.ASHIRE: 1000,
        tiny.EAST: 2000,
        tiny.ENGLAND: 2000,
    }


def test_an_lsoa_never_belongs_to_a_ward_of_another_district(tmp_path):
    astray = [tiny.NORTH, tiny.MILL, tiny.SOUTH, tiny.MILL, tiny.QUAY]
    lsoas = read_geography(tiny.write_world(tmp_path, astray)).lsoas
    assert lsoas["ward_code"].tolist() == tiny.WARD_OF
    assert lsoas["district_code"].tolist() == tiny.DISTRICT_OF


def test_a_ward_that_does_not_exist_stops_the_reading(tmp_path):
    wrong = [*tiny.WARD_OF[:3], "E05999999", tiny.QUAY]
    with pytest.raises(SourceError, match=r"row 4, column 'ward25_code', value 'E05999999'"):
        read_geography(tiny.write_world(tmp_path, wrong))


def test_an_lsoa_without_people_stops_the_reading(tmp_path):
    tiny.write_world(tmp_path)
    file = tmp_path / "demographics/census21_age5_lsoa21.parquet"
    pd.read_parquet(file).iloc[1:].to_parquet(file)
    with pytest.raises(SourceError, match="value 'E01000001': an LSOA has no population"):
        read_geography(tmp_path)


def test_lsoas_of_2011_are_carried_split_and_merged(folder, geography):
    shares = compute_shares(folder, geography, "lsoa11").toarray()
    expected = np.zeros((5, 5))
    expected[0, 0] = expected[4, 4] = 1  # carried
    expected[1, 1], expected[2, 1] = 0.6, 0.4  # split: 300 and 200 people
    expected[3, 2] = expected[3, 3] = 1  # merged
    assert np.allclose(shares, expected)
    assert list(source_codes(folder, geography, "lsoa11")) == tiny.LSOAS_2011


def test_msoas_are_shared_by_the_people_of_their_lsoas(folder, geography):
    shares = compute_shares(folder, geography, "msoa21").toarray()
    assert np.allclose(shares[:, 0], [1 / 3, 0, 2 / 3, 0, 0])
    assert np.allclose(shares[:, 1], [0, 3 / 7, 0, 4 / 7, 0])
    assert np.allclose(shares[:, 2], [0, 0, 0, 0, 1])


def test_msoas_of_2011_are_shared_by_people_carried_to_today(folder, geography):
    shares = compute_shares(folder, geography, "msoa11").toarray()
    # MSOA 1 of 2011 held LSOA 1 (100) and the one that was split 300 : 200 (500 people).
    assert np.allclose(shares[:, 0], [100 / 600, 300 / 600, 200 / 600, 0, 0])
    assert np.allclose(shares[:, 1], [0, 0, 0, 1, 0])
    assert np.allclose(shares.sum(axis=0), 1)


def test_lsoas_of_2021_need_no_shares(folder, geography):
    assert compute_shares(folder, geography, "lsoa21") is None
    assert list(source_codes(folder, geography, "lsoa21")) == tiny.LSOAS


def test_fit_quality_is_the_overlap_of_people(folder, geography):
    quality = compute_fit_quality(folder, geography)
    # North: 340 of its LSOAs' 400 people live in it. South: 200 of 200, and 60 it lacks.
    expected = {tiny.NORTH: 0.85, tiny.SOUTH: 0.77, tiny.MILL: 1, tiny.EMPTY: 0, tiny.QUAY: 1}
    assert quality["lsoa21"].to_dict() == expected
    # South holds two thirds of its MSOA.
    assert quality.at[tiny.SOUTH, "msoa21"] == round(200 / 260 * 2 / 3, 2)
    assert quality.at[tiny.QUAY, "msoa21"] == 1
    assert (quality.to_numpy() >= 0).all()
    assert (quality.to_numpy() <= 1).all()
