"""The template of a file of scored impacts: an empty sheet that helps to fill it right."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from data.assessment_fields import COLUMNS, MOST_BYTES, MOST_ROWS, SHEET

NOTES = (
    ("How to use", f"Fill in the sheet “{SHEET}”, one row for each score, and choose the file on "
     "the page “Covid impact assessment”. The dashboard reads it for this visit only."),
    ("Scores change", "For a new score add a row with the same Id and a new date. Leave the old "
     "row as it is: it is the history."),
    ("Not scored", "Leave Impact and Likelihood empty. Date, area and confidence may then be "
     "empty too."),
    ("Formulas", "Are not computed. Write the number or the date itself."),
    ("Cells", "Do not merge cells. Empty rows do no harm."),
    ("Size", f"At most {MOST_ROWS:,} rows and {MOST_BYTES // 1_000_000} MB, as .xlsx or CSV, "
     "without password or macros."),
)  # fmt: skip


def _write_list(
    book: Any, name: str, headings: Sequence[str], rows: Sequence[Sequence[str]], head: Any
) -> None:
    page = book.add_worksheet(name)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for place, heading in enumerate(headings):
        page.write_string(0, place, heading, head)
        page.set_column(place, place, 36)
    for row, texts in enumerate(rows, start=1):
        for place, text in enumerate(texts):
            page.write_string(row, place, text, wrap)
    page.freeze_panes(1, 0)


def make_template(
    indicators: Mapping[str, str],
    wards: Mapping[str, str],
    rows: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """An Excel workbook: headings with lists to choose from, notes, indicators and wards.

    Args:
        indicators: names by id, for the sheet of evidence indicators.
        wards: names by code.
        rows: texts by column key, already filled in; none for an empty template.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        _write_sheet(book, rows, head)
        _write_list(book, "Notes", ("About", "What to know"), NOTES, head)
        needs = {"always": "always", "triggered": "where scored", "": "may be empty"}
        about = [
            (c.heading, needs[c.needed], c.hint, c.example, ", ".join(c.allowed)) for c in COLUMNS
        ]
        headings = ("Column", "Needed", "What to write", "Example", "Allowed values")
        _write_list(book, "Columns", headings, about, head)
        _write_list(book, "Indicators", ("Id", "Indicator"), list(indicators.items()), head)
        _write_list(book, "Wards", ("Code", "Ward"), list(wards.items()), head)
    return stream.getvalue()


def _write_sheet(book: Any, rows: Sequence[Mapping[str, str]], head: Any) -> None:
    """The sheet to fill in; typed so that a version 1.10 or an id 007 stays as it is."""
    page = book.add_worksheet(SHEET)
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "0", "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    formats = {"impact": number, "likelihood": number, "date": day}
    for place, column in enumerate(COLUMNS):
        width = 44 if column.longest > 100 else 16
        page.set_column(place, place, width, formats.get(column.key, text))
        page.write_string(0, place, column.heading, head)
        rule: dict[str, Any] = {"input_title": column.heading, "input_message": column.hint[:250]}
        if column.allowed:
            rule |= {"validate": "list", "source": list(column.allowed)}
        elif column.key in ("impact", "likelihood"):
            rule |= {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 5}
        else:
            rule |= {"validate": "any"}
        page.data_validation(1, place, MOST_ROWS, place, rule)
        for row, texts in enumerate(rows, start=1):
            if texts.get(column.key):
                page.write_string(row, place, texts[column.key], text)
    page.freeze_panes(1, 2)
