"""What was found in a sheet so far: every fault, warning and reading, with its row and column."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.own.shapes import ERROR, NOTE, Finding

_LONGEST = 100  # letters of a cell that are repeated in a finding


class Ledger:
    """Findings about the rows below the headings, and which rows have a fault."""

    def __init__(self, cells: pd.DataFrame, headings: tuple[str, ...]) -> None:
        self.cells, self.headings = cells, headings
        self.bad = np.zeros(len(cells), dtype=bool)
        self._numbers = cells.index.to_numpy()
        self._found: list[Finding] = []

    def add(
        self, row: int, column: str, value: str, reason: str, suggestion: str, severity: str
    ) -> None:
        """Add one finding; an error sets its row aside."""
        self._found.append(Finding(row, column, value[:_LONGEST], reason, suggestion, severity))
        if severity == ERROR:
            self.bad |= self._numbers == row

    def add_faults(
        self, place: int, faults: npt.NDArray[np.object_], cures: npt.NDArray[np.object_]
    ) -> None:
        """Add the faults of a column: one text per row, "" where there is none."""
        wrong = np.flatnonzero(faults != "")
        if not len(wrong):
            return
        values = self.cells[place].iloc[wrong].str.slice(0, _LONGEST)
        heading = self.headings[place]
        rows = self._numbers[wrong].tolist()
        self._found += [
            Finding(row, heading, value, reason, cure, ERROR)
            for row, value, reason, cure in zip(
                rows, values.tolist(), faults[wrong], cures[wrong], strict=True
            )
        ]
        self.bad[wrong] = True

    def add_rows(
        self, rows: npt.NDArray[np.bool_], column: str, reason: str, suggestion: str
    ) -> None:
        """Set rows aside for a reason that is not one cell's."""
        found = self._numbers[rows].tolist()
        self._found += [Finding(row, column, "", reason, suggestion, ERROR) for row in found]
        self.bad |= rows

    def add_reading(self, place: int, cells: npt.NDArray[np.bool_], words: str) -> None:
        """Note that some cells of a column were read otherwise than they are written."""
        which = np.flatnonzero(cells)
        if not len(which):
            return
        value = str(self.cells[place].iloc[which[0]])[:_LONGEST]
        count = f"{len(which):,} cell{'s' * (len(which) > 1)} {words}"
        self._found.append(
            Finding(int(self._numbers[which[0]]), self.headings[place], value, count, "", NOTE)
        )

    def list_findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the file."""
        return tuple(sorted(self._found, key=lambda f: f.row))

    def make_set_aside(self) -> pd.DataFrame:
        """The rows with a fault: row, why, then the cells as they were written."""
        why: dict[int, list[str]] = {}
        for found in self._found:
            if found.severity == ERROR:
                cell = f"{found.column}: {found.value!r} " if found.value else f"{found.column} "
                cure = f" ({found.suggestion})" if found.suggestion else ""
                why.setdefault(found.row, []).append(f"{cell}{found.reason}{cure}")
        rows = self._numbers[self.bad]
        names: list[str] = ["Row", "Why it was set aside"]
        for heading in self.headings:
            name, count = heading, 2
            while name in names:
                name, count = f"{heading} ({count})", count + 1
            names.append(name)
        table = self.cells[self.bad].reset_index(drop=True)
        table.insert(0, "why", [". ".join(why.get(int(row), [])) for row in rows])
        table.insert(0, "row", rows)
        table.columns = pd.Index(names, dtype=object)
        return table
