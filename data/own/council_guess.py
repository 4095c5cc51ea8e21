"""Whose figures a sheet holds, by the areas it names."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from data.geography_words import ENGLAND
from data.load import load_areas
from data.own.places import load_vintages_by_code, simplify_ward, wards_inside
from data.own.points import read_postcodes
from data.own.shapes import OwnSheet

_SAMPLE = 400
_MOST = 0.6  # share of the named areas that must lie in one council
_POSTCODE = r"\s*[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*[0-9][A-Za-z]{2}\s*"


def guess_council(sheet: OwnSheet) -> str:
    """The district, else the county, of most areas a sheet names; else England.

    Raises:
        TableError: the project's own tables cannot be read.
    """
    votes: Counter[str] = Counter()
    head = sheet.cells.iloc[:_SAMPLE]
    for place in head.columns:
        votes += _vote(head[place].str.strip())
    if not votes:
        return ENGLAND
    total = sum(votes.values())
    district, count = votes.most_common(1)[0]
    if count >= _MOST * total:
        return district
    counties = load_areas()["county_code"]
    above: Counter[str] = Counter()
    for code, number in votes.items():
        if isinstance(counties.get(code), str):
            above[counties[code]] += number
    if above and above.most_common(1)[0][1] >= _MOST * total:
        return above.most_common(1)[0][0]
    return ENGLAND


def _vote(texts: pd.Series) -> Counter[str]:
    """The district of each cell; a name that several districts share gives each a part."""
    votes: Counter[str] = Counter()
    codes = texts.str.upper()
    codes = codes[codes.str.fullmatch(r"E0[5-9][0-9]{6}")]
    homes, ended = load_areas()["district_code"], load_vintages_by_code()
    for code in codes:
        home = homes.get(code) or (ended[code][1] if code in ended else "")
        if isinstance(home, str) and home:
            votes[home] += 12
    if votes:
        return votes
    postcodes = texts[texts.str.fullmatch(_POSTCODE)]
    if len(postcodes) > len(texts) / 4:
        wards = read_postcodes(postcodes, ENGLAND).code
        return Counter(str(homes[ward]) for ward in wards if ward)
    names = _names()
    for text in texts[texts != ""].unique():
        found = names.get(simplify_ward(text), ())
        for home in found:
            votes[home] += 12 // min(len(found), 12)
    return votes


def _names() -> dict[str, tuple[str, ...]]:
    wards = wards_inside(ENGLAND)
    names: dict[str, set[str]] = {}
    for name, home in zip(wards["area_name"], wards["district_code"], strict=True):
        names.setdefault(simplify_ward(name), set()).add(home)
    return {name: tuple(sorted(homes)) for name, homes in names.items()}
