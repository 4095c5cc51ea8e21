"""The kinds of file a pack can be written as; each writer is imported when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.report.blocks import Document

WORKBOOK = "xlsx"
_OPEN_XML = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """One kind of file: its id and ending, what people call it, what it is good for, its type."""

    id: str
    name: str
    words: str
    mime: str
    write: Callable[[Document], bytes]


def _write_docx(document: Document) -> bytes:
    from analysis.report.write_docx import write_docx

    return write_docx(document)


def _write_pdf(document: Document) -> bytes:
    from analysis.report.write_pdf import write_pdf

    return write_pdf(document)


def _write_pptx(document: Document) -> bytes:
    from analysis.report.write_pptx import write_pptx

    return write_pptx(document)


def _write_xlsx(document: Document) -> bytes:
    from analysis.report.write_xlsx import write_xlsx

    return write_xlsx(document)


def _write_html(document: Document) -> bytes:
    from analysis.report.write_html import write_html

    return write_html(document)


FORMATS = {
    kind.id: kind
    for kind in (
        Format("docx", "Word", "to edit and circulate",
               f"{_OPEN_XML}.wordprocessingml.document", _write_docx),
        Format("pdf", "PDF", "to read and print", "application/pdf", _write_pdf),
        Format("pptx", "PowerPoint", "slides with charts you can edit",
               f"{_OPEN_XML}.presentationml.presentation", _write_pptx),
        Format("xlsx", "Excel", "one sheet for each table",
               f"{_OPEN_XML}.spreadsheetml.sheet", _write_xlsx),
        Format("html", "Web page", "one file for any browser", "text/html", _write_html),
    )
}  # fmt: skip
