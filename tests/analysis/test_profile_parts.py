"""The profile's tables, pictures and sentences: complete, escaped, never zero for missing."""

import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from examples import make_indicator

from analysis.bars import Bar, longest, render_bars
from analysis.export import make_png
from analysis.locator import draw_locator
from analysis.profile_svg import draw_bars, draw_spine
from analysis.profile_words import (
    describe_bars,
    describe_people,
    describe_pyramid,
    describe_spine,
    list_similar,
    make_profile_title,
)
from analysis.spine import Own, compute_spread, make_spine
from analysis.spine_table import render_spine, tidy_spine

NAN = np.nan


def parse(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 (our own text)


EVIL = '<img src=x onerror="alert(1)"> & "Sons"'
THEMES = {"housing": "Housing", "crime": f"Crime {EVIL}"}


@pytest.fixture
def spine() -> pd.DataFrame:
    indicators = [
        make_indicator(id="fuel", name=EVIL),
        make_indicator(id="burglary", theme="crime", unit="per 1,000 people", name="Burglary"),
        make_indicator(id="gone", theme="crime", name="Not known"),
    ]
    own = Own(np.array([20, 5, NAN]), np.array([18, NAN, NAN]), np.array([22, NAN, NAN]))
    values = np.array([[20, 8, 10.0], [5, 6, 7], [NAN, 3, 4]])
    everywhere = [np.arange(100.0)] * 3
    benchmark = np.array([10.0, 6, 3.5])
    made = make_spine(indicators, own, benchmark, values, compute_spread(values), everywhere)
    return made.assign(
        period="2022",
        note=["estimated", "", "withheld: small number"],
        trend=["↗ rising, worse", "", ""],
        trend_judgement=["worse", "", ""],
    )


def render(spine: pd.DataFrame) -> str:
    return render_spine(spine, THEMES, "Aldham & Co", "North", lambda i: f"ward-map?a=1&i={i}")


def test_the_table_is_whole_and_every_text_escaped(spine):
    table = parse(render(spine))
    rows = [row for row in table.iter("tr") if row.get("id")]
    assert [row.get("id") for row in rows] == ["row-fuel", "row-burglary", "row-gone"]
    assert all(len(row) == 7 for row in rows)
    assert rows[0].find("th/a").text == EVIL
    assert rows[0].find("th/a").get("href") == "ward-map?a=1&i=fuel"
    assert not list(table.iter("img"))


def test_a_row_says_value_interval_benchmark_word_sign_rank_and_trend(spine):
    row = next(r for r in parse(render(spine)).iter("tr") if r.get("id") == "row-fuel")
    text = " ".join("".join(row.itertext()).split())
    figures = ("20.0 %", "18.0 to 22.0", "10.0 %", "1 of 3")
    for part in (*figures, "▲ worse", "↗ rising, worse", "2022", "estimated"):
        assert part in text, part


def test_a_missing_figure_is_words_and_has_no_dot(spine):
    row = next(r for r in parse(render(spine)).iter("tr") if r.get("id") == "row-gone")
    text = "".join(row.itertext())
    assert "no figure" in text
    assert "withheld: small number" in text
    assert not re.search(r"\b0\b", text)
    assert not list(row.iter("b"))
    assert list(row.iter("i"))  # the wards of the benchmark are still drawn


def test_the_download_keeps_missing_missing(spine):
    table = tidy_spine(spine, "Aldham")
    assert table["Ward"].tolist()[:2] == [20.0, 5.0]
    assert np.isnan(table["Ward"].iloc[2])
    assert table["Recent trend"].tolist() == ["↗ rising, worse", "too few points", "too few points"]
    assert table["Lowest ward"].tolist() == [8, 5, 3]


def test_the_pictures_are_svg_that_can_be_drawn(spine):
    bars = [Bar(EVIL, 20.0, 10.0, "higher", "▲", "Age"), Bar("None", NAN, NAN)]
    for picture in (
        draw_spine(spine, THEMES, EVIL, "Aldham", "Office for National Statistics"),
        draw_bars(bars, EVIL, ("Ward", "Aldham"), "Census 2021"),
    ):
        root = parse(picture)
        assert root.find("{http://www.w3.org/2000/svg}title").text == EVIL
        assert "NaN" not in picture
        assert "nan" not in re.sub(r">[^<]*<", "><", picture)
        assert make_png(picture)[:4] == b"\x89PNG"


def test_bars_are_whole_escaped_and_reach_no_further_than_the_cell():
    bars = [Bar(EVIL, 20.0, 30.4, "lower", "▼", "Age"), Bar("B", NAN, 2.0, note="withheld")]
    table = parse(render_bars(bars, "Ages", "Ward", "England"))
    drawn = ElementTree.tostring(table).decode()
    shares = [float(share) for share in re.findall(r"(?:width|left):([\d.]+)%", drawn)]
    assert max(shares) <= 100
    text = "".join(table.itertext())
    assert "no figure" in text
    assert "withheld" in text
    assert EVIL in text
    assert longest(bars) == 35
    assert longest([Bar("x", 2.2, NAN)]) == 3
    assert longest([Bar("x", NAN, NAN)]) > 0


def test_the_small_map_fills_the_ward_and_draws_the_others():
    geometry = {
        "width": 100,
        "height": 60,
        "codes": ["E05000001", "E05000002"],
        "paths": ["M0 0l9 0 0 9z", "M20 0l9 0 0 9z"],
        "centres": [3, 3, 23, 3],
    }
    root = parse(draw_locator(geometry, "E05000002", "dark"))
    paths = [path.get("d") for path in root.iter("{http://www.w3.org/2000/svg}path")]
    assert paths == geometry["paths"]
    circle = root.find("{http://www.w3.org/2000/svg}circle")
    assert (circle.get("cx"), circle.get("cy")) == ("23", "3")


@pytest.mark.parametrize(
    ("rank", "of", "title"),
    [
        (1, 26, "North has the highest need in Aldham"),
        (26, 26, "North has the lowest need in Aldham"),
        (3, 26, "North: 3rd highest need of 26 wards"),
        (1, 1, "North: need and people"),
        (0, 5, "North: no estimate of need"),
    ],
)
def test_the_title_is_the_finding(rank, of, title):
    assert make_profile_title("North", "Aldham", rank, of) == title


def test_people_are_described_by_what_is_known():
    assert describe_people(11497, 1955.6, 0) == (
        "11,497 people, 1,956 for each square kilometre, all in town"
    )
    assert describe_people(3492, 46, 37.4).endswith("37 % of them in rural areas")
    assert describe_people(NAN, NAN, NAN) == ""


def test_the_description_counts_words_missing_and_trends(spine):
    text = describe_spine(spine, "North", "Aldham")
    assert "of 1 indicator with an interval" in text
    assert "1 worse, 0 similar and 0 better" in text
    assert "1 indicator has no figure here" in text
    assert "Clearly getting worse: " in text


def test_bars_are_described_by_their_widest_gaps():
    text = describe_bars(
        [Bar("Young", 30.0, 20.0), Bar("Old", 5.0, 9.5)], "Ages", "North", "Aldham"
    )
    assert "above: Young (10.0 points)" in text
    assert "below: Old (4.5 points)" in text
    assert describe_bars([Bar("x", NAN, 1.0)], "Ages", "North", "Aldham").endswith("no figures.")


def test_the_heading_of_the_pyramid_names_the_age_that_is_more_common():
    even = [Bar(str(n), 5.5, 5.5) for n in range(18)]
    assert describe_pyramid(even, "North") == "Ages here are much like England's"
    old = [*even[:13], *(Bar("old", 8.0, 5.0) for _ in range(5))]
    assert describe_pyramid(old, "North") == "More older people here than in England"
    assert "not known" in describe_pyramid([Bar("x", NAN, 1.0)] * 18, "North")


def test_similar_wards_are_listed_with_code_and_distance():
    similar = pd.DataFrame({"distance": [0.125], "differs_most": ["Age"]}, index=["E05000001"])
    table = list_similar(similar, {"E05000001": "North, Aldham"})
    assert table.to_dict("records") == [
        {"Ward": "North, Aldham", "Code": "E05000001", "Distance": 0.13, "Least alike in": "Age"}
    ]
