"""What is asked of the data routes: the parameters of an address, checked one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from starlette.datastructures import QueryParams

from data.catalogue import load_catalogue
from data.load import load_areas, load_periods
from data.open_data import AREA_TYPES, list_within
from data.problems import closest

MOST_INDICATORS = 20
MOST_AREAS = 200
MOST_PAGE_SIZE = 10_000
PAGE_SIZE = 1_000
FORMATS = ("json", "csv")
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)


class WrongQuestion(ValueError):  # noqa: N818 (it stands for what was asked, not for a failure)
    """A parameter that cannot be used: its name, its value, and what is allowed.

    `unknown`: it is well formed, but nothing has that code or id.
    """

    def __init__(self, parameter: str, value: str, allowed: str, unknown: bool = False) -> None:
        shown = f"{value[:60]}{'…' if len(value) > 60 else ''}"
        super().__init__(f"{parameter} = {shown!r} cannot be used; {allowed}.")
        self.parameter, self.value, self.allowed = parameter, shown, allowed
        self.unknown = unknown


@dataclass(frozen=True)
class Page:
    """Which rows of the answer, and in which form."""

    number: int = 1
    size: int = PAGE_SIZE
    form: str = "json"


def check_names(asked: QueryParams, known: Sequence[str]) -> None:
    """Refuse a parameter that nobody knows: a misspelt one would silently ask for everything.

    Raises:
        WrongQuestion: an unknown parameter, or one that stands twice.
    """
    for name in asked:
        if name not in known:
            near = closest(name, known)
            guess = f"did you mean {near!r}? " if near else ""
            raise WrongQuestion(name, asked[name], f"{guess}known parameters: {', '.join(known)}")
        if len(asked.getlist(name)) > 1:
            raise WrongQuestion(name, asked[name], "write it once, with commas between values")


def read_page(asked: Mapping[str, str]) -> Page:
    """The page, its size and its form.

    Raises:
        WrongQuestion: not a whole number in range, or an unknown form.
    """
    numbers = []
    for name, otherwise, most in (("page", 1, 10**8), ("page_size", PAGE_SIZE, MOST_PAGE_SIZE)):
        text = asked.get(name, str(otherwise))
        if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= most:
            raise WrongQuestion(name, text, f"a whole number from 1 to {most:,}")
        numbers.append(int(text))
    form = asked.get("format", "json")
    if form not in FORMATS:
        raise WrongQuestion("format", form, "json or csv")
    return Page(numbers[0], numbers[1], form)


def _split(asked: Mapping[str, str], name: str, most: int) -> list[str]:
    listed = list(dict.fromkeys(part.strip() for part in asked.get(name, "").split(",")))
    if name in asked and "" in listed:
        raise WrongQuestion(name, asked[name], "values with one comma between them")
    if len(listed) > most:
        raise WrongQuestion(name, asked[name], f"at most {most} at once; ask several times")
    return listed if name in asked else []


def _check_each(name: str, listed: list[str], known: Callable[[str], bool], say: str) -> list[str]:
    for one in listed:
        if not known(one):
            raise WrongQuestion(name, one, say, unknown=True)
    return listed


def read_indicators(asked: Mapping[str, str]) -> list[str]:
    """Ids of the catalogue, at least one.

    Raises:
        WrongQuestion: none, too many, or an unknown one.
    """
    indicators = load_catalogue().indicators
    listed = _split(asked, "indicator", MOST_INDICATORS)
    if not listed:
        raise WrongQuestion("indicator", "", "name at least one id from /api/v1/catalogue")
    for one in listed:
        if one not in indicators:
            near = closest(one[:80], indicators)
            guess = f"did you mean {near!r}? " if near else ""
            raise WrongQuestion("indicator", one, f"{guess}ids are in /api/v1/catalogue", True)
    return listed


def read_periods(asked: Mapping[str, str], indicators: list[str]) -> list[str] | None:
    """Period labels; [] the newest, None all.

    Raises:
        WrongQuestion: none of the indicators has such a period.
    """
    text = asked.get("period", "latest")
    if text == "latest":
        return []
    if text == "all":
        return None
    known = {period for indicator in indicators for period in load_periods(indicator)}
    say = "latest, all, or periods listed in /api/v1/catalogue"
    return _check_each("period", _split(asked, "period", MOST_AREAS), known.__contains__, say)


def read_area_type(asked: Mapping[str, str]) -> str:
    """A type of area, "" for all.

    Raises:
        WrongQuestion: an unknown one.
    """
    text = asked.get("area_type", "")
    if "area_type" in asked and text not in AREA_TYPES:
        raise WrongQuestion("area_type", text, f"one of {', '.join(AREA_TYPES)}")
    return text


def read_areas(asked: Mapping[str, str]) -> pd.Index | None:
    """Codes of `area`, of those inside the place `within`, or both; None for every area.

    Raises:
        WrongQuestion: an unknown code.
    """
    index = load_areas().index
    say = "codes are in /api/v1/areas"
    chosen = None
    if "area" in asked:
        listed = _check_each("area", _split(asked, "area", MOST_AREAS), index.__contains__, say)
        chosen = pd.Index(listed, dtype=object)
    if "within" in asked:
        place = asked["within"]
        if place not in index or load_areas().at[place, "area_type"] == "ward":
            words = f"a district, county, region or England (E92000001); {say}"
            raise WrongQuestion("within", place, words, True)
        inside = list_within(place)
        chosen = inside if chosen is None else chosen[chosen.isin(inside)]
    return chosen
