"""The section of a pack on the action plan: counts, all actions, and the impact of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.action_summary import PlanSummary
from analysis.report.blocks import Block, Bullets, Chart, Paragraph, Section, Table
from analysis.report.contents import make_section
from analysis.words import day_words
from data.planned_action import PlannedAction

NO_PLAN = (
    "There is no action plan for this place. On the page Actions and impact a plan is read from a "
    "spreadsheet; the page offers a template. On the command line: PLAN=file.xlsx."
)
COUNT_HEADINGS = {"label": "Status", "now": "Actions", "stated": "Stated by the council",
                  "by_rule": "By the rule", "forecast": "Forecast"}  # fmt: skip
ACTION_COLUMNS = ["Id", "Action", "Owner role", "Due", "Status now", "Who says so", "Forecast",
                  "Next step", "Next step date"]  # fmt: skip
CAREFUL = (
    "The charts show what happened to an indicator before and after an action began. That is an "
    "association, not proof of effect."
)


@dataclass(frozen=True)
class PackPlan:
    """A plan in short, and in words which plan it is and where it comes from.

    `said` names an example as one: it must stand wherever the plan is shown.
    """

    summary: PlanSummary
    said: str
    source: str = ""

    @property
    def about(self) -> str:
        """Which plan, from where, as at which day, in one sentence."""
        source = f" Source: {self.source}." if self.source else ""
        return f"{self.said}.{source}"

    @property
    def has_status(self) -> bool:
        """Whether any action has a status, given or computed."""
        return any(line.status for line in self.summary.lines)


@dataclass(frozen=True)
class ActionImpact:
    """The impact of one action: its chart and balanced sentences, or why it has none."""

    action: PlannedAction
    chart: Chart | None = None
    comments: Sequence[str] = ()
    why_none: str = ""


def print_days(table: pd.DataFrame) -> pd.DataFrame:
    """The table of a plan with its days in words; "" stays "" where none is stated."""
    days = [column for column in ("Due", "Next step date") if column in table]
    return table.assign(**{column: table[column].map(print_day) for column in days})


def print_day(day: str) -> str:
    """A day of a plan's table ("2026-11-20") in words, "" where none is stated."""
    return day_words(dt.date.fromisoformat(day)) if day else ""


def make_counts(plan: PlanSummary) -> pd.DataFrame:
    """Actions by status with plain headings; statuses that do not occur stay, with 0."""
    return plan.counts[list(COUNT_HEADINGS)].rename(columns=COUNT_HEADINGS)


def make_actions(
    given: PackPlan | None, impacts: Sequence[ActionImpact], cut: str = ""
) -> tuple[Section, ...]:
    """Statuses in counts, all actions in a table, the impact chart of each.

    Args:
        given: None where there is no plan.
        impacts: one per action, in the order of the plan.
        cut: a sentence where not all charts are shown.
    """
    if given is None:
        return make_section("actions", [Paragraph(NO_PLAN)])
    plan = given.summary
    kept = [column for column in ACTION_COLUMNS if column in plan.table]
    blocks: list[Block] = [
        Paragraph(f"{plan.title}.", "strong"),
        Paragraph(given.about),
        Paragraph(plan.description),
        Table("Statuses", "Actions by status", make_counts(plan), [("Rule", plan.rule_words)],
              dict.fromkeys(list(COUNT_HEADINGS.values())[1:], 0)),
        Table("Actions", f"All {len(plan.lines)} actions", print_days(plan.table[kept]),
              [("Rule", plan.rule_words)]),
    ]  # fmt: skip
    if not impacts:
        return make_section("actions", blocks, notes=plan.description)
    without = [f"{one.action.id}: {one.why_none}" for one in impacts if one.chart is None]
    parts = [_make_impact(one) for one in impacts if one.chart is not None]
    start: list[Block] = [Paragraph(CAREFUL)]
    if cut:
        start.append(Paragraph(cut))
    if without:
        start += [Paragraph("Actions without a chart:"), Bullets(without)]
    impact = Section("Impact of actions", start, level=2)
    return make_section("actions", blocks, [impact, *parts], notes=plan.description)


def _make_impact(one: ActionImpact) -> Section:
    charts: list[Block] = [one.chart] if one.chart else []
    said = list(one.comments)
    blocks = [*charts, Bullets(said)] if said else charts
    heading = f"{one.action.id}: {one.action.title}"
    return Section(heading, blocks, level=2, notes=" ".join((*said, CAREFUL)))
