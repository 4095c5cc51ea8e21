"""A made-up action plan that exercises every column, for any council. Nobody has published it.

Indicators are real and so are their figures; actions, targets, dates, roles, statuses and reasons
are invented by this file, and every one of them says so.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from data.catalogue import Indicator
from data.periods import read_period
from data.planned_action import (
    COMPLETE,
    NOT_STARTED,
    OFF_TRACK,
    ON_TRACK,
    WITHIN_VARIANCE,
    PlannedAction,
)

EXAMPLE_MARK = "EXAMPLE – not a council’s plan"
EXAMPLE_SOURCE = f"{EXAMPLE_MARK}: made up by the dashboard"

#: The figure of an indicator in a period for some wards, or for the whole council where there
#: are none; NaN where there is none.
Look = Callable[[str, str, tuple[str, ...]], float]


@dataclass(frozen=True)
class _Sketch:
    """One made-up action.

    `aim` and `limit` are target and intervention level as shares of the baseline figure; `wards`
    is how many wards it names; `due_in` and `step_in` count days from today.
    """

    title: str
    theme: str
    owner: str
    indicator: str = ""
    baseline: str = ""
    wards: int = 0
    aim: float | None = None
    limit: float | None = None
    due_in: int = 200
    status: str = ""
    forecast: str = ""
    reason: str = ""
    step: str = ""
    step_in: int = 30
    was: tuple[str, str] = ("", "")


SKETCHES = (
    _Sketch("Help people without work into a job", "Work", "Economy lead",
            "claimant_count_percent", "2020", 0, 0.5, 1.6, 120, ON_TRACK, ON_TRACK,
            "Fewer people claim than when the action began", "Review the job club", 21,
            (WITHIN_VARIANCE, ON_TRACK)),
    _Sketch("Job club in the ward with the highest need", "Work", "Skills officer",
            "claimant_count_percent", "2020", 1, 0.25, 1.4, 60, ON_TRACK, WITHIN_VARIANCE,
            "The room was lost for a month", "Find a second room", -12, (ON_TRACK, ON_TRACK)),
    _Sketch("Advice on benefits and debt", "Money", "Advice service manager",
            "universal_credit_households_percent", "2020-12", 3, 0.8, 1.15, 90, WITHIN_VARIANCE,
            OFF_TRACK, "Waiting times rose over the winter", "Train six volunteers", 45,
            (ON_TRACK, WITHIN_VARIANCE)),
    _Sketch("Warm homes visits", "Homes", "Housing lead", "fuel_poverty_percent", "2019", 0, 0.6,
            1.5, 250, "", ON_TRACK, "", "Send the second round of letters", 10),
    _Sketch("Holiday meals for children in low-income families", "Money", "Children’s services "
            "lead", "children_in_low_income_families_percent", "2019/20", 2, 0.7, None, -40,
            OFF_TRACK, OFF_TRACK, "Two of four kitchens closed", "Agree new kitchens", -5,
            (WITHIN_VARIANCE, WITHIN_VARIANCE)),
    _Sketch("Apprenticeships with local employers", "Work", "Skills officer",
            "apprenticeship_starts_rate", "2020/21", 0, 1.3, 0.6, 300, WITHIN_VARIANCE, ON_TRACK,
            "Employers joined later than planned", "Meet the ten largest employers", 14,
            (OFF_TRACK, WITHIN_VARIANCE)),
    _Sketch("Walking groups in three wards", "Health", "Public health manager",
            "physically_active_percent", "2018", 3, 1.1, 0.9, 150, ON_TRACK, ON_TRACK,
            "All groups meet each week", "Count who comes", 28, (ON_TRACK, ON_TRACK)),
    _Sketch("More residents are active", "Health", "Public health manager",
            "physically_active_percent", "2018", 0, 1.1, 0.9, 210, "", "",
            "", "Open the trail", 60),
    _Sketch("Fewer homes lost to rent arrears", "Homes", "Housing lead",
            "landlord_possession_claims_rate", "2021-Q1", 0, 0.9, 3, 180, ON_TRACK, OFF_TRACK,
            "Claims came back when the ban on evictions ended", "Mediation for tenants", 7,
            (ON_TRACK, WITHIN_VARIANCE)),
    _Sketch("Faster broadband in villages", "Digital", "Digital programme manager",
            due_in=400, status=NOT_STARTED, forecast=ON_TRACK, reason="Funding begins next year",
            step="Sign the contract", step_in=90, was=(NOT_STARTED, ON_TRACK)),
    _Sketch("A fund for small community groups", "Communities", "Communities lead",
            due_in=-90, status=COMPLETE, forecast=COMPLETE, reason="All grants are paid",
            was=(ON_TRACK, COMPLETE)),
    _Sketch("Volunteers for telephone befriending", "Communities", "Volunteer coordinator",
            due_in=-20, status=WITHIN_VARIANCE, forecast=WITHIN_VARIANCE,
            reason="Forty of fifty volunteers are trained", step="Train the last ten", step_in=-3,
            was=(WITHIN_VARIANCE, ON_TRACK)),
    _Sketch("Fewer people without enough money", "Money", "Policy officer",
            "individual_insolvencies_rate", "2019", 0, 0.8, 1.3, 330, OFF_TRACK, WITHIN_VARIANCE,
            "Advice starts later than planned", "Publish the advice guide", 35,
            (OFF_TRACK, OFF_TRACK)),
    _Sketch("Residents say life is satisfying", "Health", "Policy officer",
            "life_satisfaction_mean", "2020/21", 0, 1.02, 0.95, 365, WITHIN_VARIANCE,
            ON_TRACK, "The survey is small and moves from year to year", "Ask residents’ panels",
            80, ("", "")),
)  # fmt: skip


def make_example_plan(
    look: Look,
    indicators: Mapping[str, Indicator],
    wards: Sequence[str],
    action_areas: Sequence[str],
    objectives: Sequence[str],
    today: dt.date,
    *,
    earlier: bool = False,
) -> tuple[PlannedAction, ...]:
    """The made-up plan for a council: its wards and its figures, nothing else is real.

    Args:
        look: figures of the council and of groups of its wards.
        indicators: by id.
        wards: codes, those that an action may name first.
        action_areas: headings, given to the actions in turn; may be empty.
        objectives: the same.
        today: from which due dates and next steps count.
        earlier: the plan as it would have stood at an earlier meeting.
    """
    actions = []
    for number, sketch in enumerate(SKETCHES, start=1):
        action = _make(number, sketch, wards, today)
        action = replace(
            action,
            action_area=action_areas[number % len(action_areas)] if action_areas else "",
            objective=objectives[number % len(objectives)] if objectives else "",
        )
        if sketch.indicator:
            action = _add_figures(action, sketch, look, indicators[sketch.indicator], today)
        if earlier:
            action = replace(action, status=sketch.was[0], forecast=sketch.was[1])
        actions.append(action)
    return tuple(actions[:-1] if earlier else actions)


def _make(number: int, sketch: _Sketch, wards: Sequence[str], today: dt.date) -> PlannedAction:
    start = read_period(sketch.baseline).end if sketch.baseline else today - dt.timedelta(365)
    return PlannedAction(
        id=f"EX{number}",
        title=f"Example: {sketch.title}",
        theme=sketch.theme,
        owner_role=sketch.owner,
        start=start + dt.timedelta(1),
        due=today + dt.timedelta(sketch.due_in),
        wards=tuple(wards[: sketch.wards]),
        status=sketch.status,
        forecast=sketch.forecast,
        reason=sketch.reason,
        next_step=sketch.step,
        next_step_date=today + dt.timedelta(sketch.step_in) if sketch.step else None,
        source=EXAMPLE_SOURCE,
    )


def _add_figures(
    action: PlannedAction, sketch: _Sketch, look: Look, indicator: Indicator, today: dt.date
) -> PlannedAction:
    """Target and intervention level as shares of the real baseline, where there is one."""
    level = look(indicator.id, sketch.baseline, action.wards)
    named = replace(action, indicator=indicator.id, baseline_period=sketch.baseline)
    if math.isnan(level) or sketch.aim is None:
        return named
    most = 100.0 if indicator.measure == "percentage" else float("inf")
    target, limit = (
        None if share is None else min(round(level * share, indicator.decimals), most)
        for share in (sketch.aim, sketch.limit)
    )
    return replace(
        named,
        target=target,
        target_date=max(today, read_period(sketch.baseline).end)
        + dt.timedelta(sketch.due_in + 100),
        intervention=None if limit == target else limit,
    )
