"""A spreadsheet that people fill in: its columns, and what is wrong with what they wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from data.cells import Known, print_cell
from data.problems import Problem
from data.spreadsheets import Limits


@dataclass(frozen=True)
class Column:
    """One column: its key, heading, what to write, an example, and how a cell is read.

    `needed`: `always`, `triggered` (where one of the form's triggers is filled in) or "".
    """

    key: str
    heading: str
    hint: str
    example: str
    read: Callable[[Any, int, Known], Any]
    needed: Literal["always", "triggered", ""] = ""
    longest: int = 40
    allowed: tuple[str, ...] = ()

    @property
    def cure(self) -> str:
        """What to write where the cell is empty."""
        if self.allowed:
            return f"allowed: {', '.join(self.allowed)}"
        return f"write, for example, {self.example}"


@dataclass(frozen=True)
class Form:
    """A kind of spreadsheet: the name of its sheet, its columns, its limits.

    `rows_are` is the plural of what a row is about. Where a cell of `triggers` is filled in,
    the `triggered` columns are needed; `trigger_words` say so, such as "with a score".
    """

    sheet: str
    columns: tuple[Column, ...]
    rows_are: str
    limits: Limits
    triggers: tuple[str, ...] = ()
    trigger_words: str = ""

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Columns by their key."""
        return {column.key: column for column in self.columns}

    @cached_property
    def key_of_heading(self) -> dict[str, str]:
        """Keys by folded heading."""
        return {fold_heading(column.heading): column.key for column in self.columns}

    @cached_property
    def needed_headings(self) -> tuple[str, ...]:
        """Headings that every file must have."""
        return tuple(column.heading for column in self.columns if column.needed)

    def count_headings(self, cells: list[Any] | tuple[Any, ...]) -> int:
        """How many of a row's cells are headings of the form."""
        return len({fold_heading(cell) for cell in cells} & set(self.key_of_heading))


def fold_heading(value: Any) -> str:
    """A heading for comparison: no capitals, no signs, nothing in brackets."""
    text = re.sub(r"\([^()]*\)", " ", print_cell(value)[:200].casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


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
