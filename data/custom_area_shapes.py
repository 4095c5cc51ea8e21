"""The lines of areas that somebody brought: checked, put on the national grid, repaired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from data.lsoa_shapes import find_lsoas_near
from data.own.shapes import ERROR, NOTE, WARNING, Finding

if TYPE_CHECKING:
    import shapely
    from pyproj import Transformer

GRID, DEGREES = 27700, 4326
#: Eastings and northings, longitudes and latitudes between which England lies.
GRID_BOX = (0.0, 0.0, 700_000.0, 700_000.0)
DEGREE_BOX = (-7.0, 49.0, 2.5, 56.5)
SWAP = "Choose “read them the other way round”, or export the file again."
_SMALLEST = 100.0  # square metres: less is no area
_NARROWEST = 10.0  # metres, twice the land over the length of its line
_OVERLAP = 0.01  # of the smaller of two areas


class ShapeError(ValueError):
    """A shape that is no area; the message says why, `cure` what to do."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__(reason)
        self.cure = cure


@dataclass(frozen=True)
class NamedArea:
    """One area: its name and its land, a valid polygon or several, in EPSG:27700."""

    name: str
    line: shapely.Geometry


def make_polygons(kind: str, coordinates: Any) -> shapely.Geometry:
    """A Polygon or MultiPolygon of GeoJSON.

    Raises:
        ShapeError: rings that are no list of pairs of numbers, or too short.
    """
    import shapely

    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise ShapeError("has no coordinates", "Draw the area again.")
    return shapely.MultiPolygon([_make_polygon(rings) for rings in polygons])


def _make_polygon(rings: Any) -> shapely.Polygon:
    import shapely

    if not isinstance(rings, list) or not rings:
        raise ShapeError("has a part without a ring", "Draw the area again.")
    outer, *holes = (_make_ring(ring) for ring in rings)
    return shapely.Polygon(outer, holes)


def _make_ring(ring: Any) -> npt.NDArray[np.float64]:
    cure = "A ring is a list of at least three different corners; export the file again."
    if not isinstance(ring, list) or len(ring) < 3:
        raise ShapeError("has a ring of fewer than three corners", cure)
    corners = [corner[:2] if isinstance(corner, list) else corner for corner in ring]
    for corner in corners:
        if not isinstance(corner, list) or len(corner) < 2 or not all(map(_is_number, corner)):
            raise ShapeError(f"has a corner that is no pair of numbers: {str(corner)[:40]}", cure)
    if len({tuple(corner) for corner in corners}) < 3:
        raise ShapeError("has a ring of fewer than three different corners", cure)
    return np.array(corners, dtype=float)


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and abs(value) < 1e9


def find_system(shapes: Sequence[shapely.Geometry], said: int | None) -> tuple[int, str]:
    """Which coordinates a file is in, and what to say where it says another.

    Args:
        shapes: as they are in the file.
        said: EPSG number that the file gives; None where it gives none.
    """
    import shapely

    if not shapes or (said not in (None, GRID, DEGREES)):
        return said or DEGREES, ""
    left, bottom, right, top = shapely.total_bounds(np.array(shapes, dtype=object))
    degrees = max(abs(left), abs(right), abs(bottom), abs(top)) <= 180
    if said in (None, DEGREES) and not degrees and left >= -1e5 and right <= 1e6 and top <= 1.4e6:
        return GRID, (
            "The coordinates are too large for longitude and latitude; they are read as eastings "
            "and northings of the British National Grid"
        )
    if said == GRID and degrees:
        return DEGREES, (
            "The file says British National Grid, but its coordinates are longitudes and "
            "latitudes; they are read as such"
        )
    return said or DEGREES, ""


def place_shape(shape: shapely.Geometry, system: int) -> tuple[shapely.Geometry, list[str]]:
    """Put a shape on the national grid and repair it.

    Returns:
        a valid polygon or several in EPSG:27700, and what was done to it.

    Raises:
        ShapeError: coordinates that are no place, or a shape without land.
    """
    import shapely

    shape = shapely.force_2d(shape)
    if system != GRID:
        if system == DEGREES:
            _check_degrees(shape)
        change = _make_change(system)
        shape = shapely.transform(shape, lambda c: np.column_stack(change.transform(*c.T)))
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise ShapeError("has coordinates that are no place on Earth", "Export the file again.")
    return _repair(shape)


@lru_cache(maxsize=8)
def _make_change(system: int) -> Transformer:
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    try:
        return Transformer.from_crs(system, GRID, always_xy=True)
    except ProjError as error:
        raise ShapeError(
            f"is in the coordinate system EPSG:{system}, which is not known",
            "Save the file as longitude and latitude (EPSG:4326) or British National Grid "
            "(EPSG:27700).",
        ) from error


def _check_degrees(shape: shapely.Geometry) -> None:
    import shapely

    left, bottom, right, top = shapely.bounds(shape)
    swapped = DEGREE_BOX[1] <= left and right <= DEGREE_BOX[3]
    swapped = swapped and DEGREE_BOX[0] <= bottom and top <= DEGREE_BOX[2]
    if swapped:
        raise ShapeError(
            "seems to give latitude before longitude: as it stands it lies near Somalia", SWAP
        )
    if left < -180 or right > 180 or bottom < -90 or top > 90:
        raise ShapeError(
            "has longitudes beyond 180 or latitudes beyond 90 degrees",
            "Save the file as longitude and latitude (EPSG:4326).",
        )
    if right - left > 180:
        raise ShapeError(
            "goes around half the Earth", "Look for a corner with a wrong sign or digit."
        )


def _repair(shape: shapely.Geometry) -> tuple[shapely.Geometry, list[str]]:
    import shapely

    notes = []
    if not shapely.is_valid(shape):
        before = float(shapely.area(shape))
        why = str(shapely.is_valid_reason(shape)).split("[")[0].strip().lower()
        shape = shapely.make_valid(shape)
        parts = shapely.get_parts(shapely.get_parts(shape))
        kept = [p for p in parts if shapely.get_type_id(p) == 3]
        shape = shapely.union_all(kept) if kept else shapely.Polygon()
        after = float(shapely.area(shape))
        change = f" Its land changes from {before / 1e6:,.2f} to {after / 1e6:,.2f} km²." if (
            abs(after - before) > 0.001 * max(after, before)
        ) else ""  # fmt: skip
        notes.append(f"crosses itself or repeats a line ({why}); it was repaired.{change}")
    land, length = float(shapely.area(shape)), float(shapely.length(shape))
    if land < _SMALLEST or 2 * land < _NARROWEST * length:
        raise ShapeError(
            "has no land: its corners lie on one line or in one place",
            "Draw the area again, with at least three corners.",
        )
    return shape, notes


def check_place(number: int, area: NamedArea) -> Finding | None:
    """Whether an area lies in England: an error outside, a warning where part of it does."""
    import shapely

    shapes, _ = find_lsoas_near(area.line)
    shapely.prepare(area.line)
    whole = shapely.contains(area.line, shapes)
    cut = shapes[~whole & shapely.intersects(area.line, shapes)]
    land = float(shapely.area(shapes[whole]).sum())
    land += float(shapely.area(shapely.intersection(area.line, cut)).sum())
    share = land / float(shapely.area(area.line))
    if share >= 0.98:
        return None
    if land < _SMALLEST:
        x, y = shapely.get_coordinates(shapely.point_on_surface(area.line))[0]
        where = _say_place(float(x), float(y))
        return Finding(
            number, "coordinates", area.name, f"lies outside England, {where}",
            "Only areas in England have figures here. If it is in England, the coordinate system "
            "is wrong: save it as EPSG:4326 or EPSG:27700.", ERROR,
        )  # fmt: skip
    return Finding(
        number, "coordinates", area.name,
        f"{100 * (1 - share):.0f} % of its land lies in the sea or outside England",
        "That part counts for nothing.", WARNING,
    )  # fmt: skip


def _say_place(x: float, y: float) -> str:
    longitude, latitude = _make_change(DEGREES).transform(x, y, direction="INVERSE")
    if not np.isfinite([longitude, latitude]).all():
        return f"at easting {x:,.0f}, northing {y:,.0f}"
    sides = ("north" if latitude >= 0 else "south", "east" if longitude >= 0 else "west")
    return f"at {abs(latitude):.2f}° {sides[0]}, {abs(longitude):.2f}° {sides[1]}"


def find_overlaps(areas: Sequence[NamedArea], numbers: Sequence[int]) -> list[Finding]:
    """Pairs of areas with land in common, as notes: an LSOA may be counted in both."""
    import shapely

    lines = np.array([area.line for area in areas], dtype=object)
    tree = shapely.STRtree(lines)
    found = []
    for one, other in tree.query(lines, predicate="intersects").T.tolist():
        if one >= other:
            continue
        common = float(shapely.area(shapely.intersection(lines[one], lines[other])))
        smaller = min(float(shapely.area(lines[i])) for i in (one, other))
        if common > _OVERLAP * smaller:
            found.append(
                Finding(
                    numbers[other], "coordinates", areas[other].name,
                    f"overlaps “{areas[one].name}” by {common / 1e6:,.2f} km²",
                    "A neighbourhood in both is counted in both.", NOTE,
                )
            )  # fmt: skip
    return found
