"""The land of the tiny world: squares and oblongs, whose overlaps can be seen without a map.

    x    0      1000        2000  2250      3000        4000   5000 … 7000
    wards     [ North            | South     | Mill      ]      [ Quay ]   (y 0 to 1000)
    LSOAs     [ 1  | 2             | 3        | 4        ]      [ 5    ]

Ward Empty lies above Mill (y 1000 to 2000), ward Quay is an island with a lake.
"""

from pathlib import Path

import geopandas as gpd
import shapely
import tiny_world as tiny

LAKE = shapely.box(5500, 500, 6500, 1500)
WARDS = {
    tiny.NORTH: shapely.box(0, 0, 2000, 1000),
    tiny.SOUTH: shapely.box(2000, 0, 3000, 1000),
    tiny.MILL: shapely.box(3000, 0, 4000, 1000),
    tiny.EMPTY: shapely.box(3000, 1000, 4000, 2000),
    tiny.QUAY: shapely.box(5000, 0, 7000, 2000) - LAKE,
}
LSOAS = dict(
    zip(
        tiny.LSOAS,
        [
            shapely.box(0, 0, 1000, 1000),
            shapely.box(1000, 0, 2250, 1000),
            shapely.box(2250, 0, 3000, 1000),
            WARDS[tiny.MILL],
            WARDS[tiny.QUAY],
        ],
        strict=True,
    )
)
OLD_WEST, OLD_EAST, OLD_HILL, OLD_FAR = (f"E0500010{n}" for n in range(1, 5))


def put_layer(folder: Path, layer: str, code: str, shapes: dict[str, shapely.Geometry]) -> None:
    """Write a boundary file of the raw folder, of codes and polygons alone."""
    path = folder / f"boundaries/{layer}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    frame = gpd.GeoDataFrame(
        {code: list(shapes)}, geometry=list(shapes.values()), crs=27700
    )  # fmt: skip
    frame.to_parquet(path)


def write_old_wards(folder: Path, old: dict[str, shapely.Geometry], layer: str = "22") -> None:
    """Write the wards of an earlier year, and the land of today that they are carried to."""
    put_layer(folder, f"ward_20{layer}", f"ward{layer}_code", old)
    put_layer(folder, "lsoa_2021", "LSOA21CD", LSOAS)
    put_layer(folder, "ward_2025", "WD25CD", WARDS)
