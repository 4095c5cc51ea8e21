"""What a cell says about time: people's ways of writing a period, as a period key.

Keys are those of `data.periods`. Days come before months, as in Britain. Readings that could
be another period are named.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import DataError
from data.periods import read_period

FIRST, LAST = 1990, 2100
CURE = "write it as 2024, 2024/25, 2024-04, 2024-Q2 or 30/06/2024"
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH_WORDS = "|".join(sorted(_MONTHS, key=len, reverse=True))
READINGS = {
    "month": "read as a month",
    "split_year": "read as the year from April to March",
    "quarter": "read as a quarter of the calendar year",
    "financial_quarter": "read as a quarter of the year from April to March",
    "day": "read as a date, the day before the month, without a time of day",
    "years": "read as several calendar years",
    "year": "read as a calendar year",
    "grain": "put together into longer periods",
}


class When(NamedTuple):
    """A period key ("" if none), fault with cure, and the key of a reading."""

    key: str = ""
    fault: str = ""
    cure: str = ""
    reading: str = ""


def _year(text: str) -> int:
    year = int(text)
    return year + (2000 if year < 70 else 1900) if len(text) <= 2 else year


def _month_key(year: str, month: int) -> When:
    return When(f"{_year(year):04d}-{month:02d}", reading="month")


def _split(first: str, second: str) -> When:
    year, following = _year(first), _year(second)
    if following != year + 1:
        if (
            following > year
            and len(first) == 4
            and len(second) == 2
            and year // 100 == following // 100
        ):
            return When(f"{first}-{second}", reading="years")
        return When(fault="is not one year and the next", cure=CURE)
    return When(f"{year:04d}/{following % 100:02d}", reading="split_year")


def _quarter(quarter: str, year: str) -> When:
    return When(f"{_year(year):04d}-Q{quarter}", reading="quarter")


def _financial_quarter(quarter: str, first: str, second: str) -> When:
    split = _split(first, second)
    if split.reading != "split_year":  # a quarter of several years is none
        return When(fault="is not one year and the next", cure=CURE)
    number, year = int(quarter), _year(first)
    key = f"{year + 1:04d}-Q1" if number == 4 else f"{year:04d}-Q{number + 1}"
    return When(key, reading="financial_quarter")


def _day(day: str, month: str, year: str) -> When:
    try:
        date = dt.date(_year(year), int(month), int(day))
    except ValueError:
        return When(fault="is not a day of the calendar", cure=CURE)
    return When(date.isoformat(), reading="day")


_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., When]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}}){_TIME}", _day),
        (rf"(\d{{4}})-(\d{{2}})-(\d{{2}}){_TIME}", lambda y, m, d: _day(d, m, y)),
        (rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]({_MONTH_WORDS})[ -](\d{{4}}|\d{{2}})",
         lambda d, m, y: _day(d, str(_MONTHS[m.casefold()]), y)),
        (rf"({_MONTH_WORDS})[ ',-]{{1,2}}(\d{{4}}|\d{{2}})",
         lambda m, y: _month_key(y, _MONTHS[m.casefold()])),
        (rf"(\d{{4}})[ -]({_MONTH_WORDS})", lambda y, m: _month_key(y, _MONTHS[m.casefold()])),
        (r"(\d{1,2})/(\d{4})", lambda m, y: _month_key(y, int(m))),
        (r"(\d{4})[/.](0?[1-9]|1[0-2])(?!\d)", lambda y, m: _month_key(y, int(m))),
        (r"(?:fy ?)?(\d{4}) ?[/–-] ?(\d{4}|\d{2})", _split),
        (r"(?:fy ?)?(\d{2}) ?/ ?(\d{2})", _split),
        (r"fy ?(\d{4}|\d{2})", lambda y: _split(str(_year(y) - 1), y)),
        (r"(?:q|quarter ?)([1-4])[ ,-]*(\d{4})", _quarter),
        (r"(\d{4})[ -]*q([1-4])", lambda y, q: _quarter(q, y)),
        (r"(?:q|quarter ?)([1-4])[ ,-]*(\d{4})[/-](\d{4}|\d{2})", _financial_quarter),
        (r"(\d{4})[/-](\d{4}|\d{2})[ ,-]*(?:q|quarter ?)([1-4])",
         lambda a, b, q: _financial_quarter(q, a, b)),
        (r"(?:calendar |year )?(\d{4})(?:\.0)?", lambda y: When(y, reading="year")),
    )
)  # fmt: skip


def read_when(text: str, grain: str = "") -> When:  # noqa: PLR0911 (one for each case)
    """Read one cell that says when."""
    bare = " ".join(text.replace("\u00a0", " ").split())
    if not bare:
        return When(fault="says no period", cure=CURE)
    found = _read(bare)
    if found.fault:
        return found
    try:
        period = read_period(found.key)
    except DataError:
        return When(fault="is not a known period", cure=CURE)
    if not FIRST <= period.start.year <= LAST:
        return When(fault=f"is before {FIRST} or after {LAST}", cure="check the year")
    if grain:
        key = round_day(period.start, grain)
        if key != round_day(period.end, grain):
            return When(fault=f"is longer than one {grain.replace('_', ' ')}", cure=CURE)
        return When(key, reading=found.reading if key == found.key else "grain")
    return found if found.key != text else When(found.key)


def _read(bare: str) -> When:
    if len(bare) > 40 or not bare.isascii():
        bare = bare[:41].replace("–", "-")
    if re.fullmatch(r"mid-\d{4}|to-\d{4}-\d{2}|\d{4}-(?:0[1-9]|1[0-2])(?:--\d{4}-\d{2})?", bare):
        return When(bare)
    for pattern, make in _FORMS:
        if match := pattern.fullmatch(bare):
            return make(*match.groups())
    if re.fullmatch(r"[34]\d{4}", bare):
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(bare))
        return When(fault="is a number, not a date", cure=f"did you mean {day.isoformat()}? "
                    "format the cells as dates and save again")  # fmt: skip
    return When(fault="is not a known period", cure=CURE)


def round_day(day: dt.date, grain: str) -> str:
    """The key of the month, quarter or year that a day is in."""
    if grain == "month":
        return f"{day:%Y-%m}"
    if grain == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if grain == "financial_year":
        first = day.year - (day.month < 4)
        return f"{first:04d}/{(first + 1) % 100:02d}"
    return f"{day.year:04d}"


class Times(NamedTuple):
    """A column that was read: arrays of the fields of `When`."""

    key: npt.NDArray[np.object_]
    fault: npt.NDArray[np.object_]
    cure: npt.NDArray[np.object_]
    reading: npt.NDArray[np.object_]


def read_times(texts: pd.Series, grain: str = "") -> Times:
    """Read a column of periods, each different text once."""
    codes, different = pd.factorize(texts)
    read = [read_when(str(text), grain) for text in different]
    return Times(*(np.array([when[i] for when in read] or [""], dtype=object)[codes]
                   for i in range(4)))  # fmt: skip
