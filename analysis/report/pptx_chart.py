"""Native charts for slides: they can be edited, and their figures stand in a sheet inside."""

from __future__ import annotations

from typing import Any

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.util import Pt

from analysis.report.blocks import Chart, Series
from analysis.report.chart_scatter import list_dots, list_pairs
from analysis.report.chart_svg import best_kind
from analysis.report.pptx_bars import add_bars
from analysis.report.pptx_frame import add_columns, add_lines
from analysis.report.pptx_marks import (
    GRID,
    LABEL_SIZE,
    NAME_SIZE,
    WHITE,
    DotData,
    colour_of,
    insert_chart,
    keep_on_a_line,
    name_axis,
    number_format,
)
from analysis.report.pptx_parts import Box
from analysis.report.svg_marks import compute_ticks, known, range_of


def add_chart(slide: Any, chart: Chart, box: Box, whole: Chart) -> None:
    """A native chart in a box; its axis is that of the `whole` chart it may be a part of."""
    kind = best_kind(chart)
    if kind == "bar":
        add_bars(slide, chart, box, whole)
    elif kind == "scatter":
        _add_scatter(slide, chart, box)
    elif kind == "line":
        add_lines(slide, chart, box)
    else:
        add_columns(slide, chart, box)


def _add_scatter(slide: Any, chart: Chart, box: Box) -> None:
    """Dots, those of the place in question larger and named."""
    pairs = list_pairs(chart)
    data = DotData(number_format=number_format(chart.decimals))
    for along, up, _ in pairs:
        series = data.add_series(up.name)
        for _, x, y in list_dots(along, up):
            series.add_data_point(x, y)
    drawn = insert_chart(slide, XL_CHART_TYPE.XY_SCATTER, data, box, chart)
    for shape, (along, up, colour) in zip(drawn.plots[0].series, pairs, strict=True):
        main = up.role == "main"
        shape.format.line.fill.background()
        shape.marker.style, shape.marker.size = XL_MARKER_STYLE.CIRCLE, 11 if main else 8
        shape.marker.format.fill.solid()
        shape.marker.format.fill.fore_color.rgb = colour_of(colour)
        shape.marker.format.line.color.rgb = WHITE
        for number, (place, _, _) in enumerate(list_dots(along, up) if main else ()):
            label = shape.points[number].data_label
            label.text_frame.text = chart.categories[place]
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(NAME_SIZE)
            label.position = XL_LABEL_POSITION.LEFT
            keep_on_a_line(label, chart.categories[place])
    _set_axis(drawn.category_axis, [along for along, _, _ in pairs])
    _set_axis(drawn.value_axis, [up for _, up, _ in pairs])
    drawn.category_axis.has_major_gridlines = False
    drawn.value_axis.major_gridlines.format.line.color.rgb = GRID


def _set_axis(axis: Any, series: list[Series]) -> None:
    figures = range_of([Series("", known(one.values)) for one in series], zero=False)
    ticks = compute_ticks(*(figures or (0, 1)))
    axis.minimum_scale, axis.maximum_scale = ticks[0], ticks[-1]
    axis.major_unit = ticks[1] - ticks[0]
    name_axis(axis, series[0].name if series else "", NAME_SIZE)
    axis.tick_labels.font.size = Pt(LABEL_SIZE)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.major_tick_mark = XL_TICK_MARK.NONE
