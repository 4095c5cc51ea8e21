"""A file of areas that somebody brought: GeoJSON, GeoPackage or a zipped shapefile.

It is opened with the limits of `data.own.opening`, and nothing of it is kept here. Every
problem names the area, what is wrong and what to do; areas without a fault can be used while
the others are left out.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from data.custom_area_shapes import (
    NamedArea,
    ShapeError,
    check_place,
    find_overlaps,
    find_system,
    make_polygons,
    place_shape,
)
from data.errors import SpreadsheetError
from data.names import clean_name
from data.own.map_file import load_database, quote, read_shape, read_system
from data.own.shapes import ERROR, NOTE, Finding
from data.spreadsheets import Limits, check_bytes, is_package

if TYPE_CHECKING:
    import shapely

LIMITS = Limits(most_bytes=10_000_000, most_unpacked=60_000_000, most_rows=200)
MOST_AREAS, MOST_CORNERS = 200, 200_000
ENDINGS = (".geojson", ".json", ".gpkg", ".zip")
_SQLITE = b"SQLite format 3\x00"
_POLYGONS = ("Polygon", "MultiPolygon")
_SAVE_AS = "Save the areas as GeoJSON, GeoPackage (.gpkg) or a zipped shapefile and try again."
_NAMES = ("name", "area_name", "title", "label", "ward", "division", "parish", "town")


@dataclass(frozen=True)
class Raw:
    """One feature as it is in the file: its attributes, its shape or why there is none."""

    properties: Mapping[str, Any]
    shape: shapely.Geometry | None = None
    fault: ShapeError | None = None


@dataclass(frozen=True)
class AreaFile:
    """The areas that can be used, and everything there is to say about the file.

    `findings`: `row` is the number of the feature from 1, 0 stands for the file; `value` is
    the area's name. `swapped` says that some areas seem to give latitude before longitude.
    """

    name: str
    areas: tuple[NamedArea, ...]
    findings: tuple[Finding, ...] = field(default=())
    swapped: bool = False


def read_area_file(content: bytes, name: str, *, swap: bool = False) -> AreaFile:
    """Read the areas of a file.

    Args:
        content: its bytes.
        name: what it is called; what it is shows in its content.
        swap: read the two coordinates the other way round.

    Raises:
        SpreadsheetError: too large, damaged, of another kind, or no area can be used.
    """
    check_bytes(content, LIMITS)
    if content.startswith(_SQLITE):
        raws, system = _read_geopackage(content)
    elif is_package(content):
        raws, system = _read_shapefile(content)
    elif content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raws, system = _read_geojson(content)
    else:
        raise SpreadsheetError(f"{name[:60]} is no file of areas that can be read. {_SAVE_AS}")
    _check_size(raws)
    return _check_areas(name, raws, system, swap)


def _check_size(raws: Sequence[Raw]) -> None:
    import shapely

    if not raws:
        raise SpreadsheetError("The file has no areas in it.")
    if len(raws) > MOST_AREAS:
        raise SpreadsheetError(
            f"The file has {len(raws):,} areas; at most {MOST_AREAS} are read at once. "
            "Split it, or leave out the areas of other councils."
        )
    shapes = [raw.shape for raw in raws if raw.shape is not None]
    corners = int(shapely.get_num_coordinates(shapes).sum()) if shapes else 0
    if corners > MOST_CORNERS:
        raise SpreadsheetError(
            f"The lines of the areas have {corners:,} corners; at most {MOST_CORNERS:,} are read. "
            "Simplify them (20 metres is fine enough here) and try again."
        )


def _check_areas(name: str, raws: Sequence[Raw], said: int | None, swap: bool) -> AreaFile:
    import shapely

    shapes = [raw.shape for raw in raws if raw.shape is not None]
    if swap:
        shapes = [shapely.transform(shape, lambda c: c[:, ::-1]) for shape in shapes]
    system, note = find_system(shapes, said)
    findings = [Finding(0, "coordinates", "", note, "", NOTE)] if note else []
    areas, numbers, turned = [], [], iter(shapes)
    swapped = False
    for number, (raw, label) in enumerate(zip(raws, _name_areas(raws), strict=True), start=1):
        try:
            if raw.shape is None:
                raise raw.fault or ShapeError("has no shape", "Leave it out or draw it again.")
            line, notes = place_shape(next(turned), system)
        except ShapeError as fault:
            swapped = swapped or "latitude before" in str(fault)
            findings.append(Finding(number, "shape", label, str(fault), fault.cure, ERROR))
            continue
        findings += [Finding(number, "shape", label, text, "", NOTE) for text in notes]
        place = check_place(number, area := NamedArea(label, line))
        findings += [place] if place else []
        if place is None or place.severity != ERROR:
            areas.append(area)
            numbers.append(number)
    findings += find_overlaps(areas, numbers)
    return AreaFile(name, tuple(areas), tuple(findings), swapped)


def _name_areas(raws: Sequence[Raw]) -> list[str]:
    """A different name for each area, from the property that looks most like names."""
    column = _find_name_column(raws)
    names: list[str] = []
    for number, raw in enumerate(raws, start=1):
        value = raw.properties.get(column)
        name = clean_name(str(value)) if value is not None else ""
        name = name or f"Area {number}"
        names.append(name if name not in names else clean_name(f"{name[:50]} ({number})"))
    return names


def _find_name_column(raws: Sequence[Raw]) -> str:
    """A heading such as name, NAME or CED23NM; else the first whose texts all differ."""
    headings = list(dict.fromkeys(str(key) for raw in raws for key in raw.properties))
    for wanted in _NAMES:
        for heading in headings:
            if heading.casefold() == wanted:
                return heading
    for heading in headings:
        if heading.casefold().endswith(("nm", "name")):
            return heading
    for heading in headings:
        texts = [raw.properties.get(heading) for raw in raws]
        if all(isinstance(t, str) and t.strip() for t in texts) and len(set(texts)) == len(texts):
            return heading
    return ""


def _read_geojson(content: bytes) -> tuple[list[Raw], int | None]:
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=str)
        features = found["features"] if found.get("type") == "FeatureCollection" else [found]
        if not isinstance(features, list):
            raise TypeError
        system = read_system(found) if "crs" in found else None
        raws = [_read_feature(feature) for feature in features[: MOST_AREAS + 1]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SpreadsheetError(
            f"The file begins like a GeoJSON and cannot be read as one. {_SAVE_AS}"
        ) from error
    if len(features) > MOST_AREAS:
        raise SpreadsheetError(
            f"The file has {len(features):,} areas; at most {MOST_AREAS} are read at once. "
            "Split it, or leave out the areas of other councils."
        )
    return raws, system


def _read_feature(feature: dict[str, Any]) -> Raw:
    is_feature = feature.get("type") == "Feature"
    properties = dict((feature.get("properties") if is_feature else None) or {})
    geometry = (feature.get("geometry") if is_feature else feature) or {}
    kind = str(geometry.get("type", ""))
    if kind not in _POLYGONS:
        return Raw(properties, fault=_no_polygon(kind))
    try:
        return Raw(properties, make_polygons(kind, geometry.get("coordinates")))
    except ShapeError as fault:
        return Raw(properties, fault=fault)


def _no_polygon(kind: str) -> ShapeError:
    what = f"is a {kind[:30]}, which has no land" if kind else "has no shape"
    return ShapeError(what, "Only polygons can be used; leave it out or draw it as a polygon.")


def _read_geopackage(content: bytes) -> tuple[list[Raw], int | None]:
    connection = sqlite3.connect(":memory:")
    try:
        load_database(connection, content)
        return _read_layer(connection)
    except (sqlite3.Error, MemoryError, UnicodeDecodeError, OverflowError, ValueError) as error:
        raise SpreadsheetError(f"The GeoPackage is damaged and cannot be read. {_SAVE_AS}") from (
            error
        )
    finally:
        connection.close()


def _read_layer(connection: sqlite3.Connection) -> tuple[list[Raw], int | None]:
    """The first layer that can hold polygons.

    Raises:
        SpreadsheetError: there is none.
    """
    layers = connection.execute(
        "SELECT g.table_name, g.column_name, g.geometry_type_name, s.organization_coordsys_id "
        "FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
    ).fetchmany(50)
    tables = {r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    for table, column, kind, system in layers:
        if table in tables and "POINT" not in str(kind).upper():
            return _read_rows(connection, str(table), str(column)), int(system) if system else None
    raise SpreadsheetError(f"The GeoPackage has no layer of polygons. {_SAVE_AS}")


def _read_rows(connection: sqlite3.Connection, table: str, column: str) -> list[Raw]:
    found = connection.execute(f"SELECT * FROM {quote(table)} LIMIT {MOST_AREAS + 1}")  # noqa: S608
    names = [str(entry[0]) for entry in found.description]
    place = [name.casefold() for name in names].index(column.casefold())
    raws = []
    for row in found:
        properties = {n: v for n, v in zip(names, row, strict=True) if isinstance(v, (str, int))}
        shape = read_shape(row[place])
        good = shape is not None and not shape.is_empty and shape.geom_type in _POLYGONS
        kind = "" if shape is None else shape.geom_type
        raws.append(Raw(properties, shape) if good else Raw(properties, fault=_no_polygon(kind)))
    return raws


def _read_shapefile(content: bytes) -> tuple[list[Raw], int | None]:
    """The one shapefile of a zip: only its four known parts are unpacked, under plain names.

    Raises:
        SpreadsheetError: it is damaged, not complete, or has impossible coordinates.
    """
    import geopandas as gpd

    try:
        packed = _pack_again(content)
        table = gpd.read_file(packed, rows=MOST_AREAS + 1)
    except SpreadsheetError:
        raise
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError) as error:
        raise SpreadsheetError(
            f"The zipped shapefile is damaged or not complete (.shp, .shx and .dbf). {_SAVE_AS}"
        ) from error
    system = table.crs.to_epsg() if table.crs is not None else None
    raws = []
    for properties, shape in zip(
        table.drop(columns="geometry").to_dict("records"), table.geometry, strict=True
    ):
        good = shape is not None and shape.geom_type in _POLYGONS and not shape.is_empty
        kind = "" if shape is None else shape.geom_type
        texts = {str(k): v for k, v in properties.items()}
        raws.append(Raw(texts, shape) if good else Raw(texts, fault=_no_polygon(kind)))
    finite = all(np.isfinite(raw.shape.bounds).all() for raw in raws if raw.shape is not None)
    if not finite:
        raise SpreadsheetError(f"The shapefile has coordinates that are no numbers. {_SAVE_AS}")
    return raws, system


def _pack_again(content: bytes) -> io.BytesIO:
    """The parts of the zip's only shapefile, unpacked within the limits and packed afresh.

    Raises:
        SpreadsheetError: the zip holds none or several, or unpacks to too much.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        shapes = [p.filename for p in parts if p.filename.casefold().endswith(".shp")]
        if len(shapes) != 1:
            raise SpreadsheetError(
                f"The zip holds {len(shapes)} shapefiles (.shp); it must hold one. {_SAVE_AS}"
            )
        stem = shapes[0][:-4]
        wanted = {p.filename: p.filename[len(stem) :].casefold() for p in parts
                  if p.filename.startswith(f"{stem}.")}  # fmt: skip
        wanted = {f: e for f, e in wanted.items() if e in (".shp", ".shx", ".dbf", ".prj", ".cpg")}
        left = LIMITS.most_unpacked
        with zipfile.ZipFile(out, "w") as fresh:
            for filename, ending in wanted.items():
                with package.open(filename) as part:
                    unpacked = part.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    raise SpreadsheetError(
                        f"The zip unpacks to more than {LIMITS.most_unpacked // 1_000_000} MB."
                    )
                fresh.writestr(f"areas{ending}", unpacked)
    out.seek(0)
    return out
