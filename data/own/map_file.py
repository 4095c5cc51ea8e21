"""Points of a GeoJSON or GeoPackage as rows: attributes, then easting and northing as text."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.errors import SpreadsheetError
from data.own.opening import check_extent, make_cells
from data.own.shapes import OwnFile, OwnSheet

if TYPE_CHECKING:
    import shapely

SECONDS = 20.0  # that a GeoPackage may take
_POINTS_ONLY = (
    "Only points can be counted into wards; {what} holds {kind}. Save the middle points of the "
    "shapes as a layer of their own and try again."
)
_LONLAT, _GRID = {4326, 4258}, {27700}


def open_geojson(content: bytes, name: str) -> OwnFile:
    """The points of a GeoJSON, one row for each.

    Raises:
        SpreadsheetError: no JSON, no points, too many, or an unknown coordinate system.
    """
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=str)
        features = found["features"] if found.get("type") == "FeatureCollection" else [found]
        points, rows = _read_features(features)
        system = read_system(found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SpreadsheetError(
            "The file begins like a GeoJSON and cannot be read as one. Export it again as "
            "“GeoJSON” with points."
        ) from error
    return OwnFile(name, (_make_sheet("", points, rows, system),))


def _read_features(features: Any) -> tuple[list[tuple[Any, Any]], list[dict[str, Any]]]:
    if not isinstance(features, list) or not features:
        raise SpreadsheetError("The GeoJSON has no features.")
    check_extent(len(features), 1, "The GeoJSON")
    points, rows = [], []
    for feature in features:
        geometry = feature.get("geometry") or {}
        kind = str(geometry.get("type", "no place"))
        if geometry and kind != "Point":
            raise SpreadsheetError(_POINTS_ONLY.format(what="the file", kind=kind[:40]))
        place = geometry.get("coordinates") or ("", "")
        points.append((place[0], place[1]))
        rows.append(dict(feature.get("properties") or {}))
    return points, rows


def read_system(found: dict[str, Any]) -> int:
    """EPSG number of the coordinates; the standard's own is longitude and latitude.

    Raises:
        SpreadsheetError: the system is not known.
    """
    if "crs" not in found:
        return 4326
    words = str(((found["crs"] or {}).get("properties") or {}).get("name", ""))
    if words.upper().endswith("CRS84"):
        return 4326
    number = words.rpartition(":")[2]
    if not number.isdigit():
        raise SpreadsheetError(
            f"The coordinate system {words[:60]!r} is not known. Save the file as longitude and "
            "latitude (EPSG:4326) or British National Grid (EPSG:27700)."
        )
    return int(number)


def open_geopackage(content: bytes, name: str) -> OwnFile:
    """The point layers of a GeoPackage, one row for each point.

    Raises:
        SpreadsheetError: no point layer, too many points, damaged, or an unknown system.
    """
    connection = sqlite3.connect(":memory:")
    try:
        load_database(connection, content)
        sheets = tuple(_read_layers(connection))
    except (sqlite3.Error, MemoryError, UnicodeDecodeError, OverflowError) as error:
        raise SpreadsheetError(
            "The GeoPackage is damaged and cannot be read. Export the points again and try once "
            "more."
        ) from error
    finally:
        connection.close()
    if not sheets:
        raise SpreadsheetError(_POINTS_ONLY.format(what="the GeoPackage", kind="no point layer"))
    return OwnFile(name, sheets)


def load_database(connection: sqlite3.Connection, content: bytes) -> None:
    """Put the bytes of a GeoPackage into a connection in memory, with a limit of time."""
    connection.deserialize(content)
    connection.execute("PRAGMA trusted_schema = OFF")
    end = time.monotonic() + SECONDS
    # A file may hold views that never come to an end.
    connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)


def quote(word: str) -> str:
    """A name as SQL takes it."""
    return '"' + word.replace('"', '""') + '"'


def _read_layers(connection: sqlite3.Connection) -> Iterable[OwnSheet]:
    layers = connection.execute(
        "SELECT g.table_name, g.column_name, g.geometry_type_name, s.organization, "
        "s.organization_coordsys_id FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s "
        "ON s.srs_id = g.srs_id"
    ).fetchmany(50)
    tables = {
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    for table, column, kind, organisation, number in layers:
        if table not in tables or str(kind).upper() not in ("POINT", "GEOMETRY"):
            continue
        if str(organisation).upper() != "EPSG":
            raise SpreadsheetError(
                f"The layer {str(table)[:60]!r} does not say in which coordinate system its points "
                "are. Set it (EPSG:27700 or EPSG:4326) and export it again."
            )
        yield _read_layer(connection, str(table), str(column), int(number))


def _read_layer(connection: sqlite3.Connection, table: str, column: str, system: int) -> OwnSheet:
    found = connection.execute(f"SELECT * FROM {quote(table)} LIMIT 200101")  # noqa: S608
    names = [str(entry[0]) for entry in found.description]
    place = [name.casefold() for name in names].index(column.casefold()) if names else -1
    rows, points = [], []
    for row in found:
        points.append(_read_point(row[place], table))
        rows.append({n: v for i, (n, v) in enumerate(zip(names, row, strict=True)) if i != place})
    check_extent(len(rows), len(names) + 1, f"The layer {table[:60]!r}")
    return _make_sheet(table, points, rows, system)


def _read_point(blob: Any, table: str) -> tuple[Any, Any]:
    """The coordinates in the binary form of GeoPackage; empty where there is no point.

    Raises:
        SpreadsheetError: the layer holds lines or areas.
    """
    shape = read_shape(blob)
    if shape is None:
        return "", ""
    if shape.geom_type != "Point":
        raise SpreadsheetError(
            _POINTS_ONLY.format(what=f"the layer {table[:60]!r}", kind=shape.geom_type)
        )
    return ("", "") if shape.is_empty else (shape.x, shape.y)


def read_shape(blob: Any) -> shapely.Geometry | None:
    """A shape in the binary form of GeoPackage; None where there is none or it is damaged."""
    import shapely

    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return None
    if blob[3] & 0x10:  # an empty geometry
        return None
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}.get((blob[3] >> 1) & 7, 0)
    try:
        return shapely.from_wkb(blob[8 + envelope :])
    except shapely.errors.GEOSException:
        return None


def _print(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, (dict, list, bytes)):
        return str(value)[:1_000]
    return str(value)


def _make_sheet(
    name: str, points: Sequence[tuple[Any, Any]], rows: Sequence[dict[str, Any]], system: int
) -> OwnSheet:
    """Rows of text under a row of headings; the coordinates stand last."""
    headings = list(dict.fromkeys(str(key) for row in rows for key in row))
    check_extent(len(rows) + 1, len(headings) + 2, "The file")
    grid = "lonlat" if system in _LONLAT else "grid" if system in _GRID else ""
    places = np.array([[_number(x), _number(y)] for x, y in points], dtype=float).reshape(-1, 2)
    if not grid:
        places, grid = _project(places, system), "grid"
    columns = [
        np.array([heading, *(_print(row.get(heading)) for row in rows)], dtype=object)
        for heading in headings
    ]
    names = ("longitude", "latitude") if grid == "lonlat" else ("easting", "northing")
    for side, heading in enumerate(names):
        texts = ["" if np.isnan(n) else f"{n:.12g}" for n in places[:, side]]
        columns.append(np.array([heading, *texts], dtype=object))
    cells = make_cells(columns, len(rows) + 1)
    return OwnSheet(name, pd.DataFrame(cells), grid=grid)


def _number(value: Any) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number and abs(value) < 1e9 else np.nan


def _project(places: np.ndarray, system: int) -> np.ndarray:
    """Coordinates of another system in metres of the British National Grid.

    Raises:
        SpreadsheetError: the system is not known.
    """
    from pyproj import CRS, Transformer
    from pyproj.exceptions import ProjError

    try:
        source = CRS.from_epsg(system)
        change = Transformer.from_crs(source, 27700, always_xy=True)
        x, y = change.transform(places[:, 0], places[:, 1])
    except ProjError as error:
        raise SpreadsheetError(
            f"The coordinate system EPSG:{system} is not known. Save the file as longitude and "
            "latitude (EPSG:4326) or British National Grid (EPSG:27700)."
        ) from error
    moved = np.column_stack([x, y])
    return np.where(np.isfinite(moved), moved, np.nan)
