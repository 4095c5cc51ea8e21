"""Small tables worked by hand: which other cell is hidden with a small one, and why that one."""

import numpy as np

from analysis.suppression import Group, suppress

INF = np.inf


def hide(counts, bounds, first, *groups):
    """Which of the smallest areas and which groups are hidden, at a threshold of 5."""
    found = suppress(
        np.array(counts, dtype=float), np.array(bounds, dtype=float),
        np.array(first, dtype=bool), groups, 5,
    )  # fmt: skip
    return [int(hidden) for hidden in found.leaves], [int(hidden) for hidden in found.groups]


def group(*members, first=False):
    return Group(0, np.array(members), first)


def test_a_ward_whose_denominator_leaves_the_small_one_too_little_room_is_passed_over():
    # 3 + 9 = 12: the second is 10 at most, so the first 2 to 6, four wide. 3 + 20 = 23: 0 to 6.
    assert hide([3, 9, 20], [6, 10, 30], [1, 0, 0], group(0, 1, 2)) == ([1, 0, 1], [0])


def test_the_hidden_total_of_a_group_inside_needs_room_as_well():
    # 2 + 2 + 3 = 7, and the third is 4 at most: each ward has room, the two of the hidden group
    # together only 3 to 7. With the fourth (8) it is 0 to 15.
    found = hide(
        [2, 2, 3, 8], [10, 10, 4, 20], [1, 1, 1, 0], group(0, 1, first=True), group(0, 1, 2, 3)
    )
    assert found == ([1, 1, 1, 1], [1, 0])


def test_a_small_total_beside_a_missing_ward_is_hidden_for_itself():
    # Nothing can be worked out of a total with a missing member: only its own size hides it.
    missing = [np.nan, 0, 0]
    assert hide(missing, [INF] * 3, [0, 0, 0], group(0, 1, 2, first=True)) == ([0, 0, 0], [1])
    assert hide(missing, [INF] * 3, [0, 0, 0], group(0, 1, 2)) == ([0, 0, 0], [0])
    assert hide([np.nan, 3, 9], [INF] * 3, [0, 1, 0], group(0, 1, 2)) == ([0, 1, 0], [0])


def test_where_zeros_only_are_left_the_total_is_hidden():
    assert hide([3, 0, 0], [INF] * 3, [1, 0, 0], group(0, 1, 2)) == ([1, 0, 0], [1])


def test_the_smallest_is_hidden_first_where_one_more_does_not_do():
    # 1 + 1, then + 1: the sum must come to 5, and no single ward does it.
    assert hide([1, 1, 1, 2, 9], [INF] * 5, [1, 1, 1, 1, 0], group(0, 1, 2, 3, 4)) == (
        [1, 1, 1, 1, 0], [0],
    )  # fmt: skip
    assert hide([3, 8, 8, 30], [3, 8, 8, 30], [1, 0, 0, 0], group(0, 1, 2, 3)) == (
        [1, 1, 1, 1], [1],
    )  # fmt: skip


def test_where_no_ward_is_left_the_smallest_total_inside_goes_and_brings_its_wards_in():
    # Ward 0 stands alone in the outer group. The inner groups hold 30 and 20: the second goes,
    # and with it the smaller of its wards is hidden.
    found = hide(
        [3, 10, 20, 8, 12], [INF] * 5, [1, 0, 0, 0, 0],
        group(1, 2), group(3, 4), group(0, 1, 2, 3, 4),
    )  # fmt: skip
    assert found == ([1, 0, 0, 1, 0], [0, 1, 0])


def test_an_inner_total_of_nothing_is_not_worth_hiding():
    found = hide([3, 0, 0], [INF] * 3, [1, 0, 0], group(1, 2), group(0, 1, 2))
    assert found == ([1, 0, 0], [0, 1])


def test_a_ward_alone_in_its_group_takes_its_total_along_and_is_hidden_in_the_next():
    # Group 0 hides its total, so ward 0 belongs to the outer one: 3 + 8 hides it there.
    found = hide([3, 8, 9], [INF] * 3, [1, 0, 0], group(0), group(0, 1, 2))
    assert found == ([1, 1, 0], [1, 0])


def test_a_ward_of_exactly_one_can_hide_another():
    assert hide([4, 1, 9], [INF] * 3, [1, 0, 0], group(0, 1, 2)) == ([1, 1, 0], [0])


def test_an_inner_total_of_exactly_one_can_hide_a_ward():
    found = hide([4, 1, 0], [INF] * 3, [1, 0, 0], group(1, 2), group(0, 1, 2))
    assert found == ([1, 1, 0], [1, 0])


def test_a_bound_that_is_missing_limits_nothing():
    assert hide([3, 9], [np.nan, INF], [1, 0], group(0, 1)) == ([1, 1], [0])
