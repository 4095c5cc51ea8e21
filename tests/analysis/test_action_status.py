"""The status rule: cases computed by hand, with real figures where they are named."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.action_status import (
    ActionFigures,
    Reading,
    StatusRule,
    compute_status,
    describe_rule,
    expect,
)
from analysis.action_words import round_share
from data.catalogue import load_catalogue
from data.planned_action import PlannedAction
from pages.shared.plan_data import load_action_figures

TODAY = dt.date(2026, 11, 25)
RULE = StatusRule()
CLAIMANTS = load_catalogue().indicators["claimant_count_percent"]  # a low figure is good
ACTIVE = load_catalogue().indicators["physically_active_percent"]  # a high figure is good
NEUTRAL = load_catalogue().indicators["economic_inactivity_percent"]
START, END = dt.date(2020, 12, 31), dt.date(2024, 12, 31)  # 1,461 days
HALF = dt.date(2022, 12, 31)  # 730 days later: 49.97 % of the line


def make(latest: float, *, baseline=10.0, target=6.0, indicator=CLAIMANTS, **changes):
    action = PlannedAction("A1", "x", indicator=indicator.id, baseline_period="2020", start=START,
                           target=target, target_date=END)  # fmt: skip
    figures = ActionFigures(
        indicator, "Somewhere", "district",
        Reading(baseline, "2020", START), Reading(latest, "2022", HALF),
    )  # fmt: skip
    return dataclasses.replace(action, **changes), figures


def status(latest: float, rule: StatusRule = RULE, **changes) -> str:
    return compute_status(*make(latest, **changes), rule, TODAY).status


def test_the_line_runs_straight_from_baseline_to_target():
    assert expect(10, 6, START, END, START) == 10
    assert expect(10, 6, START, END, HALF) == pytest.approx(10 - 4 * 730 / 1461)
    assert expect(10, 6, START, END, END) == 6
    assert expect(10, 6, START, END, dt.date(2030, 1, 1)) == 6
    assert expect(10, 6, START, END, dt.date(2019, 1, 1)) == 10
    assert expect(10, 6, END, END, END) == 6
    assert expect(10, 6, START, START + dt.timedelta(days=1), START) == 10


# Expected by then: 10 − 4 × 730 / 1,461 = 8.0014, a change of 1.9986. 80 % of it is 1.5989, so
# the figure may stand at 8.4011 at most.
@pytest.mark.parametrize(
    ("latest", "found"),
    [
        (7.9, "On track"),
        (8.0013, "On track"),
        (8.0020, "Within acceptable variance"),
        (8.4010, "Within acceptable variance"),
        (8.4020, "Off track"),
        (10.5, "Off track"),
        (0.0, "On track"),
    ],
)
def test_where_low_is_good_a_figure_above_the_line_is_behind(latest, found):
    assert status(latest) == found


def test_a_figure_exactly_on_a_limit_has_reached_it():
    # Binary fractions, on the target date: 0 is expected, 16 less than the baseline.
    for latest, rule, found in (
        (0.0, RULE, "On track"),
        (4.0, StatusRule(on_track=75, acceptable=50), "On track"),
        (4.0, StatusRule(acceptable=75), "Within acceptable variance"),
    ):
        action, figures = make(latest, baseline=16.0, target=0.0)
        figures = dataclasses.replace(figures, latest=Reading(latest, "2024", END))
        assert compute_status(action, figures, rule, TODAY).status == found


@pytest.mark.parametrize(
    ("latest", "words"),
    [
        (7.9, "7.9 % in 2022; the line is at 8.0 % on 31 December 2022; 105 % of the expected "
              "change since 2020 (10.0 %)"),
        (8.35, "8.4 % in 2022; the line is at 8.0 % on 31 December 2022; 83 % of the expected "
               "change since 2020 (10.0 %)"),
        (10.5, "10.5 % in 2022; the line is at 8.0 % on 31 December 2022; the other way since "
               "2020 (10.0 %)"),
        # Where figure and line print alike and are not, decimals are added.
        (8.03, "8.030 % in 2022; the line is at 8.001 % on 31 December 2022; 99 % of the expected "
               "change since 2020 (10.0 %)"),
    ],
)  # fmt: skip
def test_the_words_say_figure_line_and_share(latest, words):
    found = compute_status(*make(latest), RULE, TODAY)
    assert (found.words, found.why_not, found.expected_on) == (words, "", HALF)


@pytest.mark.parametrize(
    ("latest", "rule", "said", "shown", "found"),
    [  # on the day 8 is expected, so that 0.02 is 1 % of the expected change
        (8.0006, StatusRule(), "just under 100 %", 99.9, "Within acceptable variance"),
        (8.0, StatusRule(), "100 %", 100.0, "On track"),
        (8.0006, StatusRule(on_track=90), "just under 100 %", 99.9, "On track"),
        (8.204, StatusRule(on_track=90), "just under 90 %", 89.8, "Within acceptable variance"),
        (8.4006, StatusRule(), "just under 80 %", 79.9, "Off track"),
        (8.3, StatusRule(), "85 %", 85.0, "Within acceptable variance"),
        (8.29, StatusRule(), "86 %", 85.5, "Within acceptable variance"),
    ],
)
def test_a_share_never_seems_to_reach_a_limit_that_it_did_not(latest, rule, said, shown, found):
    end = {"target": 8.0, "target_date": HALF}
    computed = compute_status(*make(latest, **end), rule, TODAY)
    assert computed.status == found
    assert f"; {said} of the expected change" in computed.words
    assert round_share(computed.share) == shown


def test_a_long_unit_is_said_once_and_no_change_is_not_the_other_way():
    rate = dataclasses.replace(CLAIMANTS, unit="per 1,000 people")
    assert compute_status(*make(10.0, indicator=rate), RULE, TODAY).words == (
        "10.0 per 1,000 people in 2022; the line is at 8.0 on 31 December 2022; "
        "0 % of the expected change since 2020 (10.0)"
    )


def test_the_words_of_a_level_to_hold_and_of_the_intervention_level():
    line = "5.5 % in 2022; the line is at 5.0 % on 31 December 2022; "
    hold = {"baseline": 5.0, "target": 5.0}
    found = compute_status(*make(5.5, **hold, intervention=6.0), RULE, TODAY)
    assert found.words == f"{line}it is worse than the level to hold, short of intervention"
    assert (found.expected, found.expected_on, found.why_not) == (5, HALF, "")
    found = compute_status(*make(5.5, **hold), RULE, TODAY)
    assert (found.status, found.expected, found.expected_on, found.share) == ("", 5, HALF, None)
    assert found.words == f"{line}{found.why_not}"
    assert found.why_not == (
        "the target is to hold the level, and no intervention level says how much worse is "
        "acceptable"
    )


# Turned round: expected 11.9986, of which 80 % of the change is 11.5989.
@pytest.mark.parametrize(
    ("latest", "found"),
    [(12.0, "On track"), (11.6, "Within acceptable variance"), (11.59, "Off track")],
)
def test_where_high_is_good_a_figure_below_the_line_is_behind(latest, found):
    assert status(latest, baseline=10.0, target=14.0, indicator=ACTIVE) == found


def test_without_polarity_the_target_says_which_direction_is_wanted():
    assert status(8.5, baseline=10.0, target=6.0, indicator=NEUTRAL) == "Off track"
    assert status(11.5, baseline=10.0, target=12.0, indicator=NEUTRAL) == "On track"
    # The line stands at 8.0014 and at 10.9993; a fifth of the change is 0.3997 and 0.1999.
    assert status(8.35, baseline=10.0, target=6.0, indicator=NEUTRAL) == (
        "Within acceptable variance"
    )
    assert status(10.85, baseline=10.0, target=12.0, indicator=NEUTRAL) == (
        "Within acceptable variance"
    )


def test_the_intervention_level_overrules_the_line():
    assert status(7.9, intervention=7.8) == "Off track"
    assert status(7.9, intervention=7.9) == "Off track"
    assert status(7.9, intervention=8.0) == "On track"
    assert status(12.5, baseline=10.0, target=14.0, indicator=ACTIVE, intervention=12.6) == (
        "Off track"
    )
    found = compute_status(*make(7.9, intervention=7.8), RULE, TODAY)
    assert "it has reached the intervention level of 7.8 %" in found.words


def test_a_target_that_allows_a_rise_is_a_limit():
    # Claimants may rise from 2 % to 4 %: the line stands at 2.9993, and 20 % more of that rise
    # is still acceptable: 3.1992.
    assert status(2.0, baseline=2.0, target=4.0) == "On track"
    assert status(2.99, baseline=2.0, target=4.0) == "On track"
    assert status(3.1, baseline=2.0, target=4.0) == "Within acceptable variance"
    assert status(3.3, baseline=2.0, target=4.0) == "Off track"
    # The other way: activity may fall from 60 % to 58 %, the line stands at 59.0007.
    assert status(59.5, baseline=60.0, target=58.0, indicator=ACTIVE) == "On track"
    assert status(58.5, baseline=60.0, target=58.0, indicator=ACTIVE) == "Off track"


def test_a_level_to_hold_is_judged_by_the_intervention_level():
    hold = {"baseline": 5.0, "target": 5.0}
    assert status(5.0, **hold) == "On track"
    assert status(4.0, **hold) == "On track"
    assert status(5.5, **hold, intervention=6.0) == "Within acceptable variance"
    assert status(6.0, **hold, intervention=6.0) == "Off track"
    found = compute_status(*make(5.5, **hold), RULE, TODAY)
    assert (found.status, found.share) == ("", None)
    assert "no intervention level" in found.why_not
    assert "neither direction" in compute_status(
        *make(5.5, **hold, indicator=NEUTRAL), RULE, TODAY
    ).why_not  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (StatusRule(on_track=90), "On track"),
        (StatusRule(on_track=100, acceptable=95), "Off track"),
        (StatusRule(expected_on="today"), "Off track"),
        (StatusRule(oldest_months=24), ""),
        (StatusRule(oldest_months=46), ""),  # December 2022 is 47 months before November 2026
        (StatusRule(oldest_months=47), "Within acceptable variance"),
    ],
)
def test_the_settings_change_the_status(rule, found):
    # 8.2 is 90.06 % of the expected change; today, after the target date, 6 is expected.
    assert status(8.2, rule) == found
    assert status(8.21, StatusRule(on_track=90)) == "Within acceptable variance"  # 89.56 %


def test_the_words_of_the_rule_hold_its_numbers():
    words = describe_rule(StatusRule(95, 70, "today", 18))
    for part in ("at least 95 %", "at least 70 %", "today, however old", "18 months"):
        assert part in words
    words = describe_rule(StatusRule())
    assert "with that line on the last day of the newest figure’s period. “On track”: at" in words
    assert "months" not in words
    assert "level, whatever the line says. The rule is" in words


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"indicator": ""}, "no indicator"),
        ({"target": None}, "no target"),
        ({"target_date": None}, "no target date"),
        ({"start": HALF}, "no figure newer than the start (the newest is for 2022)"),
        ({"start": dt.date(2023, 1, 1)}, "no figure newer than the start (the newest is for 2022)"),
    ],
)
def test_what_cannot_be_computed_says_why(changes, why):
    action, figures = make(8.0)
    found = compute_status(dataclasses.replace(action, **changes), figures, RULE, TODAY)
    assert (found.status, found.why_not) == ("", why)


def test_a_district_figure_is_never_used_for_wards():
    action, figures = make(8.0, wards=("E05011266",))
    found = compute_status(action, dataclasses.replace(figures, district_only=True), RULE, TODAY)
    assert found.why_not == "the action is for wards, and this is a district figure, not ward"
    whole = dataclasses.replace(action, wards=())
    found = compute_status(whole, dataclasses.replace(figures, district_only=True), RULE, TODAY)
    assert found.status == "On track"


def test_a_missing_figure_is_never_zero():
    action, figures = make(8.0)
    without = dataclasses.replace(figures, latest=None, why_none="no figure for Somewhere")
    assert compute_status(action, without, RULE, TODAY).why_not == "no figure for Somewhere"


@given(
    st.floats(0.1, 90), st.floats(0.1, 90), st.floats(0, 100),
    st.sampled_from([CLAIMANTS, ACTIVE, NEUTRAL]), st.integers(0, 100), st.integers(0, 100),
)  # fmt: skip
def test_a_better_figure_never_has_a_worse_status(baseline, target, latest, indicator, a, b):
    rule = StatusRule(max(a, b), min(a, b))
    order = ["Off track", "Within acceptable variance", "On track"]
    if abs(baseline - target) < 0.01:
        return
    low_is_good = indicator is CLAIMANTS or (indicator is NEUTRAL and target < baseline)
    better = latest - 1 if low_is_good else latest + 1
    found = [
        order.index(status(value, rule, baseline=baseline, target=target, indicator=indicator))
        for value in (latest, better)
    ]
    assert found[0] <= found[1]


def test_claimants_of_huntingdonshire_by_hand():
    # Nomis, yearly averages: 3.3 % in 2020, 2.2 % in 2022. From 1 April 2021 to a target of 1.5 %
    # by the end of 2024 are 1,370 days, of which 639 have passed at the end of 2022.
    figures = load_action_figures("claimant_count_percent", "2020", "E07000011")
    assert figures.baseline
    assert figures.latest
    first, last = figures.baseline.value, figures.latest.value
    assert (round(first, 1), round(last, 1)) == (3.3, 2.2)
    action = PlannedAction(
        "A1", "x", indicator="claimant_count_percent", baseline_period="2020",
        start=dt.date(2021, 4, 1), target=1.5, target_date=dt.date(2024, 12, 31),
    )  # fmt: skip
    found = compute_status(action, figures, RULE, TODAY)
    expected = first + (1.5 - first) * 639 / 1370
    assert found.expected == pytest.approx(expected)
    assert found.share == pytest.approx(100 * (last - first) / (expected - first))
    assert found.status == "On track"
    assert found.words.startswith("2.2 % in 2022; the line is at 2.5 % on 31 December 2022")
    # A harder target, to be reached by the end of 2022: 1.1 of 1.8 points are 61 %.
    hard = dataclasses.replace(action, target=1.5, target_date=dt.date(2022, 12, 31))
    found = compute_status(hard, figures, RULE, TODAY)
    assert found.status == "Off track"
    assert found.share == pytest.approx(61, abs=3)


def test_wards_of_an_action_are_added_up_and_a_district_figure_says_so():
    wards = ("E05011266", "E05011268")
    several = load_action_figures("claimant_count_percent", "2020", "E07000011", wards)
    assert (several.place, several.geography) == ("2 wards together", "group of wards")
    one = load_action_figures("claimant_count_percent", "2020", "E07000011", wards[:1])
    assert (one.place, one.geography) == ("Huntingdon North", "ward")
    other = load_action_figures("claimant_count_percent", "2020", "E07000011", wards[1:])
    parts = [found.latest.value for found in (one, several, other) if found.latest]
    assert parts in (sorted(parts), sorted(parts, reverse=True))
    assert len(set(parts)) == 3
    district = load_action_figures("life_satisfaction_mean", "2020/21", "E07000011", wards)
    assert (district.geography, district.note) == ("district", "district figure, not ward")
    assert district.district_only
