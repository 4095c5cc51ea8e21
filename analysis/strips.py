"""Rows of small drawings that share one scale: a ward's figures beside others, on any width.

The pages draw them as tables whose cells hold boxes placed by style. Where no style may stand in
the page, as in other websites, they are these rows: words as text, the drawing as marks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.bars import Bar, longest
from analysis.map_view import format_number
from analysis.pocket_words import name_fifth, print_limit
from analysis.spine import NO_FIGURE
from analysis.spine_table import COLOUR_OF, describe_unit, number
from data.catalogue import Indicator

MarkKind = Literal[
    "bar", "range", "middle", "line", "benchmark", "limit", "own", "dot", "up", "down"
]
#: Marks from one place to another; the others stand at one place.
WIDE: tuple[MarkKind, ...] = ("bar", "range", "middle", "line")


@dataclass(frozen=True)
class Mark:
    """One mark at `start`, or from there to `end`, in per cent of the width.

    `look` is a colour's name in `palette.MAP_COLOURS`, "" for that of the kind.
    """

    kind: MarkKind
    start: float
    end: float = math.nan
    look: str = ""


@dataclass(frozen=True)
class Strip:
    """One row: its name, a note on it, its figures in words, its marks.

    `heading` stands above it where a group of rows begins, else "".
    """

    name: str
    words: str
    marks: Sequence[Mark]
    note: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Strips:
    """All rows, with what stands at both ends of the scale and what each kind of mark means."""

    rows: Sequence[Strip]
    ends: tuple[str, str]
    key: Sequence[tuple[Mark, str]]


def _at(kind: MarkKind, start: float, end: float = math.nan, look: str = "") -> list[Mark]:
    """A mark, or none where its place is not known."""
    gone = math.isnan(start) or (kind in WIDE and math.isnan(end))
    return [] if gone else [Mark(kind, start, end, look)]


def _after(words: str) -> str:
    """Words behind others; nothing where there are none."""
    return f"; {words.strip()}" if words.strip() else ""


def strip_bars(bars: Sequence[Bar], ward: str, benchmark: str) -> Strips:
    """Bars of a ward with an upright mark for the benchmark (see `bars.render_bars`).

    Args:
        bars: in reading order.
        ward: its name.
        benchmark: the name of what it is compared with.
    """
    most = longest(bars)
    rows = []
    for bar in bars:
        value = NO_FIGURE if math.isnan(bar.value) else format_number(bar.value, 1, "%")
        other = NO_FIGURE if math.isnan(bar.benchmark) else format_number(bar.benchmark, 1, "%")
        compared = _after(f"{bar.sign} {bar.compared}")
        marks = [
            *_at("bar", 0, 100 * bar.value / most),
            *_at("benchmark", 100 * bar.benchmark / most),
        ]
        rows.append(Strip(bar.label, f"{value}, against {other}{compared}", marks, bar.note,
                          bar.heading))  # fmt: skip
    key = [(Mark("bar", 0, 100), ward), (Mark("benchmark", 50), benchmark)]
    return Strips(rows, ("0", format_number(most, 0, "%")), key)


def strip_spine(
    spine: pd.DataFrame, themes: Mapping[str, str], ward: str, benchmark: str, wards: str
) -> Strips:
    """Every indicator of a ward (see `spine_table.render_spine`), the benchmark in the middle.

    Args:
        spine: see `spine.make_spine`, with the columns period, note and trend (texts).
        themes: theme id -> heading.
        ward: its name.
        benchmark: the name of what it is compared with.
        wards: which wards the ward is placed among.
    """
    rows, last = [], ""
    for row in spine.itertuples():
        heading = "" if row.theme == last else themes[str(row.theme)]
        last = row.theme
        about = [describe_unit(row), row.period, row.note, row.trend]
        note = " · ".join(str(part) for part in about if part)
        rows.append(Strip(str(row.name), _say_spine(row), _mark_spine(row), note, heading))
    key = [
        (Mark("dot", 50, look="similar"), f"{ward}; its line: the 95 % interval"),
        (Mark("benchmark", 50), benchmark),
        (Mark("range", 0, 100), f"all {wards}"),
        (Mark("middle", 25, 75), "their middle half"),
    ]
    return Strips(rows, ("worse or lower", "better or higher"), key)


def _say_spine(row: Any) -> str:
    value = NO_FIGURE if math.isnan(row.value) else number(row.value, row)
    other = NO_FIGURE if math.isnan(row.benchmark) else number(row.benchmark, row)
    rank = f"rank {row.rank} of {row.of:,}" if row.rank > 0 else ""
    return f"{value}, against {other}{_after(f'{row.sign} {row.compared}')}{_after(rank)}"


def _mark_spine(row: Any) -> list[Mark]:
    look = COLOUR_OF.get(row.compared, "similar" if row.compared == "similar" else "surface")
    return [
        *_at("range", row.at_low, row.at_high),
        *_at("middle", row.at_first, row.at_third),
        *(_at("benchmark", 50) if not math.isnan(row.at_low) else ()),
        *_at("line", row.at_lower, row.at_upper),
        *_at("dot", row.at_value, look=look),
    ]


def strip_pockets(
    rows: pd.DataFrame, dots: pd.DataFrame, indicator: Indicator, limit: float
) -> Strips:
    """Wards with the neighbourhoods inside them (see `pocket_figure.plot_pockets`).

    Args:
        rows: index ward code in the order wanted; name, value, low, high, hides, known.
        dots: index LSOA code; ward_code, value, pocket (bool).
        indicator: what is shown.
        limit: where England's high-need fifth begins; NaN marks nothing.
    """
    drawn = dots.dropna(subset="value")
    figures = np.concatenate(
        [drawn["value"], rows["value"].dropna(), [] if math.isnan(limit) else [limit]]
    )
    zero = indicator.measure in ("percentage", "rate", "count")
    low = min(0.0, float(figures.min())) if zero else float(figures.min())
    span = float(figures.max()) - low or 1.0

    def place(value: float) -> float:
        return 1 + 98 * (value - low) / span  # room for half a mark at both ends

    judged = indicator.polarity != "no_judgement"
    kind: MarkKind = "down" if indicator.polarity == "high_is_good" else "up"
    look = "worse" if judged else "higher"
    strips = []
    for code, row in rows.iterrows():
        inside = drawn[drawn["ward_code"] == code].sort_values("pocket")
        marks = [*_at("range", place(row["low"]), place(row["high"])), *_at("limit", place(limit))]
        for value, pocket in zip(inside["value"], inside["pocket"], strict=True):
            marks += _at(kind, place(value), look=look) if pocket else _at("dot", place(value))
        marks += _at("own", place(row["value"]))
        strips.append(Strip(str(row["name"]), _say_pocket(row, indicator), marks))
    ends = tuple(format_number(v, indicator.decimals, indicator.unit) for v in (low, low + span))
    key = [
        (Mark("dot", 50), "a neighbourhood (LSOA)"),
        (Mark(kind, 50, look=look), f"a neighbourhood in England's {name_fifth(indicator)}"),
        (Mark("own", 50), "the ward as a whole"),
    ]
    if not math.isnan(limit):
        key.append(
            (Mark("limit", 50), f"where that fifth begins ({print_limit(indicator, limit)})")
        )
    return Strips(strips, (ends[0], ends[1]), key)


def _say_pocket(row: pd.Series, indicator: Indicator) -> str:
    def say(value: float) -> str:
        return format_number(value, indicator.decimals, indicator.unit)

    whole = NO_FIGURE if math.isnan(row["value"]) else say(row["value"])
    inside = f"{say(row['low'])} to {say(row['high'])} inside"
    return f"{whole}, {inside}{', hides a pocket' if row['hides'] else ''}"
