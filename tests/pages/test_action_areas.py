"""The page Action areas: whose words, weights in the link, and what is said when figures fail."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from said import as_seen
from streamlit.testing.v1 import AppTest

from data.errors import TableError
from data.load import load_newest
from data.problems import Problem
from data.strategy import WORKING_MARK, StrategySource, Text, Theme, strategy_for
from pages.shared import need_words, needs
from pages.shared.need_choices import NeedChoices, parse_choices, settle_choices

PAGE = Path(__file__).parents[2] / "pages" / "present" / "action_areas.py"
HUNTS, DEVON, WITHOUT = "E07000011", "E10000008", "E07000123"
HEALTH = "good_health.mental_health_score"


def open_page(**params: str) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=120)
    for name, value in params.items():
        app.query_params[name] = value
    app.session_state["first_view_is_out"] = True
    return app.run()


def walk(node: object) -> Iterator[str]:
    """All that is sent to the browser for a part of the page, as text."""
    yield str(getattr(node, "proto", ""))
    for child in getattr(node, "children", {}).values():
        yield from walk(child)


def read_screen(app: AppTest) -> str:
    text = " ".join(walk(app.main)).replace("\\", "")
    text = re.sub(r"u003c|&lt;", "<", text)
    text = re.sub(r"u003e|&gt;", ">", text)
    return " ".join(re.sub(r"<[^<>]*>", " ", text).split())


def read_matrix(app: AppTest) -> dict:
    found = [s for s in walk(app.main) if "Need scores of the wards of" in s and "areas" in s]
    text = re.search(r'json: "(.*)"\n', found[-1])
    assert text
    raw = text.group(1).encode().decode("unicode_escape").encode("latin-1").decode()
    return dict(json.loads(raw))


def param(app: AppTest, name: str) -> str:
    value = app.query_params.get(name, "")
    return value[0] if isinstance(value, list) else value


def test_title_states_the_finding_in_ten_words() -> None:
    title = open_page().title[0].value
    assert title == "Huntingdon North: highest need in 4 of 5 action areas"
    assert len(title.split()) <= 10


def test_every_ward_stands_in_the_matrix_with_its_people() -> None:
    matrix = read_matrix(open_page())
    assert len(matrix["rows"]) == 26
    first = matrix["rows"][0]
    assert (first["name"], first["people"]) == ("Huntingdon North", "11,497")
    assert [cell[2] for cell in first["cells"]].count("1st") == 4
    assert all(cell[1] in "▲●▼" for row in matrix["rows"] for cell in row["cells"])


# All headings stand on each of the views; every third is opened.
@pytest.mark.parametrize("action_area", [a.id for a in strategy_for(DEVON).action_areas][::3])
def test_a_working_heading_is_never_shown_without_its_mark(action_area: str) -> None:
    text = read_screen(open_page(area=DEVON, action_area=action_area))
    for reason in (i.reason for area in strategy_for(DEVON).action_areas for i in area.indicators):
        text = text.replace(reason.rstrip("."), "")  # sentences may use the same words
    for area in strategy_for(DEVON).action_areas:
        assert area.is_working
        ends = [match.end() for match in re.finditer(re.escape(area.heading.words), text)]
        assert len(ends) >= 4
        wrong = [text[e - 60 : e + 40] for e in ends if not text[e:].startswith(f" {WORKING_MARK}")]
        assert not wrong


def test_what_is_published_is_marked_with_its_source() -> None:
    text = read_screen(open_page(action_area="good_work"))
    assert "Headings as published" in text
    assert "A flexible and skilled local workforce” (published)" in text
    assert "Business reopening and digital presence (summary)" in text
    assert "Summarised from Recovering from the impact of Covid-19" in text
    assert "chosen for this dashboard, not by a council" in text


def test_a_council_without_a_strategy_gets_the_general_set_and_is_told() -> None:
    app = open_page(area=WITHOUT)
    assert not app.exception
    text = read_screen(app)
    assert "A general set, not a council's strategy" in text.replace("&#x27;", "'")
    assert "Headings as published in English indices of deprivation 2025" in text
    assert len(read_matrix(app)["areas"]) == 7


def test_indicators_that_count_twice_are_pointed_out() -> None:
    app = open_page(area=WITHOUT, action_area="income")
    assert any("count nearly the same thing twice" in box.value for box in app.info)


def test_wrong_parameters_are_named_and_fall_back() -> None:
    app = open_page(
        action_area="good_luck",
        group="martians",
        weights=f"{HEALTH}:abc;good_health.nothing:1;good_work.broadband_score:-1",
    )
    assert not app.exception
    said = [as_seen(warning.value) for warning in app.warning]
    assert len(said) == 5
    for word in ("good_luck", "martians", "abc", "good_health.nothing", "-1"):
        assert any(f"“{word}”" in sentence for sentence in said)
    assert param(app, "action_area") == "strong_communities"
    assert param(app, "weights") == ""


@pytest.mark.parametrize("number", ["nan", "inf", "-0.1", "5.1", "", "1e9"])
def test_a_weight_that_cannot_be_is_refused(number: str) -> None:
    strategy = strategy_for(HUNTS)
    choices, problems = parse_choices({"weights": f"{HEALTH}:{number}"}, NeedChoices(), strategy)
    assert choices.weights == ()
    assert len(problems) == 1


def test_a_link_to_another_page_leaves_the_weights_alone() -> None:
    own = NeedChoices("huntingdonshire", "good_health", weights=((*HEALTH.split("."), 3.0),))
    kept, _ = parse_choices({"area": HUNTS}, own, strategy_for(HUNTS))
    assert kept.weights == own.weights
    dropped, _ = parse_choices({"action_area": "good_work"}, own, strategy_for(HUNTS))
    assert dropped.weights == ()


def test_a_weight_of_the_strategy_itself_is_no_difference() -> None:
    choices, problems = parse_choices(
        {"weights": f"{HEALTH}:1"}, NeedChoices(), strategy_for(HUNTS)
    )
    assert (choices.weights, problems) == ((), [])


def test_weights_of_one_strategy_are_not_taken_to_another() -> None:
    own = NeedChoices("huntingdonshire", "good_health", weights=((*HEALTH.split("."), 3.0),))
    assert settle_choices(own, strategy_for(HUNTS)) == own
    other = settle_choices(own, strategy_for(DEVON))
    assert other.weights == ()
    assert other.action_area == strategy_for(DEVON).action_areas[0].id


def test_doubled_weights_change_no_score() -> None:
    strategy = strategy_for(HUNTS)
    doubled = ";".join(
        f"{area.id}.{i}:{2 * w:g}"
        for area in strategy.action_areas
        for i, w in area.weights.items()
    )
    before, after = open_page(), open_page(weights=doubled)
    assert not after.warning
    assert param(after, "weights") == doubled
    assert read_matrix(before)["rows"] == read_matrix(after)["rows"]


def test_a_slider_changes_scores_and_link_and_reset_takes_it_back() -> None:
    app = open_page(action_area="good_health")
    before = read_matrix(app)["rows"]
    key = "weight-good_health-mental_health_score"
    app.slider(key=key).set_value(4.5).run()
    assert param(app, "weights") == f"{HEALTH}:4.5"
    assert "Weights differ from those of the strategy" in read_screen(app)
    changed = read_matrix(app)["rows"]
    assert changed != before
    again = open_page(action_area="good_health", weights=f"{HEALTH}:4.5")
    assert read_matrix(again)["rows"] == changed
    assert again.slider(key=key).value == 4.5
    app.button(key="reset-weights").click().run()
    assert not app.exception
    assert param(app, "weights") == ""
    assert app.slider(key=key).value == 1
    assert read_matrix(app)["rows"] == before


def test_all_weights_zero_says_so_and_uses_the_strategys() -> None:
    area = strategy_for(HUNTS).action_area("good_health")
    zero = ";".join(f"{area.id}.{indicator}:0" for indicator in area.weights)
    app = open_page(action_area="good_health", weights=zero)
    assert not app.exception
    assert "All weights are 0" in app.warning[0].value
    assert read_matrix(app)["rows"] == read_matrix(open_page(action_area="good_health"))["rows"]


def test_ranks_of_very_many_wards_are_drawn_only_when_asked_for() -> None:
    app = open_page(area="E12000008", action_area="crime")
    assert {button.key for button in app.button} >= {"ask-stability", "ask-equality"}
    app.button(key="ask-stability").click().run()
    assert not app.exception
    assert "ask-stability" not in {button.key for button in app.button}
    assert "whatever the weights" in read_screen(app) or "of 10 draws" in read_screen(app)


def test_a_withheld_score_says_why_and_is_not_zero() -> None:
    rows = read_matrix(open_page(area="E07000042", ward="E05014804"))["rows"]
    cell = next(row for row in rows if row["code"] == "E05014804")["cells"][0]
    assert cell[:4] == ["", "", "", 0]
    assert "no score" in cell[4]


def test_a_broken_table_takes_one_action_area_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(indicator: str):
        if indicator == "mental_health_score":
            raise TableError(f"{indicator}.parquet: the table is damaged; run `make data`.")
        return load_newest(indicator)

    needs.load_figures.cache_clear()
    needs.load_need.cache_clear()
    monkeypatch.setattr(needs, "load_newest", load)
    app = open_page()
    assert not app.exception
    assert len(app.error) == 1
    assert "Good health cannot be scored" in app.error[0].value
    assert "make data" in app.error[0].value
    assert len(read_matrix(app)["areas"]) == 4


def test_a_strategy_left_out_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem("data/strategies/x/strategy.toml", 3, "unknown field 'aeras'", "use 'areas'")
    left_out = SimpleNamespace(problems={"x": (problem,)})
    monkeypatch.setattr(need_words, "load_strategies", lambda: left_out)
    app = open_page()
    assert not app.exception
    assert len(app.warning) == 1
    assert "unknown field 'aeras'" in app.warning[0].value
    assert "python -m data.check data/strategies/x" in app.warning[0].value


def test_a_pen_picture_stands_with_its_theme_and_carries_its_own_mark() -> None:
    source = StrategySource("own", "Our strategy", "Oakshire")
    name = Text("Proactive", "published", source)
    drawn = need_words.describe_theme(
        Theme("proactive", name, Text("Ann <acts> early.", "summary"))
    )
    assert drawn.startswith("<li>“Proactive”")
    assert "(published)" in drawn
    assert "<p>Ann &lt;acts&gt; early. " in drawn
    assert "(summary)" in drawn
    assert drawn.endswith("</p></li>")


def test_need_then_and_now_marks_breaks() -> None:
    app = open_page(area=WITHOUT, action_area="employment")
    assert "then and now" in read_screen(app)
    assert not app.error
