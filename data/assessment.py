"""Read a council's own scored impacts from a spreadsheet (see docs/assessment.md).

Every mistake is told at once, with its row and column. A row with a mistake is set aside whole;
the other rows are used. Rows with the same id are one impact scored several times: all are
kept, the newest counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from data.assessment_fields import FORM
from data.cells import Known, print_cell
from data.form_reader import Cells, read_form
from data.forms import Mistake

#: What only one row of an impact may say differently: nothing.
_SAME_IN_ALL = ("kind", "area_of_impact")
_NOT_TEXT = ("impact", "likelihood", "date")


@dataclass(frozen=True)
class Assessment:
    """The rows that can be used, the mistakes, and the rows set aside.

    `table`: one row per score, in the order of the file; columns row (in the spreadsheet), id,
    title, area_of_impact, kind, impact and likelihood (1 to 5, NaN where not scored),
    confidence, date (NaT where not scored), version, indicator, wards, officer_role, note,
    source (text is "" where not stated), and incomplete: whether another row of the same impact
    was set aside, so that its newest score and its changes are not certain.
    `set_aside`: row, why, then the cells as they were written under their own headings.
    """

    table: pd.DataFrame
    mistakes: tuple[Mistake, ...]
    set_aside: pd.DataFrame
    notes: tuple[str, ...] = ()


def read_assessment(file: bytes | Path, name: str, known: Known | None = None) -> Assessment:
    """Read a file of scored impacts.

    Args:
        file: its bytes, or where it lies.
        name: what the file is called, for messages.
        known: what cells are checked against; the project's own by default.

    Raises:
        SpreadsheetError: the file cannot be used at all.
    """
    filled = read_form(file, name, FORM, known)
    filled.rows = [_without_none(row) for row in filled.rows]
    filled.mistakes += find_clashes(filled.rows)
    bad = filled.bad
    touched = {print_cell(c["id"]).strip().casefold() for number, c in filled.lines
               if number in bad}  # fmt: skip
    table = make_table([row for row in filled.rows if row["row"] not in bad])
    table["incomplete"] = table["id"].str.casefold().isin(touched)
    set_aside = filled.make_set_aside(FORM)
    return Assessment(table, tuple(sorted(filled.mistakes)), set_aside, filled.notes)


def _without_none(row: Cells) -> Cells:
    """The row with "" for text that is not stated."""
    return {k: "" if v is None and k not in _NOT_TEXT else v for k, v in row.items()}


def find_clashes(rows: Sequence[Cells]) -> list[Mistake]:
    """Mistakes that show only beside other rows of the same impact.

    Rows of one id, day and version that say the same: the later ones are set aside. Where they
    differ, all are, since nobody can tell which counts. An id is written one way, and its kind
    and area stay what its first row says.
    """
    mistakes: list[Mistake] = []
    groups: dict[str, list[Cells]] = {}
    for row in rows:
        groups.setdefault(row["id"].casefold(), []).append(row)
    for group in groups.values():
        mistakes += _find_changed(group)
        same: dict[tuple[Any, str], list[Cells]] = {}
        for row in group:
            same.setdefault((row["date"], row["version"].casefold()), []).append(row)
        for twins in same.values():
            mistakes += _find_twins(twins)
    return mistakes


def _find_changed(group: Sequence[Cells]) -> list[Mistake]:
    first, mistakes = group[0], []
    for row in group[1:]:
        if row["id"] != first["id"]:
            what = f"is written {first['id']!r} in row {first['row']:,}"
            mistakes.append(Mistake(row["row"], "Id", row["id"], what, "write an id one way"))
        for key in _SAME_IN_ALL:
            said = next((r[key] for r in group if r[key]), "")
            if row[key] and row[key] != said:
                what = f"differs from an earlier row of {row['id']!r} ({said})"
                allowed = "an impact keeps it; give a different impact its own id"
                mistakes.append(
                    Mistake(row["row"], FORM.by_key[key].heading, row[key], what, allowed)
                )
    return mistakes


def _find_twins(twins: Sequence[Cells]) -> list[Mistake]:
    if len(twins) == 1:
        return []
    contents = {tuple(str(v) for k, v in row.items() if k != "row") for row in twins}
    what = f"stands twice or more for the same day and version (first in row {twins[0]['row']:,})"
    allowed = "keep one of the rows" if len(contents) == 1 else "give each score its own version"
    late = twins[1:] if len(contents) == 1 else twins
    return [Mistake(row["row"], "Id", row["id"], what, allowed) for row in late]


def make_table(rows: Sequence[Cells]) -> pd.DataFrame:
    """Rows as the table of an `Assessment`."""
    keys = ["row", *FORM.by_key]
    table = pd.DataFrame({key: [row[key] for row in rows] for key in keys})
    table["row"] = table["row"].astype("int64")
    for key in ("impact", "likelihood"):
        table[key] = table[key].astype("float64")
    table["date"] = pd.to_datetime(table["date"])
    table["incomplete"] = False
    texts = [key for key in FORM.by_key if key not in _NOT_TEXT]
    return table.astype(dict.fromkeys(texts, object))


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """A version for sorting: 1.9 comes before 1.10."""
    parts = re.findall(r"[0-9]+|[^0-9.]+", version.casefold())
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)
