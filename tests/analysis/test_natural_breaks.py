"""Natural breaks: against all divisions there are, and against mapclassify."""

import warnings
from itertools import combinations

import mapclassify
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.natural_breaks import compute_natural_breaks


def spread_of(values, breaks) -> float:
    """Sum of squared distances of all values from the mean of their class."""
    figures = np.asarray(values, dtype=float)
    places = np.digitize(figures, breaks)
    members = (figures[places == place] for place in set(places))
    return sum(((group - group.mean()) ** 2).sum() for group in members)


def jenks(values, count: int):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that numba is not there
        return mapclassify.FisherJenks(np.asarray(values, dtype=float), count)


def test_a_division_seen_with_the_naked_eye():
    assert compute_natural_breaks([1, 2, 3, 10, 11, 50, 52], 3).tolist() == [10, 50]


def test_equal_figures_are_never_parted_and_count_as_often_as_they_occur():
    assert compute_natural_breaks([0] * 50 + [1, 2, 9], 2).tolist() == [9]
    assert compute_natural_breaks([0] * 5000 + [1, 2, 9], 4).tolist() == [1, 2, 9]


@pytest.mark.parametrize("values", [[], [7], [7, 7, 7]])
def test_nothing_to_divide(values):
    assert compute_natural_breaks(values, 5).tolist() == []


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 60), min_size=2, max_size=12),
    st.integers(2, 5),
)
def test_no_other_division_is_better(values, count):
    found = compute_natural_breaks(values, count)
    different = sorted(set(values))
    classes = min(count, len(different))
    assert len(found) == classes - 1
    others = combinations(different[1:], classes - 1)
    least = min(spread_of(values, other) for other in others)
    assert spread_of(values, found) == pytest.approx(least, abs=1e-9)


@pytest.mark.parametrize("size", [26, 168, 400])
def test_the_same_classes_as_mapclassify(size):
    values = np.random.default_rng(size).gamma(2, 10, size)
    places = np.digitize(values, compute_natural_breaks(values, 5))
    assert places.tolist() == jenks(values, 5).yb.tolist()


def test_figures_far_from_zero_lose_nothing():
    """mapclassify's single precision is too coarse here, and its classes are worse."""
    prices = 300_000 + np.random.default_rng(1).normal(0, 3, 200).round(2)
    found = compute_natural_breaks(prices, 5)
    shifted = compute_natural_breaks((prices - 300_000).round(2), 5)
    assert found - 300_000 == pytest.approx(shifted, abs=1e-6)
    limits = [prices[jenks(prices, 5).yb == place].min() for place in range(1, 5)]
    assert spread_of(prices, found) < spread_of(prices, limits)


def test_thousands_of_figures_are_divided_exactly():
    values = np.random.default_rng(2).gamma(2, 10, 3000).round(1)
    found = compute_natural_breaks(values, 5)
    best = spread_of(values, found)
    for place in range(4):
        for step in (-0.1, 0.1):
            moved = found.copy()
            moved[place] += step
            assert spread_of(values, moved) >= best - 1e-6
    found[0] = -1  # what a caller does with an answer is no one else's business
    assert spread_of(values, compute_natural_breaks(values, 5)) == best
