"""Boundaries made of squares whose paths, borders and labels can be read off."""

import hashlib
import json
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import tiny_land as land
import tiny_world as tiny

from data import prepare_boundaries
from data.errors import SourceError
from data.geography import read_geography
from data.prepare_boundaries import (
    Detail,
    Grid,
    make_path_file,
    read_coverage,
    simplify,
    write_geoparquet,
    write_lsoa_maps,
    write_path_file,
    write_ward_maps,
)

WARDS = pd.Index(land.WARDS)


@pytest.fixture
def geography(tmp_path):
    return read_geography(tiny.write_world(tmp_path / "raw"))


def as_series(shapes: dict[str, shapely.Geometry]) -> gpd.GeoSeries:
    return gpd.GeoSeries(list(shapes.values()), index=list(shapes), crs=27700)


def read_wards(tmp_path, shapes: dict[str, shapely.Geometry]) -> gpd.GeoSeries:
    land.put_layer(tmp_path, "ward_2025", "WD25CD", shapes)
    return read_coverage(tmp_path / "boundaries/ward_2025.parquet", "WD25CD", WARDS)


def corners(path: str) -> set[tuple[int, int]]:
    """The points of a path of one ring."""
    steps = np.array([int(n) for n in re.findall(r"-?\d+", path)]).reshape(-1, 2)
    return {(int(x), int(y)) for x, y in steps.cumsum(axis=0)}


def test_polygons_come_in_the_order_asked_for_in_whole_metres_and_anticlockwise(tmp_path):
    clockwise = shapely.Polygon([(0, 0), (0, 1000.4), (2000.3, 1000.4), (2000.3, 0)])
    shapes = dict(reversed({**land.WARDS, tiny.NORTH: clockwise}.items()))
    found = read_wards(tmp_path, shapes)
    assert list(found.index) == list(WARDS)
    assert found.crs.to_epsg() == 27700
    assert found[tiny.NORTH].equals(land.WARDS[tiny.NORTH])
    assert all(polygon.exterior.is_ccw for polygon in found)
    assert found[tiny.QUAY].equals(land.WARDS[tiny.QUAY])


def test_an_overlap_is_given_to_one_ward_only(tmp_path):
    shapes = {**land.WARDS, tiny.NORTH: shapely.box(0, 0, 2003, 1000)}
    found = read_wards(tmp_path, shapes)
    assert shapely.coverage_is_valid(found.to_numpy())
    assert found.area.sum() == pytest.approx(sum(shape.area for shape in land.WARDS.values()))


def test_a_ward_without_a_polygon_or_with_two_is_named(tmp_path):
    some = {code: shape for code, shape in land.WARDS.items() if code != tiny.MILL}
    with pytest.raises(SourceError, match=f"'{tiny.MILL}': an area has no polygon"):
        read_wards(tmp_path, some)
    codes = [*land.WARDS, tiny.SOUTH]
    shapes = [*land.WARDS.values(), shapely.box(9000, 0, 9100, 100)]
    path = tmp_path / "boundaries/ward_2025.parquet"
    gpd.GeoDataFrame({"WD25CD": codes}, geometry=shapes, crs=27700).to_parquet(path)
    with pytest.raises(SourceError, match=f"'{tiny.SOUTH}': an area has two polygons"):
        read_coverage(path, "WD25CD", WARDS)


def test_a_shared_border_is_simplified_once_for_both():
    bent = [(1000, 0), (1004, 250), (996, 500), (1003, 750), (1000, 1000)]
    left = shapely.Polygon([(0, 0), *bent, (0, 1000)])
    right = shapely.Polygon([(2000, 0), (2000, 1000), *reversed(bent)])
    simple = simplify(as_series({"a": left, "b": right}), 60)
    assert shapely.coverage_is_valid(simple.to_numpy())
    assert [len(polygon.exterior.coords) for polygon in simple] == [5, 5]
    assert simple.area.sum() == 2_000_000


def test_paths_are_whole_steps_from_the_top_left_with_holes():
    grid = Grid(left=5000, top=2000, unit=100)
    # The ring runs anticlockwise from the first corner; y runs down, as on a screen.
    square = shapely.Polygon([(5000, 0), (7000, 0), (7000, 2000), (5000, 2000)])
    assert grid.path(square) == "M0 20l20 0 0-20-20 0z"
    holed = grid.path(square - land.LAKE)
    assert holed.count("z") == holed.count("M") == 2
    assert re.search(r"M(5|15) (5|15)l", holed)


def test_an_area_too_small_for_the_grid_is_a_diamond_in_its_place():
    grid = Grid(left=0, top=1000, unit=100)
    # Around the point 3 right, 6 down: up one, right one, down one, left one.
    assert grid.path(shapely.box(310, 410, 320, 420)) == "M3 5l1 1-1 1-1-1z"
    # An island too small to draw disappears beside the part that can be drawn.
    both = shapely.MultiPolygon([shapely.box(0, 0, 1000, 1000), shapely.box(2000, 0, 2010, 10)])
    assert grid.path(both).count("M") == 1


def test_a_map_file_says_which_part_stands_where():
    wards = as_series({code: land.WARDS[code] for code in (tiny.MILL, tiny.SOUTH, tiny.NORTH)})
    names = pd.Series({tiny.NORTH: "North", tiny.SOUTH: "South", tiny.MILL: "Mill"})
    groups = pd.Series({tiny.NORTH: "Aldham", tiny.SOUTH: "Aldham", tiny.MILL: "Barton"})
    made = make_path_file("ward", tiny.ASHIRE, wards, names, groups, Detail(60, 10), True)
    assert (made["layer"], made["area"], made["unit_metres"]) == ("ward", tiny.ASHIRE, 10)
    assert (made["width"], made["height"]) == (400, 100)
    assert made["codes"] == [tiny.MILL, tiny.SOUTH, tiny.NORTH]
    assert made["names"] == ["Mill", "South", "North"]
    assert made["groups"] == ["Aldham", "Barton"]
    assert made["group_of"] == [1, 0, 0]
    assert made["centres"] == [350, 50, 250, 50, 100, 50]
    assert len(made["outlines"]) == 2
    aldham, barton = map(corners, made["outlines"])
    assert barton == corners(made["paths"][0]) == {(300, 0), (400, 0), (300, 100), (400, 100)}
    # North and South as one oblong without the border between them.
    assert {(0, 0), (300, 0), (0, 100), (300, 100)} <= aldham
    assert made["outlines"][0].count("M") == 1
    assert len(made["outlines"][0]) < sum(len(path) for path in made["paths"][1:])
    plain = make_path_file("ward", tiny.ASHIRE, wards, names, groups, Detail(60, 10), False)
    assert plain["outlines"] == []


def test_a_map_file_is_named_after_its_content(tmp_path):
    content = {"layer": "ward", "area": "E07000001", "names": ["Sant’s"]}
    name = write_path_file(content, tmp_path / "new")
    text = (tmp_path / "new" / name).read_bytes()
    assert json.loads(text) == content
    assert name == f"ward-E07000001-{hashlib.sha256(text).hexdigest()[:10]}.json"
    assert "Sant’s".encode() in text


def test_every_larger_area_gets_a_map_of_its_wards(tmp_path, geography):
    files = write_ward_maps(as_series(land.WARDS), geography, tmp_path / "maps")
    larger = [tiny.ALDHAM, tiny.BARTON, tiny.COTON, tiny.ASHIRE, tiny.EAST, tiny.ENGLAND]
    assert sorted(files) == sorted(larger)
    maps = {
        code: json.loads((tmp_path / "maps" / file).read_text()) for code, file in files.items()
    }
    assert maps[tiny.ALDHAM]["codes"] == [tiny.NORTH, tiny.SOUTH]
    assert maps[tiny.ASHIRE]["codes"] == [tiny.NORTH, tiny.SOUTH, tiny.MILL, tiny.EMPTY]
    assert maps[tiny.ENGLAND]["codes"] == maps[tiny.EAST]["codes"] == list(WARDS)
    assert maps[tiny.ASHIRE]["groups"] == ["Aldham", "Barton"]
    # A district is drawn without the borders of districts, and more finely than England.
    assert [len(maps[code]["outlines"]) for code in larger] == [0, 0, 0, 2, 3, 3]
    assert [maps[code]["unit_metres"] for code in larger] == [10, 10, 10, 25, 50, 100]


def test_lsoa_maps_are_grouped_and_outlined_by_ward(tmp_path, geography):
    files = write_lsoa_maps(as_series(land.LSOAS), geography, tmp_path / "maps")
    assert sorted(files) == sorted([tiny.ALDHAM, tiny.BARTON, tiny.COTON])
    aldham = json.loads((tmp_path / "maps" / files[tiny.ALDHAM]).read_text())
    assert aldham["layer"] == "lsoa"
    assert aldham["codes"] == tiny.LSOAS[:3]
    assert aldham["names"] == ["Place 001A", "Place 002A", "Place 003A"]
    assert (aldham["groups"], aldham["group_of"]) == (["North", "South"], [0, 0, 1])
    assert len(aldham["outlines"]) == 2


def test_larger_areas_are_their_wards_without_inner_borders():
    parents = pd.Series(
        {tiny.NORTH: "x", tiny.SOUTH: "x", tiny.MILL: "y", tiny.EMPTY: "y", tiny.QUAY: None}
    )
    merged = prepare_boundaries._dissolve(as_series(land.WARDS), parents)
    assert merged.index.tolist() == ["x", "y"]
    assert merged["x"].equals(shapely.box(0, 0, 3000, 1000))
    assert merged["y"].equals(shapely.box(3000, 0, 4000, 2000))


def test_geoparquet_holds_polygons_with_their_names(tmp_path):
    wards = as_series({code: land.WARDS[code].reverse() for code in (tiny.SOUTH, tiny.NORTH)})
    wards.index.name = "area_code"
    names = pd.DataFrame({"area_name": ["North", "South"]}, index=[tiny.NORTH, tiny.SOUTH])
    names.index.name = "area_code"
    write_geoparquet(wards, names, tmp_path / "deep/ward.parquet")
    read = gpd.read_parquet(tmp_path / "deep/ward.parquet")
    assert read["area_code"].tolist() == [tiny.SOUTH, tiny.NORTH]
    assert read["area_name"].tolist() == ["South", "North"]
    assert read.crs.to_epsg() == 27700
    assert all(polygon.exterior.is_ccw for polygon in read.geometry)
    assert np.array_equal(read.geometry.area, [1_000_000, 2_000_000])
