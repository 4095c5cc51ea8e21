"""Classes of a map: limits, labels, patterns for what is missing."""

import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.classes import (
    CLASS_COUNT,
    METHODS,
    classify,
    classify_comparison,
    classify_from_mean,
    classify_hot_spots,
    compute_breaks,
    special_class,
)
from analysis.map_view import format_number

NAN = np.nan


def none(size: int) -> np.ndarray:
    return np.full(size, "", dtype="<U13")


def test_fifths_hold_a_fifth_each():
    values = np.arange(1.0, 101)
    breaks = compute_breaks([*values, NAN], "england_fifths")
    found = classify(values, none(100), breaks, 1, "%")
    assert [entry.count for entry in found.legend] == [20] * 5
    assert [entry.key for entry in found.legend] == [f"class_{n}" for n in range(1, 6)]
    assert found.scale == "sequential"


def test_a_lowest_figure_that_many_share_is_a_class_of_its_own():
    # Seventy zeros leave one fifth above them: the other thirty are cut in quarters.
    many = compute_breaks([*[0] * 70, *range(1, 31)], "england_fifths")
    assert many.tolist() == [1, 8.25, 15.5, 22.75]
    # Fifty leave two, at three and four fifths of the way: 10.4 and 30.2.
    fewer = compute_breaks([*[0] * 50, *range(1, 51)], "england_fifths")
    assert fewer.tolist() == pytest.approx([10.4, 30.2])


def test_a_pound_sign_belongs_to_each_amount_and_other_units_to_the_last():
    for unit, labels in (
        ("£", ["under £1,000", "£1,000 to £2,000", "£2,000 and over"]),
        ("per 1,000", ["under 1,000 per 1,000", "1,000 to 2,000 per 1,000",
                       "2,000 per 1,000 and over"]),
    ):  # fmt: skip
        found = classify([1, 1500, 9000], none(3), np.array([1000.0, 2000]), 0, unit)
        assert [entry.label for entry in found.legend] == labels


def test_equal_steps_have_equal_width():
    breaks = compute_breaks([0, 3, 10, NAN], "equal_steps")
    assert breaks.tolist() == [2, 4, 6, 8]
    assert {"england_fifths", "local_fifths", "equal_steps", "significance"} < set(METHODS)


def test_a_value_on_a_limit_belongs_above_it():
    found = classify([1.9, 2.0, 2.1], none(3), np.array([2.0]), 1, "%")
    assert found.legend_class.tolist() == [0, 1, 1]
    assert [entry.label for entry in found.legend] == ["under 2.0 %", "2.0 % and over"]


@pytest.mark.parametrize(
    "method", ["england_fifths", "local_fifths", "equal_steps", "natural_breaks"]
)
@pytest.mark.parametrize("values", [[], [NAN], [7], [7, 7, 7], [0, 0, 0, 0, 0, 1], [0, 1]])
def test_few_or_equal_values_still_make_a_legend(method, values):
    breaks = compute_breaks(values, method)
    found = classify(values, none(len(values)), breaks, 1, "")
    assert sum(entry.count for entry in found.legend) == len(values)
    assert len({entry.key for entry in found.legend}) == len(found.legend)
    assert len(breaks) < CLASS_COUNT
    assert (np.diff(breaks) > 0).all()


def test_limits_that_print_alike_are_one():
    found = classify([1.0, 2.01, 2.02], none(3), np.array([2.01, 2.02]), 1, "")
    assert [entry.label for entry in found.legend] == ["under 2.0", "2.0 and over"]


def number(text: str) -> float:
    return float(re.sub(r"[^\d.\-]", "", text.replace("\N{MINUS SIGN}", "-")))


def holds(label: str, value: float) -> bool:
    if label == "All alike":
        return True
    if label.startswith("under"):
        return value < number(label)
    if label.endswith("and over"):
        return value >= number(label)
    low, high = label.split(" to ")
    return number(low) <= value < number(high)


halves = st.integers(-2000, 2000).map(lambda n: n / 20)  # 12.35 and its like, hard to round


@pytest.mark.parametrize("value", [-0.15, 12.25, 12.35, -12.25])
def test_a_half_has_the_class_of_what_is_printed(value):
    found = classify([value], none(1), np.array([value + 0.01]), 1, "")
    printed = number(format_number(value, 1))
    assert holds(found.legend[found.legend_class[0]].label, printed)


@example([0.0, -0.15], "local_fifths", 1)
@example([0.15, 0.0, 0.1, 0.2, 0.3], "equal_steps", 1)
@given(
    st.lists(halves | st.floats(-100, 100), min_size=1, max_size=40),
    st.sampled_from(["local_fifths", "equal_steps", "natural_breaks"]),
    st.integers(0, 2),
)
def test_a_printed_value_always_stands_beside_its_label(values, method, decimals):
    found = classify(values, none(len(values)), compute_breaks(values, method), decimals, "")
    for value, place in zip(values, found.legend_class, strict=True):
        label = found.legend[place].label
        assert holds(label, number(format_number(value, decimals))), (value, label)


def test_missing_values_get_a_pattern_and_never_a_colour():
    flags = ["", "suppressed", "not_available", "not_available", "unreliable", "estimated"]
    special = special_class(flags, [1, 1, 1, 0, 1, 1])
    assert special.tolist() == ["", "suppressed", "not_available", "not_estimated", "", ""]
    # A publisher may mark a figure unreliable and leave it out.
    found = classify([1, NAN, NAN, NAN, NAN, 9], special, np.array([5.0]), 0, "")
    keys = [found.legend[place].key for place in found.legend_class]
    assert keys == [
        "class_1",
        "suppressed",
        "not_available",
        "not_estimated",
        "not_available",
        "class_5",
    ]
    assert sum(entry.count for entry in found.legend) == 6


def test_patterns_that_do_not_occur_stay_out_of_the_legend():
    found = classify([1, 9], none(2), np.array([5.0]), 0, "")
    assert [entry.key for entry in found.legend] == ["class_1", "class_5"]


@pytest.mark.parametrize(
    ("polarity", "words", "scale"),
    [
        ("low_is_good", ["better", "similar", "worse"], "significance"),
        ("no_judgement", ["lower", "similar", "higher"], "direction"),
    ],
)
def test_a_comparison_has_three_classes(polarity, words, scale):
    given_words = np.array([words[2], words[0], "", words[2], ""])
    special = np.array(["", "", "suppressed", "", ""], dtype="<U13")
    found = classify_comparison(given_words, special, polarity, "England")
    keys = [found.legend[place].key for place in found.legend_class]
    assert keys == [words[2], words[0], "suppressed", words[2], "not_available"]
    assert found.scale == scale
    counts = {entry.key: entry.count for entry in found.legend}
    assert counts == {
        words[0]: 1,
        words[1]: 0,
        words[2]: 2,
        "suppressed": 1,
        "not_available": 1,
    }
    assert found.legend[1].label == "Similar to England"
    assert found.legend[0].label == f"{words[0].capitalize()} than England"
    assert found.legend[2].label == f"{words[2].capitalize()} than England"


def test_natural_breaks_make_classes_of_like_figures():
    values = [1, 2, 3, 20, 21, 40, 60, 61, 90, NAN]
    found = classify(values, none(10), compute_breaks(values, "natural_breaks"), 0, "%")
    assert [(e.label, e.count) for e in found.legend] == [
        ("under 20 %", 3),
        ("20 to 40 %", 2),
        ("40 to 60 %", 1),
        ("60 to 90 %", 2),
        ("90 % and over", 1),
        ("No figure", 1),
    ]


def test_distance_from_the_mean_as_mapclassify_has_it():
    from mapclassify import StdMean

    values = np.random.default_rng(5).normal(50, 10, 300)
    found = classify_from_mean(values, none(300), 6, "%")
    assert found.legend_class.tolist() == StdMean(values).yb.tolist()
    assert [entry.count for entry in found.legend] == StdMean(values).counts.tolist()
    assert found.scale == "sequential"


def test_distance_from_the_mean_by_hand():
    """Mean 30, sum of squares 1,000 over 9 less one: standard deviation 11.18."""
    values = [10.0, 20, 30, 30, 30, 30, 30, 40, 50]
    found = classify_from_mean(values, none(9), 1, "%")
    assert [(e.key, e.label, e.count) for e in found.legend] == [
        ("class_2", "1 to 2 standard deviations below the mean (7.6 to 18.8 %)", 1),
        ("class_3", "Within 1 standard deviation of the mean (18.8 to 41.2 %)", 7),
        ("class_4", "1 to 2 standard deviations above the mean (41.2 to 52.4 %)", 1),
    ]
    assert found.legend_class.tolist() == [0, 1, 1, 1, 1, 1, 1, 1, 2]


def test_classes_end_with_the_last_that_is_reached_and_missing_figures_have_patterns():
    """Nine times 100 and once 0: mean 90, standard deviation of the sample 31.6."""
    values = [0.0, *[100] * 9, NAN, NAN]
    special = np.array([""] * 10 + ["suppressed", ""], dtype="<U13")
    found = classify_from_mean(values, special, 0, "%")
    assert [(e.key, e.label, e.count) for e in found.legend] == [
        ("class_1", "More than 2 standard deviations below the mean (under 27 %)", 1),
        ("class_2", "1 to 2 standard deviations below the mean (27 to 58 %)", 0),
        ("class_3", "Within 1 standard deviation of the mean (58 to 122 %)", 9),
        ("suppressed", "Withheld (small number)", 1),
        ("not_available", "No figure", 1),
    ]
    assert found.legend_class.tolist() == [0, *[2] * 9, 3, 4]


@pytest.mark.parametrize("values", [[], [NAN], [4.0], [4.0, 4.0, NAN]])
def test_without_differences_there_is_no_distance_from_the_mean(values):
    found = classify_from_mean(values, none(len(values)), 1, "")
    assert found.legend[0].label == "All alike"
    assert sum(entry.count for entry in found.legend) == len(values)


def test_a_withheld_figure_beside_equal_ones_keeps_its_pattern():
    special = np.array(["", "", "suppressed", ""], dtype="<U13")
    found = classify_from_mean([4.0, 4.0, NAN, NAN], special, 1, "")
    keys = [found.legend[place].key for place in found.legend_class]
    assert keys == [found.legend[0].key] * 2 + ["suppressed", "not_available"]


def test_the_middle_class_is_there_even_where_it_is_empty():
    found = classify_from_mean([0.0, 0, 10, 10], none(4), 1, "")
    assert "class_3" in [entry.key for entry in found.legend]
    assert sum(entry.count for entry in found.legend) == 4


def test_hot_spots_are_classes_and_missing_figures_patterns():
    patterns = ["high_high", "unclear", "", "", "low_low", "unclear"]
    special = np.array(["", "", "suppressed", "", "", ""], dtype="<U13")
    found = classify_hot_spots(patterns, special)
    keys = [found.legend[place].key for place in found.legend_class]
    assert keys == ["high_high", "unclear", "suppressed", "not_available", "low_low", "unclear"]
    counts = {entry.key: entry.count for entry in found.legend}
    assert counts["low_high"] == 0
    assert "alone" not in counts
    assert found.scale == "clusters"
    assert found.legend[0].label == "High among high"
    with_island = classify_hot_spots(["alone", "unclear"], none(2))
    assert {e.key: e.count for e in with_island.legend}["alone"] == 1
