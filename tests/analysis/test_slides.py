import datetime as dt
import io
from xml.etree import ElementTree

import numpy as np
from pptx import Presentation

from analysis.map_view import LegendEntry, MapView
from analysis.report.blocks import Bullets, Chart, Fact, Facts, Picture, Series
from analysis.report.write_html import write_html
from analysis.report.write_pptx import write_pptx
from analysis.slide_html import pack_slide, render_block
from analysis.slide_map import render_slide_map
from analysis.slides import ShownSlide, SlideFigure, make_document, say_story_title
from analysis.story import Slide, Story


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 (made by the test itself)


EVIL = "<script>alert('x')</script>"
CHART = Chart(
    "c", "North is highest", "Score", "bar", ["North", "South"], [Series("Score", [3.0, 1.0])],
    "", "North 3, South 1.", ("Source: a survey",),
)  # fmt: skip


def shown(block, slide=None, **figure) -> ShownSlide:
    figure = {"finding": "A finding", "subtitle": "What", "sources": ("Source: x",), **figure}
    return ShownSlide(slide or Slide("ward"), SlideFigure(block=block, **figure))


def slide_document(*slides: ShownSlide, as_slides: bool = True):
    day = dt.date(2026, 5, 3)
    return make_document(Story("E07000011"), slides, "Here", "2025", day, as_slides=as_slides)


def test_every_text_of_a_visitor_is_escaped_or_text():
    facts = Facts([Fact(EVIL, f"{EVIL} per {EVIL}", EVIL)])
    for block in (facts, Bullets([EVIL])):
        packed = pack_slide(shown(block, Slide("ward", title=EVIL, annotation=EVIL)), 1, "light")
        assert "<script" not in packed["body"]
        assert "&lt;script&gt;" in packed["body"]
        # The browser sets these as text.
        assert packed["title"] == packed["annotation"] == EVIL


def test_a_picture_with_a_script_is_drawn_without_it():
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" onload="x()">{EVIL}<path d="M0 0"/></svg>'
    body = render_block(Picture("m", "t", "s", svg, "d"), "s1", "light")
    assert "script" not in body
    assert "onload" not in body
    assert "M0 0" in body


def test_a_broken_picture_says_so_and_a_problem_is_shown_on_its_slide_only():
    assert "cannot be drawn" in render_block(Picture("m", "t", "s", "<svg", "d"), "s1", "light")
    broken = ShownSlide(Slide("ward", finding="Old finding"), None, f"No figure {EVIL}")
    packed = pack_slide(broken, 2, "light")
    assert "No figure &lt;script" in packed["body"]
    assert packed["title"] == "Old finding"
    document = slide_document(broken, shown(CHART))
    assert len(document.sections) == 2


def test_the_parts_of_two_pictures_have_names_of_their_own():
    names = [
        {e.get("id") for e in parse(render_block(CHART, n, "light")).iter()} - {None}
        for n in ("s1", "s2")
    ]
    assert names[0]
    assert not names[0] & names[1]


def test_a_chart_on_a_dark_screen_has_no_white_paper():
    assert '"#FFFFFF"' in render_block(CHART, "s1", "light")
    dark = render_block(CHART, "s1", "dark")
    assert '"#FFFFFF"' not in dark
    assert '"#12436D"' not in dark


def test_the_presenters_title_comes_before_the_finding():
    assert shown(CHART).title == "A finding"
    assert shown(CHART, Slide("ward", title="Mine")).title == "Mine"


def test_powerpoint_has_a_native_chart_and_the_notes():
    slide = Slide("ward", title="Mine", notes="Say this.", annotation="Look north")
    file = Presentation(io.BytesIO(write_pptx(slide_document(shown(CHART, slide)))))
    last = file.slides[-1]
    assert [s.chart.plots[0].categories[0] for s in last.shapes if s.has_chart] == ["North"]
    assert last.shapes.title.text == "Mine"
    notes = last.notes_slide.notes_text_frame.text
    assert "Say this." in notes
    assert "Look north" in notes
    said = [s.text_frame.text for s in last.shapes if s.has_text_frame]
    assert any("Look north" in text for text in said)


def test_each_slide_is_one_slide_in_powerpoint_behind_the_first():
    blocks = [CHART, Facts([Fact("a", "1", "b. c")]), Bullets(["Why?"])]
    slides = [shown(block, Slide("ward", annotation="For the room")) for block in blocks]
    file = Presentation(io.BytesIO(write_pptx(slide_document(*slides))))
    assert len(file.slides) == 4


def test_the_hand_out_has_the_title_as_text():
    made = write_html(slide_document(shown(CHART, Slide("ward", title=EVIL)), as_slides=False))
    assert b"<script" not in made
    assert b"&lt;script&gt;" in made


def test_the_map_names_the_chosen_ward_and_only_classes_that_occur():
    legend = (LegendEntry("class_1", "low <5", 1), LegendEntry("class_5", "high", 1),
              LegendEntry("suppressed", "withheld", 0))  # fmt: skip
    view = MapView(["A", "B"], np.array([1.0, 9.0]), [0, 1], legend, "Title & more", "Score",
                   selected="B", description="Two wards.")  # fmt: skip
    geometry = {"width": 100, "height": 50, "codes": ["A", "B"], "names": ["Ay", "Bee & Co"],
                "paths": ["M0 0h9v9z", "M9 9h9v9z"]}  # fmt: skip
    root = parse(render_slide_map(view, geometry))
    texts = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "low <5: 1" in texts
    assert "Bee & Co" in texts
    assert not any("withheld" in text for text in texts)
    assert root.find("{http://www.w3.org/2000/svg}desc").text == "Two wards."


def test_the_title_of_the_page_counts_slides_and_minutes():
    story = Story("E07000011", slides=(Slide("ward"), Slide("ward")))
    assert say_story_title(story, "Here") == "A story of Here: 2 slides, 4 minutes"
    assert say_story_title(Story("E07000011"), "Here") == "The story has no slides yet"
