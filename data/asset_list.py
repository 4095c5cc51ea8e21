"""Read a council's own list of community assets from a spreadsheet (see docs/workshop.md).

A row says its ward by code or by a postcode. A postcode is only used to find the ward: it is
not kept, and an error does not repeat it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data import cells
from data.cells import Known, WrongCell
from data.errors import TableError
from data.form_reader import read_form
from data.forms import Column, Form, Mistake
from data.locate import find_ward
from data.postcodes import INWARD, OUTWARD, find_postcodes
from data.spreadsheets import Limits
from data.store.workshop_tables import LONGEST_NAME, LONGEST_NOTE
from data.store.workshop_words import ASSET_KINDS

COLUMNS_OF_TABLE = ("name", "kind", "ward", "note", "source")
_POSTCODE = "write a whole postcode of England such as PE29 3TN, or the ward’s code instead"


def read_ward(value: Any, longest: int, known: Known) -> str:
    """The code of one ward.

    Raises:
        WrongCell: it is not that of a ward of 2025.
    """
    code = cells.read_wards(value, longest, known)
    if code not in known.wards:
        raise WrongCell("is not one ward", "write one ward code, such as E05011266")
    return code


def read_postcode_ward(value: Any, longest: int, _known: Known) -> str:
    """The code of the ward in which a postcode lies; the postcode itself is let go.

    Raises:
        WrongCell: it is no postcode, or has no place in England.
    """
    text = cells.read_text(value, longest).upper().replace(" ", "")
    outward, inward = text[:-3], text[-3:]
    if not OUTWARD.fullmatch(outward) or not INWARD.fullmatch(inward):
        raise WrongCell("is not a postcode", _POSTCODE)
    try:
        found = find_postcodes(outward, inward)
        if not len(found) or np.isnan(found.easting[0]) or not found.district(0).startswith("E"):
            raise WrongCell("has no place in England", _POSTCODE)
        return find_ward(float(found.easting[0]), float(found.northing[0]), found.district(0)).ward
    except TableError as error:
        raise WrongCell("cannot be looked up at the moment", "write the ward’s code") from error


KINDS = tuple(ASSET_KINDS.values())
COLUMNS = (
    Column("name", "Name", "What people call it.", "Village hall", cells.read_plain, "always",
           LONGEST_NAME),
    Column("kind", "Kind", "One of the allowed words.", KINDS[0], cells.one_of(KINDS), "always",
           60, KINDS),
    Column("ward", "Ward code", "From the sheet Wards. Empty where a postcode is given.",
           "E05011266", read_ward, "", 40),
    Column("postcode", "Postcode", "Used to find the ward, then let go.", "PE29 3TN",
           read_postcode_ward, "", 12),
    Column("note", "Note", "What else to know. No names of people.", "Open on Tuesdays",
           cells.read_plain, "", LONGEST_NOTE),
    Column("source", "Source", "Where it is listed. May be empty.", "Parish directory 2025",
           cells.read_plain, "", 80),
)  # fmt: skip
FORM = Form(
    sheet="Community assets",
    columns=COLUMNS,
    rows_are="community assets",
    limits=Limits(most_bytes=2_000_000, most_unpacked=20_000_000, most_rows=2_000),
)


@dataclass(frozen=True)
class AssetList:
    """What was read: `table` with `COLUMNS_OF_TABLE` (kind in words), and every mistake."""

    table: pd.DataFrame
    mistakes: tuple[Mistake, ...]
    notes: tuple[str, ...] = ()


def read_asset_list(file: bytes | Path, name: str, known: Known | None = None) -> AssetList:
    """Read a council's list; a row with a mistake is set aside, the others are used.

    Args:
        file: its bytes, or where it lies.
        name: what the file is called, for messages.
        known: what cells are checked against; the project's own by default.

    Raises:
        SpreadsheetError: the file cannot be used at all.
    """
    filled = read_form(file, name, FORM, known)
    rows, mistakes = [], [_hide_postcode(mistake) for mistake in filled.mistakes]
    for row in filled.rows:
        by_code, by_postcode = row["ward"], row["postcode"]
        if not (by_code or by_postcode):
            mistakes.append(Mistake(row["row"], "Ward code", "", "is empty, and so is Postcode",
                                    "fill in one of the two"))  # fmt: skip
        elif by_code and by_postcode and by_code != by_postcode:
            mistakes.append(Mistake(row["row"], "Postcode", "", "lies in another ward than the "
                                    "ward code says", "leave one of the two empty"))  # fmt: skip
        else:
            kept = {key: row[key] or "" for key in ("name", "kind", "note", "source")}
            rows.append({**kept, "ward": by_code or by_postcode})
    table = pd.DataFrame(rows, columns=list(COLUMNS_OF_TABLE)).drop_duplicates(ignore_index=True)
    return AssetList(table, tuple(sorted(mistakes)), filled.notes)


def _hide_postcode(mistake: Mistake) -> Mistake:
    if mistake.column != "Postcode":
        return mistake
    return Mistake(mistake.row, mistake.column, "", mistake.what, mistake.allowed)
