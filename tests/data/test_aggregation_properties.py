"""From small areas to larger ones: what holds for any figures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from data.aggregation import (
    NOT_AVAILABLE,
    SUPPRESSED,
    Parts,
    add_up,
    add_up_ratio,
    average,
    carry_counts,
    carry_means,
    make_parts,
)

counts = st.integers(0, 10**7).map(float)
amounts = st.floats(0, 1e6, allow_subnormal=False)
scores = st.floats(-1e4, 1e4, allow_subnormal=False)
gaps = st.just(np.nan)
MOST_PARTS, AREAS = 8, 3


@st.composite
def share_tables(draw: st.DrawFn) -> sparse.csr_matrix:
    """Any targets x sources whose columns add up to one."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    cells = st.lists(st.integers(0, 1000), min_size=rows, max_size=rows)
    table = np.array([draw(cells) for _ in range(columns)], dtype="float64").T
    table[0, table.sum(axis=0) == 0] = 1
    return sparse.csr_matrix(table / table.sum(axis=0))


@st.composite
def worlds(draw: st.DrawFn, figures: st.SearchStrategy) -> tuple[np.ndarray, np.ndarray]:
    """Parts with a figure each, and the area each part belongs to."""
    size = draw(st.integers(1, MOST_PARTS))
    values = draw(st.lists(figures, min_size=size, max_size=size))
    area = draw(st.lists(st.integers(0, AREAS - 1), min_size=size, max_size=size))
    return np.array(values, dtype="float64"), np.array(area)


def members_of(area: np.ndarray) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.equal.outer(np.arange(AREAS), area).astype("float64"))


def rows_of(figures: object) -> list[tuple]:
    arrays = [figures.value, figures.numerator, figures.denominator, figures.low, figures.high]
    numbers = np.nan_to_num(np.round(np.array(arrays, dtype="float64"), 6), nan=-1.0)
    return list(zip(*numbers.tolist(), figures.flag, strict=True))


@given(share_tables(), st.data())
def test_sharing_out_conserves_every_total(shares, data):
    size = shares.shape[1]
    amount = np.array(data.draw(st.lists(amounts, min_size=size, max_size=size)))
    carried = carry_counts(shares, make_parts(amount))
    for column in (carried.low, carried.middle, carried.high):
        assert np.isclose(np.nansum(column), amount.sum(), rtol=1e-12, atol=1e-9)
    assert (np.nan_to_num(carried.middle) >= 0).all()


@given(share_tables(), st.data())
def test_sharing_out_never_turns_a_gap_into_a_number(shares, data):
    size = shares.shape[1]
    amount = np.array(data.draw(st.lists(amounts | gaps, min_size=size, max_size=size)))
    carried = carry_counts(shares, make_parts(amount))
    touched = (shares.toarray()[:, np.isnan(amount)] > 0).any(axis=1)
    unreached = shares.toarray().sum(axis=1) == 0
    assert (np.isnan(carried.middle) == (touched | unreached)).all()


@given(share_tables(), st.data())
def test_shared_out_withheld_counts_keep_their_bounds(shares, data):
    size = shares.shape[1]
    amount = np.array(data.draw(st.lists(counts | gaps, min_size=size, max_size=size)))
    carried = carry_counts(shares, make_parts(amount, (1, 4)))
    known = ~np.isnan(carried.middle)
    slack = 1e-9 * (1 + carried.high[known])
    assert (carried.low[known] <= carried.middle[known] + slack).all()
    assert (carried.middle[known] <= carried.high[known] + slack).all()
    only_withheld = (shares.toarray()[:, ~np.isnan(amount)] == 0).all(axis=1) & known
    assert (carried.withheld == only_withheld).all()


@given(worlds(counts | gaps), st.sampled_from([None, (1.0, 4.0)]), st.randoms())
def test_order_does_not_matter(world, hidden, random):
    values, area = world
    order = list(range(len(values)))
    random.shuffle(order)
    one = add_up(members_of(area), make_parts(values, hidden))
    other = add_up(members_of(area[order]), make_parts(values[order], hidden))
    assert rows_of(one) == rows_of(other)


@given(worlds(counts | gaps), st.randoms())
def test_order_does_not_matter_to_ratios_and_means(world, random):
    values, area = world
    below = np.nan_to_num(values, nan=7.0) + np.arange(len(values)) + 1
    order = list(range(len(values)))
    random.shuffle(order)
    for compute in (
        lambda v, b, a: add_up_ratio(members_of(a), make_parts(v), make_parts(b), 100),
        lambda v, b, a: average(members_of(a), v, b),
    ):
        one, other = compute(values, below, area), compute(values[order], below[order], area[order])
        assert (one.flag == other.flag).all()
        for name in ("value", "denominator"):
            found, expected = getattr(other, name), getattr(one, name)
            assert np.allclose(found, expected, rtol=1e-9, equal_nan=True)


@given(worlds(counts))
def test_splitting_an_area_in_two_and_adding_up_gives_the_same(world):
    values, area = world
    whole = sparse.csr_matrix(np.ones((1, len(values))))
    together = add_up(whole, make_parts(values)).value[0]
    split = add_up(members_of(area), make_parts(values)).value
    assert np.isclose(np.nansum(split), together, rtol=1e-12)
    below = values + 1
    ratios = add_up_ratio(members_of(area), make_parts(values), make_parts(below), 1)
    again = np.nansum(ratios.numerator) / np.nansum(ratios.denominator)
    alone = add_up_ratio(whole, make_parts(values), make_parts(below), 1).value[0]
    assert np.isclose(again, alone, rtol=1e-12)


@given(worlds(counts | gaps))
def test_a_missing_part_is_never_counted_as_zero(world):
    values, area = world
    figures = add_up(members_of(area), make_parts(values))
    for place in range(AREAS):
        inside = values[area == place]
        if not len(inside) or np.isnan(inside).any():
            assert np.isnan(figures.value[place])
            assert figures.flag[place] == NOT_AVAILABLE
        else:
            assert figures.value[place] == inside.sum()
            assert figures.flag[place] == ""


@given(worlds(counts | gaps))
def test_withheld_parts_stay_within_their_bounds(world):
    values, area = world
    figures = add_up(members_of(area), make_parts(values, (1, 4)))
    for place in range(AREAS):
        inside = values[area == place]
        if not len(inside):
            assert figures.flag[place] == NOT_AVAILABLE
        elif np.isnan(inside).all():
            assert figures.flag[place] == SUPPRESSED
            assert np.isnan([figures.value[place], figures.low[place], figures.high[place]]).all()
        else:
            known, hidden = np.nansum(inside), int(np.isnan(inside).sum())
            assert figures.low[place] == known + hidden
            assert figures.high[place] == known + 4 * hidden
            assert figures.low[place] <= figures.value[place] <= figures.high[place]


@given(worlds(counts | gaps), st.sampled_from([None, (0.0, 4.0)]))
def test_a_value_is_missing_exactly_where_a_flag_says_so(world, hidden):
    values, area = world
    members, parts = members_of(area), make_parts(values, hidden)
    below = make_parts(np.where(values == 0, 0.0, np.nan_to_num(values, nan=3.0) + 1))
    for figures in (
        add_up(members, parts),
        add_up_ratio(members, parts, below, 100),
        average(members, values, below.middle),
    ):
        gone = np.isin(figures.flag.astype(str), [SUPPRESSED, NOT_AVAILABLE])
        assert (np.isnan(figures.value) == gone).all()


@given(worlds(scores | gaps), st.data())
def test_a_mean_lies_among_its_parts(world, data):
    values, area = world
    weights = np.array(data.draw(st.lists(amounts, min_size=len(values), max_size=len(values))))
    figures = average(members_of(area), values, weights)
    for place in np.flatnonzero(~np.isnan(figures.value)):
        inside = values[(area == place) & ~np.isnan(values) & (weights > 0)]
        slack = 1e-6 * (1 + np.abs(inside).max())
        assert inside.min() - slack <= figures.value[place] <= inside.max() + slack


@given(worlds(st.integers(1, 10**6).map(float)), st.floats(0.01, 1))
def test_equal_ratios_give_that_ratio(world, ratio):
    below, area = world
    parts = make_parts(ratio * below)
    figures = add_up_ratio(members_of(area), parts, make_parts(below), 100)
    known = figures.value[~np.isnan(figures.value)]
    assert len(known) == len(set(area))
    assert np.allclose(known, 100 * ratio, rtol=1e-9)


@given(share_tables(), scores, st.data())
def test_equal_means_stay_equal_wherever_they_are_carried(shares, score, data):
    size = shares.shape[1]
    people = np.array(data.draw(st.lists(st.integers(1, 10**5), min_size=size, max_size=size)))
    carried = carry_means(shares, np.full(size, score), people.astype("float64"))
    reached = np.asarray(shares.sum(axis=1)).ravel() > 0
    assert np.allclose(carried[reached], score, rtol=1e-9, atol=1e-9)
    assert np.isnan(carried[~reached]).all()


@given(worlds(counts | gaps))
def test_parts_without_a_hidden_range_are_left_as_they_are(world):
    values, _ = world
    parts = make_parts(values)
    assert isinstance(parts, Parts)
    assert not parts.withheld.any()
    assert np.array_equal(parts.shown, values, equal_nan=True)
