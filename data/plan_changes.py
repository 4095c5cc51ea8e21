"""What changed between two versions of a council's action plan, action by action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.planned_action import PlannedAction

ADDED, REMOVED = "added", "removed"
STATUS, FORECAST, ACTION = "status", "forecast", "action"


@dataclass(frozen=True)
class PlanChange:
    """One thing that an action says differently; `old` or `new` is "" where nothing is stated.

    `what` is `status`, `forecast`, or `action` where the action itself was added or removed
    (then `new` is `added` or `removed`). `reason` is the one the later version gives.
    """

    action_id: str
    title: str
    what: str
    old: str
    new: str
    reason: str = ""


def list_changes(
    before: Sequence[PlannedAction], after: Sequence[PlannedAction]
) -> tuple[PlanChange, ...]:
    """Changes of status and forecast, and actions that came or went, in the later plan's order.

    An action keeps its id whatever its capitals.
    """
    old = {action.id.casefold(): action for action in before}
    new = {action.id.casefold() for action in after}
    changes: list[PlanChange] = []
    for action in after:
        was = old.get(action.id.casefold())
        if was is None:
            changes.append(PlanChange(action.id, action.title, ACTION, "", ADDED, action.reason))
            was = PlannedAction(action.id, action.title)
        changes += [
            PlanChange(action.id, action.title, what, then, now, action.reason)
            for what, then, now in (
                (STATUS, was.status, action.status),
                (FORECAST, was.forecast, action.forecast),
            )
            if then != now
        ]
    changes += [
        PlanChange(a.id, a.title, ACTION, "", REMOVED) for a in before if a.id.casefold() not in new
    ]
    return tuple(changes)
