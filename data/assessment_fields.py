"""The columns of a file of scored impacts (see docs/assessment.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from data import assessment_cells as cells

SHEET = "Assessment"
MOST_BYTES = 5_000_000
MOST_UNPACKED = 30_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 100
#: The headings stand in one of the first rows.
HEAD_ROWS = 20


@dataclass(frozen=True)
class Column:
    """One column: its key, heading, what to write, an example, and how a cell is read.

    `needed`: `always`, `scored` (where the row has a score) or "".
    """

    key: str
    heading: str
    hint: str
    example: str
    read: Callable[[Any, int, cells.Known], Any]
    needed: str = ""
    longest: int = 40
    allowed: tuple[str, ...] = ()


COLUMNS = (
    Column(
        "id", "Id", "A short id that stays the same whenever this impact is scored again.",
        "ECON-1", cells.read_id, "always",
    ),
    Column("title", "Title", "The impact in a few words.", "Shops closed in the high streets",
           cells.read_plain, "always", 150),
    Column("area_of_impact", "Area of impact", "One of the allowed words.", "Economy",
           cells.read_area, "scored", 60, cells.AREAS),
    Column("kind", "Kind", "Damaging: to put right. Positive: to keep.", "Damaging",
           cells.read_kind, "always", 40, cells.KINDS),
    Column("impact", "Impact", "How large: 1 (least) to 5 (most). Empty: not scored.", "4",
           cells.read_score, "scored"),
    Column("likelihood", "Likelihood", "How likely: 1 (least) to 5 (most). Empty: not scored.",
           "3", cells.read_score, "scored"),
    Column("confidence", "Confidence", "How sure the officers are of the score.", "Medium",
           cells.read_confidence, "scored", 40, cells.CONFIDENCE),
    Column("date", "Date of scoring", "The day of this score, day before month. For a new score "
           "add a row; leave the old one as it is.", "30/06/2021", cells.read_date, "scored"),
    Column("version", "Version", "Tells scores of the same day apart.", "1.0", cells.read_plain,
           "", 20),
    Column("indicator", "Evidence indicator", "Id of the indicator that shows whether it happens, "
           "from the sheet Indicators. May be empty.", "claimant_count_percent",
           cells.read_indicator, "", 200),
    Column("wards", "Wards", "Ward codes from the sheet Wards with ; between them, or "
           "Council-wide. May be empty: not stated.", "Council-wide", cells.read_wards, "", 1_000),
    Column("officer_role", "Officer role", "The role of who scored it. No names of people.",
           "Economic development lead", cells.read_role, "", 80),
    Column("note", "Note", "Why this score. May be empty.", "Footfall counts of June",
           cells.read_plain, "", 1_000),
    Column("source", "Source", "Where it was written down. May be empty.", "Cabinet report",
           cells.read_plain, "", 300),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
NEEDED_HEADINGS = tuple(c.heading for c in COLUMNS if c.needed)


def fold_heading(value: Any) -> str:
    """A heading for comparison: no capitals, no signs, nothing in brackets."""
    text = re.sub(r"\([^()]*\)", " ", cells.print_cell(value)[:200].casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


KEY_OF_HEADING = {fold_heading(column.heading): column.key for column in COLUMNS}


def count_headings(values: list[Any] | tuple[Any, ...]) -> int:
    """How many of a row's cells are headings of the template."""
    return len({fold_heading(value) for value in values} & set(KEY_OF_HEADING))
