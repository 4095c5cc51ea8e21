"""Charts on paper: every figure is there, nothing overlaps, nothing is cut."""

import itertools
from xml.etree import ElementTree

import pytest
from report_examples import (
    HOSTILE,
    LONG,
    NEED,
    WARDS,
    make_bars,
    make_columns,
    make_lines,
    make_scatter,
)

from analysis.report.blocks import Series
from analysis.report.chart_svg import best_kind, draw_chart
from analysis.report.printed import MISSING
from analysis.report.svg_marks import compute_ticks, spread

SVG = "{http://www.w3.org/2000/svg}"
MANY = [f"{WARDS[n % 7]} {n}" for n in range(40)]
CHARTS = {
    "bars": make_bars(),
    "lines": make_lines(),
    "columns": make_columns(),
    "scatter": make_scatter(),
    "forty bars": make_bars(categories=MANY, series=[Series("A", [n - 9.5 for n in range(40)])]),
    "all below zero": make_bars(series=[Series("A", [-1, -2, None, -4, -5, -6, -70000])]),
    "huge": make_columns(series=[Series("A", [1.5e12, 2e12, 3e12, 9e11, None])]),
    "one point": make_lines(series=[Series(LONG, [None] * 5 + [3.0] + [None] * 10)]),
    "crowded ends": make_lines(
        series=[Series(f"{LONG} {n}", [20 + n / 9] * 16, "other") for n in range(4)]
    ),
    "columns with long names": make_columns(categories=WARDS, series=[Series("A", NEED)]),
    "flat": make_lines(series=[Series("A", [0.0] * 16)], bands=()),
    "hostile": make_bars(categories=[*HOSTILE[:6], "x"]),
}


def list_texts(svg: str) -> list[tuple[str, float, float, float, float]]:
    """Each text with its box: left, top, right, bottom, by a mean width of letters."""
    found = []
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314 (our own text)
        words, size = "".join(text.itertext()), float(text.get("font-size"))
        wide = len(words) * size * 0.47
        left = float(text.get("x")) - {"start": 0, "middle": wide / 2, "end": wide}[
            text.get("text-anchor")
        ]  # fmt: skip
        base = float(text.get("y"))
        found.append((words, left, base - size * 0.7, left + wide, base + size * 0.15))
    return found


@pytest.mark.parametrize("name", CHARTS)
def test_no_label_overlaps_another_or_is_cut(name):
    svg = draw_chart(CHARTS[name])
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own text)
    wide, high = float(root.get("width")), float(root.get("height"))
    texts = [text for text in list_texts(svg) if text[0]]
    for text, left, top, right, bottom in texts:
        assert left >= -1, text
        assert top >= -1, text
        assert right <= wide + 1, text
        assert bottom <= high + 1, text
    for one, two in itertools.combinations(texts, 2):
        apart = one[1] >= two[3] or two[1] >= one[3] or one[2] >= two[4] or two[2] >= one[4]
        assert apart, (one, two)


def test_each_bar_says_its_figure_and_a_missing_one_says_so():
    words = [text[0] for text in list_texts(draw_chart(make_bars()))]
    for printed in ("22.7", "16.6", "9.8", "8.0", "12.3", "−1.5", MISSING, "England 14.5"):
        assert printed in words


def test_bars_begin_at_zero():
    root = ElementTree.fromstring(draw_chart(make_bars(series=[Series("A", [10.0] * 6 + [20.0])])))  # noqa: S314
    boxes = [float(box.get("width")) for box in root.iter(f"{SVG}rect")][1:]
    assert boxes[0] * 2 == pytest.approx(boxes[-1], abs=0.2)


def test_a_line_that_does_not_begin_at_zero_says_so():
    high = make_lines(series=[Series("A", [80.0 + n for n in range(16)])])
    assert "the axis begins at 80, not at zero" in draw_chart(high)
    assert "not at zero" not in draw_chart(make_lines())


def test_a_gap_in_a_line_stays_a_gap():
    svg = draw_chart(make_lines(series=[Series("A", [1, 2, None, 4, 5, *[None] * 11])], bands=()))
    assert svg.count("<polyline") == 2


def test_bands_of_one_name_are_named_once():
    words = [text[0] for text in list_texts(draw_chart(make_lines()))]
    assert words.count("Lockdowns") == 1
    assert words.count("Third lockdown") == 1


def test_columns_with_long_names_lie_down():
    assert best_kind(CHARTS["columns with long names"]) == "bar"
    assert best_kind(make_columns()) == "column"


def test_a_chart_without_figures_says_so():
    assert "No figures to draw" in draw_chart(make_bars(series=[Series("A", [None] * 7)]))


def test_the_picture_has_its_title_and_description():
    root = ElementTree.fromstring(draw_chart(make_bars(title="<b>", description="a & b")))  # noqa: S314
    assert root.find(f"{SVG}title").text == "<b>"
    assert root.find(f"{SVG}desc").text == "a & b"


@pytest.mark.parametrize("ends", [(0, 1), (-3, 7.5), (5, 5), (0, 0), (1e12, 3e12), (0.001, 0.002)])
def test_ticks_are_round_and_around_the_range(ends):
    ticks = compute_ticks(*ends)
    assert ticks[0] <= ends[0] + 1e-9
    assert ticks[-1] >= ends[1] - 1e-9
    assert 2 <= len(ticks) <= 8


def test_labels_are_spread_without_leaving_the_picture():
    places = spread([(90, 20), (92, 20), (95, 20)], 0, 100)
    assert places == [40, 60, 80]
    assert spread([(0, 10), (50, 10)], 0, 100) == [0, 50]
