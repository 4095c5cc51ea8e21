"""Excel workbooks of a council's own figures, read fast and with the same care as forms.

The reader lays a sheet out in memory from its first to its last cell, so the extent of every
sheet is measured in its own text before. What the reader leaves out without a word (errors
such as #REF!, formulas without a stored result) is found there too.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.cells import print_cell
from data.errors import SpreadsheetError
from data.own.opening import LIMITS, check_extent, make_cells
from data.own.shapes import OwnFile, OwnSheet
from data.spreadsheets import check_package

DAMAGED = (
    "The workbook is damaged and cannot be read. Open it in a spreadsheet program, save it as "
    ".xlsx again and try once more."
)
_MOST_LETTERS = 300_000_000  # of all cells of a sheet together
_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,4})(\d{1,8})[\"']")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,4})(\d{1,8})"')
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"'](\d{1,9})")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*?\shidden\s*=\s*[\"'](?:1|true)")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_WITHOUT = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Za-z]+)(\d+)[\"'][^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?"
    rb"(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*"
    rb"</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\st=[\"']e[\"'])(?:[^>]*?\s)?r=[\"']([A-Za-z]+)(\d+)[\"'][^>]*>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,20})</(?:\w+:)?v>",
    re.DOTALL,
)
_SHARED = re.compile(rb"<(?:\w+:)?si\b[^>]*>(.*?)</(?:\w+:)?si>", re.DOTALL)
_SHARED_CELL = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\bt\s*=\s*[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*(\d+)\s*<"
)


@dataclass(frozen=True)
class _Part:
    """What the text of one sheet says about itself."""

    no_result: tuple[tuple[int, int], ...]
    errors: tuple[tuple[int, int, str], ...]
    formulas: int
    hidden_rows: int


def open_workbook(content: bytes, name: str) -> OwnFile:
    """The visible sheets of a workbook that have something in them.

    Raises:
        SpreadsheetError: a zip bomb, a password, macros, too large, damaged, or empty.
    """
    try:
        return _open(content, name)
    except SpreadsheetError:
        raise
    # The reader fails in many ways; its own panics are not even ordinary exceptions.
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            raise
        raise SpreadsheetError(DAMAGED) from error


def _open(content: bytes, name: str) -> OwnFile:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        check_package(package, LIMITS)
        paths = _find_sheets(package)
        shared = _measure_shared(package)
        parts = {title: _scan(package.read(path), title, shared) for title, path in paths.items()}
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets, notes = [], []
    for meta in book.sheets_metadata:
        if meta.visible != SheetVisibleEnum.Visible:
            notes.append(f"The hidden sheet “{meta.name}” is left out")
            continue
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        part = parts[meta.name]  # a sheet that is listed and not there is damage, not emptiness
        sheet = _read_sheet(book, meta.name, part)
        if not sheet.cells.empty:
            sheets.append(sheet)
            notes += _describe(meta.name, part)
    if not sheets:
        raise SpreadsheetError("The workbook is empty: no visible sheet has anything in it.")
    return OwnFile(name, tuple(sheets), tuple(notes))


def _describe(title: str, part: _Part) -> list[str]:
    notes = []
    if part.formulas:
        many = "formulas: their results are" if part.formulas > 1 else "formula: its result is"
        notes.append(
            f"Sheet “{title}” has {part.formulas:,} {many} read as stored, nothing is computed"
        )
    if part.hidden_rows:
        rows = "rows, which are" if part.hidden_rows > 1 else "row, which is"
        notes.append(f"Sheet “{title}” has {part.hidden_rows:,} hidden {rows} read too")
    return notes


def _find_sheets(package: zipfile.ZipFile) -> dict[str, str]:
    """Names of the sheets and where their text lies in the package."""
    from xml.etree import ElementTree as ET  # entities were refused before

    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    strict = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
    places = {}
    for element in ET.fromstring(package.read("xl/_rels/workbook.xml.rels")):  # noqa: S314
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        places[element.get("Id")] = posixpath.normpath(path)
    found = {}
    names = {name.casefold(): name for name in package.namelist()}
    for element in ET.fromstring(package.read("xl/workbook.xml")).iter():  # noqa: S314
        if element.tag.rpartition("}")[2] == "sheet":
            path = places.get(element.get(relation) or element.get(strict), "")
            if path.casefold() in names:
                found[element.get("name", "")] = names[path.casefold()]
    return found


def _measure_shared(package: zipfile.ZipFile) -> np.ndarray:
    """Lengths of the texts that cells share."""
    names = {name.casefold(): name for name in package.namelist()}
    path = names.get("xl/sharedstrings.xml")
    if path is None:
        return np.zeros(0, dtype=np.int64)
    texts = (match.end() - match.start() for match in _SHARED.finditer(package.read(path)))
    return np.fromiter(texts, dtype=np.int64)


def _scan(text: bytes, title: str, shared: np.ndarray) -> _Part:
    """Measure a sheet before it is laid out in memory.

    Raises:
        SpreadsheetError: too large, or cells out of order or twice.
    """
    refs = _find_cells(text)
    place = f"Sheet “{title}”"
    if refs:
        letters = {ref[0].upper() for ref in refs}
        last_column = max(map(_column_number, letters)) + 1
        rows = [int(number) for number in {ref[1] for ref in refs}]
        check_extent(max(rows), last_column, place)
    numbers = [int(number) for number in _ROW.findall(text)]
    if numbers:
        check_extent(max(numbers), 1, place)
    in_order = all(after > before for before, after in itertools.pairwise(numbers))
    if not in_order or len(set(refs)) != len(refs):
        raise SpreadsheetError(DAMAGED)
    if len(shared) and int(shared.max()) * len(refs) > _MOST_LETTERS:
        used = np.array([int(n) for n in _SHARED_CELL.findall(text)], dtype=np.int64)
        if shared[used[used < len(shared)]].sum() > _MOST_LETTERS:
            raise SpreadsheetError(f"{place} repeats very long texts. Shorten them and try again.")
    formulas = len(_FORMULA.findall(text)) if b"<f" in text or b":f" in text else 0
    empty = (
        tuple((int(r), _column_number(c)) for c, r in _WITHOUT.findall(text)) if formulas else ()
    )
    errors: tuple[tuple[int, int, str], ...] = ()
    if b't="e"' in text or b"t='e'" in text:
        found = _ERROR.findall(text)
        errors = tuple((int(r), _column_number(c), v.decode("utf-8", "replace"))
                       for c, r, v in found)  # fmt: skip
    return _Part(empty, errors, formulas, len(_HIDDEN.findall(text)) if b"hidden" in text else 0)


def _find_cells(text: bytes) -> list[tuple[bytes, bytes]]:
    """Column and row of every cell.

    Raises:
        SpreadsheetError: a cell does not say where it stands.
    """
    refs = _PLAIN_CELL.findall(text)  # as every spreadsheet program writes them
    if b":c " in text or b":c\n" in text or text.count(b"<c") - text.count(b"<col") != len(refs):
        refs = _CELL.findall(text)
        if len(_ANY_CELL.findall(text)) != len(refs):
            raise SpreadsheetError(DAMAGED)
    return refs


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _read_sheet(book: Any, title: str, part: _Part) -> OwnSheet:
    sheet = book.get_sheet_by_name(title)
    rows = sheet.to_python(skip_empty_area=False)
    columns = [_print_column(column) for column in zip(*rows, strict=True)]
    for row, column, text in part.errors:
        columns[column][row - 1] = text
    merged = tuple((a + 1, c + 1, b, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    cells = make_cells(columns, len(rows))
    return OwnSheet(title, cells, merged, part.no_result, part.formulas)


def _print_column(column: tuple[Any, ...]) -> np.ndarray:
    """A column as text: numbers without needless decimals, days as 2024-04-01."""
    cells = np.array(column, dtype=object)
    kinds = {type(cell) for cell in column}
    if kinds <= {float, str} and float in kinds:
        is_number = np.fromiter((type(c) is float for c in column), dtype=bool, count=len(column))
        numbers = cells[is_number].astype(float)
        whole = (numbers == np.rint(numbers)) & (np.abs(numbers) < 1e15)
        texts = np.empty(len(numbers), dtype=object)
        texts[whole] = numbers[whole].astype(np.int64).astype(str)
        texts[~whole] = [f"{number:.15g}" for number in numbers[~whole]]
        cells[is_number] = texts
        return cells
    if kinds == {str}:
        return cells
    codes, different = pd.factorize(pd.Series(cells, dtype=object).map(_mark_kind))
    printed = np.array([_print(cell) for _, cell in different], dtype=object)
    return printed[codes]


def _mark_kind(cell: Any) -> tuple[str, Any]:
    """The cell with its kind, as 1, 1.0 and True are the same to Python."""
    return type(cell).__name__, cell


def _print(cell: Any) -> str:
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return cell.isoformat()
    return print_cell(cell)
