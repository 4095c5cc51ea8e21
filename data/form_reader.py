"""Read a form that somebody filled in: every mistake at once, with its row and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from data import clock
from data.catalogue import load_catalogue
from data.cells import Known, WrongCell, is_blank, print_cell
from data.errors import SpreadsheetError
from data.forms import Form, Mistake, fold_heading
from data.load import load_areas
from data.problems import closest
from data.spreadsheets import HEAD_ROWS, Sheet, open_sheets

Cells = dict[str, Any]


@dataclass
class Filled:
    """What a file holds: rows without mistakes, all its lines, the mistakes so far, notes.

    `rows`: values by key of the column, and `row`, the row in the spreadsheet. `lines`: the row
    and the cells as they were written. `partial`: the values of rows with mistakes, without the
    keys of the cells that are wrong, for checks that look at several cells.
    """

    rows: list[Cells]
    lines: list[tuple[int, Cells]]
    mistakes: list[Mistake]
    notes: tuple[str, ...]
    partial: list[Cells] = field(default_factory=list)

    @property
    def bad(self) -> set[int]:
        """The rows with a mistake."""
        return {mistake.row for mistake in self.mistakes}

    def make_set_aside(self, form: Form) -> pd.DataFrame:
        """The rows with a mistake: row, why, then the cells under their own headings."""
        why: dict[int, list[str]] = {}
        for mistake in sorted(self.mistakes):
            why.setdefault(mistake.row, []).append(mistake.words)
        bad = [(number, cells) for number, cells in self.lines if number in why]
        table: dict[str, list[Any]] = {
            "Row": [number for number, _ in bad],
            "Why it was set aside": [". ".join(why[number]) for number, _ in bad],
        }
        for column in form.columns:
            table[column.heading] = [print_cell(cells.get(column.key)) for _, cells in bad]
        return pd.DataFrame(table)


@lru_cache(maxsize=1)
def _load_names() -> tuple[dict[str, str], dict[str, str]]:
    areas = load_areas()
    wards = areas.loc[areas["area_type"] == "ward", "area_name"].to_dict()
    return {i.id: i.name for i in load_catalogue().indicators.values()}, wards


def load_known(today: dt.date) -> Known:
    """What cells are checked against: the catalogue, the wards of 2025, and today."""
    return Known(*_load_names(), today)


def read_form(file: bytes | Path, name: str, form: Form, known: Known | None = None) -> Filled:
    """Read a form, row by row.

    Args:
        file: its bytes, or where it lies.
        name: what the file is called, for messages.
        form: its columns and limits.
        known: what cells are checked against; the project's own by default.

    Raises:
        SpreadsheetError: the file cannot be used at all.
    """
    content = _read_bytes(file, name, form.limits.most_bytes) if isinstance(file, Path) else file
    known = replace(known, guesses={}) if known else load_known(clock.today())
    sheet, head = _find_table(open_sheets(content, form.limits, form.count_headings), form)
    columns, mistakes = _read_headings(sheet, head, form)
    lines = [(number, _by_key(columns, cells)) for number, cells in sheet.rows[head + 1 :]]
    lines = [(number, cells) for number, cells in lines if not all(map(is_blank, cells.values()))]
    if sheet.too_long or len(lines) > form.limits.most_rows:
        most = form.limits.most_rows
        raise SpreadsheetError(f"The file has more than {most:,} rows. Split it and try again.")
    notes = _describe(sheet, len(sheet.rows) - 1 - head - len(lines), sheet.rows[head][0])
    filled = Filled([], lines, mistakes, notes)
    for number, cells in lines:
        values, wrong = _read_row(number, cells, form, known)
        wrong += _find_merged(sheet, number)
        filled.mistakes += wrong
        (filled.partial if wrong else filled.rows).append({"row": number, **values})
    return filled


def _read_bytes(path: Path, name: str, most: int) -> bytes:
    try:
        if path.stat().st_size > most:
            return bytes(most + 1)
        return path.read_bytes()
    except OSError as error:
        raise SpreadsheetError(f"{name} cannot be read ({error.strerror}).") from error


def _describe(sheet: Sheet, left_out: int, head: int) -> tuple[str, ...]:
    notes = [f"Read from the sheet “{sheet.name}”"] if sheet.name else []
    if sheet.encoding == "Windows-1252":
        notes.append("Letters are read as Windows-1252: look whether £ and é are right")
    if head > 1:
        notes.append(f"What stands above the headings in row {head:,} is left out")
    if left_out:
        notes.append("Columns without a known heading are left out")
    return tuple(notes)


def _find_head(sheet: Sheet, form: Form) -> int:
    """Position of the row of headings, -1 where there is none."""
    counts = [form.count_headings(cells) for _, cells in sheet.rows[:HEAD_ROWS]]
    most = max(counts, default=0)
    return counts.index(most) if most >= len(form.needed_headings) // 2 else -1


def has_headings(content: bytes, form: Form) -> bool:
    """Whether a file can be opened and has enough of a form's headings."""
    try:
        sheets = open_sheets(content, form.limits, form.count_headings)
    except SpreadsheetError:
        return False
    return any(_find_head(sheet, form) >= 0 for sheet in sheets)


def _find_table(sheets: Sequence[Sheet], form: Form) -> tuple[Sheet, int]:
    """The sheet with the table, and where its headings stand.

    Raises:
        SpreadsheetError: none, or several of which none has the template's name.
    """
    found = [(sheet, head) for sheet in sheets if (head := _find_head(sheet, form)) >= 0]
    named = [one for one in found if one[0].name.casefold() == form.sheet.casefold()]
    if len(named or found) == 1:
        return (named or found)[0]
    names = ", ".join(f"“{sheet.name[:31]}”" for sheet in sheets[:10] if sheet.name)
    if found:
        raise SpreadsheetError(
            f"Several sheets hold a table of {form.rows_are} ({names}). Call the right one "
            f"“{form.sheet}”."
        )
    where = f"None of the sheets ({names})" if names else "The file"
    verb = "has" if names else "does not have"
    raise SpreadsheetError(
        f"{where} {verb} the headings of the template in its first {HEAD_ROWS} rows. Put the "
        f"table on a sheet called “{form.sheet}” under the headings "
        f"{', '.join(form.needed_headings)}."
    )


def _read_headings(sheet: Sheet, head: int, form: Form) -> tuple[dict[int, str], list[Mistake]]:
    """Key by place of each known column, and a mistake for each unknown heading.

    Raises:
        SpreadsheetError: a heading is missing or stands twice.
    """
    number, cells = sheet.rows[head]
    columns: dict[int, str] = {}
    mistakes: list[Mistake] = []
    for place, cell in enumerate(cells):
        key = form.key_of_heading.get(fold_heading(cell))
        if key in columns.values():
            twice = form.by_key[str(key)].heading
            raise SpreadsheetError(f"Two columns are headed “{twice}”. Keep one.")
        if key:
            columns[place] = key
        elif not is_blank(cell):
            near = closest(print_cell(cell), (column.heading for column in form.columns))
            allowed = f"did you mean {near!r}? " if near else ""
            mistakes.append(
                Mistake(number, "", print_cell(cell), "is not a heading of the template",
                        f"{allowed}the column is left out")
            )  # fmt: skip
    missing = [h for h in form.needed_headings if form.key_of_heading[fold_heading(h)] not in
               columns.values()]  # fmt: skip
    if missing:
        names = [print_cell(cells[place]) for place in range(len(cells)) if place not in columns]
        meant = [f"“{n[:40]}”" for n in names if closest(n, missing)]
        hint = f" Perhaps {', '.join(meant)} should be one of them." if meant else ""
        raise SpreadsheetError(
            f"These headings are missing from row {number:,}: {', '.join(missing)}.{hint}"
        )
    return columns, mistakes


def _by_key(columns: dict[int, str], cells: tuple[Any, ...]) -> Cells:
    return {key: cells[n] if n < len(cells) else None for n, key in columns.items()}


def _find_merged(sheet: Sheet, number: int) -> list[Mistake]:
    for first, last in sheet.merged:
        if first <= number <= last:
            where = f"rows {first} to {last}" if last > first else f"row {first}"
            what = f"has cells that are merged ({where})"
            return [Mistake(number, "", "", what, "unmerge them, write each value in its own row")]
    return []


def _read_row(number: int, cells: Cells, form: Form, known: Known) -> tuple[Cells, list[Mistake]]:
    """The values of one row, None where a cell is empty, and all its mistakes."""
    triggered = not all(is_blank(cells.get(key)) for key in form.triggers)
    values: Cells = {}
    mistakes = []
    for column in form.columns:
        cell = cells.get(column.key)
        if is_blank(cell):
            values[column.key] = None
            if column.needed == "always" or (column.needed == "triggered" and triggered):
                why = "is empty" if column.needed == "always" else \
                    f"is empty in a row {form.trigger_words}"  # fmt: skip
                mistakes.append(Mistake(number, column.heading, "", why, column.cure))
            continue
        try:
            values[column.key] = column.read(cell, column.longest, known)
        except WrongCell as wrong:
            shown = print_cell(cell)
            mistakes.append(Mistake(number, column.heading, shown, wrong.what, wrong.allowed))
    return values, mistakes
