"""The first pages of a pack: the summary, and the exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.changes import compute_changes
from analysis.key_figures import KeyFigure
from analysis.map_view import as_printed, format_number
from analysis.recovery_words import class_words, order_areas, percent_words
from analysis.report.blocks import Block, Bullets, Fact, Facts, Paragraph, Section, Table
from analysis.report.contents import make_section
from analysis.report.sections_actions import PackPlan, print_day
from analysis.words import count_words
from data.catalogue import Indicator
from data.periods import read_period
from data.recovery import RecoverySeries

NO_PLAN = (
    "There is no action plan for this report, so it cannot say which actions are off track. "
    "The exceptions below come from the figures alone."
)
NO_STATUS = "No action of the plan has a status, so it cannot be said which need a look."
#: How many wards are named for each indicator that got worse, and for recovery.
MOST_NAMED = 3


@dataclass(frozen=True)
class SummaryFigures:
    """What the summary says; `geographies`: for which areas each key figure was published."""

    place: str
    figures: Sequence[KeyFigure]
    geographies: Sequence[str]
    findings: Sequence[str]
    sources: str


def make_summary(found: SummaryFigures) -> tuple[Section, ...]:
    """Key figures with their direction, and the findings in sentences."""
    facts = [Fact(figure.label, figure.value, _note_of(figure)) for figure in found.figures]
    table = Table(
        "Key figures", "Key figures, their direction, and England", print_figures(found),
        [("Sources", found.sources)],
    )  # fmt: skip
    blocks: list[Block] = [
        Bullets(list(found.findings)),
        Facts(facts),
        table,
        Paragraph(
            "“Better” and “worse” follow what each indicator measures, in the light of 95 % "
            "intervals where there are any. They say where figures differ, not why.",
            "quiet",
        ),
    ]
    said = " ".join(found.findings)
    return make_section("summary", blocks, notes=f"{said} Sources: {found.sources}.")


def print_figures(found: SummaryFigures) -> pd.DataFrame:
    """One row per key figure, as the page Overview prints it, and for which areas it is known."""
    return pd.DataFrame(
        [
            {
                "Key figure": figure.label,
                "Figure": figure.value,
                "Period": figure.period,
                "Change": figure.change_words or "no earlier figure",
                "Against England": figure.comparison or "not compared",
                "Published for": geography,
            }
            for figure, geography in zip(found.figures, found.geographies, strict=True)
        ]
    )


def _note_of(figure: KeyFigure) -> str:
    """The period and the one thing that counts most: the change, else England."""
    return "; ".join(part for part in (figure.period, figure.change_words) if part)


@dataclass(frozen=True)
class Exceptional:
    """What the exceptions are made of.

    `plan` is None where no plan was given. `worsened`: rows of `find_worsened`, `since` says from
    when; `left_out` names what is not judged, and why. `highest`: a sentence for each action area.
    `recovery`: rows of `list_held_back`, `series` what they are about.
    """

    plan: PackPlan | None
    worsened: pd.DataFrame
    left_out: str
    highest: Sequence[str]
    recovery: pd.DataFrame
    series: str
    sources: Sequence[tuple[str, str]]


def make_exceptions(found: Exceptional) -> tuple[Section, ...]:
    """What needs a look first: of the plan, of the figures since 2019, of need, of recovery."""
    blocks: list[Block] = []
    if found.plan is None:
        blocks.append(Paragraph(NO_PLAN))
    else:
        blocks += _list_plan_exceptions(found.plan)
    parts = [Section("What got worse", _list_worsened(found), level=2)]
    if len(found.recovery):
        words = f"{found.series}: wards that are stalled or moving away from where they were."
        table = Table(
            "Not recovering", "Wards furthest from before the pandemic", found.recovery,
            found.sources, {"Before": 1, "Worst": 1, "Latest": 1, "Recovery %": 0},
        )  # fmt: skip
        parts.append(Section("Who has not come back", [Paragraph(words), table], level=2))
    if found.highest:
        parts.append(Section("Where need is highest", [Bullets(list(found.highest))], level=2))
    return make_section("exceptions", blocks, parts)


def _list_plan_exceptions(given: PackPlan) -> list[Block]:
    plan = given.summary
    blocks: list[Block] = [
        Paragraph(f"{plan.title}.", "strong"),
        Paragraph(given.about),
        Paragraph(plan.description),
    ]
    if plan.exceptions_table.empty:
        none = "No action needs a look by the rules of this report."
        return [*blocks, Paragraph(none if given.has_status else NO_STATUS)]
    table = print_exceptions(plan.exceptions_table)
    words = count_words(len(table), "action needs a look", "actions need a look")
    return [*blocks, Table("Exceptions", words, table, [("Rule", plan.rule_words)])]


def print_exceptions(table: pd.DataFrame) -> pd.DataFrame:
    """The exceptions of a plan in the columns that a page holds, gravest first.

    Args:
        table: see `action_summary.PlanSummary.exceptions_table`.
    """
    status = table["Status now"] + "; forecast: " + table["Forecast"].str.lower()
    days = table["Next step date"].map(lambda day: f" ({print_day(day)})" if day else "")
    step = table["Next step"] + days
    return pd.DataFrame(
        {
            "Action": table["Id"] + ": " + table["Action"],
            "Owner role": table["Owner role"].replace("", "not stated"),
            "Why it is here": table["Why it needs a look"].str.capitalize(),
            "Status": status,
            "Reason": table["Reason"].replace("", "not stated"),
            "Next step": step.replace("", "not stated"),
        }
    )


def _list_worsened(found: Exceptional) -> list[Block]:
    if found.worsened.empty:
        return [Paragraph("No key figure got worse in any ward."), Paragraph(found.left_out)]
    wards = found.worsened["Ward"].nunique()
    title = f"What got worse most, in {count_words(wards, 'ward', 'wards')}"
    notes = [("Mind", found.left_out), *found.sources]
    return [Table("Got worse", title, found.worsened, [n for n in notes if n[1]])]


def find_worsened(
    entries: Sequence[tuple[Indicator, pd.DataFrame, str]], names: pd.Series
) -> pd.DataFrame:
    """The wards in which each indicator got worse most since its baseline.

    Args:
        entries: indicator with a polarity, its tidy values, the baseline period.
        names: ward code -> name.

    Returns:
        columns Ward, Indicator, Change (points or %), From, To; the worst first, at most three
        wards for each indicator. Wards with a figure missing, withheld or estimated in either
        period are left out (see `changes.compute_changes`).
    """
    rows = []
    for indicator, values, baseline in entries:
        latest = str(values.at[values["period_end"].idxmax(), "period"])
        points = indicator.measure == "percentage"
        change = compute_changes(values, names.index, baseline, latest, points=points)
        bad = -1 if indicator.polarity == "high_is_good" else 1
        worse = pd.Series(as_printed(change * bad, 1), change.index)
        worse = worse[worse > 0].sort_values(ascending=False, kind="stable").head(MOST_NAMED)
        unit = "points" if points else "%"
        figures = values.set_index(["area_code", "period"])["value"]
        for code, amount in worse.items():
            sign = "+" if bad > 0 else "\N{MINUS SIGN}"
            before, now = (
                format_number(figures[code, period], indicator.decimals, indicator.unit)
                for period in (baseline, latest)
            )
            rows.append(
                {
                    "Ward": names[code],
                    "Indicator": indicator.name,
                    "Change": f"{sign}{format_number(amount, 1)} {unit}",
                    "From": f"{before} ({read_period(baseline).label})",
                    "To": f"{now} ({read_period(latest).label})",
                }
            )
    return pd.DataFrame(rows, columns=["Ward", "Indicator", "Change", "From", "To"])


def list_held_back(
    frame: pd.DataFrame, names: pd.Series, indicator: Indicator, rule: RecoverySeries
) -> pd.DataFrame:
    """The wards that are stalled or worsening, those furthest from before first.

    Args:
        frame: rows of `recovery.compute_recovery`.
        names: ward code -> name.
        indicator: of the series.
        rule: how the series is read.

    Returns:
        columns Ward, Before, Worst, Latest, Recovery %, In words; at most six rows.
    """
    rows = order_areas(frame[frame["class"].isin(["worsening", "stalled"])]).head(2 * MOST_NAMED)
    digits = indicator.decimals
    table = {
        head: as_printed(rows[key], digits)
        for head, key in (("Before", "baseline"), ("Worst", "shock"), ("Latest", "latest"))
    }
    words = [class_words(kind, rule) for kind in rows["class"]]
    back = as_printed(rows["recovery"], 0)
    return pd.DataFrame(
        {"Ward": names.reindex(rows.index).to_numpy(), **table, "Recovery %": back,
         "In words": words}
    )  # fmt: skip


def describe_held_back(table: pd.DataFrame) -> str:
    """The same in a sentence: "Wards not coming back: A (stalled, 40 %)"."""
    said = [
        f"{row['Ward']} ({row['In words']}, {percent_words(row['Recovery %'])})"
        for _, row in table.iterrows()
    ]
    return f"Wards not coming back: {', '.join(said)}." if said else ""
