"""The committed maps: every area drawn once, closed, in place; layers without gaps or overlaps."""

import hashlib
import json
import re
from functools import cache

import numpy as np
import pytest
import shapely

from data.errors import TableError
from data.load import (
    BOUNDARIES,
    STATIC,
    boundary_file,
    load_areas,
    load_boundaries,
    load_lsoas,
    load_paths,
)

HUNTINGDONSHIRE, DEVON, ENGLAND = "E07000011", "E10000008", "E92000001"
STEP = r"-?\d+(?: -?\d+|-\d+)"
PATH = re.compile(rf"(?:M{STEP}l{STEP}(?: {STEP}|(?=-){STEP})+z)+")
INDEX = json.loads((BOUNDARIES / "index.json").read_text(encoding="utf-8"))
LARGER = sorted(INDEX["ward"])
DISTRICTS = sorted(INDEX["lsoa"])


def wards_in(area: str) -> list[str]:
    """Codes of the wards of an area in the order of the areas table."""
    areas = load_areas()
    wards = areas[areas["area_type"] == "ward"]
    if area == ENGLAND:
        return list(wards.index)
    return list(wards.index[(wards[f"{areas.at[area, 'area_type']}_code"] == area).to_numpy()])


def rings_of(path: str) -> list[np.ndarray]:
    """The points of every ring of a path, in units of its map."""
    rings = []
    for ring in path.rstrip("z").split("z"):
        numbers = np.array([int(n) for n in re.findall(r"-?\d+", ring)]).reshape(-1, 2)
        rings.append(numbers.cumsum(axis=0))
    return rings


def test_there_is_a_map_of_every_larger_area():
    areas = load_areas()
    assert set(LARGER) == set(areas.index[areas["area_type"] != "ward"])
    assert set(DISTRICTS) == set(areas.index[areas["area_type"] == "district"])
    with pytest.raises(TableError, match="there is no ward map of E05014804"):
        boundary_file("ward", "E05014804")


@pytest.mark.parametrize(("area", "count"), [(HUNTINGDONSHIRE, 26), (DEVON, 168), (ENGLAND, 6826)])
def test_every_ward_is_drawn_once(area, count):
    content = load_paths("ward", area)
    assert len(content["paths"]) == len(set(content["codes"])) == count
    assert content["codes"] == wards_in(area)


def test_the_district_maps_together_draw_every_ward_and_lsoa_once():
    wards = [code for area in DISTRICTS for code in load_paths("ward", area)["codes"]]
    assert sorted(wards) == wards_in(ENGLAND)
    lsoas = [code for area in DISTRICTS for code in load_paths("lsoa", area)["codes"]]
    assert sorted(lsoas) == list(load_lsoas().index)


@pytest.mark.parametrize("layer", ["ward", "lsoa"])
def test_names_carry_the_hash_of_the_content(layer):
    for area, name in INDEX[layer].items():
        digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
        assert name == f"{layer}-{area}-{digest}.json"
    kept = {path.name for path in STATIC.glob(f"{layer}-*")}
    assert kept == set(INDEX[layer].values())


def assert_map_is_sound(layer: str, area: str) -> None:
    content = load_paths(layer, area)
    codes, paths = content["codes"], content["paths"]
    assert (content["layer"], content["area"]) == (layer, area)
    assert codes == sorted(codes), area
    assert len(paths) == len(content["names"]) == len(content["group_of"]) == len(codes), area
    for path in (*paths, *content["outlines"]):
        assert PATH.fullmatch(path), f"{layer} {area}: {path[:60]}"
    centres = np.array(content["centres"]).reshape(-1, 2)
    assert len(centres) == len(codes), area
    assert (centres >= 0).all(), area
    assert (centres <= [content["width"], content["height"]]).all(), area
    assert content["groups"] == sorted(set(content["groups"])), area
    assert set(content["group_of"]) == set(range(len(content["groups"]))), area


KINDS = sorted({code[:3] for code in LARGER})


@pytest.mark.parametrize("kind", KINDS)
def test_ward_maps_are_sound(kind):
    areas = load_areas()
    for area in (code for code in LARGER if code.startswith(kind)):
        assert_map_is_sound("ward", area)
        content = load_paths("ward", area)
        assert content["codes"] == wards_in(area), area
        assert content["names"] == areas.loc[content["codes"], "area_name"].tolist(), area
        home = areas.loc[areas.loc[content["codes"], "district_code"], "area_name"]
        assert [content["groups"][n] for n in content["group_of"]] == home.tolist(), area
        assert bool(content["outlines"]) == (areas.at[area, "area_type"] != "district"), area


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind < "E10"])
def test_lsoa_maps_are_sound(kind):
    codes, home = load_lsoas().index, load_lsoas()["district_code"].to_numpy()
    for area in (code for code in DISTRICTS if code.startswith(kind)):
        assert_map_is_sound("lsoa", area)
        assert load_paths("lsoa", area)["codes"] == list(codes[home == area]), area


@pytest.mark.parametrize("area", [HUNTINGDONSHIRE, DEVON, "E12000007"])
def test_rings_stay_on_the_map_and_have_a_body(area):
    content = load_paths("ward", area)
    box = np.array([content["width"], content["height"]])
    for path in content["paths"]:
        for ring in rings_of(path):
            assert len(ring) >= 3
            assert (ring >= -1).all()
            assert (ring <= box + 1).all()
            assert shapely.Polygon(ring).area > 0


def turn(ring: np.ndarray) -> float:
    """Twice the signed area of a ring: its sign tells which way round it is drawn."""
    x, y = ring.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


@pytest.mark.parametrize("area", [HUNTINGDONSHIRE, DEVON, "E12000007"])
def test_every_area_is_drawn_the_same_way_round(area):
    for path in load_paths("ward", area)["paths"]:
        largest = max(map(turn, rings_of(path)), key=abs)
        assert largest < 0  # anticlockwise on a map, where y runs down the screen


def test_neighbours_share_their_border_to_the_unit():
    """Shared borders are drawn by the same points: areas add up to the district's outline."""
    content = load_paths("ward", HUNTINGDONSHIRE)
    rings = [rings_of(path) for path in content["paths"]]
    wards = [shapely.Polygon(parts[0], parts[1:]) for parts in rings]
    assert all(ward.is_valid for ward in wards)
    assert shapely.coverage_is_valid(np.array(wards))


@cache
def ward_layer():
    return load_boundaries("ward").set_index("area_code")


CODES = {"ward": "area_code", "lsoa": "lsoa_code", "district": "area_code", "county": "area_code"}


@pytest.mark.parametrize("layer", ["ward", "lsoa", "district", "county", "region"])
def test_a_layer_is_valid_and_anticlockwise(layer):
    frame, areas = load_boundaries(layer), load_areas()
    expected = load_lsoas().index if layer == "lsoa" else areas.index[areas["area_type"] == layer]
    assert frame[CODES.get(layer, "area_code")].tolist() == list(expected)
    assert frame.crs.to_epsg() == 27700
    shapes = frame.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert not shapely.is_empty(shapes).any()
    assert set(shapely.get_type_id(shapes)) <= {3, 6}
    parts = shapely.get_parts(shapes)
    assert shapely.is_ccw(shapely.get_exterior_ring(parts)).all()
    assert (shapely.area(shapes) > 0).all()


@pytest.mark.parametrize("layer", ["ward", "district", "county", "region"])
def test_areas_of_a_layer_do_not_overlap(layer):
    assert shapely.coverage_is_valid(load_boundaries(layer).geometry.to_numpy())


@pytest.mark.parametrize("district", [HUNTINGDONSHIRE, "E07000040", "E09000001"])
def test_lsoas_do_not_overlap(district):
    layer = load_boundaries("lsoa")
    inside = layer[layer["district_code"] == district].geometry.to_numpy()
    assert shapely.coverage_is_valid(inside)


@pytest.mark.parametrize("layer", ["district", "county", "region"])
def test_a_larger_area_is_the_union_of_its_wards(layer):
    merged = load_boundaries(layer).set_index("area_code").geometry
    wards, codes = ward_layer(), load_areas()[f"{layer}_code"]
    sums = wards.area.groupby(codes.reindex(wards.index)).sum()
    assert np.allclose(merged.area, sums.reindex(merged.index), rtol=1e-9)
    for code in (merged.index[0], merged.index[-1]):
        inside = wards.geometry[(codes.reindex(wards.index) == code).to_numpy()]
        assert shapely.coverage_union_all(inside.to_numpy()).equals(merged[code])


def test_england_is_as_large_as_published():
    # ONS Standard Area Measurements, land to mean high water: 13,031,000 hectares.
    assert ward_layer().area.sum() / 1e4 == pytest.approx(13_031_000, rel=0.005)
