"""Recovery in words, on the map, as lines, beside other places; fifths of the burden."""

import datetime as dt
import re
from dataclasses import replace
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest

from analysis.burden import cut_fifths, make_burden_table, make_cross_table
from analysis.choropleth import Subject
from analysis.palette import RECOVERY_KEYS
from analysis.recovery import CLASSES, SeriesTable, compute_recovery, make_plan
from analysis.recovery_lines import band_style, draw_line, draw_path, place_lockdowns, place_periods
from analysis.recovery_map import make_recovery_view
from analysis.recovery_places import (
    compare_places,
    make_gap_table,
    plot_places,
    pool_series,
    spread_out,
    stack_series,
)
from analysis.recovery_words import (
    CLASS_WORDS,
    ORDER,
    class_words,
    count_classes_words,
    describe_area,
    describe_furthest,
    make_table,
    make_title,
    order_areas,
)
from data.catalogue import load_catalogue
from data.intervals import compute_byar_limits, compute_wilson_limits
from data.recovery import Lockdown, load_recovery

NAN = float("nan")
YEARS = ("2018", "2019", "2020", "2021", "2022")
INDICATOR = load_catalogue().indicators["claimant_count_percent"]
RULE = load_recovery().series["claimant_count_percent"]
UNJUDGED = load_recovery().series["universal_credit_households_percent"]
LOCK = Lockdown("First", dt.date(2020, 3, 26), dt.date(2020, 7, 3), "S.I. 2020/350", "", "")
ROWS = {
    "A": [4, 4, 10, 8, 7],  # recovering, 50 %
    "B": [4, 4, 10, 6, 4],  # recovered, 100 %
    "C": [4, 4, 4, 4, 4],  # not hit
    "D": [4, NAN, 10, 8, 7],  # no baseline
    "E": [2, 2, 5, 8, 9],  # worsening
}


def series_of(rows: dict[str, list[float]]) -> SeriesTable:
    value = np.array(list(rows.values()), dtype=float)
    flag = np.where(np.isnan(value), "suppressed", "").astype(object)
    people = np.full(value.shape, 1000.0)
    return SeriesTable(
        pd.Index(list(rows)), YEARS, value, value - 0.1, value + 0.1, value * 10, people, flag
    )


SERIES = series_of(ROWS)
FRAME = compute_recovery(SERIES, make_plan(YEARS, ("2019", "2019"), "2022"), "low_is_good", "none")
NAMES = pd.Series({code: f"Ward {code}" for code in ROWS})


def test_every_class_has_words_and_a_place_in_the_order():
    assert set(CLASS_WORDS) == set(CLASSES) == set(ORDER)
    assert set(CLASSES) == {*RECOVERY_KEYS, "cannot_tell"}


def test_words_that_do_not_judge_where_a_rise_has_other_reasons():
    for name in CLASSES:
        assert not re.search("worse|better|hit|recover", class_words(name, UNJUDGED)), name
    title = make_title(FRAME, INDICATOR, UNJUDGED)
    assert not re.search("worse|better|hit|recover", title)


def test_the_title_counts_wards_that_were_hit_and_are_back():
    assert make_title(FRAME, INDICATOR, RULE) == "Claimants: 1 of 3 wards hit has recovered"
    assert make_title(FRAME.loc[["C"]], INDICATOR, RULE) == "Claimants: no ward clearly hit"
    only = make_title(FRAME.loc[["D"]], INDICATOR, RULE)
    assert only == "Claimants: recovery cannot be told here"
    assert len(make_title(FRAME, INDICATOR, RULE).split()) <= 10


def test_sentences_hold_the_figures_of_their_rows():
    said = describe_area(FRAME.loc["A"], "Ward A", INDICATOR, RULE)
    assert said.startswith(
        "Ward A: 4.0 % before, 10.0 % at its worst (2020), 7.0 % at the latest: recovering, "
        "50 % made good (interval"
    )
    assert describe_area(FRAME.loc["D"], "Ward D", INDICATOR, RULE) == (
        "Ward D: cannot be told; no baseline (withheld because the number is small)."
    )
    assert describe_furthest(FRAME, NAMES, RULE) == (
        "Furthest from before: Ward E (worsening, 0 %) and Ward A (recovering, 50 %)."
    )
    assert count_classes_words(FRAME, RULE) == (
        "Wards: 1 worsening, 1 recovering, 1 recovered, 1 not hit and 1 cannot be told."
    )


def test_the_furthest_stand_first_and_every_ward_is_in_the_table():
    assert order_areas(FRAME).index.tolist() == ["E", "A", "B", "C", "D"]
    table = make_table(FRAME, NAMES, INDICATOR, RULE)
    assert table["Code"].tolist() == ["E", "A", "B", "C", "D"]
    assert table["Recovery %"].iloc[1] == 50
    assert np.isnan(table["Recovery %"].iloc[4])
    assert "withheld" in table["Note"].iloc[4]


@pytest.mark.parametrize("shade", ["class", "percent"])
def test_the_map_counts_every_ward_once_and_shows_missing_as_a_pattern(shade):
    wards = pd.DataFrame({"name": NAMES, "lsoa_count": 3})
    subject = Subject(INDICATOR, load_catalogue().source_of(INDICATOR.id), "2022", "Here")
    view = make_recovery_view(FRAME, wards, subject, RULE, ("Title", "Words"), shade=shade)
    assert sum(entry.count for entry in view.legend) == 5
    keys = dict(zip(FRAME.index, (view.legend[n].key for n in view.legend_class), strict=True))
    assert keys["D"] == "suppressed"
    assert keys["C"] == "not_hit"
    expected = ("recovering", "worsening") if shade == "class" else ("class_2", "class_4")
    assert (keys["A"], keys["E"]) == expected
    assert "50 % made good" in view.flag[0]


def test_lines_break_at_missing_figures_and_periods():
    at, first, last = place_periods(YEARS)
    assert (first, last) == (dt.date(2018, 7, 2), dt.date(2022, 7, 2))
    assert at[0] == 0
    assert at[-1] == 1
    whole = draw_path(at, np.array([0.0, 1, 2, 3, 4]), 0, 4)
    assert whole.startswith("M0 90")
    assert whole.endswith("L400 6")
    assert whole.count("M") == 1
    assert draw_path(at, np.array([0.0, 1, NAN, 3, 4]), 0, 4).count("M") == 2
    months = ("2022-10", "2022-11", "2022-12", "2023-11")
    path = draw_path(place_periods(months)[0], np.array([1.0, 1, 1, 1]), 0, 4)
    assert path.count("M") == 2
    assert path.endswith("h2")  # a point alone is a dash


def test_a_line_is_a_picture_with_the_baseline_and_the_last_figure():
    at = place_periods(YEARS)[0]
    address = draw_line(at, np.array([1.0, 2, 3, 4, NAN]), (0, 4), "light", baseline=2)
    picture = unquote(address.removeprefix("data:image/svg+xml,"))
    assert '"' not in address
    assert "stroke-dasharray" in picture
    assert f'cx="{round(at[3] * 400)}"' in picture


def test_bands_stand_where_the_law_was_in_force():
    days = (dt.date(2020, 1, 1), dt.date(2021, 1, 1))
    ((start, end),) = place_lockdowns([LOCK], *days)
    assert start == pytest.approx(85 / 366)
    assert end == pytest.approx(184 / 366)
    assert place_lockdowns([LOCK], dt.date(2021, 1, 1), dt.date(2022, 1, 1)) == []
    assert f"{100 * 85 / 366:.1f}%" in band_style([(start, end)])
    assert band_style([]) == "none"


def test_areas_are_pooled_by_their_counts():
    pooled = pool_series(series_of({"A": [1] * 5, "B": [3] * 5}), "both", "wilson", 100)
    assert pooled.value.tolist() == [[2.0] * 5]
    assert (pooled.lower < 2).all()
    assert (pooled.upper > 2).all()
    assert np.isnan(pool_series(SERIES, "all", "none", 100).value[0, 1])  # D lacks 2019
    assert stack_series([SERIES, pooled]).codes.tolist() == [*"ABCDE", "both"]


def test_gaps_are_the_place_minus_the_other_at_the_same_time():
    pair = series_of({"A": [4, 4, 10, 8, 7], "B": [5, 5, 8, 9, 6]})
    frame = compute_recovery(
        pair, make_plan(YEARS, ("2019", "2019"), "2022"), "low_is_good", "none"
    )
    table = make_gap_table(frame, {"A": "Here", "B": "There"}, pair, INDICATOR, RULE)
    assert table["Gap before"].tolist()[1] == -1
    assert table["Gap at worst, 2020"].tolist()[1] == 2  # both in 2020, not There's own worst
    assert table["Gap latest"].tolist()[1] == 1
    assert table["Own worst"].tolist() == ["2020", "2021"]
    unjudged = make_gap_table(frame, {"A": "Here", "B": "There"}, pair, INDICATOR, UNJUDGED)
    assert "At its highest, 2020 (%)" in unjudged
    assert not any("worst" in head for head in unjudged)
    said = compare_places(frame.iloc[0], frame.iloc[1], ("Here", "There"), INDICATOR)
    assert said == (
        "Here was hit harder than There (6.0 against 4.0 percentage points), and has come "
        "back less far (50 % against 75 %)."
    )
    other = compare_places(frame.iloc[0], FRAME.loc["D"], ("Here", "There"), INDICATOR)
    assert "cannot be compared" in other


def test_pooled_limits_are_those_of_the_counts_together():
    pair = series_of({"A": [1, 1, NAN, 1, 1], "B": [3] * 5})
    low, high = compute_byar_limits(np.array([40.0]))
    rate = pool_series(pair, "both", "byar", 100)
    assert rate.lower[0, 0] == pytest.approx(100 * low[0] / 2000)
    assert rate.upper[0, 0] == pytest.approx(100 * high[0] / 2000)
    share = pool_series(pair, "both", "wilson", 100)
    low, high = compute_wilson_limits(np.array([40.0]), np.array([2000.0]))
    assert (share.lower[0, 0], share.upper[0, 0]) == pytest.approx((100 * low[0], 100 * high[0]))
    for pooled in (rate, share):
        # A missing member leaves the whole without a figure, and says so.
        assert pooled.flag[0].tolist() == ["", "", "not_available", "", ""]
        assert np.isnan([pooled.value[0, 2], pooled.lower[0, 2], pooled.upper[0, 2]]).all()
        assert pooled.periods == YEARS
    assert np.isnan(pool_series(pair, "both", "none", 100).lower).all()
    assert stack_series([pair, share]).periods == YEARS


def test_the_table_of_gaps_by_hand():
    pair = series_of({"A": [4, 4.25, 10.06, 8, 7], "B": [5, 5, 8, 9, 6], "C": [4] * 5})
    frame = compute_recovery(
        pair, make_plan(YEARS, ("2019", "2019"), "2022"), "low_is_good", "none"
    )
    table = make_gap_table(frame, {"A": "Here", "B": "There", "C": "Else"}, pair, INDICATOR, RULE)
    assert table["Place"].tolist() == ["Here", "There", "Else"]
    assert table["Before (%)"].tolist() == [4.3, 5, 4]
    assert table["At worst, 2020 (%)"].tolist() == [10.1, 8, 4]
    assert table["Latest (%)"].tolist() == [7, 6, 4]
    assert np.isnan(table["Gap before"].iloc[0])
    assert table["Gap before"].tolist()[1:] == [-0.8, 0.3]
    assert table["Gap at worst, 2020"].tolist()[1:] == [2.1, 6.1]
    assert table["Own worst"].tolist()[:2] == ["2020", "2021"]
    assert table["Class"].tolist() == [class_words(name, RULE) for name in frame["class"]]
    # 3.06 of 5.81 came back; without limits nothing stands in brackets.
    assert table["Recovery (95 %)"].iloc[0].startswith("53 %")
    bare = frame.assign(recovery_low=NAN, recovery_high=NAN)
    bare = make_gap_table(bare, {"A": "Here", "B": "There", "C": "Else"}, pair, INDICATOR, RULE)
    assert bare["Recovery (95 %)"].iloc[0] == "53 %"
    limited = frame.assign(recovery_low=40.0, recovery_high=66.0)
    limited = make_gap_table(limited, NAMES, pair, INDICATOR, RULE)
    assert limited["Recovery (95 %)"].iloc[0] == "53 % (40 % to 66 %)"
    count = replace(INDICATOR, unit="")
    assert "Before" in make_gap_table(frame, NAMES, pair, count, RULE)


def hit(size: float, half: float = 0.0, back: tuple[float, float, float] = (50, 50, 50)):
    """A row whose shock is `size`, with limits `half` to each side of both of its figures."""
    return pd.Series(
        {"class": "recovering", "size": size, "shock_high": half, "shock_low": -half,
         "baseline_high": half, "baseline_low": -half, "recovery": back[1],
         "recovery_low": back[0], "recovery_high": back[2]}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("own", "other", "said"),
    [
        # Limits of 0.6 and 0.8 about two figures each: root of 2 x 1.2 squared, halved, 0.849;
        # with 0.8 1.131, together 1.980. Shocks of 4 and 2.01 lie 1.99 apart, 4 and 2.03 1.97.
        (hit(4, 0.6), hit(2.01, 0.8), "harder than"),
        (hit(4, 0.6), hit(2.03, 0.8), "about as hard as"),
        (hit(-2.01, 0.6), hit(-4, 0.8), "less hard than"),
        (hit(-2.03, 0.6), hit(-4, 0.8), "about as hard as"),
        (hit(4), hit(4), "about as hard as"),
    ],
)
def test_who_was_hit_harder_is_told_where_the_limits_do_not_overlap(own, other, said):
    text = compare_places(own, other, ("Here", "There"), INDICATOR)
    assert text.startswith(f"Here was hit {said} There ("), text


@pytest.mark.parametrize(
    ("own", "other", "said"),
    [
        ((60, 70, 80), (40, 50, 59), "further (70 % against 50 %)."),
        ((60, 70, 80), (40, 50, 60), "about as far (70 % against 50 %)."),
        ((40, 50, 60), (60, 70, 80), "about as far (50 % against 70 %)."),
        ((40, 50, 59), (60, 70, 80), "less far (50 % against 70 %)."),
    ],
)
def test_who_came_back_further_is_told_where_the_limits_do_not_overlap(own, other, said):
    pair = (hit(4, back=own), hit(4, back=other))
    text = compare_places(*pair, ("Here", "There"), INDICATOR)
    assert text.endswith(f"points), and has come back {said}")
    without = pair[0].copy()
    without["recovery"] = NAN
    for rows in ((without, pair[1]), (pair[0], without)):
        text = compare_places(*rows, ("Here", "There"), replace(INDICATOR, unit="people"))
        assert text.endswith("(4.0 against 4.0 people).")


def test_lines_of_places_break_and_are_named_where_they_end():
    # 2019 is missing, and so is D's second figure; E's line ends without a figure.
    years = ("2016", "2017", "2018", "2020", "2021")
    rows = {"A": [4, 5, 6, 7, 8], "D": [1, NAN, 1, 1, 2], "E": [3, 3, 3, 3, NAN]}
    series = replace(series_of(rows), periods=years)
    figure = plot_places(series, range(5), {"A": "Here", "D": "There", "E": "Else"}, INDICATOR, [])
    lines = {line.name: line for line in figure.data}
    assert list(lines["Here"].y) == [4, 5, 6, None, 7, 8]
    assert list(lines["There"].y) == [1, None, 1, None, 1, 2]
    assert list(lines["Here"].text) == ["2016", "2017", "2018", "", "2020", "2021"]
    assert len(lines["Here"].x) == 6
    ends = {label.text: label for label in figure.layout.annotations}
    assert {name: label.y for name, label in ends.items()} == {"<b>Here</b>": 8, "There": 2}
    assert all((label.x, label.xref, label.xanchor) == (1, "paper", "left")
               for label in ends.values())  # fmt: skip


def test_only_named_lines_have_labels_and_labels_do_not_overlap():
    figure = plot_places(SERIES, [0, 1, 2, 3, 4], {"A": "Here", "E": "Else"}, INDICATOR, [LOCK])
    texts = [note.text for note in figure.layout.annotations]
    assert texts == ["<b>Here</b>", "Else"]
    assert len(figure.data) == 5
    assert len(figure.layout.shapes) == 1
    spots = spread_out([1.0, 1.1, 5.0], 0.5)
    assert spots[1] - spots[0] == pytest.approx(0.5, abs=1e-6)
    assert spots[2] == 5.0


def test_fifths_hold_equally_many_and_1_is_the_highest():
    fifth = cut_fifths(pd.Series([50.0, 10, 40, 20, 30, NAN], index=list("abcdef")))
    assert fifth.iloc[:5].tolist() == [1, 5, 2, 4, 3]
    assert np.isnan(fifth["f"])


def test_rates_of_fifths_are_counts_added_then_divided():
    codes = pd.Index(list("abcdefghij"))
    values = pd.DataFrame(
        {"numerator": [1.0, 9, *[0] * 8], "denominator": [100.0, 300, *[100] * 8]}, index=codes
    )
    need = cut_fifths(pd.Series(range(10, 0, -1), index=codes, dtype=float))
    whole = replace(INDICATOR, decimals=2)
    table = make_burden_table({"Deaths": (whole, values)}, need, codes[:3])
    assert table["Deaths"].tolist() == [2.5, 0, 0, 0, 0]
    assert table["Wards here"].tolist() == [2, 1, 0, 0, 0]
    cross = make_cross_table(whole, values, need, need)
    assert cross.at[1, 1] == 2.5
    assert np.isnan(cross.at[1, 5])  # no ward is in both
