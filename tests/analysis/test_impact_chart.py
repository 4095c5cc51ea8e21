"""The impact chart: screen, table and report show the same figures; the process chart's words."""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from examples import make_indicator
from impact_examples import ACTION, make_figures, make_place

from analysis.impact_chart import interval_words, list_source_lines, make_impact_chart, plot_impact
from analysis.impact_figures import (
    cut_series,
    judge,
    make_impact_table,
    measure_change,
    pool_members,
    take_series,
)
from analysis.impact_levels import starts_at_zero
from analysis.process_chart import compute_process
from analysis.process_figure import (
    describe_process,
    make_process_block,
    make_process_table,
    make_process_title,
    plot_process,
    say_assurance,
    say_variation,
)
from analysis.recovery import SeriesTable

NAN = float("nan")
FIGURES = make_figures([10, 10, 16, NAN, 13], [10, 10, 12, 12, 11])


def lines_of(figure):
    return {t.name: [y for y in t.y if y is not None] for t in figure.data if t.name}


def texts_of(figure) -> str:
    return " | ".join(a.text for a in figure.layout.annotations).replace("<br>", " ")


def test_the_interval_of_a_change_is_that_of_newcombe() -> None:
    # Newcombe (1998), table II, 56/70 minus 48/80, method 10: 0.2 (0.0524 to 0.3339),
    # from the Wilson limits of the two proportions.
    place = replace(
        make_place([100 * 48 / 80, 100 * 56 / 70]),
        lower=(49.0408, 69.1808), upper=(70.0457, 87.6901),
    )  # fmt: skip
    figures = replace(FIGURES, place=place, periods=("2018", "2019"))
    change = measure_change(figures, place, 0, 1)
    assert change is not None
    assert change.size == pytest.approx(20)
    assert change.low == pytest.approx(5.24, abs=0.01)
    assert change.high == pytest.approx(33.39, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chart_draws_place_comparator_levels_start_and_lockdowns(theme) -> None:
    figure = plot_impact(FIGURES, theme)
    assert lines_of(figure) == {"England": [10, 10, 12, 12, 11], "Ashford": [10, 10, 16, 13]}
    text = texts_of(figure)
    for words in ("<b>Ashford</b>", "England", "Baseline 10.0 %", "Target 9.0 %",
                  "Step in at 15.0 %", "Action began 1 April 2021", "lockdowns"):  # fmt: skip
        assert words in text
    starts = [s for s in figure.layout.shapes if s.x0 == s.x1 == dt.date(2021, 4, 1)]
    assert len(starts) == 1
    target = [s for s in figure.layout.shapes if s.y0 == s.y1 == 9.0]
    assert target[0].x1 == dt.date(2023, 3, 31)


def test_a_missing_figure_breaks_the_line() -> None:
    own = next(t for t in plot_impact(FIGURES).data if t.name == "Ashford")
    assert list(own.y) == [10, 10, 16, None, 13]
    assert own.connectgaps is False


def test_colours_are_four_at_most() -> None:
    figure = plot_impact(FIGURES)
    used = {t.line.color for t in figure.data if t.name}
    used |= {s.line.color for s in figure.layout.shapes if s.line.color and s.y0 == s.y1}
    greys = {c for c in used if len({c[1:3], c[3:5], c[5:7]}) == 1 or c in ("#56616B", "#8C9196")}
    assert len(used - greys) <= 4


def test_one_period_is_drawn_as_bars_from_zero() -> None:
    figure = plot_impact(make_figures([12.0], [10.0]))
    bar = figure.data[0]
    assert bar.type == "bar"
    assert list(bar.x) == [12.0, 10.0]
    assert figure.layout.xaxis.rangemode == "tozero"
    assert "Target 9.0 %" in texts_of(figure)
    assert "Baseline" not in texts_of(figure)


def test_a_scale_that_does_not_start_at_zero_is_known() -> None:
    assert starts_at_zero(make_figures([2, 10, 16, 15, 13]))
    high = make_figures([70, 71, 72, 73, 74], action=replace(ACTION, target=75, intervention=None))
    assert not starts_at_zero(high)
    assert plot_impact(high).layout.yaxis.range[0] > 60


def test_a_start_outside_the_figures_is_not_drawn_inside_them() -> None:
    late = make_figures([1, 2, 3, 4, 5], action=replace(ACTION, start=dt.date(2060, 1, 1)))
    assert "Action began" not in texts_of(plot_impact(late))
    none = make_figures([1, 2, 3, 4, 5], action=replace(ACTION, start=None, target=None))
    assert "Action began" not in texts_of(plot_impact(none))


def test_the_report_shows_the_figures_of_the_screen() -> None:
    chart = make_impact_chart(FIGURES, "impact-a1")
    screen = lines_of(plot_impact(FIGURES))
    series = {one.name: one for one in chart.series}
    assert chart.kind == "line"
    assert list(chart.categories) == ["2018", "2019", "2020", "2021", "2022"]
    assert [v for v in series["Ashford"].values if v is not None] == screen["Ashford"]
    assert series["Ashford"].values[3] is None
    assert series["Ashford"].low[0] == 9.5
    assert series["England"].role == "other"
    assert {n for n, s in series.items() if s.role == "guide"} == {
        "Baseline 10.0 %", "Target 9.0 %", "Step in at 15.0 %"
    }  # fmt: skip
    began = [band for band in chart.bands if band.label.startswith("Action began")]
    assert [(band.first, band.last) for band in began] == [(3, 3)]
    assert all(len(one.values) == 5 for one in chart.series)
    bars = make_impact_chart(make_figures([12.0], [10.0]), "impact-a2")
    assert bars.kind == "bar"
    assert tuple(bars.categories) == ("Ashford", "England")
    assert tuple(bars.series[0].values) == (12.0, 10.0)


def test_the_table_has_every_figure_and_says_before_and_after() -> None:
    table = make_impact_table(FIGURES)
    assert len(table) == 10
    own = table[table["Place"] == "Ashford"].reset_index(drop=True)
    assert own["When"].tolist() == [
        "before the start", "before the start, baseline", "before the start",
        "holds the start", "after the start",
    ]  # fmt: skip
    assert math.isnan(own["Fuel poverty (%)"][3])
    assert "withheld" in own["Note"][3]


def test_a_district_figure_says_so_in_every_output() -> None:
    figures = replace(FIGURES, district_figure="Ashford")
    words = "District figure, not ward: all of Ashford together."
    assert list_source_lines(figures)[0] == words
    assert words in make_impact_chart(figures, "x").description
    assert list_source_lines(FIGURES)[0].startswith("Source: ")


def test_the_sign_of_the_interval_is_named() -> None:
    assert interval_words(FIGURES) == "Whiskers: 95 % interval of Ashford"
    bare = replace(FIGURES, place=replace(FIGURES.place, lower=(NAN,) * 5, upper=(NAN,) * 5))
    assert interval_words(bare) == ""


def test_wards_together_are_counts_added_then_divided() -> None:
    count, people = np.array([[10.0, 30.0], [20.0, 20.0]]), np.array([[100.0, 100], [400, 400]])
    value = 100 * count / people
    flag = np.full(value.shape, "", dtype=object)
    table = SeriesTable(
        pd.Index(["W1", "W2"]), ("2018", "2019"), value, value - 1, value + 1, count, people, flag
    )
    members = pd.DataFrame({"population": [100.0, 400.0], "lsoa_count": 1}, index=["W1", "W2"])
    whole = pool_members(table, members, make_indicator(), ("", "2 wards"))
    assert whole.value == pytest.approx((6.0, 10.0))  # not the mean of 10 and 5
    assert whole.lower[0] == pytest.approx(4.23, abs=0.01)  # Wilson, 30 of 500
    assert whole.upper[0] == pytest.approx(8.44, abs=0.01)
    assert whole.flag == ("", "")


def test_withheld_counts_of_wards_together_widen_the_interval() -> None:
    # 10 of 100 known; the other 400 hide 0 to 8 in their one LSOA: 4 in the middle.
    count, people = np.array([[10.0], [NAN]]), np.array([[100.0], [400.0]])
    value = 100 * count / people
    flag = np.array([[""], ["suppressed"]], dtype=object)
    codes = pd.Index(["W1", "W2"])
    table = SeriesTable(codes, ("2018",), value, value, value, count, people, flag)
    members = pd.DataFrame({"population": [100.0, 400.0], "lsoa_count": 1}, index=codes)
    whole = pool_members(table, members, make_indicator(), ("", "2 wards"), (0, 8))
    assert (whole.value, whole.flag) == ((pytest.approx(2.8),), ("estimated",))
    limits = {"lower": np.array([[0.5], [1.5]]), "upper": np.array([[3.0], [4.0]])}
    place = take_series(replace(table, value=np.array([[1.0], [2.0]]), **limits), "W2", "North")
    assert (place.lower, place.upper) == ((1.5,), (4.0,))
    assert (place.code, place.name, place.value, place.flag) == (
        "W2",
        "North",
        (2.0,),
        ("suppressed",),
    )


def test_one_row_of_a_table_and_some_of_its_periods() -> None:
    place = make_place([1.0, 2.0, 3.0, NAN], code="W2", name="North")
    some = cut_series(place, [2, 0, 3])
    assert (some.code, some.name) == ("W2", "North")
    assert some.value[:2] == (3, 1)
    assert (some.lower[:2], some.upper[:2]) == ((2.5, 0.5), (3.5, 1.5))
    assert some.flag == ("", "", "suppressed")


def test_a_difference_that_is_printed_as_zero_is_level_and_no_other() -> None:
    for decimals, level, tells in ((1, 0.04, 0.05), (0, 0.4, 0.5)):
        low = make_indicator(polarity="low_is_good", decimals=decimals)
        assert [judge(size, low) for size in (level, -level, 0.0)] == ["level"] * 3
        # 0.5 is printed as 1 where no decimal is kept.
        assert (judge(tells, low), judge(-tells, low)) == ("worse", "better")
        high = make_indicator(polarity="high_is_good", decimals=decimals)
        assert (judge(tells, high), judge(-tells, high)) == ("better", "worse")
        none = make_indicator(polarity="no_judgement", decimals=decimals)
        assert (judge(tells, none), judge(-tells, none)) == ("higher", "lower")


def test_a_change_needs_two_periods_that_both_have_a_figure() -> None:
    figures = make_figures([1.0, 2.0, NAN, 4.0])
    found = measure_change(figures, figures.place, 1, 0)
    assert found is not None
    assert found.size == -1
    for first, last in ((-1, 1), (1, -1), (-1, -1), (1, 1), (0, 2), (2, 0)):
        assert measure_change(figures, figures.place, first, last) is None, (first, last)


def test_the_day_of_the_start_decides_what_is_before_and_after() -> None:
    for start, words in (
        (dt.date(2020, 1, 1), "after the start"),
        (dt.date(2020, 12, 31), "holds the start"),
        (dt.date(2021, 1, 1), "before the start"),
        (None, ""),
    ):
        action = replace(ACTION, start=start)
        table = make_impact_table(replace(make_figures([1.0, 2.0, 3.25]), action=action))
        assert table["When"].iloc[2] == words
        assert table["Period"].tolist() == ["2018", "2019", "2020"]
        assert table["Fuel poverty (%)"].tolist() == [1.0, 2.0, 3.3]


MONTHS = [f"{2020 + n // 12}-{n % 12 + 1:02d}" for n in range(14)]
CALM = [10, 12, 9, 11, 8, 12, 10, 9, 11, 10, 8, 12, 11, 9]


def test_the_process_chart_speaks_in_signs_with_words() -> None:
    indicator = make_indicator()
    chart = compute_process(MONTHS, CALM, "low_is_good", 30.0)
    assert say_variation(chart) == "(~) Common cause: the usual ups and downs"
    assert say_assurance(chart).startswith("(P) Consistently hits the target")
    assert make_process_title(chart, indicator) == "Fuel poverty: within its usual ups and downs"
    text = describe_process(chart, indicator, "Ashford")
    assert "average 10.1 %" in text
    assert "Seasons are not taken out" in text
    high = compute_process(MONTHS, [*CALM[:-1], 40], "low_is_good")
    assert say_variation(high).startswith("(H) Special cause, concerning")
    assert say_assurance(high) == "(–) Assurance not told: the plan sets no target"
    low = compute_process(MONTHS, [*CALM[:-1], -30], "low_is_good")
    assert say_variation(low).startswith("(L) Special cause, improving")
    unjudged = compute_process(MONTHS, CALM, "no_judgement", 5.0)
    assert "neither higher nor lower" in say_assurance(unjudged)


def test_the_process_table_and_figure_hold_every_point_and_show_a_new_start() -> None:
    months = [f"{2020 + n // 12}-{n % 12 + 1:02d}" for n in range(28)]
    chart = compute_process(
        months, [*CALM, *(v + 20 for v in CALM)], "low_is_good", restarts=(months[14],)
    )
    table = make_process_table(chart, make_indicator())
    assert table["Fuel poverty (%)"].tolist() == list(chart.values)
    assert table.index[table["Limits start anew"] == "yes"].tolist() == [14]
    figure = plot_process(chart, make_indicator(), theme="dark")
    assert list(figure.data[1].y) == list(chart.values)
    assert "limits start anew" in texts_of(figure)
    assert "The limits start anew, by choice, in March 2021." in describe_process(
        chart, make_indicator(), "Ashford"
    )


def test_the_report_has_the_process_chart_of_the_screen() -> None:
    months = [f"{2020 + n // 12}-{n % 12 + 1:02d}" for n in range(28)]
    chart = compute_process(
        months, [*CALM, *(v + 20 for v in CALM)], "low_is_good", 30.0, restarts=(months[14],)
    )
    block = make_process_block(chart, make_indicator(), "Ashford", "process-a1", ["Source: X"])
    series = {one.name: list(one.values) for one in block.series}
    assert series["Ashford"] == list(chart.values)
    assert set(series["Average"]) == {part.mean for part in chart.segments}
    assert set(series["Upper limit"]) == {part.upper for part in chart.segments}
    assert series["Target"] == [30.0] * 28
    assert block.description == describe_process(chart, make_indicator(), "Ashford")
    assert block.sources[0] == "Source: X"


def test_a_limit_that_figures_cannot_reach_is_said_to_be_below_zero() -> None:
    chart = compute_process(MONTHS, [0, 9, 0, 8, 1, 9, 0, 7, 0, 9, 1, 8, 0, 9], "low_is_good")
    assert chart.segment.lower < 0
    assert "Lower limit below zero" in texts_of(plot_process(chart, make_indicator()))
    assert "lower limit below zero" in describe_process(chart, make_indicator(), "Ashford")
