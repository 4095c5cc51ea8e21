"""The page Story: slides from real figures, changed, loaded, kept and opened again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from said import find_faults
from streamlit.testing.v1 import AppTest

from analysis.report.blocks import Bullets, Chart, Facts, Picture
from analysis.story import Slide, StoryError
from analysis.story_json import read_story, write_story
from data.errors import TableError
from data.load import load_periods, load_values
from data.store.decks import load_deck, save_deck
from data.store.engine import open_store
from pages.shared.add_to_story import ADDED
from pages.shared.places import place_codes, wards_of
from pages.shared.selection import Selection
from pages.shared.story_kinds import (
    KIND_OF_PAGE,
    KINDS,
    forget_figures,
    make_figure,
    make_slide,
    show_slide,
)
from pages.shared.story_ready import make_ready_story
from pages.shared.story_state import Choices, parse_choices, plain

PAGE = str(Path(__file__).parents[2] / "pages" / "present" / "story.py")
KEY = "three words apart"
PLACES = {
    "Huntingdonshire": "E07000011",
    "Devon": "E10000008",
    "Tower Hamlets, a London borough": "E09000030",
    "Cornwall, a unitary": "E06000052",
    "Isles of Scilly, where little is known": "E06000053",
}
HUNTS = "E07000011"


def open_page(**params: str) -> AppTest:
    app = AppTest.from_file(PAGE, default_timeout=120)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def titles_of(app: AppTest) -> list[str]:
    return [option.partition(". ")[2] for option in app.radio[0].options]


def deck_of(app: AppTest) -> str:
    named = app.query_params["deck"]
    return named if isinstance(named, str) else named[0]


def story_of(app: AppTest):
    return app.session_state["story"].story


@pytest.mark.parametrize("place", PLACES)
def test_the_ready_story_of_every_kind_of_place_has_its_figures(place):
    story = make_ready_story(Selection(area=PLACES[place]))
    kinds = [slide.kind for slide in story.slides]
    assert kinds[:3] == ["overview_map", "key_figures", "action_areas"]
    assert kinds[-3:] == ["recovery_line", "recovery_map", "questions"]
    for one in map(show_slide, story.slides):
        assert one.figure is not None, one.problem
        assert len(one.title.split()) <= 12
        assert one.outdated == ""
        assert "nan" not in one.description.lower().split()


def test_three_wards_are_those_with_the_highest_need():
    story = make_ready_story(Selection(area=HUNTS))
    told = [slide.address["ward"] for slide in story.slides if slide.kind == "ward"]
    values = load_values("imd_score").set_index(["period", "area_code"])["value"]
    here = values[load_periods("imd_score")[-1]].reindex(wards_of(HUNTS).index)
    assert told == list(here.sort_values(ascending=False).index[:3])


def test_figures_on_slides_are_those_of_the_tables():
    figure = make_figure("recovery_line", {"area": HUNTS})
    assert isinstance(figure.block, Chart)
    values = load_values("claimant_count_percent").set_index(["area_code", "period"])["value"]
    own, england = figure.block.series
    assert list(figure.block.categories)[-1] == "2022"
    assert own.values[-1] == pytest.approx(values[HUNTS, "2022"])
    assert england.values[-1] == pytest.approx(values["E92000001", "2022"])


def test_monthly_lines_have_the_lockdowns_where_the_law_had_them():
    series = {"area": HUNTS, "series": "universal_credit_households_percent"}
    chart = make_figure("recovery_line", series).block
    first = chart.bands[0]
    assert (chart.categories[first.first], chart.categories[first.last]) == (
        "March 2020", "July 2020",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "params", "block"),
    [
        ("overview_map", {}, Picture),
        ("key_figures", {}, Facts),
        ("indicator_map", {"indicator": "crime_score", "classes": "significance"}, Picture),
        ("ranking", {"indicator": "claimant_count_percent", "period": "2020"}, Chart),
        ("action_areas", {}, Chart),
        ("need_map", {"action_area": "good_health"}, Picture),
        ("ward", {"ward": "E05011266", "against": "england"}, Facts),
        ("recovery_map", {"shade": "class"}, Picture),
        ("recovery_line", {}, Chart),
        ("questions", {}, Bullets),
        ("words", {"text": "one\ntwo"}, Bullets),
        ("view", {"page_title": "Hidden pockets"}, Bullets),
    ],
)  # fmt: skip
def test_every_kind_makes_its_figure(kind, params, block):
    figure = make_figure(kind, {"area": HUNTS, **params})
    assert isinstance(figure.block, block)
    assert figure.finding
    assert figure.sources or block is Bullets


def test_the_kinds_of_the_test_above_are_all():
    (marks,) = (m for m in test_every_kind_makes_its_figure.pytestmark if m.name == "parametrize")
    assert {case[0] for case in marks.args[1]} == set(KINDS)


@pytest.mark.parametrize(
    "params",
    [{"area": "nowhere"}, {"area": HUNTS, "ward": "E05999999"}, {"area": HUNTS, "indicator": "x"},
     {"area": HUNTS, "period": "1066"}],
)  # fmt: skip
def test_a_view_that_does_not_exist_is_said_on_its_slide(params):
    with pytest.raises(StoryError, match="names"):
        make_figure("indicator_map", params)
    one = show_slide(Slide("indicator_map", params=tuple(params.items()), finding="Then"))
    assert one.figure is None
    assert one.title == "Then"
    assert "This slide has no figure now" in one.problem


def test_one_broken_table_takes_one_slide_only(monkeypatch):
    forget_figures()

    def fail(_layer, _area):
        raise TableError("the map is damaged; restore the file.")

    monkeypatch.setattr("pages.shared.story_kinds.common.load_paths", fail)
    app = open_page(area=HUNTS)
    forget_figures()
    assert not app.exception
    flagged = [title for title in titles_of(app) if "⚑" in title]
    assert len(flagged) == 2  # both maps
    assert len(titles_of(app)) == 9


def test_the_page_says_what_no_page_may_not():
    app = open_page(area=HUNTS)
    assert not app.exception
    assert app.title[0].value == "A story of Huntingdonshire: 9 slides, 18 minutes"
    assert find_faults(app) == []


def test_slides_are_reordered_retitled_annotated_and_removed_and_all_is_taken_back():
    app = open_page(area=HUNTS)
    before = titles_of(app)
    app.radio[0].set_value(2).run()
    app.button(key="story_up").click().run()
    assert titles_of(app)[1] == before[2]
    assert app.radio[0].value == 1
    app.text_input(key="story_slide_title").set_value("Look *here* first").run()
    app.text_area(key="story_slide_annotation").set_value("Mind St Neots").run()
    app.text_area(key="story_slide_notes").set_value("Ask the room.").run()
    slide = story_of(app).slides[1]
    assert (slide.title, slide.annotation, slide.notes) == (
        "Look *here* first", "Mind St Neots", "Ask the room.",
    )  # fmt: skip
    app.button(key="story_remove").click().run()
    assert len(story_of(app).slides) == 8
    for _ in range(4):
        app.button(key="story_undo").click().run()
    assert [s.title for s in story_of(app).slides] == [""] * 9
    assert not app.exception


def test_emptying_a_title_brings_the_finding_back():
    app = open_page(area=HUNTS)
    app.text_input(key="story_slide_title").set_value("Mine").run()
    app.text_input(key="story_slide_title").set_value("").run()
    assert story_of(app).slides[0].title == ""
    assert app.text_input(key="story_slide_title").value == story_of(app).slides[0].finding


def test_own_points_become_a_slide():
    app = open_page(area=HUNTS)
    app.button(key="story_add_words").click().run()
    app.text_area(key="story_slide_points").set_value("First\n\n  Second  ").run()
    assert story_of(app).slides[-1].address["text"] == "First\nSecond"
    app.text_area(key="story_slide_points").set_value("x\n" * 8).run()
    assert "at most 7" in app.warning[0].value
    assert story_of(app).slides[-1].address["text"] == "First\nSecond"


def test_a_cleared_story_says_how_to_begin():
    app = open_page(area=HUNTS)
    app.button(key="story_clear").click().run()
    assert app.title[0].value == "The story has no slides yet"
    assert app.button(key="story_present").disabled
    app.button(key="story_ready").click().run()
    assert len(titles_of(app)) == 9


def add_from_page(page: str, **address: str) -> AppTest:
    """Press the button below a page, as the dashboard draws it."""

    def script(page: str, address: dict) -> None:
        import streamlit as st

        from pages.shared.add_to_story import add_view
        from pages.shared.selection import current_selection

        current_selection()
        st.session_state["written_address"] = address
        st.button("Add", on_click=add_view, args=(page, "A page"))

    given = {"page": page, "address": address}
    app = AppTest.from_function(script, kwargs=given, default_timeout=120)
    app.run()
    return app.button[0].click().run()


@pytest.mark.parametrize("page", KIND_OF_PAGE)
def test_a_view_of_every_page_becomes_a_slide(page):
    app = add_from_page(page, area=HUNTS, view="ranked", indicator="imd_score")
    (slide,) = story_of(app).slides
    assert (slide.kind, slide.page) == (KIND_OF_PAGE[page], page)
    assert slide.finding
    assert "Added as slide 1" in app.session_state[ADDED]


def test_a_page_without_a_slide_of_its_own_is_named():
    app = add_from_page("hidden-pockets", area=HUNTS)
    (slide,) = story_of(app).slides
    assert slide.kind == "view"
    assert slide.finding == "A page: Huntingdonshire"


def test_a_view_that_fails_is_not_added():
    app = add_from_page("ward-map", area=HUNTS, indicator="gone")
    assert "story" not in app.session_state
    assert "was not added" in app.session_state[ADDED]


def load_file(app: AppTest, content: bytes) -> AppTest:
    uploader = app.get("file_uploader")[0]
    uploader.set_value(("story.json", content, "application/json"))
    return app.run()


def test_a_story_file_comes_back_and_a_wrong_one_changes_nothing():
    app = open_page(area=HUNTS)
    story = make_ready_story(Selection(area="E10000008"))
    load_file(app, write_story(story).encode())
    assert story_of(app).slides == story.slides
    load_file(app, b'{"format": "ward-needs-story", "version": 1, "slides": [{"kind": "<b>"}]}')
    assert "was not loaded" in app.error[0].value
    assert story_of(app).slides == story.slides


def keep_story(title: str = "", finding: str = "", **changes) -> str:
    story = json.loads(write_story(make_ready_story(Selection(area=HUNTS))))
    story["slides"][0] |= {"title": title, "made": "2026-05-03", "figures": "2019"}
    if finding:
        story["slides"][0]["finding"] = finding
    content = json.dumps({**story, **changes})
    return save_deck(open_store(), HUNTS, "Workshop", content, "a lead")[0]


def test_a_saved_story_opens_by_its_link_and_flags_what_changed():
    deck = keep_story("Ramsey first", "Ramsey has the highest need in Huntingdonshire")
    app = open_page(deck=deck)
    assert titles_of(app)[0] == "Ramsey first ⚑"
    assert "the title was written then" in app.info[0].value
    assert "with figures of 2019" in app.info[0].value
    assert deck_of(app) == deck
    app.button(key="story_checked").click().run()
    assert titles_of(app)[0] == "Ramsey first"
    assert not app.info


def test_a_saved_story_that_is_damaged_is_said_and_the_page_works():
    app = open_page(deck=keep_story(version=99))
    assert "cannot be opened" in app.warning[0].value
    assert len(titles_of(app)) == 9


@pytest.mark.parametrize("deck", ["A" * 22, "../../etc/passwd", "x", "' OR 1=1 --"])
def test_a_link_to_no_story_is_said(deck):
    app = open_page(deck=deck)
    assert "saved story" in app.warning[0].value or "kept story" in app.warning[0].value
    assert not app.exception


def test_only_a_lead_saves(monkeypatch):
    app = open_page(area=HUNTS)
    assert not [b for b in app.button if b.key == "story_save_new"]
    monkeypatch.setenv("LEAD_KEY", KEY)
    app = open_page(area=HUNTS)
    app.text_input(key="lead_key").set_value(KEY)
    next(b for b in app.button if b.label == "Continue as lead").click().run()
    app.button(key="story_save_new").click().run()
    deck = deck_of(app)
    assert load_deck(open_store(), deck).who == "a lead (by key)"
    app.text_input(key="story_title").set_value("Our story").run()
    app.button(key="story_save").click().run()
    kept = load_deck(open_store(), deck)
    assert (kept.version, kept.title) == (2, "Our story")
    assert read_story(kept.content, KINDS, place_codes()).title == "Our story"
    app.checkbox(key=f"story_sure_{deck}").check().run()
    app.button(key="story_delete").click().run()
    assert load_deck(open_store(), deck) is None
    assert len(titles_of(app)) == 9
    assert not app.exception


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"story": "mine"}, "asks for the story"),
        ({"present": "2"}, "asks to present"),
        ({"slide": "0"}, "names the slide"),
        ({"slide": "²"}, "names the slide"),
        ({"slide": "9999999999"}, "names the slide"),
        ({"deck": "short"}, "in a form that none has"),
    ],
)
def test_a_wrong_link_is_named(params, said):
    chosen, problems = parse_choices(params, Choices())
    assert chosen == Choices()
    assert said in problems[0]


def test_words_of_visitors_do_nothing_in_markdown():
    assert plain("**a** [b](x) $c$ :smile: <b>") == (r"\*\*a\*\* \[b\]\(x\) \$c\$ \:smile\: \<b\>")


def test_presenting_shows_no_widgets():
    app = open_page(area=HUNTS, present="1", slide="3")
    assert not app.exception
    assert not app.button
    assert not app.title


def test_a_made_slide_remembers_what_the_figures_said():
    slide = make_slide("overview_map", "overview", {"area": HUNTS})
    assert slide.finding == "Huntingdon North has the highest need in Huntingdonshire"
    assert slide.figures == "2025"
