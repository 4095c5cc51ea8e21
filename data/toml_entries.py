"""Read a TOML file that a person wrote, and collect every mistake in it with its line.

Reading never stops at the first mistake: what is right is used, what is wrong is noted, so
that an author sees everything at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from data.problems import Problem, shown_path, suggest
from data.toml_lines import KeyPath, TomlLines

ID = re.compile(r"[a-z][a-z0-9_]*")
LARGEST_WEIGHT = 1000
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")


@dataclass(frozen=True)
class Field:
    """What a key may hold: one of `choices`, or what the rule of its `kind` in `RULES` says."""

    kind: str = "line"
    required: bool = True
    choices: tuple[str, ...] = ()


RULES = {
    "line": 'write words in quotation marks on one line, such as "Good health"',
    "text": "write words in quotation marks",
    "id": 'write a short name of lower-case letters, digits and _, such as "good_health"',
    "list": 'write a list of short names, such as ["good_health", "good_work"]',
    "codes": 'write a list of area codes, such as ["E07000011"]',
    "address": 'write a web address that begins with https://, such as "https://www.gov.uk"',
    "year": "write a year from 1990 to 2100 without quotation marks, such as 2021",
    "weight": f"write a number from 0 to {LARGEST_WEIGHT:,} without quotation marks, such as 1",
}
EMPTY: dict[str, Any] = {"list": (), "codes": (), "year": 0, "weight": 0.0}


def _is_number(value: object, kinds: type | tuple[type, ...], least: int, most: int) -> bool:
    """Tell whether a number lies between two ends; true, false and nan are no numbers."""
    return isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= most  # type: ignore[operator]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_line(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value.splitlines()) == 1


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


IS_RIGHT: dict[str, Callable[[Any], bool]] = {
    "line": _is_line,
    "text": _is_text,
    "id": lambda value: isinstance(value, str) and bool(ID.fullmatch(value)),
    "list": _is_list,
    "codes": _is_list,
    "address": lambda value: _is_line(value) and value.startswith(("https://", "http://")),
    "year": lambda value: _is_number(value, int, 1990, 2100),
    "weight": lambda value: _is_number(value, (int, float), 0, LARGEST_WEIGHT),
}


def _show(value: object) -> str:
    """A value as the author wrote it, shortened."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


class TomlFile:
    """One file: its content (empty when it cannot be read) and the mistakes found in it."""

    def __init__(self, path: Path) -> None:
        self.shown = shown_path(path)
        self.problems: list[Problem] = []
        text = self._read(path)
        content = self._parse(text)
        self.is_readable = content is not None
        self._text = text if self.is_readable else ""
        self.top = Entry(self, content or {}, (), path.name)

    @cached_property
    def lines(self) -> TomlLines:
        """Where its keys stand; found only when there is a mistake to tell."""
        return TomlLines(self._text)

    def note(self, line: int, what: str, allowed: str) -> None:
        """Add a mistake."""
        self.problems.append(Problem(self.shown, line, what, allowed))

    def _read(self, path: Path) -> str:
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            self.note(0, "the file is missing", f"write it; {path.parent.name} needs it")
            return ""
        except OSError as error:
            self.note(0, f"cannot be read ({error.strerror})", "make it a file that can be opened")
            return ""
        try:
            # Editors on Windows put an invisible mark in front: utf-8-sig takes it off.
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self.note(line, "a letter is not UTF-8", "save the file with the encoding UTF-8")
            return ""

    def _parse(self, text: str) -> dict[str, Any] | None:
        if self.problems:
            return None
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            said = str(error)
            found = _AT_LINE.search(said)
            last = len(text.splitlines()) or 1
            line = int(found[1]) if found and found[1] else last
            why = _AT_LINE.sub("", said).rstrip(".")
            rule = "write key = value, words in quotation marks (see https://toml.io)"
            self.note(line, f"not valid TOML: {why}", rule)
            return None


class Entry:
    """One table of a file: the mapping, where it stands, and how to complain about it."""

    def __init__(self, file: TomlFile, values: dict[str, Any], path: KeyPath, name: str) -> None:
        self.file, self.values, self.path, self.name = file, values, path, name

    def line(self, key: str = "", word: str = "", time: int = 1) -> int:
        """The line of a key, of a word within its value, or with "" of this table."""
        return self.file.lines.find((*self.path, key) if key else self.path, word, time)

    def complain(self, key: str, what: str, allowed: str, word: str = "", time: int = 1) -> None:
        """Note a mistake at a key, at a word within its value, or with "" at this table."""
        self.file.note(self.line(key, word, time), what, allowed)

    def read(self, fields: Mapping[str, Field], tables: tuple[str, ...] = ()) -> dict[str, Any]:
        """Check every key and return the values.

        Args:
            fields: the keys this table may have.
            tables: keys that hold tables of their own, read with `child` and `children`.

        Returns:
            a value for every field; where it is missing or wrong, an empty one of its kind.
        """
        known = (*fields, *tables)
        for key in self.values:
            if key not in known:
                allowed = suggest(key, known, f"allowed in {self.name}: {', '.join(known)}")
                self.complain(key, f"unknown field {key!r}", allowed)
        return {key: self._value(key, field) for key, field in fields.items()}

    def _value(self, key: str, field: Field) -> Any:
        empty = EMPTY.get(field.kind, "")
        if key not in self.values:
            if field.required:
                rule = self._rule(field)
                self.complain("", f"{self.name} lacks the field {key!r}", f"{key}: {rule}")
            return empty
        value = self.values[key]
        if field.choices and value not in field.choices:
            self.complain(key, f"{key} = {_show(value)} is not known", self._rule(field))
            return empty
        if not IS_RIGHT[field.kind](value):
            self.complain(key, f"{key} = {_show(value)} is not allowed", self._rule(field))
            return empty
        if isinstance(value, list):
            return tuple(value)
        return float(value) if field.kind == "weight" else value

    @staticmethod
    def _rule(field: Field) -> str:
        if field.choices:
            return "allowed: " + ", ".join(f'"{choice}"' for choice in field.choices)
        return RULES[field.kind]

    def child(self, key: str) -> Entry | None:
        """The table `[key]` inside this one, None when there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.complain(key, f"{key} is not a table", f"write it as [{self._heading(key)}]")
            return None
        return Entry(self.file, value, (*self.path, key), f"[{self._heading(key)}]")

    def children(self, key: str) -> list[Entry]:
        """The tables `[[key]]` inside this one, in the order of the file."""
        value = self.values.get(key, [])
        heading = f"[[{self._heading(key)}]]"
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.complain(key, f"{key} is not a list of tables", f"write each as {heading}")
            return []
        return [
            Entry(self.file, one, (*self.path, key, number), heading)
            for number, one in enumerate(value)
        ]

    def _heading(self, key: str) -> str:
        return ".".join([*(part for part in self.path if isinstance(part, str)), key])
