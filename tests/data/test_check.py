"""The check on the command line and the template of a new strategy."""

import pytest
from strategy_files import spoil, write_files

from data import check, new_strategy
from data.errors import StrategyError
from data.strategy import STRATEGIES, Strategies, load_strategies, read_strategies
from data.strategy_reader import read_strategy

SHIPPED = ("devon", "general", "huntingdonshire")


@pytest.fixture
def shipped(monkeypatch):
    """Templates are written beside what ships, whichever councils have added their own."""
    kept = {name: load_strategies().by_id[name] for name in SHIPPED}
    monkeypatch.setattr(new_strategy, "load_strategies", lambda: Strategies(kept, {}))


def test_the_project_is_in_order(capsys):
    assert check.main([]) == 0
    said = capsys.readouterr()
    names = ", ".join(load_strategies().by_id)
    assert said.out == (f"data/strategies: {names.count(',') + 1} strategies in order: {names}\n")
    assert said.err == ""


@pytest.mark.parametrize("name", ["", "/action_areas.toml"])
def test_one_strategy_is_summed_up_by_its_folder_or_a_file(capsys, name):
    assert check.main([f"{STRATEGIES}/devon{name}"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("data/strategies/devon: 7 action areas (7 with a working heading), ")


def test_mistakes_are_told_as_the_reader_tells_them(tmp_path, capsys):
    folder = write_files(tmp_path / "x", spoil("action_areas.toml", "weight = 2", "weight = -2"))
    with pytest.raises(StrategyError) as caught:
        read_strategy(folder)
    assert check.main([str(folder)]) == 1
    said = capsys.readouterr()
    assert said.err == f"{caught.value}\n"
    assert said.out == ""


def test_a_strategy_is_checked_beside_its_neighbours(tmp_path, capsys):
    write_files(tmp_path / "a-first", {})
    second = write_files(tmp_path / "b-second", {})
    assert check.main([str(second)]) == 1
    assert "covered by the strategy a-first already" in capsys.readouterr().err


def test_a_folder_of_strategies_needs_a_general_set(tmp_path, capsys):
    write_files(tmp_path / "a-first", {})
    assert check.main([str(tmp_path)]) == 1
    assert "there is no general set" in capsys.readouterr().err


def test_one_fault_does_not_hide_what_is_named_after_it(tmp_path, capsys):
    assert check.main([str(tmp_path / "nowhere"), f"{STRATEGIES}/general"]) == 1
    said = capsys.readouterr()
    assert "there is no such file or folder" in said.err
    assert "data/strategies/general: 7 action areas" in said.out


def test_other_kinds_of_file_are_named_with_what_can_be_checked(tmp_path, capsys):
    path = tmp_path / "notes.txt"
    path.write_text("words", encoding="utf-8")
    assert check.main([str(path)]) == 1
    assert "not a kind of file that can be checked; a folder of strategies; " in (
        capsys.readouterr().err
    )


def test_a_further_kind_of_file_is_one_more_checker(tmp_path, monkeypatch, capsys):
    path = tmp_path / "notes.txt"
    path.write_text("words", encoding="utf-8")
    kind = check.Checker(
        "notes", lambda p: p.suffix == ".txt", lambda p: check.Report(summary=p.name)
    )
    monkeypatch.setattr(check, "CHECKERS", (*check.CHECKERS, kind))
    assert check.main([str(path)]) == 0
    assert capsys.readouterr().out == "notes.txt\n"


@pytest.mark.parametrize(
    ("code", "name", "council"),
    [("E07000042", "mid-devon", "Mid Devon"), ("E10000003", "cambridgeshire", "Cambridgeshire")],
)
def test_the_template_passes_as_written(shipped, tmp_path, code, name, council):
    folder = new_strategy.write_strategy(code, name, tmp_path)
    strategy = read_strategy(folder)
    assert (strategy.id, strategy.council, strategy.areas) == (name, council, (code,))
    assert all(area.is_working for area in strategy.action_areas)
    assert "working title" in strategy.title
    assert read_strategies(tmp_path).problems == {}


def test_the_examples_in_the_template_pass_when_the_signs_are_taken_away(shipped, tmp_path):
    folder = new_strategy.write_strategy("E07000042", "mid-devon", tmp_path)
    for name in ("strategy.toml", "actions.toml"):
        text = (folder / name).read_text("utf-8")
        lines = [
            line.removeprefix("# ")
            if line.startswith("# [") or (" = " in line and '"' in line and "status is" not in line)
            else line
            for line in text.splitlines()
        ]
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    (folder / "pen_pictures").mkdir()
    (folder / "pen_pictures" / "together.md").write_text("A sketch.", encoding="utf-8")
    strategy = read_strategy(folder)
    assert strategy.vision
    assert strategy.principles
    assert strategy.themes[0].pen_picture.words == "A sketch."
    assert strategy.objectives
    assert strategy.actions


def test_the_template_never_overwrites(shipped, tmp_path):
    folder = new_strategy.write_strategy("E07000042", "mid-devon", tmp_path)
    (folder / "strategy.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(StrategyError, match="mid-devon: exists already and is left as it is"):
        new_strategy.write_strategy("E07000042", "mid-devon", tmp_path)
    assert (folder / "strategy.toml").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("Mid Devon", "mid-devon", "'Mid Devon' is not a council's code; E07000042 is Mid Devon"),
        ("E05000932", "ainsdale", "'E05000932' is not a council's code"),
        ("", "", "'' is not a council's code"),
        ("E07000042", "Mid Devon", "NAME: 'Mid Devon' is not allowed; use lower-case letters"),
        ("E07000042", "..", "NAME: '..' is not allowed"),
        ("E07000011", "hunts", "E07000011 has the strategy huntingdonshire already; edit data/str"),
    ],
)
def test_a_wrong_request_is_named_and_nothing_is_written(shipped, tmp_path, code, name, said):
    with pytest.raises(StrategyError) as caught:
        new_strategy.write_strategy(code, name, tmp_path)
    assert said in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_how_it_is_used(capsys):
    assert new_strategy.main(["E07000042"]) == 2
    assert "make new-strategy COUNCIL=" in capsys.readouterr().err
    assert new_strategy.main(["E07000011", "huntingdonshire"]) == 1
    assert "exists already" in capsys.readouterr().err
