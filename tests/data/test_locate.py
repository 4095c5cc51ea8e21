"""Point in polygon: the right ward, the right district, and honest near a boundary."""

from __future__ import annotations

import numpy as np
import pytest

from data.load import load_areas, load_boundaries
from data.locate import NEAR, find_ward, find_wards
from data.postcodes import load_letter

HUNTINGDON_NORTH, HUNTINGDONSHIRE = "E05011266", "E07000011"
OFFICE = (523999.0, 271531.0)


def test_the_council_office_is_in_huntingdon_north():
    place = find_ward(*OFFICE, HUNTINGDONSHIRE)
    assert place.ward == HUNTINGDON_NORTH
    assert place.sure


def test_a_point_in_another_district_takes_the_nearest_ward_of_its_own():
    place = find_ward(*OFFICE, "E07000010")  # said to be in Fenland
    assert load_areas().at[place.ward, "district_code"] == "E07000010"
    assert place.moved
    assert HUNTINGDON_NORTH in place.neighbours


def test_a_point_in_the_sea_takes_the_nearest_ward():
    place = find_ward(250000.0, 160000.0, "E07000043")  # Bristol Channel, North Devon
    assert load_areas().at[place.ward, "district_code"] == "E07000043"
    assert place.moved
    assert not place.neighbours
    assert find_ward(250000.0, 160000.0, "").ward.startswith("E05")


def test_a_point_beside_a_line_names_the_ward_on_the_other_side():
    wards = load_boundaries("ward").set_index("area_code").geometry
    one, other = wards[HUNTINGDON_NORTH], wards["E05011265"]
    line = one.intersection(other)
    on = line.interpolate(0.5, normalized=True) if line.geom_type == "LineString" else None
    on = on if on is not None else line.geoms[0].interpolate(0.5, normalized=True)
    place = find_ward(on.x, on.y, HUNTINGDONSHIRE)
    assert {place.ward, *place.neighbours} >= {HUNTINGDON_NORTH, "E05011265"}
    assert not place.moved
    far = one.representative_point()
    assert find_ward(far.x, far.y, HUNTINGDONSHIRE).ward == HUNTINGDON_NORTH
    assert NEAR == 60


@pytest.mark.parametrize("letter", ["P", "E"])
def test_polygons_agree_with_the_district_the_directory_names(letter):
    """Without any help from the district: at least 99 in 100 points of a letter."""
    codes = load_letter(letter)
    district = np.array(codes.areas, dtype=object)[codes.area]
    english = np.array([code.startswith("E") for code in district])
    east, north = codes.easting[english], codes.northing[english]
    wards = load_boundaries("ward")
    import shapely

    tree = shapely.STRtree(wards.geometry.to_numpy())
    which, ward = tree.query(shapely.points(east, north), predicate="intersects")
    right = wards["district_code"].to_numpy()[ward] == district[english][which]
    agreeing = np.bincount(which, right, minlength=len(east)) > 0
    assert agreeing.mean() > 0.99
    # And with its help: every one.
    found = find_wards(east[:5000], north[:5000], district[english][:5000])
    of_ward = load_areas()["district_code"]
    assert of_ward[found].tolist() == district[english][:5000].tolist()


def test_one_and_many_agree():
    codes = load_letter("P")
    some = np.flatnonzero(codes.code.astype("S2") == b"PE")[:300]
    district = np.array(codes.areas, dtype=object)[codes.area[some]]
    many = find_wards(codes.easting[some], codes.northing[some], district)
    for place, point in enumerate(some[::25]):
        one = find_ward(float(codes.easting[point]), float(codes.northing[point]),
                        str(district[place * 25]))  # fmt: skip
        assert one.ward == many[place * 25]
