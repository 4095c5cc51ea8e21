"""A table of wards by columns whose cells have a sign, a figure and a colour.

Made by pure functions, drawn by `pages.shared.heat_table` in the browser and by
`analysis.heat_picture` as SVG. Every text is printed here once, so that no figure is rounded
twice; the browser only puts texts together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Direction = Literal["ascending", "descending"]

#: Looks of a cell: the classes of the map, and two without colour.
LOOKS = (
    "plain",
    "better",
    "similar",
    "worse",
    "lower",
    "higher",
    "class_1",
    "class_2",
    "class_3",
    "class_4",
    "class_5",
    "suppressed",
    "not_available",
    "not_estimated",
)
_NO_SIGN = " "


class HeatTableError(ValueError):
    """A table whose parts do not fit together; the message says which."""


@dataclass(frozen=True)
class HeatColumn:
    """One column, one entry per row in each sequence.

    `about` is its full name with period, `foot` stands under the heading (the benchmark's
    figure). `texts` are printed figures without unit, "" where there is none; `signs` one
    character or ""; `looks` keys of `LOOKS`; `words` what the colour means, or why there is
    no figure; `ranges` the 95 % limits; `ranks` such as "3rd of 26". Numbers that are not
    indicators (people) have no `words`.
    """

    id: str
    name: str
    texts: Sequence[str]
    unit: str = ""
    about: str = ""
    foot: str = ""
    group: str = ""
    signs: Sequence[str] = field(default=())
    looks: Sequence[str] = field(default=())
    words: Sequence[str] = field(default=())
    ranges: Sequence[str] = field(default=())
    ranks: Sequence[int] = field(default=())
    ranked: int = 0
    can_choose: bool = True


@dataclass(frozen=True)
class HeatTable:
    """Rows and columns, the order they stand in, and what is selected.

    `sort` is the id of the column that orders the rows (`ward` for the names) and its
    direction. `legend` holds key, sign, label and number of cells.
    """

    label: str
    codes: Sequence[str]
    names: Sequence[str]
    columns: Sequence[HeatColumn]
    sort: tuple[str, Direction]
    subnames: Sequence[str] = field(default=())
    legend: Sequence[tuple[str, str, str, int]] = field(default=())
    selected: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        """Refuse columns of the wrong length and unknown looks.

        Raises:
            HeatTableError: with the table, the column and the fault.
        """
        size = len(self.codes)
        for column in self.columns:
            for name in ("texts", "signs", "looks", "words", "ranges", "ranks"):
                if len(getattr(column, name)) not in ({size} if name == "texts" else {0, size}):
                    raise HeatTableError(
                        f"Table '{self.label}', column '{column.id}': {name} has "
                        f"{len(getattr(column, name))} entries for {size} rows."
                    )
            if unknown := set(column.looks) - set(LOOKS):
                raise HeatTableError(
                    f"Table '{self.label}', column '{column.id}': unknown look {unknown}."
                )


def next_direction(sort: tuple[str, Direction], column: str) -> tuple[str, Direction]:
    """How rows stand after a heading was pressed: names from A, figures from the highest."""
    if sort[0] == column:
        return column, "ascending" if sort[1] == "descending" else "descending"
    return column, "ascending" if column == "ward" else "descending"


def pack_table(table: HeatTable) -> dict[str, Any]:
    """Return a table as a small JSON-able dictionary for the browser.

    Texts of a column are one string cut at tabs; looks and words are one character per row.
    """
    return {
        "label": table.label,
        "codes": list(table.codes),
        "names": list(table.names),
        "subnames": list(table.subnames),
        "columns": [_pack_column(column, len(table.codes)) for column in table.columns],
        "looks": list(LOOKS),
        "sort": list(table.sort),
        "legend": [list(entry) for entry in table.legend],
        "selected": list(table.selected),
    }


def _pack_column(column: HeatColumn, size: int) -> dict[str, Any]:
    looks = column.looks or ["plain"] * size
    words = list(dict.fromkeys(column.words))
    place = {word: number for number, word in enumerate(words)}
    return {
        "id": column.id,
        "name": column.name,
        "unit": column.unit,
        "about": column.about,
        "foot": column.foot,
        "group": column.group,
        "choose": column.can_choose,
        "texts": "\t".join(column.texts),
        "signs": "".join(sign or _NO_SIGN for sign in column.signs),
        "looks": "".join(chr(ord("a") + LOOKS.index(look)) for look in looks),
        "words": words,
        "word": [place[word] for word in column.words],
        "ranges": "\t".join(column.ranges) if any(column.ranges) else "",
        "ranks": [int(rank) for rank in column.ranks],
        "ranked": column.ranked,
    }
