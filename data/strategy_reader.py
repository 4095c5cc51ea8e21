"""Read a strategy's folder and check everything in it; all mistakes are listed at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from data.catalogue import load_catalogue
from data.errors import StrategyError
from data.load import load_areas
from data.problems import Problem, closest, shown_path, suggest
from data.strategy import Action, Objective, Strategy, Theme
from data.strategy_action_areas import read_action_areas
from data.strategy_fields import (
    ACTION,
    ACTIONS,
    AREAS,
    FILES,
    FOLDER_NAME,
    MAIN,
    MAIN_TABLES,
    OBJECTIVE,
    PICTURES,
    TEXT,
    THEME,
    main_fields,
)
from data.strategy_texts import (
    Reading,
    check_unique,
    entry_text,
    read_picture,
    read_sources,
    read_texts,
)
from data.toml_entries import Entry, TomlFile


def _read_themes(reading: Reading, top: Entry) -> tuple[Theme, ...]:
    entries = top.children("theme")
    check_unique(entries, "id", many="themes")
    check_unique(entries, "name", many="themes")
    themes = []
    for entry in entries:
        values = entry.read(THEME, ("pen_picture",))
        name = entry_text(reading, entry, values, "name")
        picture = read_picture(reading, entry.child("pen_picture"))
        themes.append(Theme(values["id"], name, picture))
    return tuple(themes)


def _check_links(entry: Entry, named: tuple[str, ...], known: list[str] | None) -> None:
    """Complain about ids of action areas that are unknown (None: cannot be told) or repeated."""
    for one in sorted({one for one in named if named.count(one) > 1}):
        entry.complain("action_areas", f"{one!r} is named twice", "name it once", one, 2)
    for one in named:
        if known is not None and one not in known:
            allowed = suggest(one, known, f"{AREAS} has: {', '.join(known) or 'none'}")
            entry.complain("action_areas", f"unknown action area {one!r}", allowed, one)


def _read_objectives(
    reading: Reading, top: Entry, known: list[str] | None
) -> tuple[Objective, ...]:
    entries = top.children("objective")
    check_unique(entries, "id", many="objectives")
    objectives = []
    for entry in entries:
        values = entry.read(OBJECTIVE)
        _check_links(entry, values["action_areas"], known)
        text = entry_text(reading, entry, values, "words")
        objectives.append(Objective(values["id"], text, values["action_areas"]))
    return tuple(objectives)


def _read_actions(reading: Reading, known: list[str] | None) -> tuple[Action, ...]:
    if not (reading.folder / ACTIONS).exists():
        return ()
    top = reading.open(ACTIONS)
    top.read({}, ("action",))
    entries = top.children("action")
    check_unique(entries, "id", many="actions")
    actions = []
    for entry in entries:
        values = entry.read(ACTION)
        _check_links(entry, values["action_areas"], known)
        title = entry_text(reading, entry, values, "title")
        actions.append(Action(values["id"], title, values["kind"], values["action_areas"]))
    return tuple(actions)


def _check_areas(top: Entry, codes: Iterable[str]) -> None:
    """Every code must be a district or county of England, named once."""
    areas = load_areas()
    councils = areas[areas["area_type"].isin(["district", "county"])]["area_name"]
    rule = "allowed: codes of districts and counties of England, such as E07000011"
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            top.complain("areas", f"area {code!r} is named twice", "name it once", code, 2)
        elif code in areas.index and code not in councils.index:
            kind = areas.at[code, "area_type"]
            top.complain("areas", f"area {code!r} is a {kind}", rule, code)
        elif code not in councils.index:
            allowed = _suggest_area(code, councils, rule)
            top.complain("areas", f"area code {code!r} does not exist", allowed, code)
        seen.add(code)


def _suggest_area(code: str, councils: pd.Series, rule: str) -> str:
    """Help with a name written for a code, or with a mistyped code."""
    codes = {name.casefold(): code for code, name in councils.items()}
    near = codes.get(code.casefold()) or closest(code, [str(c) for c in councils.index])
    return f"did you mean {near!r} ({councils[near]})? {rule}" if near else rule


def _check_years(top: Entry, values: dict[str, Any]) -> None:
    first, last = values.get("first_year", 0), values.get("last_year", 0)
    if first and last and first > last:
        top.complain("last_year", f"last_year {last} is before first_year {first}", "swap them")


def _check_folder(reading: Reading) -> None:
    """No file is passed over in silence: each is known, or named as a mistake."""
    folder = reading.folder
    if not FOLDER_NAME.fullmatch(folder.resolve().name):
        rule = 'use lower-case letters, digits and hyphens, such as "mid-devon"'
        reading.note(folder, f"the folder's name {folder.resolve().name!r} is not allowed", rule)
    for path in sorted(folder.glob("*.toml")):
        if path.name not in FILES:
            allowed = suggest(path.name, FILES, f"allowed: {', '.join(FILES)}")
            reading.note(path, "is not a file of a strategy", allowed)
    for path in sorted((folder / PICTURES).glob("*")):
        is_known = path.name in reading.pictures or path.name.startswith(".")
        if reading.sources is not None and not is_known:
            allowed = f"name it in a [theme.pen_picture] of {MAIN}, or remove it"
            reading.note(path, "is named by no theme", allowed)


def _read_main(reading: Reading) -> tuple[Entry, dict[str, Any]]:
    top = reading.open(MAIN)
    if not top.file.is_readable:
        return top, {}
    values = top.read(main_fields(top.values.get("kind")), MAIN_TABLES)
    _check_areas(top, values.get("areas", ()))
    _check_years(top, values)
    read_sources(reading, top)
    return top, values


def read_strategy(folder: Path) -> Strategy:
    """Read the strategy in a folder; its id is the folder's name.

    Raises:
        StrategyError: there are mistakes; each names its file and line, and what is allowed.
    """
    reading = Reading(folder, load_catalogue())
    if not folder.is_dir():
        reading.note(folder, "there is no such folder", "see docs/strategies.md")
        raise StrategyError(reading.all_problems())
    top, values = _read_main(reading)
    headings = reading.open(AREAS)
    action_areas = read_action_areas(reading, headings)
    known = [area.id for area in action_areas] if headings.file.is_readable else None
    vision = top.child("vision")
    parts: dict[str, Any] = {
        "vision": entry_text(reading, vision, vision.read(TEXT), "words") if vision else None,
        "principles": read_texts(reading, top, "principle"),
        "themes": _read_themes(reading, top),
        "objectives": _read_objectives(reading, top, known),
        "notes": read_texts(reading, top, "note"),
        "actions": _read_actions(reading, known),
    }
    _check_folder(reading)
    if problems := reading.all_problems():
        raise StrategyError(problems)
    given = {key: value for key, value in values.items() if value}
    return Strategy(
        id=folder.resolve().name,
        action_areas=action_areas,
        sources=tuple((reading.sources or {}).values()),
        **given,
        **parts,
    )


def find_clash(folder: Path, strategy: Strategy, others: Iterable[Strategy]) -> tuple[Problem, ...]:
    """Mistakes that show only beside other strategies: an area covered twice, two general sets."""
    path = folder / MAIN
    problems = []
    for other in others:
        if strategy.is_general and other.is_general:
            what = f"there is a general set already: {other.id}"
            problems.append((TomlFile(path).top.line("kind"), what, 'write kind = "council"'))
        for code in strategy.areas:
            if code in other.areas:
                line = TomlFile(path).top.line("areas", code)
                what = f"area {code!r} is covered by the strategy {other.id} already"
                problems.append((line, what, "take it out of one of the two"))
    return tuple(Problem(shown_path(path), *problem) for problem in problems)
