"""Which area a cell names: codes and names of wards, LSOAs and districts, of today and ended.

Each different text is looked up once. What is not found is never dropped: it gets a fault and,
where a known area is near, a suggestion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.geography_words import ENGLAND
from data.load import load_areas, load_lsoas, load_newest
from data.names import simplify
from data.problems import closest
from data.vintages import load_vintages

MOST_GUESSES = 200
#: Where an indicator says how well each ward is fitted by its LSOAs.
_FITTED = "population_count"
_TOTAL = re.compile(
    r"(?:grand |sub ?|over ?all |district |council |county |ward )?totals?(?: .{0,40})?|"
    r"all(?: (?:wards|areas|districts|lsoas))?|overall|sum|(?:whole )?(?:council|district|county)"
    r"(?: average| wide)?|average|mean|.{2,40} total",
    re.IGNORECASE,
)


class Place(NamedTuple):
    """What one text names: a code with a fit, a total, or a fault with cure.

    `code` is that of the file: a ward, LSOA or district, ended ones too. `total` is the code of
    a larger area, "?" where only the word total is written. `reading`: key of a reading.
    """

    code: str = ""
    total: str = ""
    fault: str = ""
    cure: str = ""
    reading: str = ""


@dataclass(frozen=True)
class Places:
    """A column that was read: arrays of the fields of `Place`, and where figures go.

    `pairs`: source (a code of `code`), target (area of the result), share, fit, fit_quality.
    """

    code: npt.NDArray[np.object_]
    total: npt.NDArray[np.object_]
    fault: npt.NDArray[np.object_]
    cure: npt.NDArray[np.object_]
    reading: npt.NDArray[np.object_]
    pairs: pd.DataFrame


READINGS = {
    "name": "found by a name that is written a little otherwise",
    "ended": "a ward of an earlier year: carried to the wards of 2025 by where people live",
    "ended_lsoa": "an LSOA of 2011: carried to the LSOAs of 2021 by where people live",
    "spaces": "read without spaces around, in capitals",
}


@lru_cache(maxsize=16)
def wards_inside(council: str) -> pd.DataFrame:
    """The wards of a district, county, region or England (rows of `load_areas`)."""
    areas = load_areas()
    wards = areas[areas["area_type"] == "ward"]
    if council == ENGLAND:
        return wards
    inside = wards["district_code"].eq(council) | wards["county_code"].eq(council)
    return wards[inside | wards["region_code"].eq(council)]


def name_of(code: str) -> str:
    """The name of an area, its code where it has none."""
    areas = load_areas()
    return str(areas.at[code, "area_name"]) if code in areas.index else code


def read_places(
    texts: pd.Series,
    kind: str,
    council: str,
    councils: pd.Series | None = None,
    guess: bool = True,
) -> Places:
    """Read a column of areas.

    Args:
        texts: the cells.
        kind: `ward_code`, `ward_name`, `lsoa_code` or `district_code`.
        council: within which area they must be.
        councils: the cells that say in which district a ward of that name is.
        guess: whether to look for what was meant by an unknown name, which is slow.
    """
    finder = _Finder(kind, council, guess)
    if councils is None:
        codes, different = pd.factorize(texts)
        read = [finder.find(str(text), "") for text in different]
    else:
        both = pd.MultiIndex.from_arrays([texts.astype(object), councils.astype(object)])
        codes, pairs = pd.factorize(both)
        read = [finder.find(str(text), str(within)) for text, within in pairs]
    code, total, fault, cure, reading = (
        np.array([place[i] for place in read] or [""], dtype=object)[codes] for i in range(5)
    )
    used = sorted({place.code for place in read if place.code})
    return Places(code, total, fault, cure, reading, _pair(used, kind, council))


class _Finder:
    """Looks up texts of one kind within one council."""

    def __init__(self, kind: str, council: str, guess: bool) -> None:
        self.kind, self.council = kind, council
        self.areas = load_areas()
        self.types = _load_types()
        self.wards = wards_inside(council)
        self.inside = frozenset(self.wards.index)
        self.homes = frozenset(self.wards["district_code"])
        self.names = _index_names(council)
        districts = self.areas.loc[self.wards["district_code"].unique(), "area_name"]
        # Every guess looks at every name.
        self.guesses = min(MOST_GUESSES, 200_000 // max(len(self.names), 1)) if guess else 0
        self.districts = {_simplify_council(name): str(c) for c, name in districts.items()}

    def find(self, text: str, within: str) -> Place:
        bare = " ".join(text.replace("\u00a0", " ").split())
        if not bare:
            return Place(fault="says no area", cure="write the ward, or delete the row")
        place = self._find_code(bare.upper()) if _looks_like_code(bare) else None
        if place is None:
            place = self._find_word(bare, within)
        if place.code and not place.reading and self.kind != "ward_name" and bare != text:
            return place._replace(reading="spaces")
        return place

    def _find_code(self, code: str) -> Place:
        if code.startswith("E01"):
            return self._find_lsoa(code)
        if code in self.types:
            return self._find_area(code)
        ended = load_vintages_by_code().get(code)
        if ended is None:
            return Place(fault="is not a code of a ward or district of England",
                         cure=_guess_code(code, self))  # fmt: skip
        return self._find_ended(code, *ended)

    def _find_area(self, code: str) -> Place:
        area_type = self.types[code]
        if area_type == "ward":
            if self.kind in ("lsoa_code", "district_code"):
                return Place(fault="is a ward, unlike the other rows",
                             cure="bring wards in a file of their own")  # fmt: skip
            if code not in self.inside:
                home = name_of(str(self.areas.at[code, "district_code"]))
                return Place(fault=f"is a ward of {home}, not of {name_of(self.council)}",
                             cure="choose the council whose figures these are")  # fmt: skip
            return Place(code)
        if self.kind == "district_code" and area_type == "district":
            inside = code in self.homes
            fault = "" if inside else f"is not a district of {name_of(self.council)}"
            return Place(code) if inside else Place(fault=fault, cure="leave the row out")
        return Place(total=code)

    def _find_ended(self, code: str, name: str, district: str, year: str, open_: bool) -> Place:
        if self.kind not in ("ward_code", "ward_name"):
            return Place(fault=f"is a ward ({name})", cure="bring wards in a file of their own")
        if not open_:
            return Place(fault=f"is the ward {name} of {year}, which cannot be carried to the "
                         "wards of 2025", cure="use the figures for the wards of 2025")  # fmt: skip
        if district not in self.homes:
            return Place(fault=f"is an earlier ward of {name_of(district)}, not of "
                         f"{name_of(self.council)}",
                         cure="choose the council whose figures these are")  # fmt: skip
        return Place(code, reading="ended")

    def _find_lsoa(self, code: str) -> Place:
        if self.kind != "lsoa_code":
            return Place(fault="is an LSOA, unlike the other rows",
                         cure="bring LSOAs in a file of their own")  # fmt: skip
        wards = _load_lsoa_wards()
        ended = code not in wards
        targets = [code] if not ended else _lsoas_after().get(code, [])
        if not targets:
            return Place(fault="is not an LSOA of 2021 or 2011", cure="check the code")
        if not all(wards[target] in self.inside for target in targets):
            return Place(fault=f"is not an LSOA of {name_of(self.council)}",
                         cure="choose the council whose figures these are")  # fmt: skip
        return Place(code, reading="ended_lsoa" if ended else "")

    def _find_word(self, text: str, within: str) -> Place:
        if self.kind == "ward_name":
            return self._find_name(text, within)
        if self.kind == "district_code":
            found = self._find_district(text)
            if found:
                return Place(found, reading="name")
        if total := find_total(text, self.council):
            return Place(total=total)
        what = {"lsoa_code": "an LSOA code", "district_code": "a district code"}
        named = self.names.get(simplify_ward(text), [])
        if self.kind == "ward_code" and len(named) == 1:
            return Place(named[0], reading="name")
        return Place(fault=f"is not {what.get(self.kind, 'a ward code')}",
                     cure=f"write the code, such as {self.wards.index[0]}")  # fmt: skip

    def _find_district(self, text: str) -> str:
        return self.districts.get(_simplify_council(text), "")

    def _find_name(self, text: str, within: str) -> Place:  # noqa: PLR0911 (one for each case)
        simple = simplify_ward(text)
        found = self.names.get(simple, [])
        if within.strip() and found:
            district = within.strip().upper()
            district = district if district in self.areas.index else self._find_district(within)
            home = self.wards.reindex(found)["district_code"]
            found = [c for c in found if home[c] == district] if district else []
            if not found:
                return Place(fault=f"is not a ward of {within.strip()[:60]!r}",
                             cure="check both names")  # fmt: skip
        if len(found) == 1:
            same = self.areas.at[found[0], "area_name"] == text
            return Place(found[0], reading="" if same else "name")
        if found:
            options = [f"{c} ({name_of(str(self.wards.at[c, 'district_code']))})" for c in found]
            return Place(fault=f"is the name of {len(found)} wards",
                         cure=f"write the code: {', '.join(options[:6])}")  # fmt: skip
        if total := find_total(text, self.council):
            return Place(total=total)
        ended = _ended_names(self.council).get(simple, [])
        if len(ended) == 1:
            return Place(ended[0], reading="ended")
        if len(ended) > 1:
            return Place(fault="is the name of several earlier wards",
                         cure=f"write the code: {', '.join(ended[:6])}")  # fmt: skip
        return Place(fault=f"is not a ward of {name_of(self.council)}", cure=self._guess(text))

    def _guess(self, text: str) -> str:
        self.guesses -= 1
        near = ""
        if self.guesses >= 0 and len(text) <= 80:
            near = closest(simplify_ward(text), self.names)
        if not near:
            return "write the name of a ward of 2025, or its code"
        code = self.names[near][0]
        return f"did you mean {name_of(code)!r} ({code})?"


@lru_cache(maxsize=1)
def _load_types() -> dict[str, str]:
    types: dict[str, str] = load_areas()["area_type"].to_dict()
    return types


@lru_cache(maxsize=1)
def _load_lsoa_wards() -> dict[str, str]:
    wards: dict[str, str] = load_lsoas()["ward_code"].to_dict()
    return wards


def _looks_like_code(text: str) -> bool:
    return re.fullmatch(r"[EWSNewsn][0-9]{8}", text) is not None


def simplify_ward(text: str) -> str:
    """A ward's name without what people add: "ward", "division"."""
    simple = simplify(text[:200])
    return re.sub(r"(?:^ward )|(?: (?:ward|electoral division|division|ed))$", "", simple)


def _simplify_council(text: str) -> str:
    simple = simplify(text[:200])
    return re.sub(
        r"(?:^(?:london borough|royal borough|city|county) )|"
        r"(?: (?:district|borough|city|county|metropolitan borough|city borough))?(?: council)?$",
        "", simple)  # fmt: skip


@lru_cache(maxsize=8)
def _index_names(council: str) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for code, name in wards_inside(council)["area_name"].items():
        names.setdefault(simplify_ward(name), []).append(str(code))
    return names


@lru_cache(maxsize=1)
def load_vintages_by_code() -> dict[str, tuple[str, str, str, bool]]:
    """Ended ward codes: name, today's district, year, and whether figures can be carried."""
    wards = load_vintages().query("kind == 'ward'").drop_duplicates("code")
    columns = (wards["code"], wards["name"], wards["district_code"], wards["year"], wards["target"])
    return {c: (n, d, y, t != "") for c, n, d, y, t in zip(*columns, strict=True)}


@lru_cache(maxsize=1)
def _lsoas_after() -> dict[str, list[str]]:
    ended = load_vintages().query("kind == 'lsoa'")
    return ended.groupby("code")["target"].agg(list).to_dict()


@lru_cache(maxsize=8)
def _ended_names(council: str) -> dict[str, list[str]]:
    """Ended wards of a council by name, where their figures can be carried; the newest only."""
    districts = set(wards_inside(council)["district_code"])
    names: dict[str, list[tuple[str, str]]] = {}
    for code, (name, district, year, is_open) in load_vintages_by_code().items():
        if is_open and district in districts:
            names.setdefault(simplify_ward(name), []).append((year, code))
    newest = {n: max(year for year, _ in found) for n, found in names.items()}
    return {n: [c for year, c in found if year == newest[n]] for n, found in names.items()}


@lru_cache(maxsize=8)
def _larger_areas(council: str) -> dict[str, str]:
    """Codes of larger areas by simplified name: those of the council before any others."""
    areas = load_areas()
    larger = areas[areas["area_type"] != "ward"]["area_name"]
    names = {_simplify_council(name): str(code) for code, name in larger.items()}
    own = {str(c) for c in wards_inside(council)["district_code"].unique()} | {council}
    return names | {_simplify_council(larger[c]): c for c in sorted(own) if c in larger.index}


def find_total(text: str, council: str) -> str:
    """The larger area a text names: its code, "?" for "Total" or "All wards", "" for none."""
    found = _larger_areas(council).get(_simplify_council(text), "")
    return found or ("?" if _TOTAL.fullmatch(text[:80].strip(" :*")) else "")


def _guess_code(code: str, finder: _Finder) -> str:
    finder.guesses -= 1
    if finder.guesses < 0:
        return "check the code"
    near = closest(code, finder.wards.index)
    wrong = sum(a != b for a, b in zip(code, near, strict=False))
    return f"did you mean {near} ({name_of(near)})?" if near and wrong < 3 else "check the code"


def _pair(codes: list[str], kind: str, council: str) -> pd.DataFrame:
    """Where the figures of each code go, with how well it fits."""
    columns = ["source", "target", "share", "fit", "fit_quality"]
    if kind == "lsoa_code":
        return _pair_lsoas(codes)[columns]
    today = wards_inside(council).index if kind != "district_code" else load_areas().index
    same = pd.DataFrame({"source": [c for c in codes if c in today]})
    same = same.assign(target=same["source"], share=1.0, fit="native", fit_quality=1.0)
    if len(same) == len(codes):
        return same[columns]
    table = load_vintages()
    ended = table[table["code"].isin(set(codes)) & (table["target"] != "")]
    ended = ended.rename(columns={"code": "source"}).assign(fit="apportioned")
    ended = ended.assign(fit_quality=ended["share"].round(2))
    return pd.concat([same[columns], ended[columns]], ignore_index=True)


def _pair_lsoas(codes: list[str]) -> pd.DataFrame:
    table = load_vintages()
    ended = table[table["code"].isin(set(codes)) & (table["kind"] == "lsoa")]
    now = pd.DataFrame({"source": [c for c in codes if c in load_lsoas().index], "share": 1.0})
    now["lsoa"] = now["source"]
    ended = ended.rename(columns={"code": "source", "target": "lsoa"})[["source", "share", "lsoa"]]
    pairs = pd.concat([now, ended], ignore_index=True)
    pairs["target"] = pairs["lsoa"].map(load_lsoas()["ward_code"])
    pairs = pairs.groupby(["source", "target"], as_index=False)["share"].sum()
    quality = load_newest(_FITTED)["fit_quality"]
    return pairs.assign(fit="best_fit", fit_quality=pairs["target"].map(quality).fillna(0.0))
