"""The view of a map: rows in order, classes, words, nothing lost."""

import numpy as np
import pandas as pd
import pytest
from examples import CODES, NAN, make_areas, make_indicator, make_subject, make_values

from analysis.choropleth import (
    Benchmark,
    choose_classes,
    make_areas_frame,
    make_map_view,
    usable_method,
)
from analysis.map_view import pack_view

ENGLAND = Benchmark("England", 10)


def frame_of(values: pd.DataFrame, polarity: str = "low_is_good") -> pd.DataFrame:
    return make_areas_frame(values, make_areas(), polarity, ENGLAND)


@pytest.fixture
def frame():
    return frame_of(make_values())


def test_areas_keep_their_order_whatever_the_order_of_the_values(frame):
    shuffled = frame_of(make_values().iloc[[3, 1, 4, 0, 2]])
    assert list(frame.index) == CODES
    for column in ("value", "rank", "compared", "numerator"):
        assert np.array_equal(
            shuffled[column].fillna(-1).to_numpy(), frame[column].fillna(-1).to_numpy()
        )
    assert shuffled["flag"].astype(str).tolist() == frame["flag"].astype(str).tolist()


def test_an_area_without_a_row_is_missing_not_zero(frame):
    assert np.isnan(frame.at["E05000006", "value"])
    assert frame.at["E05000006", "flag"] == "not_available"
    assert frame.at["E05000006", "rank"] == 0
    assert frame.at["E05000006", "fit"] == ""


def test_rank_and_comparison_are_added(frame):
    assert frame["rank"].tolist() == [1, 2, 3, 0, 0, 0]
    assert frame["compared"].tolist() == ["worse", "similar", "better", "", "", ""]
    assert frame_of(make_values(), "no_judgement")["compared"].tolist()[0] == "higher"


def view_of(frame: pd.DataFrame, method: str, **changes: object):
    subject = make_subject(make_indicator(**changes))
    everywhere = np.arange(1.0, 26)
    return make_map_view(frame, subject, method, everywhere, ENGLAND, "E05000002")


def test_the_view_holds_what_the_frame_says(frame):
    view = view_of(frame, "england_fifths")
    assert view.codes == CODES
    assert np.array_equal(view.value, frame["value"], equal_nan=True)
    assert view.ranked == 3
    assert list(view.rank) == [1, 2, 3, 0, 0, 0]
    assert view.selected == "E05000002"
    assert view.benchmark_value == 10
    assert view.period == "2022"
    assert view.unit == "%"
    assert view.flag[0] == ""
    assert view.flag[1].startswith("estimated")
    assert view.flag[4].startswith("withheld")
    assert "no estimate" in view.fit[3]
    assert view.source == "DESNZ: Sub-regional fuel poverty, 2022"
    assert "North" in view.title
    assert pack_view(view)["columns"]


def test_an_unranked_indicator_has_no_ranks(frame):
    view = view_of(frame, "england_fifths", ranked=False)
    assert view.ranked == 0
    assert len(view.rank) == 0


def keys(view) -> list[str]:
    return [view.legend[place].key for place in view.legend_class]


def test_classes_follow_the_method(frame):
    # Fifths of 1 to 25 are cut at 5.8, 10.6, 15.4, 20.2.
    missing = ["not_estimated", "suppressed", "not_available"]
    assert keys(view_of(frame, "england_fifths")) == ["class_4", "class_2", "class_1", *missing]
    assert keys(view_of(frame, "local_fifths")) == ["class_5", "class_3", "class_1", *missing]
    assert keys(view_of(frame, "equal_steps")) == ["class_5", "class_2", "class_1", *missing]
    assert keys(view_of(frame, "significance")) == ["worse", "similar", "better", *missing]
    for method in ("england_fifths", "significance"):
        assert sum(e.count for e in view_of(frame, method).legend) == len(CODES)


def test_a_method_that_cannot_be_used_gives_way_to_fifths_of_england(frame):
    assert usable_method(frame, "significance") == "significance"
    assert usable_method(frame.assign(lower_ci=NAN), "significance") == "england_fifths"
    assert usable_method(frame, "hot_spots") == "england_fifths"
    few = frame.assign(pattern="unclear", local_i=NAN)
    assert usable_method(few, "hot_spots") == "england_fifths"
    assert view_of(few, "hot_spots").scale == "sequential"


def test_hot_spots_have_their_own_name_title_and_words(frame):
    patterns = ["high_high", "unclear", "low_low", "", "", ""]
    found = frame.assign(pattern=patterns, local_i=[1.0, 0, 1, NAN, NAN, NAN])
    view = view_of(found, "hot_spots")
    missing = ["not_estimated", "suppressed", "not_available"]
    assert keys(view) == ["high_high", "unclear", "low_low", *missing]
    assert view.scale == "clusters"
    assert view.indicator == "Hot spots of: Households in fuel poverty"
    assert view.title == "Fuel poverty: high figures cluster in 1 ward of Aldham"
    assert "▲▲ High among high, 1 ward: North." in view.description


def test_a_legend_of_an_indicator_without_judgement_says_higher(frame):
    neutral = frame_of(make_values(), "no_judgement")
    subject = make_subject(make_indicator(polarity="no_judgement"))
    classes = choose_classes(neutral, subject, "significance", np.array([]), ENGLAND)
    assert classes.scale == "direction"


def test_nothing_known_is_drawn_as_missing():
    nothing = make_values().assign(value=NAN, lower_ci=NAN, upper_ci=NAN, flag="not_available")
    view = view_of(frame_of(nothing), "england_fifths")
    assert set(keys(view)) == {"not_available", "not_estimated"}
    assert "no figures" in view.title.lower()


def test_the_subject_has_its_words():
    subject = make_subject()
    assert "Households in fuel poverty" in subject.subtitle
    assert "of households" in subject.subtitle
    assert "Aldham" in subject.subtitle
    assert subject.source_line == "DESNZ: Sub-regional fuel poverty, 2022"
    assert subject.geography_line == "Published for LSOAs, added up to wards by best fit"
    assert make_subject(geography="district").geography_line == "Published for districts"
    small = subject.of_lsoas("2021")
    assert (small.area_word, small.period_label) == ("LSOAs", "2021")
    assert small.geography_line == "Published for LSOAs"
