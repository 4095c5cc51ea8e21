"""Read a council's action plan from a spreadsheet (see docs/actions.md).

Every mistake is told at once, with its row and column. A row with a mistake is set aside whole;
the other rows are used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

import pandas as pd

from data.action_plan_checks import Rules, find_mistakes, load_rules
from data.action_plan_fields import FORM
from data.cells import COUNCIL_WIDE, Known
from data.errors import DataError
from data.form_reader import Cells, Filled, read_form
from data.forms import Mistake
from data.periods import read_period
from data.planned_action import PlannedAction

#: What a cell that is empty says in a `PlannedAction`.
_EMPTY = {one.name: one.default for one in fields(PlannedAction)}


@dataclass(frozen=True)
class ActionPlan:
    """The actions that can be used, the mistakes, and the rows set aside.

    `actions`: in the order of the file. `set_aside`: row, why, then the cells as they were
    written under their own headings. `rows`: the row of each action in the spreadsheet.
    """

    actions: tuple[PlannedAction, ...]
    mistakes: tuple[Mistake, ...] = ()
    set_aside: pd.DataFrame = field(default_factory=pd.DataFrame)
    notes: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


def read_action_plan(
    file: bytes | Path, name: str, area_code: str = "", known: Known | None = None
) -> ActionPlan:
    """Read a file of actions.

    Args:
        file: its bytes, or where it lies.
        name: what the file is called, for messages.
        area_code: the council whose plan it is; "" to find it by the wards of the plan.
        known: what cells are checked against; the project's own by default.

    Raises:
        SpreadsheetError: the file cannot be used at all.
    """
    filled = read_form(file, name, FORM, known)
    wards = [code for row in filled.rows for code in _split_wards(row["wards"])]
    rules = load_rules(area_code, wards)
    filled.rows = [_settle(row, rules) for row in filled.rows]
    broken = [_settle(row, rules) for row in filled.partial]
    ids = [(number, cells.get("id")) for number, cells in filled.lines]
    filled.mistakes += find_mistakes([*filled.rows, *broken], ids, rules)
    return _finish(filled)


def _finish(filled: Filled) -> ActionPlan:
    bad = filled.bad
    good = [row for row in filled.rows if row["row"] not in bad]
    return ActionPlan(
        tuple(make_action(row) for row in good),
        tuple(sorted(filled.mistakes)),
        filled.make_set_aside(FORM),
        filled.notes,
        tuple(row["row"] for row in good),
    )


def make_action(row: Mapping[str, object]) -> PlannedAction:
    """A row of cells as an action."""
    values = {
        column.key: _EMPTY.get(column.key) if row[column.key] is None else row[column.key]
        for column in FORM.columns
    }
    values["wards"] = _split_wards(row["wards"])
    return PlannedAction(**values)  # type: ignore[arg-type]


def _split_wards(cell: object) -> tuple[str, ...]:
    text = str(cell or "")
    return () if text in ("", COUNCIL_WIDE) else tuple(text.split("; "))


def _settle(row: Cells, rules: Rules) -> Cells:
    """The row with its period as a key of the table, and headings as the strategy has them."""
    changed = dict(row)
    if row.get("baseline_period"):
        periods = rules.periods_of(row.get("indicator") or "")
        changed["baseline_period"] = match_period(row["baseline_period"], periods)
    if row.get("action_area"):
        parts = [part.strip() for part in row["action_area"].split(";") if part.strip()]
        known = {heading.casefold(): heading for heading in rules.headings}
        settled = [known.get(" ".join(part.casefold().split()), part) for part in parts]
        changed["action_area"] = "; ".join(dict.fromkeys(settled))
    return changed


def match_period(text: str, periods: Sequence[str]) -> str:
    """The key of the period that is meant by its key, its label, or a date made of it."""
    meant = text.casefold()
    for key in periods:
        if meant in (key.casefold(), *_spellings(key)):
            return key
    return text


def _spellings(key: str) -> Iterator[str]:
    try:
        period = read_period(key)
    except DataError:
        return
    yield period.label.casefold()
    # What a spreadsheet makes of 2020-03: the first day of the month.
    if len(key) == len("2020-03"):
        yield period.start.isoformat()
