"""Errors that name the place, the value and the cure."""

from __future__ import annotations

import copyreg
from pathlib import Path
from typing import Any

from data.problems import Problem

_ROOT = f"{Path(__file__).parent.parent}/"


class DataError(Exception):
    """Something the data floor was given is wrong; the message says where and what to do.

    Files are named as inside the project: visitors and programs read these messages, and where
    the project stands on the disk is nobody's business who asks from outside.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message.replace(_ROOT, ""))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel from another process as it is: the message is whole, not to be made again."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class CatalogueError(DataError):
    """A metadata entry is missing, unknown or contradictory."""


class SourceError(DataError):
    """A raw file is not what its reader expects.

    The message names the file and, where they are known, the row (counted from 1,
    without the heading), the column, the value and the cure.
    """

    def __init__(
        self,
        file: object,
        problem: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        cure: str = "",
    ) -> None:
        places = [f"file {file}"]
        if row is not None:
            places.append(f"row {row}")
        if column is not None:
            places.append(f"column {column!r}")
        if value is not None:
            places.append(f"value {value!r}")
        message = f"{', '.join(places)}: {problem}"
        super().__init__(f"{message} {cure}".strip())
        self.file, self.row, self.column, self.value = file, row, column, value


class TableError(DataError):
    """A built table or boundary file is missing, damaged or does not fit its schema."""


class OwnFigureError(TableError):
    """A visitor's own figure lacks what was asked for; the message quotes the visitor's words."""


class StrategyError(DataError):
    """A council's strategy has mistakes; `problems` lists them all, the message too."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class SpreadsheetError(DataError):
    """A spreadsheet that somebody brought cannot be used; the message says why and what to do."""


class ClusterError(DataError):
    """A build cannot be spread over the machines it was given; the message says which and why."""


class StoreError(DataError):
    """What people enter cannot be kept or read; the message says what was kept and what to do."""


class AccessError(DataError):
    """Who may do what is set up wrongly; the message says which setting and what is allowed."""
