"""Open a council's file with care: every sheet of it as text, nothing read into it yet.

Sizes are checked before anything is unpacked or laid out in memory; nothing is computed, no
link is followed. Of formulas the result that the spreadsheet program stored is read.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from data.errors import SpreadsheetError
from data.own.shapes import OwnFile, OwnSheet
from data.spreadsheets import Limits, check_bytes, decode, is_package

LIMITS = Limits(
    most_bytes=50_000_000, most_unpacked=400_000_000, most_rows=200_000, most_columns=300
)
#: Cells of a sheet, empty ones included: what fits in memory beside the other visitors.
MOST_CELLS = 4_000_000
ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".geojson", ".json", ".gpkg")
SPLIT = "Split the file, or leave out what is not needed, and try again."
_MARKS = ",;\t|"
_SAMPLE = 50  # lines that tell the separator
_SQLITE = b"SQLite format 3\x00"


def open_file(file: bytes | Path, name: str) -> OwnFile:
    """Open a CSV, Excel workbook, GeoJSON or GeoPackage.

    Args:
        file: its bytes, or where it lies.
        name: what it is called, for messages; what it is shows in its content.

    Raises:
        SpreadsheetError: too large, protected, with macros, damaged, or no such file.
    """
    content = _read_bytes(file, name) if isinstance(file, Path) else file
    check_bytes(content, LIMITS)
    if is_package(content):
        from data.own.workbook import open_workbook

        return open_workbook(content, name)
    if content.startswith(_SQLITE) or _looks_like_geojson(content):
        from data.own.map_file import open_geojson, open_geopackage

        is_database = content.startswith(_SQLITE)
        return (open_geopackage if is_database else open_geojson)(content, name)
    return _open_csv(content, name)


def _looks_like_geojson(content: bytes) -> bool:
    return content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > LIMITS.most_bytes:
            raise SpreadsheetError(
                f"{name} is {size / 1e6:,.0f} MB; at most {LIMITS.most_bytes // 1_000_000} MB is "
                f"read. {SPLIT}"
            )
        return path.read_bytes()
    except OSError as error:
        raise SpreadsheetError(f"{name} cannot be read ({error.strerror}).") from error


def check_extent(rows: int, columns: int, place: str) -> None:
    """Refuse a table that is too long, too wide or too large.

    Raises:
        SpreadsheetError: naming what there is and what is allowed.
    """
    if rows > LIMITS.full:
        raise SpreadsheetError(
            f"{place} has more than {LIMITS.most_rows:,} rows. {SPLIT}"
        )  # fmt: skip
    if columns > LIMITS.most_columns:
        raise SpreadsheetError(
            f"{place} is {columns:,} columns wide; at most {LIMITS.most_columns} are read. {SPLIT}"
        )
    if rows * columns > MOST_CELLS:
        raise SpreadsheetError(
            f"{place} has {rows * columns:,} cells; at most {MOST_CELLS:,} are read. {SPLIT}"
        )


def make_cells(columns: list[np.ndarray], rows: int) -> pd.DataFrame:
    """Columns of text as the cells of an `OwnSheet`; empty rows and columns at the end go."""
    index = pd.RangeIndex(1, rows + 1)
    table = pd.DataFrame(
        {place: pd.Series(column, index=index, dtype="str") for place, column in enumerate(columns)}
    )
    written = np.zeros(rows, dtype=bool)
    last = -1
    for place in table.columns:
        here = (table[place].str.strip() != "").to_numpy(dtype=bool)
        written |= here
        last = place if here.any() else last
    height = int(np.flatnonzero(written)[-1]) + 1 if written.any() else 0
    return table.iloc[:height, : last + 1]


def _open_csv(content: bytes, name: str) -> OwnFile:
    text, encoding = _decode(content)
    notes = []
    if encoding == "Windows-1252":
        notes.append("Letters are read as Windows-1252: look whether £ and é are right")
    if encoding == "UTF-16":
        notes.append("Letters are read as UTF-16")
    mark, said = _find_mark(text)
    rows = _read_rows(text, mark)
    if said and rows:
        # A spreadsheet program writes which separator it used into the first line.
        rows[0] = []
        notes.append("The first line names the separator and is left out")
    width = max(map(len, rows), default=0)
    check_extent(len(rows), width, "The file")
    for row in rows:
        row.extend([""] * (width - len(row)))
    columns = [np.array(column, dtype=object) for column in zip(*rows, strict=True)]
    words = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
    if width > 1:
        notes.append(f"Columns are told apart by {words[mark]}")
    sheet = OwnSheet("", make_cells(columns, len(rows)))
    if sheet.cells.empty:
        raise SpreadsheetError("The file is empty: no cell has anything in it.")
    return OwnFile(name, (sheet,), tuple(notes))


def _decode(content: bytes) -> tuple[str, str]:
    """The letters of the file; UTF-16 too, which spreadsheet programs save as "Unicode text".

    Raises:
        SpreadsheetError: they cannot be read.
    """
    start = content[:4_000]
    kind = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(content[:2], "")
    if not kind and len(start) > 8:
        # Without a mark, plain letters in UTF-16 have a zero in every other byte.
        zeros = [start[side::2].count(0) / (len(start) / 2) for side in (0, 1)]
        if max(zeros) > 0.4 and min(zeros) < 0.1:
            kind = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    if not kind:
        return decode(content)
    try:
        text = content.decode(kind)
    except UnicodeDecodeError as error:
        raise SpreadsheetError(
            "The letters of the file begin as UTF-16 and cannot be read. Save it as “CSV UTF-8” "
            "and try again."
        ) from error
    decode(text.encode("utf-8", "surrogatepass"))  # the same demands on what the letters are
    return text, "UTF-16"


def _find_mark(text: str) -> tuple[str, bool]:
    """The separator, and whether the first line says it."""
    first = text[:20].splitlines()[0].strip().strip('"') if text.strip() else ""
    if len(first) == 5 and first.casefold().startswith("sep=") and first[4] in _MARKS:
        return first[4], True
    head = text[:200_000]
    return max(_MARKS, key=lambda mark: _agreement(head, mark)), False


def _agreement(head: str, mark: str) -> tuple[float, int]:
    """How many of the first lines have the same number of columns, more than one."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=mark)
    widths: list[int] = []
    try:
        for row in reader:
            widths += [len(row)] if row else []
            if len(widths) >= _SAMPLE:
                break
    except csv.Error:
        pass
    several = Counter(width for width in widths if width > 1)
    if not several:
        return 0.0, 0
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    return count / len(widths), width


def _read_rows(text: str, mark: str) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for row in reader:
            rows.append(row)
            cells += len(row)
            if len(rows) > LIMITS.full or cells > MOST_CELLS:
                check_extent(len(rows), -(-cells // len(rows)), "The file")
                check_extent(len(rows), max(map(len, rows)), "The file")
    except csv.Error as error:
        raise SpreadsheetError(
            f"Line {reader.line_num:,} of the file cannot be read as CSV ({error}). "
            "Look for a quotation mark that is not closed, or save the sheet as CSV again."
        ) from error
    return rows
