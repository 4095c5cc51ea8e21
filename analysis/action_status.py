"""The status of an action by a visible rule: from baseline, target and newest figure.

The figure to expect lies on the straight line from the baseline to the target. The line starts on
the day the action starts, or on the last day of the baseline period where that is later, and ends
on the target date; after it the target is expected. How far the newest figure may fall short is a
share of the change expected by then (see `StatusRule`). The rule is the dashboard's own, not a
published method. It looks at the figure alone, not at its interval.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

from analysis.action_words import print_amount, print_share
from analysis.assessment import print_day
from data.catalogue import Indicator
from data.periods import age_words, read_period
from data.planned_action import OFF_TRACK, ON_TRACK, WITHIN_VARIANCE, PlannedAction

SLACK = 1e-9
NO_GOOD_DIRECTION = "no_judgement"


@dataclass(frozen=True)
class StatusRule:
    """The settings: percent of the expected change, when it is expected, how old a figure may be.

    `on_track` and `acceptable`: the least share of the expected change, in percent, that counts
    as on track and as within acceptable variance. `expected_on`: `figure` compares with the line
    on the last day of the newest figure's period, `today` with the line today. `oldest_months`: a
    figure that ended longer ago is not used; 0 for no limit.
    """

    on_track: int = 100
    acceptable: int = 80
    expected_on: Literal["figure", "today"] = "figure"
    oldest_months: int = 0


@dataclass(frozen=True)
class Reading:
    """One figure of one period; `lower` and `upper` are 95 % limits, NaN where there are none."""

    value: float
    period: str
    period_end: dt.date
    lower: float = math.nan
    upper: float = math.nan
    flag: str = ""


@dataclass(frozen=True)
class ActionFigures:
    """What the tables say about one action's indicator.

    `place` names what the figures are for, and `geography` its kind: `ward`, `group of wards`,
    `district`, `county`, `region` or `country`. `district_only`: the indicator has no figures for
    wards. `note` says what a reader has to mind. `why_none` says why a figure is missing.
    """

    indicator: Indicator | None = None
    place: str = ""
    geography: str = ""
    baseline: Reading | None = None
    latest: Reading | None = None
    district_only: bool = False
    note: str = ""
    why_none: str = ""


@dataclass(frozen=True)
class ComputedStatus:
    """The status by the rule, or why there is none.

    `status`: a word of `planned_action.STATUSES`, "" where it cannot be computed; then `why_not`
    says why. `expected` is in the indicator's unit; `share` is the change so far in percent of
    the change expected by then, None where no change is expected. `words`: how it was found.
    """

    status: str = ""
    why_not: str = ""
    expected: float | None = None
    expected_on: dt.date | None = None
    share: float | None = None
    words: str = ""


def describe_rule(rule: StatusRule) -> str:
    """The rule in words, with its numbers."""
    when = (
        "on the last day of the newest figure’s period"
        if rule.expected_on == "figure"
        else "today, however old the newest figure is"
    )
    age = (
        f" A figure that ended more than {rule.oldest_months} months ago is not used."
        if rule.oldest_months
        else ""
    )
    return (
        "A straight line runs from the baseline figure, at the action’s start, to the target, on "
        f"the target date. The newest figure is compared with that line {when}. “On track”: at "
        f"least {rule.on_track} % of the change expected by then. “Within acceptable variance”: at "
        f"least {rule.acceptable} %. “Off track”: less, or the figure has reached the intervention "
        f"level, whatever the line says.{age} The rule is this dashboard’s own and looks at the "
        "figure alone, not at its uncertainty."
    )


def compute_status(
    action: PlannedAction, figures: ActionFigures, rule: StatusRule, today: dt.date
) -> ComputedStatus:
    """The status of an action by the rule on a day.

    Args:
        action: with target and target date.
        figures: baseline and newest figure of its indicator, for the place it is about.
        rule: the settings.
        today: from which ages count.
    """
    if why := _find_obstacle(action, figures, rule, today):
        return ComputedStatus(why_not=why)
    baseline, latest, indicator = figures.baseline, figures.latest, figures.indicator
    if not (baseline and latest and indicator and action.target is not None and action.target_date):
        return ComputedStatus(why_not="no figures")
    day = latest.period_end if rule.expected_on == "figure" else today
    start = _line_start(action, baseline)
    expected = expect(baseline.value, action.target, start, action.target_date, day)
    change = expected - baseline.value
    bad = _bad_direction(indicator, baseline.value, action.target)
    behind = bad * (latest.value - expected)
    # Plus nought: no change over a fall to come would print as "-0 %".
    share = 100 * (latest.value - baseline.value) / change + 0.0 if abs(change) > SLACK else None
    status, why = _judge(action, latest.value, rule, bad, behind, abs(change))
    gained = None if share is None else _gained(share, latest.value, abs(change), rule)
    words = _describe(action, figures, expected, day, gained, why)
    if not status:
        return ComputedStatus("", why, expected, day, share, words)
    return ComputedStatus(status, "", expected, day, share, words)


def label(reading: Reading) -> str:
    """The period of a figure in words."""
    return read_period(reading.period).label


def expect(
    baseline: float, target: float, start: dt.date, target_date: dt.date, day: dt.date
) -> float:
    """The figure on the straight line on a day; the ends of the line before and after it."""
    length = (target_date - start).days
    done = 1.0 if length <= 0 else min(max((day - start).days / length, 0.0), 1.0)
    return baseline + (target - baseline) * done


def _line_start(action: PlannedAction, baseline: Reading) -> dt.date:
    return max(action.start or baseline.period_end, baseline.period_end)


def _bad_direction(indicator: Indicator, baseline: float, target: float) -> int:
    """1 where a rise is bad, −1 where a fall is: by polarity, else against the target."""
    if indicator.polarity == "low_is_good":
        return 1
    if indicator.polarity == "high_is_good":
        return -1
    return 1 if target < baseline else -1


def _find_obstacle(
    action: PlannedAction, figures: ActionFigures, rule: StatusRule, today: dt.date
) -> str:
    """Why the rule cannot be used, "" where it can."""
    if not action.indicator or figures.indicator is None:
        return "no indicator"
    if action.target is None or action.target_date is None:
        return "no target" if action.target is None else "no target date"
    if figures.district_only and action.wards:
        return "the action is for wards, and this is a district figure, not ward"
    if figures.baseline is None or figures.latest is None:
        return figures.why_none or "no figure"
    holds = math.isclose(action.target, figures.baseline.value, abs_tol=SLACK)
    if holds and figures.indicator.polarity == NO_GOOD_DIRECTION:
        return "the target is the baseline itself, and neither direction is better"
    return _find_wrong_time(action, figures.baseline, figures.latest, rule, today)


def _find_wrong_time(
    action: PlannedAction, baseline: Reading, latest: Reading, rule: StatusRule, today: dt.date
) -> str:
    start = _line_start(action, baseline)
    if latest.period_end <= start:
        return f"no figure newer than the start (the newest is for {label(latest)})"
    months = (today.year - latest.period_end.year) * 12 + today.month - latest.period_end.month
    if rule.oldest_months and months > rule.oldest_months:
        return (
            f"the newest figure is {age_words(latest.period_end, today)}, more than "
            f"{rule.oldest_months} months"
        )
    return ""


def _judge(
    action: PlannedAction, latest: float, rule: StatusRule, bad: int, behind: float, change: float
) -> tuple[str, str]:
    """The status and, where it does not follow from the share alone, why."""
    if action.intervention is not None and bad * (latest - action.intervention) >= -SLACK:
        return OFF_TRACK, "it has reached the intervention level"
    slack = SLACK * max(1.0, abs(latest))
    if behind <= change * (100 - rule.on_track) / 100 + slack:
        return ON_TRACK, ""
    if change <= SLACK:
        if action.intervention is None:
            return "", (
                "the target is to hold the level, and no intervention level says how much worse "
                "is acceptable"
            )
        return WITHIN_VARIANCE, "it is worse than the level to hold, short of intervention"
    if behind <= change * (100 - rule.acceptable) / 100 + slack:
        return WITHIN_VARIANCE, ""
    return OFF_TRACK, ""


def _gained(share: float, latest: float, change: float, rule: StatusRule) -> str:
    """The share of the expected change in words that agree with the status."""
    if share < 0:
        return "the other way"
    slack = 100 * SLACK * max(1.0, abs(latest)) / change
    limits = (100, rule.on_track, rule.acceptable)
    return f"{print_share(share, limits, slack)} of the expected change"


def _describe(
    action: PlannedAction,
    figures: ActionFigures,
    expected: float,
    day: dt.date,
    gained: str | None,
    why: str,
) -> str:
    indicator, latest, baseline = figures.indicator, figures.latest, figures.baseline
    if indicator is None or latest is None or baseline is None:
        return ""
    values = (latest.value, expected, baseline.value)
    found, line, then = (print_amount(value, indicator) for value in values)
    if found == line and not math.isclose(latest.value, expected, abs_tol=SLACK):
        found, line = (print_amount(v, indicator, more=2) for v in values[:2])
    # A long unit is said once.
    line, then = (text.removesuffix(f" per{indicator.unit[3:]}") for text in (line, then))
    parts = [f"{found} in {label(latest)}; the line is at {line} on {print_day(day)}"]
    if gained is not None:
        parts.append(f"{gained} since {label(baseline)} ({then})")
    if why:
        level = action.intervention
        at = f" of {print_amount(level, indicator)}" if level is not None and "level" in why else ""
        parts.append(f"{why}{at}" if why.endswith("level") else why)
    return "; ".join(parts)
