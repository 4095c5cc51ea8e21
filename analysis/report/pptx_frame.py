"""Native columns and lines for slides, with bands behind, guides across and names at the ends."""

from __future__ import annotations

import math
from typing import Any

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from analysis.report.blocks import Band, Chart, Series
from analysis.report.pptx_marks import (
    GRID,
    LABEL_SIZE,
    NAME_SIZE,
    Plot,
    add_legend,
    add_whiskers,
    colour_of,
    insert_chart,
    keep_on_a_line,
    label_figures,
    lay_out,
    make_data,
    move_label,
    move_past_whiskers,
    name_axis,
    number_format,
    show_parts,
)
from analysis.report.pptx_parts import INK, SOFT, Box, count_lines, describe
from analysis.report.svg_marks import (
    GUIDE,
    HEADROOM,
    Scale,
    bars_of,
    colour_series,
    compute_ticks,
    figure_at,
    guides_of,
    known,
    needs_key,
    range_of,
    share_a_slot,
    spread,
)

_PLOT = Plot(0.09, 0.09, 0.69, 0.70)
_BAND = "#EAEDEF"
_NEAR = 0.002  # of the chart: a label that need not move
_SLANT = "-2700000"  # 45 degrees upwards, in parts of 60,000


def add_lines(slide: Any, chart: Chart, box: Box) -> None:
    """Lines with gaps where figures miss, each named at its end."""
    _add_bands(slide, chart, box)
    data = make_data(chart, chart.series, chart.categories)
    drawn = insert_chart(slide, XL_CHART_TYPE.LINE, data, box, chart)
    scale = _set_axes(drawn, chart, box, zero=False)
    lay_out(drawn, _PLOT)
    shapes = drawn.plots[0].series
    for shape, series, colour in zip(shapes, chart.series, colour_series(chart), strict=True):
        shape.smooth = False
        shape.format.line.color.rgb = colour_of(colour)
        shape.format.line.width = Pt({"main": 3, "other": 2}.get(series.role, 1.75))
        if series.role == "guide":
            shape.format.line.dash_style = MSO_LINE.DASH
        shape.marker.style = XL_MARKER_STYLE.NONE
        if len(known(series.values)) == 1:  # no line joins a single figure to another
            shape.marker.style = XL_MARKER_STYLE.CIRCLE
        add_whiskers(shape, series)
    _name_ends(shapes, chart, scale, box)


def add_columns(slide: Any, chart: Chart, box: Box) -> None:
    """Columns from zero; targets and averages as lines across."""
    _add_bands(slide, chart, box)
    bars, guides = bars_of(chart), [series for series, _ in guides_of(chart)]
    series = [*(one for one, _ in bars), *guides]
    data = make_data(chart, series, chart.categories)
    drawn = insert_chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, data, box, chart)
    scale = _set_axes(drawn, chart, box, zero=True)
    lay_out(drawn, _PLOT)
    plot = drawn.plots[0]
    together = share_a_slot(bars, len(chart.categories))
    plot.gap_width, plot.overlap = 45, 100 if together else 0
    room = _PLOT.width * box[2] * 72 / len(chart.categories) / (1 if together else len(bars) or 1)
    figures = [v for one, _ in bars for v in known(one.values)]
    fits = all(len(f"{v:,.{chart.decimals}f}") * LABEL_SIZE * 0.5 < room for v in figures)
    for shape, (one, colour) in zip(plot.series, bars, strict=False):
        shape.format.fill.solid()
        shape.format.fill.fore_color.rgb = colour_of(colour)
        shape.invert_if_negative = False
        add_whiskers(shape, one)
        if fits:
            label_figures(shape, chart)
            if guides:
                _whiten(shape)
            share = _PLOT.height / (scale.high - scale.low)
            move_past_whiskers(shape, chart, one, share, upward=True)
    if needs_key(bars, len(chart.categories)):
        bottom, top = XL_LEGEND_POSITION.BOTTOM, XL_LEGEND_POSITION.TOP
        add_legend(drawn, bottom if chart.bands else top, leave_out=len(guides))
    if guides:
        _turn_into_lines(plot, len(bars), chart)


def _whiten(shape: Any) -> None:
    """White behind figures, so that a line across does not strike them through."""
    paper = parse_xml(
        f"<c:spPr {nsdecls('c', 'a')}><a:solidFill><a:srgbClr val='FFFFFF'/></a:solidFill></c:spPr>"
    )
    shape.data_labels._element.find(qn("c:numFmt")).addnext(paper)


def _set_axes(drawn: Any, chart: Chart, box: Box, *, zero: bool) -> Scale:
    """Quiet axes with round figures; the scale upwards as shares of the plot."""
    low, high = range_of(chart.series, zero=zero) or (0, 1)
    if not zero and 0 < low < high * 0.5:
        low = 0.0
    # Above columns stand their figures.
    ticks = compute_ticks(low, high + (high - low) * HEADROOM if zero else high)
    axis, across = drawn.value_axis, drawn.category_axis
    axis.minimum_scale, axis.maximum_scale = ticks[0], ticks[-1]
    axis.major_unit = ticks[1] - ticks[0]
    axis.major_gridlines.format.line.color.rgb = GRID
    axis.format.line.fill.background()
    if chart.unit:
        name_axis(axis, chart.unit, LABEL_SIZE)
    axis.tick_labels.number_format = number_format(0 if axis.major_unit >= 1 else chart.decimals)
    axis.tick_labels.number_format_is_linked = False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.format.line.color.rgb = INK
    for one in (axis, across):
        one.major_tick_mark = XL_TICK_MARK.NONE
        one.tick_labels.font.size = Pt(LABEL_SIZE)
    _thin_labels(across, chart, box)
    return Scale(ticks[0], ticks[-1], _PLOT.top + _PLOT.height, _PLOT.top)


def _thin_labels(across: Any, chart: Chart, box: Box) -> None:
    """Level labels; slanted ones where they have no room side by side, as many as fit."""
    count = len(chart.categories)
    slot = _PLOT.width * box[2] * 72 / count
    longest = max(len(word) for name in chart.categories for word in name.split() or [""])
    level = longest * LABEL_SIZE * 0.56 + 6 <= slot
    every = 1 if level else math.ceil(LABEL_SIZE * 1.5 / slot)
    element = across._element
    element.find(f".//{qn('a:bodyPr')}").set("rot", "0" if level else _SLANT)
    skip = parse_xml(f"<c:tickLblSkip {nsdecls('c')} val='{every}'/>")
    element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _add_bands(slide: Any, chart: Chart, box: Box) -> None:
    """Stretches of the category axis as shapes behind the chart, each name once."""
    left, top, wide, high = box
    start, room = left + _PLOT.left * wide, _PLOT.width * wide
    slot = room / max(1, len(chart.categories))
    ends: list[float] = []
    said: set[str] = set()
    for band in chart.bands:
        shape = slide.shapes.add_shape(
            1,
            Inches(start + band.first * slot),
            Inches(top + _PLOT.top * high),
            Inches((band.last + 1 - band.first) * slot),
            Inches(_PLOT.height * high),
        )
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour_of(_BAND)
        shape.line.fill.background()
        shape._element.remove(shape._element.find(qn("p:style")))  # its shadow
        first, last = chart.categories[band.first], chart.categories[band.last]
        describe(shape, f"Band: {band.label}", f"{band.label}: {first} to {last}")
        if band.label in said:
            continue
        said.add(band.label)
        _name_band(slide, band, (start, slot, top + _PLOT.top * high), ends)


def _name_band(
    slide: Any, band: Band, ground: tuple[float, float, float], ends: list[float]
) -> None:
    """The name above its band, a row higher where it would touch the one before."""
    start, slot, top = ground
    wide = len(band.label) * 0.095 + 0.1
    left = start + (band.first + band.last + 1) / 2 * slot - wide / 2
    row = next((n for n, end in enumerate(ends) if left > end), len(ends))
    ends[row : row + 1] = [left + wide]
    box = (left, top - 0.24 - 0.22 * row, wide, 0.22)
    text = slide.shapes.add_textbox(*(Inches(part) for part in box))
    text.name = f"Label: {band.label}"
    frame = text.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = False
    line = frame.paragraphs[0]
    line.alignment = 2  # PP_ALIGN.CENTER
    run = line.add_run()
    run.text = band.label
    run.font.size, run.font.color.rgb = Pt(LABEL_SIZE), SOFT


def _last_place(series: Series) -> int:
    return max(n for n in range(len(series.values)) if figure_at(series.values, n) is not None)


def _name_ends(shapes: Any, chart: Chart, scale: Scale, box: Box) -> None:
    """Each line's name and figure at its end, moved up or down where two would touch."""
    room = (1 - _PLOT.left - _PLOT.width) * box[2] * 72 * 0.85
    line = NAME_SIZE * 1.25 / 72 / box[3]
    ends = []
    for number, series in enumerate(chart.series):
        if known(series.values):
            last = _last_place(series)
            words = f"{series.name} {number_format(chart.decimals)}"
            high = count_lines(words, room, NAME_SIZE) * line
            place = scale.place(figure_at(series.values, last) or 0)
            ends.append((place, number, last, high))
    ends.sort()
    starts = spread([(place - high / 2, high) for place, _, _, high in ends], 0, 0.92)
    for start, (place, number, last, high) in zip(starts, ends, strict=True):
        label = shapes[number].points[last].data_label
        label.position = XL_LABEL_POSITION.RIGHT
        label.font.size = Pt(NAME_SIZE)
        label.font.bold = chart.series[number].role == "main"
        show_parts(label, number_format(chart.decimals), name=True)
        keep_on_a_line(label, chart.series[number].name)
        if abs(start + high / 2 - place) > _NEAR:
            move_label(label, 0, start + high / 2 - place)


def _turn_into_lines(plot: Any, count: int, chart: Chart) -> None:
    """Series of a column chart behind the first `count` become lines on the same axes."""
    columns = plot._element
    moved = [shape._element for shape in list(plot.series)[count:]]
    axes = "".join(f"<c:axId val='{axis.get('val')}'/>" for axis in columns.findall(qn("c:axId")))
    lines = parse_xml(
        f"<c:lineChart {nsdecls('c')}><c:grouping val='standard'/><c:varyColors val='0'/>"
        f"<c:marker val='1'/>{axes}</c:lineChart>"
    )
    columns.addnext(lines)
    for element in moved:
        lines.find(qn("c:marker")).addprevious(element)
        element.find(qn("c:tx")).addnext(
            parse_xml(
                f"<c:spPr {nsdecls('c', 'a')}><a:ln w='22225'><a:solidFill>"
                f"<a:srgbClr val='{GUIDE[1:]}'/></a:solidFill><a:prstDash val='dash'/></a:ln>"
                "</c:spPr>"
            )
        )
        element.find(qn("c:spPr")).addnext(
            parse_xml(f"<c:marker {nsdecls('c')}><c:symbol val='none'/></c:marker>")
        )
        element.find(qn("c:cat")).addprevious(_name_guide(chart))


def _name_guide(chart: Chart) -> Any:
    """The label of a guide: its name and figure at its last point."""
    quiet = "".join(f"<c:show{part} val='0'/>" for part in ("LegendKey", "Val", "CatName",
                    "SerName", "Percent", "BubbleSize"))  # fmt: skip
    loud = quiet.replace("Val val='0'", "Val val='1'").replace("Name val='0'", "Name val='1'")
    loud = loud.replace("showCatName val='1'", "showCatName val='0'")
    form, count = number_format(chart.decimals), len(chart.categories)
    past = _PLOT.width / count / 2  # from the middle of the last columns to their side
    return parse_xml(
        f"<c:dLbls {nsdecls('c', 'a')}><c:dLbl><c:idx val='{count - 1}'/>"
        f"<c:layout><c:manualLayout><c:x val='{past:.4f}'/><c:y val='0'/></c:manualLayout>"
        "</c:layout>"
        f"<c:numFmt formatCode='{form}' sourceLinked='0'/><c:spPr/><c:txPr><a:bodyPr wrap='none'/>"
        f"<a:p><a:pPr><a:defRPr sz='{NAME_SIZE * 100}'/></a:pPr><a:endParaRPr/></a:p></c:txPr>"
        f"<c:dLblPos val='r'/>{loud}<c:separator> </c:separator></c:dLbl>{quiet}</c:dLbls>"
    )
