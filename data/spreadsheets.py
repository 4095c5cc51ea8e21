"""Bytes of a CSV or Excel file as rows of cells, opened with care: it came from outside.

Sizes are checked before anything is unpacked, nothing is computed, no link is followed.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from data.cells import CellError, Formula, is_blank
from data.errors import SpreadsheetError

#: The headings stand in one of the first rows.
HEAD_ROWS = 20
SAVE_AS = "Save it as Excel workbook (.xlsx) or CSV and try again."
_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_MOST_PARTS = 1_000
_MOST_BLANK = 50_000  # rows that are written down but have nothing in them
_DTD = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y|E\x00?N\x00?T\x00?I)")
_MERGED = re.compile(rb"mergeCell\s[^>]*ref=[\"']\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr=[\"'](\d+)")
_LAST_ROW = 1_048_576  # of a worksheet


#: Counts how many of a row's cells are headings that are looked for.
CountHeadings = Callable[[list[Any] | tuple[Any, ...]], int]


@dataclass(frozen=True)
class Limits:
    """How much of a file is read: bytes, bytes when unpacked, rows below the headings, columns."""

    most_bytes: int
    most_unpacked: int
    most_rows: int
    most_columns: int = 100

    @property
    def full(self) -> int:
        """Rows after which a sheet is too long."""
        return self.most_rows + HEAD_ROWS


@dataclass(frozen=True)
class Sheet:
    """Rows with something in them: number (from 1) and cells. `merged`: first and last row.

    A sheet that is `too_long` was read to the limit only; it may be a list beside the table.
    """

    name: str
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    merged: tuple[tuple[int, int], ...] = ()
    encoding: str = ""
    too_long: bool = False


def open_sheets(content: bytes, limits: Limits, count_headings: CountHeadings) -> tuple[Sheet, ...]:
    """The sheets of a workbook, or the one of a CSV.

    Args:
        content: the bytes of the file.
        limits: how much of it is read.
        count_headings: tells the separator of a CSV, by which most headings are found.

    Raises:
        SpreadsheetError: too large, protected, with macros, damaged, or no spreadsheet.
    """
    check_bytes(content, limits)
    if is_package(content):
        return _open_workbook(content, limits)
    return (_open_csv(content, limits, count_headings),)


def check_bytes(content: bytes, limits: Limits) -> None:
    """Refuse a file by its size and its first bytes.

    Raises:
        SpreadsheetError: too large, empty, protected or in an old format.
    """
    if len(content) > limits.most_bytes:
        size = f"{len(content) / 1e6:,.1f} MB"
        raise SpreadsheetError(
            f"The file is {size}; at most {limits.most_bytes // 1_000_000} MB is read."
        )
    if not content.strip():
        raise SpreadsheetError("The file is empty. Fill in the template and try again.")
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise SpreadsheetError(
                "The file is protected by a password. Save it without one and try again."
            )
        raise SpreadsheetError(f"The file is in an old Office format (.xls, .doc). {SAVE_AS}")


def is_package(content: bytes) -> bool:
    """Whether the bytes are those of a zipped file, as workbooks are."""
    return content.startswith(_ZIP)


def decode(content: bytes) -> tuple[str, str]:
    """The letters of a CSV, and the name of their encoding.

    Raises:
        SpreadsheetError: neither UTF-8 nor Windows-1252, or no text at all.
    """
    try:
        text, encoding = content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        try:
            text, encoding = content.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError as error:
            raise SpreadsheetError(
                "The letters of the file cannot be read: it is neither UTF-8 nor Windows-1252. "
                "Save it as “CSV UTF-8” and try again."
            ) from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SpreadsheetError(
            "The letters of the file are in UTF-16. Save it as “CSV UTF-8” and try again."
        )
    if re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise SpreadsheetError(f"The file is not a spreadsheet. {SAVE_AS}")
    return text, encoding


def _open_csv(content: bytes, limits: Limits, count_headings: CountHeadings) -> Sheet:
    text, encoding = decode(content)
    head = text.splitlines()[:HEAD_ROWS]
    mark = max(",;\t", key=lambda m: max(count_headings(_plain_split(line, m)) for line in head))
    rows: list[tuple[int, tuple[Any, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if not _add(rows, number, tuple(cells), limits):
                break
    except csv.Error as error:
        raise SpreadsheetError(
            f"Line {reader.line_num:,} of the file cannot be read as CSV ({error}). "
            "Look for a quotation mark that is not closed, or save the sheet as CSV again."
        ) from error
    return Sheet("", tuple(rows), (), encoding, len(rows) > limits.full)


def _plain_split(line: str, mark: str) -> list[str]:
    return [part.strip().strip('"') for part in line[:10_000].split(mark)]


def _add(
    rows: list[tuple[int, tuple[Any, ...]]], number: int, cells: tuple[Any, ...], limits: Limits
) -> bool:
    """Keep a row that has something in it; False once there are too many."""
    if not all(is_blank(cell) for cell in cells):
        rows.append((number, cells[: limits.most_columns]))
    return len(rows) <= limits.full


def _check_parts(package: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse what must not be opened, from the list of parts alone.

    Raises:
        SpreadsheetError: with what to do instead.
    """
    parts = package.infolist()
    names = [part.filename.casefold() for part in parts]
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > limits.most_unpacked:
        raise SpreadsheetError(
            "Unpacked, the file would be far larger than a table needs to be. Copy the "
            "table into a new workbook and try again."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise SpreadsheetError(
            "The file is protected by a password. Save it without one and try again."
        )
    if any(n.endswith("vbaproject.bin") or "/macrosheets/" in n for n in names):
        raise SpreadsheetError("The file holds macros (.xlsm). Save it as .xlsx without them.")
    if "xl/workbook.xml" not in names:
        raise SpreadsheetError(f"The file is not an Excel workbook. {SAVE_AS}")


def check_package(package: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse a workbook that must not be opened, before anything of it is understood.

    Raises:
        SpreadsheetError: a zip bomb, a password, macros, entities, or no workbook.
    """
    _check_parts(package, limits)
    for part in package.infolist():
        text = package.read(part)
        if b"macroEnabled" in text and part.filename == "[Content_Types].xml":
            raise SpreadsheetError("The file holds macros (.xlsm). Save it as .xlsx without them.")
        # A workbook never defines entities; a file that does means harm.
        if part.filename.endswith((".xml", ".rels")) and _DTD.search(text):
            raise SpreadsheetError(f"The file is not a sound Excel workbook. {SAVE_AS}")


def _open_workbook(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            check_package(package, limits)
            return tuple(_read_sheets(content, package, limits))
    except SpreadsheetError:
        raise
    # A damaged workbook can fail anywhere in the libraries that read it, with any error.
    except Exception as error:
        raise SpreadsheetError(
            "The workbook is damaged and cannot be read. Open it in a spreadsheet program, save "
            "it as .xlsx again and try once more."
        ) from error


def _read_sheets(content: bytes, package: zipfile.ZipFile, limits: Limits) -> Iterator[Sheet]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        # What a file says about its own size may be wrong, and rows would be lost.
        sheet.reset_dimensions()
        rows: list[tuple[int, tuple[Any, ...]]] = []
        blank = 0
        gap: Any = None  # all rows left out in one gap are the same object
        for number, cells in enumerate(
            sheet.iter_rows(max_col=limits.most_columns, max_row=_LAST_ROW), start=1
        ):
            if cells is gap:
                continue
            if all(cell.value is None for cell in cells):
                gap, blank = cells, blank + 1
                if blank > _MOST_BLANK:
                    break
                continue
            if not _add(rows, number, tuple(_take(cell) for cell in cells), limits):
                break
        text = package.read(sheet._worksheet_path)
        numbers = [int(number) for number in _ROW.findall(text)]
        if any(after <= before for before, after in itertools.pairwise(numbers)):
            raise ValueError("rows out of order, some of which openpyxl would leave out")
        merged = {(int(first), int(last)) for first, last in _MERGED.findall(text)}
        if len(merged) > limits.full:
            raise SpreadsheetError("The sheet has merged cells all over. Unmerge them, try again.")
        too_long = len(rows) > limits.full or blank > _MOST_BLANK
        yield Sheet(sheet.title, tuple(rows), tuple(sorted(merged)), "", too_long)


def _take(cell: Any) -> Any:
    """A cell's value; a formula is its text."""
    value = cell.value
    if cell.data_type == "f":
        text = getattr(value, "text", value)
        return Formula(text if isinstance(text, str) else "=TABLE()")
    if cell.data_type == "e":
        return CellError(value)
    return value
