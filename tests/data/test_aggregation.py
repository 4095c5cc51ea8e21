"""From small areas to larger ones: the rules, each on its own by hand."""

import numpy as np
import pytest
from scipy import sparse

from data.aggregation import (
    ESTIMATED,
    NOT_AVAILABLE,
    SUPPRESSED,
    Parts,
    add_up,
    add_up_ratio,
    average,
    carry_counts,
    carry_means,
    divide,
    make_parts,
)

NAN = np.nan
# Area 0 holds parts 0 and 1, area 1 holds part 2, area 2 holds none, area 3 holds all.
MEMBERS = sparse.csr_matrix([[1, 1, 0], [0, 0, 1], [0, 0, 0], [1, 1, 1]], dtype="float64")


def parts(*amounts: float, hide: tuple[float, float] | None = None) -> Parts:
    return make_parts(np.array(amounts, dtype="float64"), hide)


def same(found: np.ndarray, *expected: float) -> bool:
    return np.allclose(found, expected, rtol=0, atol=1e-9, equal_nan=True)


def test_counts_are_added_and_an_area_without_parts_has_none():
    figures = add_up(MEMBERS, parts(3, 4, 5))
    assert same(figures.value, 7, 5, NAN, 12)
    assert same(figures.low, 7, 5, NAN, 12)
    assert same(figures.denominator, NAN, NAN, NAN, NAN)
    assert list(figures.flag) == ["", "", NOT_AVAILABLE, ""]


def test_a_true_zero_stays_zero():
    figures = add_up(MEMBERS, parts(0, 0, 0))
    assert same(figures.value, 0, 0, NAN, 0)
    assert list(figures.flag) == ["", "", NOT_AVAILABLE, ""]


def test_a_missing_part_makes_the_count_missing():
    figures = add_up(MEMBERS, parts(3, NAN, 5))
    assert same(figures.value, NAN, 5, NAN, NAN)
    assert list(figures.flag) == [NOT_AVAILABLE, "", NOT_AVAILABLE, NOT_AVAILABLE]


def test_a_withheld_part_is_bounded_by_what_it_can_hide():
    figures = add_up(MEMBERS, parts(30, NAN, 5, hide=(1, 4)))
    assert same(figures.value, 32.5, 5, NAN, 37.5)
    assert same(figures.low, 31, 5, NAN, 36)
    assert same(figures.high, 34, 5, NAN, 39)
    assert list(figures.flag) == [ESTIMATED, "", NOT_AVAILABLE, ESTIMATED]


def test_an_area_of_withheld_parts_only_is_suppressed():
    figures = add_up(MEMBERS, parts(NAN, NAN, 5, hide=(1, 4)))
    assert same(figures.value, NAN, 5, NAN, 10)
    assert same(figures.low, NAN, 5, NAN, 7)
    assert list(figures.flag) == [SUPPRESSED, "", NOT_AVAILABLE, ESTIMATED]


def test_a_withheld_part_that_hardly_matters_is_not_marked():
    figures = add_up(MEMBERS, parts(1000, NAN, 5, hide=(1, 4)))
    assert list(figures.flag) == ["", "", NOT_AVAILABLE, ""]


@pytest.mark.parametrize(
    ("known", "hide", "flag"),
    [
        (147.5, (1, 4), ""),  # it hides 3, which is 2 % of 150
        (147, (1, 4), ESTIMATED),
        (0, (0, 0.03), ESTIMATED),  # of less than one, 2 % of one
        (0, (0, 0.02), ""),
    ],
)
def test_a_withheld_part_is_marked_above_two_per_cent(known, hide, flag):
    assert add_up(MEMBERS, parts(known, NAN, 5, hide=hide)).flag[0] == flag


def test_missing_outweighs_withheld():
    mixed = Parts(
        np.array([NAN, 1, 5.0]),
        np.array([NAN, 2, 5.0]),
        np.array([NAN, 4, 5.0]),
        np.array([False, True, False]),
    )
    assert add_up(MEMBERS, mixed).flag[0] == NOT_AVAILABLE


def test_what_may_be_shown_leaves_withheld_parts_out():
    assert same(parts(3, NAN, 5, hide=(1, 4)).shown, 3, NAN, 5)
    assert same(parts(3, NAN, 5).shown, 3, NAN, 5)


def test_a_ratio_adds_then_divides():
    figures = add_up_ratio(MEMBERS, parts(1, 2, 3), parts(10, 40, 6), 100)
    assert same(figures.value, 6, 50, NAN, 100 * 6 / 56)
    assert same(figures.denominator, 50, 6, NAN, 56)


def test_a_denominator_of_zero_gives_no_figure():
    figures = add_up_ratio(MEMBERS, parts(0, 0, 3), parts(0, 0, 6), 100)
    assert same(figures.value, NAN, 50, NAN, 50)
    assert list(figures.flag) == [NOT_AVAILABLE, "", NOT_AVAILABLE, ""]
    figures = divide(add_up(MEMBERS, parts(1, 1, 3)), add_up(MEMBERS, parts(0, 0, 6)), 1)
    assert np.isnan(figures.value[0])
    assert figures.flag[0] == NOT_AVAILABLE


@pytest.mark.parametrize(
    ("known", "flag", "shown"),
    [
        (99, "", True),
        (98, "", True),
        (97, ESTIMATED, True),
        (50, ESTIMATED, True),
        (49, NOT_AVAILABLE, False),
    ],
)
def test_a_ratio_says_how_much_it_covers(known, flag, shown):
    members = sparse.csr_matrix([[1.0, 1.0]])
    figures = add_up_ratio(members, parts(known / 2, NAN), parts(known, 100 - known), 100)
    assert figures.flag[0] == flag
    assert same(figures.value, 50 if shown else NAN)
    # What is left of a thinly covered area is not given out as its count.
    for part in (figures.numerator, figures.low, figures.high):
        assert same(part, known / 2 if shown else NAN)
    assert same(figures.denominator, known if shown else NAN)


def test_a_ratio_keeps_what_its_withheld_parts_can_hide():
    figures = add_up_ratio(MEMBERS, parts(30, NAN, 5, hide=(1, 4)), parts(100, 100, 10), 100)
    assert same(figures.value, 16.25, 50, NAN, 100 * 37.5 / 210)
    assert same(figures.low, 31, 5, NAN, 36)
    assert same(figures.high, 34, 5, NAN, 39)


def test_a_ratio_with_nothing_known_has_no_counts():
    for top, bottom in (((NAN, NAN, 1), (5, 5, 5)), ((1, 1, 1), (NAN, NAN, 5))):
        figures = add_up_ratio(MEMBERS, parts(*top), parts(*bottom), 100)
        assert same(figures.value[:3], NAN, 20, NAN)
        assert same(figures.numerator[:3], NAN, 1, NAN)
        assert same(figures.denominator[:3], NAN, 5, NAN)
        assert list(figures.flag[:3]) == [NOT_AVAILABLE, "", NOT_AVAILABLE]


def test_a_ratio_of_withheld_counts_is_suppressed():
    figures = add_up_ratio(MEMBERS, parts(NAN, NAN, 9, hide=(0, 4)), parts(50, 50, 90), 100)
    assert same(figures.value, NAN, 10, NAN, 100 * 13 / 190)
    assert figures.flag[0] == SUPPRESSED
    assert np.isnan(figures.numerator[0])


def test_an_estimated_denominator_marks_the_ratio():
    top, bottom = add_up(MEMBERS, parts(3, 3, 3)), add_up(MEMBERS, parts(9, NAN, 9, hide=(0, 4)))
    assert list(divide(top, bottom, 1).flag) == [ESTIMATED, "", NOT_AVAILABLE, ESTIMATED]


@pytest.mark.filterwarnings("error")  # numpy warns of places that a division leaves unwritten
def test_a_mean_is_weighted_by_people():
    with np.errstate(all="raise"):  # nothing is divided by nothing on the way
        figures = average(MEMBERS, np.array([1.0, 2, 7]), np.array([300.0, 100, 50]))
    assert same(figures.value, 1.25, 7, NAN, 850 / 450)
    assert same(figures.denominator, 400, 50, NAN, 450)
    for part in (figures.numerator, figures.low, figures.high):
        assert same(part, NAN, NAN, NAN, NAN)
    assert list(figures.flag) == ["", "", NOT_AVAILABLE, ""]
    shares = average(MEMBERS, np.array([1.0, 2, 7]), np.array([0.3, 0.1, 0.05]))
    assert same(shares.value, 1.25, 7, NAN, 0.85 / 0.45)
    assert same(shares.denominator, 0.4, 0.05, NAN, 0.45)


def test_a_mean_needs_half_of_the_people():
    weights = np.array([45.0, 55, 50])
    thin = average(MEMBERS, np.array([8.0, NAN, 7]), weights)
    assert thin.flag[0] == NOT_AVAILABLE
    assert np.isnan(thin.value[0])
    assert thin.flag[3] == ESTIMATED
    assert thin.value[3] == pytest.approx((45 * 8 + 50 * 7) / 95)


def test_a_mean_of_people_nobody_counted_is_missing():
    figures = average(MEMBERS, np.array([8.0, 9, 7]), np.array([0.0, 0, 50]))
    assert list(figures.flag[:2]) == [NOT_AVAILABLE, ""]
    assert same(figures.value[:2], NAN, 7)


SHARES = sparse.csr_matrix([[0.25, 0.0], [0.75, 0.5], [0.0, 0.5], [0.0, 0.0]])


def test_shared_out_counts_add_up_again():
    carried = carry_counts(SHARES, parts(8, 2))
    assert same(carried.middle, 2, 7, 1, NAN)
    assert np.nansum(carried.middle) == 10


def test_a_target_of_no_source_is_missing_not_zero():
    carried = carry_counts(SHARES, parts(8, 2))
    assert np.isnan([carried.low[3], carried.middle[3], carried.high[3]]).all()
    assert not carried.withheld[3]


def test_a_missing_source_makes_its_targets_missing():
    carried = carry_counts(SHARES, parts(NAN, 2))
    assert same(carried.middle, NAN, NAN, 1, NAN)


def test_a_target_is_withheld_where_all_its_sources_are():
    carried = carry_counts(SHARES, parts(NAN, 2, hide=(0, 4)))
    assert carried.withheld.tolist() == [True, False, False, False]
    assert same(carried.low, 0, 1, 1, NAN)
    assert same(carried.middle, 0.5, 2.5, 1, NAN)
    assert same(carried.high, 1, 4, 1, NAN)


def test_means_are_carried_by_the_people_both_share():
    means, people = np.array([10.0, 20.0]), np.array([400.0, 200.0])
    with np.errstate(all="raise"):
        carried = carry_means(SHARES, means, people)
    assert same(carried, 10, (300 * 10 + 100 * 20) / 400, 20, NAN)
    assert same(carry_means(SHARES, np.array([NAN, 20]), people), NAN, 20, 20, NAN)
    assert carry_means(None, means, people) is means
