"""Periods: every written form, its dates, its words, and what is refused."""

import datetime as dt

import pytest

from data.errors import DataError
from data.periods import read_period


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("key", "start", "end", "label"),
    [
        ("2021", "2021-01-01", "2021-12-31", "2021"),
        ("2020/21", "2020-04-01", "2021-03-31", "2020/21"),
        ("1999/00", "1999-04-01", "2000-03-31", "1999/00"),
        ("2020-02", "2020-02-01", "2020-02-29", "February 2020"),
        ("2021-02", "2021-02-01", "2021-02-28", "February 2021"),
        ("2020-Q1", "2020-01-01", "2020-03-31", "January to March 2020"),
        ("2020-Q4", "2020-10-01", "2020-12-31", "October to December 2020"),
        ("2021-03-21", "2021-03-21", "2021-03-21", "21 March 2021"),
        ("mid-2020", "2020-06-30", "2020-06-30", "mid-2020"),
        ("to-2021-09", "2020-10-01", "2021-09-30", "year to September 2021"),
        ("to-2020-12", "2020-01-01", "2020-12-31", "year to December 2020"),
        ("2014-16", "2014-01-01", "2016-12-31", "2014 to 2016"),
        ("2020-03--2021-04", "2020-03-01", "2021-04-30", "March 2020 to April 2021"),
    ],
)
def test_every_form_has_its_dates_and_words(key, start, end, label):
    assert read_period(key) == (key, day(start), day(end), label)


def test_a_year_of_twelve_months_is_never_longer_than_a_year():
    for month in range(1, 13):
        period = read_period(f"to-2021-{month:02}")
        assert (period.end - period.start).days in (364, 365)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "21",
        "2020-13-01",
        "2020-02-30",
        "2020/2021",
        "2020-Q5",
        "Q1-2020",
        "to-2021-13",
        "March 2020",
        "2020-03 ",
        "2020-03--2021-13",
    ],
)
def test_any_other_form_is_refused_by_name(key):
    with pytest.raises(DataError, match=f"period '{key}'"):
        read_period(key)


@pytest.mark.parametrize("key", ["2020/22", "2020/20", "2021-13", "2021-04--2020-03"])
def test_a_period_that_ends_before_it_starts_is_refused(key):
    with pytest.raises(DataError, match=f"period '{key}'"):
        read_period(key)
