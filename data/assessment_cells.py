"""The words and scores that a file of scored impacts may hold (see docs/assessment.md)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from data.cells import Formula, Known, WrongCell, one_of, print_cell

AREAS = ("Economy", "Environment", "Social and community")
KINDS = ("Damaging", "Positive")
CONFIDENCE = ("Low", "Medium", "High")
SCALE = "allowed: a whole number from 1 to 5"

read_area, read_kind, read_confidence = map(one_of, (AREAS, KINDS, CONFIDENCE))


def read_score(value: Any, _longest: int, _known: Known) -> float:
    """A whole number from 1 to 5.

    Raises:
        WrongCell: anything else, formulas included.
    """
    if isinstance(value, Formula):
        raise WrongCell("is a formula, which is not computed here", SCALE)
    if isinstance(value, (bool, dt.date, dt.time, dt.timedelta)):
        raise WrongCell("is not a number", SCALE)
    if not re.fullmatch(r"[1-5](?:\.0+)?", print_cell(value).strip(), re.ASCII):
        raise WrongCell("is not on the scale", SCALE)
    return float(value)
