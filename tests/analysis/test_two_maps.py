"""Two maps: what they say together, and whether their colours can be compared."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.classes import METHODS
from analysis.map_view import LegendEntry, MapView
from analysis.two_maps import compare_colours, find_top_fifth, make_two_maps_title

VIEW = MapView(
    codes=["A", "B"],
    value=[1.0, 2.0],
    legend_class=[0, 1],
    legend=[LegendEntry("class_1", "under 1.5", 1), LegendEntry("class_5", "1.5 and over", 1)],
    title="",
    indicator="Carers",
)


def test_the_top_fifth_is_that_of_england():
    everywhere = np.arange(1.0, 101)
    values = [80.0, 80.1, 80.2, 81, np.nan]
    # The limit is 80.2, and a figure on a limit is above it.
    assert find_top_fifth(values, everywhere, 1).tolist() == [False, False, True, True, False]
    # Printed without decimals, 80 is what the limit prints as.
    assert find_top_fifth(values, everywhere, 0).tolist() == [True, True, True, True, False]


def test_a_lowest_figure_shared_by_nearly_all_is_not_the_top_fifth():
    everywhere = [0.0] * 90 + [1.0] * 10
    assert find_top_fifth([0, 1], everywhere, 0).tolist() == [False, True]
    assert find_top_fifth([0, 1], [np.nan], 0).tolist() == [False, False]


def test_titles():
    first, second = np.array([True, True, False]), np.array([True, False, False])
    title = make_two_maps_title(first, second, 3)
    assert title == "1 of 3 wards is in England's highest fifth on both"
    assert make_two_maps_title(first, first, 3).startswith("2 of 3 wards are")
    assert "No ward is in England's highest fifth" in make_two_maps_title(first, ~first, 3)
    assert "No ward has a figure" in make_two_maps_title(first, first, 0)


@pytest.mark.parametrize("method", METHODS)
def test_two_indicators_never_share_a_legend_without_a_word(method):
    other = replace(VIEW, indicator="Flats")
    assert "same colour means" in compare_colours(VIEW, other, (method, method)).lower() or (
        "does not mean" in compare_colours(VIEW, other, (method, method))
    )


def test_different_ways_of_colouring_are_named():
    words = compare_colours(VIEW, VIEW, ("hot_spots", "england_fifths"))
    assert "“Hot spots” and “Fifths of England”" in words
    assert "does not mean the same" in words


def test_one_indicator_with_other_limits_is_not_the_same():
    legend = [LegendEntry("class_1", "under 1.7", 1), LegendEntry("class_5", "1.7 and over", 1)]
    later = replace(VIEW, legend=legend)
    assert "does not mean" in compare_colours(VIEW, later, ("equal_steps", "equal_steps"))
    assert "not the same figure" in compare_colours(VIEW, later, ("england_fifths",) * 2)
    assert compare_colours(VIEW, VIEW, ("equal_steps", "equal_steps")) == ""


def test_judged_beside_not_judged():
    judged, neutral = replace(VIEW, scale="significance"), replace(VIEW, scale="direction")
    methods = ("significance", "significance")
    assert "do not mean the same" in compare_colours(judged, neutral, methods)
    assert "same word" in compare_colours(judged, judged, methods)
