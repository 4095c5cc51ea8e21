"""How a table fits a page: size of letters, widths of columns, and parts where it is too wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.report.printed import PrintedTable

_LETTER = 0.57  # of the size, for mixed text in Arial
_EDGES = 12.0  # points of a cell's margins
_MOST = 44  # letters of a column before its text is broken into lines
_WHOLE = 14  # letters of a text that is not broken, such as a date
_BOLD = 1.12  # headings are bold, thus wider


@dataclass(frozen=True)
class Part:
    """Some columns of a table that fit side by side: places, widths in points, size of letters."""

    columns: Sequence[int]
    widths: Sequence[float]
    size: float


@dataclass(frozen=True)
class Room:
    """The width of a page in points and the sizes of letters to try, large to small."""

    width: float
    sizes: Sequence[float]


def fit_whole(table: PrintedTable, room: Room) -> Part | None:
    """The table with all its columns side by side, None where no size makes that possible."""
    places = list(range(len(table.headings)))
    for size in room.sizes:
        if widths := _share(table, places, room.width, size):
            return Part(places, widths, size)
    return None


def fit_in_parts(table: PrintedTable, room: Room) -> list[Part]:
    """The table in as many parts as it needs, each beginning with the first column."""
    if whole := fit_whole(table, room):
        return [whole]
    size, parts = room.sizes[-1], []
    places: list[int] = [0]
    for place in range(1, len(table.headings)):
        if len(places) > 1 and not _share(table, [*places, place], room.width, size):
            parts.append(places)
            places = [0]
        places = [*places, place]
    parts.append(places)
    return [
        Part(part, _share(table, part, room.width, size) or _squeeze(part, room.width), size)
        for part in parts
    ]


def _squeeze(places: Sequence[int], width: float) -> list[float]:
    return [width / len(places)] * len(places)


def _share(
    table: PrintedTable, places: Sequence[int], width: float, size: float
) -> list[float] | None:
    """Widths that hold the longest word of each column, wider where there is room for more."""
    letter = size * _LETTER
    least = [_longest(table, place, words=True) * letter + _EDGES for place in places]
    wanted = [_longest(table, place, words=False) * letter + _EDGES for place in places]
    spare = width - sum(least)
    if spare < 0:
        return None
    more = [max(0.0, want - low) for want, low in zip(wanted, least, strict=True)]
    share = min(1.0, spare / sum(more)) if sum(more) else 0.0
    return [low + extra * share for low, extra in zip(least, more, strict=True)]


def _longest(table: PrintedTable, place: int, *, words: bool) -> float:
    """The letters of what a column may not break, or of its longest cell up to a limit."""
    heading = max(map(len, table.headings[place].split()), default=1) * _BOLD
    texts = {row[place] for row in table.rows}
    if words and not table.figures[place]:
        # Dates and other short texts stay on one line, longer ones break at their words.
        longest = max(
            (len(text) if len(text) <= _WHOLE else max(map(len, text.split())) for text in texts),
            default=1,
        )
    else:
        longest = max(map(len, texts), default=1)
    return max(5, min(_MOST if not words else 26, max(heading, longest)))
