"""PowerPoint's own charts: what stands in each of them follows from its figures."""

import io

import pptx
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.oxml.ns import qn
from report_examples import make_bars, make_columns, make_document, make_lines, make_scatter

from analysis.report.blocks import Chart, Document, Section, Series
from analysis.report.write_pptx import write_pptx

YEARS = ["2018", "2019", "2020", "2021", "2022"]


def open_slides(*blocks, title="S") -> list:
    made = make_document().made
    content = write_pptx(Document("T", "", "", [Section(title, blocks)], "", made))
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def draw(chart: Chart):
    (drawn,) = [s.chart for slide in open_slides(chart) for s in slide.shapes if s.has_chart]
    return drawn


def labels_of(series) -> list:
    return list(series._element.iter(qn("c:dLbl")))


def wraps(label) -> str:
    return next(label.iter(qn("a:bodyPr"))).get("wrap", "")


def test_a_single_figure_is_a_dot_and_a_line_without_figures_has_no_name():
    drawn = draw(make_lines(categories=YEARS, bands=[], unit="", series=[
        Series("Aldham", [None, 3.0, None, None, None]),
        Series("Similar councils of the east", [1.0, 2.0, None, 3.0, None], "other"),
        Series("Nowhere", [None] * 5, "other"),
    ]))  # fmt: skip
    one, many, none = drawn.plots[0].series
    assert one.marker.style == XL_MARKER_STYLE.CIRCLE
    assert many.marker.style == none.marker.style == XL_MARKER_STYLE.NONE
    # Named at their last figures; a long name may be broken, a short one not.
    ends = [[label.find(qn("c:idx")).get("val") for label in labels_of(s)] for s in (one, many)]
    assert ends == [["1"], ["3"]]
    assert (wraps(labels_of(one)[0]), wraps(labels_of(many)[0]) == "none") == ("none", False)
    assert labels_of(none) == []
    assert not drawn.value_axis.has_title
    assert draw(make_lines()).value_axis.axis_title.text_frame.text.startswith("Per 1,000")


def test_figures_stand_above_columns_only_where_they_have_room():
    wide = draw(make_columns(series=[Series("Aldham", [1, 2, 3, 4, 5])]))
    assert wide.plots[0].series[0].data_labels.show_value
    assert not wide.has_legend  # the title names the one place
    months = [f"{month} {year}" for year in YEARS for month in ("Jan", "Apr", "Jul", "Oct")]
    figures = [1_000_000.0 + n for n in range(20)]
    narrow = draw(make_columns(categories=months, series=[
        Series("Aldham", figures), Series("England", figures, "other"),
    ]))  # fmt: skip
    assert narrow.has_legend
    assert not list(narrow._chartSpace.iter(qn("c:dLbls")))


def test_a_guide_is_a_dashed_line_with_its_name_and_a_chart_without_one_has_none():
    with_guide = draw(make_columns())
    assert [type(plot).__name__ for plot in with_guide.plots] == ["BarPlot", "LinePlot"]
    (guide,) = with_guide.plots[1].series
    assert (guide.name, list(guide.values)) == ("England", [1250.0] * 5)
    assert list(guide._element.iter(qn("c:invertIfNegative"))) == []
    bars = make_columns().series[:2]
    assert [type(plot).__name__ for plot in draw(make_columns(series=bars)).plots] == ["BarPlot"]


def test_a_title_of_many_lines_has_smaller_letters_that_stay_readable():
    sizes = []
    for words in (5, 40, 200):
        slide = open_slides(make_columns(title=" ".join(["Reports"] * words)))[-1]
        sizes.append(slide.shapes.title.text_frame.paragraphs[0].font.size)
    assert sizes[0] is None
    assert sizes[1].pt < 28
    assert sizes[2].pt == 18


def test_no_part_of_a_chart_is_said_twice():
    """Office opens a file with such a part as a damaged one."""
    charts = [make_bars(), make_lines(), make_columns(), make_scatter()]
    drawn = [s.chart for slide in open_slides(*charts) for s in slide.shapes if s.has_chart]
    assert len(drawn) >= len(charts)
    for chart in drawn:
        assert len(chart._chartSpace.chart.plotArea.findall(qn("c:layout"))) <= 1
        for label in chart._chartSpace.iter(qn("c:dLbl")):
            tags = [part.tag for part in label]
            assert len(tags) == len(set(tags))
