"""In which ward a point lies: point in polygon on the wards of 2025.

The polygons are simplified. Checked against the boundaries they were made from, 0.2 % of
150,000 postcodes change wards, all of them within 60 metres of the line: a point that near
is said to be near a boundary, with the wards it may be in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from data.load import load_boundaries

if TYPE_CHECKING:
    import shapely

NEAR = 60.0  # metres


@dataclass(frozen=True)
class Place:
    """The ward of a point, others it may be in, and whether it was inside a ward at all.

    `moved` means that the point lies outside every ward, or in a ward of another district
    than the one it is said to be in, and that `ward` is the nearest ward of its district.
    """

    ward: str
    neighbours: tuple[str, ...] = ()
    moved: bool = False

    @property
    def sure(self) -> bool:
        """Whether no other ward is near."""
        return not self.neighbours and not self.moved


@dataclass(frozen=True)
class _Wards:
    code: npt.NDArray[np.object_]
    district: npt.NDArray[np.object_]
    shape: npt.NDArray[np.object_]
    tree: shapely.STRtree


@lru_cache(maxsize=1)
def _load_wards() -> _Wards:
    import shapely

    wards = load_boundaries("ward")
    shapes = wards.geometry.to_numpy()
    code, district = (wards[name].to_numpy(dtype=object) for name in ("area_code", "district_code"))
    return _Wards(code, district, shapes, shapely.STRtree(shapes))


def _nearest(x: float, y: float, district: str) -> int:
    """Position of the nearest ward of a district; of any ward where the district is unknown."""
    import shapely

    wards = _load_wards()
    inside = np.flatnonzero(wards.district == district)
    if not len(inside):
        return int(wards.tree.nearest(shapely.points(x, y)))
    distances = shapely.distance(wards.shape[inside], shapely.points(x, y))
    return int(inside[distances.argmin()])


def find_ward(easting: float, northing: float, district: str) -> Place:
    """The ward of one point.

    Args:
        easting: metres, EPSG:27700.
        northing: the same.
        district: code of the district the point is known to be in. It decides where the
            simplified lines would put the point into another district or into the sea.

    Raises:
        TableError: the boundaries cannot be read.
    """
    import shapely

    wards = _load_wards()
    point = shapely.points(easting, northing)
    holds = wards.tree.query(point, predicate="intersects")
    right = holds[wards.district[holds] == district]
    chosen = int(right[0]) if len(right) else _nearest(easting, northing, district)
    near = wards.tree.query(point, predicate="dwithin", distance=NEAR)
    others = [str(wards.code[i]) for i in sorted(near) if i != chosen]
    return Place(str(wards.code[chosen]), tuple(others), moved=not len(right))


def find_wards(
    easting: npt.NDArray[np.float32],
    northing: npt.NDArray[np.float32],
    district: npt.NDArray[np.object_],
) -> npt.NDArray[np.object_]:
    """The wards of many points, all with a place: see `find_ward`.

    Raises:
        TableError: the boundaries cannot be read.
    """
    import shapely

    wards = _load_wards()
    points = shapely.points(easting, northing)
    which, ward = wards.tree.query(points, predicate="intersects")
    right = wards.district[ward] == district[which]
    found = np.full(len(easting), -1)
    found[which[right]] = ward[right]
    for place in np.flatnonzero(found < 0):
        found[place] = _nearest(easting[place], northing[place], str(district[place]))
    return wards.code[found]


def find_wards_anywhere(
    easting: npt.NDArray[np.float64], northing: npt.NDArray[np.float64]
) -> npt.NDArray[np.object_]:
    """The wards of points whose district is not known; "" outside England.

    Args:
        easting: metres, EPSG:27700, none missing.
        northing: the same.

    A point outside every ward by no more than `NEAR` metres goes to the nearest: the lines are
    simplified, at the coast too.

    Raises:
        TableError: the boundaries cannot be read.
    """
    import shapely

    wards = _load_wards()
    points = shapely.points(easting, northing)
    found = np.full(len(points), -1)
    which, ward = wards.tree.query(points, predicate="intersects")
    found[which] = ward
    rest = np.flatnonzero(found < 0)
    near = wards.tree.query_nearest(points[rest], max_distance=NEAR, all_matches=False)
    found[rest[near[0]]] = near[1]
    codes = np.append(wards.code, "")
    return codes[found]
