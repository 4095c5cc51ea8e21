"""What the impact chart of an action needs from the tables; nothing here draws on a page."""

from __future__ import annotations

from analysis.impact_figures import ImpactFigures
from data.planned_action import PlannedAction


def why_no_figures(action: PlannedAction, area: str) -> str:
    """Why an action has no impact chart, in a sentence; "" where it has one."""
    raise NotImplementedError


def list_comparators(action: PlannedAction, area: str) -> dict[str, str]:
    """What an action can be compared with: word of the address -> name; `none` is the last."""
    raise NotImplementedError


def load_impact_figures(
    action: PlannedAction, area: str, comparator: str = "england", *, baseline: str = ""
) -> ImpactFigures:
    """The figures of an action, ready to be drawn, described and written into a report.

    Args:
        action: of the council's plan.
        area: code of the council or county whose plan it is.
        comparator: a key of `list_comparators`; one that is not there means England.
        baseline: a period instead of the one that the plan names.

    Raises:
        DataError: the action has no chart (see `why_no_figures`), or a table is damaged.
    """
    raise NotImplementedError
