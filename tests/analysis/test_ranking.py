"""Which rows a ranking shows, and the spread of the small areas inside."""

import numpy as np
import pandas as pd

from analysis.ranking import choose_rows, spread_of_lsoas

FRAME = pd.DataFrame({"value": [1.0, 9, np.nan, 5, 9]}, index=list("abcde"))


def test_the_highest_come_first_and_equals_keep_their_order():
    assert list(choose_rows(FRAME, "", 9).index) == ["b", "e", "d", "a"]
    assert list(choose_rows(FRAME, "", 2).index) == ["b", "e"]


def test_the_selected_area_is_always_among_the_rows():
    assert list(choose_rows(FRAME, "a", 2).index) == ["b", "a"]
    assert list(choose_rows(FRAME, "b", 2).index) == ["b", "e"]
    assert list(choose_rows(FRAME, "c", 2).index) == ["b", "e"]  # it has no value
    assert list(choose_rows(FRAME, "gone", 2).index) == ["b", "e"]


def test_the_spread_is_that_of_the_lsoas_of_the_ward():
    values = pd.Series([3.0, 1, np.nan, np.nan], index=list("wxyz"))
    ward_of = pd.Series(["N", "N", "N", "S"], index=list("wxyz"))
    spread = spread_of_lsoas(values, ward_of.iloc[::-1])
    assert spread.loc["N"].tolist() == [1, 3]
    assert spread.loc["S"].isna().all()
