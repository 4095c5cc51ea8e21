"""A document as an Excel workbook: a sheet for each table and chart, typed, with its notes."""

from __future__ import annotations

import datetime as dt
import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.report.blocks import Bullets, Chart, Document, Facts, Paragraph, Picture, Table
from analysis.report.printed import (
    AUTHOR,
    MISSING,
    clean_document,
    decimals_of,
    is_figure,
    is_missing,
    list_facts,
    name_running_line,
    print_table,
    tabulate_chart,
)

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_000
_FIRST_DAY = dt.date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was


@dataclass
class _Book:
    """The workbook being written: its formats by name, its sheets' names, and its contents."""

    book: Any
    formats: dict[str, Any] = field(default_factory=dict)
    names: set[str] = field(default_factory=lambda: {"history"})
    contents: list[tuple[str, str, str]] = field(default_factory=list)

    def look(self, **properties: Any) -> Any:
        key = repr(sorted(properties.items()))
        if key not in self.formats:
            base = {"font_name": "Arial", "font_size": 11, "valign": "top"}
            self.formats[key] = self.book.add_format(base | properties)
        return self.formats[key]


def write_xlsx(document: Document) -> bytes:
    """The document as .xlsx: contents with links, text, a sheet per table and chart, sources.

    Text is always written as text: what begins with = + - or @ is never a formula.
    """
    import xlsxwriter

    document = clean_document(document)
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(stream, options) as book:
        made = dt.datetime(document.made.year, document.made.month, document.made.day)
        book.set_properties({"title": document.title, "subject": document.subtitle,
                             "author": AUTHOR, "created": made})  # fmt: skip
        shared = _Book(book)
        front = _add_sheet(shared, "Contents")
        text = _add_sheet(shared, "Text")
        shared.contents.append(("Text", "What the report says, in words", ""))
        _write_text(shared, text, document)
        for section in document.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    _write_table(shared, block, section.heading)
                elif isinstance(block, Chart):
                    _write_table(shared, tabulate_chart(block), section.heading, chart=True)
        notes = _add_sheet(shared, "Notes and sources")
        shared.contents.append(("Notes and sources", "Where the figures come from", ""))
        _write_notes(shared, notes, document)
        _write_contents(shared, front, document)
    return stream.getvalue()


def _add_sheet(shared: _Book, wanted: str) -> Any:
    sheet = shared.book.add_worksheet(name_sheet(wanted, shared.names))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    return sheet


def name_sheet(wanted: str, taken: set[str]) -> str:
    """A name that Excel accepts and no sheet has yet; `taken` (small letters) gets it too."""
    plain = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("' ") or "Table"
    number, name = 1, plain[:_LONGEST_NAME].strip("' ")
    while name.lower() in taken:
        number += 1
        ending = f" ({number})"
        name = plain[: _LONGEST_NAME - len(ending)].strip("' ") + ending
    taken.add(name.lower())
    return name


def _put(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    short = text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} …"
    sheet.write_string(row, column, short, look)


def _write_table(shared: _Book, table: Table, section: str, *, chart: bool = False) -> None:
    sheet = _add_sheet(shared, table.name)
    kind = "Figures of a chart: " if chart else ""
    shared.contents.append((sheet.get_name(), f"{kind}{table.title}", section))
    _put(sheet, 0, 0, table.title, shared.look(bold=True, font_size=14))
    sheet.write_url(1, 0, "internal:'Contents'!A1", shared.look(font_color="#12436D", underline=1),
                    "Back to the contents")  # fmt: skip
    printed, count = print_table(table), len(table.frame)
    sheet.set_landscape() if len(printed.headings) > 6 else sheet.set_portrait()
    headings = _make_headings(printed.headings)
    _set_heights(sheet, [headings, *printed.rows], printed.widths())
    for place, (width, figure) in enumerate(zip(printed.widths(), printed.figures, strict=True)):
        sheet.set_column(place, place, _width_of(place, width))
        head = shared.look(bold=True, text_wrap=True, bottom=1, valign="bottom",
                           align="right" if figure else "left")  # fmt: skip
        _put(sheet, 2, place, headings[place], head)
        decimals = table.decimals.get(printed.headings[place])
        for row, cell in enumerate(table.frame.iloc[:, place].tolist(), start=3):
            _write_cell(shared, sheet, (row, place), cell, decimals, blank=chart)
    if count and headings:
        names = [{"header": heading, "header_format": shared.look(
            bold=True, text_wrap=True, bottom=1, valign="bottom",
            align="right" if figure else "left")}
            for heading, figure in zip(headings, printed.figures, strict=True)]  # fmt: skip
        sheet.add_table(2, 0, 2 + count, len(headings) - 1,
                        {"columns": names, "style": "Table Style Light 1"})  # fmt: skip
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    notes = [*table.notes]
    if any(is_missing(cell) for cell in table.frame.to_numpy().ravel()):
        sign = "Empty cells" if chart else f"“{MISSING}”"
        notes.append((sign, "there is no figure; it is not zero."))
    _write_pairs(shared, sheet, 4 + max(count, 1), notes)


def _width_of(place: int, letters: int) -> int:
    return max(letters + 3, 18 if place == 0 else 13)


def _set_heights(sheet: Any, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """Room for every line of a text: not every program makes it when it opens the file."""
    for number, texts in enumerate(rows, start=2):
        # The arrow of the filter stands in the heading, and headings are bold.
        spare = 5 if number == 2 else 1
        lines = max(
            (len(textwrap.wrap(text, max(4, _width_of(place, width) - spare)))
             for place, (text, width) in enumerate(zip(texts, widths, strict=True))), default=1
        )  # fmt: skip
        if lines > 1:
            sheet.set_row(number, min(400, 15 * lines + 2))


def _make_headings(headings: Sequence[str]) -> list[str]:
    """Headings as a table of Excel wants them: none empty, none twice, none very long."""
    taken: set[str] = set()
    result = []
    for place, heading in enumerate(headings, start=1):
        plain = heading.strip()[:240] or f"Column {place}"
        number, name = 2, plain
        while name.lower() in taken:
            name, number = f"{plain} ({number})", number + 1
        taken.add(name.lower())
        result.append(name)
    return result


def _write_cell(
    shared: _Book, sheet: Any, place: tuple[int, int], cell: Any, decimals: int | None, *,
    blank: bool,
) -> None:  # fmt: skip
    if is_missing(cell):
        # A chart made from text would show it as zero.
        if not blank:
            _put(sheet, *place, MISSING, shared.look(font_color="#595959", align="right"))
    elif is_figure(cell):
        places = decimals_of(cell, decimals)
        shape = f"#,##0.{'0' * places}" if places else "#,##0"
        sheet.write_number(*place, float(cell), shared.look(num_format=shape))
    elif isinstance(cell, dt.date):
        _write_day(shared, sheet, place, cell)
    else:
        words = {"True": "yes", "False": "no"}.get(str(cell), str(cell))
        _put(sheet, *place, words, shared.look(text_wrap=True, indent=int(place[1] > 0)))


def _write_day(shared: _Book, sheet: Any, place: tuple[int, int], day: dt.date) -> None:
    stamp = pd.Timestamp(day).tz_localize(None)
    if stamp.date() < _FIRST_DAY:
        _put(sheet, *place, stamp.date().isoformat(), shared.look(align="right"))
    else:
        look = shared.look(num_format="d mmmm yyyy", align="right")
        sheet.write_datetime(*place, stamp.to_pydatetime(), look)


def _write_pairs(shared: _Book, sheet: Any, row: int, pairs: Sequence[tuple[str, str]]) -> None:
    """Notes below a table, each on one line that may run on to the right."""
    for number, (name, text) in enumerate(pairs):
        line = f"{name}: {text}" if name else text
        _put(sheet, row + number, 0, line, shared.look(font_color="#404040"))


def _write_text(shared: _Book, sheet: Any, document: Document) -> None:
    rows: list[tuple[str, str, str]] = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                rows.append((section.heading, "Text", block.text))
            elif isinstance(block, Bullets):
                rows += [(section.heading, "Point", item) for item in block.items]
            elif isinstance(block, Facts):
                rows += [(section.heading, fact.label, " ".join((fact.value, fact.note)).strip())
                         for fact in block.facts]  # fmt: skip
            elif isinstance(block, Chart | Picture):
                rows.append((section.heading, block.title, block.description))
    _write_rows(shared, sheet, ("Section", "Part", "What it says"), rows, (34, 40, 90))


def _write_rows(
    shared: _Book,
    sheet: Any,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    start: int = 0,
) -> None:
    for place, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(place, place, width)
        _put(sheet, start, place, heading, shared.look(bold=True, bottom=1))
    for row, texts in enumerate(rows, start=start + 1):
        for place, text in enumerate(texts):
            _put(sheet, row, place, text, shared.look(text_wrap=True))
    sheet.freeze_panes(start + 1, 0)


def _write_notes(shared: _Book, sheet: Any, document: Document) -> None:
    rows = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                rows += [(block.title, name, text) for name, text in block.notes]
            elif isinstance(block, Chart | Picture):
                rows += [(block.title, "Source", source) for source in block.sources]
    rows = [("This report", name, text) for name, text in list_facts(document)] + rows
    _write_rows(shared, sheet, ("About", "Note", "What to know"), rows, (44, 24, 100))


def _write_contents(shared: _Book, sheet: Any, document: Document) -> None:
    _put(sheet, 0, 0, document.title, shared.look(bold=True, font_size=18))
    _put(sheet, 1, 0, document.subtitle, shared.look())
    _put(sheet, 2, 0, name_running_line(document), shared.look(font_color="#404040"))
    _put(sheet, 3, 0, f"Newest figures: {document.data_date}", shared.look(font_color="#404040"))
    headings = ("Sheet", "What it holds", "Section of the report")
    blank = [("", holds, section) for _, holds, section in shared.contents]
    _write_rows(shared, sheet, headings, blank, (36, 80, 36), start=5)
    link = shared.look(font_color="#12436D", underline=1)
    for row, (name, _, _) in enumerate(shared.contents, start=6):
        quoted = name.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{quoted}'!A1", link, name)
    sheet.activate()
