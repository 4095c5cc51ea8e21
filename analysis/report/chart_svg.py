"""Draws a chart block as a static picture (SVG), for paper: dark on white, labelled directly.

Text is text. Nothing overlaps or is cut: room is measured before it is given away, and the
picture grows with its labels. The title stands in the document beside it, not in the picture.
"""

from __future__ import annotations

from analysis.map_view import format_number
from analysis.report.blocks import Chart, ChartKind, Series
from analysis.report.chart_frame import draw_columns, draw_lines
from analysis.report.chart_scatter import draw_scatter
from analysis.report.printed import MISSING
from analysis.report.svg_marks import (
    GUIDE,
    INK,
    SOFT,
    Scale,
    bars_of,
    draw_box,
    draw_key,
    draw_line,
    draw_whisker,
    figure_at,
    frame_picture,
    guides_of,
    known,
    line_height,
    measure,
    needs_key,
    range_of,
    share_a_slot,
    wrap,
    write,
    write_lines,
)

WIDTH = 720
#: Labels of columns longer than this on average are names: they are read better beside bars.
_NAME = 14


def draw_chart(chart: Chart, width: int = WIDTH) -> str:
    """A chart as SVG text, `width` pixels wide; the height follows from what it shows."""
    figures = [v for series in chart.series for v in known(series.values)]
    if not figures or not chart.categories:
        words = f"No figures to draw: {MISSING} for every part of this chart."
        return frame_picture(chart, write(0, 28, words, colour=SOFT), width, 48)
    draw = {"scatter": draw_scatter, "line": draw_lines, "column": draw_columns}
    return draw.get(best_kind(chart), _draw_bars)(chart, width)


def best_kind(chart: Chart) -> ChartKind:
    """The kind a chart is drawn as: columns with long names lie down, so that these can be read."""
    if chart.kind != "column":
        return chart.kind
    mean = sum(map(len, chart.categories)) / max(1, len(chart.categories))
    long = mean > _NAME and measure("m" * int(mean)) > WIDTH / len(chart.categories)
    return "bar" if long else "column"


def _draw_bars(chart: Chart, width: int) -> str:
    """Bars from left to right, one row a category, each with its figure."""
    bars = bars_of(chart)
    layered = share_a_slot(bars, len(chart.categories))
    labels = [wrap(name, 230) for name in chart.categories]
    slots = 1 if layered else max(1, len(bars))
    thick = 17 if slots == 1 else 13
    names = [(s.name, colour) for s, colour in bars] if needs_key(bars, len(labels)) else []
    y = 18.0
    parts = [write(0, y, chart.unit, colour=SOFT)] if chart.unit else []
    y += 24 if chart.unit else 0
    key, taken = draw_key(names, y, width)
    parts.append(key)
    y += taken
    scale, rule = _make_scale(chart, labels, width)
    guides, y = _write_guides(chart, scale, y, width)
    top = y - 8
    body = []
    for place, lines in enumerate(labels):
        height = max(slots * (thick + 2), len(lines) * line_height()) + 8
        middle = y + height / 2 - 8
        first = middle - (len(lines) - 1) * line_height() / 2 + 5
        body.append(write_lines(rule, first, lines, "end"))
        row = middle - slots * (thick + 2) / 2 + 1
        body.append(_draw_row(chart, bars, place, scale, (row, thick), layered=layered))
        y += height
    zero = scale.place(0)
    parts += [draw_line(scale.place(figure), top, scale.place(figure), y - 4, GUIDE, 1.4, "5 3")
              for _, figure in guides_of(chart)]  # fmt: skip
    parts += [*body, draw_line(zero, top, zero, y - 4, INK, 1.2), guides]
    return frame_picture(chart, "".join(parts), width, y + 4)


def _make_scale(chart: Chart, labels: list[list[str]], width: int) -> tuple[Scale, float]:
    """The scale of the bars, with room for names before and figures behind, and where names end."""
    low, high = range_of(chart.series, zero=True) or (0, 1)
    figures = [v for series in chart.series for v in known(series.values)]
    room = max(measure(format_number(v, chart.decimals)) for v in figures) + 10
    missing = any(figure_at(s.values, n) is None for s in chart.series
                  for n in range(len(chart.categories)))  # fmt: skip
    rule = max(measure(line) for lines in labels for line in lines)
    start = rule + 10 + (room if low < 0 else 0)
    end = width - (room if high > 0 else 8)
    high = high if high > low else low + 1
    zero = start + (0 - low) / (high - low) * (end - start)
    if missing and zero + measure(MISSING) > width:  # all bars lead to the left
        end -= measure(MISSING)
    return Scale(low, high, start, end), rule


def _write_guides(chart: Chart, scale: Scale, y: float, width: int) -> tuple[str, float]:
    """The names of the lines across, each on a row of its own, and the next free row."""
    parts = []
    for series, figure in guides_of(chart):
        words = f"{series.name} {format_number(figure, chart.decimals)}"
        x = scale.place(figure)
        anchor = "end" if x + measure(words) > width and x > measure(words) else "start"
        parts.append(write(x, y, words, anchor, GUIDE, halo=True))
        y += 20
    return "".join(parts), y + 4


def _draw_row(
    chart: Chart,
    bars: list[tuple[Series, str]],
    place: int,
    scale: Scale,
    slot: tuple[float, float],
    *,
    layered: bool,
) -> str:
    """The bars of one category below each other, with whiskers and figures."""
    parts = []
    top, thick = slot
    shown = [(s, c) for s, c in bars if figure_at(s.values, place) is not None] if layered else bars
    if not shown:
        return write(scale.place(0) + 6, top + thick - 4, MISSING, colour=SOFT)
    for number, (series, colour) in enumerate(shown):
        y = top + number * (thick + 2)
        parts.append(_draw_bar(chart, series, place, scale, (y, thick, colour)))
    return "".join(parts)


def _draw_bar(
    chart: Chart, series: Series, place: int, scale: Scale, look: tuple[float, float, str]
) -> str:
    y, thick, colour = look
    value = figure_at(series.values, place)
    zero = scale.place(0)
    if value is None:
        return write(zero + 6, y + thick - 3, MISSING, colour=SOFT)
    end = scale.place(value)
    parts = [draw_box(zero, y, end - zero, thick, colour)]
    low, high = figure_at(series.low, place), figure_at(series.high, place)
    reach = [end]
    if low is not None and high is not None:
        reach += [scale.place(low), scale.place(high)]
        middle = y + thick / 2
        parts.append(draw_whisker(scale.place(low), middle, scale.place(high), middle))
    text, base = format_number(value, chart.decimals), y + thick - 3
    outside = (max(reach) + 6, "start") if value >= 0 else (min(reach) - 6, "end")
    strong = series.role == "main"
    parts.append(write(outside[0], base, text, outside[1], strong=strong, halo=True))
    return "".join(parts)
