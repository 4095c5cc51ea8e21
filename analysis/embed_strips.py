"""Writes rows of small drawings as HTML without style or script: list items, each with an SVG.

Marks are placed in per cent, so that a drawing is as wide as its frame while dots stay round and
letters keep their size. Colours come from the style sheet, by class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from analysis.strips import WIDE, Mark, Strip, Strips

HIGH = 20
#: Shapes around their own place, and their boxes: width, height.
_SIGNS = {"up": "M-5.5 4.5h11L0-5.5z", "down": "M-5.5-4.5h11L0 5.5z"}
_BOXES = {"bar": 14, "range": 6, "middle": 10, "line": 2}
_UPRIGHT = {"benchmark": 18, "own": 18, "limit": 20}


def write_strips(strips: Strips, text: Callable[[str], str]) -> str:
    """The rows under their headings, below what the marks mean.

    Args:
        strips: what is shown.
        text: escapes words for HTML.
    """
    key = "".join(f"<li>{_draw([mark], ' sample')}{text(words)}</li>" for mark, words in strips.key)
    parts = []
    heading = ""

    def group_of(row: Strip) -> str:
        nonlocal heading
        heading = row.heading or heading
        return heading

    for name, rows in groupby(strips.rows, group_of):
        above = f"<h2>{text(name)}</h2>" if name else ""
        parts.append(f"{above}<ul>{''.join(_write_row(row, text) for row in rows)}</ul>")
    ends = "".join(f"<span>{text(words)}</span>" for words in strips.ends)
    return (
        f'<figure class="strips"><ul class="legend" aria-label="What the marks mean">{key}</ul>'
        f'<p class="ends">{ends}</p>{"".join(parts)}</figure>'
    )


def _write_row(row: Strip, text: Callable[[str], str]) -> str:
    note = f" <small>{text(row.note)}</small>" if row.note else ""
    return (
        f'<li><span class="name">{text(row.name)}{note}</span>'
        f'<span class="words">{text(row.words)}</span>{_draw(row.marks)}</li>'
    )


def _draw(marks: Sequence[Mark], kind: str = "") -> str:
    drawn = "".join(_draw_mark(mark) for mark in marks)
    return (
        f'<svg class="strip{kind}" width="100%" height="{HIGH}" aria-hidden="true" '
        f'focusable="false">{drawn}</svg>'
    )


def _draw_mark(mark: Mark) -> str:
    look = f'class="{mark.kind}{f" {mark.look}" if mark.look else ""}"'
    if mark.kind in WIDE:
        high = _BOXES[mark.kind]
        width = max(mark.end - mark.start, 0.4)
        return (
            f'<rect {look} x="{mark.start:.1f}%" y="{(HIGH - high) / 2:g}" '
            f'width="{width:.1f}%" height="{high}"/>'
        )
    if mark.kind in _UPRIGHT:
        high = _UPRIGHT[mark.kind]
        at = f'x1="{mark.start:.1f}%" x2="{mark.start:.1f}%"'
        at += f' y1="{(HIGH - high) / 2:g}" y2="{(HIGH + high) / 2:g}"'
        halo = "" if mark.kind == "limit" else f'<line class="halo" {at}/>'
        return f"{halo}<line {look} {at}/>"
    if mark.kind in _SIGNS:  # a picture in the picture: only that can be moved by per cent
        return (
            f'<svg x="{mark.start:.1f}%" y="{HIGH / 2:g}" overflow="visible">'
            f'<path {look} d="{_SIGNS[mark.kind]}"/></svg>'
        )
    return f'<circle {look} cx="{mark.start:.1f}%" cy="{HIGH / 2:g}" r="4.5"/>'
