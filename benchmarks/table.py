"""Lines of the table of measurements: the bare app beside the dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    bare: str
    ours: str
    ratio: str = ""
    goal: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The words of the line."""
        verdict = "" if self.met is None else "met" if self.met else "MISSED"
        return self.name, self.bare, self.ours, self.ratio, self.goal, verdict


def make_row(name: str, bare: float, ours: float, unit: str, goal: float | None = None) -> Row:
    """Return a line that compares two medians; the goal is a ratio."""
    ratio = ours / bare
    return Row(
        name,
        f"{bare:,.0f} {unit}",
        f"{ours:,.0f} {unit}",
        f"{ratio:.2f}",
        f"≤ {goal}" if goal else "",
        ratio <= goal if goal else None,
    )


def make_absolute_row(name: str, measured: float, goal: float, unit: str = "ms") -> Row:
    """Return a line with a goal of its own, not a ratio."""
    words = f"{measured:,.0f} {unit}"
    return Row(name, "", words, "", f"≤ {goal:,.0f} {unit}", measured <= goal)


def make_bytes_row(bare: float, ours: float, goal: int | None = None) -> Row:
    """Return the line of what a change sends, which stands below the line of its time."""
    words = f"≤ {goal:,} bytes" if goal else ""
    met = ours <= goal if goal else None
    return Row("  sent for it", f"{bare:,.0f} bytes", f"{ours:,.0f} bytes", "", words, met)


def format_table(rows: Sequence[Row]) -> str:
    """Return the lines as a Markdown table with aligned columns."""
    head = ("", "bare app", "dashboard", "ratio", "goal", "")
    return align([head, *(row.cells for row in rows)])


def align(lines: Sequence[Sequence[str]]) -> str:
    """Return lines of cells, the head first, as a Markdown table with aligned columns."""
    widths = [max(3, *(len(line[i]) for line in lines)) for i in range(len(lines[0]))]
    texts = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(x, widths, strict=True)) + " |" for x in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([texts[0], rule, *texts[1:]])
