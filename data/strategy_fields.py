"""The files of a strategy and what each of their tables may hold (see docs/strategies.md)."""

from __future__ import annotations

import re

from data.strategy import ACTION_KINDS, HEADING_STATUSES, STATUSES
from data.toml_entries import Field

MAIN, AREAS, ACTIONS, PICTURES = (
    "strategy.toml",
    "action_areas.toml",
    "actions.toml",
    "pen_pictures",
)
FILES = (MAIN, AREAS, ACTIONS)
FOLDER_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Which end means need, where the catalogue says which end is good.
NEED = {"high_is_good": "low", "low_is_good": "high"}

KIND = Field(choices=("council", "general"))
ORIGIN = {"status": Field(choices=STATUSES), "source": Field("id", required=False)}
TEXT = {"words": Field("text"), **ORIGIN}
LINE = {"words": Field(), **ORIGIN}
SOURCE = {
    "title": Field(),
    "publisher": Field(),
    "address": Field("address", required=False),
    "note": Field("text", required=False),
}
PICTURE = {"file": Field(), **ORIGIN}
THEME = {"id": Field("id"), "name": Field(), **ORIGIN}
OBJECTIVE = {"id": Field("id"), **LINE, "action_areas": Field("list")}
ACTION = {
    "id": Field("id"),
    "title": Field(),
    "kind": Field(choices=tuple(ACTION_KINDS)),
    **ORIGIN,
    "action_areas": Field("list"),
}
ACTION_AREA = {
    "id": Field("id"),
    "heading": Field(),
    "status": Field(choices=HEADING_STATUSES),
    "source": Field("id", required=False),
    "source_words": Field(required=False),
    "description": Field(),
    "description_status": Field(choices=STATUSES),
    "description_source": Field("id", required=False),
}
INDICATOR = {
    "id": Field("id"),
    "weight": Field("weight"),
    "reason": Field(),
    "direction": Field(required=False, choices=("high", "low")),
}
MAIN_TABLES = ("vision", "principle", "theme", "objective", "note", "source")


def main_fields(kind: object) -> dict[str, Field]:
    """Fields of `strategy.toml`: a general set has no council, areas or years."""
    fields = {
        "title": Field(),
        "kind": KIND,
        "tied_by": Field(choices=("council", "dashboard")),
        "principles_title": Field(required=False),
        "themes_title": Field(required=False),
    }
    if kind == "general":
        return fields
    # While the kind itself is wrong, nobody can say what is lacking.
    is_council = kind == "council"
    return {
        **fields,
        "council": Field(required=is_council),
        "areas": Field("codes", required=is_council),
        "first_year": Field("year", required=is_council),
        "last_year": Field("year", required=is_council),
    }
