"""A heat table as one self-contained SVG text, for downloads, reports and print."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence

from analysis.heat_table import HeatColumn, HeatTable
from analysis.palette import MAP_COLOURS, Theme, ink_on

_FONT = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
_MARGIN, _NAME, _CELL, _ROW, _LINE = 24, 210, 84, 24, 15
_HEAD_CHARACTERS = 13
_PATTERNS = {"suppressed": "hatch", "not_available": "dots", "not_estimated": "dots"}


def render_svg_table(
    table: HeatTable,
    title: str,
    caption: Sequence[str],
    theme: Theme = "light",
) -> str:
    """Return a table with title, legend and notes as SVG text.

    Args:
        table: what is drawn, all its rows and columns.
        title: the finding, above.
        caption: lines below: what, where, when, source.
        theme: light or dark.
    """
    colours = MAP_COLOURS[theme]
    width = max(760, 2 * _MARGIN + _NAME + _CELL * len(table.columns))
    y = 44.0
    parts: list[str] = []
    for line in textwrap.wrap(title, max(30, width // 11)):
        parts.append(_text(_MARGIN, y, line, colours["ink"], 22, bold=True))
        y += 28
    head, top = _head(table, y, colours["ink"])
    parts += head
    for row in range(len(table.codes)):
        parts += _row(table, row, top + row * _ROW, theme)
    foot, height = _foot(table, caption, top + len(table.codes) * _ROW + 26, width, theme)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
            f'width="{width}" height="{height:.0f}" role="img" aria-labelledby="table-title" '
            f'font-family="{_FONT}"><title id="table-title">{html.escape(title)}</title>',
            _patterns(theme),
            f'<rect width="{width}" height="{height:.0f}" fill="{colours["surface"]}"/>',
            *parts,
            foot,
            "</svg>",
        )
    )


def _head(table: HeatTable, y: float, ink: str) -> tuple[list[str], float]:
    """The headings, standing on one line, and where the rows begin."""
    heads = [_heading(column) for column in table.columns]
    top = y + max((len(lines) for lines in heads), default=1) * _LINE + 6
    parts = []
    for place, lines in enumerate(heads):
        x = _MARGIN + _NAME + place * _CELL + _CELL / 2
        for number, line in enumerate(lines):
            at = top - 8 - (len(lines) - 1 - number) * _LINE
            bold = number < len(lines) - bool(table.columns[place].foot)
            parts.append(_text(x, at, line, ink, 12, bold=bold, anchor="middle"))
    return parts, top


def _row(table: HeatTable, row: int, y: float, theme: Theme) -> list[str]:
    """One ward: its name and its cells."""
    name = table.names[row]
    words = f"{name}, {table.subnames[row]}" if table.subnames else name
    short = textwrap.shorten(words, 34, placeholder="…")
    cells = [
        _cell(column, row, _MARGIN + _NAME + place * _CELL, y, theme)
        for place, column in enumerate(table.columns)
    ]
    return [_text(_MARGIN, y + 16, short, MAP_COLOURS[theme]["ink"], 13), *cells]


def _heading(column: HeatColumn) -> list[str]:
    words = f"{column.name} ({column.unit})" if column.unit else column.name
    lines = textwrap.wrap(words, _HEAD_CHARACTERS)
    return [*lines, *textwrap.wrap(column.foot, _HEAD_CHARACTERS + 2)]


def _text(
    x: float, y: float, words: str, ink: str, size: int, *, bold: bool = False, anchor: str = ""
) -> str:
    weight = ' font-weight="600"' if bold else ""
    at = f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{ink}"{weight}{at}>'
        f"{html.escape(words)}</text>"
    )


def _look(key: str, theme: Theme) -> tuple[str, str]:
    """Fill and ink of a cell."""
    colours = MAP_COLOURS[theme]
    if key in _PATTERNS:
        return f"url(#cell-{_PATTERNS[key]})", colours["ink"]
    if key == "plain":
        return colours["quiet"], colours["ink"]
    return colours[key], ink_on(colours[key])


def _cell(column: HeatColumn, row: int, x: float, y: float, theme: Theme) -> str:
    look = column.looks[row] if column.looks else "plain"
    fill, ink = _look(look, theme)
    word = html.escape(column.words[row]) if column.words else ""
    text = column.texts[row] or "–"
    return (
        f'<rect x="{x + 1:.1f}" y="{y + 1:.1f}" width="{_CELL - 2}" height="{_ROW - 2}" '
        f'fill="{fill}"><title>{word}</title></rect>'
        f"{_sign(column.signs[row] if column.signs else '', x + 8, y + 16, ink)}"
        f"{_text(x + _CELL - 8, y + 16, text, ink, 13, anchor='end')}"
    )


def _sign(sign: str, x: float, y: float, ink: str) -> str:
    """A sign at the left of a cell; rings and discs are drawn, since not every font has them."""
    if sign in ("●", "○"):
        fill = ink if sign == "●" else "none"
        return (
            f'<circle cx="{x + 5:.1f}" cy="{y - 4:.1f}" r="4" fill="{fill}" stroke="{ink}">'
            f"<title>{sign}</title></circle>"
        )
    return _text(x, y, sign, ink, 11) if sign else ""


def _patterns(theme: Theme) -> str:
    colours = MAP_COLOURS[theme]
    size = 'width="6" height="6" patternUnits="userSpaceOnUse"'
    paper = f'<rect width="6" height="6" fill="{colours["pattern_paper"]}"/>'
    ink = colours["pattern_ink"]
    return (
        f'<defs><pattern id="cell-hatch" {size} patternTransform="rotate(45)">{paper}'
        f'<rect width="1.4" height="6" fill="{ink}"/></pattern>'
        f'<pattern id="cell-dots" {size}>{paper}<circle cx="3" cy="3" r="1" fill="{ink}"/>'
        "</pattern></defs>"
    )


def _foot(
    table: HeatTable, caption: Sequence[str], y: float, width: float, theme: Theme
) -> tuple[str, float]:
    """Legend and notes, and the height of the whole picture."""
    colours = MAP_COLOURS[theme]
    parts: list[str] = []
    x = float(_MARGIN)
    for key, sign, label, count in table.legend:
        words = f"{sign} {label}  {count:,}".strip()
        wide = 30 + len(words) * 7.2 + 14
        if x > _MARGIN and x + wide > width - _MARGIN:
            x, y = float(_MARGIN), y + 24
        fill, _ = _look(key, theme)
        parts.append(
            f'<rect x="{x:.1f}" y="{y - 12:.1f}" width="21" height="15" fill="{fill}" '
            f'stroke="{colours["pattern_ink"]}" stroke-width="0.8"/>'
        )
        parts.append(_text(x + 29, y, words, colours["ink"], 13))
        x += wide
    y += 28
    for line in caption:
        for piece in textwrap.wrap(line, int(width / 6.6)):
            parts.append(_text(_MARGIN, y, piece, colours["ink_soft"], 13))
            y += 18
    return "".join(parts), y + 8
