"""XmR charts against published limits, the rules one by one, and what must never be claimed."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr

from analysis.process_chart import compute_process, judge_point, measure_likeness, why_no_process
from data.load import load_periods, load_values

NAN = math.nan
# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flowrates of ten batches.
NIST = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
# NHSRplotthedots, "Deviations from Excel defaults": what the Excel tool makes of 18 points.
NHS = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)
CALM = (10, 12, 9, 11, 8, 12, 10, 9, 11, 10, 8, 12, 11, 9)


def months(count: int, first: int = 0) -> list[str]:
    return [f"{2015 + n // 12}-{n % 12 + 1:02d}" for n in range(first, first + count)]


def chart_of(values, polarity="low_is_good", **more):
    return compute_process(months(len(values)), values, polarity, **more)


def test_limits_equal_those_published_by_nist() -> None:
    part = chart_of([*NIST, NAN, NAN, *NIST]).segments[0]
    # Twice the same ten points with a gap between: same average and same moving ranges.
    assert part.mean == pytest.approx(50.81)
    assert part.moving_range == pytest.approx(1.8778, abs=5e-5)
    # The handbook divides by d2 = 1.128; 2.66 is 3 / 1.128 rounded.
    assert part.upper == pytest.approx(55.8041, abs=1e-3)
    assert part.lower == pytest.approx(45.8159, abs=1e-3)


def test_limits_and_signal_equal_those_of_the_nhs_tool() -> None:
    chart = chart_of(NHS, "high_is_good")
    part = chart.segments[0]
    assert [round(x, 2) for x in (part.upper, part.mean, part.lower)] == [6.95, 1.94, -3.06]
    assert [n for n, rule in enumerate(chart.rules) if rule] == [4]
    assert chart.rules[4] == "outside"
    assert chart.directions[4] == 1


def test_calm_months_are_common_cause() -> None:
    chart = chart_of(CALM)
    assert set(chart.rules) == {""}
    assert chart.variation == "common_cause"


def test_seven_points_on_one_side_are_a_shift_and_six_are_not() -> None:
    six = chart_of([10, 12, 8, 11, 9, 12, 8, 12.5, 11, 12, 11.5, 12, 11, 7.9, 12, 8])
    assert "shift" not in six.rules
    low = [10, 12, 8, 11, 9, 12, 8, 12, 8, 12]
    high = [12, 11, 12.5, 11, 12, 11.5, 12.2]
    chart = chart_of([*low, 8, *high])
    assert chart.rules[-7:] == ("shift",) * 7
    assert chart.variation == "concerning"
    assert chart_of([*low, 8, *high], "high_is_good").variation == "improving"
    assert chart_of([*low, 8, *high], "no_judgement").variation == "high"


def test_seven_rising_points_are_a_trend_and_six_are_not() -> None:
    jumpy = [10, 14, 9, 15, 8, 14, 9]
    chart = chart_of([*jumpy, 8, 9, 10, 11, 12, 13, 14])
    assert chart.rules[-7:] == ("trend",) * 7
    assert set(chart.directions[-7:]) == {1}
    assert "trend" not in chart_of([*jumpy, 15, 9.5, 10, 11, 12, 13, 14]).rules[:-7]
    six = chart_of([*jumpy, 12, 9, 10, 11, 12, 13, 14, 9])
    assert "trend" not in six.rules


def test_a_falling_trend_above_the_average_counts_as_falling() -> None:
    values = [1.0] * 8 + [20, 19, 18, 17, 16, 15, 14, 13, 12]
    chart = chart_of(values, "low_is_good")
    named = {(r, d) for r, d in zip(chart.rules[9:], chart.directions[9:], strict=True)}
    assert ("trend", -1) in named
    assert chart.rules[-1] in ("trend", "outside")


def test_two_of_three_points_near_a_limit_are_a_signal() -> None:
    calm = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10]
    chart = chart_of([*calm, 17, 12.5, 17])
    part = chart.segments[0]
    near = part.mean + 2 / 3 * (part.upper - part.mean)
    assert near < 17 < part.upper
    assert chart.rules[-3:] == ("two_in_three", "", "two_in_three")
    # A point between them on the other side of the average breaks the rule.
    assert chart_of([*calm, 17, 10.0, 17]).rules[-3:] == ("", "", "")
    assert chart_of([*calm, 5, 9.5, 5]).rules[-3:] == ("two_in_three", "", "two_in_three")
    assert chart_of([*calm, 5, 12.0, 5]).rules[-3:] == ("", "", "")


def test_a_missing_month_ends_a_run_and_has_no_moving_range() -> None:
    calm = [10, 12, 8, 11, 9, 12, 8, 12, 8, 12, 8]
    whole = [*calm, 11, 11.5, 11, 11.5, 11, 11.5, 11]
    broken = [*calm, 11, 11.5, 11, NAN, 11.5, 11, 11.5, 11]
    assert "shift" in chart_of(whole).rules
    assert "shift" not in chart_of(broken).rules
    # The same where the month is not in the table at all.
    keys = [*months(14), *months(4, first=16)]
    gone = compute_process(keys, [v for v in broken if not math.isnan(v)], "low_is_good")
    assert "shift" not in gone.rules
    assert gone.segments[0].moving_range == chart_of(broken).segments[0].moving_range


def test_limits_start_anew_where_somebody_chose_so_and_nowhere_else() -> None:
    values = [*CALM, *(v + 20 for v in CALM)]
    assert len(chart_of(values).segments) == 1
    chart = chart_of(values, restarts=(months(28)[14],))
    assert [(p.first, p.last) for p in chart.segments] == [(0, 13), (14, 27)]
    assert chart.segments[1].mean == pytest.approx(chart.segments[0].mean + 20)
    assert set(chart.rules) == {""}
    assert (
        chart_of(values, restarts=("1990-01", months(1)[0])).segments == chart_of(values).segments
    )


def test_fewer_than_twelve_points_claim_nothing() -> None:
    assert "needs 12 months" in why_no_process(months(11), [1.0] * 11)
    with pytest.raises(ValueError, match="12 months"):
        chart_of([1.0] * 11)
    short = chart_of([*CALM, *[90.0, 91, 92, 93, 94, 95, 96, 97, 98]], restarts=(months(15)[14],))
    assert set(short.rules) == {""}
    assert short.variation == short.assurance == "not_told"


@pytest.mark.parametrize(
    ("polarity", "target", "answer"),
    [
        ("low_is_good", 30.0, "hits"),
        ("low_is_good", 1.0, "fails"),
        ("low_is_good", 10.0, "hit_and_miss"),
        ("high_is_good", 1.0, "hits"),
        ("high_is_good", 30.0, "fails"),
        ("no_judgement", 30.0, "not_told"),
        ("low_is_good", NAN, "not_told"),
    ],
)
def test_assurance_compares_the_target_with_the_limits(polarity, target, answer) -> None:
    assert chart_of(CALM, polarity, target=target).assurance == answer


def test_rolling_years_yearly_figures_and_one_month_a_year_are_refused() -> None:
    rolling = load_periods("house_price_district_median")
    assert "shares most of them" in why_no_process(rolling, [1.0] * len(rolling))
    years = load_periods("claimant_count_percent")
    assert "needs monthly figures" in why_no_process(years, [1.0] * len(years))
    # Pay is a figure of each April: written as months, but a year apart.
    aprils = load_periods("median_weekly_pay")
    assert aprils[0].endswith("-04")
    assert "needs monthly figures" in why_no_process(aprils, [1.0] * len(aprils))


def test_a_real_monthly_series_has_limits_worked_out_by_hand() -> None:
    values = load_values("universal_credit_households_percent")
    own = values[(values["area_code"] == "E07000011") & (values["period_start"] >= "2021-01-01")]
    chart = compute_process(own["period"].astype(str).tolist(), own["value"], "no_judgement")
    figures = own["value"].tolist()
    inside = figures[:-1]  # November 2023 stands alone after a gap of ten months.
    moves = [abs(b - a) for a, b in pairwise(inside)]
    part = chart.segments[0]
    assert part.count == 25
    assert part.mean == pytest.approx(sum(figures) / 25)
    assert part.upper == pytest.approx(part.mean + 2.66 * sum(moves) / len(moves))
    assert measure_likeness(chart) > 0.5


def test_neighbouring_months_are_compared_and_only_where_there_are_eleven_pairs() -> None:
    values = [3, 5, 5, 8, 2, 9, 9, 4, 7, 1, 6, 2]
    expected = pearsonr(values[:-1], values[1:]).statistic
    assert measure_likeness(chart_of(values)) == pytest.approx(expected)
    odd = [value % 2 for value in values]
    assert measure_likeness(chart_of(odd)) == pytest.approx(pearsonr(odd[:-1], odd[1:]).statistic)
    # With a month missing in the middle ten pairs are left.
    assert math.isnan(measure_likeness(chart_of([*values[:6], NAN, *values[6:]])))
    # The thirteenth month has no figure, or no row: those beside it do not meet.
    gap, keys = [*values, NAN, 5, 6], months(15)
    without = compute_process(keys[:12] + keys[13:], [*values, *gap[13:]], "low_is_good")
    pairs = [*pairwise(values), (5, 6)]
    expected = pearsonr(*zip(*pairs, strict=True)).statistic
    for chart in (chart_of(gap), without):
        assert measure_likeness(chart) == pytest.approx(expected)
    assert math.isnan(measure_likeness(chart_of([4.0] * 14)))


def test_two_in_three_means_two_thirds_of_the_way_and_three_points_only() -> None:
    base = [9, 11] * 10
    # Half of the way to the limit (0.51 and 0.55) is not far out.
    assert set(chart_of([*base, 9, 13, 13.2, 11]).rules) == {""}
    # Two at 0.77 and a third on their side: what follows them does not matter.
    far = chart_of([*base, 14.6, 14.6, 11, 9])
    assert far.rules[-4:] == ("two_in_three", "two_in_three", "", "")
    # One point far above and, as the fourth, one far below.
    assert set(chart_of([*base, 9, 11, 11, 14.6, 5.4, 9]).rules) == {""}


def test_points_after_a_missing_month_are_looked_at_too() -> None:
    chart = chart_of([*CALM, NAN, *CALM[:5], 40])
    assert (chart.rules[-1], chart.directions[-1]) == ("outside", 1)


def test_six_rises_with_a_fall_among_them_are_no_trend() -> None:
    chart = chart_of([*CALM[:10], 8, 9, 10, 11, 10, 11, 12, 13, 14])
    assert "trend" not in chart.rules


def test_where_neither_end_is_good_points_are_high_or_low() -> None:
    assert judge_point("shift", 1, "no_judgement") == "high"
    assert judge_point("shift", -1, "no_judgement") == "low"
    assert judge_point("", 0, "no_judgement") == "common_cause"


SERIES = st.lists(st.floats(0, 1000, allow_nan=False, width=32), min_size=12, max_size=60)


@settings(max_examples=60)
@given(SERIES, st.sampled_from(["low_is_good", "high_is_good"]))
def test_a_mirrored_series_is_judged_the_opposite_way(values, polarity) -> None:
    chart, mirror = chart_of(values, polarity), chart_of([-v for v in values], polarity)
    assert mirror.rules == chart.rules
    assert mirror.directions == tuple(-d for d in chart.directions)
    opposite = {"improving": "concerning", "concerning": "improving"}
    assert mirror.variation == opposite.get(chart.variation, chart.variation)


@settings(max_examples=60)
@given(SERIES)
def test_outside_means_outside_and_limits_hold_the_average(values) -> None:
    chart = chart_of(values)
    part = chart.segments[0]
    assert part.lower <= part.mean <= part.upper
    for value, rule in zip(values, chart.rules, strict=True):
        if rule == "outside":
            assert value > part.upper or value < part.lower


@settings(max_examples=60)
@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(12, 40))
def test_a_level_series_never_signals(value, count) -> None:
    assert set(chart_of([value] * count).rules) == {""}
