"""Which column of a sheet says the area, by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from data.own.numbers import read_numbers
from data.own.places import find_total, name_of, read_places, wards_inside
from data.own.shapes import AREA_KINDS, OwnSheet

_SAMPLE = 400
_ENOUGH = 0.5
_CODES = {"ward_code": "E05", "lsoa_code": "E01", "district_code": "E0[6-9]"}
_POSTCODE = r"\s*[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*[0-9][A-Za-z]{2}\s*"
#: The earlier, the sooner it is taken where several columns name areas.
_ORDER = ("ward_code", "lsoa_code", "ward_name", "postcode", "district_code")
_X = {"longitude": "lonlat", "long": "lonlat", "lon": "lonlat", "lng": "lonlat", "x": "",
      "easting": "grid", "eastings": "grid", "geox": "", "xcoord": ""}  # fmt: skip
_Y = {"latitude", "lat", "y", "northing", "northings", "geoy", "ycoord"}


@dataclass(frozen=True)
class AreaGuess:
    """The column and kind of the areas, and the row of the first; -1 and 0 where none is.

    `totals`: rows among the first that name a larger area.
    """

    column: int = -1
    kind: str = "ward_name"
    first_row: int = 0
    reason: str = "No column of areas was found: choose one"
    council: int = -1
    x: int = -1
    y: int = -1
    grid: str = "lonlat"
    totals: frozenset[int] = field(default_factory=frozenset)


def list_rows(sheet: OwnSheet, last: int) -> list[int]:
    """The rows up to `last` that have something in them."""
    head = sheet.cells.loc[:last].iloc[-200:]
    return [int(row) for row in head.index[(head != "").any(axis=1)]]


def guess_area(sheet: OwnSheet, council: str) -> AreaGuess:
    """Find the column that names areas most often, codes before names."""
    if sheet.grid:
        width = len(sheet.cells.columns)
        return AreaGuess(-1, "point", 2, "The file is a map of points", -1, width - 2, width - 1,
                         sheet.grid)  # fmt: skip
    head = sheet.cells.iloc[:_SAMPLE]
    found: dict[str, tuple[float, int]] = {}
    for place in head.columns:
        for kind, share in _score(head[place], council).items():
            if share > found.get(kind, (0.0, -1))[0]:
                found[kind] = (share, place)
    good = [kind for kind in _ORDER if found.get(kind, (0.0, 0))[0] >= _ENOUGH]
    points = _guess_points(head)
    if not good and points is not None:
        return points
    if not good:
        likely = max(found, key=lambda kind: found[kind][0], default="")
        if not likely or found[likely][0] < 0.1:
            return AreaGuess()
        good = [likely]
    return _describe(head, good, found, council)


def _score(column: pd.Series, council: str) -> dict[str, float]:
    """Which share of the cells of a column is of which kind."""
    texts = column.str.strip()
    texts = texts[texts != ""]
    if not len(texts):
        return {}
    shares = {
        kind: float(texts.str.fullmatch(rf"(?i:{start}[0-9]{{6}}|{start}[0-9]{{5}})").mean())
        if kind == "district_code"
        else float(texts.str.fullmatch(rf"(?i:{start}[0-9]{{6}})").mean())
        for kind, start in _CODES.items()
    }
    shares["postcode"] = float(texts.str.fullmatch(_POSTCODE).mean())
    if max(shares.values()) < _ENOUGH and not texts.str.fullmatch(r"[-+0-9.,%£ ]*").all():
        different = texts.drop_duplicates()
        codes = read_places(different, "ward_name", council, guess=False).code
        known = set(different[codes != ""])
        shares["ward_name"] = float(texts.isin(known).mean())
    return {kind: share for kind, share in shares.items() if share > 0}


def _describe(
    head: pd.DataFrame, good: list[str], found: dict[str, tuple[float, int]], council: str
) -> AreaGuess:
    kind = good[0]
    share, place = found[kind]
    texts = head[place].str.strip()
    first = int(texts.index[_is_kind(texts, kind, council)][0])
    totals = frozenset(
        int(row) for row in texts.loc[: first - 1].index if find_total(texts[row], council)
        and read_numbers(head.loc[row]).value.size and _has_numbers(head.loc[row])
    )  # fmt: skip
    reason = f"{share:.0%} of its cells are {AREA_KINDS[kind]} of {name_of(council)}"
    within = found["district_code"][1] if "district_code" in good and kind == "ward_name" else -1
    if kind == "ward_name" and within < 0:
        within = _find_council(head, place, council)
    return AreaGuess(place, kind, first, reason, within, totals=totals)


def _has_numbers(row: pd.Series) -> bool:
    values = read_numbers(row.astype("str")).value
    return bool(np.isfinite(values).any())


def _find_council(head: pd.DataFrame, place: int, council: str) -> int:
    """A column of names of districts beside a column of names of wards."""
    if wards_inside(council)["district_code"].nunique() < 2:
        return -1
    for column in head.columns:
        texts = head[column].str.strip()
        texts = texts[texts != ""].drop_duplicates()
        if column != place and len(texts):
            read = read_places(texts, "district_code", council, guess=False)
            if (read.code != "").mean() >= _ENOUGH:
                return int(column)
    return -1


def _is_kind(texts: pd.Series, kind: str, council: str) -> pd.Series:
    if kind in _CODES:
        return texts.str.fullmatch(rf"(?i:{_CODES[kind]}[0-9]{{5,6}})")
    if kind == "postcode":
        return texts.str.fullmatch(_POSTCODE)
    return pd.Series(read_places(texts, kind, council, guess=False).code != "", index=texts.index)


def _guess_points(head: pd.DataFrame) -> AreaGuess | None:
    """Columns headed as coordinates."""
    for row in head.index[:20]:
        words = {re.sub(r"[^a-z]", "", str(t).casefold()): p for p, t in head.loc[row].items()}
        x = next((w for w in _X if w in words), "")
        y = next((w for w in sorted(_Y) if w in words), "")
        if x and y:
            sample = pd.to_numeric(head.loc[row + 1 :, words[x]], errors="coerce").abs()
            grid = _X[x] or ("lonlat" if sample.max() <= 180 else "grid")
            reason = f"“{head.at[row, words[x]]}” and “{head.at[row, words[y]]}” are coordinates"
            return AreaGuess(-1, "point", row + 1, reason, -1, words[x], words[y], grid)
    return None
