"""The spine: quartiles, positions, words and ranks, worked by hand and by invariants."""

import warnings

import numpy as np
import pandas as pd
import pytest
from examples import make_indicator

from analysis.spine import (
    HIGHEST_FIFTH,
    JOINT_LOWEST,
    LOWEST_FIFTH,
    MIDDLE_FIFTHS,
    Own,
    compare_rows,
    compute_ranks_among,
    compute_spread,
    make_spine,
    place_on_line,
    tell_fifths,
)

NAN = np.nan
LOW, HIGH, NEUTRAL = (
    make_indicator(id=f"{p}_percent", polarity=p)
    for p in ("low_is_good", "high_is_good", "no_judgement")
)


def column(*figures: float) -> np.ndarray:
    return np.array(figures, dtype=float)


def make(
    indicator=LOW, value=20.0, lower=18.0, upper=22.0, benchmark=10.0, wards=(0, 8, 10, 12, 20)
):
    values = np.array([wards], dtype=float)
    own = Own(column(value), column(lower), column(upper))
    everywhere = [np.arange(100.0)]
    spread = compute_spread(values)
    return make_spine([indicator], own, column(benchmark), values, spread, everywhere).iloc[0]


def test_quartiles_are_those_of_numpy_with_gaps():
    random = np.random.default_rng(1)
    values = random.normal(size=(6, 40))
    values[random.random(values.shape) < 0.3] = NAN
    spread = compute_spread(values)
    expected = np.nanpercentile(values, [0, 25, 75, 100], axis=1)
    found = [spread.low, spread.first_quartile, spread.third_quartile, spread.high]
    assert np.array(found) == pytest.approx(expected)
    assert spread.count.tolist() == (~np.isnan(values)).sum(axis=1).tolist()


def test_wards_without_any_figure_have_no_spread():
    spread = compute_spread(np.full((1, 3), NAN))
    assert np.isnan(spread.low[0])
    assert spread.count[0] == 0
    none = compute_spread(np.empty((2, 0)))
    for part in (none.low, none.first_quartile, none.third_quartile, none.high):
        assert np.isnan(part).tolist() == [True, True]
    assert none.count.tolist() == [0, 0]
    alone = compute_spread(np.array([[NAN, 5, NAN]]))
    found = (alone.low[0], alone.first_quartile[0], alone.third_quartile[0], alone.high[0])
    assert found == (5, 5, 5, 5)


def test_worse_lies_left_and_better_right():
    assert make(LOW).at_value == 0
    assert make(HIGH).at_value == 100
    assert make(NEUTRAL).at_value == 100
    assert make(LOW, value=0.0, lower=-1, upper=1).at_value == 100


def test_the_benchmark_is_the_centre_and_the_farther_end_ends_the_line():
    row = make(LOW, value=10.0, lower=9, upper=11, wards=(4, 10, 12))
    assert row.at_value == 50
    # 4 is six away from 10 and ends the line on the good side; 12 is two away: a third.
    assert row.at_high == 100
    assert row.at_low == pytest.approx(50 - 50 * 2 / 6)
    assert row.at_lower == pytest.approx(50 - 50 / 6)


def test_positions_stay_between_the_ends_and_in_order():
    random = np.random.default_rng(5)
    values = random.normal(size=(50, 9))
    own = Own(values[:, 0], values[:, 0] - 0.3, values[:, 0] + 0.3)
    indicators = [(LOW, HIGH, NEUTRAL)[n % 3] for n in range(50)]
    spread = compute_spread(values)
    spine = make_spine(indicators, own, random.normal(size=50), values, spread, [column()] * 50)
    assert spine.index.name == "indicator_id"
    places = spine[["at_low", "at_first", "at_third", "at_high"]].to_numpy()
    assert (np.diff(places, axis=1) >= 0).all()
    assert (places >= 0).all()
    assert (places <= 100).all()
    assert spine["at_value"].between(spine["at_low"] - 1e-9, spine["at_high"] + 1e-9).all()


def test_turning_the_polarity_mirrors_the_line():
    one, other = make(LOW, value=12.0), make(HIGH, value=12.0)
    assert one.at_value == pytest.approx(100 - other.at_value)
    assert one.at_first == pytest.approx(100 - other.at_third)
    assert (one.compared, other.compared) == ("worse", "better")
    assert one.sign == other.sign == "▲"


def test_words_say_what_the_interval_says():
    assert make(LOW).compared == "worse"
    assert make(LOW, value=11, lower=9, upper=13).compared == "similar"
    assert make(NEUTRAL, value=2, lower=1, upper=3).compared == "lower"
    assert make(LOW, benchmark=NAN).compared == ""


def test_without_an_interval_the_fifth_of_england_is_told():
    row = make(LOW, value=95.0, lower=NAN, upper=NAN)
    assert (row.compared, row.sign) == (HIGHEST_FIFTH, "◇")
    words = tell_fifths(column(5, 50, 95, NAN), [np.arange(100.0)] * 4)
    assert words == [LOWEST_FIFTH, MIDDLE_FIFTHS, HIGHEST_FIFTH, ""]


def test_the_limits_of_fifths():
    # Of ten wards two share the places 8 and 9: the middle of them, four fifths, is not above.
    assert tell_fifths(column(5), [column(0, 1, 2, 3, 4, 4.5, 4.6, 5, 5, 9)]) == [MIDDLE_FIFTHS]
    assert tell_fifths(column(5), [column(0, 1, 2, 3, 4, 4.5, 5, 5, 5, 5)]) == [MIDDLE_FIFTHS]
    assert tell_fifths(column(1), [column(0, 1, 1, 3, 4, 5, 6, 7, 8, 9)]) == [MIDDLE_FIFTHS]
    # One or two of ten at the lowest figure are no more than a fifth.
    assert tell_fifths(column(0), [np.arange(10.0)]) == [LOWEST_FIFTH]
    assert tell_fifths(column(0), [column(0, 0, *range(1, 9))]) == [LOWEST_FIFTH]
    assert tell_fifths(column(0), [column(0, 0, 0, *range(1, 8))]) == [JOINT_LOWEST]


def test_a_lowest_figure_that_many_share_is_in_no_fifth():
    ordered = np.sort(np.append(np.zeros(70), np.arange(1.0, 31)))
    assert tell_fifths(column(0, 1, 30), [ordered] * 3) == [
        JOINT_LOWEST,
        MIDDLE_FIFTHS,
        HIGHEST_FIFTH,
    ]


def test_missing_is_not_zero():
    row = make(LOW, value=NAN, lower=NAN, upper=NAN)
    assert np.isnan(row.at_value)
    assert (row.compared, row.sign, row["rank"], row.of) == ("", "", 0, 0)
    assert row.benchmark == 10


def test_ranks_count_from_the_highest_and_share_the_better_one():
    values = np.array([[1.0, 5, 5, NAN, 3]] * 3)
    assert compute_ranks_among(column(5, 3, NAN), values).tolist() == [1, 3, 0]
    assert make(LOW)[["rank", "of"]].tolist() == [1, 5]


def test_each_row_is_compared_with_its_own_benchmark_by_its_own_polarity():
    indicators = [LOW, HIGH, NEUTRAL, HIGH, LOW]
    own = Own(
        column(12, 52, 90, 40, NAN),
        column(10.5, 50.5, 80, 39, NAN),
        column(14, 54, 99.5, 49.5, NAN),
    )
    words = compare_rows(indicators, own, column(10, 50, 100, 50, 10))
    assert words == ["worse", "better", "lower", "worse", ""]


def test_the_row_holds_the_figures_of_ward_benchmark_and_comparators():
    row = make(LOW)
    figures = {
        "theme": LOW.theme, "name": LOW.name, "unit": LOW.unit, "polarity": "low_is_good",
        "decimals": LOW.decimals, "value": 20, "lower": 18, "upper": 22, "benchmark": 10,
        "low": 0, "first_quartile": 8, "third_quartile": 12, "high": 20, "rank": 1, "of": 5,
        "compared": "worse", "sign": "▲", "at_value": 0, "at_lower": 0, "at_upper": 10,
        "at_low": 0, "at_first": 40, "at_third": 60, "at_high": 100,
    }  # fmt: skip
    assert row.to_dict() == figures


def test_nothing_is_ranked_where_the_catalogue_says_so_or_all_are_equal():
    assert make(make_indicator(ranked=False))["rank"] == 0
    assert make(LOW, wards=(20, 20, 20))["rank"] == 0


def test_a_line_without_length_puts_everything_at_the_centre():
    spread = compute_spread(np.array([[7.0, 7]]))
    # numpy warns of places that a division leaves unwritten.
    with warnings.catch_warnings(action="error"):
        for figure in (7, 9):
            at = place_on_line(column(figure), column(7), spread, np.array([True]))
            assert at.tolist() == [50]
    assert np.isnan(place_on_line(column(NAN), column(7), spread, np.array([True]))).all()
    nobody = compute_spread(np.array([[NAN, NAN]]))
    assert np.isnan(place_on_line(column(7), column(7), nobody, np.array([True]))).all()


def test_a_short_line_is_stretched_and_what_lies_beyond_it_stands_at_the_end():
    spread = compute_spread(np.array([[0.1, 0.5]] * 4))
    figures, benchmark = column(0.35, 0.2, 9, -9), np.full(4, 0.3)
    at = place_on_line(figures, benchmark, spread, np.array([False, True, False, False]))
    assert at == pytest.approx([62.5, 75, 100, 0])


def test_the_table_is_indexed_by_indicator():
    assert isinstance(make(LOW), pd.Series)
    assert make(LOW).name == "low_is_good_percent"
