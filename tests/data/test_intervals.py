"""95 % limits against PHStatsMethods, published worked examples and exact limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PHStatsMethods import byars_lower, byars_upper, wilson_lower, wilson_upper
from scipy.stats import chi2

from data.intervals import compute_byar_limits, compute_wilson_limits


@pytest.mark.parametrize(
    ("count", "of", "lower", "upper"),
    # Newcombe 1998, Statistics in Medicine 17: 857-872, Table I, method 3 (score).
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_examples(count, of, lower, upper):
    found = compute_wilson_limits(np.array([count]), np.array([of]))
    assert round(float(found[0][0]), 4) == lower
    assert round(float(found[1][0]), 4) == upper


def test_wilson_agrees_with_the_public_health_package():
    source = np.random.default_rng(11)
    of = source.integers(1, 50_000, 200)
    count = source.binomial(of, source.uniform(0, 1, 200))
    lower, upper = compute_wilson_limits(count, of)
    for place in range(200):
        pair = (int(count[place]), int(of[place]))
        assert lower[place] == pytest.approx(wilson_lower(*pair), abs=1e-9)
        assert upper[place] == pytest.approx(wilson_upper(*pair), abs=1e-9)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_wilson_holds_the_proportion(count, of):
    count = min(count, of)
    lower, upper = compute_wilson_limits(np.array([count]), np.array([of]))
    assert -1e-12 <= lower[0] <= count / of + 1e-12
    assert count / of - 1e-12 <= upper[0] <= 1 + 1e-12


def test_wilson_says_nothing_where_nothing_is_known():
    # The last two: a count below nought is a fault, however near, and has no limits.
    count = np.array([3, np.nan, 0, 3, -0.5, -1])
    of = np.array([0, 9, 0, np.nan, 1000, 0])
    with np.errstate(all="raise"):  # nothing is divided by nothing on the way
        lower, upper = compute_wilson_limits(count, of)
    assert np.isnan(lower).all()
    assert np.isnan(upper).all()


def test_wilson_takes_a_count_above_its_denominator_as_all_of_it():
    above, whole = (compute_wilson_limits(np.array([n]), np.array([20])) for n in (23, 20))
    assert above == whole
    assert above[1][0] == pytest.approx(1)


@pytest.mark.parametrize("count", range(10))
def test_small_counts_get_the_exact_poisson_limits(count):
    lower, upper = compute_byar_limits(np.array([count]))
    expected = chi2.ppf(0.025, 2 * count) / 2 if count else 0
    assert lower[0] == pytest.approx(expected, abs=1e-9)
    assert upper[0] == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2, abs=1e-9)


def test_exact_limits_of_five_are_the_published_ones():
    lower, upper = compute_byar_limits(np.array([5]))
    assert (round(float(lower[0]), 4), round(float(upper[0]), 4)) == (1.6235, 11.6683)


@given(st.integers(10, 10**6))
def test_byar_limits_follow_the_formula(count):
    lower, upper = compute_byar_limits(np.array([count]))
    z, over = 1.959963984540054, count + 1
    below = count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3
    above = over * (1 - 1 / (9 * over) + z / (3 * over**0.5)) ** 3
    assert lower[0] == pytest.approx(below, rel=1e-9)
    assert upper[0] == pytest.approx(above, rel=1e-9)


def test_byar_agrees_with_the_public_health_package():
    counts = np.random.default_rng(12).integers(1, 5000, 60)
    lower, upper = compute_byar_limits(counts)
    for place, count in enumerate(counts.tolist()):
        assert lower[place] == pytest.approx(byars_lower(count), abs=1e-9)
        assert upper[place] == pytest.approx(byars_upper(count), abs=1e-9)


def test_no_events_still_have_an_upper_limit():
    lower, upper = compute_byar_limits(np.array([0.0, -0.0]))
    assert lower.tolist() == [0, 0]
    assert upper == pytest.approx(np.full(2, -np.log(0.025)))  # 3.689 events


def test_missing_and_repeated_counts_keep_their_places():
    lower, upper = compute_byar_limits(np.array([12, np.nan, 3, 12]))
    assert np.isnan([lower[1], upper[1]]).all()
    assert lower[0] == lower[3]
    assert lower[2] < 3 < upper[2] < upper[0]


def test_shared_out_counts_are_taken_to_the_nearest_tenth():
    close, tenth = (compute_byar_limits(np.array([n])) for n in (12.34, 12.3))
    assert close == tenth
    z = 1.959963984540054
    assert tenth[0][0] == pytest.approx(12.3 * (1 - 1 / 110.7 - z / (3 * 12.3**0.5)) ** 3)
    assert compute_byar_limits(np.array([]))[0].shape == (0,)
