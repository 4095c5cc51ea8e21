"""Rank stability: reproducible, free of order, and right where the answer is known."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from examples import NAN
from need_examples import COUNCIL, EVERYWHERE, make_area, make_figures, many_wards, scored

from analysis.need_scores import WardFigures, compute_need, make_ward_figures
from analysis.rank_stability import (
    CONCENTRATION,
    DRAWS,
    SEED,
    SLICES,
    TOP,
    RankStability,
    _summarise,
    compute_rank_stabilities,
    compute_rank_stability,
    describe_stability,
    describe_top_chance,
    draw_weights,
    slice_values,
)

AREA, FIGURES = many_wards(80, 6, spread=8, gaps=0.1)
SOME = FIGURES.value.index[10:50]
NEED = compute_need(AREA, FIGURES, SOME)


def test_the_same_seed_gives_the_same_result_and_another_another():
    one = compute_rank_stability(NEED, FIGURES, seed=3)
    pd.testing.assert_frame_equal(one.table, compute_rank_stability(NEED, FIGURES, seed=3).table)
    other = compute_rank_stability(NEED, FIGURES, seed=4).table
    assert not one.table["top_chance"].equals(other["top_chance"])
    assert (one.table["rank_median"] - other["rank_median"]).abs().max() <= 3


def test_the_order_of_wards_and_indicators_changes_nothing():
    shuffled = make_area(*AREA.indicators[::-1])
    turned = WardFigures(*(t.iloc[::-1, ::-1] for t in vars(FIGURES).values()))
    other = compute_rank_stability(compute_need(shuffled, turned, SOME[::-1]), turned)
    mine = compute_rank_stability(NEED, FIGURES)
    pd.testing.assert_frame_equal(mine.table, other.table.loc[SOME])


def test_doubled_weights_and_an_indicator_of_weight_zero_change_nothing():
    mine = compute_rank_stability(NEED, FIGURES).table
    for times in (2, 3):
        double = make_area(*(replace(s, weight=times * s.weight) for s in AREA.indicators))
        found = compute_rank_stability(compute_need(double, FIGURES, SOME), FIGURES).table
        pd.testing.assert_frame_equal(mine, found)
    zero = make_area(*AREA.indicators, scored("nothing", 0))
    found = compute_rank_stability(compute_need(zero, FIGURES, SOME), FIGURES).table
    pd.testing.assert_frame_equal(mine, found)


def test_without_intervals_and_with_fixed_weights_every_draw_is_the_rank():
    area, figures = many_wards(50, 5, gaps=0.15)
    need = compute_need(area, figures, figures.value.index)
    found = compute_rank_stability(need, figures, draws=50, concentration=1e14).table
    for column in ("rank_low", "rank_median", "rank_high", "rank_best", "rank_worst"):
        assert found[column].tolist() == need.table["rank"].tolist()


def test_equal_wards_share_their_rank_in_every_draw():
    area = make_area(scored("claims"), scored("skills"))
    figures = make_figures(claims=[4, 4, 1, 2, 3], skills=[9, 9, 2, 3, 4])
    found = compute_rank_stability(compute_need(area, figures, COUNCIL), figures).table
    assert found.loc[["A", "B"], "rank_worst"].tolist() == [1, 1]
    assert found.loc["C", "rank_best"] == 3


def test_a_known_chance_comes_out():
    """A leads on claims, B on skills: with even weights each is first in half of the draws."""
    area = make_area(scored("claims"), scored("skills"))
    figures = make_figures(claims=[5, 1, 2, 3, 4], skills=[1, 5, 2, 3, 4])
    need = compute_need(area, figures, pd.Index(["A", "B"]))
    found = compute_rank_stability(need, figures, draws=4000, top=1).table
    assert found["top_chance"].tolist() == pytest.approx([0.5, 0.5], abs=0.03)
    assert found["top_chance"].sum() == 1


def test_values_move_inside_their_intervals():
    """One indicator, so that only values move. A lies 1.96 standard errors below the fixed B."""
    newest = pd.DataFrame(
        {
            "value": [10.0, 20, 0, 40, 50],
            "lower_ci": [0, NAN, NAN, NAN, NAN],
            "upper_ci": [20, NAN, NAN, NAN, NAN],
            "flag": "",
        },
        index=EVERYWHERE,
    )
    figures = make_ward_figures({"claims": newest}, EVERYWHERE)
    need = compute_need(make_area(scored("claims")), figures, pd.Index(["A", "B"]))
    found = compute_rank_stability(need, figures, draws=8000, top=1).table
    assert found.at["A", "top_chance"] == pytest.approx(0.025, abs=0.012)


def test_slices_keep_the_middle_the_limits_and_the_bounds():
    drawn = slice_values([10, 50, 99, 5], [8, 40, 97, NAN], [16, 60, 99.5, NAN], "percentage")
    assert drawn.shape == (4, SLICES)
    assert np.mean(drawn < [[10], [50], [99], [0]], axis=1).tolist() == [0.5, 0.5, 0.5, 0]
    # 2.5 % lie outside either limit, as near as 64 slices can say it.
    assert (drawn[0] < 8).sum() in (1, 2)
    assert (drawn[0] > 16).sum() in (1, 2)
    assert drawn.max() <= 100
    assert (drawn[3] == 5).all()
    assert slice_values([1], [0], [9], "rate").min() == 0
    assert slice_values([0], [-5], [5], "score").min() < -5


def test_slices_go_as_far_on_each_side_as_the_limit_of_that_side():
    # The outermost of 64 slices: the normal deviate of 0.5 / 64 is 2.4176, over 1.96.
    far = 2.4176 / 1.95996
    for value, lower, upper in ((10, 9.8, 10.4), (10, 10, 12), (90, 88, 90)):
        drawn = slice_values([value], [lower], [upper], "rate")
        assert drawn.min() == pytest.approx(value - (value - lower) * far, abs=1e-4)
        assert drawn.max() == pytest.approx(value + (upper - value) * far, abs=1e-4)
    # One limit is no interval, and neither are limits on the wrong side.
    for lower, upper in ((NAN, 12), (8, NAN), (11, 12), (8, 9)):
        assert set(slice_values([10], [lower], [upper], "rate").ravel()) == {10}


def test_only_percentages_end_at_a_hundred():
    assert slice_values([99], [98], [99.9], "percentage").max() == 100
    assert slice_values([99], [98], [99.9], "rate").max() > 100.1
    # Above a hundred (numerator and denominator of two sources) it ends at the figure.
    assert slice_values([105], [104], [106], "percentage").max() == 105


def test_low_figures_that_mean_need_come_first_in_the_draws_too():
    area = make_area(scored("skills", 1, "low"))
    figures = make_figures(skills=[5, 1, 5, 9, 7])
    found = compute_rank_stability(compute_need(area, figures, EVERYWHERE), figures, draws=20)
    # Equal wards share the better rank, also behind another: B, then A and C.
    for column in ("rank_best", "rank_median", "rank_worst"):
        assert found.table[column].tolist() == [2, 1, 2, 5, 4]


def test_weights_are_drawn_around_the_chosen_ones():
    area = make_area(scored("a", 1), scored("b", 2), scored("c", 1))
    drawn = draw_weights(area, 20_000, 1)
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert drawn.mean(axis=0) == pytest.approx([0.25, 0.5, 0.25], abs=0.01)
    # The words of the module: a half lies between 32 % and 68 % in nine of ten draws.
    assert np.quantile(drawn[:, 1], [0.05, 0.95]) == pytest.approx([0.32, 0.68], abs=0.01)
    six = make_area(*(scored(f"i{n}") for n in range(6)))
    drawn = draw_weights(six, 20_000, 1)
    assert np.quantile(drawn[:, 0], [0.05, 0.95]) == pytest.approx([0.054, 0.318], abs=0.01)


def test_the_summary_agrees_with_a_plain_reckoning():
    """Values drawn one by one from the continuous distribution, ranked by pandas."""
    area, figures = many_wards(80, 6, spread=8)
    wards = figures.value.index[10:50]
    found = compute_rank_stability(compute_need(area, figures, wards), figures, draws=1500).table
    random = np.random.default_rng(8)
    value, upper = figures.value.loc[wards].to_numpy(), figures.upper.loc[wards].to_numpy()
    everywhere = figures.value.to_numpy()
    ranks = []
    for own in draw_weights(area, 1500, 5):
        moved = value + random.standard_normal(value.shape) * (upper - value) / 1.959964
        below = (everywhere[:, None] < np.clip(moved, 0, 100)).mean(axis=0)
        ranks.append((-(below @ own)).argsort().argsort() + 1)
    plain = np.percentile(ranks, [5, 50, 95], axis=0)
    quick = found[["rank_low", "rank_median", "rank_high"]].to_numpy().T
    assert np.abs(plain - quick).max() <= 2
    assert np.abs(plain - quick).mean() < 0.6


def test_percentiles_are_ranks_that_were_drawn():
    hundred = np.random.default_rng(1).permutation(np.arange(1, 101, dtype=np.uint16))
    found = _summarise(np.stack([hundred, np.minimum(hundred, 60)]), top=5)
    assert {name: part.tolist() for name, part in found.items()} == {
        "rank_low": [5, 5],
        "rank_median": [50, 50],
        "rank_high": [95, 60],
        "rank_best": [1, 1],
        "rank_worst": [100, 60],
        "top_chance": [0.05, 0.05],
    }
    ten = _summarise(np.arange(10, 0, -1, dtype=np.uint16)[None], top=3)
    assert (ten["rank_low"][0], ten["rank_high"][0]) == (1, 10)


def test_a_withheld_score_takes_no_part():
    area = make_area(scored("claims"), scored("skills"), scored("crime"))
    figures = make_figures(
        claims=[1, 2, 3, 4, 5], skills=[NAN, 1, 2, 3, 4], crime=[NAN, 1, 2, 3, 4]
    )
    found = compute_rank_stability(compute_need(area, figures, COUNCIL), figures)
    assert found.ranked == 2
    assert found.table.loc["A", "rank_worst"] == 0
    assert np.isnan(found.table.loc["A", "top_chance"])
    assert found.table["rank_worst"].max() == 2
    assert describe_stability(found, "A") == "no rank: the score is withheld"
    assert describe_top_chance(found, "A") == ""


def test_no_scores_no_ranks():
    figures = make_figures(claims=[NAN] * 5)
    found = compute_rank_stability(
        compute_need(make_area(scored("claims")), figures, COUNCIL), figures
    )
    assert found.table["rank_median"].tolist() == [0, 0, 0]
    assert found.table["top_chance"].isna().all()
    assert (found.draws, found.top, found.seed) == (DRAWS, TOP, SEED)
    assert (found.concentration, found.ranked) == (CONCENTRATION, 0)


def test_several_areas_side_by_side_are_as_one_by_one():
    other = compute_need(replace(AREA, id="other", indicators=AREA.indicators[:3]), FIGURES, SOME)
    both = compute_rank_stabilities([NEED, other], FIGURES, draws=200)
    assert list(both) == ["good_work", "other"]
    alone = compute_rank_stability(other, FIGURES, draws=200)
    pd.testing.assert_frame_equal(both["other"].table, alone.table)


def steady(best: int, low: int, high: int, worst: int, chance: float = 0.5) -> RankStability:
    row = {
        "rank_low": low,
        "rank_median": low,
        "rank_high": high,
        "rank_best": best,
        "rank_worst": worst,
        "top_chance": chance,
    }
    return RankStability(pd.DataFrame([row], index=["A"]), 1000, 5, 1, 20, 26)


@pytest.mark.parametrize(
    ("ranks", "words"),
    [
        ((1, 1, 1, 1), "first whatever the weights"),
        ((1, 1, 2, 2), "first or second whatever the weights"),
        ((25, 25, 26, 26), "25th or 26th whatever the weights"),
        ((1, 1, 1, 4), "first in 9 of 10 draws"),
        ((1, 1, 2, 4), "first or second in 9 of 10 draws"),
        ((1, 2, 6, 11), "between 2nd and 6th in 9 of 10 draws"),
    ],
)
def test_sentences_claim_no_more_than_the_draws(ranks, words):
    assert describe_stability(steady(*ranks), "A") == words


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (1, "always in the top 5"),
        (0.999, "in the top 5 in more than 9 of 10 draws"),
        (0.83, "in the top 5 in 8 of 10 draws"),
        (0.01, "in the top 5 in fewer than 1 of 10 draws"),
        (0, "never in the top 5"),
    ],
)
def test_the_chance_of_the_top_in_words(chance, words):
    assert describe_top_chance(steady(1, 1, 2, 9, chance), "A") == words
