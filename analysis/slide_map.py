"""A map for a slide: the areas large, the legend beside them in letters for a projector.

Title and source are not in it: the slide says them. The areas are those of
`svg_map.render_small_map`, so that colours and patterns are the same as everywhere.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Mapping
from typing import Any

from analysis.map_view import LegendEntry, MapView, sign_of
from analysis.palette import MAP_COLOURS, PATTERNS, Theme, line_colour
from analysis.svg_map import render_small_map

WIDTH, HEIGHT = 1600, 780
MAP_WIDE = 1020
_LETTERS = 30
_ACROSS = 27  # letters of a legend line
_LINE = 40


def render_slide_map(view: MapView, geometry: Mapping[str, Any], theme: Theme = "light") -> str:
    """Return the map as SVG text.

    Args:
        view: the map; the chosen area is ringed and named beside the legend.
        geometry: the content of a boundary file, whole.
        theme: light or dark.

    Raises:
        MapViewError: the boundaries are not those of the view.
    """
    share = geometry["height"] / geometry["width"]
    small = round(min(MAP_WIDE, HEIGHT / min(max(share, 0.1), 0.95)) - 8)
    areas = render_small_map(view, geometry, small, theme)
    found = re.match(r'<svg [^>]*viewBox="0 0 (\d+) (\d+)"', areas)
    tall = int(found[2]) if found else HEIGHT
    place = f'x="{(MAP_WIDE - small) / 2:.0f}" y="{(HEIGHT - tall) / 2:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f"font-family=\"'Source Sans 3', 'Source Sans Pro', 'Source Sans', Arial, sans-serif\" "
        f'aria-labelledby="title description">'
        f'<title id="title">{html.escape(view.title or view.indicator)}</title>'
        f'<desc id="description">{html.escape(view.description)}</desc>'
        f"{areas.replace('<svg ', f'<svg {place} ', 1)}{_legend(view, geometry, theme)}</svg>"
    )


def _legend(view: MapView, geometry: Mapping[str, Any], theme: Theme) -> str:
    colours = MAP_COLOURS[theme]
    entries = [entry for entry in view.legend if entry.count]
    heads = [_wrap(_heading(view))]
    labels = [_wrap(_label(entry, view), _ACROSS - 5) for entry in entries]
    ring = view.selected in geometry["codes"]
    chosen: list[str] = []
    if ring:
        where = list(geometry["codes"]).index(view.selected)
        chosen = _wrap(str(geometry["names"][where]), _ACROSS - 5)
    rows = len(heads[0]) + sum(map(len, labels)) + len(chosen)
    y = max(_LETTERS, (HEIGHT - _LINE * rows - 14 * (len(labels) + 2)) / 2 + _LETTERS)
    parts, x = [], MAP_WIDE + 40
    parts.append(_lines(heads[0], x, y, colours["ink_soft"]))
    y += _LINE * len(heads[0]) + 14
    for entry, lines in zip(entries, labels, strict=True):
        fill, line = _look(entry, theme)
        parts.append(_box(x, y, f'fill="{fill}" stroke="{line}" stroke-width="1.5"'))
        parts.append(_lines(lines, x + 66, y, colours["ink"]))
        y += _LINE * len(lines) + 14
    if ring:
        parts.append(_box(x, y, f'fill="none" stroke="{colours["selected"]}" stroke-width="5"'))
        parts.append(_lines(chosen, x + 66, y, colours["ink"]))
    return "".join(parts)


def _heading(view: MapView) -> str:
    unit = f" ({view.unit})" if view.unit and view.unit not in view.indicator else ""
    return f"{view.indicator}{unit}; number of {view.area_word}"


def _label(entry: LegendEntry, view: MapView) -> str:
    return f"{sign_of(entry.key, view.polarity)} {entry.label}: {entry.count:,}".strip()


def _look(entry: LegendEntry, theme: Theme) -> tuple[str, str]:
    if entry.key in PATTERNS:
        return f"url(#p-{entry.key})", line_colour(theme, entry.key)
    fill = "none" if entry.key == "not_estimated" else MAP_COLOURS[theme][entry.key]
    return fill, line_colour(theme, entry.key)


def _wrap(text: str, across: int = _ACROSS) -> list[str]:
    return textwrap.wrap(text, across, max_lines=4, placeholder=" …")


def _box(x: float, y: float, look: str) -> str:
    return f'<rect x="{x}" y="{y - 25:.0f}" width="48" height="32" rx="3" {look}/>'


def _lines(lines: list[str], x: float, y: float, colour: str) -> str:
    return "".join(
        f'<text x="{x}" y="{y + _LINE * n:.0f}" font-size="{_LETTERS}" fill="{colour}">'
        f"{html.escape(line)}</text>"
        for n, line in enumerate(lines)
    )
