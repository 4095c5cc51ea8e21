"""The cells of an action plan that other forms do not have (see docs/actions.md)."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import lru_cache
from typing import Any

from data.catalogue import METADATA
from data.cells import (
    CellError,
    Formula,
    Known,
    WrongCell,
    one_of,
    print_cell,
    read_role,
    read_text,
)
from data.errors import CatalogueError
from data.planned_action import STATUSES

NUMBER = "write a number such as 3.4 or 31,200, in the indicator's unit"
ROLE = "write the role only, such as Economy lead"
_NUMBER = re.compile(
    r"(?P<sign>[-\N{MINUS SIGN}+]?)£?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<rest>\.\d+)?\s?%?",
    re.ASCII,
)
#: Words that stand in roles and not in names.
_ROLE_WORDS = frozenset((
    "lead", "leader", "head", "manager", "officer", "director", "team", "service", "services",
    "coordinator", "co-ordinator", "adviser", "advisor", "partnership", "board", "council",
    "committee", "cabinet", "member", "chief", "executive", "assistant", "group", "department",
    "directorate", "unit", "planner", "analyst", "engineer", "programme", "project", "sponsor",
    "owner",
))  # fmt: skip
_NAMES_FILE = METADATA / "given_names.txt"

read_status = one_of(STATUSES)


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    try:
        lines = _NAMES_FILE.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CatalogueError(f"{_NAMES_FILE}: cannot be read; restore the file.") from error
    return frozenset(line for line in lines if not line.startswith("#"))


def looks_like_name(text: str) -> bool:
    """Whether a text is probably the name of a person: "Sarah Jones", "J. Smith", "Jones, S"."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?", text)
    if not 2 <= len(words) <= 4 or any(word.casefold() in _ROLE_WORDS for word in words):
        return False
    given = words[1] if "," in text else words[0]
    if given.casefold() in _given_names():
        return all(word[0].isupper() for word in words) or text == text.casefold()
    # An initial stands before or after a family name; "HR policy" or "IT, skills" do not look so.
    initials = [bool(re.fullmatch(r"[A-Z]\.?", word)) for word in words]
    rest = [word for word, initial in zip(words, initials, strict=True) if not initial]
    return any(initials) and len(rest) == 1 and rest[0][0].isupper() and len(words) <= 3


def read_owner_role(value: Any, longest: int, known: Known) -> str:
    """A role, not a person.

    Raises:
        WrongCell: it looks like a name or an address.
    """
    text = read_role(value, longest, known)
    if looks_like_name(text):
        raise WrongCell("looks like the name of a person", ROLE)
    return text


def read_number(value: Any, _longest: int, _known: Known) -> float:
    """A number, with or without commas between thousands, £ before it or % after it.

    Raises:
        WrongCell: anything else, formulas included; nothing is guessed, so "3,4" is refused.
    """
    if isinstance(value, Formula):
        raise WrongCell("is a formula, which is not computed here", NUMBER)
    if isinstance(value, CellError):
        raise WrongCell(f"holds the error {value!s}", NUMBER)
    if isinstance(value, (bool, dt.date, dt.time, dt.timedelta)):
        raise WrongCell("is not a number", NUMBER)
    if isinstance(value, (int, float)):
        number = float(value) if abs(value) < 1e15 else math.inf
    else:
        found = _NUMBER.fullmatch(print_cell(value).strip()[:40])
        if not found:
            raise WrongCell("is not a number", NUMBER)
        minus = found["sign"] not in ("", "+")
        number = float(found["digits"].replace(",", "") + (found["rest"] or ""))
        number = -number if minus else number
    if not math.isfinite(number) or abs(number) >= 1e12:
        raise WrongCell("is not a number that can be used", NUMBER)
    return number


def read_period_text(value: Any, longest: int, known: Known) -> str:
    """A period as it is written; whether the indicator has it is checked with the whole row.

    A spreadsheet turns 2020-03 and 2021-03-21 into dates, which are turned back.
    """
    if isinstance(value, Formula):
        return read_text(str(value), longest)
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    return " ".join(read_text(value, longest).split())
