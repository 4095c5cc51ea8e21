"""Native charts for slides: they can be edited, and their figures stand in a sheet inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
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

from analysis.report.blocks import Chart, Series
from analysis.report.chart_scatter import list_dots, list_pairs
from analysis.report.chart_svg import best_kind
from analysis.report.pptx_parts import INK, SOFT, Box, describe
from analysis.report.svg_marks import (
    Scale,
    bars_of,
    colour_series,
    compute_ticks,
    figure_at,
    guides_of,
    known,
    range_of,
    share_a_slot,
)

#: More bars than this go on to the next slide.
MOST_BARS = 18
_LABEL = 12  # points
_CLOSE = 0.07  # of the axis: ends of lines closer than this are named in a legend
#: Plot area within the chart, as shares: left, top, width, height.
_PLOT = (0.08, 0.08, 0.70, 0.76)


def split_bars(chart: Chart) -> list[Chart]:
    """A bar chart in parts of at most `MOST_BARS` bars; other charts stay whole."""
    count = len(chart.categories)
    if best_kind(chart) != "bar" or count <= MOST_BARS:
        return [chart]
    parts = -(-count // MOST_BARS)
    size = -(-count // parts)
    return [_cut(chart, start, min(count, start + size)) for start in range(0, count, size)]


def _cut(chart: Chart, start: int, end: int) -> Chart:
    series = [
        replace(
            one,
            values=one.values[start:end],
            low=one.low and one.low[start:end],
            high=one.high and one.high[start:end],
        )
        for one in chart.series
    ]
    return replace(chart, categories=chart.categories[start:end], series=series)


def add_chart(slide: Any, chart: Chart, box: Box, whole: Chart) -> None:
    """A native chart in a box; its axis is that of the `whole` chart it may be a part of."""
    kind = best_kind(chart)
    if kind == "scatter":
        _add_scatter(slide, chart, box)
    elif kind == "bar":
        _add_bars(slide, chart, box, whole)
    else:
        _add_framed(slide, chart, box, kind)


def number_format(decimals: int) -> str:
    """The format of figures in Office: "#,##0.0"."""
    return "#,##0" + (f".{'0' * decimals}" if decimals else "")


def _insert(slide: Any, kind: Any, data: Any, box: Box, chart: Chart) -> Any:
    frame = slide.shapes.add_chart(kind, *(Inches(part) for part in box), data)
    describe(frame, chart.name or chart.title, chart.description or chart.title)
    drawn = frame.chart
    drawn.font.size, drawn.font.color.rgb = Pt(_LABEL), INK
    drawn.font.name = "Arial"
    drawn.has_title, drawn.has_legend = False, False
    return drawn


def _make_data(chart: Chart, series: Sequence[Series], categories: Sequence[str]) -> Any:
    data = CategoryChartData(number_format=number_format(chart.decimals))
    data.categories = list(categories)
    for one in series:
        data.add_series(one.name, [figure_at(one.values, n) for n in range(len(categories))])
    return data


def _add_bars(slide: Any, chart: Chart, box: Box, whole: Chart) -> None:
    """Bars; a target or average that is one figure becomes a bar of its own below the others."""
    guides = guides_of(whole)
    bars = bars_of(whole)
    drawn_series = [chart.series[list(whole.series).index(series)] for series, _ in bars]
    names = [*chart.categories, *(series.name for series, _ in guides)]
    blank: list[float | None] = [None] * len(chart.categories)
    extra = [
        Series(series.name, [*blank, *([None] * n), figure], "guide")
        for n, (series, figure) in enumerate(guides)
    ]
    # The gaps of missing figures are told beside their names: an empty row says nothing.
    said = [_say_missing(name, drawn_series, n) if n < len(chart.categories) else name
            for n, name in enumerate(names)]  # fmt: skip
    drawn = _insert(slide, XL_CHART_TYPE.BAR_CLUSTERED,
                    _make_data(chart, [*drawn_series, *extra], said), box, chart)  # fmt: skip
    plot, axis = drawn.plots[0], drawn.value_axis
    together = share_a_slot([*bars, *((one, "") for one in extra)], len(names))
    plot.gap_width, plot.overlap = 35, 100 if together else 0
    drawn.category_axis.reverse_order = True
    drawn.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    drawn.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.visible, axis.has_major_gridlines = False, False
    low, high = range_of(whole.series, zero=True) or (0, 1)
    room = (high - low or 1) * 0.12
    axis.maximum_scale = high + room if high > 0 else 0
    axis.minimum_scale = low - room if low < 0 else 0
    colours = [colour for _, colour in bars] + ["#3D3D3D"] * len(extra)
    _label_bars(plot, chart, [*drawn_series, *extra], colours)
    # Bars that stand beside each other need their names; one that stands out does not.
    _add_legend(drawn, len(bars) > 1)


def _say_missing(name: str, series: Sequence[Series], place: int) -> str:
    missing = all(figure_at(one.values, place) is None for one in series)
    return f"{name}: not available" if missing else name


def _label_bars(plot: Any, chart: Chart, series: Sequence[Series], colours: Sequence[str]) -> None:
    for drawn, one, colour in zip(plot.series, series, colours, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _colour(colour)
        drawn.invert_if_negative = False
        labels = drawn.data_labels
        labels.show_value, labels.number_format = True, number_format(chart.decimals)
        labels.number_format_is_linked = False
        interval = one.low is not None and one.high is not None
        # A whisker would cross a figure at the end of its bar.
        labels.position = (XL_LABEL_POSITION.INSIDE_BASE if interval
                           else XL_LABEL_POSITION.OUTSIDE_END)  # fmt: skip
        labels.font.size = Pt(_LABEL)
        labels.font.color.rgb = RGBColor(255, 255, 255) if interval else INK
        _add_whiskers(drawn, one)


def _colour(text: str) -> RGBColor:
    return RGBColor.from_string(text.removeprefix("#"))


def _add_legend(drawn: Any, wanted: bool) -> None:
    drawn.has_legend = wanted
    if wanted:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
        drawn.legend.font.size = Pt(14)


def _add_whiskers(drawn: Any, series: Series) -> None:
    """The interval of each figure as error bars with lengths of their own."""
    count = len(series.values)
    ends: dict[str, list[float]] = {"plus": [], "minus": []}
    for place in range(count):
        value = figure_at(series.values, place)
        low, high = figure_at(series.low, place), figure_at(series.high, place)
        whole = value is not None and low is not None and high is not None
        ends["plus"].append(high - value if whole else 0.0)  # type: ignore[operator]
        ends["minus"].append(value - low if whole else 0.0)  # type: ignore[operator]
    if not any(ends["plus"]) and not any(ends["minus"]):
        return
    parts = "".join(
        f"<c:{side}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val='{count}'/>"
        + "".join(f"<c:pt idx='{n}'><c:v>{length!r}</c:v></c:pt>" for n, length in enumerate(all_))
        + f"</c:numLit></c:{side}>"
        for side, all_ in ends.items()
    )
    bars = parse_xml(
        f"<c:errBars {nsdecls('c', 'a')}><c:errDir val='y'/><c:errBarType val='both'/>"
        f"<c:errValType val='cust'/><c:noEndCap val='0'/>{parts}"
        "<c:spPr><a:ln w='12700'><a:solidFill><a:srgbClr val='22292C'/></a:solidFill></a:ln>"
        "</c:spPr></c:errBars>"
    )
    element = drawn._element
    if element.getparent().tag == qn("c:barChart") or element.getparent().tag == qn("c:lineChart"):
        # Bars know one direction only, and the format then wants none named for horizontal ones.
        bars.remove(bars.find(qn("c:errDir")))
    element.find(qn("c:cat")).addprevious(bars)


def _add_framed(slide: Any, chart: Chart, box: Box, kind: str) -> None:
    """Columns or lines between two axes, with bands behind and guides across."""
    bands_first = _add_bands(slide, chart, box)
    line = kind == "line"
    bars = list(chart.series) if line else [series for series, _ in bars_of(chart)]
    guides = [] if line else [series for series, _ in guides_of(chart)]
    form = XL_CHART_TYPE.LINE if line else XL_CHART_TYPE.COLUMN_CLUSTERED
    data = _make_data(chart, [*bars, *guides], chart.categories)
    drawn = _insert(slide, form, data, box, chart)
    _set_axes(drawn, chart, zero=not line)
    _lay_out(drawn)
    plot = drawn.plots[0]
    if line:
        for number, colour in enumerate(colour_series(chart)):
            _draw_line(plot.series[number], chart.series[number], colour)
        _name_ends(drawn, plot, chart)
        return
    together = share_a_slot(bars_of(chart), len(chart.categories))
    plot.gap_width, plot.overlap = 45, 100 if together else 0
    colours = [colour for _, colour in bars_of(chart)] + ["#3D3D3D"] * len(guides)
    _label_bars(plot, chart, [*bars, *guides], colours)
    _turn_into_lines(drawn, plot, len(bars), chart)
    _add_legend(drawn, len(bars) > 1 and not bands_first)
    if len(bars) > 1 and bands_first:
        _add_legend(drawn, True)
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM


def _set_axes(drawn: Any, chart: Chart, *, zero: bool) -> None:
    low, high = range_of(chart.series, zero=zero) or (0, 1)
    if not zero and 0 < low < high * 0.5:
        low = 0.0
    ticks = compute_ticks(low, high)
    axis = drawn.value_axis
    axis.minimum_scale, axis.maximum_scale = ticks[0], ticks[-1]
    axis.major_unit = ticks[1] - ticks[0]
    axis.major_gridlines.format.line.color.rgb = RGBColor(0xDD, 0xE1, 0xE3)
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format = number_format(0 if axis.major_unit >= 1 else chart.decimals)
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.font.size = Pt(_LABEL)
    across = drawn.category_axis
    across.major_tick_mark = XL_TICK_MARK.NONE
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.tick_labels.font.size = Pt(_LABEL)
    across.format.line.color.rgb = INK


def _lay_out(drawn: Any) -> None:
    """A plot at a known place, so that bands behind it stand right."""
    area = drawn._chartSpace.chart.plotArea
    for layout in area.findall(qn("c:layout")):
        area.remove(layout)
    x, y, wide, high = _PLOT
    area.insert(0, parse_xml(
        f"<c:layout {nsdecls('c')}><c:manualLayout><c:layoutTarget val='inner'/>"
        "<c:xMode val='edge'/><c:yMode val='edge'/>"
        f"<c:x val='{x}'/><c:y val='{y}'/><c:w val='{wide}'/><c:h val='{high}'/>"
        "</c:manualLayout></c:layout>"
    ))  # fmt: skip


def _add_bands(slide: Any, chart: Chart, box: Box) -> bool:
    """Stretches of the category axis as shapes behind the chart, each name once."""
    left, top, wide, high = box
    x0, y0, share_w, share_h = _PLOT
    start, room = left + x0 * wide, share_w * wide
    slot = room / max(1, len(chart.categories))
    said: set[str] = set()
    for band in chart.bands:
        shape = slide.shapes.add_shape(
            1, Inches(start + band.first * slot), Inches(top + y0 * high),
            Inches((band.last + 1 - band.first) * slot), Inches(share_h * high),
        )  # fmt: skip
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor(0xEA, 0xED, 0xEF)
        shape.line.fill.background()
        shape.shadow.inherit = False
        first, last = chart.categories[band.first], chart.categories[band.last]
        describe(shape, f"Band: {band.label}", f"{band.label}: {first} to {last}")
        if band.label not in said:
            said.add(band.label)
            _name_band(slide, band.label, start + (band.first + band.last + 1) / 2 * slot,
                       top + y0 * high)  # fmt: skip
    return bool(chart.bands)


def _name_band(slide: Any, label: str, middle: float, top: float) -> None:
    wide = max(0.8, len(label) * 0.1 + 0.2)
    text = slide.shapes.add_textbox(Inches(middle - wide / 2), Inches(top - 0.3), Inches(wide),
                                    Inches(0.28))  # fmt: skip
    text.name = f"Label: {label}"
    frame = text.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = False
    line = frame.paragraphs[0]
    line.alignment = 2  # PP_ALIGN.CENTER
    run = line.add_run()
    run.text = label
    run.font.size, run.font.color.rgb = Pt(_LABEL), SOFT


def _draw_line(drawn: Any, series: Series, colour: str) -> None:
    drawn.smooth = False
    drawn.format.line.color.rgb = _colour(colour)
    drawn.format.line.width = Pt({"main": 3, "other": 2}.get(series.role, 1.75))
    if series.role == "guide":
        drawn.format.line.dash_style = MSO_LINE.DASH
    drawn.marker.style = XL_MARKER_STYLE.NONE
    _add_whiskers(drawn, series)


def _name_ends(drawn: Any, plot: Any, chart: Chart) -> None:
    """Each line's name and figure at its end; in a legend where ends are too close."""
    low, high = range_of(chart.series, zero=False) or (0, 1)
    scale = Scale(low, high if high > low else low + 1, 0, 1)
    lasts = [(n, max(p for p in range(len(s.values)) if figure_at(s.values, p) is not None))
             for n, s in enumerate(chart.series) if known(s.values)]  # fmt: skip
    spots = sorted(scale.place(figure_at(chart.series[n].values, p) or 0) for n, p in lasts)
    close = any(after - before < _CLOSE for before, after in zip(spots, spots[1:], strict=False))
    for number, last in lasts:
        label = plot.series[number].points[last].data_label
        label.position = XL_LABEL_POSITION.RIGHT
        label.font.size = Pt(14)
        label.font.bold = chart.series[number].role == "main"
        _show_parts(label._dLbl, name=not close)
    _add_legend(drawn, close)
    if close:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM


def _show_parts(element: Any, *, name: bool) -> None:
    """Which parts a point's label shows: its figure, and the name of its series."""
    wanted = {"showVal": True, "showSerName": name}
    for part in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent",
                 "showBubbleSize"):  # fmt: skip
        found = element.find(qn(f"c:{part}"))
        if found is not None:
            found.set("val", "1" if wanted.get(part) else "0")


def _turn_into_lines(drawn: Any, plot: Any, count: int, chart: Chart) -> None:
    """Series of a column chart behind the first `count` become lines on the same axes."""
    columns = plot._element
    moved = [drawn_one._element for drawn_one in list(plot.series)[count:]]
    if not moved:
        return
    axes = "".join(f"<c:axId val='{axis.get('val')}'/>" for axis in columns.findall(qn("c:axId")))
    lines = parse_xml(
        f"<c:lineChart {nsdecls('c')}><c:grouping val='standard'/><c:varyColors val='0'/>"
        f"<c:marker val='1'/>{axes}</c:lineChart>"
    )
    columns.addnext(lines)
    for element in moved:
        for tag in ("c:invertIfNegative", "c:spPr", "c:dLbls"):
            for child in element.findall(qn(tag)):
                element.remove(child)
        lines.find(qn("c:marker")).addprevious(element)
        element.find(qn("c:cat")).addprevious(_dashed_end(len(chart.categories) - 1))
        element.find(qn("c:tx")).addnext(parse_xml(
            f"<c:spPr {nsdecls('c', 'a')}><a:ln w='22225'><a:solidFill>"
            "<a:srgbClr val='3D3D3D'/></a:solidFill><a:prstDash val='dash'/></a:ln></c:spPr>"
        ))  # fmt: skip
        element.find(qn("c:spPr")).addnext(
            parse_xml(f"<c:marker {nsdecls('c')}><c:symbol val='none'/></c:marker>")
        )


def _dashed_end(last: int) -> Any:
    """The label of a guide: its name and figure at its last point."""
    return parse_xml(
        f"<c:dLbls {nsdecls('c', 'a')}><c:dLbl><c:idx val='{last}'/><c:spPr/><c:txPr><a:bodyPr/>"
        "<a:p><a:pPr><a:defRPr sz='1400'/></a:pPr><a:endParaRPr/></a:p></c:txPr>"
        "<c:dLblPos val='r'/><c:showLegendKey val='0'/><c:showVal val='1'/>"
        "<c:showCatName val='0'/><c:showSerName val='1'/><c:showPercent val='0'/>"
        "<c:showBubbleSize val='0'/></c:dLbl><c:showLegendKey val='0'/><c:showVal val='0'/>"
        "<c:showCatName val='0'/><c:showSerName val='0'/><c:showPercent val='0'/>"
        "<c:showBubbleSize val='0'/></c:dLbls>"
    )


def _add_scatter(slide: Any, chart: Chart, box: Box) -> None:
    pairs = list_pairs(chart)
    data = XyChartData(number_format=number_format(chart.decimals))
    for along, up, _ in pairs:
        series = data.add_series(up.name)
        for _, x, y in list_dots(along, up):
            series.add_data_point(x, y)
    drawn = _insert(slide, XL_CHART_TYPE.XY_SCATTER, data, box, chart)
    for drawn_series, (along, up, colour) in zip(drawn.plots[0].series, pairs, strict=True):
        drawn_series.format.line.fill.background()
        marker = drawn_series.marker
        marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 11 if up.role == "main" else 8
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = _colour(colour)
        marker.format.line.color.rgb = RGBColor(255, 255, 255)
        dots = list(list_dots(along, up))
        for number, (place, _, _) in enumerate(dots if up.role == "main" else []):
            label = drawn_series.points[number].data_label
            label.text_frame.text = chart.categories[place]
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
            label.position = XL_LABEL_POSITION.ABOVE
    for axis, names in ((drawn.value_axis, [up.name for _, up, _ in pairs]),
                        (drawn.category_axis, [along.name for along, _, _ in pairs])):  # fmt: skip
        axis.has_title, axis.has_major_gridlines = True, axis is drawn.value_axis
        axis.axis_title.text_frame.text = names[0] if names else ""
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
        axis.tick_labels.font.size = Pt(_LABEL)
        axis.major_tick_mark = XL_TICK_MARK.NONE
    drawn.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xDD, 0xE1, 0xE3)
