"""Titles and descriptions say what the figures say, and no more."""

import numpy as np
import pytest
from examples import NAN, make_areas, make_indicator, make_values

from analysis.choropleth import Benchmark, make_areas_frame
from analysis.findings import describe_map, make_need_title, make_title

INDICATOR = make_indicator()


@pytest.fixture
def frame():
    return make_areas_frame(make_values(), make_areas(), "low_is_good", Benchmark("England", 10))


def test_the_title_names_the_highest_area_and_the_subject(frame):
    title = make_title(frame, INDICATOR, "Aldham")
    assert "North" in title
    assert "fuel poverty" in title.lower()
    assert "highest" in title
    assert "among" not in title
    assert len(title.split()) <= 12


def test_an_area_that_does_not_clear_the_others_is_among_the_highest(frame):
    frame.loc["E05000001", "lower_ci"] = 10.0
    assert "among the highest" in make_title(frame, INDICATOR, "Aldham")
    frame.loc["E05000001", "lower_ci"] = 10.6
    assert "among" not in make_title(frame, INDICATOR, "Aldham")


def test_without_intervals_the_highest_is_the_highest(frame):
    bare = frame.assign(lower_ci=NAN, upper_ci=NAN)
    assert "among" not in make_title(bare, INDICATOR, "Aldham")


def test_no_area_is_singled_out_where_that_is_unsafe(frame):
    for indicator, shown in (
        (make_indicator(ranked=False), frame),
        (INDICATOR, frame.assign(value=frame["value"] * 0 + 7)),
        (INDICATOR, frame.head(1)),
    ):
        title = make_title(shown, indicator, "Aldham")
        assert "North" not in title
        assert "highest" not in title
        assert "Aldham" in title


def test_equal_highest_areas_share_it(frame):
    frame.loc["E05000002", "value"] = 20.0
    title = make_title(frame, INDICATOR, "Aldham")
    assert "several" in title.lower()
    assert "North" not in title


def test_no_figures_is_said(frame):
    title = make_title(frame.assign(value=NAN), INDICATOR, "Aldham")
    assert "no figures" in title.lower()


def test_the_need_title_names_the_highest_score(frame):
    assert make_need_title(frame, "Aldham").startswith("North ")
    assert "North" not in make_need_title(frame.head(1), "Aldham")


def test_the_description_says_every_number_from_the_frame(frame):
    text = describe_map(frame, INDICATOR, "Aldham", "wards", "England", 10)
    assert text.startswith("Households in fuel poverty, Aldham, 6 wards.")
    assert "Highest: North (20.0 %)." in text
    assert "Lowest: Mill (5.0 %)." in text
    assert "England: 10.0 %." in text
    assert "1 worse, 1 similar and 1 better." in text
    assert "No figure: 3 wards." in text


def test_the_description_ranks_only_where_that_is_safe(frame):
    text = describe_map(frame, make_indicator(ranked=False), "Aldham", "wards", "England", 10)
    assert "Highest" not in text
    assert "Lowest" not in text


def test_the_description_of_nothing_is_short(frame):
    nothing = frame.assign(value=NAN)
    text = describe_map(nothing, INDICATOR, "Aldham", "wards", "England", 10)
    assert text == "Households in fuel poverty, Aldham, 6 wards. There are no figures."


def test_no_benchmark_no_comparison(frame):
    bare = frame.assign(compared="")
    assert "England" not in describe_map(bare, INDICATOR, "Aldham", "wards", "England", np.nan)


def test_one_area_is_not_many(frame):
    text = describe_map(frame.head(1), INDICATOR, "Aldham", "LSOAs", "England", np.nan)
    assert "1 LSOA." in text
