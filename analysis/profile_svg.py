"""The spine and the bars of a ward as self-contained SVG, for downloads and reports."""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.bars import Bar, longest
from analysis.map_view import format_number
from analysis.palette import CHART_INK, MAP_COLOURS
from analysis.spine import NO_FIGURE
from analysis.spine_table import COLOUR_OF, describe_unit, number

_FONT = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
_MARGIN, _ROW, _WIDTH = 24, 22, 1120
_COLOURS, _INK = MAP_COLOURS["light"], CHART_INK["light"]


def _text(
    x: float, y: float, words: str, *, size: int = 13, anchor: str = "start",
    weight: int = 400, colour: str = _COLOURS["ink"],
) -> str:  # fmt: skip
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'font-weight="{weight}" fill="{colour}">{html.escape(words)}</text>'
    )


def _rect(x: float, y: float, width: float, height: float, fill: str, edge: str = "none") -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{height:.1f}" '
        f'fill="{fill}" stroke="{edge}"/>'
    )


def _page(title: str, parts: Sequence[str], bottom: float, source: str, width: int) -> str:
    """Title above, sources below, everything on white."""
    lines = textwrap.wrap(f"Source: {source}", int((width - 2 * _MARGIN) / 6))
    foot = "".join(
        _text(_MARGIN, bottom + 20 + 16 * n, line, size=12, colour=_COLOURS["ink_soft"])
        for n, line in enumerate(lines)
    )
    height = bottom + 24 + 16 * len(lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
        f'width="{width}" height="{height:.0f}" role="img" font-family="{_FONT}">'
        f"<title>{html.escape(title)}</title>"
        f'<rect width="{width}" height="{height:.0f}" fill="{_COLOURS["surface"]}"/>'
        f"{_text(_MARGIN, 40, title, size=20, weight=600)}{''.join(parts)}{foot}</svg>"
    )


# Drawn, not written: the letters of the PNG have no such signs. Within -5 to 5 of the centre.
_SHAPES = {
    "▲": "M-5 4h10l-5-8z",
    "▼": "M-5-4h10l-5 8z",
    "●": "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "◇": "M0-5l5 5-5 5-5-5zM0-3l-3 3 3 3 3-3z",
    "↗": "M-5 4l7-7h-4v-2h7v7h-2v-4l-7 7z",
    "↘": "M-5-4l7 7h-4v2h7v-7h-2v4l-7-7z",
    "→": "M-5-1h6l-2-3h3l3 4-3 4h-3l2-3h-6z",
}


def _sign(x: float, y: float, sign: str, colour: str) -> str:
    shape = _SHAPES.get(sign, "")
    return (
        f'<path transform="translate({x:.1f} {y:.1f})" d="{shape}" fill="{colour}" '
        f'fill-rule="evenodd"/>'
        if shape
        else ""
    )


_LINE, _LINE_WIDTH = 590, 250


def _draw_line(row: Any, y: float) -> str:
    def at(share: float) -> float:
        return _LINE + _LINE_WIDTH * share / 100

    parts = []
    if not math.isnan(row.at_low):
        width = at(row.at_high) - at(row.at_low)
        parts.append(
            _rect(at(row.at_low), y - 3, width, 6, _COLOURS["quiet"], _COLOURS["card_line"])
        )
        width = at(row.at_third) - at(row.at_first)
        parts.append(_rect(at(row.at_first), y - 5, width, 10, _COLOURS["card_line"]))
        parts.append(_rect(at(50) - 1, y - 9, 2, 18, _COLOURS["ink"]))
    if not math.isnan(row.at_value):
        if not math.isnan(row.at_lower):
            width = at(row.at_upper) - at(row.at_lower)
            parts.append(_rect(at(row.at_lower), y - 1, width, 2, _COLOURS["ink"]))
        look = "similar" if row.compared == "similar" else COLOUR_OF.get(row.compared, "surface")
        parts.append(
            f'<circle cx="{at(row.at_value):.1f}" cy="{y:.1f}" r="5" fill="{_COLOURS[look]}" '
            f'stroke="{_COLOURS["ink"]}"/>'
        )
    return "".join(parts)


def _spine_row(row: Any, y: float) -> str:
    about = " · ".join(part for part in (describe_unit(row), row.period) if part)
    value = NO_FIGURE if math.isnan(row.value) else number(row.value, row)
    other = "–" if math.isnan(row.benchmark) else number(row.benchmark, row)
    arrow = row.trend[:1] if row.trend[:1] in _SHAPES else ""
    colour = _COLOURS[COLOUR_OF.get(row.compared, "ink")]
    rank = f"{row.rank} of {row.of:,}" if row.rank > 0 else ""
    base = y + 4
    name = textwrap.shorten(f"{row.name} ({about})", 68, placeholder=" …")
    return "".join(
        (
            _text(_MARGIN, base, name),
            _text(500, base, value, anchor="end", weight=600),
            _text(570, base, other, anchor="end"),
            _draw_line(row, y),
            _sign(856, y, row.sign, colour),
            _text(866, base, row.compared),
            _text(964, base, rank),
            _sign(1030, y, arrow, _COLOURS["ink"]),
            _text(1040, base, row.trend.removeprefix(arrow).strip(), size=11),
        )
    )


def draw_spine(
    spine: pd.DataFrame,
    themes: Mapping[str, str],
    title: str,
    benchmark: str,
    source: str,
    own: str = "Ward",
) -> str:
    """The spine as SVG.

    Args:
        spine: see `spine_table.render_spine`.
        themes: theme id -> heading.
        title: above the drawing.
        benchmark: its name.
        source: below the drawing.
        own: what the place is, above its figures.
    """
    y = 70.0
    soft = _COLOURS["ink_soft"]
    parts = [
        _text(500, y, own, anchor="end", colour=soft),
        _text(570, y, "Against", anchor="end", colour=soft),
        _text(_LINE, y, "worse or lower", size=12, colour=soft),
        _text(_LINE + _LINE_WIDTH, y, "better or higher", size=12, colour=soft, anchor="end"),
        _text(866, y, "Compared", colour=soft),
        _text(964, y, "Rank", colour=soft),
        _text(1040, y, "Trend", colour=soft),
    ]
    for theme, rows in spine.groupby("theme", sort=False):
        y += 28
        parts.append(_text(_MARGIN, y, themes[str(theme)], size=15, weight=600))
        for row in rows.itertuples():
            y += _ROW
            parts.append(_spine_row(row, y - 4))
    key = f"Upright line: {benchmark}. Dot: the {own.lower()}, with its 95 % interval. Bands: all "
    key += (
        "wards compared, and their middle half. Diamond: no interval; where it stands in England."
    )
    parts.append(_text(_MARGIN, y + 24, key, size=12, colour=soft))
    return _page(title, parts, y + 28, source, _WIDTH)


def draw_bars(bars: Sequence[Bar], title: str, heads: tuple[str, str], source: str) -> str:
    """The bars as SVG; the upright mark is the benchmark.

    Args:
        bars: in reading order.
        title: above the drawing.
        heads: of the two columns of figures.
        source: below the drawing.
    """
    width, left, wide, y, most = 760, 230, 330, 70.0, longest(bars)
    soft = _COLOURS["ink_soft"]
    other = heads[1] if len(heads[1]) <= 10 else "Against"
    parts = [
        _text(620, y, f"{heads[0]}, %", anchor="end", colour=soft),
        _text(720, y, f"{other}, %", anchor="end", colour=soft),
    ]
    for bar in bars:
        if bar.heading:
            y += 26
            parts.append(_text(_MARGIN, y, bar.heading, size=14, weight=600))
        y += _ROW
        parts.append(_text(_MARGIN, y, bar.label))
        value = NO_FIGURE if math.isnan(bar.value) else format_number(bar.value, 1)
        parts.append(_text(620, y, value, anchor="end", weight=600))
        if not math.isnan(bar.value):
            parts.append(_rect(left, y - 11, wide * bar.value / most, 14, _INK["strong"]))
        if not math.isnan(bar.benchmark):
            mark = left + wide * bar.benchmark / most - 1.5
            parts.append(_rect(mark, y - 14, 3, 20, _INK["benchmark"], _COLOURS["surface"]))
            parts.append(_text(720, y, format_number(bar.benchmark, 1), anchor="end"))
    return _page(title, parts, y + 8, source, width)
