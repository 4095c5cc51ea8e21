"""Texts of a strategy: where each comes from, and whether it is the council's published word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.catalogue import Catalogue
from data.problems import Problem, shown_path, suggest
from data.strategy import StrategySource, Text
from data.strategy_fields import MAIN, PICTURE, PICTURES, SOURCE, TEXT
from data.toml_entries import ID, RULES, Entry, TomlFile


@dataclass
class Reading:
    """What one folder's reading shares.

    `sources` is None when the file that lists them cannot be read: then nobody can say
    whether a name in another file is wrong, and no message is given.
    """

    folder: Path
    catalogue: Catalogue
    files: list[TomlFile] = field(default_factory=list)
    sources: dict[str, StrategySource] | None = None
    problems: list[Problem] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)

    def open(self, name: str) -> Entry:
        """Read one file of the folder; returns its topmost table."""
        file = TomlFile(self.folder / name)
        self.files.append(file)
        return file.top

    def note(self, path: Path, what: str, allowed: str) -> None:
        """Note a mistake that concerns a file or folder as a whole."""
        self.problems.append(Problem(shown_path(path), 0, what, allowed))

    def all_problems(self) -> tuple[Problem, ...]:
        """Every mistake found, by file and line."""
        found = {*self.problems, *(p for file in self.files for p in file.problems)}
        return tuple(sorted(found))


def check_unique(entries: list[Entry], key: str, *, many: str) -> None:
    """Complain about ids or headings used twice; capitals and spaces make no difference."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        value = entry.values.get(key)
        if not isinstance(value, str):
            continue
        folded = " ".join(value.casefold().split())
        if folded in seen:
            what = f"{key} {value!r} is used twice (first on line {seen[folded].line(key)})"
            entry.complain(key, what, f"give each of the {many} its own")
        seen.setdefault(folded, entry)


def read_sources(reading: Reading, top: Entry) -> None:
    """Read the tables `[source.…]` of the strategy's main file."""
    reading.sources = {}
    table = top.child("source")
    if table is None:
        return
    for source_id in table.values:
        if not ID.fullmatch(source_id):
            table.complain(source_id, f"the name {source_id!r} is not allowed", RULES["id"])
        if entry := table.child(source_id):
            reading.sources[source_id] = StrategySource(source_id, **entry.read(SOURCE))


def make_text(
    reading: Reading, entry: Entry, words: str, status: str, source: str, at: str
) -> Text:
    """Make a text and check its source; `at` is the key that names the source."""
    if reading.sources is None:
        return Text(words, status)
    known = reading.sources
    if source and source not in known:
        allowed = suggest(source, known, f"[source.…] of {MAIN} has: {', '.join(known) or 'none'}")
        entry.complain(at, f"{at} = {source!r} is not known", allowed)
    if status in ("published", "summary"):
        if not source and at not in entry.values:
            key = at.replace("source", "status")
            what = f"{key} = {status!r} needs the field {at!r}"
            entry.complain(key, what, f"name a [source.…] of {MAIN}, or say working")
        elif source in known and not known[source].address:
            what = f"{at} = {source!r} has no address, so nothing from it can be {status}"
            entry.complain(at, what, f"give [source.{source}] its address, or say working")
    return Text(words, status, known.get(source))


def entry_text(reading: Reading, entry: Entry, values: dict[str, Any], key: str) -> Text:
    """Make the text of a table whose words stand under `key`, beside `status` and `source`."""
    return make_text(
        reading, entry, values[key].strip(), values["status"], values["source"], "source"
    )


def read_texts(reading: Reading, top: Entry, key: str) -> tuple[Text, ...]:
    """Read tables `[[key]]` that hold a text each."""
    return tuple(
        entry_text(reading, entry, entry.read(TEXT), "words") for entry in top.children(key)
    )


def read_picture(reading: Reading, entry: Entry | None) -> Text | None:
    """Read a pen-picture from its own file inside `pen_pictures/`."""
    if entry is None:
        return None
    values = entry.read(PICTURE)
    name, words = values["file"], ""
    path = reading.folder / PICTURES / name
    rule = f'name a file of the folder {PICTURES}, such as "creative.md", with text in UTF-8'
    reading.pictures.add(name)
    if name and not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9_. -]*\.md", name):
        entry.complain("file", f"file = {name!r} is not allowed", rule)
    elif name:
        try:
            words = path.read_text(encoding="utf-8-sig").strip()
        except (OSError, ValueError):
            entry.complain("file", f"{PICTURES}/{name} is missing or cannot be read", rule)
        else:
            if not words:
                entry.complain("file", f"{PICTURES}/{name} is empty", rule)
    return make_text(reading, entry, words, values["status"], values["source"], "source")
