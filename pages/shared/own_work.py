"""The work on a visitor's own file, done in processes of their own (`data.apart`).

Everything here takes and gives plain data, so that it can go from one process to the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from analysis.disclosure import Rules, protect_table
from data.apart import Workers
from data.errors import SpreadsheetError
from data.load import load_areas, load_lsoas
from data.own.checking import check_sheet
from data.own.guessing import guess_mapping
from data.own.opening import open_file
from data.own.shapes import Checked, Mapping, OwnFile, OwnIndicator, OwnSheet
from data.own.shown import OwnFigure
from data.own.tables import make_own_table
from data.vintages import load_vintages

WORKERS: Final = Workers(warm=("pages.shared.own_work",))


def get_warm() -> None:
    """Read the tables that every job needs: in the warm process, of which jobs are copies."""
    load_areas()
    load_lsoas()
    load_vintages()


@dataclass(frozen=True)
class Reading:
    """A sheet as it was understood; without `checked` where it could not be, with `error`."""

    mapping: Mapping
    checked: Checked | None = None
    error: str = ""


@dataclass(frozen=True)
class Safe:
    """What protection left: the values that may be shown, and how much it hid and why.

    `known` is False where there are no counts, so that small ones cannot be found.
    """

    values: pd.DataFrame
    periods: tuple[str, ...]
    notes: tuple[str, ...]
    primary: int
    secondary: int
    known: bool

    def make_figure(self, entry: OwnIndicator, council: str) -> OwnFigure:
        """The figure that goes on the shelf, under the entry's own id."""
        return OwnFigure(
            entry, council, self.periods, self.values.assign(indicator_id=entry.id), self.notes,
            hidden=self.primary + self.secondary,
        )  # fmt: skip


def read_sheet(sheet: OwnSheet, mapping: Mapping | None, council: str) -> Reading:
    """Guess how a sheet is read where no mapping is given, and read it through."""
    mapping = mapping or guess_mapping(sheet, council)
    try:
        return Reading(mapping, check_sheet(sheet, mapping, council))
    except SpreadsheetError as error:
        return Reading(mapping, None, str(error))


def open_and_read(content: bytes, name: str, council: str) -> tuple[OwnFile, Reading]:
    """Open a file and read its first sheet that holds figures of areas: covers come before it.

    Raises:
        SpreadsheetError: it cannot be opened, or no sheet can be understood.
    """
    file = open_file(content, name)
    readings: list[Reading] = []
    problems: list[SpreadsheetError] = []
    for sheet in file.sheets:
        try:
            readings.append(read_sheet(sheet, None, council))
        except SpreadsheetError as error:
            problems.append(error)
            continue
        checked = readings[-1].checked
        if checked is not None and checked.account.used:
            return file, readings[-1]
    if not readings:
        raise problems[0]
    return file, readings[0]


def protect(checked: Checked, entry: OwnIndicator, measure: str, rules: Rules) -> Safe:
    """Count into wards and hide what is small; the file behind it does not come back."""
    own = make_own_table(checked, entry, measure)
    safe = protect_table(own, load_areas(), rules)
    said = safe.notes if safe.primary + safe.secondary or not safe.checked else safe.notes[1:]
    return Safe(safe.values, own.periods, (*own.notes, *said), safe.primary, safe.secondary,
                safe.checked)  # fmt: skip


def open_apart(content: bytes, name: str, council: str) -> tuple[OwnFile, Reading]:
    """`open_and_read` in a process of its own.

    Raises:
        SpreadsheetError: it cannot be opened, or needs more than is allowed.
    """
    return WORKERS.run(open_and_read, content, name, council)


def read_apart(sheet: OwnSheet, mapping: Mapping | None, council: str) -> Reading:
    """`read_sheet` in a process of its own.

    Raises:
        SpreadsheetError: it needs more than is allowed.
    """
    return WORKERS.run(read_sheet, sheet, mapping, council)


def protect_apart(checked: Checked, entry: OwnIndicator, measure: str, rules: Rules) -> Safe:
    """`protect` in a process of its own; findings and rows set aside stay here.

    Raises:
        SpreadsheetError: it needs more than is allowed.
    """
    lean = replace(checked, findings=(), set_aside=pd.DataFrame())
    return WORKERS.run(protect, lean, entry, measure, rules)
