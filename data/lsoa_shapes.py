"""The polygons of LSOAs near a line, found quickly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.load import load_boundaries, load_lsoas, load_paths

if TYPE_CHECKING:
    import shapely


@dataclass(frozen=True)
class _Lsoas:
    codes: pd.Index
    shapes: npt.NDArray[np.object_]
    tree: shapely.STRtree


@lru_cache(maxsize=1)
def _load() -> _Lsoas:
    import shapely

    table = load_boundaries("lsoa")
    shapes = table.geometry.to_numpy()
    codes = pd.Index(table["lsoa_code"].astype(object).tolist(), name="lsoa_code")
    return _Lsoas(codes, shapes, shapely.STRtree(shapes))


def find_lsoas_near(line: shapely.Geometry) -> tuple[npt.NDArray[np.object_], pd.DataFrame]:
    """The LSOAs whose box meets the box of a line, in the order of the boundaries.

    Args:
        line: any geometry in metres of the British National Grid.

    Returns:
        their polygons, and their rows of `load.load_lsoas`; of all England none is closer
        looked at than its box, so this is quick.

    Raises:
        TableError: the boundaries cannot be read.
    """
    lsoas = _load()
    near = np.sort(lsoas.tree.query(line))
    return lsoas.shapes[near], load_lsoas().reindex(lsoas.codes[near])


def join_lsoas(codes: tuple[str, ...]) -> shapely.Geometry:
    """The land of some LSOAs as one shape.

    Raises:
        TableError: the boundaries cannot be read.
    """
    import shapely

    lsoas = _load()
    return shapely.union_all(lsoas.shapes[lsoas.codes.get_indexer(list(codes))])


@dataclass(frozen=True)
class MapGrid:
    """How a prepared map lies on the British National Grid: metres of its top left corner."""

    left: float
    top: float
    unit: int

    def to_metres(self, points: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Grid units (n x 2, y down) to eastings and northings."""
        places = np.asarray(points, dtype=float).reshape(-1, 2)
        return np.column_stack(
            [self.left + places[:, 0] * self.unit, self.top - places[:, 1] * self.unit]
        )

    def to_units(self, metres: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Eastings and northings to grid units, with one decimal."""
        places = np.asarray(metres, dtype=float).reshape(-1, 2)
        x, y = (places[:, 0] - self.left) / self.unit, (self.top - places[:, 1]) / self.unit
        return np.column_stack([x, y]).round(1).astype(np.float64)


@lru_cache(maxsize=64)
def load_map_grid(layer: str, area_code: str) -> MapGrid:
    """Where the prepared map of a council (its LSOAs) or county (its wards) lies.

    The path files keep no place of their own; it is that of the boundaries they were made
    from. For LSOAs these are the same lines, for the wards of a county they differ by up to
    the tolerance of that map, a few dozen metres.

    Raises:
        TableError: there is no such map, or the boundaries cannot be read.
    """
    content: dict[str, Any] = load_paths(layer, area_code)
    table = load_boundaries(layer)
    code = "lsoa_code" if layer == "lsoa" else "area_code"
    left, _, _, top = table[table[code].isin(set(content["codes"]))].total_bounds
    unit = int(content["unit_metres"])
    return MapGrid(round(left / unit) * unit, round(top / unit) * unit, unit)
