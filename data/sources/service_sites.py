"""Schools, and GP, dental and pharmacy sites of England, as points."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from data.sources.reading import check_choices, check_range, check_unique, read_raw

SCHOOLS_FILE = "services/schools.parquet"
HEALTH_FILE = "services/gp_dentist_pharmacy_points.parquet"
FILES = (SCHOOLS_FILE, HEALTH_FILE)
SCHOOL = "school"
#: Services of the raw file -> kind of site.
HEALTH_KINDS = {"gp": "gp", "dentist": "dental", "pharmacy": "pharmacy"}
KINDS = (SCHOOL, *HEALTH_KINDS.values())
#: They teach online and have no place.
WITHOUT_PLACE = "Online provider"
_JOINED = " | "  # between the names of sites that share a postcode


def read_schools(folder: Path) -> pd.DataFrame:
    """Schools and colleges: see `read_sites`.

    Raises:
        SourceError: a column is missing, a school stands twice, a point is not in England.
    """
    columns = ["urn", "establishment_type", "easting", "northing"]
    frame = read_raw(folder, SCHOOLS_FILE, columns)
    check_unique(frame, SCHOOLS_FILE, ["urn"])
    points = frame[["easting", "northing"]].apply(pd.to_numeric, errors="coerce")
    # Partnerships of sixth forms have no place of their own: their point is 0, 0.
    placeless = (frame["establishment_type"] == WITHOUT_PLACE) | points.eq(0).all(axis=1)
    points = points[~placeless].fillna(-1.0).reset_index(drop=True)
    check_range(points, SCHOOLS_FILE, ["easting"], 80_000, 660_000)
    check_range(points, SCHOOLS_FILE, ["northing"], 5_000, 660_000)
    return points.assign(kind=SCHOOL, count=1)[["kind", "easting", "northing", "count"]]


def read_health_sites(folder: Path) -> pd.DataFrame:
    """GP, dental and pharmacy sites at the centre of their postcode: see `read_sites`.

    Raises:
        SourceError: a column is missing, a site stands twice, a point is not in England.
    """
    from pyproj import Transformer

    frame = read_raw(folder, HEALTH_FILE, ["service", "postcode", "name", "latitude", "longitude"])
    check_unique(frame, HEALTH_FILE, ["service", "postcode", "name"])
    check_choices(frame, HEALTH_FILE, "service", list(HEALTH_KINDS))
    check_range(frame, HEALTH_FILE, ["latitude"], 49.8, 55.9)
    check_range(frame, HEALTH_FILE, ["longitude"], -6.5, 1.8)
    to_grid = Transformer.from_crs(4326, 27700, always_xy=True)
    # Several prescribing services of one building are one place to go to; two pharmacies are two.
    names = frame["name"].str.count(re.escape(_JOINED)) + 1
    easting, northing = to_grid.transform(frame["longitude"], frame["latitude"])
    return pd.DataFrame(
        {
            "kind": frame["service"].map(HEALTH_KINDS),
            "easting": np.asarray(easting),
            "northing": np.asarray(northing),
            "count": names.where(frame["service"] != "gp", 1),
        }
    )


def read_sites(folder: Path) -> pd.DataFrame:
    """All sites as points.

    Returns:
        kind (one of `KINDS`), easting and northing (metres, EPSG:27700), count: how many sites
        the point stands for.

    Raises:
        SourceError: see `read_schools` and `read_health_sites`.
    """
    return pd.concat([read_schools(folder), read_health_sites(folder)], ignore_index=True)
