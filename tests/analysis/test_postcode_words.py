"""What people type: whole postcodes, parts of one, names; nothing raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.postcode_words import LONGEST, name_outside, parse_query, tidy


@pytest.mark.parametrize(
    "typed",
    ["PE29 3TN", "pe29 3tn", "PE293TN", " pe29  3tn. ", "PE29-3TN", "P E 2 9 3 T N",
     "I live at PE29 3TN, Huntingdon", "ＰＥ２９ ３ＴＮ", "PE29\u00a03TN"],
)  # fmt: skip
def test_a_postcode_is_read_however_it_is_written(typed):
    query = parse_query(typed)
    assert (query.kind, query.readings) == ("whole", (("PE29", "3TN"),))


@pytest.mark.parametrize(
    ("typed", "outward", "inward"),
    [("EC1A1BB", "EC1A", "1BB"), ("M1 1AE", "M1", "1AE"), ("e1w1aa", "E1W", "1AA"),
     ("W1T 3NF", "W1T", "3NF"), ("B338TH", "B33", "8TH")],
)  # fmt: skip
def test_every_form_of_postcode_is_split_right(typed, outward, inward):
    assert parse_query(typed).readings == ((outward, inward),)


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("PE28", (("PE28", ""), ("PE2", "8"))),
        ("pe28 3", (("PE28", "3"),)),
        ("PE28 3T", (("PE28", "3T"),)),
        ("PE283", (("PE28", "3"),)),
        ("PE283T", (("PE28", "3T"),)),
        ("SW1A", (("SW1A", ""),)),
        ("E1", (("E1", ""),)),
    ],
)
def test_the_beginning_of_a_postcode_is_a_part(typed, readings):
    query = parse_query(typed)
    assert (query.kind, query.readings) == ("part", readings)


@pytest.mark.parametrize("typed", ["Ramsey", "St David's", "PE", "123", "E05011266", "3TN", "?"])
def test_everything_else_is_a_name(typed):
    query = parse_query(typed)
    assert (query.kind, query.name) == ("name", typed)


@pytest.mark.parametrize("typed", ["", "   ", "\t\n", "\x00", "\u200b"])
def test_nothing_is_nothing(typed):
    assert parse_query(typed).kind == "nothing"


@given(st.text(max_size=400))
def test_no_text_raises(typed):
    query = parse_query(typed)
    assert query.kind in ("whole", "part", "name", "nothing")
    assert len(tidy(typed)) <= LONGEST
    assert bool(query.readings) == (query.kind in ("whole", "part"))


def test_countries_outside_england_are_named():
    assert name_outside("EH1", "S12000036") == "Scotland"
    assert name_outside("CF10", "W06000015") == "Wales"
    assert name_outside("BT1", "N09000003") == "Northern Ireland"
    assert name_outside("JE1", "L99999999") == "the Channel Islands"
    assert name_outside("IM1", "") == "the Isle of Man"
    assert name_outside("BT1", "") == "Northern Ireland"
    assert name_outside("PE29", "E07000011") == name_outside("PE29", "") == ""
