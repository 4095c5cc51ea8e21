"""Parts of native charts that python-pptx has no call for: intervals, places, labels, legends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from analysis.report.blocks import Chart, Series
from analysis.report.pptx_parts import INK, Box, describe
from analysis.report.svg_marks import figure_at

LABEL_SIZE = 12  # points
NAME_SIZE = 14
GRID = RGBColor(0xDD, 0xE1, 0xE3)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_UNBROKEN = 20  # letters of a name
_SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")


@dataclass(frozen=True)
class Plot:
    """Where the plot stands in its chart, as shares of the chart."""

    left: float
    top: float
    width: float
    height: float


def number_format(decimals: int) -> str:
    """The format of figures in Office: "#,##0.0"."""
    return "#,##0" + (f".{'0' * decimals}" if decimals else "")


def colour_of(text: str) -> RGBColor:
    """A colour from "#12436D"."""
    return RGBColor.from_string(text.removeprefix("#"))


def insert_chart(slide: Any, kind: Any, data: Any, box: Box, chart: Chart) -> Any:
    """A native chart with its text alternative, without title and legend."""
    frame = slide.shapes.add_chart(kind, *(Inches(part) for part in box), data)
    describe(frame, chart.name or chart.title, chart.description or chart.title)
    drawn = frame.chart
    drawn.font.size, drawn.font.color.rgb = Pt(LABEL_SIZE), INK
    drawn.font.name = "Arial"
    drawn.has_title, drawn.has_legend = False, False
    return drawn


class _TextIsText:
    """The sheet inside a chart, in which a name that begins with = is no formula."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[tuple[Any, Any]]:
        from xlsxwriter import Workbook

        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(xlsx_file, options) as book:
            yield book, book.add_worksheet()


class _CategorySheet(_TextIsText, CategoryWorkbookWriter):
    pass


class _DotSheet(_TextIsText, XyWorkbookWriter):
    pass


class BarData(CategoryChartData):
    """Figures by category, with a safe sheet."""

    @property
    def _workbook_writer(self) -> Any:
        return _CategorySheet(self)


class DotData(XyChartData):
    """Dots, with a safe sheet."""

    @property
    def _workbook_writer(self) -> Any:
        return _DotSheet(self)


def make_data(chart: Chart, series: Sequence[Series], categories: Sequence[str]) -> Any:
    """The figures of a chart, missing ones as empty cells."""
    data = BarData(number_format=number_format(chart.decimals))
    data.categories = list(categories)
    for one in series:
        data.add_series(one.name, [figure_at(one.values, n) for n in range(len(categories))])
    return data


def lay_out(drawn: Any, plot: Plot) -> None:
    """Put the plot at a known place, so that what stands beside and behind it stands right."""
    area = drawn._chartSpace.chart.plotArea  # new, so that it has no place yet
    area.insert(
        0,
        parse_xml(
            f"<c:layout {nsdecls('c')}><c:manualLayout><c:layoutTarget val='inner'/>"
            "<c:xMode val='edge'/><c:yMode val='edge'/>"
            f"<c:x val='{plot.left:.4f}'/><c:y val='{plot.top:.4f}'/>"
            f"<c:w val='{plot.width:.4f}'/><c:h val='{plot.height:.4f}'/>"
            "</c:manualLayout></c:layout>"
        ),
    )


def add_legend(drawn: Any, position: Any = XL_LEGEND_POSITION.TOP, leave_out: int = 0) -> None:
    """A legend of the series but the last `leave_out`, which are named elsewhere."""
    drawn.has_legend = True
    drawn.legend.position = position
    drawn.legend.include_in_layout = False
    drawn.legend.font.size = Pt(NAME_SIZE)
    count = sum(len(plot.series) for plot in drawn.plots)
    for number in range(count - leave_out, count):
        entry = parse_xml(
            f"<c:legendEntry {nsdecls('c')}><c:idx val='{number}'/><c:delete val='1'/>"
            "</c:legendEntry>"
        )
        drawn.legend._element.find(qn("c:legendPos")).addnext(entry)


def add_whiskers(drawn: Any, series: Series) -> None:
    """The interval of each figure as error bars with lengths of their own."""
    ends: dict[str, list[float]] = {"plus": [], "minus": []}
    for place in range(len(series.values)):
        value = figure_at(series.values, place)
        low, high = figure_at(series.low, place), figure_at(series.high, place)
        if value is None or low is None or high is None:
            low = high = value = 0.0
        ends["plus"].append(high - value)
        ends["minus"].append(value - low)
    if not any(ends["plus"]) and not any(ends["minus"]):
        return
    parts = "".join(
        f"<c:{side}><c:numLit><c:formatCode>General</c:formatCode>"
        f"<c:ptCount val='{len(lengths)}'/>"
        + "".join(f"<c:pt idx='{n}'><c:v>{long!r}</c:v></c:pt>" for n, long in enumerate(lengths))
        + f"</c:numLit></c:{side}>"
        for side, lengths in ends.items()
    )
    bars = parse_xml(
        f"<c:errBars {nsdecls('c', 'a')}><c:errBarType val='both'/>"
        f"<c:errValType val='cust'/><c:noEndCap val='0'/>{parts}"
        "<c:spPr><a:ln w='12700'><a:solidFill><a:srgbClr val='22292C'/></a:solidFill></a:ln>"
        "</c:spPr></c:errBars>"
    )
    drawn._element.find(qn("c:cat")).addprevious(bars)


def label_figures(drawn: Any, chart: Chart, size: float = LABEL_SIZE) -> None:
    """The figure of each bar at its end."""
    labels = drawn.data_labels
    labels.show_value, labels.number_format = True, number_format(chart.decimals)
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.color.rgb = Pt(size), INK


def move_past_whiskers(
    drawn: Any, chart: Chart, series: Series, share: float, *, upward: bool
) -> None:
    """Push the figures of bars with intervals past the ends of these.

    Args:
        drawn: the series in the chart.
        chart: the chart.
        series: the same series as data.
        share: how much of the chart one unit of the axis takes.
        upward: columns, not bars that lie.
    """
    for place in range(len(series.values)):
        value = figure_at(series.values, place)
        low, high = figure_at(series.low, place), figure_at(series.high, place)
        if value is None or low is None or high is None:
            continue
        past = (high - value if value >= 0 else low - value) * share
        label = drawn.points[place].data_label
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        label.font.size = Pt(LABEL_SIZE)
        show_parts(label, number_format(chart.decimals), name=False)
        move_label(label, 0 if upward else past, -past if upward else 0)


def move_label(label: Any, right: float, down: float) -> None:
    """Move a point's label, once, from its usual place, in shares of the chart."""
    label._dLbl.find(qn("c:idx")).addnext(
        parse_xml(
            f"<c:layout {nsdecls('c')}><c:manualLayout><c:x val='{right:.4f}'/>"
            f"<c:y val='{down:.4f}'/></c:manualLayout></c:layout>"
        )
    )


def keep_on_a_line(label: Any, name: str) -> None:
    """Do not break a label that has room beside its plot: programs break it even within words."""
    if len(name) <= _UNBROKEN:
        for body in label._dLbl.iter(qn("a:bodyPr")):
            body.set("wrap", "none")


def name_axis(axis: Any, name: str, size: float) -> None:
    """What an axis measures, in plain letters beside it."""
    axis.has_title = True
    frame = axis.axis_title.text_frame
    frame.text = name
    for run in frame.paragraphs[0].runs:
        run.font.size, run.font.bold = Pt(size), False


def show_parts(label: Any, form: str, *, name: bool) -> None:
    """What a point's label shows: its figure, and the name of its series before it."""
    element = label._dLbl
    wanted = {"Val": True, "SerName": name}
    for part in _SHOWN:
        element.find(qn(f"c:show{part}")).set("val", "1" if wanted.get(part) else "0")
    before = next(
        child for tag in ("c:spPr", "c:txPr", "c:dLblPos", "c:showLegendKey")
        if (child := element.find(qn(tag))) is not None
    )  # fmt: skip
    before.addprevious(
        parse_xml(f"<c:numFmt {nsdecls('c')} formatCode='{form}' sourceLinked='0'/>")
    )
    if name:
        element.append(parse_xml(f"<c:separator {nsdecls('c')}> </c:separator>"))
