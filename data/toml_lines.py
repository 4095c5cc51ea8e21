"""Find the line on which a key of a TOML file stands; tomllib itself does not say.

Works on text that tomllib has accepted: headings and keys are found by walking over
strings, comments and brackets, so that nothing inside them is taken for a key.
"""

from __future__ import annotations

import re
from bisect import bisect_right

KeyPath = tuple[str | int, ...]

# Strings first, so that brackets, signs and line ends inside them are stepped over.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]|\n',
    re.DOTALL,
)
_KEY_PART = re.compile(r'\s*(?:"((?:\\.|[^"\\])*)"|\'([^\']*)\'|([A-Za-z0-9_-]+))\s*')


def _split_key(text: str) -> tuple[tuple[str, ...], str]:
    """The parts of a dotted key at the start of a text, and the text after it."""
    parts: list[str] = []
    while match := _KEY_PART.match(text):
        parts.append(next(group for group in match.groups() if group is not None))
        text = text[match.end() :]
        if not text.startswith("."):
            break
        text = text[1:]
    return tuple(parts), text


def _statements(text: str) -> list[tuple[int, int]]:
    """Start and end of every heading and every `key = value`, those over several lines whole."""
    found: list[tuple[int, int]] = []
    start = depth = 0
    for match in _TOKEN.finditer(text):
        sign = match.group()
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == "\n" and depth <= 0:
            found.append((start, match.start()))
            start, depth = match.end(), 0
    return [*found, (start, len(text))]


class TomlLines:
    """Lines of the keys of one file.

    A key is named by its path: `("action_area", 2, "heading")` is the key `heading` of the
    third table `[[action_area]]`. Tables and keys written inside a value, such as
    `{ id = 1 }`, count as standing where that value begins.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._spans: dict[KeyPath, tuple[int, int]] = {}
        self._counts: dict[KeyPath, int] = {}
        table: KeyPath = ()
        for start, end in _statements(text):
            statement = text[start:end].lstrip()
            begin = end - len(statement)
            if statement.startswith("["):
                table = self._enter(statement)
                for length in range(1, len(table) + 1):
                    self._spans.setdefault(table[:length], (begin, end))
            elif statement and not statement.startswith("#"):
                self._remember(table, statement, begin, end)

    def _enter(self, statement: str) -> KeyPath:
        """The path of a heading; `[[x]]` opens the next table of its list."""
        is_list = statement.startswith("[[")
        keys, _ = _split_key(statement[2 if is_list else 1 :])
        path: KeyPath = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            if is_list and number == len(keys) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _remember(self, table: KeyPath, statement: str, begin: int, end: int) -> None:
        keys, _ = _split_key(statement)
        for length in range(1, len(keys) + 1):
            self._spans.setdefault((*table, *keys[:length]), (begin, end))

    def _line_at(self, position: int) -> int:
        return bisect_right(self._ends, position - 1) + 1

    def find(self, path: KeyPath, word: str = "", time: int = 1) -> int:
        """The line of a key, or of a word in quotation marks within its value.

        Args:
            path: of the key; if it is unknown, the nearest table around it counts.
            word: to look for within the value.
            time: 2 for the second time that the word stands there.

        Returns:
            a line counted from 1.
        """
        while path and path not in self._spans:
            path = path[:-1]
        if not path:
            return 1
        begin, end = self._spans[path]
        if word:
            quoted = re.compile(rf"""(["']){re.escape(word)}\1""")
            places = [match.start() for match in quoted.finditer(self._text, begin, end)]
            begin = places[time - 1] if len(places) >= time else begin
        return self._line_at(begin)
