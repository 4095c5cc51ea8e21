"""Numbers, ranks, ages and lists in words."""

import datetime as dt

import pytest

from analysis.words import (
    CARRIED,
    FIT_WORDS,
    FLAG_WORDS,
    GEOGRAPHY_WORDS,
    age_words,
    count_words,
    join_words,
    ordinal,
)
from data.catalogue_entries import GEOGRAPHIES
from data.schema import FITS, FLAGS


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (102, "102nd"),
        (111, "111th"),
        (6823, "6,823rd"),
    ],
)
def test_ordinals(number, word):
    assert ordinal(number) == word


def test_lists_read_like_sentences():
    assert join_words([]) == ""
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b"]) == "a and b"
    assert join_words(["a", "b", "c"]) == "a, b and c"


def test_one_is_singular():
    assert count_words(1, "ward", "wards") == "1 ward"
    assert count_words(0, "ward", "wards") == "0 wards"
    assert count_words(6826, "ward", "wards") == "6,826 wards"


@pytest.mark.parametrize(
    ("end", "today", "words"),
    [
        ("2022-12-31", "2026-11-30", "3 years 10 months old"),
        ("2022-12-31", "2026-12-31", "4 years old"),
        ("2025-11-15", "2026-11-14", "11 months old"),
        ("2025-11-15", "2026-11-15", "1 year old"),
        ("2026-09-30", "2026-10-30", "1 month old"),
        ("2026-11-01", "2026-11-22", "under a month old"),
        ("2027-01-01", "2026-11-22", "under a month old"),
        ("2011-03-27", "2026-11-22", "15 years old"),
    ],
)
def test_ages(end, today, words):
    assert age_words(dt.date.fromisoformat(end), dt.date.fromisoformat(today)) == words


def test_every_code_has_its_words():
    assert set(FIT_WORDS) == set(FITS)
    assert set(FLAG_WORDS) == set(FLAGS) - {""}
    assert set(GEOGRAPHY_WORDS) == set(CARRIED) == set(GEOGRAPHIES)
