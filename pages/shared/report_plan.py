"""Which action plan a report pack holds: a file, the saved or published one, or an example."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from analysis.action_status import StatusRule
from analysis.report.sections_actions import PackPlan
from analysis.words import count_words
from data.action_plan import read_action_plan
from data.errors import DataError, SpreadsheetError
from pages.shared.plan_data import (
    FILE,
    NONE,
    LoadedPlan,
    load_example_plan,
    load_plan,
    summarise,
)

EXAMPLE = "example"


class PlanFileError(Exception):
    """The plan that was asked for cannot be used at all; the message says why."""


def load_pack_plan(
    area: str, today: dt.date, wanted: str = "", rule: StatusRule | None = None
) -> tuple[PackPlan | None, list[str]]:
    """The plan of a pack, and a sentence for each thing that is wrong with it.

    Args:
        area: whose plan.
        today: from which ages and overdue days count.
        wanted: the path of a spreadsheet, `EXAMPLE`, or "" for the saved or published plan.
        rule: how a status is computed; the standard one by default.

    Raises:
        PlanFileError: the file is not there or holds no action that can be used.
    """
    if wanted and wanted != EXAMPLE:
        plan, problems = _read_file(area, Path(wanted))
    else:
        try:
            plan = load_example_plan(area, today) if wanted else load_plan(area)
            problems = []
        except DataError as error:
            return None, [str(error)]
    return make_pack_plan(plan, today, rule), problems


def make_pack_plan(
    plan: LoadedPlan, today: dt.date, rule: StatusRule | None = None
) -> PackPlan | None:
    """A loaded plan for a pack, None where it holds no action."""
    if plan.kind == NONE or not plan.actions:
        return None
    return PackPlan(summarise(plan, rule or StatusRule(), today), plan.said, plan.source)


def _read_file(area: str, path: Path) -> tuple[LoadedPlan, list[str]]:
    if not path.is_file():
        raise PlanFileError(f"plan {path}: there is no such file.")
    try:
        found = read_action_plan(path, path.name, area)
    except (SpreadsheetError, OSError) as error:
        raise PlanFileError(f"plan {path.name}: {error}") from error
    problems = [str(mistake.problem(path.name)) for mistake in found.mistakes]
    if not found.actions:
        first = problems[0] if problems else "it holds no action."
        raise PlanFileError(f"plan {path.name}: no action can be used. {first}")
    if problems:
        wrong = count_words(len(problems), "mistake", "mistakes")
        problems.insert(0, f"{wrong} in {path.name}; rows with a mistake are left out")
    said = f"The action plan in the file {path.name}"
    return LoadedPlan(area, found.actions, FILE, said, f"the file {path.name}"), problems
