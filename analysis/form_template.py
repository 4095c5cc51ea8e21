"""The template of a spreadsheet that people fill in: an empty sheet that helps to fill it right."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from data.forms import Column, Form

NEEDED_WORDS = {"always": "always", "": "may be empty"}


@dataclass(frozen=True)
class ListSheet:
    """A sheet beside the form: its name, headings and rows of texts."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def make_form_template(
    form: Form,
    sheets: Sequence[ListSheet],
    kinds: Mapping[str, Literal["whole", "number", "day"]],
    rows: Sequence[Mapping[str, Any]] = (),
) -> bytes:
    """An Excel workbook: headings with lists to choose from, then further sheets.

    Args:
        form: its sheet and columns.
        sheets: written behind it.
        kinds: by column key, where a column does not hold text.
        rows: values by column key, already filled in: texts, numbers or days.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        _write_form(book, form, kinds, rows, head)
        for sheet in sheets:
            _write_list(book, sheet, head)
    return stream.getvalue()


def describe_columns(form: Form, triggered: str) -> ListSheet:
    """The sheet that says what each column holds; `triggered` is such as "where scored"."""
    words = {**NEEDED_WORDS, "triggered": triggered}
    rows = [
        (c.heading, words[c.needed], c.hint, c.example, ", ".join(c.allowed)) for c in form.columns
    ]
    return ListSheet("Columns", ("Column", "Needed", "What to write", "Example", "Allowed values"),
                     rows)  # fmt: skip


def _write_list(book: Any, sheet: ListSheet, head: Any) -> None:
    page = book.add_worksheet(sheet.name)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for place, heading in enumerate(sheet.headings):
        page.write_string(0, place, heading, head)
        page.set_column(place, place, 36)
    for row, texts in enumerate(sheet.rows, start=1):
        for place, text in enumerate(texts):
            page.write_string(row, place, text, wrap)
    page.freeze_panes(1, 0)


def _make_rule(column: Column, kind: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"input_title": column.heading, "input_message": column.hint[:250]}
    if column.allowed:
        return rule | {"validate": "list", "source": list(column.allowed)}
    if kind == "whole":
        return rule | {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 5}
    return rule | {"validate": "any"}


def _write_form(
    book: Any,
    form: Form,
    kinds: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    head: Any,
) -> None:
    """The sheet to fill in; typed so that a version 1.10 or an id 007 stays as it is."""
    page = book.add_worksheet(form.sheet)
    shapes: dict[str, dict[str, Any]] = {
        "text": {"num_format": "@", "text_wrap": True},
        "whole": {"num_format": "0"},
        "number": {"num_format": "General"},
        "day": {"num_format": "dd/mm/yyyy"},
    }
    formats = {name: book.add_format({**how, "valign": "top"}) for name, how in shapes.items()}
    for place, column in enumerate(form.columns):
        kind = kinds.get(column.key, "text")
        width = 44 if column.longest > 100 else 16
        page.set_column(place, place, width, formats[kind])
        page.write_string(0, place, column.heading, head)
        page.data_validation(
            1, place, form.limits.most_rows, place, _make_rule(column, kind)
        )  # fmt: skip
        for row, values in enumerate(rows, start=1):
            value = values.get(column.key)
            if value is None or value == "":
                continue
            if isinstance(value, str):
                page.write_string(row, place, value, formats["text"])
            elif kind == "day":
                page.write_datetime(row, place, value, formats[kind])
            else:
                page.write_number(row, place, value, formats[kind])
    page.freeze_panes(1, 2)
