"""Rank limits worked by hand, and the sentences made of them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.ranking import choose_rows, compute_rank_limits, say_rank

NAN = np.nan


def test_rank_limits_by_hand():
    # A 10-12 is clear; B 7-9 and C 6-8 overlap; D 1-5 is last; E has no interval.
    best, worst = compute_rank_limits([10, 7, 6, 1, NAN], [12, 9, 8, 5, NAN])
    assert best.tolist() == [1, 2, 2, 4, 0]
    assert worst.tolist() == [1, 3, 3, 4, 0]
    assert (best.dtype, worst.dtype) == (np.int64, np.int64)


def test_an_area_with_one_limit_has_no_interval_and_touches_nobody_elses_rank():
    best, worst = compute_rank_limits([10, 7, 0, NAN], [12, 9, NAN, 100])
    assert (best.tolist(), worst.tolist()) == ([1, 2, 0, 0], [1, 2, 0, 0])


def test_touching_intervals_leave_the_order_open():
    best, worst = compute_rank_limits([5, 3], [8, 5])
    assert (best.tolist(), worst.tolist()) == ([1, 1], [2, 2])


def test_one_wide_interval_opens_its_own_rank_and_by_one_that_of_the_others():
    best, worst = compute_rank_limits([0, 6, 3, 1], [9, 7, 4, 2])
    assert best.tolist() == [1, 1, 2, 3]
    assert worst.tolist() == [4, 2, 3, 4]


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 20)), min_size=1, max_size=30))
def test_limits_hold_the_rank_and_agree_with_counting_pairs(pairs):
    middle = np.array([m for m, _ in pairs])
    half = np.array([h for _, h in pairs])
    low, high = middle - half, middle + half
    best, worst = compute_rank_limits(low, high)
    for place in range(len(pairs)):
        assert best[place] == 1 + (low > high[place]).sum()
        assert worst[place] == len(pairs) - (high < low[place]).sum()
        rank = 1 + (middle > middle[place]).sum()
        assert best[place] <= rank <= worst[place]


def test_rank_in_words():
    assert say_rank("Jobs", "North", 1, 1, 3) == "Jobs: North ranks 1st; it could be 1st to 3rd"
    assert say_rank("Jobs", "North", 2, 2, 2) == "Jobs: North ranks 2nd, clear of all others"
    assert say_rank("Jobs", "North", 22, 0, 0) == "Jobs: North ranks 22nd"
    assert say_rank("Jobs", "North", 22, 0, 0, 2) == "Jobs: North ranks 22nd with 2 more"
    long = say_rank("Fuel poverty until 2018", "Huntingdon North", 3, 1, 5)
    assert long == "Fuel poverty until 2018: Huntingdon North ranks 3rd (1st to 5th)"
    clear = say_rank("Fuel poverty until 2018", "Huntingdon North", 22, 22, 22)
    assert clear == "Fuel poverty until 2018: Huntingdon North ranks 22nd, clearly"


def test_the_lowest_end_of_a_ranking():
    import pandas as pd

    frame = pd.DataFrame({"value": [3.0, 1.0, NAN, 2.0]}, index=list("abcd"))
    assert choose_rows(frame, "a", 2, lowest=True).index.tolist() == ["b", "a"]
    assert choose_rows(frame, "", 2).index.tolist() == ["a", "d"]
