"""An action of a council's plan, as the plan states it: the words every part of the code shares."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class PlannedAction:
    """One action. Text that is not stated is "", a day or number that is not stated is None.

    `wards`: ward codes of 2025, () for the whole council. `indicator`: an id of the catalogue,
    "" for none; `baseline_period` is one of its periods as published. `target` and
    `intervention` (the value at which somebody must step in) are in the indicator's unit.
    `status` and `forecast` are what the council gives, one of `STATUSES`, or "" where it leaves
    them to the rule (see `analysis.action_status`). `reason` explains both.
    """

    id: str
    title: str
    action_area: str = ""
    theme: str = ""
    objective: str = ""
    owner_role: str = ""
    start: dt.date | None = None
    due: dt.date | None = None
    wards: tuple[str, ...] = ()
    indicator: str = ""
    baseline_period: str = ""
    target: float | None = None
    target_date: dt.date | None = None
    intervention: float | None = None
    status: str = ""
    forecast: str = ""
    reason: str = ""
    next_step: str = ""
    next_step_date: dt.date | None = None
    source: str = ""


NOT_STARTED, ON_TRACK, WITHIN_VARIANCE, OFF_TRACK, COMPLETE = STATUSES = (
    "Not started",
    "On track",
    "Within acceptable variance",
    "Off track",
    "Complete",
)
