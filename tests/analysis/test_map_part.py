"""Part of a map: the areas asked for, fitted, with the others around them."""

from xml.etree import ElementTree as ET

import pytest

from analysis.map_part import cut_geometry, find_box
from analysis.map_view import LegendEntry, MapView, MapViewError
from analysis.svg_map import render_svg_map

GEOMETRY = {
    "codes": ["a", "b", "c"],
    "names": ["A", "B", "C"],
    "paths": ["M0 0h10v10h-10z", "M10 0l10 0 0 10-10 0z", "M20 0H30V10H20Z"],
    "centres": [5, 5, 15, 5, 25, 5],
    "outlines": ["M0 0H30V10H0Z"],
    "width": 30,
    "height": 10,
}


@pytest.mark.parametrize(
    ("path", "box"),
    [
        ("M0 0h10v10h-10z", (0, 0, 10, 10)),
        ("M10 0l10 0 0 10-10 0z", (10, 0, 20, 10)),
        ("M20 0H30V10H20Z", (20, 0, 30, 10)),
        ("M5 5l1 1zm10 10h2v3z", (5, 5, 17, 18)),  # the second ring starts from the first's start
        ("M-3-4 2 1", (-3, -4, 2, 1)),
    ],
)
def test_the_box_of_a_path(path, box):
    assert find_box(path) == box


def test_a_part_is_fitted_and_the_rest_stands_around_it():
    part = cut_geometry(GEOMETRY, ["b"])
    assert part["codes"] == ["b"]
    assert part["names"] == ["B"]
    assert part["rest"] == GEOMETRY["paths"][0] + GEOMETRY["paths"][2]
    assert (part["left"], part["top"]) == pytest.approx((9.2, -0.8))
    assert (part["width"], part["height"]) == pytest.approx((11.6, 11.6))


def test_all_areas_are_the_map_itself():
    assert cut_geometry(GEOMETRY, ["a", "b", "c"]) is GEOMETRY


@pytest.mark.parametrize("codes", [["x"], []])
def test_an_unknown_area_is_refused(codes):
    with pytest.raises(MapViewError, match="Part of a map"):
        cut_geometry(GEOMETRY, codes)


def test_the_picture_of_a_part_keeps_to_its_frame():
    view = MapView(["b"], [1.0], [0], [LegendEntry("class_1", "All alike", 1)], "Title", "Fuel")
    picture = render_svg_map(view, cut_geometry(GEOMETRY, ["b"]))
    tree = ET.fromstring(picture)  # noqa: S314
    space = "{http://www.w3.org/2000/svg}"
    frame = tree.find(f".//{space}clipPath/{space}rect")
    assert frame is not None
    assert float(frame.attrib["width"]) == pytest.approx(11.6)
    lines = {"halo", "outline"}
    classes = [path.attrib.get("class", "") for path in tree.iter(f"{space}path")]
    assert [name for name in classes if name and name not in lines] == ["rest"]
    whole = MapView(list("abc"), [1.0] * 3, [0] * 3, view.legend, "Title", "Fuel")
    assert "clipPath" not in render_svg_map(whole, GEOMETRY)
