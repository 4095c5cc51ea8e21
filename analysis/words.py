"""Numbers, ranks, ages and lists in the words of the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from data.periods import age_words as age_words  # noqa: PLC0414 (one of the words)

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}

FIT_WORDS = {
    "native": "published for this area",
    "best_fit": "added up from the LSOAs that fit the ward best",
    "apportioned": "shared out from larger areas by where people live",
    "modelled": "a modelled estimate, not a local count",
    "aggregated": "added up from the smaller areas inside it",
}

FLAG_WORDS = {
    "suppressed": "withheld by the publisher because the number is small",
    "not_available": "no figure for this area",
    "estimated": "estimated: part of the figure is withheld or missing",
    "unreliable": "marked unreliable by the publisher",
}

#: What a ward and its neighbours form together (see `hot_spots.find_hot_spots`).
CLUSTER_WORDS = {
    "high_high": "high among high",
    "low_low": "low among low",
    "high_low": "high among low",
    "low_high": "low among high",
    "unclear": "no clear pattern",
    "alone": "no neighbours",
}

NO_LSOA = "no estimate: no LSOA fits this ward"

GEOGRAPHY_WORDS = {
    "lsoa21": "LSOAs",
    "lsoa11": "LSOAs (2011)",
    "msoa21": "MSOAs",
    "msoa11": "MSOAs (2011)",
    "ward21": "wards (2021)",
    "ward22": "wards (2022)",
    "ward25": "wards",
    "postcode": "postcodes or places",
    "district": "districts",
}

CARRIED = {
    "lsoa21": "added up to wards by best fit",
    "lsoa11": "carried to 2021 LSOAs, then added up to wards by best fit",
    "msoa21": "shared out to wards by where people live",
    "msoa11": "shared out to wards by where people live",
    "ward21": "carried to today's wards",
    "ward22": "carried to today's wards",
    "ward25": "given for wards",
    "postcode": "counted into wards",
    "district": "district figure, not ward",
}


#: The longest title of a page or chart.
MOST_WORDS = 10


def keep_short(*titles: str) -> str:
    """The first of several titles that has ten words or fewer, else the last."""
    return next((t for t in titles if len(t.split()) <= MOST_WORDS), titles[-1])


def day_words(day: dt.date) -> str:
    """A day as it is read: "1 April 2021"."""
    return f"{day.day} {day:%B %Y}"


def ordinal(number: int) -> str:
    """1 -> "1st", 12 -> "12th", 23 -> "23rd"."""
    ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
    return f"{number:,}{ending}"


def join_words(words: Sequence[str]) -> str:
    """["a", "b", "c"] -> "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def count_words(number: int, one: str, many: str) -> str:
    """2, "ward", "wards" -> "2 wards"."""
    return f"{number:,} {one if number == 1 else many}"


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def count_in_words(number: int) -> str:
    """A number at the start of a sentence: 2 -> "Two", 12 -> "12"."""
    return _NUMBERS[number].capitalize() if 0 <= number < len(_NUMBERS) else f"{number:,}"
