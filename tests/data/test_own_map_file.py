"""Points of map files: where they are, what stands beside them, and what is no point."""

import json

import pytest
import shapely
from own_files import make_geojson, make_geopackage, read, wrap_shape

from data.errors import SpreadsheetError
from data.own.opening import open_file

HERE = (523800, 271700)
LINE = shapely.LineString([HERE, (523900, 271800)])


def feature(geometry, **properties) -> dict:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


@pytest.mark.parametrize(
    "content",
    [make_geojson((-0.1838, 52.33), crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}),
     make_geojson((-20459.0, 6859262.0), crs={"properties": {"name": "EPSG:3857"}}),
     make_geopackage([(-20459.0, 6859262.0)], number=3857),
     json.dumps(feature({"type": "Point", "coordinates": [-0.1838, 52.33]})).encode()],
    ids=["crs84", "geojson-web-mercator", "geopackage-web-mercator", "one-feature"],
)  # fmt: skip
def test_a_point_lies_in_its_ward_in_whatever_system_it_is_said(content):
    assert read(content).rows["area_code"].tolist() == ["E05011266"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps(feature({"type": "LineString", "coordinates": [[0, 1], [1, 2]]})).encode(),
         "the file holds LineString"),
        (make_geopackage([HERE], kind="GEOMETRY", shapes=[wrap_shape(LINE)]),
         "the layer 'calls' holds LineString"),
        (make_geojson(), "has no features"),
        (make_geojson((1, 2), crs={"properties": {"name": "EPSG:999999"}}),
         "The coordinate system EPSG:999999 is not known"),
    ],
)  # fmt: skip
def test_what_is_no_set_of_points_is_refused_by_name(content, said):
    with pytest.raises(SpreadsheetError, match=said):
        open_file(content, "test")


def test_rows_without_a_point_are_set_aside_each_with_its_reason():
    nothing = [
        None,
        "words",
        b"GP\x00",
        b"XX" + wrap_shape(shapely.Point(HERE))[2:],
        b"GP\x00\x11" + wrap_shape(shapely.Point(HERE))[4:],  # says that it is empty
        wrap_shape(shapely.Point()),
        wrap_shape(shapely.Point(HERE))[:-3],
    ]
    checked = read(make_geopackage([HERE], shapes=nothing))
    assert checked.account.used == 1
    assert checked.set_aside["Row"].tolist() == [3, 4, 5, 6, 7, 8, 9]
    assert {f.reason for f in checked.by_severity("error")} == {"is not a pair of coordinates"}


def test_what_stands_beside_a_point_is_kept_as_it_was():
    place = {"type": "Point", "coordinates": [-0.1838, 52.33]}
    features = [
        feature(place, hours=2.50, tags=["a", "b"], note=None, open=True),
        feature(None, extra={"more": 1}),
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    (sheet,) = open_file(content, "test").sheets
    assert sheet.cells.to_numpy(dtype=object).tolist() == [
        ["hours", "tags", "note", "open", "extra", "longitude", "latitude"],
        ["2.5", "['a', 'b']", "", "True", "", "-0.1838", "52.33"],
        ["", "", "", "", "{'more': 1}", "", ""],
    ]
