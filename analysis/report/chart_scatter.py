"""A scatter: pairs of series, one dot a category, the places in question named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.report.blocks import Chart, Series
from analysis.report.svg_marks import (
    GRID,
    INK,
    SOFT,
    Scale,
    colour_series,
    compute_ticks,
    draw_line,
    figure_at,
    format_tick,
    frame_picture,
    known,
    measure,
    range_of,
    write,
)

_HEIGHT = 330
Box = tuple[float, float, float, float]


def list_pairs(chart: Chart) -> list[tuple[Series, Series, str]]:
    """The pairs of a scatter: along, up, and the colour of their dots."""
    count = len(chart.series) // 2 * 2
    alongs, ups = chart.series[0:count:2], chart.series[1:count:2]
    return list(zip(alongs, ups, colour_series(replace(chart, series=ups)), strict=True))


def list_dots(along: Series, up: Series) -> Iterator[tuple[int, float, float]]:
    """The dots of a pair: place of the category, along, up; only where both figures are there."""
    for place in range(len(along.values)):
        x, y = figure_at(along.values, place), figure_at(up.values, place)
        if x is not None and y is not None:
            yield place, x, y


def draw_scatter(chart: Chart, width: int) -> str:
    """The dots with an axis for each figure."""
    pairs = list_pairs(chart)
    x_range = range_of([Series("", known(a.values)) for a, _, _ in pairs], zero=False)
    y_range = range_of([Series("", known(u.values)) for _, u, _ in pairs], zero=False)
    x_ticks, y_ticks = compute_ticks(*(x_range or (0, 1))), compute_ticks(*(y_range or (0, 1)))
    y_words = [format_tick(tick, y_ticks[1] - y_ticks[0]) for tick in y_ticks]
    left, top = max(map(measure, y_words)) + 10, 36.0
    right, bottom = width - 24.0, 36.0 + _HEIGHT
    across = Scale(x_ticks[0], x_ticks[-1], left, right)
    upward = Scale(y_ticks[0], y_ticks[-1], bottom, top)
    parts = [write(0, 18, f"↑ {pairs[0][1].name}" if pairs else "", colour=SOFT)]
    for tick, word in zip(y_ticks, y_words, strict=True):
        y = upward.place(tick)
        parts += [draw_line(left, y, right, y, GRID), write(left - 8, y + 5, word, "end", SOFT)]
    for tick in x_ticks:
        x, word = across.place(tick), format_tick(tick, x_ticks[1] - x_ticks[0])
        parts += [draw_line(x, bottom, x, bottom + 5, SOFT)]
        parts += [write(x, bottom + 20, word, "middle", SOFT)]
    parts.append(draw_line(left, bottom, right, bottom, INK, 1.2))
    parts.append(write(right, bottom + 42, f"{pairs[0][0].name} →" if pairs else "", "end", SOFT))
    parts += _draw_dots(chart, pairs, across, upward)
    return frame_picture(chart, "".join(parts), width, bottom + 54)


def _draw_dots(
    chart: Chart, pairs: list[tuple[Series, Series, str]], across: Scale, upward: Scale
) -> list[str]:
    parts: list[str] = []
    named: list[tuple[str, float, float]] = []
    taken: list[Box] = []
    for along, up, colour in sorted(pairs, key=lambda pair: pair[1].role == "main"):
        main = up.role == "main"
        for place, x_value, y_value in list_dots(along, up):
            x, y = across.place(x_value), upward.place(y_value)
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{5 if main else 4}" fill="{colour}" '
                f'fill-opacity="{1 if main else 0.7}" stroke="#FFFFFF" stroke-width="0.8"/>'
            )
            taken.append((x - 4, y - 4, x + 4, y + 4))
            if main:
                named.append((chart.categories[place], x, y))
    limits = (across.start, upward.end, across.end, upward.start)
    return parts + _name_dots(named, taken, limits)


def _name_dots(named: list[tuple[str, float, float]], taken: list[Box], limits: Box) -> list[str]:
    """Names beside their dots wherever one of four places is free; the others stay unnamed."""
    parts = []
    for name, x, y in named:
        room = measure(name)
        for start, base in (
            (x + 8, y + 5), (x - 8 - room, y + 5), (x - room / 2, y - 9), (x - room / 2, y + 20)
        ):  # fmt: skip
            box = (start, base - 12, start + room, base + 3)
            inside = box[0] > limits[0] and box[2] < limits[2] and box[1] > limits[1]
            if inside and box[3] < limits[3] and not any(_touch(box, other) for other in taken):
                taken.append(box)
                parts.append(write(start, base, name, strong=True, halo=True))
                break
    return parts


def _touch(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
