"""Lines over time: where they are drawn, what they say, and the picture that stands alone."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from examples import NAN, make_indicator

from analysis.palette import CHART_INK
from analysis.trend_picture import HEIGHT, WIDTH, TrendPicture, draw_trend, render_trend

INDICATOR = make_indicator()
STRONG, QUIET = CHART_INK["light"]["strong"], CHART_INK["light"]["quiet"]


def series(ward_name: str = "Mill") -> pd.DataFrame:
    dates = pd.to_datetime(["2020-12-31", "2021-12-31", "2022-12-31"])
    parts = []
    for code, name, values in (
        ("E05000001", ward_name, [10.0, NAN, 14.0]),
        ("E07000001", "Blaby", [8.0, 9.0, 10.0]),
        ("E92000001", "England", [12.0, 12.5, 13.0]),
    ):
        figures = np.array(values)
        part = {
            "area_code": code,
            "name": name,
            "label": ["2020", "2021", "2022"],
            "period_start": dates,
            "period_end": dates,
            "value": figures,
            "lower_ci": figures - 1,
            "upper_ci": figures + 2,
        }
        parts.append(pd.DataFrame(part))
    return pd.concat(parts, ignore_index=True)


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg if svg.startswith("<svg") else f"<svg>{svg}</svg>")  # noqa: S314 (our own text)


def shapes(picture: TrendPicture, name: str) -> list[dict[str, str]]:
    return [shape.attrib for shape in parse(picture.svg).iter(name)]


def texts(svg: str) -> list[str]:
    return ["".join(part.itertext()) for part in parse(svg).iter() if part.tag.endswith("text")]


def test_points_say_the_figures_as_printed_and_a_gap_where_one_misses():
    points = draw_trend(series(), INDICATOR).points
    assert points["labels"] == ["2020", "2021", "2022"]
    printed = {line["name"]: line["printed"] for line in points["lines"]}
    assert printed["England"] == ["12.0 %", "12.5 %", "13.0 %"]
    assert printed["Mill"] == ["10.0 %", "no figure", "14.0 %"]
    assert points["lines"][0]["y"][1] is None


def test_a_point_stands_where_its_figure_and_its_date_are():
    points = draw_trend(series(), INDICATOR).points
    heights = {line["name"]: line["y"] for line in points["lines"]}
    # From zero to 16 between the lower edge of the plot and its top, 12 at three quarters.
    zero, top = points["bottom"], points["top"]
    assert heights["England"][0] == pytest.approx(zero - 12 / 20 * (zero - top), abs=0.1)
    assert heights["England"][2] == pytest.approx(zero - 13 / 20 * (zero - top), abs=0.1)
    first, middle, last = points["x"]
    assert middle - first == pytest.approx(last - middle, abs=0.1)


def test_a_longer_time_is_a_longer_way():
    late = series()
    late.loc[late["label"] == "2022", "period_start"] = pd.Timestamp("2023-12-31")
    first, middle, last = draw_trend(late, INDICATOR).points["x"]
    assert last - middle == pytest.approx(2 * (middle - first), abs=0.2)


def test_a_missing_figure_breaks_the_line():
    drawn = [line["points"].split() for line in shapes(draw_trend(series(), INDICATOR), "polyline")]
    assert sorted(map(len, drawn)) == [1, 1, 3, 3]


def test_the_area_in_question_is_strong_on_top_and_has_its_band():
    picture = draw_trend(series(), INDICATOR)
    colours = [line["stroke"] for line in shapes(picture, "polyline")]
    assert colours == [QUIET, QUIET, STRONG, STRONG]
    whiskers = [line for line in shapes(picture, "line") if line["stroke"] == STRONG]
    assert len(whiskers) == 2  # each point of Mill stands alone, between gaps
    whole = series().fillna({"value": 12.0, "lower_ci": 11.0, "upper_ci": 13.0})
    (band,) = shapes(draw_trend(whole, INDICATOR), "polygon")
    assert len(band["points"].split()) == 6
    assert band["fill"] == STRONG
    bare = draw_trend(series().assign(lower_ci=NAN, upper_ci=NAN), INDICATOR)
    assert not shapes(bare, "polygon")
    assert not [line for line in shapes(bare, "line") if line["stroke"] == STRONG]


def test_a_ward_named_like_its_district_keeps_its_own_line():
    points = draw_trend(series("Blaby"), INDICATOR).points
    assert [line["name"] for line in points["lines"]] == ["Blaby", "Blaby", "England"]


def test_every_line_is_named_and_no_name_touches_another():
    close = series()
    close["value"] = [10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.1, 10.1, 10.1]
    picture = draw_trend(close, INDICATOR)
    names = {"Mill", "Blaby", "England"}
    root = parse(picture.svg)
    rows = sorted(float(text.attrib["y"]) for text in root.iter("text") if text.text in names)
    assert len(rows) == 3
    assert min(np.diff(rows)) >= 15


def test_shares_start_at_zero_and_scores_need_not():
    assert "0" in texts(draw_trend(series(), INDICATOR).svg)
    score = draw_trend(
        series().assign(value=[101.0, 102, 103] * 3, lower_ci=NAN, upper_ci=NAN),
        make_indicator(measure="score"),
    )
    assert "0" not in texts(score.svg)


@pytest.mark.parametrize("value", [0.0, 7.0])
def test_a_line_that_never_moves_is_drawn(value: float):
    flat = series().assign(value=value, lower_ci=NAN, upper_ci=NAN)
    heights = draw_trend(flat, INDICATOR).points["lines"][0]["y"]
    assert len(set(heights)) == 1
    assert 0 <= heights[0] <= HEIGHT


def test_periods_below_never_touch_and_name_the_newest():
    months = pd.period_range("2015-08", "2023-11", freq="M")
    frame = pd.DataFrame({
        "area_code": "E05000001", "name": "Mill", "label": months.strftime("%B %Y"),
        "period_start": months.to_timestamp(), "value": np.linspace(0, 9, len(months)),
        "lower_ci": NAN, "upper_ci": NAN,
    })  # fmt: skip
    picture = draw_trend(frame, INDICATOR)
    root = parse(picture.svg)
    below = [text for text in root.iter("text") if text.attrib["y"] == f"{HEIGHT - 8:.1f}"]
    assert [text.text for text in below][:2] == ["November 2023", "August 2015"]
    middles = sorted(float(text.attrib["x"]) for text in below)
    assert min(np.diff(middles)) > 90
    assert not shapes(picture, "circle")


def test_the_picture_that_stands_alone_says_what_it_is():
    svg = render_trend(series("Mill & <Brook>"), INDICATOR, "Low income over time", ["Source: us"])
    words = texts(svg)
    assert "Low income over time" in words
    assert "Source: us" in words
    assert any("Mill &" in word for word in words)
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    height = float(re.search(r'height="(\d+)"', svg)[1])
    assert height > HEIGHT
    assert float(re.search(r'width="(\d+)"', svg)[1]) > WIDTH
