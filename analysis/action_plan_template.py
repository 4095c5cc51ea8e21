"""The files a council's action plan starts from: the template, and a plan written into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.action_words import print_status
from analysis.form_template import ListSheet, describe_columns, make_form_template
from data.action_plan_fields import FORM, MOST_BYTES, MOST_ROWS, SHEET
from data.cells import COUNCIL_WIDE
from data.planned_action import STATUSES, PlannedAction

HOW = (
    ("How to use", f"Fill in the sheet “{SHEET}”, one row for each action, and choose the file on "
     "the page “Actions and impact”. Nothing is kept unless a lead saves it there."),
    ("Ids", "An action keeps its Id in every later version of the plan: by it the dashboard tells "
     "what changed."),
    ("Status", "Write the council's own status, or leave it empty: then the dashboard's rule finds "
     "it from the indicator. Where both are there and differ, the page shows both."),
    ("Target", "In the unit of the indicator (sheet Indicators). With a target, the indicator, the "
     "baseline period and the target date are needed."),
    ("Owner role", "A role, never a person's name."),
    ("Formulas", "Are not computed. Write the number or the date itself."),
    ("Cells", "Do not merge cells. Empty rows do no harm. Days are written day before month."),
    ("Size", f"At most {MOST_ROWS:,} rows and {MOST_BYTES // 1_000_000} MB, as .xlsx or CSV, "
     "without password or macros."),
)  # fmt: skip
STATUS_MEANINGS = {
    "Not started": "The action has not begun.",
    "On track": "It is where it should be by now.",
    "Within acceptable variance": "It is a little behind, and no more than was agreed.",
    "Off track": "It is further behind, or has reached the intervention level.",
    "Complete": "It is done.",
}
KINDS = {
    "start": "day",
    "due": "day",
    "target_date": "day",
    "next_step_date": "day",
    "target": "number",
    "intervention": "number",
}


def make_row(action: PlannedAction) -> dict[str, Any]:
    """An action as the cells of the form, by column key; None where nothing is stated."""
    cells: dict[str, Any] = {c.key: getattr(action, c.key) or None for c in FORM.columns}
    for key in ("target", "intervention"):
        cells[key] = getattr(action, key)  # a target of 0 is a target
    return cells | {"wards": "; ".join(action.wards) or COUNCIL_WIDE}


def make_plan_template(
    indicators: Sequence[tuple[str, str, str, str]],
    wards: Mapping[str, str],
    actions: Sequence[PlannedAction] = (),
    about: Sequence[tuple[str, str]] = (),
) -> bytes:
    """An Excel workbook with the sheets Action plan, How to fill in, Indicators, Wards, Statuses.

    Args:
        indicators: id, name, unit and periods of each.
        wards: names by code.
        actions: already filled in; none for an empty template.
        about: what to know of those actions first, such as that they are made up.
    """
    columns = describe_columns(FORM, "with a target")
    how = [(name, text, "", "", "") for name, text in (*about, *HOW)]
    statuses = [(status, print_status(status)[0], STATUS_MEANINGS[status]) for status in STATUSES]
    sheets = (
        ListSheet("How to fill in", columns.headings, [*columns.rows, *how]),
        ListSheet("Indicators", ("Id", "Indicator", "Unit", "Periods"), indicators),
        ListSheet("Wards", ("Code", "Ward"), list(wards.items())),
        ListSheet("Statuses", ("Status", "Sign", "What it means"), statuses),
    )
    rows = [make_row(action) for action in actions]
    return make_form_template(FORM, sheets, KINDS, rows)  # type: ignore[arg-type]
