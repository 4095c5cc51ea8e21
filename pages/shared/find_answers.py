"""What the search answers: which ward or place was meant, or why none can be named.

Nothing here keeps, logs or repeats what was typed; at most the district of a postcode.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analysis.find_names import Found, Name, find_names, make_names
from analysis.postcode_words import Query, name_outside, parse_query
from analysis.words import count_words
from data.load import load_areas, load_lsoas
from data.locate import find_ward, find_wards
from data.postcodes import Postcodes, find_postcodes, load_directory
from pages.shared.places import place_label, place_name, ward_label

ONLY_ENGLAND = "The dashboard covers England only."
SEARCHED = (
    "The names of wards, councils, counties and regions are searched. A town or village is "
    "found only where a ward carries its name; its postcode always works."
)


@dataclass(frozen=True)
class Answer:
    """One answer: words, the place to go to at once, and places to choose from.

    `codes` are the places offered, at most `find_names.MOST` of `count`. `good` is false
    where nothing was found.
    """

    words: str
    chosen: str = ""
    codes: tuple[str, ...] = ()
    count: int = 0
    good: bool = True


def label_of(code: str) -> str:
    """A place as it is offered: a ward with its council, a county with its kind."""
    is_ward = load_areas().at[code, "area_type"] == "ward"
    return ward_label(code) if is_ward else place_label(code)


@lru_cache(maxsize=1)
def load_names() -> tuple[Name, ...]:
    """All places by name, prepared for searching."""
    areas = load_areas()
    rows = zip(areas.index, areas["area_name"], areas["area_type"], areas["district_code"],
               strict=True)  # fmt: skip
    return make_names(
        (code, name, place_name(district) if kind == "ward" else "")
        for code, name, kind, district in rows
    )


def answer_query(text: str, here: str) -> Answer | None:
    """Answer what somebody typed; None where nothing was.

    Args:
        text: as typed.
        here: code of the place shown; its wards are offered first.

    Raises:
        TableError: the directory or the boundaries cannot be read.
    """
    query = parse_query(text)
    if query.kind == "whole":
        return _answer_postcode(*query.readings[0])
    if query.kind == "part":
        return _answer_part(query)
    return _answer_name(query.name, here) if query.kind == "name" else None


def _answer_postcode(outward: str, inward: str) -> Answer:
    found = find_postcodes(outward, inward)
    if not len(found):
        return _answer_unknown(outward)
    district = found.district(0)
    if not district.startswith("E"):
        return _answer_elsewhere(outward, district)
    if np.isnan(found.easting[0]):
        return _answer_elsewhere(outward, "")
    place = find_ward(float(found.easting[0]), float(found.northing[0]), district)
    release = load_directory().release
    words = f"This postcode is in {ward_label(place.ward)} (postcode directory of {release})."
    if place.moved:
        words += (
            " It is near a boundary: it lies just outside the simplified lines of "
            f"{place_name(district)}, so its nearest ward there is taken."
        )
    elif place.neighbours:
        words += (
            " It is near a boundary, and the lines are simplified. If this is not your ward, try:"
        )
    return Answer(words, place.ward, place.neighbours, len(place.neighbours))


def _answer_elsewhere(outward: str, district: str) -> Answer:
    if country := name_outside(outward, district):
        return Answer(f"This postcode is in {country}, outside England. {ONLY_ENGLAND}", good=False)
    return Answer(
        "The directory knows this postcode but gives no place for it: it may be a post-office "
        "box, or have ended. Try the postcode of a neighbour, or the name of the ward.",
        good=False,
    )


def _answer_unknown(outward: str) -> Answer:
    """No such postcode: say what is odd about it, and offer the wards of its district."""
    release = load_directory().release
    around = find_postcodes(outward)
    if not len(around):
        return _answer_no_district(outward)
    words = (
        f"This postcode is not in the directory of {release}: it may be mistyped, or newer "
        "than that."
    )
    codes = _wards_covered(around)
    if not codes:
        country = name_outside(outward, around.district(0))
        return Answer(f"{words} {outward} is in {country}. {ONLY_ENGLAND}", good=False)
    if len(codes) > 1:
        words += f" Postcodes beginning {outward} are in {count_words(len(codes), '', 'wards')}:"
    else:
        words += f" Postcodes beginning {outward} are in one ward:"
    return Answer(words, codes=codes, count=len(codes), good=False)


def _answer_no_district(outward: str) -> Answer:
    return Answer(
        f"No postcode begins with {outward}. Check its letters and numbers, or type the name "
        "of a ward.",
        good=False,
    )


def _wards_covered(postcodes: Postcodes) -> tuple[str, ...]:
    """The wards of postcodes in England, those with most postcodes first."""
    districts = np.array(postcodes.areas, dtype=object)[postcodes.area]
    english = np.array([str(code).startswith("E") for code in districts], dtype=bool)
    usable = english & ~np.isnan(postcodes.easting)
    if not usable.any():
        return ()
    wards = find_wards(postcodes.easting[usable], postcodes.northing[usable], districts[usable])
    codes, counts = np.unique(wards.astype(str), return_counts=True)
    return tuple(str(code) for code in codes[np.argsort(-counts, kind="stable")])


def _answer_part(query: Query) -> Answer:
    """The wards that the beginning of a postcode covers."""
    for outward, inward in query.readings:
        found = find_postcodes(outward, inward)
        if not len(found):
            continue
        typed = f"{outward} {inward}".strip()
        codes = _wards_covered(found)
        if not codes:
            country = name_outside(outward, found.district(0)) or "no known place"
            return Answer(
                f"Postcodes beginning {typed} are in {country}, outside England. {ONLY_ENGLAND}",
                good=False,
            )
        if len(codes) == 1:
            words = f"All postcodes beginning {typed} are in {ward_label(codes[0])}."
            return Answer(words, chosen=codes[0])
        words = f"{typed} is part of a postcode. It covers {len(codes)} wards: choose one, or "
        return Answer(words + "type the whole postcode.", codes=codes, count=len(codes))
    return _answer_no_district(query.readings[0][0])


def _find_code(name: str) -> str:
    """The area of a code, or the ward of an LSOA's code or name; "" if it is neither."""
    code = name.upper()
    if code in load_areas().index:
        return code
    lsoas = load_lsoas()
    if code in lsoas.index:
        return str(lsoas.at[code, "ward_code"])
    if not name[-1:].isalpha() or not any(letter.isdigit() for letter in name):
        return ""
    same = lsoas["lsoa_name"].str.casefold() == name.casefold()
    return str(lsoas.loc[same, "ward_code"].iloc[0]) if same.any() else ""


def _answer_name(name: str, here: str) -> Answer:
    if code := _find_code(name):
        return Answer(f"Found: {label_of(code)}.", chosen=code)
    found = find_names(name, load_names(), place_name(here))
    if found.how in ("exact", "partly") and found.count == 1:
        return Answer(f"Found: {label_of(found.codes[0])}.", chosen=found.codes[0])
    if found.count:
        return Answer(_words_for(found), codes=found.codes, count=found.count)
    return Answer(
        f"Nothing is found for this. {SEARCHED}",
        good=False,
    )


def _words_for(found: Found) -> str:
    if found.how == "close":
        return "No place has this name. Did you mean:"
    alike = "have this name" if found.how == "exact" else "fit"
    more = f" The first {len(found.codes)} are here; type more of the name for others."
    shown = more if found.count > len(found.codes) else ""
    return f"{found.count:,} places {alike}. Choose one:{shown}"
