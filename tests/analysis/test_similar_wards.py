"""Similar wards: never the ward itself, symmetric, every group with the same weight."""

import numpy as np
import pandas as pd
import pytest

from analysis.similar_wards import (
    compute_density,
    compute_distances,
    compute_likeness,
    find_similar_wards,
    pool_figures,
)
from data.profile import Characteristic

AGE = Characteristic("Age", "Why.", ("young", "old"))
DENSE = Characteristic("Density", "Why.", ("dense",))


def make_wards(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=[f"E0500000{n}" for n in range(len(columns["dense"]))])


def test_the_distance_worked_by_hand():
    # Mean 2, standard deviation 1 in each figure: scores are -1 and 1.
    wards = make_wards(young=[1.0, 3], old=[3.0, 1], dense=[1.0, 1])
    likeness = compute_likeness(wards, (AGE, DENSE))
    # Age differs by 2 and 2 (mean of squares 4), density not at all: root of (4 + 0) / 2.
    assert compute_distances(likeness, "E05000000")[1] == pytest.approx(np.sqrt(2))


def test_a_group_of_two_figures_weighs_as_much_as_a_group_of_one():
    wards = make_wards(young=[0.0, 1, 0, 1], old=[0.0, 1, 0, 1], dense=[0.0, 0, 1, 1])
    distances = compute_distances(compute_likeness(wards, (AGE, DENSE)), "E05000000")
    assert distances[1] == pytest.approx(distances[2])


def test_a_logarithm_brings_a_far_ward_nearer():
    wards = make_wards(dense=[1.0, 10, 100, 1000])
    plain = compute_likeness(wards, (DENSE,))
    logs = compute_likeness(wards, (Characteristic("D", "", ("dense",), frozenset({"dense"})),))
    step = np.diff(logs.scores[:, 0])
    assert step == pytest.approx(np.full(3, step.mean()), rel=0.3)
    assert np.diff(plain.scores[:, 0]).max() > 10 * np.diff(plain.scores[:, 0]).min()


@pytest.fixture(scope="module")
def likeness():
    random = np.random.default_rng(3)
    wards = pd.DataFrame(random.normal(size=(60, 3)), columns=["young", "old", "dense"])
    wards.index = pd.Index([f"E050000{n:02}" for n in range(60)])
    wards.loc["E05000007", "old"] = np.nan
    return compute_likeness(wards, (AGE, DENSE))


def test_the_ward_itself_is_never_among_its_similar_wards(likeness):
    for ward in likeness.codes:
        similar = find_similar_wards(likeness, ward)
        assert ward not in similar.index
        assert len(similar) == 15
        assert similar["distance"].is_monotonic_increasing


def test_distance_is_the_same_both_ways_and_obeys_the_triangle(likeness):
    far = np.stack([compute_distances(likeness, ward) for ward in likeness.codes])
    assert far == pytest.approx(far.T)
    assert (np.diag(far) == 0).all()
    assert (far[:, None, :] <= far[:, :, None] + far[None, :, :] + 1e-12).all()


def test_a_ward_without_a_characteristic_is_left_out_and_named(likeness):
    assert list(likeness.left_out) == ["E05000007"]
    assert find_similar_wards(likeness, "E05000007").empty
    assert all(
        "E05000007" not in find_similar_wards(likeness, ward).index for ward in likeness.codes
    )


def test_the_unit_of_a_figure_changes_nothing():
    wards = make_wards(young=[1.0, 4, 2, 9], old=[5.0, 5, 1, 7], dense=[3.0, 1, 8, 2])
    one = compute_distances(compute_likeness(wards, (AGE, DENSE)), "E05000002")
    other = compute_distances(compute_likeness(wards * 1000 + 5, (AGE, DENSE)), "E05000002")
    assert one == pytest.approx(other)


def test_what_differs_most_is_said():
    wards = make_wards(young=[0.0, 0, 9], old=[0.0, 0, 9], dense=[0.0, 1, 0])
    similar = find_similar_wards(compute_likeness(wards, (AGE, DENSE)), "E05000000")
    assert similar["differs_most"].to_dict() == {"E05000001": "Density", "E05000002": "Age"}


def test_wards_equally_near_keep_the_order_of_their_codes():
    # All but the first stand one step away, twenty to each side.
    wards = pd.DataFrame({"dense": [1.0] + [0.0, 2.0] * 20}, [f"E050000{n:02}" for n in range(41)])
    found = find_similar_wards(compute_likeness(wards, (DENSE,)), "E05000000", 30)
    assert found["distance"].nunique() == 1
    assert found.index.tolist() == wards.index[1:31].tolist()


def test_a_ward_that_cannot_be_compared_has_a_table_without_rows():
    wards = make_wards(dense=[1.0, 2, float("nan")])
    found = find_similar_wards(compute_likeness(wards, (DENSE,)), "E05000002")
    assert (len(found), list(found.columns)) == (0, ["distance", "differs_most"])
    assert found["distance"].dtype == float


def test_density_counts_people_on_a_square_kilometre():
    density = compute_density(pd.Series([500.0, np.nan]), pd.Series([50.0, 50.0]))
    assert density.iloc[0] == 1000
    assert np.isnan(density.iloc[1])


def test_counts_are_added_and_divided_and_scores_weighted_by_people():
    numerator, denominator = np.array([1.0, 30, np.nan]), np.array([10.0, 100, 50])
    value, people = np.array([10.0, 30, np.nan]), np.array([10.0, 100, 40])
    assert pool_figures(numerator, denominator, value, people, 100) == (
        pytest.approx(3100 / 110),
        True,
    )
    none = np.full(3, np.nan)
    assert pool_figures(none, none, value, people, 1) == (pytest.approx((100 + 3000) / 110), False)
    pooled, counted = pool_figures(none, none, none, people, 1)
    assert np.isnan(pooled)
    assert not counted


def test_each_ward_counts_with_what_it_has():
    """A count without what it is out of is left out, and so are people without a figure."""
    nan = np.nan
    for numerator, denominator in (([5, 50], [10, nan]), ([5, nan], [10, 90])):
        pair = (np.array(numerator), np.array(denominator))
        assert pool_figures(*pair, np.array([50.0, 60]), np.array([1.0, 1]), 100) == (50, True)
    small = pool_figures(np.array([0.1]), np.array([0.5]), np.array([20.0]), np.ones(1), 100)
    assert small == (pytest.approx(20), True)
    none = np.full(2, nan)
    nobody = pool_figures(np.zeros(2), np.zeros(2), np.array([4.0, 6]), np.zeros(2), 1)
    assert np.isnan(nobody[0])
    one = pool_figures(none, none, np.array([4.0, 8]), np.array([0.25, 0.75]), 1)
    assert one == (7, False)
