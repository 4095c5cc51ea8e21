"""The tables of an action plan, with the headings and typed cells of a download."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.action_words import NOT_STATED, round_share
from data.cells import COUNCIL_WIDE
from data.periods import age_words, read_period

if TYPE_CHECKING:
    from analysis.action_status import Reading
    from analysis.action_summary import ActionLine


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _reading(name: str, reading: Reading | None, decimals: int) -> dict[str, Any]:
    value = None if reading is None else round(reading.value, decimals)
    period = "" if reading is None else read_period(reading.period).label
    return {f"{name} figure": value, f"{name} period": period}


def _make_row(line: ActionLine, today: dt.date) -> dict[str, Any]:
    action, figures, computed = line.action, line.figures, line.computed
    indicator = figures.indicator
    decimals = indicator.decimals if indicator else 0
    latest = figures.latest
    return {
        "Id": action.id,
        "Action": action.title,
        "Action area": action.action_area,
        "Theme": action.theme,
        "Objective": action.objective,
        "Owner role": action.owner_role,
        "Start": _day(action.start),
        "Due": _day(action.due),
        "Wards": "; ".join(action.wards) or COUNCIL_WIDE,
        "Status now": line.status or NOT_STATED,
        "Who says so": line.origin,
        "Status stated by the council": action.status,
        "Status by the rule": computed.status,
        "How the rule found it": computed.words if computed.status else "",
        "Why the rule finds none": computed.why_not,
        "Forecast": action.forecast or NOT_STATED,
        "Reason": action.reason,
        "Next step": action.next_step,
        "Next step date": _day(action.next_step_date),
        "Why it needs a look": "; ".join(line.exceptions),
        "Indicator": indicator.name if indicator else "",
        "Unit": indicator.unit if indicator else "",
        "Figures are for": figures.place,
        "Kind of place": figures.geography,
        **_reading("Baseline", figures.baseline, decimals),
        "Target": action.target,
        "Target date": _day(action.target_date),
        "Intervention level": action.intervention,
        **_reading("Newest", latest, decimals),
        "Age of the newest figure": age_words(latest.period_end, today) if latest else "",
        "Expected on the line": None
        if computed.expected is None
        else round(computed.expected, decimals + 2),
        "Share of the expected change (%)": None
        if computed.share is None
        else round_share(computed.share),
        "What to mind": figures.note or figures.why_none,
        "Source": action.source,
    }


NUMBERS = (
    "Baseline figure",
    "Target",
    "Intervention level",
    "Newest figure",
    "Expected on the line",
    "Share of the expected change (%)",
)


def make_actions_table(lines: Sequence[ActionLine], today: dt.date) -> pd.DataFrame:
    """One row per action: what the plan says, the figures, and both statuses.

    Days are ISO texts, figures numbers in the unit of the row (NaN where missing).
    """
    table = pd.DataFrame([_make_row(line, today) for line in lines])
    return table.astype(dict.fromkeys(NUMBERS, "float64")) if len(table) else table


def make_exceptions_table(lines: Sequence[ActionLine], today: dt.date) -> pd.DataFrame:
    """The actions that need a look, in their order."""
    table = make_actions_table(lines, today)
    columns = ["Id", "Action", "Owner role", "Why it needs a look", "Status now", "Who says so",
               "Forecast", "Due", "Reason", "Next step", "Next step date"]  # fmt: skip
    return table[columns] if len(table) else pd.DataFrame(columns=columns)
