"""Sites counted by ward: point in polygon on the wards the build was given."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from data.errors import SourceError
from data.sources.service_sites import FILES, KINDS, read_sites

#: A point this far outside every ward, in metres, is on a coast that is drawn too simply.
NEAR = 1_000.0


def has_sites(folder: Path) -> bool:
    """Whether the raw folder holds the sites."""
    return all((folder / file).exists() for file in FILES)


def find_ward_of(sites: pd.DataFrame, wards: gpd.GeoSeries) -> np.ndarray:
    """The code of the ward of each point; outside all wards, of the nearest one.

    Args:
        sites: columns easting and northing, in metres (EPSG:27700).
        wards: polygons in the same projection, index ward code.

    Raises:
        SourceError: a point lies more than `NEAR` outside every ward.
    """
    import shapely

    points = shapely.points(sites["easting"], sites["northing"])
    tree = shapely.STRtree(wards.to_numpy())
    # A point on a line between wards is near both; the first of them is taken.
    (which, ward), far = tree.query_nearest(points, return_distance=True, all_matches=True)
    first = np.unique(which, return_index=True)[1]
    if (far[first] > NEAR).any():
        row = int(np.argmax(far[first] > NEAR))
        place = f"{sites['easting'].iat[row]:.0f}, {sites['northing'].iat[row]:.0f}"
        raise SourceError("services", "lies in no ward", row=row + 1, value=place)
    return wards.index.to_numpy()[ward[first]]


def count_sites(sites: pd.DataFrame, wards: gpd.GeoSeries) -> pd.DataFrame:
    """Count the sites of each ward.

    Args:
        sites: see `service_sites.read_sites`.
        wards: polygons, index ward code in the order of the table.

    Returns:
        area_code and one column of counts for each of `KINDS`; 0 where the source lists none.

    Raises:
        SourceError: a point lies in no ward.
    """
    found = sites.assign(area_code=find_ward_of(sites, wards))
    counts = found.pivot_table(index="area_code", columns="kind", values="count", aggfunc="sum")
    counts = counts.reindex(index=wards.index, columns=list(KINDS)).fillna(0).astype("int64")
    return counts.rename_axis(index="area_code", columns=None).reset_index()


def make_sites_table(folder: Path, wards: gpd.GeoSeries) -> pd.DataFrame:
    """Read the sites and count them by ward (see `count_sites`).

    Raises:
        SourceError: a raw file is not as it must be.
    """
    return count_sites(read_sites(folder), wards)
