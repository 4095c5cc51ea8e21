"""The recent trend, against examples published with the code of Fingertips and worked by hand."""

import numpy as np
import pytest
from examples import NAN, make_indicator
from statsmodels.stats.proportion import proportion_confint

from analysis.trend import (
    CHI_SQUARED,
    NO_INTERVAL,
    TOO_FEW,
    UNCLEAR,
    choose_points,
    compute_trend,
    fit_line,
)

YEARS = ("2010", "2011", "2012", "2013", "2014")

# Counts, denominators and the trend that the tests of the department's own calculator expect
# (github.com/ukhsa-collaboration/fingertips-open, WhenUsingTrendMarkerCalculator: data 1, 2, 3,
# 5 and 5a).
PUBLISHED = [
    ([621, 599, 556, 535, 447], [3454, 3195, 3256, 3227, 3121], "falling"),
    ([2157, 2090, 2194, 2134.81, 2094], [3454, 3195, 3256, 3152, 3062], "rising"),
    ([8116, 8145, 8222, 8506, 8728], [91530, 91773, 92088, 92238, 92665.89], "rising"),
    ([5405, 5500, 5435, 5480, 5315], [18095, 18170, 18005, 17890, 17860], UNCLEAR),
    ([22435, 22445, 21365, 20955, 19055], [65880, 67900, 68705, 69835, 70910], "falling"),
]


def of_proportions(counts, denominators):
    counts, denominators = np.array(counts), np.array(denominators)
    low, high = proportion_confint(counts, denominators, method="wilson")
    return counts / denominators, low, high


@pytest.mark.parametrize(("counts", "denominators", "expected"), PUBLISHED)
def test_the_published_examples(counts, denominators, expected):
    trend = compute_trend(make_indicator(), YEARS, *of_proportions(counts, denominators))
    assert trend.word == expected
    assert (trend.first, trend.last) == ("2010", "2014")


def test_the_published_intervals_of_diabetes_in_england_rise():
    # Indicator 241, England, 2020 to 2024, as in the tests of dhsc-govuk/FingertipsNext.
    value = [7.0826, 7.1085, 7.2571, 7.4528, 7.6554]
    low = [7.0754, 7.1013, 7.2499, 7.4456, 7.6481]
    high = [7.094, 7.1199, 7.2684, 7.4643, 7.6669]
    assert compute_trend(make_indicator(), YEARS, value, low, high).text == "↗ rising, worse"


def test_the_line_worked_by_hand():
    # Half-widths of 1.96 are standard errors of 1, so that all weights are 1: the slope is
    # sum of (x - 2)(y - mean) over 10, its variance 1 / 10.
    y = np.array([1.0, 2, 3, 4, 10])
    line = fit_line(y, y - 1.96, y + 1.96)
    assert line.slope == pytest.approx((-2 * -3 - 1 * -2 + 0 + 1 * 0 + 2 * 6) / 10)
    assert line.chi_squared == pytest.approx(line.slope**2 * 10)
    assert line.steady


def test_the_weights_are_inverse_variances():
    # Standard errors 2, 1, 1, 1, 2 are weights of 1/4, 1, 1, 1, 1/4: about the middle the squares
    # of x weigh 4/4 + 1 + 0 + 1 + 4/4 = 4, the products with y -2 x 0/4 - 1 x 1 + 1 x 3 + 2 x 8/4.
    y, error = np.array([0.0, 1, 5, 3, 8]), np.array([2.0, 1, 1, 1, 2])
    line = fit_line(y, y - 1.96 * error, y + 1.96 * error)
    assert line.slope == pytest.approx((0 - 1 + 3 + 4) / 4)
    assert line.chi_squared == pytest.approx(1.5**2 * 4)


def test_a_line_that_is_level_without_one_point_is_not_steady():
    y = np.array([0.0, 0, 0, 0, 100])
    assert not fit_line(y, y - 1, y + 1).steady


def test_a_surer_point_weighs_more():
    y = np.array([0.0, 0, 0, 0, 10])
    error = np.array([1.0, 1, 1, 1, 100])
    unsure = fit_line(y, y - error, y + error)
    even = fit_line(y, y - 1, y + 1)
    assert 0 < unsure.slope < even.slope / 50


def test_one_outlier_makes_no_trend_however_sure_it_is():
    y = np.array([10.0, 10.1, 10, 9.9, 20])
    line = fit_line(y, y - 0.1, y + 0.1)
    assert line.chi_squared > CHI_SQUARED
    assert not line.steady  # without the last point the line falls
    assert compute_trend(make_indicator(), YEARS, y, y - 0.1, y + 0.1).word == UNCLEAR


@pytest.mark.parametrize(
    ("polarity", "up", "down"),
    [
        ("low_is_good", "worse", "better"),
        ("high_is_good", "better", "worse"),
        ("no_judgement", "", ""),
    ],
)
def test_polarity_says_what_is_better_and_the_mirror_says_the_opposite(polarity, up, down):
    indicator, y = make_indicator(polarity=polarity), np.array([1.0, 2, 3, 4, 5])
    rising = compute_trend(indicator, YEARS, y, y - 0.1, y + 0.1)
    falling = compute_trend(indicator, YEARS, -y, -y - 0.1, -y + 0.1)
    assert (rising.word, rising.judgement, rising.arrow) == ("rising", up, "↗")
    assert (falling.word, falling.judgement, falling.arrow) == ("falling", down, "↘")


def test_four_points_or_a_missing_one_are_too_few():
    y = np.array([1.0, 2, 3, 4])
    assert compute_trend(make_indicator(), YEARS[:4], y, y - 1, y + 1).word == TOO_FEW
    gap = np.array([1.0, 2, np.nan, 4, 5])
    assert compute_trend(make_indicator(), YEARS, gap, gap - 1, gap + 1).word == TOO_FEW


def test_without_an_interval_no_trend_is_told():
    y, none = np.arange(5.0), np.full(5, np.nan)
    assert compute_trend(make_indicator(), YEARS, y, none, none).word == NO_INTERVAL


@pytest.mark.parametrize("at", [0, 2, 4])
def test_one_point_without_an_interval_is_enough_to_tell_none(at):
    y = np.arange(5.0)
    low, high = y - 0.1, y + 0.1
    assert compute_trend(make_indicator(), YEARS, y, low, high).word == "rising"
    for lower, upper in ((NAN, high[at]), (low[at], NAN), (y[at], y[at])):
        some_low, some_high = low.copy(), high.copy()
        some_low[at], some_high[at] = lower, upper
        assert compute_trend(make_indicator(), YEARS, y, some_low, some_high).word == NO_INTERVAL


def test_points_before_a_break_are_not_part_of_a_trend():
    y = np.arange(5.0)
    assert compute_trend(make_indicator(), YEARS, y, y - 0.1, y + 0.1, "2010").word == "rising"
    assert compute_trend(make_indicator(), YEARS, y, y - 0.1, y + 0.1, "2011").word == TOO_FEW


def test_only_the_five_latest_points_count():
    y = np.array([100.0, 100, 1, 2, 3, 4, 5])
    years = [str(year) for year in range(2008, 2015)]
    assert compute_trend(make_indicator(), years, y, y - 0.1, y + 0.1).word == "rising"


def test_months_are_taken_once_a_year_and_periods_before_a_break_left_out():
    months = [f"{year}-{month:02}" for year in range(2015, 2024) for month in range(1, 13)][:-1]
    chosen = [months[n] for n in choose_points(months, "2019-01")]
    assert chosen == ["2019-11", "2020-11", "2021-11", "2022-11", "2023-11"]
    assert len(choose_points(months, "2020-01")) == 4
    years = ["2016", "2017", "2018", "2019", "2020", "2021", "2022"]
    assert [years[n] for n in choose_points(years, "2018")] == years[2:]
    quarters = [f"20{year}-Q{quarter}" for year in range(17, 24) for quarter in (1, 2, 3, 4)]
    assert quarters[choose_points(quarters)[0]] == "2019-Q4"


def test_years_of_every_kind_are_taken_as_they_come_and_rolling_ones_once_a_year():
    for years in (
        ["2017/18", "2018/19", "2019/20", "2020/21", "2021/22"],
        ["mid-2017", "mid-2018", "mid-2019", "mid-2020", "mid-2021"],
        # Three years at a time; spans of months.
        ["2003-05", "2006-08", "2009-11", "2012-14", "2015-17"],
        ["2015-11--2016-12", "2016-12--2018-01", "2018-02--2019-03"],
    ):
        assert choose_points(years) == list(range(len(years)))
    # Twelve months each: two of them share nine, so that one change would be seen four times.
    ends = [f"to-20{year}-{month:02}" for year in range(18, 25) for month in (3, 6, 9, 12)]
    chosen = [ends[n] for n in choose_points(ends[:-1])]
    assert chosen == ["to-2020-09", "to-2021-09", "to-2022-09", "to-2023-09", "to-2024-09"]
