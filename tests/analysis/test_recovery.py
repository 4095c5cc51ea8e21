"""Impact and recovery: hand-worked, with the awkward cases; classes, plans, pooling, lines."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.recovery import SeriesTable, compute_recovery, list_after, list_before, make_plan

YEARS = ("2018", "2019", "2020", "2021", "2022")
NAN = float("nan")


def make_series(
    *rows: list[float], half: float = 0.1, periods=YEARS, flag: str = "not_available", **own
) -> SeriesTable:
    """Rows of values; intervals of +- half; 1,000 people behind each, counts of a percentage."""
    value = np.array(rows, dtype=float)
    people = own.get("denominator", np.full(value.shape, 1000.0))
    return SeriesTable(
        pd.Index([f"W{n}" for n in range(len(rows))]),
        periods,
        value=value,
        lower=own.get("lower", value - half),
        upper=own.get("upper", value + half),
        numerator=own.get("numerator", value * people / 100),
        denominator=people,
        flag=np.where(np.isnan(value), flag, "").astype(object),
    )


def recover(series: SeriesTable, polarity: str = "low_is_good", **plan) -> pd.DataFrame:
    baseline = plan.get("baseline", ("2019", "2019"))
    found = make_plan(series.periods, baseline, plan.get("end", "2022"), plan.get("last", ""))
    return compute_recovery(series, found, polarity, plan.get("interval", "none"), 100)


def one(values: list[float], polarity: str = "low_is_good", **how) -> pd.Series:
    return recover(make_series(values, **how), polarity).iloc[0]


def test_a_ward_that_came_half_way_back():
    # Before 4, worst 10 in 2020, now 7: (10 - 7) / (10 - 4) = 50 %; last year 8 -> 7: 1/6.
    row = one([4, 4, 10, 8, 7])
    assert (row["baseline"], row["shock"], row["latest"], row["size"]) == (4, 10, 7, 6)
    assert row["shock_period"] == "2020"
    assert row["recovery"] == pytest.approx(50)
    assert row["progress"] == pytest.approx(100 / 6)
    assert row["class"] == "recovering"
    # Delta method: 100/6 x sqrt((3/6)^2 + 1 + (3/6)^2) x 0.1, for equal intervals of +- 0.1.
    half = 100 / 6 * np.sqrt(1.5) * 0.1
    assert row["recovery_high"] - row["recovery"] == pytest.approx(half)


def test_where_high_is_good_the_lowest_is_the_worst():
    row = one([80, 80, 74, 76, 77], "high_is_good")
    assert (row["shock"], row["size"]) == (74, -6)
    assert row["recovery"] == pytest.approx(50)
    assert row["class"] == "recovering"


@pytest.mark.parametrize(
    ("values", "recovery", "name"),
    [
        ([4, 4, 10, 6, 4.6], 90, "recovered"),
        ([4, 4, 10, 6, 4.7], 88.3333, "recovering"),
        ([4, 4, 10, 6, 3.9], 101.6667, "recovered"),  # 3.8 to 4.0 overlaps 3.9 to 4.1
        ([4, 4, 10, 6, 3.7], 105, "better_than_before"),
        ([4, 4, 10, 7.5, 7], 50, "stalled"),  # 0.5 of 6 is 8.3 %
        ([4, 4, 10, 7.6, 7], 50, "recovering"),  # 0.6 of 6 is 10 %
        ([4, 4, 10, 6.4, 7], 50, "worsening"),  # 10 % lost again
        ([4, 4, 10, 6.5, 7], 50, "stalled"),
        ([4, 4, 6, 8, 10], 0, "worsening"),  # the shock is in the last year
        ([4, 4, 10, 8, 10], 0, "worsening"),  # as bad as at first, again
    ],
)
def test_classes_at_their_limits(values, recovery, name):
    row = one(values)
    assert row["recovery"] == pytest.approx(recovery, abs=1e-3)
    assert row["class"] == name
    assert row["reason"] == ""


@pytest.mark.parametrize(
    "values",
    [
        [4, 4, 4, 4, 4],  # equal values
        [4, 4, 3, 3, 3],  # better in the pandemic: a negative baseline gap
        [0, 0, 0, 0, 0],
    ],
)
def test_no_shock_is_not_hit_and_has_no_recovery(values):
    row = one(values)
    assert row["class"] == "not_hit"
    assert np.isnan(row["recovery"])
    assert np.isnan(row["progress"])


def test_a_shock_within_the_intervals_is_called_so():
    assert one([4, 4, 4.2, 4, 4])["class"] == "in_margin"  # 3.9 to 4.1 touches 4.1 to 4.3
    assert one([4, 4, 4.21, 4, 4])["class"] != "in_margin"


def test_without_intervals_small_counts_are_within_the_margin():
    nothing = np.full((1, 5), NAN)
    few = make_series([1, 1, 3, 2, 2], lower=nothing, upper=nothing)  # 10 of 1,000 people
    assert recover(few).iloc[0]["class"] == "in_margin"
    many = make_series([4, 4, 10, 5, 3.5], lower=nothing, upper=nothing)
    row = recover(many).iloc[0]
    assert row["class"] == "recovered"  # 108 % is not clear of 100 % without intervals
    assert np.isnan(row["recovery_low"])
    assert not row["small"]
    better = make_series([4, 4, 10, 5, 3.4], lower=nothing, upper=nothing)
    assert recover(better).iloc[0]["class"] == "better_than_before"


@pytest.mark.parametrize(
    ("values", "flag", "reason"),
    [
        ([4, NAN, 10, 8, 7], "not_available", "no baseline (there is none)"),
        ([4, NAN, 10, 8, 7], "suppressed", "no baseline (withheld because the number is small)"),
        ([4, 4, NAN, NAN, NAN], "not_available", "no figure after March 2020 (there is none)"),
        ([4, 4, 10, 8, NAN], "not_available", "no latest figure (there is none)"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_told(values, flag, reason):
    row = one(values, flag=flag)
    assert row["class"] == "cannot_tell"
    assert row["reason"] == reason
    assert np.isnan(row["recovery"])


def test_a_denominator_of_zero_is_said():
    people = np.array([[1000, 0, 1000, 1000, 1000.0]])
    row = one([4, NAN, 10, 8, 7], denominator=people)
    assert row["class"] == "cannot_tell"
    assert row["reason"] == "no baseline (nobody to count: the denominator is zero)"


@pytest.mark.parametrize(("column", "estimated"), [(0, False), (1, True), (2, True), (4, True)])
def test_a_partly_withheld_figure_makes_the_row_an_estimate(column, estimated):
    series = make_series([4, 4, 10, 8, 7])
    series.flag[0, column] = "estimated"
    assert recover(series).iloc[0]["estimated"] == estimated


def test_the_worst_is_looked_for_up_to_a_period():
    row = recover(make_series([4, 4, 10, 8, 13]), last="2021").iloc[0]
    assert (row["shock"], row["shock_period"]) == (10, "2020")
    assert row["recovery"] == pytest.approx(-50)  # not cut off at 0
    assert row["class"] == "worsening"


def test_the_end_can_be_earlier():
    row = recover(make_series([4, 4, 10, 8, 3]), end="2021").iloc[0]
    assert (row["latest"], row["recovery"]) == (8, pytest.approx(100 / 3))


def test_a_baseline_of_several_periods_adds_counts_and_denominators():
    people = np.array([[1000, 3000, 1000, 1000, 1000.0]])
    series = make_series([2, 4, 10, 8, 7], denominator=people)
    row = recover(series, baseline=("2018", "2019"), interval="wilson").iloc[0]
    assert row["baseline"] == pytest.approx(100 * (20 + 120) / 4000)
    # Wilson for 70 of 2,000 (one average period): 2.78 % to 4.40 %.
    assert (row["baseline_low"], row["baseline_high"]) == (
        pytest.approx(2.78, abs=0.01),
        pytest.approx(4.40, abs=0.01),
    )
    events = recover(series, baseline=("2018", "2019"), interval="byar").iloc[0]
    # Byar for 140 events: 117.8 to 165.2, over 4,000.
    assert events["baseline_low"] == pytest.approx(2.944, abs=0.005)
    assert events["baseline_high"] == pytest.approx(4.130, abs=0.005)


def test_where_high_is_good_touching_intervals_are_within_the_margin_too():
    assert one([80, 80, 79.8, 80, 80], "high_is_good")["class"] == "in_margin"
    assert one([80, 80, 79.79, 80, 80], "high_is_good")["class"] != "in_margin"


def test_what_is_not_hit_or_within_the_margin_has_no_recovery():
    nothing = np.full((1, 5), NAN)
    better = recover(make_series([4, 4, 3, 3, 2], lower=nothing, upper=nothing)).iloc[0]
    margin = one([4, 4, 4.1, 4, 4])
    assert (better["class"], margin["class"]) == ("not_hit", "in_margin")
    for row in (better, margin):
        assert row[["recovery", "recovery_low", "recovery_high", "progress"]].isna().all()


def test_a_baseline_without_limits_and_few_people_is_within_the_margin():
    series = make_series([1, 1, 3, 2, 2])
    series.lower[0, 1] = series.upper[0, 1] = NAN
    assert recover(series).iloc[0]["class"] == "in_margin"


def test_a_hair_above_a_hundred_is_better_where_the_intervals_are_apart():
    row = one([4, 4, 10, 6, 3.97], half=0.001)
    assert (row["recovery"], row["class"]) == (pytest.approx(100.5), "better_than_before")


def test_limits_of_recovery_lie_on_both_sides_but_not_where_the_worst_is_the_latest():
    row = one([4, 4, 10, 8, 7])
    assert row["recovery"] - row["recovery_low"] == pytest.approx(
        row["recovery_high"] - row["recovery"]
    )
    assert row["recovery_low"] < 50
    assert one([4, 4, 6, 8, 10])[["recovery_low", "recovery_high"]].isna().all()


def test_a_count_is_small_below_twenty_and_an_average_is_that_of_one_period():
    def small(series, **plan):
        return recover(series, **plan)["small"].tolist()

    assert small(make_series([2, 2, 4, 3, 2], [2, 1.9, 4, 3, 2])) == [False, True]
    assert small(make_series([2, 1, 4, 3, 2]), baseline=("2018", "2019")) == [True]  # 15 a year
    assert small(make_series([2, 2, 4, 3, 2]), baseline=("2018", "2019")) == [False]


def test_each_area_has_its_own_reason_and_its_own_flags():
    rows = ([4, NAN, 10, 8, 7], [4, NAN, 10, 8, 7], [4, NAN, 10, 8, 7], [4, 4, NAN, NAN, NAN],
            [4, 4, 10, 8, 7], [4, 4, 10, 8, 7])  # fmt: skip
    people = np.full((6, 5), 1000.0)
    people[2, 1] = 0
    series = make_series(*rows, denominator=people)
    series.flag[1, 1] = "suppressed"
    series.flag[5, 4] = "unreliable"
    found = recover(series)
    assert found.index.tolist() == ["W0", "W1", "W2", "W3", "W4", "W5"]
    assert found["reason"].tolist() == [
        "no baseline (there is none)",
        "no baseline (withheld because the number is small)",
        "no baseline (nobody to count: the denominator is zero)",
        "no figure after March 2020 (there is none)",
        "",
        "",
    ]
    assert found["shock_period"].tolist() == ["2020", "2020", "2020", "", "2020", "2020"]
    assert found["estimated"].tolist() == [False] * 5 + [True]
    # In the last two years there are figures, but the worst is looked for in 2020 alone.
    early = recover(make_series([4, 4, NAN, 8, 7], [4, 4, 10, 8, 7]), last="2020")
    assert early["class"].tolist() == ["cannot_tell", "recovering"]
    assert np.isnan(early["shock"].iloc[0])


def test_a_series_that_ends_before_the_pandemic_has_no_shock():
    row = recover(make_series([4, 4, 5], periods=("2017", "2018", "2019")),
                  baseline=("2018", "2018"), end="2019").iloc[0]  # fmt: skip
    assert (row["class"], row["reason"]) == ("cannot_tell", "no figure after March 2020")
    assert (row["shock_period"], row["latest"]) == ("", 5)


def test_each_area_has_a_baseline_of_its_own_counts_or_of_its_means():
    rows = ([2, 4, 10, 8, 7], [3, 5, 9, 8, 7], [NAN, 4, 10, 8, 7])
    counted = recover(make_series(*rows), baseline=("2018", "2019"), interval="wilson")
    assert counted["baseline"].tolist() == pytest.approx([3, 4, NAN], nan_ok=True)
    # Wilson for 30 and for 40 of 1,000.
    assert counted["baseline_low"].tolist() == pytest.approx(
        [2.109, 2.952, NAN], abs=1e-3, nan_ok=True
    )
    # Prices have no counts: their mean.
    nothing = np.full((3, 5), NAN)
    means = recover(
        make_series(*rows, numerator=nothing, denominator=nothing), baseline=("2018", "2019")
    )
    assert means["baseline"].tolist() == pytest.approx([3, 4, NAN], nan_ok=True)


def test_one_missing_month_leaves_no_average():
    row = recover(make_series([NAN, 4, 10, 8, 7]), baseline=("2018", "2019")).iloc[0]
    assert row["class"] == "cannot_tell"
    assert row["reason"].startswith("no baseline")


def test_progress_counts_from_the_shock_where_that_is_less_than_a_year_ago():
    months = ("2019-06", "2020-02", "2021-03", "2021-06", "2021-09", "2022-03")
    series = make_series([4, 4, 5, 10, 9, 8.8], periods=months)
    row = recover(series, baseline=("2020-02", "2020-02"), end="2022-03").iloc[0]
    assert row["shock_period"] == "2021-06"
    assert row["progress"] == pytest.approx(20)  # 1.2 of 6, from the peak and not from 5


def test_before_and_after_are_told_by_the_middle_of_a_period():
    periods = ("2018", "2019", "2019/20", "2020", "2020-02", "2020-03", "2020/21")
    assert list_before(periods, "2019") == ["2019", "2019/20", "2020-02"]
    assert list_after(periods) == ["2020", "2020-03", "2020/21"]


@given(
    st.lists(st.floats(1, 50), min_size=5, max_size=5),
    st.sampled_from(["low_is_good", "high_is_good"]),
)
def test_recovery_is_the_same_whatever_the_unit_and_its_figures_add_up(values, polarity):
    row = one(values, polarity, half=0.001)
    scaled = one([10 * v for v in values], polarity, half=0.01)
    assert row["class"] == scaled["class"]
    if row["class"] in ("not_hit", "in_margin"):
        assert np.isnan(row["recovery"])
    else:
        assert row["recovery"] == pytest.approx(scaled["recovery"], rel=1e-6, abs=1e-6)
        back = row["shock"] - row["recovery"] / 100 * (row["shock"] - row["baseline"])
        assert back == pytest.approx(row["latest"])
        assert row["recovery"] < 90 or row["class"] in ("recovered", "better_than_before")


def test_areas_are_computed_each_on_its_own():
    rows = [[4, 4, 10, 8, 7], [4, 4, 4, 4, 4], [4, NAN, 10, 8, 7], [2, 2, 5, 9, 3]]
    together = recover(make_series(*rows))
    alone = pd.concat([recover(make_series(row)) for row in rows])
    pd.testing.assert_frame_equal(together.reset_index(drop=True), alone.reset_index(drop=True))
    assert together["shock_period"].tolist() == ["2020", "2020", "2020", "2021"]


def test_plan_finds_the_same_time_a_year_before():
    months = ("2020-02", "2021-11", "2021-12", "2022-11", "2022-12", "2023-11")
    plan = make_plan(months, ("2020-02", "2020-02"), "2023-11", "2021-12")
    assert (plan.baseline, plan.after, plan.end, plan.earlier) == ((0,), (1, 2), 5, 3)
    assert make_plan(YEARS, ("2018", "2019"), "2022").earlier == YEARS.index("2021")
