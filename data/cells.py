"""One cell of a spreadsheet that somebody brought: what is written becomes a value, or a complaint.

Nothing is guessed: a value is taken as it stands (spaces at its ends aside) or refused with
what is allowed. A formula is never computed; where text is allowed it is kept as its text.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from data.problems import closest

COUNCIL_WIDE = "Council-wide"
MOST_GUESSES = 200
EARLIEST = dt.date(2000, 1, 1)
DATE = "write it as 30/06/2021, 2021-06-30 or 30 June 2021"
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/-]{0,38}[A-Za-z0-9])?")
_PERSON = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|cllr|councillor)\b\.?\s|@", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_SERIAL_START = dt.date(1899, 12, 30)


class Formula(str):
    """The text of a formula, which is never computed."""

    __slots__ = ()


class CellError(str):
    """What a spreadsheet shows where a formula failed, such as #REF!."""

    __slots__ = ()


class WrongCell(ValueError):  # noqa: N818 (it stands for the cell, not for a failure)
    """A cell that cannot be taken: what is wrong with it, and what is allowed."""

    def __init__(self, what: str, allowed: str) -> None:
        super().__init__(what)
        self.what, self.allowed = what, allowed


@dataclass(frozen=True)
class Known:
    """What cells are checked against: names by indicator id and by ward code, and today.

    `guesses` remembers what was meant by a wrong word. Looking for it is slow, so a file that is
    wrong throughout gets no more than `MOST_GUESSES` of them.
    """

    indicators: Mapping[str, str]
    wards: Mapping[str, str]
    today: dt.date
    guesses: dict[str, str] = field(default_factory=dict)

    def guess_indicator(self, text: str) -> str:
        """The id nearest to a misspelled id or name, "" when none is near."""
        if text not in self.guesses and len(self.guesses) < MOST_GUESSES:
            every = {id_.casefold(): id_ for id_ in self.indicators}
            every |= {name.casefold(): id_ for id_, name in self.indicators.items()}
            found = difflib.get_close_matches(text.casefold(), every, n=1, cutoff=0.75)
            self.guesses[text] = every[found[0]] if found else ""
        return self.guesses.get(text, "")

    def guess_ward(self, text: str) -> str:
        """The code of the only ward of a name, or "Council-wide" misspelled; else ""."""
        if text not in self.guesses and len(self.guesses) < MOST_GUESSES:
            same = [c for c, n in self.wards.items() if n.casefold() == text.casefold()]
            self.guesses[text] = same[0] if len(same) == 1 else closest(text, (COUNCIL_WIDE,))
        return self.guesses.get(text, "")

    @cached_property
    def indicator_ids(self) -> dict[str, str]:
        """Ids by name without capitals."""
        return {name.casefold(): id_ for id_, name in self.indicators.items()}


def print_cell(value: Any) -> str:
    """A cell as a person sees it in the spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def is_blank(value: Any) -> bool:
    """Whether nothing is written in a cell."""
    return value is None or (isinstance(value, str) and not value.strip())


def read_text(value: Any, longest: int) -> str:
    """Text as it is written; numbers become their digits.

    Raises:
        WrongCell: too long, an error of the spreadsheet, a date, or signs that cannot be shown.
    """
    if isinstance(value, CellError):
        raise WrongCell(f"holds the error {value!s}", "write the text itself")
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        raise WrongCell("has been turned into a date", "format the cell as text, type it again")
    text = print_cell(value).strip()
    if len(text) > longest:
        raise WrongCell(f"is {len(text):,} letters long", f"at most {longest:,}")
    if found := _CONTROL.search(text):
        sign = f"U+{ord(found.group()):04X}"
        raise WrongCell(f"holds a sign that cannot be shown ({sign})", "type the text again")
    return text


def read_id(value: Any, longest: int, _known: Known) -> str:
    """An id: letters, digits and . _ / - between them.

    Raises:
        WrongCell: anything else.
    """
    text = read_text(value, longest)
    if not _ID.fullmatch(text):
        raise WrongCell("is not an id", "letters, digits, spaces and . _ / -, such as ECON-1")
    return text


def read_plain(value: Any, longest: int, _known: Known) -> str:
    """Any text (see `read_text`)."""
    return read_text(value, longest)


def read_role(value: Any, longest: int, _known: Known) -> str:
    """A role, not a person.

    Raises:
        WrongCell: it looks like a name or an address.
    """
    text = read_text(value, longest)
    if _PERSON.search(text):
        raise WrongCell("looks like a person", "write the role only, such as Economy lead")
    return text


def _parse_date(text: str) -> dt.date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def read_day(value: Any, _longest: int, _known: Known) -> dt.date:
    """A day, before or after today: day before month, as in Britain.

    Raises:
        WrongCell: no day, a time of day, or a day before 2000.
    """
    if isinstance(value, Formula):
        raise WrongCell("is a formula, which is not computed here", DATE)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        guess = ""
        if 36526 <= value <= 73050:
            day = _SERIAL_START + dt.timedelta(days=int(value))
            guess = f"did you mean {day.isoformat()}? "
        raise WrongCell("is a number, not a date", f"{guess}format the cell as a date, or {DATE}")
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise WrongCell("holds a time of day", "write the date alone")
        value = value.date()
    day_found = value if isinstance(value, dt.date) else None
    text = print_cell(value).strip()
    if day_found is None and len(text) <= 40 and text.isascii():
        day_found = _parse_date(re.sub(r"[T ]00:00(?::00(?:\.0+)?)?$", "", text))
    if day_found is None:
        raise WrongCell("is not a date", DATE)
    if day_found < EARLIEST:
        raise WrongCell("is before 2000", "check the year")
    return day_found


def read_past_day(value: Any, longest: int, known: Known) -> dt.date:
    """A day up to today (see `read_day`).

    Raises:
        WrongCell: what `read_day` refuses, or a day to come.
    """
    found = read_day(value, longest, known)
    if found > known.today:
        raise WrongCell("is in the future", f"a day up to {known.today.isoformat()}")
    return found


def one_of(allowed: tuple[str, ...]) -> Callable[[Any, int, Known], str]:
    """A reader of one of the allowed words, whatever its capitals."""
    known = {" ".join(word.casefold().split()): word for word in allowed}

    def read(value: Any, longest: int, _known: Known) -> str:
        text = read_text(value, longest)
        found = known.get(" ".join(text.casefold().split()))
        if found is None:
            near = closest(text, allowed)
            guess = f"did you mean {near!r}? " if near else ""
            raise WrongCell("is not known", f"{guess}allowed: {', '.join(allowed)}")
        return found

    return read


def read_indicator(value: Any, longest: int, known: Known) -> str:
    """The id of an indicator of the catalogue, from its id or its full name.

    Raises:
        WrongCell: the catalogue has no such indicator.
    """
    text = read_text(value, longest)
    if text in known.indicators:
        return text
    if text.casefold() in known.indicator_ids:
        return known.indicator_ids[text.casefold()]
    near = known.guess_indicator(text)
    guess = f"did you mean {near!r}? " if near else ""
    raise WrongCell(
        "is not in the catalogue",
        f"{guess}an id from the sheet Indicators of the template, or leave it empty",
    )


def read_wards(value: Any, longest: int, known: Known) -> str:
    """Ward codes such as "E05011266; E05011268", or "Council-wide".

    Raises:
        WrongCell: a code is not that of a ward of 2025.
    """
    text = read_text(value, longest)
    if re.sub(r"[\s-]+", "-", text.casefold()) == COUNCIL_WIDE.casefold():
        return COUNCIL_WIDE
    codes = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
    for code in codes:
        if code not in known.wards:
            near = known.guess_ward(code)
            guess = f"did you mean {near!r}? " if near else ""
            raise WrongCell(
                f"names {code[:40]!r}, which is not the code of a ward of 2025",
                f"{guess}allowed: codes from the sheet Wards of the template, or Council-wide",
            )
    if not codes:
        raise WrongCell("names no ward", "ward codes with ; between them, or Council-wide")
    return "; ".join(dict.fromkeys(codes))
