"""Read a council's own scored impacts from a spreadsheet (see docs/assessment.md).

Every mistake is told at once, with its row and column. A row with a mistake is set aside whole;
the other rows are used. Rows with the same id are one impact scored several times: all are
kept, the newest counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from data.assessment_cells import Known, WrongCell, is_blank, print_cell
from data.assessment_fields import (
    BY_KEY,
    COLUMNS,
    HEAD_ROWS,
    KEY_OF_HEADING,
    MOST_BYTES,
    MOST_ROWS,
    NEEDED_HEADINGS,
    SHEET,
    count_headings,
    fold_heading,
)
from data.assessment_sheet import Sheet, open_sheets
from data.catalogue import load_catalogue
from data.errors import AssessmentError
from data.load import load_areas
from data.problems import Problem, closest

#: What only one row of an impact may say differently: nothing.
_SAME_IN_ALL = ("kind", "area_of_impact")
_Cells = dict[str, Any]


@dataclass(frozen=True, order=True)
class Mistake:
    """What is wrong with one cell, or with a row where `column` is ""; row 0 is the file."""

    row: int
    column: str
    value: str
    what: str
    allowed: str

    @property
    def words(self) -> str:
        """The mistake in one line, without its row."""
        value = f"{self.value[:60]}{'…' if len(self.value) > 60 else ''}"
        start = f"{self.column}: " if self.column else ""
        shown = f"“{value}” " if value else ""
        return f"{start}{shown}{self.what}; {self.allowed}"

    def problem(self, file: str) -> Problem:
        """The same as a line of `python -m data.check`."""
        return Problem(file, self.row, self.words.rpartition("; ")[0], self.allowed)


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


@lru_cache(maxsize=1)
def _load_known() -> tuple[dict[str, str], dict[str, str]]:
    areas = load_areas()
    wards = areas.loc[areas["area_type"] == "ward", "area_name"].to_dict()
    return {i.id: i.name for i in load_catalogue().indicators.values()}, wards


def load_known(today: dt.date) -> Known:
    """What cells are checked against: the catalogue, the wards of 2025, and today."""
    return Known(*_load_known(), today)


def read_assessment(file: bytes | Path, name: str, known: Known | None = None) -> Assessment:
    """Read a file of scored impacts.

    Args:
        file: its bytes, or where it lies.
        name: what the file is called, for messages.
        known: what cells are checked against; the project's own by default.

    Raises:
        AssessmentError: the file cannot be used at all.
    """
    if isinstance(file, Path):
        file = _read_bytes(file, name)
    known = replace(known, guesses={}) if known else load_known(dt.date.today())
    sheet, head = _find_table(open_sheets(file))
    columns, mistakes = _read_headings(sheet, head)
    lines = [(number, _by_key(columns, cells)) for number, cells in sheet.rows[head + 1 :]]
    lines = [(number, cells) for number, cells in lines if not all(map(is_blank, cells.values()))]
    if sheet.too_long or len(lines) > MOST_ROWS:
        raise AssessmentError(f"The file has more than {MOST_ROWS:,} rows. Split it and try again.")
    rows: list[_Cells] = []
    for number, cells in lines:
        values, wrong = _read_row(number, cells, known)
        wrong += _find_merged(sheet, number)
        mistakes += wrong
        if not wrong:
            rows.append({"row": number, **values})
    clashes = find_clashes(rows)
    mistakes += clashes
    bad = {mistake.row for mistake in mistakes}
    touched = {print_cell(c["id"]).strip().casefold() for number, c in lines if number in bad}
    table = make_table([row for row in rows if row["row"] not in bad])
    table["incomplete"] = table["id"].str.casefold().isin(touched)
    return Assessment(
        table,
        tuple(sorted(mistakes)),
        _make_set_aside(lines, mistakes),
        _describe(sheet, len(sheet.rows) - 1 - head - len(lines), sheet.rows[head][0]),
    )


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            return bytes(MOST_BYTES + 1)
        return path.read_bytes()
    except OSError as error:
        raise AssessmentError(f"{name} cannot be read ({error.strerror}).") from error


def _describe(sheet: Sheet, left_out: int, head: int) -> tuple[str, ...]:
    notes = [f"Read from the sheet “{sheet.name}”"] if sheet.name else []
    if sheet.encoding == "Windows-1252":
        notes.append("Letters are read as Windows-1252: look whether £ and é are right")
    if head > 1:
        notes.append(f"What stands above the headings in row {head:,} is left out")
    if left_out:
        notes.append("Columns without a known heading are left out")
    return tuple(notes)


def _find_head(sheet: Sheet) -> int:
    """Position of the row of headings, -1 where there is none."""
    counts = [count_headings(cells) for _, cells in sheet.rows[:HEAD_ROWS]]
    most = max(counts, default=0)
    return counts.index(most) if most >= len(NEEDED_HEADINGS) // 2 else -1


def _find_table(sheets: Sequence[Sheet]) -> tuple[Sheet, int]:
    """The sheet with the table, and where its headings stand.

    Raises:
        AssessmentError: none, or several of which none has the template's name.
    """
    found = [(sheet, head) for sheet in sheets if (head := _find_head(sheet)) >= 0]
    named = [one for one in found if one[0].name.casefold() == SHEET.casefold()]
    if len(named or found) == 1:
        return (named or found)[0]
    names = ", ".join(f"“{sheet.name[:31]}”" for sheet in sheets[:10] if sheet.name)
    if found:
        raise AssessmentError(
            f"Several sheets hold a table of impacts ({names}). Call the right one “{SHEET}”."
        )
    where = f"None of the sheets ({names})" if names else "The file"
    verb = "has" if names else "does not have"
    raise AssessmentError(
        f"{where} {verb} the headings of the template in its first {HEAD_ROWS} rows. Put the "
        f"table on a sheet called “{SHEET}” under the headings {', '.join(NEEDED_HEADINGS)}."
    )


def _read_headings(sheet: Sheet, head: int) -> tuple[dict[int, str], list[Mistake]]:
    """Key by place of each known column, and a mistake for each unknown heading.

    Raises:
        AssessmentError: a heading is missing or stands twice.
    """
    number, cells = sheet.rows[head]
    columns: dict[int, str] = {}
    mistakes: list[Mistake] = []
    for place, cell in enumerate(cells):
        key = KEY_OF_HEADING.get(fold_heading(cell))
        if key in columns.values():
            raise AssessmentError(f"Two columns are headed “{BY_KEY[str(key)].heading}”. Keep one.")
        if key:
            columns[place] = key
        elif not is_blank(cell):
            near = closest(print_cell(cell), (column.heading for column in COLUMNS))
            allowed = f"did you mean {near!r}? " if near else ""
            mistakes.append(
                Mistake(number, "", print_cell(cell), "is not a heading of the template",
                        f"{allowed}the column is left out")
            )  # fmt: skip
    missing = [h for h in NEEDED_HEADINGS if KEY_OF_HEADING[fold_heading(h)] not in
               columns.values()]  # fmt: skip
    if missing:
        names = [print_cell(cells[place]) for place in range(len(cells)) if place not in columns]
        meant = [f"“{n[:40]}”" for n in names if closest(n, missing)]
        hint = f" Perhaps {', '.join(meant)} should be one of them." if meant else ""
        raise AssessmentError(
            f"These headings are missing from row {number:,}: {', '.join(missing)}.{hint}"
        )
    return columns, mistakes


def _by_key(columns: dict[int, str], cells: tuple[Any, ...]) -> _Cells:
    return {key: cells[n] if n < len(cells) else None for n, key in columns.items()}


def _find_merged(sheet: Sheet, number: int) -> list[Mistake]:
    for first, last in sheet.merged:
        if first <= number <= last:
            where = f"rows {first} to {last}" if last > first else f"row {first}"
            what = f"has cells that are merged ({where})"
            return [Mistake(number, "", "", what, "unmerge them, write each value in its own row")]
    return []


def _read_row(number: int, cells: _Cells, known: Known) -> tuple[_Cells, list[Mistake]]:
    """The values of one row, and all its mistakes."""
    scored = not (is_blank(cells.get("impact")) and is_blank(cells.get("likelihood")))
    values: _Cells = {}
    mistakes = []
    for column in COLUMNS:
        cell = cells.get(column.key)
        if is_blank(cell):
            values[column.key] = None if column.key in ("impact", "likelihood", "date") else ""
            if column.needed == "always" or (column.needed == "scored" and scored):
                why = "is empty" if column.needed == "always" else "is empty in a row with a score"
                mistakes.append(Mistake(number, column.heading, "", why, _allowed(column.key)))
            continue
        try:
            values[column.key] = column.read(cell, column.longest, known)
        except WrongCell as wrong:
            shown = print_cell(cell)
            mistakes.append(Mistake(number, column.heading, shown, wrong.what, wrong.allowed))
    return values, mistakes


def _allowed(key: str) -> str:
    column = BY_KEY[key]
    if column.allowed:
        return f"allowed: {', '.join(column.allowed)}"
    return f"write, for example, {column.example}"


def find_clashes(rows: Sequence[_Cells]) -> list[Mistake]:
    """Mistakes that show only beside other rows of the same impact.

    Rows of one id, day and version that say the same: the later ones are set aside. Where they
    differ, all are, since nobody can tell which counts. An id is written one way, and its kind
    and area stay what its first row says.
    """
    mistakes: list[Mistake] = []
    groups: dict[str, list[_Cells]] = {}
    for row in rows:
        groups.setdefault(row["id"].casefold(), []).append(row)
    for group in groups.values():
        mistakes += _find_changed(group)
        same: dict[tuple[Any, str], list[_Cells]] = {}
        for row in group:
            same.setdefault((row["date"], row["version"].casefold()), []).append(row)
        for twins in same.values():
            mistakes += _find_twins(twins)
    return mistakes


def _find_changed(group: Sequence[_Cells]) -> list[Mistake]:
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
                mistakes.append(Mistake(row["row"], BY_KEY[key].heading, row[key], what, allowed))
    return mistakes


def _find_twins(twins: Sequence[_Cells]) -> list[Mistake]:
    if len(twins) == 1:
        return []
    contents = {tuple(str(v) for k, v in row.items() if k != "row") for row in twins}
    what = f"stands twice or more for the same day and version (first in row {twins[0]['row']:,})"
    allowed = "keep one of the rows" if len(contents) == 1 else "give each score its own version"
    late = twins[1:] if len(contents) == 1 else twins
    return [Mistake(row["row"], "Id", row["id"], what, allowed) for row in late]


def make_table(rows: Sequence[_Cells]) -> pd.DataFrame:
    """Rows as the table of an `Assessment`."""
    keys = ["row", *BY_KEY]
    table = pd.DataFrame({key: [row[key] for row in rows] for key in keys})
    table["row"] = table["row"].astype("int64")
    for key in ("impact", "likelihood"):
        table[key] = table[key].astype("float64")
    table["date"] = pd.to_datetime(table["date"])
    table["incomplete"] = False
    texts = [key for key in BY_KEY if key not in ("impact", "likelihood", "date")]
    return table.astype(dict.fromkeys(texts, object))


def _make_set_aside(lines: Sequence[tuple[int, _Cells]], mistakes: list[Mistake]) -> pd.DataFrame:
    why: dict[int, list[str]] = {}
    for mistake in sorted(mistakes):
        why.setdefault(mistake.row, []).append(mistake.words)
    bad = [(number, cells) for number, cells in lines if number in why]
    table = {
        "Row": [number for number, _ in bad],
        "Why it was set aside": [". ".join(why[number]) for number, _ in bad],
    }
    for column in COLUMNS:
        table[column.heading] = [print_cell(cells.get(column.key)) for _, cells in bad]
    return pd.DataFrame(table)


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """A version for sorting: 1.9 comes before 1.10."""
    parts = re.findall(r"[0-9]+|[^0-9.]+", version.casefold())
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)
