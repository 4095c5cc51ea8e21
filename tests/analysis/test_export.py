"""Downloads: read back, numbers are numbers and text stays text."""

import io
import json

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
from shapely.geometry import Polygon, box, shape

from analysis.export import (
    make_csv,
    make_geojson,
    make_geopackage,
    make_notes,
    make_png,
    make_workbook,
)

TABLE = pd.DataFrame(
    {
        "Ward": ["=1+1", "Ångström & Söns", "+44", "https://example.org"],
        "Fuel poverty (%)": [12.5, np.nan, 0.0, 7.0],
        "People": [1200, 900, 0, 3],
        "Flag": pd.Categorical(["", "suppressed", "", ""]),
        "Ends": pd.to_datetime(["2022-12-31"] * 4),
    }
)
NOTES = [("Source", "DESNZ"), ("Formula", "=1+1"), ("Licence", "OGL v3.0")]


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(make_workbook(TABLE, NOTES)))


def test_the_workbook_has_data_and_notes(book):
    assert book.sheetnames == ["Data", "Notes"]
    assert [cell.value for cell in book["Data"][1]] == list(TABLE.columns)
    assert book["Data"].freeze_panes == "B2"
    rows = [[cell.value for cell in row] for row in book["Notes"].iter_rows()]
    assert rows == [list(note) for note in NOTES]


def test_numbers_are_numbers_and_gaps_are_empty(book):
    figures, people = (book["Data"][column][1:] for column in "BC")
    assert [cell.value for cell in figures] == [12.5, None, 0, 7]
    assert [cell.value for cell in people] == [1200, 900, 0, 3]
    assert all(cell.data_type == "n" for cell in (*figures, *people))


def test_text_stays_text(book):
    names = book["Data"]["A"][1:]
    assert [cell.value for cell in names] == TABLE["Ward"].tolist()
    # The type "f" would be a formula that runs when the file is opened.
    assert all(cell.data_type == "s" for cell in names)
    assert book["Notes"]["B2"].data_type == "s"
    assert all(cell.hyperlink is None for cell in names)


def test_dates_are_written_so_that_they_sort(book):
    assert [cell.value for cell in book["Data"]["E"][1:]] == ["2022-12-31"] * 4


def test_a_csv_opens_with_its_letters_and_gaps():
    data = make_csv(TABLE)
    assert data.startswith(b"\xef\xbb\xbf")
    assert not data[3:].startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig")
    assert list(back.columns) == list(TABLE.columns)
    # A spreadsheet would compute =1+1 even in a CSV; an apostrophe keeps it text.
    assert back["Ward"].tolist() == ["'=1+1", *TABLE["Ward"].tolist()[1:]]
    assert np.array_equal(back["Fuel poverty (%)"], TABLE["Fuel poverty (%)"], equal_nan=True)


def test_notes_without_text_are_left_out():
    assert make_notes(("Source", "DESNZ"), ("Caveat", ""), ("Licence", "OGL")) == [
        ("Source", "DESNZ"),
        ("Licence", "OGL"),
    ]


@pytest.fixture(scope="module")
def boundaries():
    # Two squares near Huntingdon in British National Grid, and one that is not wanted.
    shapes = [box(x, 270_000, x + 1000, 271_000) for x in (520_000, 521_000, 522_000)]
    codes = ["E05000001", "E05000002", "E05000003"]
    return gpd.GeoDataFrame({"area_code": codes}, geometry=shapes, crs=27700)


@pytest.fixture(scope="module")
def geojson(boundaries):
    table = pd.DataFrame(
        {
            "area_code": ["E05000002", "E05000001"],
            "Ward": ["Söuth", "North"],
            "Value": [np.nan, 12.5],
            "Flag": pd.Categorical(["suppressed", ""]),
        }
    )
    return json.loads(make_geojson(table, boundaries, "area_code"))


def test_geojson_is_as_the_standard_says(geojson):
    assert geojson["type"] == "FeatureCollection"
    assert "crs" not in geojson  # RFC 7946 knows longitude and latitude only
    assert len(geojson["features"]) == 2
    for feature in geojson["features"]:
        assert feature["type"] == "Feature"
        polygon = shape(feature["geometry"])
        assert polygon.is_valid
        assert not polygon.is_empty
        left, bottom, right, top = polygon.bounds
        assert -0.5 < left < right < 0
        assert 52 < bottom < top < 53


def test_geojson_carries_the_rows_and_gaps_as_null(geojson):
    rows = {f["properties"]["area_code"]: f["properties"] for f in geojson["features"]}
    assert rows["E05000001"]["Value"] == 12.5
    assert rows["E05000002"]["Value"] is None
    assert rows["E05000002"]["Ward"] == "Söuth"
    assert rows["E05000002"]["Flag"] == "suppressed"


def test_geojson_rings_turn_as_the_standard_says(boundaries):
    clockwise = boundaries.set_geometry(
        [Polygon(list(p.exterior.coords)[::-1]) for p in boundaries.geometry]
    )
    for layer in (boundaries, clockwise):
        content = json.loads(make_geojson(layer[["area_code"]], layer, "area_code"))
        for feature in content["features"]:
            assert shape(feature["geometry"]).exterior.is_ccw  # RFC 7946, section 3.1.6


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" viewBox="0 0 200 40">'
    '<rect width="200" height="40" fill="#FFFFFF"/>'
    "<text x='4' y='30' font-size='28' font-family='Source Sans 3, Arial, sans-serif'>"
    "{}</text></svg>"
)


def test_a_picture_as_png_shows_its_words():
    from PIL import Image

    words = Image.open(io.BytesIO(make_png(SVG.format("Ramsey"))))
    empty = Image.open(io.BytesIO(make_png(SVG.format(""))))
    assert words.size == (400, 80)
    assert words.convert("L").getextrema()[0] < 60
    assert empty.convert("L").getextrema() == (255, 255)


def test_a_geopackage_holds_areas_figures_and_notes(tmp_path):
    import pyogrio

    square = box(500000, 200000, 501000, 201000)
    boundaries = gpd.GeoDataFrame(
        {"area_code": ["E05000001", "E05000002"]}, geometry=[square, square], crs=27700
    )
    rows = pd.DataFrame({"area_code": ["E05000001"], "Area": ["=Ramsey"], "Value": [1.5]})
    path = tmp_path / "areas.gpkg"
    path.write_bytes(make_geopackage(rows, boundaries, "area_code", [("Source", "ONS")]))
    back = gpd.read_file(path)
    assert back[["area_code", "Area", "Value"]].to_numpy().tolist() == [
        ["E05000001", "=Ramsey", 1.5]
    ]
    assert back.crs == 27700
    assert back.area.sum() == pytest.approx(1e6)
    assert pyogrio.read_info(path)["dataset_metadata"]["Source"] == "ONS"


def test_a_picture_shows_signs_its_font_lacks():
    empty = make_png(SVG.format("\U0010ffff"))
    for sign in "●○✗▲▼△▽✓":
        assert make_png(SVG.format(sign)) != empty, sign
    assert make_png(SVG.format("●")) == make_png(SVG.format("•"))
