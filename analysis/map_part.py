"""Some areas of a prepared map alone: fitted to them, the others as one quiet shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.map_view import MapViewError

AIR = 0.08  # of the longer side, around the part

_STEP = re.compile(r"([MmLlHhVvZz])([^MmLlHhVvZz]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
Box = tuple[float, float, float, float]


def cut_geometry(geometry: Mapping[str, Any], codes: Sequence[str]) -> Mapping[str, Any]:
    """The areas `codes` of a boundary file's content, in their order.

    Args:
        geometry: the content of a boundary file.
        codes: areas of it; all of them in the order of the file give the file itself.

    Returns:
        a content of its own, with left and top (where the picture begins, in map units) and
        rest (the path of the other areas).

    Raises:
        MapViewError: a code is not in the file, or there is none.
    """
    if list(codes) == list(geometry["codes"]):
        return geometry
    index = {code: place for place, code in enumerate(geometry["codes"])}
    if missing := [code for code in codes if code not in index] or (not codes and ["no area"]):
        raise MapViewError(f"Part of a map: {missing[0]} is not in the boundary file.")
    kept = [index[code] for code in codes]
    inside = set(kept)
    boxes = [find_box(geometry["paths"][place]) for place in kept]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    width = max(box[2] for box in boxes) - left
    height = max(box[3] for box in boxes) - top
    air = AIR * max(width, height)
    others = (path for place, path in enumerate(geometry["paths"]) if place not in inside)
    return {
        "codes": list(codes),
        "names": [geometry["names"][place] for place in kept],
        "paths": [geometry["paths"][place] for place in kept],
        "outlines": geometry.get("outlines", ()),
        "rest": "".join(others),
        "left": left - air,
        "top": top - air,
        "width": width + 2 * air,
        "height": height + 2 * air,
    }


def find_box(path: str) -> Box:
    """The box around an SVG path of straight lines: left, top, right, bottom."""
    x = y = start_x = start_y = 0.0
    xs: list[float] = []
    ys: list[float] = []
    for letter, rest in _STEP.findall(path):
        kind, numbers = letter.lower(), [float(n) for n in _NUMBER.findall(rest)]
        if kind == "z":
            x, y = start_x, start_y
        step = 1 if kind in "hv" else 2
        for place in range(0, len(numbers) - step + 1, step):
            base_x, base_y = (x, y) if letter.islower() else (0.0, 0.0)
            if kind in "ml":
                x, y = base_x + numbers[place], base_y + numbers[place + 1]
            elif kind == "h":
                x = base_x + numbers[place]
            else:
                y = base_y + numbers[place]
            if kind == "m" and place == 0:
                start_x, start_y = x, y
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)
