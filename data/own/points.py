"""Postcodes and coordinates as wards: looked up offline, counted, and forgotten.

What comes back names wards only. Nothing that was looked up is logged, kept or cached.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.locate import find_wards, find_wards_anywhere
from data.own.places import Places, name_of, wards_inside
from data.postcodes import INWARD, OUTWARD, load_letter

#: 0.2 % of postcodes lie on the wrong side of the simplified lines (see `data.locate`).
POINT_QUALITY = 0.99
_OUTSIDE = "lies outside {council}"


def read_postcodes(texts: pd.Series, council: str) -> Places:
    """The ward of each postcode.

    Raises:
        TableError: the postcode directory or the boundaries cannot be read.
    """
    codes, different = pd.factorize(texts)
    tidy = different.astype("str").str.upper().str.replace(r"[^A-Z0-9]", "", regex=True)
    wards, faults = _look_up(np.array(tidy, dtype=object))
    bare = np.array([not t.strip() for t in different], dtype=bool)
    faults[bare] = "says no postcode"
    return _make_places(codes, wards, faults, council, "write a whole postcode, such as PE29 3TN")


def _look_up(tidy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ward and fault of each different postcode."""
    wards = np.full(len(tidy), "", dtype=object)
    faults = np.full(len(tidy), "is not a postcode", dtype=object)
    halves = [(t[:-3], t[-3:]) for t in tidy]
    sound = np.array(
        [bool(OUTWARD.fullmatch(a) and INWARD.fullmatch(b)) for a, b in halves], dtype=bool
    )
    letters = np.array([t[:1] for t in tidy], dtype=object)
    for letter in sorted(set(letters[sound])):
        here = np.flatnonzero(sound & (letters == letter))
        wanted = np.array([f"{halves[i][0]:<4}{halves[i][1]}" for i in here], dtype="S7")
        held = load_letter(letter)
        place = np.searchsorted(held.code, wanted)
        place[place == len(held)] = 0
        known = held.code[place] == wanted if len(held) else np.zeros(len(here), dtype=bool)
        faults[here] = "is not in the postcode directory"
        here, place = here[known], place[known]
        district = np.array(held.areas, dtype=object)[held.area[place]] if len(here) else here
        english = np.array([str(code).startswith("E") for code in district], dtype=bool)
        placed = english & ~np.isnan(held.easting[place])
        faults[here] = np.where(english, "has no place in the directory", "lies outside England")
        if placed.any():
            at = place[placed]
            wards[here[placed]] = find_wards(held.easting[at], held.northing[at], district[placed])
            faults[here[placed]] = ""
    return wards, faults


def read_points(x: pd.Series, y: pd.Series, grid: str, council: str) -> Places:
    """The ward of each pair of coordinates.

    Args:
        x: longitude or easting, as text.
        y: latitude or northing, as text.
        grid: `lonlat` (degrees) or `grid` (metres of the British National Grid).
        council: within which area they must be.

    Raises:
        TableError: the boundaries cannot be read.
    """
    number = r"\s*-?[0-9]{1,9}(?:\.[0-9]{0,15})?\s*"
    sound = (x.str.fullmatch(number) & y.str.fullmatch(number)).to_numpy(dtype=bool)
    east, north = np.full(len(x), np.nan), np.full(len(x), np.nan)
    east[sound], north[sound] = pd.to_numeric(x[sound]), pd.to_numeric(y[sound])
    faults = np.where(sound, _OUTSIDE.format(council="England"), "is not a pair of coordinates")
    faults = faults.astype(object)
    if grid == "lonlat":
        degrees = (np.abs(east) <= 180) & (np.abs(north) <= 90)
        faults[sound & ~degrees] = "is not longitude and latitude in degrees"
        east, north = _project(east, north, degrees)
    metres = (east >= 0) & (east < 800_000) & (north >= 0) & (north < 700_000)
    wards = np.full(len(x), "", dtype=object)
    if metres.any():
        wards[metres] = find_wards_anywhere(east[metres], north[metres])
    faults[wards != ""] = ""
    cure = "check the coordinates, and whether their columns are the right way round"
    return _make_places(np.arange(len(x)), wards, faults, council, cure)


def _project(
    east: np.ndarray, north: np.ndarray, usable: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    from pyproj import Transformer

    change = Transformer.from_crs(4326, 27700, always_xy=True)
    x, y = np.full(len(east), np.nan), np.full(len(east), np.nan)
    if usable.any():
        x[usable], y[usable] = change.transform(east[usable], north[usable])
    x[~np.isfinite(x)] = np.nan
    return x, y


def _make_places(
    codes: np.ndarray, wards: np.ndarray, faults: np.ndarray, council: str, cure: str
) -> Places:
    inside = set(wards_inside(council).index)
    away = np.array([ward != "" and ward not in inside for ward in wards], dtype=bool)
    faults[away] = _OUTSIDE.format(council=name_of(council))
    wards[away] = ""
    cures = np.where(faults == "", "", cure).astype(object)
    cures[away] = "choose the council whose figures these are"
    used = sorted(set(wards) - {""})
    pairs = pd.DataFrame({"source": used, "target": used, "share": 1.0, "fit": "best_fit",
                          "fit_quality": POINT_QUALITY})  # fmt: skip
    empty = np.full(len(codes), "", dtype=object)
    return Places(wards[codes], empty, faults[codes], cures[codes], empty, pairs)
