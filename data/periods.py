"""Periods: one written form that sorts, the dates it covers, and the words people read.

A period key is written like the thing it names:

    2021            calendar year              2020/21       financial or academic year
    2020-03         month                      2020-Q1       quarter
    2021-03-21      one day                    mid-2020      30 June of the year
    to-2021-09      the twelve months that end with September 2021
    2014-16         several calendar years, first to last
    2020-03--2021-04  several months, first to last
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from data.errors import DataError


class Period(NamedTuple):
    """One period: its key, the days it starts and ends, and its label in words."""

    key: str
    start: dt.date
    end: dt.date
    label: str


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _month_name(year: int, month: int) -> str:
    return f"{calendar.month_name[month]} {year}"


def _year(key: str, year: str) -> Period:
    return Period(key, dt.date(int(year), 1, 1), dt.date(int(year), 12, 31), year)


def _split_year(key: str, year: str, following: str) -> Period:
    # April to March; the label keeps the publisher's own form.
    if int(following) != (int(year) + 1) % 100:
        raise ValueError(f"{following} does not follow {year}")
    return Period(key, dt.date(int(year), 4, 1), dt.date(int(year) + 1, 3, 31), key)


def _month(key: str, year: str, month: str) -> Period:
    y, m = int(year), int(month)
    return Period(key, dt.date(y, m, 1), _month_end(y, m), _month_name(y, m))


def _quarter(key: str, year: str, quarter: str) -> Period:
    y, last = int(year), int(quarter) * 3
    label = f"{calendar.month_name[last - 2]} to {_month_name(y, last)}"
    return Period(key, dt.date(y, last - 2, 1), _month_end(y, last), label)


def _day(key: str, year: str, month: str, day: str) -> Period:
    date = dt.date(int(year), int(month), int(day))
    return Period(key, date, date, f"{date.day} {_month_name(date.year, date.month)}")


def _middle(key: str, year: str) -> Period:
    date = dt.date(int(year), 6, 30)
    return Period(key, date, date, f"mid-{year}")


def _year_to(key: str, year: str, month: str) -> Period:
    y, m = int(year), int(month)
    start = dt.date(y, 1, 1) if m == 12 else dt.date(y - 1, m + 1, 1)
    return Period(key, start, _month_end(y, m), f"year to {_month_name(y, m)}")


def _years(key: str, first: str, last: str) -> Period:
    end = int(first[:2] + last)
    return Period(key, dt.date(int(first), 1, 1), dt.date(end, 12, 31), f"{first} to {end}")


def _months(key: str, year: str, month: str, last_year: str, last_month: str) -> Period:
    first, last = (int(year), int(month)), (int(last_year), int(last_month))
    label = f"{_month_name(*first)} to {_month_name(*last)}"
    return Period(key, dt.date(*first, 1), _month_end(*last), label)


_FORMS: list[tuple[re.Pattern[str], Callable[..., Period]]] = [
    (re.compile(pattern), form)
    for pattern, form in (
        (r"(\d{4})", _year),
        (r"(\d{4})/(\d{2})", _split_year),
        (r"(\d{4})-(0[1-9]|1[0-2])", _month),
        (r"(\d{4})-Q([1-4])", _quarter),
        (r"(\d{4})-(\d{2})-(\d{2})", _day),
        (r"mid-(\d{4})", _middle),
        (r"to-(\d{4})-(0[1-9]|1[0-2])", _year_to),
        (r"(\d{4})-(1[3-9]|[2-9]\d)", _years),
        (r"(\d{4})-(\d{2})--(\d{4})-(\d{2})", _months),
    )
]


@lru_cache(maxsize=4096)
def read_period(key: str) -> Period:
    """Return the dates and words of a period key.

    Raises:
        DataError: the key has none of the forms listed at the top of this module.
    """
    for pattern, form in _FORMS:
        if found := pattern.fullmatch(key):
            try:
                period = form(key, *found.groups())
            except (ValueError, IndexError) as error:
                raise DataError(f"period {key!r}: {error}") from error
            if period.end < period.start:
                raise DataError(f"period {key!r}: it ends before it starts")
            return period
    raise DataError(
        f"period {key!r} is not written in a known form; "
        "use e.g. 2021, 2020/21, 2020-03, 2020-Q1, 2021-03-21, mid-2020 or to-2021-09."
    )


def age_words(end: dt.date, today: dt.date) -> str:
    """How long ago a period ended: "3 years 11 months old", "2 months old", "under a month old"."""
    months = (today.year - end.year) * 12 + today.month - end.month - (today.day < end.day)
    if months < 1:
        return "under a month old"
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(f"{years:,} year{'s' * (years > 1)}")
    if rest and years < 10:
        parts.append(f"{rest} month{'s' * (rest > 1)}")
    return f"{' '.join(parts)} old"
