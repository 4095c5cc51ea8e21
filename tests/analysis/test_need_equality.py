"""Need by the share of a group: a published index, hand-worked gaps, careful words."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from examples import NAN
from hypothesis import given, settings
from hypothesis import strategies as st
from need_examples import make_area, scored

from analysis.need_equality import (
    EQUALITY_GROUPS,
    EqualityGroup,
    NeedByGroup,
    _limits,
    compute_concentration_index,
    compute_need_by_group,
    describe_need_by_group,
    make_equality_title,
)
from analysis.need_scores import AreaNeed

OLDER = EqualityGroup("older_percent", "older people")
WARDS = pd.Index([f"W{n:02}" for n in range(10)])
SHARE = pd.Series(np.arange(10.0), WARDS)
PEOPLE = pd.Series([100.0, 300] + [100] * 8, WARDS)
SCORES = [10.0, 30, 40, 40, 40, 40, 40, 40, 60, 80]


def make_need(scores: object = SCORES, index: pd.Index = WARDS, **extra: float) -> AreaNeed:
    table = pd.DataFrame({"score": np.asarray(scores, dtype=float)}, index=index)
    area = make_area(scored("claims"), *(scored(i, w) for i, w in extra.items()))
    return AreaNeed(area, table, table, table)


def compare(scores: object = SCORES, **options: object) -> NeedByGroup:
    return compute_need_by_group(make_need(scores), OLDER, SHARE, PEOPLE, **options)


def test_the_published_example_of_the_world_bank():
    """Deaths under five in India, O'Donnell et al. 2008, table 8.1: −0.1694."""
    births = [29_939, 28_776, 26_528, 24_689, 19_739]
    rates = [154.7, 152.9, 119.5, 86.9, 54.3]
    assert compute_concentration_index(range(5), rates, births) == pytest.approx(-0.1694, abs=5e-5)


def test_two_wards_by_hand():
    """All need in the ward with the larger share: 2 x (1 x 3/4) − 1 = 1/2."""
    assert compute_concentration_index([1, 2], [0, 10], [100, 100]) == pytest.approx(0.5)
    assert compute_concentration_index([2, 1], [0, 10], [100, 100]) == pytest.approx(-0.5)
    assert compute_concentration_index([1, 1], [0, 10], [100, 100]) == pytest.approx(0)
    assert np.isnan(compute_concentration_index([1, 2], [0, 0], [1, 1]))


def test_the_gap_is_between_people_weighted_means_of_fifths():
    found = compare()
    assert found.fifth == 2
    assert found.low_mean == pytest.approx((10 * 100 + 30 * 300) / 400)
    assert found.high_mean == pytest.approx(70)
    assert found.gap == pytest.approx(45)
    assert found.index > 0
    assert found.gap_limits[0] < 45 < found.gap_limits[1]
    assert found.index_limits[0] < found.index < found.index_limits[1]


def test_the_curve_runs_from_nothing_to_everything_below_the_line():
    curve = compare().curve
    assert curve.iloc[0].tolist() == [0, 0]
    assert curve.iloc[-1].tolist() == pytest.approx([100, 100])
    assert curve.iloc[1].tolist() == pytest.approx([100 / 12, 100 * 1_000 / 48_000])
    assert (curve["need"] <= curve["people"] + 1e-9).all()


def test_the_index_is_twice_the_area_between_curve_and_line():
    found = compare()
    area = np.trapezoid(found.curve["need"] / 100, found.curve["people"] / 100)
    assert found.index == pytest.approx(1 - 2 * area)


def test_reproducible_and_free_of_order():
    backwards = make_need(SCORES[::-1], WARDS[::-1])
    other = compute_need_by_group(backwards, OLDER, SHARE, PEOPLE[::-1])
    one = compare()
    assert (one.gap, one.gap_limits, one.index_limits) == (
        other.gap,
        other.gap_limits,
        other.index_limits,
    )
    assert compare(seed=2).index_limits != one.index_limits


def test_the_bootstrap_agrees_with_plain_resampling():
    random = np.random.default_rng(3)
    size = 40
    index = pd.Index([f"W{n:02}" for n in range(size)])
    share, people = random.uniform(size=size), random.uniform(1000, 2000, size)
    scores = 40 + 20 * share + random.normal(0, 10, size)
    need = make_need(scores, index)
    found = compute_need_by_group(
        need, OLDER, pd.Series(share, index), pd.Series(people, index), draws=3000
    )
    gaps = []
    for _ in range(3000):
        rows = random.integers(0, size, size)
        rows = rows[np.argsort(share[rows], kind="stable")]
        low, high = rows[: size // 5], rows[-(size // 5) :]
        means = [np.average(scores[r], weights=people[r]) for r in (low, high)]
        gaps.append(means[1] - means[0])
    assert found.gap_limits == pytest.approx(np.percentile(gaps, [2.5, 97.5]), abs=1.2)


def test_wards_with_a_gap_in_the_figures_take_no_part():
    share = SHARE.copy()
    scores = [*SCORES, NAN, 50.0]
    index = WARDS.append(pd.Index(["X1", "X2"]))
    share["X1"] = 5.0
    found = compute_need_by_group(make_need(scores, index), OLDER, share, PEOPLE)
    assert found.wards == 10
    assert found.gap == compare().gap


def test_too_few_wards_say_so():
    need = make_need(SCORES[:9], WARDS[:9])
    found = compute_need_by_group(need, OLDER, SHARE, PEOPLE)
    assert np.isnan(found.gap)
    assert found.curve.empty
    assert make_equality_title(found) == "Too few wards to compare by older people"
    assert describe_need_by_group(found, "Good work", "Aldham") == (
        "Good work, Aldham, by share of older people: 9 wards with figures: too few to compare "
        "fifths."
    )


def test_a_share_that_is_itself_in_the_score_is_pointed_out():
    inside = compute_need_by_group(make_need(older_percent=1), OLDER, SHARE, PEOPLE)
    assert inside.part_of_score
    assert "is itself part of this score" in describe_need_by_group(inside, "Work", "Aldham")
    zero = compute_need_by_group(make_need(older_percent=0), OLDER, SHARE, PEOPLE)
    assert not zero.part_of_score


def test_titles_say_what_is_clear_and_no_more():
    assert make_equality_title(compare()) == "Need is higher where more older people live"
    falling = compare(SCORES[::-1])
    assert make_equality_title(falling) == "Need is lower where more older people live"
    mixed = compare([50, 10, 90, 20, 80, 30, 70, 40, 10, 52])
    assert not mixed.clear
    assert make_equality_title(mixed) == "No clear difference by share of older people"
    for group in EQUALITY_GROUPS:
        found = compute_need_by_group(make_need(), group, SHARE, PEOPLE)
        assert len(make_equality_title(found).split()) <= 10


def test_words_carry_every_figure_with_its_sign():
    found = replace(
        compare(), gap=-12.4, gap_limits=(-20.4, 0.2), low_mean=41.6, high_mean=29.2,
        index=-0.1234, index_limits=(-0.2044, 0.0301), part_of_score=False,
    )  # fmt: skip
    assert describe_need_by_group(found, "Work", "Aldham").startswith(
        "Work, Aldham: the fifth of wards with the largest share of older people (2 wards) has a "
        "mean need score of 29, the fifth with the smallest share 42: a gap of −12 points (95 % "
        "interval −20 to 0). That is no clear difference: the interval holds 0. Concentration "
        "index −0.12 (−0.20 to +0.03), where 0 means evenly spread. "
    )
    clear = replace(found, gap=0.6, gap_limits=(0.51, 1.4), index=0.004, index_limits=(-0.004, 1.0))
    words = describe_need_by_group(clear, "Work", "Aldham")
    assert (
        "a gap of +1 points (95 % interval +1 to +1). Concentration index 0.00 (0.00 to +1.00), "
        "where 0 means evenly spread. "
    ) in words
    assert "part of this score" not in words
    halves = replace(clear, gap=-12.5, low_mean=42.5, high_mean=30.5)
    words = describe_need_by_group(halves, "Work", "Aldham")
    assert "mean need score of 31, the fifth with the smallest share 43: a gap of −13" in words
    assert make_equality_title(clear) == "Need is higher where more older people live"


def test_limits_leave_two_and_a_half_per_cent_on_each_side():
    assert _limits(np.append(np.arange(1001.0), NAN)) == (25, 975)


def test_a_ward_where_nobody_lives_takes_no_part_and_a_fifth_is_rounded():
    people = PEOPLE.astype(float)
    people["W00"] = 0
    few = compute_need_by_group(make_need(), OLDER, SHARE, people)
    assert (few.wards, few.fifth) == (9, 0)
    for value in (few.high_mean, few.low_mean, few.gap, few.index, *few.gap_limits):
        assert np.isnan(value)
    assert np.isnan(few.index_limits).all()
    assert (few.curve.columns.tolist(), few.part_of_score) == (["people", "need"], False)
    index = pd.Index([f"V{n:02}" for n in range(13)])
    thirteen = pd.Series(np.arange(13.0), index)
    found = compute_need_by_group(make_need(range(13), index), OLDER, thirteen, thirteen + 0.5)
    assert found.fifth == 3
    # Half a person is a person: the lowest three weigh 0.5, 1.5 and 2.5.
    assert found.low_mean == pytest.approx((0 * 0.5 + 1 * 1.5 + 2 * 2.5) / 4.5)


def test_words_name_the_fallacy_and_no_cause():
    words = describe_need_by_group(compare(), "Good work", "Aldham")
    assert words.startswith(
        "Good work, Aldham: the fifth of wards with the largest share of older people (2 wards) "
        "has a mean need score of 70, the fifth with the smallest share 25: a gap of +45 points "
        "(95 % interval +"
    )
    assert "compares wards, not people" in words
    assert "ecological fallacy" in words
    mixed = compare([50, 10, 90, 20, 80, 30, 70, 40, 10, 52])
    assert "no clear difference" in describe_need_by_group(mixed, "Good work", "Aldham")
    for causal in ("because", "caused", "leads to", "due to", "driven"):
        assert causal not in words


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.floats(0.1, 100), st.floats(1, 1000)),
        min_size=2,
        max_size=30,
    ),
    st.floats(0.1, 10),
)
def test_the_index_is_bounded_and_free_of_scale(rows, times):
    share, need, people = (np.array(c) for c in zip(*rows, strict=True))
    index = compute_concentration_index(share, need, people)
    assert -1 <= index <= 1
    assert compute_concentration_index(share, need * times, people) == pytest.approx(
        index, abs=1e-9
    )
    assert compute_concentration_index(-share, need, people) == pytest.approx(-index, abs=1e-9)
