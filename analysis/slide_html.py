"""A slide's figure as HTML for the browser: the same block that PowerPoint gets, in large letters.

Every text is escaped here; pictures and charts are drawn by the project itself.
"""

from __future__ import annotations

import html

from analysis.palette import CHART_COLOURS, CHART_INK, Theme
from analysis.report.blocks import Bullets, Chart, Facts
from analysis.report.pictures import draw_safe
from analysis.report.svg_marks import BAND, GRID, GUIDE, INK, QUIET, SOFT, STRONG
from analysis.slides import Block, ShownSlide

#: Charts are drawn for white paper; on a dark screen each of their colours becomes this one.
_INK = CHART_INK["dark"]
_DARK = {
    "#FFFFFF": _INK["surface"],
    INK: _INK["text"],
    SOFT: _INK["axis"],
    GRID: _INK["grid"],
    BAND: "#2A323B",
    GUIDE: _INK["benchmark"],
    QUIET: _INK["quiet"],
    **dict(zip(STRONG, CHART_COLOURS["dark"], strict=False)),
}


def render_block(block: Block, name: str, theme: Theme) -> str:
    """Return the HTML of a block.

    Args:
        block: of a slide.
        name: a word that no other slide on the page has.
        theme: of charts.
    """
    if isinstance(block, Facts):
        facts = "".join(
            f"<div><dt>{html.escape(f.label)}</dt><dd class='value'>{_print_value(f.value)}</dd>"
            f"<dd class='note'>{html.escape(f.note)}</dd></div>"
            for f in block.facts
        )
        return f"<dl class='facts n{len(block.facts)}'>{facts}</dl>"
    if isinstance(block, Bullets):
        points = "".join(f"<li>{html.escape(item)}</li>" for item in block.items)
        return f"<ul class='points'>{points}</ul>"
    svg = draw_safe(block, name)
    if svg is None:
        return "<p class='problem'>The picture of this slide cannot be drawn.</p>"
    if isinstance(block, Chart) and theme == "dark":
        for colour, dark in _DARK.items():
            svg = svg.replace(f'"{colour}"', f'"{dark}"')
    return f"<div class='drawing'>{svg}</div>"


def _print_value(value: str) -> str:
    """The number large, a long unit such as "per 1,000 people" small behind it."""
    number, per, unit = value.partition(" per ")
    small = f" <small>per {html.escape(unit)}</small>" if per else ""
    return f"{html.escape(number)}{small}"


def pack_slide(one: ShownSlide, number: int, theme: Theme) -> dict[str, str]:
    """A slide as the browser gets it: texts as they are, the figure as HTML."""
    figure = one.figure
    problem = f"<p class='problem'>{html.escape(one.problem)}</p>"
    return {
        "title": one.title,
        "subtitle": figure.subtitle if figure else "",
        "body": render_block(figure.block, f"s{number}", theme) if figure else problem,
        "annotation": one.slide.annotation,
        "sources": ". ".join(line.rstrip(".") for line in figure.sources) if figure else "",
        "description": one.description,
        "notes": one.notes,
        "outdated": one.outdated,
    }
