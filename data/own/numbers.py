"""What a cell of figures says: a number, a mark for a withheld or missing figure, or a fault.

Nothing is guessed. Whatever is read otherwise than it is written is named as a reading, and a
mark is never a zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.aggregation import NOT_AVAILABLE, SUPPRESSED

MOST = 1e12
#: Plain numbers, which are read as they stand.
_PLAIN = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?"
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:[, ’'][0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LESS = re.compile(
    r"(?:<|≤|less than|under|fewer than|below)\s*=?\s*[0-9]{1,3}|[01]\s*(?:-|–|to)\s*[0-9]{1,2}",
    re.IGNORECASE,
)
_SUPPRESSED = frozenset(
    [
        "*",
        "**",
        "c",
        "[c]",
        "(c)",
        "s",
        "[s]",
        "x",
        "*",
        "supp",
        "suppressed",
        "withheld",
        "disclosive",
        "redacted",
        "~",
    ]
)
_MISSING = frozenset(
    [
        "-",
        "–",
        "—",
        "--",
        "---",
        ".",
        "..",
        "...",
        "…",
        ":",
        "n/a",
        "#n/a",
        "na",
        "n.a.",
        "n.a",
        "nil?",
        "null",
        "none",
        "nan",
        "?",
        "[x]",
        "[z]",
        "z",
        "missing",
        "unknown",
        "tbc",
    ]
) | {"not available", "no data", "not known", "not applicable", "not recorded", "(blank)"}
_ERROR = re.compile(r"#(?:REF|VALUE|DIV/0|NAME\?|NUM|NULL|N/A|SPILL|CALC)[!?]?", re.IGNORECASE)

#: Key of a reading -> what was done, in words.
READINGS = {
    "thousands": "read without the commas or spaces that part thousands",
    "pounds": "read without the sign of the pound",
    "percent": "read without the percent sign",
    "spaces": "read without spaces around",
    "sign": "read with a plain sign before the number",
    "form": "read as the number it stands for",
    SUPPRESSED: "read as withheld, not as zero",
    NOT_AVAILABLE: "read as missing, not as zero",
    "empty": "empty: read as missing, not as zero",
}


class Reading(NamedTuple):
    """What one cell says: value (NaN if none), flag, fault with cure, key of a reading."""

    value: float = np.nan
    flag: str = ""
    fault: str = ""
    cure: str = ""
    reading: str = ""


@dataclass(frozen=True)
class Numbers:
    """A column of cells that was read: arrays of the fields of `Reading`."""

    value: npt.NDArray[np.float64]
    flag: npt.NDArray[np.object_]
    fault: npt.NDArray[np.object_]
    cure: npt.NDArray[np.object_]
    reading: npt.NDArray[np.object_]


def read_numbers(texts: pd.Series) -> Numbers:
    """Read a column: plain numbers all at once, each other text once.

    Args:
        texts: text without missing cells.
    """
    count = len(texts)
    plain = texts.str.fullmatch(_PLAIN).to_numpy(dtype=bool)
    value = np.full(count, np.nan)
    value[plain] = pd.to_numeric(texts[plain]).to_numpy(dtype=float)
    fields = {
        name: np.full(count, "", dtype=object) for name in ("flag", "fault", "cure", "reading")
    }
    others = np.flatnonzero(~plain | (np.abs(np.nan_to_num(value)) > MOST))
    if len(others):
        codes, different = pd.factorize(texts.iloc[others])
        read = [read_number(str(text)) for text in different]
        value[others] = np.array([reading.value for reading in read])[codes]
        for name, array in fields.items():
            array[others] = np.array([getattr(r, name) for r in read], dtype=object)[codes]
    return Numbers(value, **fields)


def read_number(text: str) -> Reading:
    """Read one cell of figures."""
    bare = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    if not bare:
        return Reading(flag=NOT_AVAILABLE, reading="empty")
    folded = bare.casefold()
    if folded in _SUPPRESSED or _LESS.fullmatch(bare):
        return Reading(flag=SUPPRESSED, reading=SUPPRESSED)
    if folded in _MISSING:
        return Reading(flag=NOT_AVAILABLE, reading=NOT_AVAILABLE)
    if _ERROR.fullmatch(bare):
        return Reading(fault="is an error of the spreadsheet", cure="put the formula right")
    return _read_written(text, bare)


def _read_written(text: str, bare: str) -> Reading:
    """A number with whatever people write around one."""
    reading = "spaces" if bare != text else ""
    rest = bare.replace("−", "-").replace("–", "-")
    if rest != bare or rest.startswith("+"):
        reading = "sign"
    if rest.startswith(("£", "-£")):
        rest, reading = rest.replace("£", "", 1).strip(), "pounds"
    if rest.endswith("%"):
        rest, reading = rest[:-1].strip(), "percent"
    if _THOUSANDS.fullmatch(rest):
        rest, reading = re.sub(r"[, ’']", "", rest), reading or "thousands"
        reading = "thousands" if reading == "spaces" else reading
    if not _NUMBER.fullmatch(rest):
        return Reading(fault=_name_fault(rest), cure=_name_cure(rest))
    number = float(rest)
    if not abs(number) <= MOST:
        return Reading(fault="is larger than a figure of a council can be", cure="check the cell")
    return Reading(number, reading=reading or "form")


def _name_fault(text: str) -> str:
    if re.fullmatch(r"\([0-9., ]+\)", text):
        return "is in brackets, which can mean below zero"
    if re.fullmatch(r"[+-]?[0-9.,' ]*[,'. ][0-9.,' ]*", text):
        return "has commas or points that can be read in several ways"
    if re.search(r"[0-9]", text):
        return "holds more than a number"
    return "is not a number"


def _name_cure(text: str) -> str:
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", text):
        return f"did you mean {text.replace(',', '.')}? write a point before decimals"
    if re.fullmatch(r"[0-9.]+ ?[a-zA-Z*†‡\[\]()]+", text):
        return "write the number alone; put units and notes elsewhere"
    if re.fullmatch(r"\([0-9., ]+\)", text):
        return "write -5 if it is below zero, 5 if not"
    return "write a number such as 1234.5, “..” if there is none, or * if it is withheld"
