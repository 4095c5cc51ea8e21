"""A strategy's files: what is right is read, what is wrong is named with file, line and cure."""

import re
import tomllib
from pathlib import Path

import pytest
from strategy_files import FILES, MAIN, line_of, spoil, write_files

from data.errors import StrategyError
from data.strategy import read_strategies
from data.strategy_reader import read_strategy

S, A, C = "strategy.toml", "action_areas.toml", "actions.toml"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mid-devon"


def mistakes(folder, changes):
    write_files(folder, changes)
    with pytest.raises(StrategyError) as caught:
        read_strategy(folder)
    assert str(caught.value).splitlines() == [str(p) for p in caught.value.problems]
    return caught.value.problems


def test_a_good_strategy_is_read_whole(folder):
    strategy = read_strategy(write_files(folder, {}))
    assert (strategy.id, strategy.areas) == ("mid-devon", ("E07000042", "E07000041"))
    assert strategy.years == "2024 to 2026"
    assert strategy.vision.words.endswith("[[not_a_table]]")
    assert strategy.vision.origin == "Published in The paper, Mid Devon"
    assert strategy.principles[0].origin == "Summarised from The paper, Mid Devon"
    assert strategy.notes[0].origin == "Working words, not published by a council"
    assert strategy.themes[0].pen_picture.words == "Anna and Ben plan a street party."
    lives, work = strategy.action_areas
    assert (lives.heading_label, work.heading_label) == (
        "Healthy lives",
        "Good work (working heading)",
    )
    assert lives.weights == {"mental_health_score": 2.0, "disabled_percent": 0.5}
    assert lives.needs == {"mental_health_score": "high", "disabled_percent": "high"}
    assert work.needs == {"household_income_mean": "low"}
    assert strategy.action_area("work") is work
    assert [one.id for one in strategy.objectives_of("work")] == ["health"]
    assert [one.id for one in strategy.actions_of("lives")] == ["walk"]
    assert strategy.actions_of("work") == ()
    assert "chosen by Mid Devon" in strategy.tied_words


def test_files_with_a_mark_of_windows_and_its_line_ends_are_read(folder):
    write_files(folder, {})
    for name in (S, A, C):
        text = FILES[name].replace("\n", "\r\n")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert len(read_strategy(folder).action_areas) == 2


def test_actions_may_be_left_out(folder):
    assert read_strategy(write_files(folder, {C: None})).actions == ()


MISTAKES = tomllib.loads((Path(__file__).parent / "strategy_mistakes.toml").read_text("utf-8"))


@pytest.mark.parametrize("wrong", MISTAKES["mistake"], ids=lambda wrong: wrong["says"][:60])
def test_a_mistake_is_named_with_file_line_and_cure(folder, wrong):
    file = wrong["file"]
    changes = spoil(file, wrong["old"], wrong["new"])
    told = [p for p in mistakes(folder, changes) if wrong["says"] in str(p)]
    assert told, [str(p) for p in mistakes(folder, changes)]
    assert told[0].file.endswith(f"/{folder.name}/{file}")
    assert told[0].line == line_of(file, wrong["at"], changes)
    assert f"{file}, line {told[0].line}: " in str(told[0])
    assert told[0].allowed


def test_the_lines_of_things_used_twice_are_those_of_the_second(folder):
    changes = spoil(A, '"disabled_percent"', '"mental_health_score"')
    (problem,) = [p for p in mistakes(folder, changes) if "twice" in p.what]
    assert problem.line == line_of(A, "weight = 0.5") - 1


@pytest.mark.parametrize("file", [S, A, "pen_pictures/together.md"])
def test_a_missing_file_is_named_and_nothing_else(folder, file):
    (problem,) = mistakes(folder, {file: None})
    assert file in str(problem)
    assert "missing" in str(problem)


def test_a_missing_folder_is_named(folder):
    with pytest.raises(StrategyError, match=r"mid-devon: there is no such folder; see docs"):
        read_strategy(folder)


def test_files_that_nothing_reads_are_named(folder):
    found = mistakes(folder, {"action.toml": "", "pen_pictures/alone.md": "Words"})
    assert [p.what for p in found] == ["is not a file of a strategy", "is named by no theme"]
    assert "did you mean 'actions.toml'?" in found[0].allowed


def test_an_empty_pen_picture_is_named(folder):
    (problem,) = mistakes(folder, {"pen_pictures/together.md": " \n"})
    assert "pen_pictures/together.md is empty" in problem.what
    assert problem.line == line_of(S, "file = ")


def test_letters_that_are_not_utf8_are_named_with_their_line(folder):
    write_files(folder, {})
    (folder / C).write_bytes(b"# one\n# caf\xe9\n")
    with pytest.raises(StrategyError, match=r"actions\.toml, line 2: a letter is not UTF-8"):
        read_strategy(folder)


def test_a_folder_name_that_cannot_stand_in_an_address_is_named(tmp_path):
    (problem,) = mistakes(tmp_path / "Mid Devon", {})
    assert "'Mid Devon' is not allowed" in problem.what


def test_all_mistakes_are_listed_at_once_in_reading_order(folder):
    changes = {
        **spoil(S, '"E07000041"', '"E07000999"'),
        **spoil(A, "weight = 2", "weight = -2"),
        **spoil(C, 'kind = "action"', 'kind = "deed"'),
    }
    changes[A] = changes[A].replace('"household_income_mean"', '"pay"')
    found = mistakes(folder, changes)
    assert len(found) == 4
    places = [(p.file, p.line) for p in found]
    assert places == sorted(places)


def test_a_general_set_has_no_areas(folder):
    changes = {S: MAIN.replace('kind = "council"', 'kind = "general"')}
    found = [p.what for p in mistakes(folder, changes)]
    assert [re.findall(r"'(\w+)'", what)[0] for what in found] == [
        "council",
        "areas",
        "first_year",
        "last_year",
    ]


def test_a_faulty_strategy_is_left_out_with_its_mistakes(tmp_path):
    write_files(tmp_path / "good", {})
    write_files(tmp_path / "bad", spoil(A, "weight = 2", "weight = -2"))
    found = read_strategies(tmp_path)
    assert list(found.by_id) == ["good"]
    assert [p.line for p in found.problems["bad"]] == [line_of(A, "weight = 2")]


def test_two_strategies_of_one_area_are_named(tmp_path):
    write_files(tmp_path / "a-first", {})
    write_files(tmp_path / "b-second", {})
    found = read_strategies(tmp_path)
    assert list(found.by_id) == ["a-first"]
    lines = {p.what: p.line for p in found.problems["b-second"]}
    assert lines == {
        "area 'E07000042' is covered by the strategy a-first already": 5,
        "area 'E07000041' is covered by the strategy a-first already": 6,
    }
