"""Made-up ward boundaries that look like wards: small in towns, ragged at the edges."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
from shapely import MultiPoint, Point, Polygon, unary_union, voronoi_polygons

SIZE = 40_000  # metres
UNIT = 20  # metres


def write_boundaries(folder: Path, areas: int) -> Path:
    """Write a boundary file with `areas` wards in two districts and return its path."""
    cells = make_cells(areas)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"ward-{areas}.json"
    east = [cell.representative_point().x > SIZE * 0.5 for cell in cells]
    content = {
        "layer": "ward",
        "area": "E07000000",
        "unit_metres": UNIT,
        "width": SIZE // UNIT,
        "height": SIZE // UNIT,
        "codes": [f"E05{number:06d}" for number in range(areas)],
        "names": [f"Ward {number + 1} & <b>Green</b>" for number in range(areas)],
        "paths": [path_text(cell) for cell in cells],
        "centres": [
            number
            for cell in cells
            for point in [cell.representative_point()]
            for number in (round(point.x / UNIT), round(point.y / UNIT))
        ],
        "groups": ["Westshire", "Eastshire"],
        "group_of": [int(side) for side in east],
        "outlines": [
            path_text(unary_union([c for c, s in zip(cells, east, strict=True) if s == side]))
            for side in (False, True)
        ],
    }
    path.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")
    return path


def make_cells(areas: int) -> list[Polygon]:
    """Return a coverage of `areas` polygons: a Voronoi diagram with wavy shared edges."""
    random = np.random.default_rng(areas)
    middle = np.array([SIZE / 2, SIZE / 2])
    shape = Point(*middle).buffer(SIZE * 0.47, 64)
    towns = random.uniform(0.25, 0.75, (max(4, areas // 60), 2)) * SIZE
    points: list[np.ndarray] = []
    while len(points) < areas:
        if random.random() < 0.55:
            spot = random.normal(towns[random.integers(len(towns))], SIZE * 0.035)
        else:
            spot = random.uniform(0, SIZE, 2)
        if shape.contains(Point(*spot)) and np.hypot(*(spot - middle)) < SIZE * 0.44:
            points.append(spot)
    cells = voronoi_polygons(MultiPoint(points), extend_to=shape, ordered=True).geoms
    bound = shape.simplify(SIZE * 0.004)
    return [wavy(cell.intersection(bound)) for cell in cells]


def wavy(cell: Polygon) -> Polygon:
    """Return a polygon whose edges wander; an edge shared by two wanders the same way."""
    ring = list(cell.exterior.coords)
    points: list[tuple[float, float]] = []
    for start, end in pairwise(ring):
        points.extend(wander(start, end, 3)[:-1])
    return Polygon(points).buffer(0)


def wander(start: tuple, end: tuple, depth: int) -> list[tuple[float, float]]:
    """Return points from start to end, displaced at each halving."""
    length = np.hypot(end[0] - start[0], end[1] - start[1])
    if depth == 0 or length < 120:
        return [start, end]
    low, high = sorted([(round(start[0]), round(start[1])), (round(end[0]), round(end[1]))])
    seed = hashlib.md5(f"{low}{high}".encode(), usedforsecurity=False).digest()[0] / 255 - 0.5
    side = seed * 0.28
    middle = (
        (low[0] + high[0]) / 2 - (high[1] - low[1]) * side,
        (low[1] + high[1]) / 2 + (high[0] - low[0]) * side,
    )
    return wander(start, middle, depth - 1)[:-1] + wander(middle, end, depth - 1)


def path_text(shape) -> str:
    """Return SVG path text in whole units with relative lines."""
    parts = getattr(shape, "geoms", [shape])
    return "".join(
        ring_text(ring.coords) for part in parts for ring in [part.exterior, *part.interiors]
    )


def ring_text(coords) -> str:
    """Return one ring as "M12 34l5-6 7 8z"."""
    points = np.rint(np.asarray(coords)[:-1, :2] / UNIT).astype(int)
    steps = np.diff(points, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    lines = "".join(f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}" for dx, dy in steps)
    return f"M{points[0][0]} {points[0][1]}l{lines.strip()}z"
