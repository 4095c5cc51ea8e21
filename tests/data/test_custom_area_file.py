"""Files of areas as people bring them: good, odd, wrong and hostile."""

import io
import json
import zipfile

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import mapping

from data.custom_area_file import MOST_AREAS, MOST_CORNERS, read_area_file
from data.errors import SpreadsheetError

# A square kilometre in Huntingdon, in metres and in degrees.
HUNTINGDON = shapely.box(523_000, 271_000, 524_000, 272_000)
DEGREES = gpd.GeoSeries([HUNTINGDON], crs=27700).to_crs(4326).iloc[0]
GRID = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


def feature(shape: object, **properties: object) -> dict:
    geometry = shape if isinstance(shape, dict) or shape is None else mapping(shape)
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def pack(*features: dict, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def read(*features: dict, **more: object):
    return read_area_file(pack(*features, **more), "areas.geojson")


def said(file) -> str:
    return "\n".join(f"{f.severity}: {f.row} {f.value} {f.reason}. {f.suggestion}"
                     for f in file.findings)  # fmt: skip


def test_a_polygon_in_degrees_and_one_in_metres_are_the_same_place():
    one = read(feature(DEGREES, name="Town"))
    other = read(feature(HUNTINGDON, name="Town"), crs=GRID)
    assert [a.name for a in one.areas] == ["Town"]
    assert one.findings == other.findings == ()
    for file in (one, other):
        assert file.areas[0].line.area == pytest.approx(1e6, rel=1e-4)
        assert file.areas[0].line.centroid.distance(HUNTINGDON.centroid) < 5


def test_metres_without_a_system_are_recognised_and_said():
    file = read(feature(HUNTINGDON, name="Town"))
    assert file.areas[0].line.equals(HUNTINGDON)
    assert "eastings and northings" in said(file)


def test_degrees_in_a_file_that_says_metres_are_recognised_and_said():
    file = read(feature(DEGREES, name="Town"), crs=GRID)
    assert file.areas[0].line.area == pytest.approx(1e6, rel=1e-4)
    assert "longitudes and latitudes" in said(file)


def test_swapped_coordinates_are_refused_with_the_way_out():
    turned = shapely.transform(DEGREES, lambda c: c[:, ::-1])
    file = read(feature(turned, name="Town"))
    assert file.areas == ()
    assert file.swapped
    assert "the other way round" in said(file)
    again = read_area_file(pack(feature(turned, name="Town")), "a", swap=True)
    assert again.areas[0].line.area == pytest.approx(1e6, rel=1e-4)


def test_an_area_outside_england_is_refused_with_its_place():
    edinburgh = shapely.box(-3.25, 55.93, -3.20, 55.96)
    file = read(feature(edinburgh, name="Edinburgh"), feature(DEGREES, name="Town"))
    assert [a.name for a in file.areas] == ["Town"]
    assert "error: 1 Edinburgh lies outside England, at 55.9" in said(file)
    assert "3.2" in said(file)


def test_an_area_that_reaches_into_wales_is_used_with_a_warning():
    chepstow = shapely.box(-2.75, 51.60, -2.60, 51.68)
    file = read(feature(chepstow, name="Wye"))
    assert len(file.areas) == 1
    assert "outside England" in said(file)
    assert "warning" in said(file)


def test_a_line_that_crosses_itself_is_repaired_and_said():
    x, y = 523_000, 271_000
    ring = [[x, y], [x + 1000, y + 1000], [x + 1000, y], [x, y + 1000]]
    bow = {"type": "Polygon", "coordinates": [ring]}
    file = read(feature(bow, name="Bow"), crs=GRID)
    assert file.areas[0].line.is_valid
    assert file.areas[0].line.area == pytest.approx(500_000)
    assert "repaired" in said(file)


def test_holes_stay_holes():
    hole = HUNTINGDON.difference(shapely.box(523_400, 271_400, 523_600, 271_600))
    assert read(feature(hole, name="Ring"), crs=GRID).areas[0].line.area == pytest.approx(960_000)


def test_several_polygons_are_one_area_and_height_is_left_out():
    parts = shapely.MultiPolygon([HUNTINGDON, shapely.box(526_000, 271_000, 527_000, 272_000)])
    raised = shapely.force_3d(parts, 12)
    assert read(feature(raised, name="Two"), crs=GRID).areas[0].line.area == pytest.approx(2e6)


def test_overlapping_areas_are_noted():
    other = shapely.box(523_500, 271_000, 524_500, 272_000)
    file = read(feature(HUNTINGDON, name="One"), feature(other, name="Other"), crs=GRID)
    assert len(file.areas) == 2
    assert "Other overlaps “One” by 0.50 km²" in said(file)


def test_names_come_from_the_usual_columns_and_are_plain_text():
    file = read(
        feature(HUNTINGDON, CED25CD="E58000001", CED25NM="=HYPERLINK(1)"),
        feature(HUNTINGDON, CED25CD="E58000002", CED25NM="Town\n\u202e<b>"),
        feature(HUNTINGDON, CED25CD="E58000003", CED25NM=""),
        crs=GRID,
    )
    assert [a.name for a in file.areas] == ["HYPERLINK(1)", "Town <b>", "Area 3"]


def test_two_areas_of_one_name_are_told_apart():
    file = read(feature(HUNTINGDON, name="A"), feature(HUNTINGDON, name="A"), crs=GRID)
    assert [a.name for a in file.areas] == ["A", "A (2)"]


FAULTY = {
    "a point": feature({"type": "Point", "coordinates": [0, 52]}),
    "no shape": feature(None),
    "no coordinates": feature({"type": "Polygon"}),
    "words": feature({"type": "Polygon", "coordinates": [[["a", "b"], [1, 2], [3, 4], [1, 2]]]}),
    "not a number": feature(
        {"type": "Polygon", "coordinates": [[[float("nan"), 52], [1, 52], [1, 53]]]}
    ),
    "huge": feature({"type": "Polygon", "coordinates": [[[10**400, 52], [1, 52], [1, 53]]]}),
    "two corners": feature({"type": "Polygon", "coordinates": [[[0, 52], [1, 52], [0, 52]]]}),
    "a line": feature(
        {"type": "Polygon", "coordinates": [[[0, 52], [0.1, 52], [0.2, 52], [0, 52]]]}
    ),
    "around the earth": feature(shapely.box(-179, 51, 179, 52)),
    "beyond the poles": feature(shapely.box(0, 80, 1, 120)),
    "nested wrongly": feature({"type": "Polygon", "coordinates": [[0, 52], [1, 52], [1, 53]]}),
}


@pytest.mark.parametrize("kind", FAULTY)
def test_a_faulty_area_is_left_out_and_explained(kind):
    file = read(feature(DEGREES, name="Good"), FAULTY[kind])
    assert [a.name for a in file.areas] == ["Good"]
    errors = [f for f in file.findings if f.severity == "error"]
    assert [f.row for f in errors] == [2]
    assert errors[0].suggestion


FINE = feature(HUNTINGDON.centroid.buffer(900, MOST_CORNERS // 20))
REFUSED = {
    "empty": (b"", "empty"),
    "text": (b"hello", "no file of areas"),
    "broken json": (b'{"type": "FeatureCollection", "features": [', "cannot be read"),
    "a list": (b'{"type":"FeatureCollection","features":{"a":1}}', "cannot be read"),
    "deep": (b'{"a":' + b"[" * 100_000, "cannot be read"),
    "none": (pack(), "no areas"),
    "too many": (pack(*[feature(DEGREES)] * (MOST_AREAS + 1)), "at most 200"),
    "too fine": (pack(*[FINE] * 6, crs=GRID), "corners"),
    "too large": (b"{" + b" " * 10_000_001, "at most 10 MB"),
    "damaged package": (b"SQLite format 3\x00" + b"x" * 5_000, "damaged"),
    "zip of nothing": (b"PK\x03\x04" + b"x" * 100, "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_plain_words(kind):
    content, words = REFUSED[kind]
    with pytest.raises(SpreadsheetError, match=words):
        read_area_file(content, "areas")


def make_table() -> gpd.GeoDataFrame:
    names = ["North", "South"]
    shapes = [HUNTINGDON, shapely.box(523_000, 269_000, 524_000, 270_000)]
    return gpd.GeoDataFrame({"name": names}, geometry=shapes, crs=27700)


def make_shapefile(folder) -> dict[str, bytes]:
    make_table().to_file(folder / "parts.shp")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def make_zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def test_a_geopackage_is_read(tmp_path):
    make_table().to_file(tmp_path / "a.gpkg")
    file = read_area_file((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")
    assert [a.name for a in file.areas] == ["North", "South"]
    assert file.areas[0].line.equals(HUNTINGDON)


def test_a_geopackage_of_points_is_refused(tmp_path):
    table = make_table()
    table.set_geometry(table.centroid).to_file(tmp_path / "a.gpkg")
    with pytest.raises(SpreadsheetError, match="no layer of polygons"):
        read_area_file((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")


def test_a_zipped_shapefile_is_read_from_any_folder_of_the_zip(tmp_path):
    files = {f"../export/{name}": content for name, content in make_shapefile(tmp_path).items()}
    file = read_area_file(make_zip({**files, "readme.txt": b"hello"}), "a.zip")
    assert [a.name for a in file.areas] == ["North", "South"]
    assert file.areas[0].line.equals(HUNTINGDON)


def test_a_zip_with_two_shapefiles_none_or_a_bomb_is_refused(tmp_path):
    files = make_shapefile(tmp_path)
    twice = files | {name.replace("parts", "more"): text for name, text in files.items()}
    bomb = files | {"parts.cpg": b"0" * 70_000_000}
    for content, words in ((twice, "2 shapefiles"), ({"a": b""}, "0 shapefiles"), (bomb, "60 MB"),
                           ({"parts.shp": files["parts.shp"][:200]}, "damaged")):  # fmt: skip
        with pytest.raises(SpreadsheetError, match=words):
            read_area_file(make_zip(content), "a.zip")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["type", "coordinates", "features", "geometry", "crs"]),
                      inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
kinds = st.sampled_from(["Polygon", "MultiPolygon", "Point", "FeatureCollection", "Feature", 3])


@settings(max_examples=150)
@given(kinds, anything, anything)
def test_no_geojson_breaks_the_reader(kind, coordinates, properties):
    content = json.dumps({"type": "FeatureCollection", "features": [
        feature(DEGREES, name="Good"),
        {"type": "Feature", "properties": properties,
         "geometry": {"type": kind, "coordinates": coordinates}}]}).encode()  # fmt: skip
    try:
        file = read_area_file(content, "a")
    except SpreadsheetError:
        return
    assert file.areas[0].name
    assert len(file.areas) + sum(f.severity == "error" for f in file.findings) == 2


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(-0.3, 0.1), st.floats(52.2, 52.5)), min_size=3, max_size=9))
def test_every_ring_of_numbers_becomes_a_valid_area_or_is_explained(corners):
    shape = {"type": "Polygon", "coordinates": [[*map(list, corners), list(corners[0])]]}
    file = read(feature(shape, name="Any"))
    assert len(file.areas) + sum(f.severity == "error" for f in file.findings) == 1
    assert all(area.line.is_valid and area.line.area > 0 for area in file.areas)
