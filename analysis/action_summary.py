"""A council's action plan in short: counts, exceptions, tables. Screen and report show the same.

A status is either what the council states or what the rule finds; every count says which.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.action_status import (
    ActionFigures,
    ComputedStatus,
    StatusRule,
    compute_status,
    describe_rule,
)
from analysis.action_words import (
    STATUS_ORDER,
    is_worse,
    print_status,
)
from analysis.assessment import print_day
from analysis.words import count_words
from data.planned_action import COMPLETE, NOT_STARTED, OFF_TRACK, ON_TRACK, PlannedAction

STATED, BY_RULE = "stated by the council", "by the rule"
#: Why an action is an exception, the gravest first.
OFF, WORSE_AHEAD, DIFFERS, OVERDUE, STEP_OVERDUE = (
    "off track",
    "forecast is worse than now",
    "stated and computed status differ",
    "due date has passed",
    "next step is overdue",
)
EXCEPTIONS = (OFF, WORSE_AHEAD, DIFFERS, OVERDUE, STEP_OVERDUE)


@dataclass(frozen=True)
class ActionLine:
    """One action with its figures, its status by the rule, and why it is an exception.

    `exceptions`: words of `EXCEPTIONS`, the gravest first; () where there is none.
    """

    action: PlannedAction
    figures: ActionFigures
    computed: ComputedStatus
    exceptions: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """The status that counts: the council's where it states one, else the rule's, else ""."""
        return self.action.status or self.computed.status

    @property
    def origin(self) -> str:
        """Who says so: `STATED`, `BY_RULE`, or "" where there is no status."""
        if self.action.status:
            return STATED
        return BY_RULE if self.computed.status else ""

    @property
    def differs(self) -> bool:
        """Whether the council and the rule say different things."""
        return _differ(self.action.status, self.computed.status)


@dataclass(frozen=True)
class PlanSummary:
    """The plan on a day, ready to be shown. All parts come from `lines`.

    `lines`: in the order of the plan.
    """

    lines: tuple[ActionLine, ...]
    rule: StatusRule
    today: dt.date

    @cached_property
    def title(self) -> str:
        """The finding in ten words or fewer."""
        return make_title(self.lines)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Actions by status: columns status, label (with sign), now, stated, by_rule, forecast.

        `now` is `stated` and `by_rule` added up: each action counts once. The last row, status
        "", is for actions without one. The forecast is always the council's own.
        """
        return count_statuses(self.lines)

    @cached_property
    def exceptions(self) -> tuple[ActionLine, ...]:
        """The actions that need a look, the gravest first."""
        flagged = [line for line in self.lines if line.exceptions]
        return tuple(sorted(flagged, key=_gravity))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per action with the headings and typed cells of a download."""
        from analysis.action_tables import make_actions_table

        return make_actions_table(self.lines, self.today)

    @cached_property
    def exceptions_table(self) -> pd.DataFrame:
        """The exceptions: Id, Action, Owner role, Why it is here, Status now, Forecast, Reason."""
        from analysis.action_tables import make_exceptions_table

        return make_exceptions_table(self.exceptions, self.today)

    @property
    def rule_words(self) -> str:
        """The rule in words, with its numbers."""
        return describe_rule(self.rule)

    @cached_property
    def description(self) -> str:
        """The counts in sentences, for a report and for those who do not see the table."""
        return describe_counts(self)


def summarise_plan(
    actions: Sequence[PlannedAction],
    figures: Mapping[str, ActionFigures],
    rule: StatusRule,
    today: dt.date,
) -> PlanSummary:
    """Everything that page and report say about a plan.

    Args:
        actions: of one council, each id once.
        figures: by action id, for the place the action is about; an action that is not in it
            has no indicator.
        rule: how a status is computed.
        today: from which ages and overdue days count.
    """
    lines = []
    for action in actions:
        found = figures.get(action.id, ActionFigures())
        computed = compute_status(action, found, rule, today)
        reasons = find_exceptions(action, computed, today)
        lines.append(ActionLine(action, found, computed, reasons))
    return PlanSummary(tuple(lines), rule, today)


def _differ(stated: str, computed: str) -> bool:
    """Whether two statuses contradict each other.

    The rule knows neither "complete" nor "not started": the first agrees with "on track", the
    second with anything but "off track".
    """
    if not (stated and computed):
        return False
    if stated == NOT_STARTED:
        return computed == OFF_TRACK
    return computed != (ON_TRACK if stated == COMPLETE else stated)


def find_exceptions(
    action: PlannedAction, computed: ComputedStatus, today: dt.date
) -> tuple[str, ...]:
    """Why an action needs a look: words of `EXCEPTIONS`, the gravest first."""
    status = action.status or computed.status
    is_open = action.status != COMPLETE
    found = {
        OFF: status == OFF_TRACK,
        WORSE_AHEAD: is_worse(action.forecast, status),
        DIFFERS: _differ(action.status, computed.status),
        OVERDUE: is_open and action.due is not None and action.due < today,
        STEP_OVERDUE: is_open
        and action.next_step_date is not None
        and action.next_step_date < today,
    }
    return tuple(reason for reason in EXCEPTIONS if found[reason])


def _gravity(line: ActionLine) -> tuple[int, int, str]:
    return EXCEPTIONS.index(line.exceptions[0]), -len(line.exceptions), line.action.id.casefold()


def count_statuses(lines: Sequence[ActionLine]) -> pd.DataFrame:
    """See `PlanSummary.counts`."""
    rows = []
    for status in (*STATUS_ORDER, ""):
        own = [line for line in lines if line.status == status]
        rows.append(
            {
                "status": status,
                "label": print_status(status),
                "now": len(own),
                "stated": sum(line.origin == STATED for line in own),
                "by_rule": sum(line.origin == BY_RULE for line in own),
                "forecast": sum(line.action.forecast == status for line in lines),
            }
        )
    return pd.DataFrame(rows)


def make_title(lines: Sequence[ActionLine]) -> str:
    """The finding: "3 of 14 actions are off track"."""
    if not lines:
        return "No action to show"
    total = count_words(len(lines), "action", "actions")
    known = sum(bool(line.status) for line in lines)
    if not known:
        return f"{total}, none with a status"
    off = sum(line.status == OFF_TRACK for line in lines)
    verb = "is" if off == 1 or len(lines) == 1 else "are"
    number = "None" if not off else f"{off:,}"
    rest = f", {len(lines) - known:,} without status" if known < len(lines) else ""
    return f"{number} of {total} {verb} off track{rest}"


def describe_counts(summary: PlanSummary) -> str:
    """The counts in sentences."""
    counts = summary.counts.set_index("status")
    total = count_words(len(summary.lines), "action", "actions")

    def tell(column: str) -> str:
        said = [
            f"{row[column]:,} {status.lower() if status else 'without a status'}"
            for status, row in counts.iterrows()
            if row[column]
        ]
        return ", ".join(said)

    stated, ruled = int(counts["stated"].sum()), int(counts["by_rule"].sum())
    differ = sum(line.differs for line in summary.lines)
    sentences = [
        f"{total} as at {print_day(summary.today)}: {tell('now')}" if summary.lines else total,
        f"The council states the status of {stated:,}; {ruled:,} come from the rule",
        f"Forecast, as the council states it: {tell('forecast')}",
        f"For {count_words(differ, 'action', 'actions')} the rule finds another status than the "
        "council states"
        if differ
        else "",
    ]
    return ". ".join(sentence for sentence in sentences if sentence) + "."
