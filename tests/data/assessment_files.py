"""Files of scored impacts for tests: a sound one, and ways to spoil it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from data.assessment_cells import Known
from data.assessment_fields import COLUMNS, SHEET

TODAY = dt.date(2026, 11, 25)
KNOWN = Known(
    {"claimant_count_percent": "People claiming out-of-work benefits", "imd_score": "Deprivation"},
    {"E05011266": "Huntingdon North", "E05011267": "Kimbolton"},
    TODAY,
)
HEADINGS = [column.heading for column in COLUMNS]
ROW = {
    "id": "ECON-1",
    "title": "Shops closed",
    "area_of_impact": "Economy",
    "kind": "Damaging",
    "impact": 4,
    "likelihood": 3,
    "confidence": "Medium",
    "date": dt.date(2021, 6, 30),
    "version": "1.0",
    "indicator": "claimant_count_percent",
    "wards": "Council-wide",
    "officer_role": "Economy lead",
    "note": "Footfall of June",
    "source": "Cabinet report",
}


def make_row(**changes: Any) -> list[Any]:
    values = {**ROW, **changes}
    return [values[column.key] for column in COLUMNS]


def write_csv(rows: Sequence[Sequence[Any]], encoding: str = "utf-8", mark: str = ",") -> bytes:
    import csv

    stream = io.StringIO()
    csv.writer(stream, delimiter=mark).writerows(rows)
    return stream.getvalue().encode(encoding)


def make_book(rows: Sequence[Sequence[Any]], sheet: str = SHEET) -> Workbook:
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    return book


def save_book(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_book(rows: Sequence[Sequence[Any]], sheet: str = SHEET) -> bytes:
    return save_book(make_book(rows, sheet))


def repack(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The same workbook with parts changed, added, or taken out (None)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            part = changes.get(name, old.read(name) if name in old.namelist() else None)
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()
