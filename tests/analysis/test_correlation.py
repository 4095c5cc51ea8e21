"""Correlations against figures worked by hand, scipy and statsmodels."""

import warnings

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from analysis.correlation import compute_pearson, compute_spearman, fit_resistant_line

X = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
Y = np.array([2.0, 1.0, 4.0, 3.0, 5.0])


def test_pearson_by_hand():
    # Deviations -2..2 and -1, -2, 1, 0, 2: products add to 8, squares to 10 and 10.
    found = compute_pearson(X, Y)
    assert found.value == pytest.approx(0.8)
    # atanh(0.8) = 1.0986, plus and minus 1.96 / sqrt(2) = 1.3859.
    assert (round(found.lower, 3), round(found.upper, 3)) == (-0.280, 0.986)
    assert (found.count, found.effective, found.clear) == (5, 5, False)


def test_pearson_and_its_interval_agree_with_scipy():
    random = np.random.default_rng(3)
    x = random.normal(size=200)
    y = 0.4 * x + random.normal(size=200)
    theirs = stats.pearsonr(x, y)
    found = compute_pearson(x, y)
    assert found.value == pytest.approx(theirs.statistic, abs=1e-12)
    assert (found.lower, found.upper) == pytest.approx(tuple(theirs.confidence_interval()))
    assert found.clear


def test_spearman_agrees_with_scipy_ties_included():
    x = np.array([1, 1, 2, 3, 3, 3, 7, 8, 9, 9], dtype=float)
    y = np.array([4, 2, 2, 5, 6, 6, 1, 9, 9, 3], dtype=float)
    found = compute_spearman(x, y)
    assert found.value == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-12)
    # Bonett and Wright 2000: sqrt((1 + r^2 / 2) / (n - 3)).
    half = 1.959963984540054 * np.sqrt((1 + found.value**2 / 2) / 7)
    assert found.upper == pytest.approx(np.tanh(np.arctanh(found.value) + half))


def test_weighted_pearson_agrees_with_statsmodels():
    random = np.random.default_rng(4)
    x, y = random.normal(size=(2, 60))
    weights = random.uniform(500, 12_000, 60)
    found = compute_pearson(x, y, weights)
    theirs = DescrStatsW(np.column_stack([x, y]), weights=weights).corrcoef[0, 1]
    assert found.value == pytest.approx(theirs, abs=1e-12)
    effective = weights.sum() ** 2 / (weights**2).sum()
    assert found.effective == pytest.approx(effective)
    half = 1.959963984540054 / np.sqrt(effective - 3)
    assert found.lower == pytest.approx(np.tanh(np.arctanh(found.value) - half))


def test_weighted_spearman_is_that_of_the_ranks_and_not_of_every_ward_alike():
    weights = np.array([3.0, 1, 1, 1, 2])
    found = compute_spearman(10**X, Y**3, weights)
    # X and Y are their own ranks; the effective number of wards is 64 / 16 = 4.
    theirs = DescrStatsW(np.column_stack([X, Y]), weights=weights).corrcoef[0, 1]
    assert found.value == pytest.approx(theirs, abs=1e-12)
    assert found.value != pytest.approx(compute_spearman(10**X, Y**3).value, abs=0.01)
    assert found.effective == pytest.approx(4)
    half = 1.959963984540054 * np.sqrt(1 + theirs**2 / 2)
    assert found.lower == pytest.approx(np.tanh(np.arctanh(theirs) - half))


def test_a_weight_of_two_counts_a_ward_twice_but_does_not_add_certainty():
    doubled = compute_pearson([*X, 1.0], [*Y, 2.0])
    weighted = compute_pearson(X, Y, [2, 1, 1, 1, 1])
    assert weighted.value == pytest.approx(doubled.value)
    assert weighted.effective == pytest.approx(36 / 8)
    assert weighted.effective < 5
    nobody = compute_pearson([*X, 100], [*Y, -100], [1, 1, 1, 1, 1, 0])
    assert (nobody.value, nobody.count) == (pytest.approx(0.8), 5)
    equal = compute_pearson(X, Y, np.full(5, 7.0))
    assert (equal.value, equal.effective) == pytest.approx((0.8, 5))


def test_missing_pairs_are_left_out_and_nothing_is_said_of_too_few():
    found = compute_pearson([*X, np.nan, 6], [*Y, 1, np.nan])
    assert (found.count, found.value) == (5, pytest.approx(0.8))
    for x, y in ([], []), ([1], [2]), ([1, 2, 3], [1, 2, 4]), (X, np.full(5, 0.1)):
        found = compute_pearson(x, y)
        assert np.isnan([found.lower, found.upper]).all()
        assert not found.clear


def test_two_wards_have_a_coefficient_but_only_four_an_interval():
    assert compute_pearson([1, 2], [5, 9]).value == pytest.approx(1)
    assert compute_pearson([], []).effective == 0
    found = compute_pearson([1, 2, 3, 4], [1, 2, 4, 3])
    # atanh(0.8), plus and minus 1.96 / sqrt(1).
    assert (found.lower, found.upper) == pytest.approx((np.tanh(1.098612 - 1.959964),
                                                        np.tanh(1.098612 + 1.959964)))  # fmt: skip


def test_a_straight_line_is_one():
    assert compute_pearson(X, 3 - 2 * X).value == pytest.approx(-1)
    assert compute_spearman(X, X**3).value == pytest.approx(1)
    with np.errstate(all="raise"):  # atanh of one is not taken
        found = compute_pearson([-1, 1, -1, 1], [3, -3, 3, -3])
    assert (found.value, found.lower, found.upper, found.clear) == (-1, -1, -1, True)
    assert (found.count, found.effective) == (4, 4)


@pytest.mark.parametrize("unit", [1, 1e-3, 1e6])
def test_figures_alike_but_for_the_last_digits_of_a_float_have_no_coefficient(unit):
    alike = unit * np.array([0.3, 0.1 + 0.2, 0.3, 0.3])
    assert np.isnan(compute_pearson(alike, unit * np.array([1.0, 2, 3, 4])).value)


def test_resistant_line_by_hand():
    # Thirds of three: medians at x = 2, 5, 8 and y = 4, 10, 16; 999 is not noticed.
    x = np.arange(1.0, 10)
    y = 2 * x
    y[8] = 999
    slope, intercept = fit_resistant_line(x, y)
    assert (slope, intercept) == pytest.approx((2, 0))


def test_resistant_line_without_spread_is_level():
    assert fit_resistant_line([3, 3, 3, 3], [1, 2, 3, 100]) == (0, 2.5)
    assert fit_resistant_line([1], [4]) == (0, 4)


def test_resistant_line_of_three_wards_joins_the_outer_ones_and_of_none_is_not_told():
    # Slope (9 - 2) / 2; what is left of the three: -1.5, -3 and -1.5.
    assert fit_resistant_line([1, 2, 3], [2, 4, 9]) == pytest.approx((3.5, -2))
    with warnings.catch_warnings(action="error"):
        slope, intercept = fit_resistant_line([], [])
    assert slope == 0
    assert np.isnan(intercept)


def test_resistant_line_follows_the_units():
    random = np.random.default_rng(8)
    x = random.gamma(2, 10, 60)
    y = 3 * x + random.normal(0, 40, 60)
    slope, intercept = fit_resistant_line(x, y)
    small = fit_resistant_line(x / 1e3, y / 1e9)
    assert small == pytest.approx((slope / 1e6, intercept / 1e9), rel=1e-6)


def test_wards_on_the_edge_of_a_third_belong_to_the_outer_one():
    # Thirds end at 1 and 2: medians (0.5, 2) and (2.5, 25), none in the middle.
    found = fit_resistant_line([0, 1, 2, 3], [0, 4, 20, 30])
    assert found == pytest.approx((11.5, -3.75))


def test_the_line_is_right_for_what_it_leaves_over_too():
    """Residuals of the outer thirds have equal medians, the intercept is the mean of all three."""
    random = np.random.default_rng(6)
    x = random.gamma(2, 10, 60)
    y = 3 * x + random.normal(0, 40, 60)
    slope, intercept = fit_resistant_line(x, y)
    left = np.array_split((y - slope * x)[np.argsort(x)], 3)
    assert np.median(left[0]) == pytest.approx(np.median(left[2]), abs=1e-3)
    middles = [np.median(part) for part in np.array_split(np.sort(x), 3)]
    heights = [np.median(part) for part in np.array_split(y[np.argsort(x)], 3)]
    rest = [high - slope * mid for high, mid in zip(heights, middles, strict=True)]
    assert intercept == pytest.approx(np.mean(rest))
