"""Comparison with a benchmark, ranks and percentiles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison import compare_with_benchmark, compute_percentiles, compute_ranks

NAN = np.nan
LOWER, UPPER = [12, 9, 4, NAN, 5], [15, 11, 8, NAN, NAN]


@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        ("low_is_good", ["worse", "similar", "better", "", ""]),
        ("high_is_good", ["better", "similar", "worse", "", ""]),
        ("no_judgement", ["higher", "similar", "lower", "", ""]),
    ],
)
def test_words_follow_interval_and_polarity(polarity, words):
    assert compare_with_benchmark(LOWER, UPPER, 10, polarity).tolist() == words


def test_a_benchmark_on_the_limit_is_similar():
    words = compare_with_benchmark([10, 8, 10.01, 8], [12, 10, 12, 9.99], 10, "low_is_good")
    assert words.tolist() == ["similar", "similar", "worse", "better"]


def test_without_a_benchmark_nothing_is_said():
    assert compare_with_benchmark(LOWER, UPPER, NAN, "low_is_good").tolist() == [""] * 5


def test_ranks_run_from_the_highest_and_equals_share_the_better_one():
    assert compute_ranks([3, 9, NAN, 9, 1]).tolist() == [3, 1, 0, 1, 4]
    # Three, as the mean rank of two (1.5) would be cut off to the same.
    three = compute_ranks([5, 5, 1, 5])
    assert (three.tolist(), three.dtype) == ([1, 1, 4, 1], np.int64)
    assert compute_ranks([]).tolist() == []
    assert compute_ranks([NAN, NAN]).tolist() == [0, 0]


def test_percentiles_count_those_below_and_half_of_the_equal():
    found = compute_percentiles([1, 2, 4, NAN, 9], [1, 2, 2, 4, NAN])
    assert np.array_equal(found, [12.5, 50, 87.5, NAN, 100], equal_nan=True)
    assert np.isnan(compute_percentiles([1], [NAN])).all()


figures = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


@given(figures, st.randoms())
def test_percentiles_do_not_depend_on_order_and_average_a_half(values, random):
    shuffled = values.copy()
    random.shuffle(shuffled)
    found = compute_percentiles(values, values)
    assert np.array_equal(found, compute_percentiles(values, shuffled))
    assert found.mean() == pytest.approx(50)
    turned = compute_percentiles([-v for v in values], [-v for v in values])
    assert np.allclose(found + turned, 100)


@given(figures)
def test_a_better_rank_is_a_higher_percentile(values):
    ranks, percentiles = compute_ranks(values), compute_percentiles(values, values)
    order = np.argsort(ranks, kind="stable")
    assert (np.diff(percentiles[order]) <= 0).all()
    assert ranks.min() == 1
