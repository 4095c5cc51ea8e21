"""Which rows a ranking shows, and the spread of the small areas inside."""

import numpy as np
import pandas as pd

from analysis.ranking import choose_rows, spread_of_lsoas

FRAME = pd.DataFrame({"value": [1.0, 9, np.nan, 5, 9]}, index=list("abcde"))


def test_the_highest_come_first_and_equals_keep_their_order():
    assert list(choose_rows(FRAME, "", 9).index) == ["b", "e", "d", "a"]
    assert list(choose_rows(FRAME, "", 2).index) == ["b", "e"]
    # Forty areas in two levels; what else is missing (here a limit) does not matter.
    many = pd.DataFrame({"value": [1.0, 2.0] * 20, "lower_ci": np.nan}, index=range(40))
    assert list(choose_rows(many, "", 40).index) == [*range(1, 40, 2), *range(0, 40, 2)]


def test_the_other_end_of_the_ranking_starts_with_the_lowest():
    assert list(choose_rows(FRAME, "", 2, lowest=True).index) == ["a", "d"]
    assert list(choose_rows(FRAME, "e", 2, lowest=True).index) == ["a", "e"]


def test_the_selected_area_is_always_among_the_rows():
    assert list(choose_rows(FRAME, "a", 2).index) == ["b", "a"]
    assert list(choose_rows(FRAME, "b", 2).index) == ["b", "e"]
    assert list(choose_rows(FRAME, "c", 2).index) == ["b", "e"]  # it has no value
    assert list(choose_rows(FRAME, "gone", 2).index) == ["b", "e"]


def test_the_spread_is_that_of_the_lsoas_of_the_ward():
    values = pd.Series([3.0, 1, np.nan, np.nan], index=list("wxyz"))
    ward_of = pd.Series(["N", "N", "N", "S"], index=list("wxyz"))
    spread = spread_of_lsoas(values, ward_of.iloc[::-1])
    assert spread.loc["N"].to_dict() == {"low": 1, "high": 3}
    assert spread.loc["S"].isna().all()
