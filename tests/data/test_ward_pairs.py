"""Wards of earlier years carried to wards of today: by people, inside one district, nobody lost."""

import geopandas as gpd
import pytest
import shapely
import tiny_land as land
import tiny_world as tiny

from data.geography import Geography, compute_ward_pairs, read_geography


@pytest.fixture
def pair(tmp_path):
    """Pair made-up wards of 2022 with those of today: {(old, new): (people, same)}."""
    geography = read_geography(tiny.write_world(tmp_path))

    def run(old: dict[str, shapely.Geometry], among: Geography = geography) -> dict:
        land.write_old_wards(tmp_path, old)
        table = compute_ward_pairs(tmp_path, among, "ward22")
        assert list(table.columns) == ["source", "target", "weight", "same"]
        keys = zip(table["source"], table["target"], strict=True)
        return dict(zip(keys, zip(table["weight"], table["same"], strict=True), strict=True))

    return run


def test_an_old_ward_is_shared_out_by_the_people_whose_homes_it_holds(pair):
    # West holds the inner points of LSOAs 1 and 2 (North, 400 people) and 3 (South, 200).
    found = pair({land.OLD_WEST: shapely.box(0, 0, 2800, 1000)})
    assert found == {
        (land.OLD_WEST, tiny.NORTH): (400, False),
        (land.OLD_WEST, tiny.SOUTH): (200, False),
    }


def test_a_code_that_lives_on_is_the_same_ward_wherever_it_was_drawn(pair):
    # Drawn over North and South: neither takes any of it, nor do their LSOAs.
    found = pair({tiny.QUAY: shapely.box(0, 0, 3000, 1000)})
    assert found == {(tiny.QUAY, tiny.QUAY): (1, True)}


def test_an_lsoa_of_a_ward_that_lives_on_is_not_given_to_another(pair):
    # North lives on, so West can only go to South, though it holds LSOA 2 as well.
    west = shapely.box(1000, 0, 3000, 1000)
    found = pair({tiny.NORTH: land.WARDS[tiny.NORTH], land.OLD_WEST: west})
    assert found == {
        (tiny.NORTH, tiny.NORTH): (1, True),
        (land.OLD_WEST, tiny.SOUTH): (200, False),
    }


def test_an_old_ward_stays_in_the_district_of_most_of_its_people(pair):
    # LSOAs 2 and 3 (Aldham, 500 people) outweigh LSOA 4 (Barton, 400), the largest by itself.
    found = pair({land.OLD_EAST: shapely.box(1000, 0, 4000, 1000)})
    assert found == {
        (land.OLD_EAST, tiny.NORTH): (300, False),
        (land.OLD_EAST, tiny.SOUTH): (200, False),
    }


def test_an_old_ward_without_an_inner_point_goes_to_the_ward_that_covers_most_of_it(pair):
    # Hill: 900 x 1,000 m of Empty, 900 x 200 m of Mill, whose inner point at y 500 it misses.
    found = pair(
        {
            land.OLD_WEST: land.WARDS[tiny.NORTH],
            land.OLD_HILL: shapely.box(3000, 800, 3900, 2000),
        }
    )
    assert found == {
        (land.OLD_WEST, tiny.NORTH): (400, False),
        (land.OLD_HILL, tiny.EMPTY): (900_000, False),
    }


def test_old_wards_are_brought_to_the_same_projection(pair, monkeypatch):
    west = {land.OLD_WEST: shapely.box(0, 0, 2800, 1000)}
    expected = pair(west)
    put = land.put_layer

    def put_in_degrees(folder, layer, code, shapes):
        put(folder, layer, code, shapes)
        path = folder / f"boundaries/{layer}.parquet"
        gpd.read_parquet(path).to_crs(4326).to_parquet(path)

    monkeypatch.setattr(land, "put_layer", put_in_degrees)
    assert pair(west) == expected
