"""Prepare boundaries: one clean coverage per layer, simplified without gaps or slivers.

Two forms are written. GeoParquet in British National Grid metres for geopandas, and path
files for the browser: whole-number SVG paths, one file per district, county, region and
England, with a hash of its content in its name so that a browser may keep it for ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.errors import SourceError
from data.geography import Geography
from data.geography_words import ENGLAND

BRITISH_NATIONAL_GRID = 27700


@dataclass(frozen=True)
class Detail:
    """How finely a kind of map is drawn: see `shapely.coverage_simplify` for tolerance (m)."""

    tolerance: float
    unit_metres: int


# The bigger the map, the coarser its lines: one unit is well under a pixel at full width.
WARD_DETAIL = {
    "district": Detail(60, 10),
    "county": Detail(120, 25),
    "region": Detail(220, 50),
    "country": Detail(420, 100),
}
LSOA_DETAIL = Detail(140, 10)
GEOPARQUET_TOLERANCE = 80


def read_coverage(path: Path, code: str, codes: pd.Index) -> gpd.GeoSeries:
    """Read polygons that must cover the land without overlap, and mend small faults.

    Returns:
        polygons in metres, exteriors anticlockwise, index `codes`.

    Raises:
        SourceError: a code has no polygon, or more than one.
    """
    frame = gpd.read_parquet(path, columns=[code, "geometry"])
    if frame[code].duplicated().any():
        twice = frame.loc[frame[code].duplicated(), code].iloc[0]
        raise SourceError(path.name, "an area has two polygons", column=code, value=twice)
    polygons = frame.set_index(code).geometry.to_crs(BRITISH_NATIONAL_GRID)
    absent = codes.difference(polygons.index)
    if len(absent):
        raise SourceError(path.name, "an area has no polygon", column=code, value=absent[0])
    # Whole metres first, so that no rounding can make lines cross that were made clean.
    whole = shapely.transform(polygons.loc[codes].to_numpy(), np.rint)
    clean = shapely.coverage_clean(whole)
    return gpd.GeoSeries(shapely.orient_polygons(clean), codes, crs=BRITISH_NATIONAL_GRID)


def simplify(polygons: gpd.GeoSeries, tolerance: float) -> gpd.GeoSeries:
    """Simplify a coverage: shared borders stay shared, nothing disappears."""
    simple = shapely.coverage_simplify(polygons.to_numpy(), tolerance)
    # Simplifying turns some rings round.
    return gpd.GeoSeries(shapely.orient_polygons(simple), polygons.index, crs=polygons.crs)


def _ring_path(points: np.ndarray) -> str:
    """One closed ring of whole numbers (n x 2) as relative SVG path text; "" if it collapsed."""
    steps = np.diff(points, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if len(steps) < 3:
        return ""
    words = [f"M{points[0, 0]} {points[0, 1]}l"]
    # The last step returns to the start, which "z" does by itself.
    for x, y in steps[:-1]:
        words.append(f"{x} {y}" if words[-1].endswith("l") else f" {x} {y}")
    return "".join(words).replace(" -", "-") + "z"


def _rings(polygon: shapely.Geometry) -> Iterator[np.ndarray]:
    for part in shapely.get_parts(polygon):
        for ring in (shapely.get_exterior_ring(part), *part.interiors):
            yield shapely.get_coordinates(ring)


@dataclass(frozen=True)
class Grid:
    """The whole-number grid of one map: y runs down, as on a screen."""

    left: float
    top: float
    unit: int

    def place(self, points: np.ndarray) -> np.ndarray:
        """Metres (n x 2) to grid units."""
        x = np.rint(points[:, 0] / self.unit) - round(self.left / self.unit)
        y = round(self.top / self.unit) - np.rint(points[:, 1] / self.unit)
        return np.column_stack([x, y]).astype(int)

    def path(self, polygon: shapely.Geometry) -> str:
        """The polygon as path text; an area too small for the grid becomes a one-unit diamond."""
        text = "".join(_ring_path(self.place(ring)) for ring in _rings(polygon))
        if text:
            return text
        x, y = self.place(shapely.get_coordinates(polygon.representative_point()))[0]
        return f"M{x} {y - 1}l1 1-1 1-1-1z"


def make_path_file(
    layer: str,
    area_code: str,
    polygons: gpd.GeoSeries,
    names: pd.Series,
    groups: pd.Series,
    detail: Detail,
    outlines: bool,
) -> dict[str, object]:
    """Describe one map for the browser.

    Args:
        layer: `ward` or `lsoa`.
        area_code: the area that the map shows.
        polygons: simplified polygons of its parts, index part code in order.
        names: part code -> name.
        groups: part code -> name of the district (or ward) it belongs to.
        detail: unit of the grid.
        outlines: whether to draw the borders of the groups.
    """
    left, bottom, right, top = polygons.total_bounds
    grid = Grid(left, top, detail.unit_metres)
    points = shapely.get_coordinates(shapely.point_on_surface(polygons.to_numpy()))
    labels = sorted(groups.loc[polygons.index].unique())
    borders = []
    if outlines:
        for label in labels:
            inside = polygons[(groups.loc[polygons.index] == label).to_numpy()]
            borders.append(grid.path(shapely.coverage_union_all(inside.to_numpy())))
    return {
        "layer": layer,
        "area": area_code,
        "unit_metres": detail.unit_metres,
        "width": int(np.ceil((right - left) / detail.unit_metres)),
        "height": int(np.ceil((top - bottom) / detail.unit_metres)),
        "codes": list(polygons.index),
        "names": [names[code] for code in polygons.index],
        "paths": [grid.path(polygon) for polygon in polygons],
        "centres": grid.place(points).ravel().tolist(),
        "groups": labels,
        "group_of": [labels.index(groups[code]) for code in polygons.index],
        "outlines": borders,
    }


def write_path_file(content: dict[str, object], folder: Path) -> str:
    """Write one map file and return its name, which holds a hash of the content."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    name = f"{content['layer']}-{content['area']}-{digest}.json"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return name


def write_ward_maps(polygons: gpd.GeoSeries, geography: Geography, folder: Path) -> dict[str, str]:
    """Write the ward map of every district, county, region and of England.

    Returns:
        area code -> file name.
    """
    areas = geography.areas.set_index("area_code")
    wards = areas[areas["area_type"] == "ward"]
    groups = wards["district_code"].map(areas["area_name"])
    files = {}
    for area_type, detail in WARD_DETAIL.items():
        simple = simplify(polygons, detail.tolerance)
        for code in areas.index[areas["area_type"] == area_type]:
            part = wards if code == ENGLAND else wards[wards[f"{area_type}_code"] == code]
            content = make_path_file(
                "ward",
                code,
                simple.loc[part.index],
                wards["area_name"],
                groups,
                detail,
                outlines=area_type != "district",
            )
            files[code] = write_path_file(content, folder)
    return files


def write_lsoa_maps(polygons: gpd.GeoSeries, geography: Geography, folder: Path) -> dict[str, str]:
    """Write the LSOA map of every district, grouped and outlined by ward.

    Returns:
        district code -> file name.
    """
    lsoas = geography.lsoas.set_index("lsoa_code")
    ward_names = geography.areas.set_index("area_code")["area_name"]
    simple = simplify(polygons, LSOA_DETAIL.tolerance)
    groups = lsoas["ward_code"].map(ward_names)
    files = {}
    for code, part in lsoas.groupby("district_code"):
        content = make_path_file(
            "lsoa", str(code), simple.loc[part.index], lsoas["lsoa_name"], groups, LSOA_DETAIL, True
        )
        files[str(code)] = write_path_file(content, folder)
    return files


def write_geoparquet(polygons: gpd.GeoSeries, attributes: pd.DataFrame, path: Path) -> None:
    """Write polygons with their attributes for geopandas and GIS programs."""
    # Dissolving turns rings round; exteriors are written anticlockwise.
    shapes = shapely.orient_polygons(polygons.to_numpy())
    frame = gpd.GeoDataFrame(attributes.loc[polygons.index].reset_index(), geometry=shapes)
    frame = frame.set_crs(BRITISH_NATIONAL_GRID)
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(path, compression="zstd", index=False, schema_version="1.1.0")


def _dissolve(wards: gpd.GeoSeries, parents: pd.Series) -> gpd.GeoSeries:
    known = parents.dropna()
    codes, unions = [], []
    for code, members in known.groupby(known):
        codes.append(code)
        unions.append(shapely.coverage_union_all(wards.loc[members.index].to_numpy()))
    return gpd.GeoSeries(unions, pd.Index(codes, name="area_code"), crs=wards.crs)


def read_ward_polygons(folder: Path, geography: Geography) -> gpd.GeoSeries:
    """The wards of 2025 as a clean coverage in metres, index ward code.

    Raises:
        SourceError: see `read_coverage`.
    """
    areas = geography.areas
    codes = pd.Index(areas.loc[areas["area_type"] == "ward", "area_code"], name="area_code")
    return read_coverage(folder / "boundaries/ward_2025.parquet", "WD25CD", codes)


def write_ward_boundaries(
    wards: gpd.GeoSeries, geography: Geography, tables: Path, static: Path
) -> dict[str, str]:
    """Write everything the project keeps of the lines of wards and of the areas above them.

    Args:
        wards: see `read_ward_polygons`.
        geography: areas of this build.
        tables: where GeoParquet files go.
        static: where path files for the browser go.

    Returns:
        area code -> name of its ward map.
    """
    areas = geography.areas.set_index("area_code")
    attributes = areas[["area_name", "district_code", "county_code", "region_code"]]
    simple = simplify(wards, GEOPARQUET_TOLERANCE)
    simple.index.name = "area_code"
    write_geoparquet(simple, attributes, tables / "ward.parquet")
    for area_type in ("district", "county", "region"):
        merged = _dissolve(simple, areas.loc[wards.index, f"{area_type}_code"])
        write_geoparquet(merged, attributes[["area_name"]], tables / f"{area_type}.parquet")
    return write_ward_maps(wards, geography, static)


def write_lsoa_boundaries(
    folder: Path, geography: Geography, tables: Path, static: Path
) -> dict[str, str]:
    """Read the raw lines of LSOAs and write everything the project keeps of them.

    Args:
        folder: the raw data folder.
        geography: LSOAs of this build.
        tables: where the GeoParquet file goes.
        static: where path files for the browser go.

    Returns:
        district code -> name of its LSOA map.

    Raises:
        SourceError: see `read_coverage`.
    """
    codes = pd.Index(geography.lsoas["lsoa_code"])
    lsoas = read_coverage(folder / "boundaries/lsoa_2021.parquet", "LSOA21CD", codes)
    small = simplify(lsoas, LSOA_DETAIL.tolerance)
    details = geography.lsoas.set_index("lsoa_code")[["lsoa_name", "ward_code", "district_code"]]
    small.index.name = "lsoa_code"
    write_geoparquet(small, details, tables / "lsoa.parquet")
    return write_lsoa_maps(lsoas, geography, static)


def write_map_index(maps: Mapping[str, Mapping[str, str]], tables: Path) -> None:
    """Write which file holds which map: layer -> area code -> file name."""
    tables.mkdir(parents=True, exist_ok=True)
    text = json.dumps(maps, indent=0, sort_keys=True)
    (tables / "index.json").write_text(text + "\n", encoding="utf-8")
