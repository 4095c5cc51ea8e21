"""The spine as a table in HTML: light, sharp on paper, read row by row by a screen reader."""

from __future__ import annotations

import html
import math
from collections import namedtuple
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

import pandas as pd

from analysis.map_view import as_printed, format_number
from analysis.palette import MAP_COLOURS, Theme
from analysis.spine import NO_FIGURE

COLOUR_OF = {"better": "better", "worse": "worse", "lower": "lower", "higher": "higher"}
HEADINGS = ("Indicator", "Ward", "Benchmark", "", "Compared", "Rank", "Trend")


def number(value: float, row: Any) -> str:
    """A figure of a row without its unit, but with pound and per cent signs."""
    unit = row.unit if row.unit in ("%", "£") else ""
    return format_number(value, int(row.decimals), unit).replace(" ", "\N{NO-BREAK SPACE}")


def describe_unit(row: Any) -> str:
    """The unit where the figure itself does not carry it."""
    return "" if row.unit in ("%", "£") else str(row.unit)


def _box(kind: str, start: float, end: float) -> str:
    if math.isnan(start) or math.isnan(end):
        return ""
    return f'<i class="{kind}" style="left:{start:.1f}%;width:{max(end - start, 0.4):.1f}%"></i>'


def draw_line(row: Any) -> str:
    """The drawing of one row: range, middle half, benchmark, interval, the ward's dot."""
    if math.isnan(row.at_value) and math.isnan(row.at_low):
        return ""
    parts = [_box("r", row.at_low, row.at_high), _box("q", row.at_first, row.at_third)]
    parts.append('<i class="m"></i>')
    if not math.isnan(row.at_value):
        parts.append(_box("w", row.at_lower, row.at_upper))
        look = COLOUR_OF.get(row.compared, "similar" if row.compared == "similar" else "plain")
        parts.append(f'<b class="{look}" style="left:{row.at_value:.1f}%"></b>')
    return f'<div class="s" aria-hidden="true">{"".join(parts)}</div>'


def _standing(row: Any) -> str:
    return f"{row.rank} of {row.of:,}" if row.rank > 0 else ""


def _figure(row: Any) -> str:
    if math.isnan(row.value):
        return NO_FIGURE
    text = html.escape(number(row.value, row))
    if math.isnan(row.lower):
        return text
    plain = [format_number(limit, int(row.decimals)) for limit in (row.lower, row.upper)]
    return f"{text} <small>{html.escape(' to '.join(plain))}</small>"


def render_row(row: Any, link: str) -> str:
    """One row: name with link, figure, benchmark, drawing, comparison, rank, trend."""
    e = html.escape
    about = " · ".join(part for part in (describe_unit(row), row.period, row.note) if part)
    other = "–" if math.isnan(row.benchmark) else number(row.benchmark, row)
    look = COLOUR_OF.get(row.compared, "")
    sign = f'<span class="sign {look}" aria-hidden="true">{row.sign}</span> ' if row.sign else ""
    silent = "" if row.trend else '<span aria-label="too few points">–</span>'
    cells = (
        ("v", _figure(row)),
        ("n", e(other)),
        ("d", draw_line(row)),
        ("c", f"{sign}{e(row.compared) or '–'}"),
        ("k", _standing(row) or "–"),
        ("t" if row.trend else "t e", e(row.trend) or silent),
    )
    body = "".join(f'<td role="cell" class="{kind}">{text}</td>' for kind, text in cells)
    return (
        f'<tr role="row" id="row-{e(row.Index)}"><th role="rowheader" scope="row">'
        f'<a href="{e(link)}">{e(row.name)}</a> <small>{e(about)}</small></th>{body}</tr>'
    )


def _list_rows(spine: pd.DataFrame) -> list[Any]:
    """The rows as named tuples of plain numbers and words; quicker than `itertuples`."""
    row = namedtuple("row", ["Index", *spine.columns])  # type: ignore[misc]
    columns = (spine[column].tolist() for column in spine.columns)
    return [row(*cells) for cells in zip(spine.index.tolist(), *columns, strict=True)]


def render_spine(
    spine: pd.DataFrame,
    themes: Mapping[str, str],
    benchmark: str,
    ward: str,
    link_to: Callable[[str], str],
    own: str = "Ward",
) -> str:
    """The whole table as HTML; all text is escaped.

    Args:
        spine: see `spine.make_spine`, with the columns period, note and trend (texts).
        themes: theme id -> heading, in reading order.
        benchmark: name, heads its column.
        ward: name, in the caption.
        link_to: indicator id -> address that opens it elsewhere.
        own: what the place is, heads the column of its figures.
    """
    e = html.escape
    heads = [*HEADINGS]
    heads[1] = own
    heads[2] = benchmark
    heads[3] = "worse ◂  ▸ better"
    kinds = ("", "v", "n", "d", "c", "k", "t")
    head = "".join(
        f'<th role="columnheader" scope="col" class="{kind}">{e(text)}</th>'
        for kind, text in zip(kinds, heads, strict=True)
    )
    parts = []
    for theme, rows in groupby(_list_rows(spine), lambda row: row.theme):
        body = "".join(render_row(row, link_to(row.Index)) for row in rows)
        parts.append(
            f'<tbody role="rowgroup"><tr role="row" class="theme"><th role="rowheader" '
            f'scope="rowgroup" colspan="7">{e(themes[str(theme)])}</th></tr>{body}</tbody>'
        )
    return (
        f'<table class="needs-spine" role="table"><caption>All indicators of {e(ward)} '
        f"against {e(benchmark)}</caption>"
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>{"".join(parts)}</table>'
    )


def spine_colours(theme: Theme) -> str:
    """The colours of the drawing as CSS declarations for one theme."""
    colours = MAP_COLOURS[theme]
    names = {
        "better": "better",
        "worse": "worse",
        "similar": "similar",
        "lower": "lower",
        "higher": "higher",
        "range": "quiet",
        "edge": "card_line",
        "middle": "card_line",
        "ink": "ink",
        "soft": "ink_soft",
        "paper": "surface",
    }
    return ";".join(f"--spine-{name}:{colours[key]}" for name, key in names.items())


def tidy_spine(spine: pd.DataFrame, benchmark: str) -> pd.DataFrame:
    """The rows for a table and files, with plain headings and typed cells."""
    shown = spine[["value", "lower", "upper", "benchmark", "low", "first_quartile",
                   "third_quartile", "high"]]  # fmt: skip
    rounded = shown.apply(
        lambda row: pd.Series(as_printed(row, int(spine.at[row.name, "decimals"])), row.index),
        axis=1,
    )
    return pd.DataFrame(
        {
            "Indicator": spine["name"],
            "Unit": spine["unit"],
            "Period": spine["period"],
            "Ward": rounded["value"],
            "Lower 95 % limit": rounded["lower"],
            "Upper 95 % limit": rounded["upper"],
            benchmark: rounded["benchmark"],
            "Compared": spine["compared"],
            "Rank (1 highest)": spine["rank"].where(spine["rank"] > 0),
            "Wards ranked": spine["of"].where(spine["rank"] > 0),
            "Lowest ward": rounded["low"],
            "Lower quartile": rounded["first_quartile"],
            "Upper quartile": rounded["third_quartile"],
            "Highest ward": rounded["high"],
            "Recent trend": spine["trend"].where(spine["trend"] != "", "too few points"),
            "Note": spine["note"],
            "Id": spine.index,
        }
    ).reset_index(drop=True)
