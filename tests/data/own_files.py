"""Files of a council's own figures, made for tests: realistic, spoilt and hostile ones."""

import datetime as dt
import io
import json
import sqlite3
import zipfile
from dataclasses import replace

import openpyxl
from own_identities import assert_accounted

from data.own.checking import check_sheet
from data.own.guessing import guess_mapping
from data.own.opening import open_file

TODAY = dt.date(2026, 11, 25)
HUNTINGDONSHIRE, DEVON, MID_DEVON = "E07000011", "E10000008", "E07000042"

PARCELS = """Food parcels by ward

Ward,2021/22,2022/23,2023/24
,Number,Number,Number
Ramsey,120,140,160
Yaxley,"1,234",*,40
Ramsay,10,20,30

Warboys,-5,..,4
St Ives East,12,13,14
Total,1376,153,214
Source: food bank returns
"""
CALLS = """Postcode,Date of call
PE29 3TN,01/04/2024
PE29 3TN,15/05/2024
pe293tn,16/05/2024 13:45
nope,1/1/24
EX1 1AA,02/04/2024
"""


def write_workbook(rows, title="Sheet1", merge=(), more=()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merge:
        sheet.merge_cells(cells)
    for name, content in more:
        other = book.create_sheet(name)
        for row in content:
            other.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def change_part(content: bytes, ending: str, old: bytes, new: bytes) -> bytes:
    """A workbook with some bytes of one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(stream, "w") as out:
        for part in package.infolist():
            text = package.read(part)
            if part.filename.endswith(ending):
                assert old in text
                text = text.replace(old, new)
            out.writestr(part.filename, text)
    return stream.getvalue()


def read(content, council=HUNTINGDONSHIRE, **changes):
    content = content.encode() if isinstance(content, str) else content
    sheet = open_file(content, "test").sheets[0]
    mapping = replace(guess_mapping(sheet, council, TODAY), **changes)
    checked = check_sheet(sheet, mapping, council)
    assert_accounted(sheet, checked)
    return checked


def reasons(checked, row):
    return [f.reason for f in checked.findings if f.row == row]


def make_geojson(*points, **more):
    features = [{"type": "Feature", "geometry": {"type": "Point", "coordinates": list(p)},
                 "properties": {"kind": "call"}} for p in points]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def wrap_shape(shape) -> bytes:
    """A shape as GeoPackage keeps it."""
    import shapely

    return b"GP\x00\x01" + (1).to_bytes(4, "little") + shapely.to_wkb(shape)


def make_geopackage(points, kind="POINT", organisation="EPSG", number=27700, shapes=()) -> bytes:
    """Points, then shapes as they are handed over (bytes of GeoPackage or anything else)."""
    import shapely

    con = sqlite3.connect(":memory:")
    con.executescript(
        "create table gpkg_spatial_ref_sys (srs_id int, organization text, "
        "organization_coordsys_id int); create table gpkg_geometry_columns (table_name text, "
        "column_name text, geometry_type_name text, srs_id int); "
        "create table calls (fid integer primary key, geom blob, kind text);"
    )
    con.execute("insert into gpkg_spatial_ref_sys values (1, ?, ?)", (organisation, number))
    con.execute("insert into gpkg_geometry_columns values ('calls', 'geom', ?, 1)", (kind,))
    for blob in (*(wrap_shape(shapely.Point(x, y)) for x, y in points), *shapes):
        con.execute("insert into calls (geom, kind) values (?, 'a')", (blob,))
    con.commit()
    return bytes(con.serialize())
