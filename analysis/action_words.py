"""Amounts, signs and status words of an action plan, as every view and report prints them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from analysis.map_view import format_number
from data.catalogue import Indicator
from data.planned_action import (
    COMPLETE,
    NOT_STARTED,
    OFF_TRACK,
    ON_TRACK,
    WITHIN_VARIANCE,
)

NOT_STATED = "No status"
#: A sign for each status, so that no view depends on colour.
STATUS_SIGNS = {
    OFF_TRACK: "▲",
    WITHIN_VARIANCE: "●",
    ON_TRACK: "✓",
    NOT_STARTED: "○",
    COMPLETE: "■",
    "": "?",
}
#: The order in which statuses are counted: what needs a look comes first.
STATUS_ORDER = (OFF_TRACK, WITHIN_VARIANCE, ON_TRACK, NOT_STARTED, COMPLETE)
#: How far a status is from where it should be; only these three can be better or worse.
_SEVERITY = {ON_TRACK: 0, COMPLETE: 0, WITHIN_VARIANCE: 1, OFF_TRACK: 2}


def print_status(status: str) -> str:
    """A status with its sign: "▲ Off track"."""
    return f"{STATUS_SIGNS.get(status, '?')} {status or NOT_STATED}"


def is_worse(status: str, than: str) -> bool:
    """Whether one status is worse than another; never where either cannot be ranked."""
    return status in _SEVERITY and than in _SEVERITY and _SEVERITY[status] > _SEVERITY[than]


def print_amount(value: float | None, indicator: Indicator, more: int = 0) -> str:
    """A figure in the indicator's unit: "3.4 %", "£31,200"; "no figure" for None and NaN.

    Args:
        value: what is printed.
        indicator: with unit and decimals.
        more: decimals beyond those of the catalogue.
    """
    amount = math.nan if value is None else value
    return format_number(amount, indicator.decimals + more, indicator.unit)


def print_share(share: float, limits: Iterable[float], slack: float) -> str:
    """A share in whole per cent: "86 %"; "just under 100 %" where 100 is a limit not reached.

    Args:
        share: in percent.
        limits: what it may not seem to have reached, in whole per cent.
        slack: how far below a limit still counts as reached, in percent.
    """
    said = format_number(share, 0, "%")
    short = said in {format_number(limit, 0, "%") for limit in limits if share < limit - slack}
    return f"just under {said}" if short else said


def round_share(share: float) -> float:
    """A share in percent to one decimal, never up to a whole number that was not reached.

    The limits of the status are whole numbers: 99.97 is 99.9, and 66.67 is 66.7.
    """
    shown = round(share, 1)
    reached = share >= shown - 1e-6 or shown % 1 != 0
    return shown if reached else round(shown - 0.1, 1)
