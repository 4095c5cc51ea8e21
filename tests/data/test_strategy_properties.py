"""Whatever is written into a strategy's files: it is read, or refused in the project's words."""

import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategy_files import FILES, write_files

from data.errors import StrategyError
from data.strategy import STRATEGIES, Strategy
from data.strategy_reader import read_strategy
from data.toml_lines import TomlLines

NAMES = tuple(FILES)
SNIPPETS = (
    '"', "'", '"""', "'''", "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", "\n", "\r", "\\",
    "nan", "-inf", "1e999", "9" * 400, "true", "2024-01-01", "[[[]]]", "{a = 1}", "[source]",
    "[[action_area]]", "[action_area]", "é", "\u2028", "\x00", "id = 1\n", 'a."b c".d = 2\n',
)  # fmt: skip


@st.composite
def spoiled_files(draw: st.DrawFn) -> dict[str, str]:
    """The good files after a few cuts, insertions, swaps of lines and other values."""
    files = dict(FILES)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(NAMES))
        text = files[name]
        start = draw(st.integers(0, len(text)))
        way = draw(st.sampled_from(("cut", "insert", "value", "line", "twice")))
        lines = text.splitlines(keepends=True) or [""]
        number = draw(st.integers(0, len(lines) - 1))
        piece = draw(st.sampled_from(SNIPPETS) | st.text(max_size=8))
        if way == "cut":
            text = text[:start] + text[start + draw(st.integers(1, 40)) :]
        elif way == "insert":
            text = text[:start] + piece + text[start:]
        elif way == "value":
            lines[number] = f"{lines[number].split('=')[0]}= {piece}\n"
            text = "".join(lines)
        elif way == "line":
            del lines[number]
            text = "".join(lines)
        else:
            text = "".join([*lines, *lines[number:]])
        files[name] = text
    return files


def read_or_refuse(folder: Path) -> Strategy | StrategyError:
    """The strategy, or the project's own error; any other one is let through."""
    try:
        return read_strategy(folder)
    except StrategyError as error:
        return error


@settings(max_examples=200)
@given(files=spoiled_files())
def test_only_the_projects_own_error_comes_out(files):
    with tempfile.TemporaryDirectory() as place:
        folder = write_files(Path(place) / "spoiled", {})
        for name, text in files.items():
            (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        result = read_or_refuse(folder)
        if isinstance(result, Strategy):
            assert result.action_areas
            return
        assert result.problems
        assert len(str(result).split("\n")) == len(result.problems)
        for problem in result.problems:
            path = folder / problem.file.split("spoiled/")[1]
            assert problem.line <= len(path.read_bytes().split(b"\n"))
            assert problem.what
            assert problem.allowed


@given(raw=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    with tempfile.TemporaryDirectory() as place:
        folder = write_files(Path(place) / "spoiled", {})
        (folder / "actions.toml").write_bytes(raw)
        result = read_or_refuse(folder)
        named = () if isinstance(result, Strategy) else result.problems
        assert all("actions.toml" in problem.file for problem in named)


def keys_of(value, path=()):
    """The path of every key in parsed TOML."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield (*path, key)
            yield from keys_of(below, (*path, key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from keys_of(below, (*path, number))


@pytest.mark.parametrize("path", sorted(STRATEGIES.glob("*/*.toml")), ids=lambda p: str(p)[-40:])
def test_every_key_is_found_on_its_line(path):
    text = path.read_text("utf-8")
    lines = TomlLines(text)
    numbered = text.splitlines()
    for key in keys_of(tomllib.loads(text)):
        assert str(key[-1]) in numbered[lines.find(key) - 1]


def test_keys_inside_strings_comments_and_lists_are_not_taken_for_keys():
    text = (
        'a = """\nb = 1\n[c]\n"""\n# b = 2\nlist = [ # [\n  "]", \'#\',\n  { b = 3 },\n]\n'
        '"quoted key"."x.y" = 1\nb = 4\n[t]\nb = 5\n'
        "[[t.u]]\nb = 6\n[[t.u]]\nb = 7\n[t.u.v]\nb = 8\n"
    )
    tomllib.loads(text)
    lines = TomlLines(text)
    assert lines.find(("list",)) == 6
    assert lines.find(("list",), "]") == 7
    assert lines.find(("list", 2, "b")) == 6
    assert lines.find(("quoted key", "x.y")) == 10
    assert lines.find(("b",)) == 11
    assert lines.find(("t", "b")) == 13
    assert lines.find(("t", "u", 0, "b")) == 15
    assert lines.find(("t", "u", 1, "b")) == 17
    assert lines.find(("t", "u", 1, "v", "b")) == 19
    assert lines.find(("t", "u", 1, "v", "unknown")) == 18
    assert lines.find(("unknown",)) == 1
