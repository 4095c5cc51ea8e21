"""Native bar charts for slides: names at the left, figures at the ends, few enough to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from analysis.report.blocks import Chart, Series
from analysis.report.chart_svg import best_kind
from analysis.report.pptx_marks import (
    LABEL_SIZE,
    NAME_SIZE,
    Plot,
    add_legend,
    add_whiskers,
    colour_of,
    insert_chart,
    label_figures,
    lay_out,
    make_data,
    move_past_whiskers,
)
from analysis.report.pptx_parts import Box
from analysis.report.printed import MISSING
from analysis.report.svg_marks import (
    GUIDE,
    bars_of,
    figure_at,
    guides_of,
    needs_key,
    range_of,
    share_a_slot,
)

#: More rows than this go on to the next slide; fewer where each row has several bars.
MOST_ROWS = 18
_MOST_BARS = 30
_WIDEST_NAMES = 0.36  # of the chart


def split_bars(chart: Chart) -> list[Chart]:
    """A bar chart in parts that a slide can hold; other charts stay whole."""
    count, bars = len(chart.categories), bars_of(chart)
    deep = 1 if share_a_slot(bars, count) else max(1, len(bars))
    most = max(4, min(MOST_ROWS, _MOST_BARS // deep))
    if best_kind(chart) != "bar" or count <= most:
        return [chart]
    size = -(-count // -(-count // most))
    return [_cut(chart, start, min(count, start + size)) for start in range(0, count, size)]


def _cut(chart: Chart, start: int, end: int) -> Chart:
    series = [
        replace(
            one,
            values=one.values[start:end],
            low=one.low[start:end] if one.low is not None else None,
            high=one.high[start:end] if one.high is not None else None,
        )
        for one in chart.series
    ]
    return replace(chart, categories=chart.categories[start:end], series=series)


def add_bars(slide: Any, chart: Chart, box: Box, whole: Chart) -> None:
    """Bars; a target or average that is one figure becomes a bar of its own below the others.

    The axis and the colours are those of the `whole` chart, of which `chart` may be a part.
    """
    guides, bars = guides_of(whole), bars_of(whole)
    places = [next(n for n, one in enumerate(whole.series) if one is series) for series, _ in bars]
    series = [chart.series[n] for n in places]
    blank: list[float | None] = [None] * len(chart.categories)
    extra = [Series(one.name, [*blank, *([None] * n), figure], "guide")
             for n, (one, figure) in enumerate(guides)]  # fmt: skip
    names = [_say_missing(name, series, n) for n, name in enumerate(chart.categories)]
    names += [one.name for one in extra]
    data = make_data(chart, [*series, *extra], names)
    drawn = insert_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, box, chart)
    key = needs_key(bars, len(whole.categories))
    plot = _place_plot(names, box, key=key)
    lay_out(drawn, plot)
    together = share_a_slot([(one, "") for one in (*series, *extra)], len(names))
    drawn.plots[0].gap_width, drawn.plots[0].overlap = 35, 100 if together else 0
    share = plot.width / _set_axes(drawn, whole, len(names))
    colours = [*(colour for _, colour in bars), *([GUIDE] * len(extra))]
    for one, shape, colour in zip([*series, *extra], drawn.plots[0].series, colours, strict=True):
        shape.format.fill.solid()
        shape.format.fill.fore_color.rgb = colour_of(colour)
        shape.invert_if_negative = False
        label_figures(shape, chart)
        add_whiskers(shape, one)
        move_past_whiskers(shape, chart, one, share, upward=False)
    if key:
        add_legend(drawn, leave_out=len(extra))


def _say_missing(name: str, series: Sequence[Series], place: int) -> str:
    """A row without a bar says so beside its name."""
    missing = all(figure_at(one.values, place) is None for one in series)
    return f"{name}: {MISSING}" if missing else name


def _place_plot(names: Sequence[str], box: Box, *, key: bool) -> Plot:
    longest = max(map(len, names)) * _name_size(len(names)) * 0.53 / 72 / box[2] + 0.02
    left = min(_WIDEST_NAMES, max(0.08, longest))
    top = 0.1 if key else 0.01
    return Plot(left, top, 0.97 - left, 0.98 - top)


def _name_size(rows: int) -> int:
    return NAME_SIZE if rows <= 12 else LABEL_SIZE


def _set_axes(drawn: Any, whole: Chart, rows: int) -> float:
    """An axis without figures, as each bar has its own; its length in units."""
    across = drawn.category_axis
    across.reverse_order = True
    across.major_tick_mark = XL_TICK_MARK.NONE
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.tick_labels.font.size = Pt(_name_size(rows))
    axis = drawn.value_axis
    axis.visible, axis.has_major_gridlines = False, False
    low, high = range_of(whole.series, zero=True) or (0.0, 1.0)
    room = (high - low or 1) * 0.1
    axis.maximum_scale = high + room if high > 0 or low == 0 else 0
    axis.minimum_scale = low - room if low < 0 else 0
    return float(axis.maximum_scale - axis.minimum_scale)
