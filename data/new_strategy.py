"""Write the folder of a new strategy: `python -m data.new_strategy CODE NAME`.

The files pass the check as they are written: headings and indicators are those of the
general set, marked as working, until the council puts its own in their place.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from data.catalogue import load_catalogue
from data.errors import StrategyError
from data.load import load_areas
from data.problems import Problem, shown_path
from data.strategy import STRATEGIES, ActionArea, load_strategies
from data.strategy_fields import ACTIONS, AREAS, FOLDER_NAME, MAIN
from data.terminal import print_utf8

USAGE = "usage: make new-strategy COUNCIL=E07000042 NAME=mid-devon\n"

MAIN_TEXT = """\
# The strategy of {name}. Every text says where it comes from: see docs/strategies.md.
# After a change: python -m data.check {folder}

title = "Strategy of {name} (working title)"
kind = "council"
council = "{name}"
areas = ["{code}"] # codes of districts or of a county, whose districts then follow
first_year = 2026
last_year = 2026
# Who chose indicators and weights, and linked objectives and actions: "council" or "dashboard".
tied_by = "dashboard"

# Where texts were published. Take the signs # away and write your own words.
# [source.strategy]
# title = "Title of the strategy"
# publisher = "{name}"
# address = "https://www.example.gov.uk/strategy"

# status is "published" (the source's own words), "summary" (what the source says, in other
# words) or "working" (written for the dashboard, not published). The first two need a source.
# [vision]
# words = "The vision in one sentence."
# status = "published"
# source = "strategy"

# One [[principle]] for each principle or priority, one [[theme]] for each way of working.
# [[principle]]
# words = "A principle."
# status = "published"
# source = "strategy"

# [[theme]]
# id = "working_together"
# name = "Working together"
# status = "published"
# source = "strategy"
# [theme.pen_picture] # optional: a sketch of the theme in its own file, pen_pictures/together.md
# file = "together.md"
# status = "published"
# source = "strategy"

# One [[objective]] for each corporate objective, linked to action areas by their ids.
# [[objective]]
# id = "better_health"
# words = "Improve health."
# status = "published"
# source = "strategy"
# action_areas = ["health"]
"""

AREAS_TEXT = """\
# The action areas of {name}, one [[action_area]] each, in the order in which they are shown.
# As written these are the headings of the general set, marked as working headings. For a heading
# of your own that is published, write status = "published", its source, and source_words with the
# words of the source that hold the heading.
#
# Tie each to one or more indicators with figures for wards: their ids are the names in brackets in
# data/metadata/indicators. weight is a number from 0; only its share counts. reason says in one
# line why the indicator belongs. Where the catalogue does not say which end is good
# (polarity "no_judgement"), direction = "high" or "low" says which end means need.
# Do not tie two indicators that count the same people or things.
"""

ACTIONS_TEXT = """\
# The actions of {name}. kind is "action", "damaging_impact" (to put right) or "positive_impact"
# (to keep). Take the signs # away and write your own.

# [[action]]
# id = "first_action"
# title = "What is done"
# kind = "action"
# status = "published"
# source = "strategy"
# action_areas = ["health"]
"""


def _quote(text: str) -> str:
    """A word as TOML writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write_action_area(area: ActionArea) -> str:
    """One action area of the general set as a working one."""
    lines = [
        "",
        "[[action_area]]",
        f"id = {_quote(area.id)}",
        f"heading = {_quote(area.heading.words)}",
        'status = "working"',
        f"description = {_quote(area.description.words)}",
        'description_status = "working"',
    ]
    for indicator in area.indicators:
        lines += [
            "",
            "[[action_area.indicator]]",
            f"id = {_quote(indicator.id)}",
            f"weight = {indicator.weight:g}",
            f"reason = {_quote(indicator.reason)}",
        ]
        if load_catalogue().indicators[indicator.id].polarity == "no_judgement":
            lines.append(f"direction = {_quote(indicator.need)}")
    return "\n".join(lines) + "\n"


def _check_request(code: str, folder: Path) -> Problem | None:
    """What is wrong with a request: the council's code, the folder's name, or that it exists."""
    areas = load_areas()
    councils = areas[areas["area_type"].isin(["district", "county"])]["area_name"]
    if code not in councils.index:
        codes = {name: number for number, name in councils.items()}
        near = f"{codes[code]} is {code}; " if code in codes else ""
        rule = f"{near}allowed: the code of a district or county, such as E07000042"
        return Problem("COUNCIL", 0, f"{code!r} is not a council's code", rule)
    if not FOLDER_NAME.fullmatch(folder.name):
        rule = 'use lower-case letters, digits and hyphens, such as "mid-devon"'
        return Problem("NAME", 0, f"{folder.name!r} is not allowed", rule)
    if folder.exists():
        allowed = "choose another name, or edit what is there"
        return Problem(shown_path(folder), 0, "exists already and is left as it is", allowed)
    for other in load_strategies().by_id.values():
        if code in other.areas:
            allowed = f"edit {shown_path(STRATEGIES / other.id)}"
            return Problem("COUNCIL", 0, f"{code} has the strategy {other.id} already", allowed)
    return None


def write_strategy(code: str, name: str, root: Path = STRATEGIES) -> Path:
    """Write the template of a council's strategy.

    Args:
        code: of a district or county.
        name: of the new folder, such as `mid-devon`.
        root: the folder of strategies.

    Returns:
        the new folder.

    Raises:
        StrategyError: the code or name is not allowed, the folder exists, or the council has
            a strategy, or the general set that the template is made from is faulty.
    """
    folder = root / name
    if problem := _check_request(code, folder):
        raise StrategyError((problem,))
    general = load_strategies().general
    council = str(load_areas().at[code, "area_name"])
    words = {"name": council, "code": code, "folder": shown_path(folder)}
    areas = "".join(map(_write_action_area, general.action_areas))
    folder.mkdir(parents=True)
    for file, text in (
        (MAIN, MAIN_TEXT.format(**words)),
        (AREAS, AREAS_TEXT.format(**words) + areas),
        (ACTIONS, ACTIONS_TEXT.format(**words)),
    ):
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a template from the command line; returns 1 when that is refused, 2 without names."""
    print_utf8()
    names = sys.argv[1:] if arguments is None else arguments
    if len(names) != 2:
        sys.stderr.write(USAGE)
        return 2
    try:
        folder = write_strategy(names[0], names[1])
    except StrategyError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{shown_path(folder)}: written; edit it, then python -m data.check it\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
