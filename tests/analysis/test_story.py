import contextlib
import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.story import (
    MOST_SLIDES,
    Slide,
    Story,
    StoryError,
    add_slide,
    change_slide,
    move_slide,
    remove_slide,
    say_outdated,
    write_text,
)
from analysis.story_json import FORMAT, MOST_BYTES, read_story, write_story

AREA, KINDS = "E07000011", ("overview_map", "ward", "words")
DAY = dt.date(2026, 5, 3)


def slides_named(*findings: str) -> tuple[Slide, ...]:
    return tuple(Slide("ward", "ward-profile", finding=finding) for finding in findings)


def order_of(story: Story) -> str:
    return "".join(slide.finding for slide in story.slides)


def make_story(*findings: str) -> Story:
    return Story(AREA, slides=slides_named(*findings), made=DAY)


def read_back(content: dict) -> Story:
    return read_story(json.dumps(content), KINDS, (AREA,))


def content_of(**changes) -> dict:
    return {**json.loads(write_story(make_story("a"))), **changes}


SAFE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)
SLIDES = st.builds(
    Slide,
    kind=st.sampled_from(KINDS),
    page=st.sampled_from(("", "ward-map")),
    params=st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True), SAFE, max_size=5)
    .map(lambda found: tuple(found.items())),
    title=SAFE,
    finding=SAFE,
    figures=SAFE,
    made=st.sampled_from(("", "2026-05-03")),
    annotation=SAFE,
    notes=SAFE,
)  # fmt: skip
STORIES = st.builds(
    Story,
    area=st.just(AREA),
    title=SAFE,
    slides=st.lists(SLIDES, max_size=8).map(tuple),
    made=st.dates(),
    minutes=st.integers(0, 480),
)


@given(STORIES)
def test_a_story_comes_back_as_it_was_written(story):
    assert read_story(write_story(story), KINDS, (AREA,)) == story


@given(STORIES.filter(lambda s: s.slides), st.data())
def test_moving_a_slide_loses_none_and_keeps_the_order_of_the_others(story, data):
    index = data.draw(st.integers(0, len(story.slides) - 1))
    moved, to = move_slide(story, index, data.draw(st.integers(-9, 9)))
    assert moved.slides[to] == story.slides[index]
    others = [s for n, s in enumerate(story.slides) if n != index]
    assert [s for n, s in enumerate(moved.slides) if n != to] == others


@pytest.mark.parametrize(
    ("index", "steps", "order", "to"),
    [(0, 1, "bac", 1), (2, -1, "acb", 1), (0, -1, "abc", 0), (2, 5, "abc", 2), (0, 2, "bca", 2)],
)
def test_a_slide_moves_by_places_and_not_beyond_the_ends(index, steps, order, to):
    moved, place = move_slide(make_story("a", "b", "c"), index, steps)
    assert (order_of(moved), place) == (order, to)


def test_a_slide_is_removed_and_replaced():
    story = make_story("a", "b", "c")
    assert order_of(remove_slide(story, 1)) == "ac"
    assert order_of(change_slide(story, 1, Slide("ward", finding="x"))) == "axc"


def test_a_story_grows_to_sixty_slides_only():
    story = make_story(*("a" for _ in range(MOST_SLIDES)))
    with pytest.raises(StoryError, match="at most 60"):
        add_slide(story, Slide("ward"))
    assert len(add_slide(make_story("a"), Slide("ward")).slides) == 2


def test_texts_are_written_on_one_slide_only():
    story = write_text(make_story("a", "b"), 1, "title", " Our title ")
    story = write_text(story, 1, "notes", "Say hello.")
    story = write_text(story, 1, "annotation", "Mind the gap")
    assert story.slides[0] == make_story("a").slides[0]
    assert story.slides[1] == replace(
        make_story("b").slides[0], title="Our title", notes="Say hello.", annotation="Mind the gap"
    )


def test_the_finding_as_a_title_follows_the_figures():
    assert write_text(make_story("a"), 0, "title", "a").slides[0].title == ""
    assert write_text(make_story("a"), 0, "title", "").slides[0].title == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [("x" * 161, "161 letters; at most 160"), ("a\x00b", "control"), ("\ud800", "control"),
     ("two\nlines", "several lines")],
)  # fmt: skip
def test_a_text_that_cannot_be_kept_is_refused(text, said):
    with pytest.raises(StoryError, match=said):
        write_text(make_story("a"), 0, "title", text)


def test_a_title_written_for_older_figures_is_flagged():
    slide = Slide("ward", title="Look north", finding="A is first", figures="2019",
                  made="2026-05-03")  # fmt: skip
    assert say_outdated(slide, "A is first") == ""
    said = say_outdated(slide, "B is first")
    assert said == (
        "Made on 3 May 2026 with figures of 2019; the title was written then. "
        "The figures now say: “B is first”."
    )
    own = say_outdated(replace(slide, title=""), "B is first")
    assert "which said: “A is first”" in own


def test_a_slide_that_never_had_a_finding_is_not_outdated():
    assert say_outdated(Slide("words"), "Our points") == ""


HOSTILE = {
    "an unknown kind": ({"slides": [{"kind": "shell"}]}, "Slide 1 has the unknown kind “shell”"),
    "a kind that is no text": ({"slides": [{"kind": ["ward"]}]}, "unknown kind"),
    "a slide that is none": ({"slides": ["ward"]}, "Slide 1 is not a slide"),
    "slides that are no list": ({"slides": {"0": 1}}, "not a list"),
    "too many slides": ({"slides": [{"kind": "ward"}] * 61}, "61 slides; at most 60"),
    "a long title": ({"slides": [{"kind": "ward", "title": "x" * 200}]}, "Slide 1: The title has"),
    "a title that is no text": ({"slides": [{"kind": "ward", "title": 7}]}, "not a text"),
    "an unknown field": ({"slides": [{"kind": "ward", "run": "x"}]}, "unknown field “run”"),
    "an unknown field of the story": ({"__class__": "x"}, "unknown field “__class__”"),
    "an unknown area": ({"area": "E99999999"}, "E99999999"),
    "an area that is no text": ({"area": {}}, "not known here"),
    "a page with a path": ({"slides": [{"kind": "ward", "page": "../etc"}]}, "names a page"),
    "a page elsewhere": ({"slides": [{"kind": "ward", "page": "//x.org"}]}, "names a page"),
    "parameters that are no texts": (
        {"slides": [{"kind": "ward", "params": {"area": 1}}]}, "not a name with a text",
    ),
    "a long parameter": (
        {"slides": [{"kind": "ward", "params": {"a": "x" * 5000}}]}, "at most 4,000",
    ),
    "no date": ({"made": "yesterday"}, "not a day"),
    "minutes without end": ({"minutes": 10**9}, "minutes"),
    "minutes as truth": ({"minutes": True}, "minutes"),
    "half a letter": ({"title": "\ud800"}, "control character"),
    "another version": ({"version": 2}, "version 2; this dashboard reads version 1"),
    "version as truth": ({"version": True}, "reads version 1"),
    "another format": ({"format": "x"}, FORMAT),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_with_a_mistake_is_refused_with_its_place(name):
    changes, said = HOSTILE[name]
    with pytest.raises(StoryError) as caught:
        read_back(content_of(**changes))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{", "[" * 100_000, '"story"', b"\xff\xfe", b"PK\x03\x04", "NaN"],
    ids=range(9),
)
def test_what_is_no_story_is_refused(text):
    with pytest.raises(StoryError, match="not a story"):
        read_story(text, KINDS, (AREA,))


def test_a_large_file_is_refused_before_it_is_read():
    with pytest.raises(StoryError, match="at most 1,000,000"):
        read_story(b" " * (MOST_BYTES + 1), KINDS, (AREA,))


def test_all_mistakes_are_listed_up_to_a_number():
    with pytest.raises(StoryError) as caught:
        read_back(content_of(slides=[{"kind": "x"}] * 30))
    assert len(caught.value.problems) == 21
    assert caught.value.problems[-1] == "And 10 more mistakes."


@given(st.recursive(st.none() | st.booleans() | st.integers() | SAFE,
                    lambda inner: st.lists(inner) | st.dictionaries(SAFE, inner)))  # fmt: skip
def test_nothing_but_a_story_error_comes_from_any_content(content):
    for place in ("slides", "area", "title", "made", "minutes", "version"):
        with contextlib.suppress(StoryError):
            read_back(content_of(**{place: content}))


@given(st.dictionaries(st.sampled_from(sorted(Slide.__dataclass_fields__)),
                       st.none() | st.integers() | SAFE | st.lists(SAFE) |
                       st.dictionaries(SAFE, SAFE)))  # fmt: skip
def test_nothing_but_a_story_error_comes_from_any_slide(slide):
    with contextlib.suppress(StoryError):
        read_back(content_of(slides=[slide]))


def test_a_title_may_hold_any_letters():
    words = "<script>alert(1)</script> & “ünï” ☃"
    assert read_back(content_of(title=words)).title == words


def test_planned_time_is_two_minutes_a_slide_unless_said():
    assert make_story("a", "b").planned == 4
    assert replace(make_story("a"), minutes=30).planned == 30
