"""Composed maps of LSOAs: the same as the prepared ones, and whole for larger places."""

import pytest

from data import lsoa_maps
from data.errors import TableError
from data.load import load_lsoas, load_paths

HUNTINGDONSHIRE, DEVON, ENGLAND = "E07000011", "E10000008", "E92000001"


def test_the_map_of_a_council_is_the_one_the_build_prepared():
    assert lsoa_maps.has_prepared_map(HUNTINGDONSHIRE)
    assert lsoa_maps.compose_lsoa_map(HUNTINGDONSHIRE) == load_paths("lsoa", HUNTINGDONSHIRE)


def test_the_map_of_a_county_holds_each_of_its_lsoas_once_in_order():
    assert not lsoa_maps.has_prepared_map(DEVON)
    content = load_paths("lsoa", DEVON)
    lsoas = load_lsoas()
    inside = lsoas.index[lsoas["county_code"] == DEVON]
    assert content["codes"] == sorted(inside)
    assert len(content["paths"]) == len(inside) == 474
    assert all(path.startswith("M") and path.endswith("z") for path in content["paths"])
    home = lsoas["district_code"].loc[content["codes"]].tolist()
    assert len(content["groups"]) == len(set(home)) == len(content["outlines"]) == 8


def test_names_change_with_place_and_polygons(monkeypatch):
    name = lsoa_maps.name_lsoa_map(DEVON)
    assert name != lsoa_maps.name_lsoa_map(ENGLAND)
    monkeypatch.setattr(lsoa_maps, "_version", lambda: "another")
    assert name != lsoa_maps.name_lsoa_map(DEVON)


@pytest.mark.parametrize("area", ["E05011266", "E99999999", "", "../secret"])
def test_what_is_no_place_of_lsoas_has_no_map(area):
    with pytest.raises(TableError, match="no LSOA map"):
        lsoa_maps.name_lsoa_map(area)


def test_a_map_asked_for_twice_is_made_once(monkeypatch):
    made = []
    monkeypatch.setattr(lsoa_maps, "_made", {})
    monkeypatch.setattr(lsoa_maps, "compose_lsoa_map", lambda area: made.append(area) or {"a": 1})
    assert lsoa_maps.write_lsoa_map(DEVON) == lsoa_maps.write_lsoa_map(DEVON)
    assert lsoa_maps.load_lsoa_paths(DEVON) == {"a": 1}
    assert made == [DEVON]
