"""What all writers share: text that any file can hold, and figures printed one way."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import numbers
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

from analysis.map_view import format_number
from analysis.report.blocks import Chart, Document, Table
from analysis.words import day_words

#: Named as the author of every file: no person is.
AUTHOR = "Ward needs dashboard"

#: Stands where a figure is missing, never 0.
MISSING = "not available"

#: Said where a picture is damaged, before its description.
NO_PICTURE = "The picture could not be drawn. It shows:"

#: Stands for a sign that no file format can hold (control signs, halves of signs).
UNREADABLE = "[?]"

# XML 1.0 allows none of these, nor do the fonts print them. U+202A to U+202E and U+2066 to
# U+2069 turn the direction of text, so that what is read is not what is stored.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]+"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

T = TypeVar("T")


@dataclass(frozen=True)
class PrintedTable:
    """A table as text: headings, rows, and for each column whether it holds figures."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: Sequence[bool]

    def widths(self, most: int = 40) -> list[int]:
        """The letters of the longest text of each column, at least 6 and at most `most`."""
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.headings)
        return [
            min(most, max(6, _longest_word(heading), *map(len, cells), 0))
            for heading, cells in zip(self.headings, columns, strict=True)
        ]


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)


def clean_text(text: str) -> str:
    """Text without signs that files cannot hold: `UNREADABLE` stands for them."""
    return _FORBIDDEN.sub(UNREADABLE, _LINE_END.sub("\n", text))


def clean_document(document: Document) -> Document:
    """The same document, every text in it cleaned (see `clean_text`); writers begin with it."""
    return _clean(document)


def _clean(value: T) -> T:
    cleaned: Any = value
    if isinstance(value, str):
        cleaned = clean_text(value)
    elif isinstance(value, pd.DataFrame):
        cleaned = value.map(lambda cell: clean_text(cell) if isinstance(cell, str) else cell)
        cleaned.columns = [clean_text(str(heading)) for heading in value.columns]
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: _clean(getattr(value, part.name)) for part in dataclasses.fields(value)}
        cleaned = dataclasses.replace(value, **parts)
    elif isinstance(value, Mapping):
        cleaned = {_clean(key): _clean(item) for key, item in value.items()}
    elif isinstance(value, Sequence):
        cleaned = tuple(_clean(item) for item in value)
    return cleaned


def is_missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT, an infinite number or empty text."""
    if value is None or value is pd.NaT or value is pd.NA or value == "":
        return True
    return isinstance(value, numbers.Real) and not math.isfinite(value)


def is_figure(value: object) -> bool:
    """Whether a cell is a number (and not yes or no)."""
    return isinstance(value, numbers.Real) and str(value) not in ("True", "False")


def format_cell(value: object, decimals: int | None = None) -> str:
    """A cell as printed: "1,234", "12.3", "5 March 2021", "yes", "not available".

    Without `decimals` whole numbers have none and others one.
    """
    if is_missing(value):
        return MISSING
    if is_figure(value):
        assert isinstance(value, numbers.Real)  # noqa: S101 (for the type checker)
        places = decimals_of(value, decimals)
        return format_number(float(value), places)
    if isinstance(value, dt.date):
        return day_words(value)
    return {"True": "yes", "False": "no"}.get(str(value), str(value))


def decimals_of(value: object, decimals: int | None) -> int:
    """The places of a number: as told, otherwise none for whole ones and one for others."""
    if decimals is not None:
        return decimals
    return 0 if isinstance(value, numbers.Integral) else 1


def print_table(table: Table) -> PrintedTable:
    """The table as all files but Excel print it."""
    headings = [str(heading) for heading in table.frame.columns]
    columns: list[list[str]] = []
    figures: list[bool] = []
    for place, heading in enumerate(headings):
        cells = table.frame.iloc[:, place].tolist()
        columns.append([format_cell(cell, table.decimals.get(heading)) for cell in cells])
        known = [cell for cell in cells if not is_missing(cell)]
        figures.append(bool(known) and sum(map(is_figure, known)) * 2 > len(known))
    rows = list(zip(*columns, strict=True)) if columns else []
    return PrintedTable(headings, rows, figures)


def tabulate_chart(chart: Chart, *, notes: bool = True) -> Table:
    """A chart's figures as a table: one row for each category, intervals beside their series.

    Args:
        chart: the chart.
        notes: with its unit, description, bands and sources as notes.
    """
    columns: dict[str, list[object]] = {"Category": list(chart.categories)}
    for series in chart.series:
        columns[_unused(series.name, columns)] = list(series.values)
        for words, limits in (("lower limit", series.low), ("upper limit", series.high)):
            if limits is not None:
                columns[_unused(f"{series.name}, {words}", columns)] = list(limits)
    frame = pd.DataFrame(columns)
    decimals = dict.fromkeys(list(columns)[1:], chart.decimals)
    return Table(chart.name, chart.title, frame, _note_chart(chart) if notes else (), decimals)


def _note_chart(chart: Chart) -> list[tuple[str, str]]:
    pairs = [
        ("What, where, when", chart.subtitle),
        ("Unit", chart.unit),
        ("What it shows", chart.description),
        ("Bands", _band_words(chart)),
        *(("Source", source) for source in chart.sources),
    ]
    return [(name, text) for name, text in pairs if text]


def _band_words(chart: Chart) -> str:
    ends = [(band.label, chart.categories[band.first], chart.categories[band.last])
            for band in chart.bands]  # fmt: skip
    return "; ".join(f"{label}: {first} to {last}" for label, first, last in ends)


def _unused(name: str, taken: Mapping[str, object]) -> str:
    """A heading that the table does not have yet."""
    number, free = 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def name_running_line(document: Document) -> str:
    """What stands at the foot of every page: title, place and the day it was made."""
    return " · ".join(
        text for text in (document.title, document.place, day_words(document.made)) if text
    )


def list_facts(document: Document) -> list[tuple[str, str]]:
    """What the title page says below the title: place and dates."""
    pairs = (
        ("Place", document.place),
        ("Newest figures", document.data_date),
        ("Report made", day_words(document.made)),
    )
    return [(name, text) for name, text in pairs if text]
