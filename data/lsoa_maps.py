"""Maps of the LSOAs of a county, a region or England, composed when they are asked for.

The map of each council is prepared by the build. Prepared for the larger places as well they
would add 12 MB to the committed data; composed from the same polygons (`lsoa.parquet`) a county
takes a tenth of a second and England eight seconds of one processor, once in a server's life.
"""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from threading import Lock
from typing import Any

from data.errors import TableError
from data.geography_words import ENGLAND
from data.load import boundary_file, load_areas, load_boundaries, load_lsoas
from data.manifest import reading_table

COLUMNS = {"district": "district_code", "county": "county_code", "region": "region_code"}
# One at a time: England needs 400 MB while it is made, and who waits gets what was made.
_one_at_a_time = Lock()
_made: dict[str, bytes] = {}
MOST_MADE = 16


def has_prepared_map(area: str) -> bool:
    """Whether the build has prepared the map of an area's LSOAs, as it does for councils."""
    try:
        boundary_file("lsoa", area)
    except TableError:
        return False
    return True


def has_lsoas(area: str) -> bool:
    """Whether an area is one whose LSOAs are known.

    Raises:
        TableError: the table of LSOAs is not there.
    """
    columns = load_lsoas()[list(COLUMNS.values())]
    return area == ENGLAND or bool(columns.isin([area]).to_numpy().any())


def name_lsoa_map(area: str) -> str:
    """The name of a composed map's file; it changes when the build or the polygons do.

    Raises:
        TableError: the area is not one whose LSOAs are known, or the polygons are not there.
    """
    if not has_lsoas(area):
        raise TableError(f"there is no LSOA map of {area}.")
    return f"lsoa-{area}-{_version()}.json"


@lru_cache(maxsize=1)
def _version() -> str:
    from data.load import BOUNDARIES

    path = BOUNDARIES / "lsoa.parquet"
    with reading_table(path):
        polygons = path.read_bytes()
    return f"{zlib.crc32(polygons, zlib.crc32(b'1')):08x}"


def compose_lsoa_map(area: str) -> dict[str, Any]:
    """The map of an area's LSOAs, outlined and grouped by council; of councils by ward.

    Args:
        area: code of a council, county, region or of England.

    Returns:
        see `prepare_boundaries.make_path_file`. Codes are in order.

    Raises:
        TableError: the area or the polygons are not there.
    """
    import geopandas

    from data.prepare_boundaries import LSOA_DETAIL, WARD_DETAIL, make_path_file, simplify

    name_lsoa_map(area)
    kind = str(load_areas().at[area, "area_type"])
    lsoas = load_lsoas().sort_index()
    if kind in COLUMNS:
        lsoas = lsoas[lsoas[COLUMNS[kind]] == area]
    table = load_boundaries("lsoa").set_index("lsoa_code")
    polygons = geopandas.GeoSeries(table.geometry.loc[lsoas.index])
    detail = LSOA_DETAIL if kind == "district" else WARD_DETAIL[kind]
    # As stored, the polygons are as fine as the map of a council. A region's or England's is
    # seen from further away: its borders are made simpler, together, so that none comes apart.
    if detail.tolerance > LSOA_DETAIL.tolerance:
        polygons = simplify(polygons, detail.tolerance)
    parent = "ward_code" if kind == "district" else "district_code"
    groups = lsoas[parent].map(load_areas()["area_name"])
    return make_path_file("lsoa", area, polygons, lsoas["lsoa_name"], groups, detail, True)


def write_lsoa_map(area: str) -> bytes:
    """The same as gzipped JSON; made once, also where several ask for it at the same time.

    What is made already does not wait for what is being made.

    Raises:
        TableError: see `compose_lsoa_map`.
    """
    if (made := _made.get(area)) is not None:
        return made
    with _one_at_a_time:
        if area not in _made:
            text = json.dumps(compose_lsoa_map(area), ensure_ascii=False, separators=(",", ":"))
            if len(_made) == MOST_MADE:
                del _made[next(iter(_made))]  # the oldest
            _made[area] = zlib.compress(text.encode(), 6, 31)
        return _made[area]


def load_lsoa_paths(area: str) -> dict[str, Any]:
    """The same as the browser gets it, read back from what was made.

    Raises:
        TableError: see `compose_lsoa_map`.
    """
    content: dict[str, Any] = json.loads(zlib.decompress(write_lsoa_map(area), 31))
    return content
