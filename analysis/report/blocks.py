"""A document as blocks that say what they are, not how they look.

Whoever fills a document makes blocks from tables; a writer (`write_docx`, `write_pptx` …) turns
the same blocks into each kind of file, so that all files and the screen show the same numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

ChartKind = Literal["bar", "column", "line", "scatter"]


@dataclass(frozen=True)
class Paragraph:
    """Plain text; `quiet` for notes below a chart, `strong` for the one sentence that counts."""

    text: str
    tone: Literal["plain", "quiet", "strong"] = "plain"


@dataclass(frozen=True)
class Bullets:
    """Short points, in order."""

    items: Sequence[str]


@dataclass(frozen=True)
class Fact:
    """One figure of a summary: what it is, the figure as printed, and a word on it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """Figures side by side."""

    facts: Sequence[Fact]


@dataclass(frozen=True)
class Table:
    """Rows with plain headings and typed cells; missing cells are None or NaN, never 0.

    `title` says what it is, `notes` what its signs mean and where it comes from (name, text).
    `decimals`: places of numbers by heading, 1 where not named. `name` of the Excel sheet:
    at most 31 letters.
    """

    name: str
    title: str
    frame: pd.DataFrame
    notes: Sequence[tuple[str, str]] = ()
    decimals: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Series:
    """One line or row of bars: name, values in the order of the chart's categories.

    Missing values are None. `role` gives the colour: the place in question is `main`, what it
    is compared with is `other`, a target or average is `guide`. `low` and `high`: interval.
    """

    name: str
    values: Sequence[float | None]
    role: Literal["main", "other", "guide"] = "main"
    low: Sequence[float | None] | None = None
    high: Sequence[float | None] | None = None


@dataclass(frozen=True)
class Band:
    """A stretch of the category axis, both ends included, such as a lockdown."""

    label: str
    first: int
    last: int


@dataclass(frozen=True)
class Chart:
    """A chart by its data: title (the finding), subtitle (what, unit, place, period).

    `description` is the text alternative, made from the data; `sources` the lines below.
    Bars start at zero. `bands` shade categories, by position.

    A scatter has its series in pairs: the first says how far to the right each category stands,
    the second how far up; their names are those of the axes. The second's `role` gives the
    colour, and the categories of `main` pairs are named beside their dots.
    """

    name: str
    title: str
    subtitle: str
    kind: ChartKind
    categories: Sequence[str]
    series: Sequence[Series]
    unit: str
    description: str
    sources: Sequence[str] = ()
    decimals: int = 1
    bands: Sequence[Band] = ()


@dataclass(frozen=True)
class Picture:
    """A picture that cannot be a chart, such as a map: SVG, its text alternative, its sources.

    Files print `title`, `subtitle` and `sources` as text beside it: the picture needs no title.
    """

    name: str
    title: str
    subtitle: str
    svg: str
    description: str
    sources: Sequence[str] = ()


Block = Paragraph | Bullets | Facts | Table | Chart | Picture


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; `level` 1 or 2. `notes`: what a presenter may say."""

    heading: str
    blocks: Sequence[Block]
    level: Literal[1, 2] = 1
    notes: str = ""


@dataclass(frozen=True)
class Document:
    """A whole document: its title page, its sections, and what every page carries.

    `data_date`: the newest day that the figures are about, in words; `made`: the day it was made.
    """

    title: str
    subtitle: str
    place: str
    sections: Sequence[Section]
    data_date: str
    made: dt.date
    language: str = "en-GB"
