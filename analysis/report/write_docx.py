"""A document as a Word file: real headings, marked tables, pictures with text alternatives."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from analysis.report.blocks import (
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Paragraph,
    Picture,
    Section,
    Table,
)
from analysis.report.docx_parts import (
    ACCENT,
    HIGH,
    MARGIN,
    SOFT,
    WIDE,
    add_bookmark,
    add_field,
    add_link,
    describe_picture,
    describe_table,
    draw_edges,
    prepare_styles,
    set_up_page,
    turn_page,
)
from analysis.report.pictures import draw_png
from analysis.report.printed import (
    AUTHOR,
    NO_PICTURE,
    PrintedTable,
    clean_document,
    list_facts,
    name_running_line,
    print_table,
)
from analysis.report.table_fit import Part, Room, fit_in_parts, fit_whole

_POINT = 72 / 25.4  # points in a millimetre
_STANDING = Room((WIDE - 2 * MARGIN) * _POINT, (9.5, 8.5))
_LYING = Room((HIGH - 2 * MARGIN) * _POINT, (9.5, 8.5, 7.5))
_FACTS_IN_A_ROW = 4


@dataclass
class _Counts:
    """Figures and tables so far, which are numbered."""

    figures: int = 0
    tables: int = 0


def write_docx(document: Document) -> bytes:
    """The document as .docx, A4: title page, contents with links, sections, page x of y."""
    document = clean_document(document)
    file = docx.Document()
    prepare_styles(file, document.language)
    set_up_page(file)
    _set_properties(file, document)
    _write_front(file, document)
    _write_footer(file, document)
    counts = _Counts()
    for number, section in enumerate(document.sections, start=1):
        _write_section(file, section, number, counts)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _set_properties(file: Any, document: Document) -> None:
    core = file.core_properties
    core.title, core.subject, core.author = document.title, document.subtitle, AUTHOR
    core.last_modified_by, core.comments, core.language = AUTHOR, "", document.language
    core.created = core.modified = dt.datetime.combine(document.made, dt.time(), dt.UTC)


def _write_front(file: Any, document: Document) -> None:
    file.add_paragraph(document.title, style="Title")
    file.add_paragraph(document.subtitle, style="Subtitle")
    for name, text in list_facts(document):
        line = file.add_paragraph()
        line.add_run(f"{name}: ").font.color.rgb = SOFT
        line.add_run(text)
    heading = file.add_paragraph("Contents")
    heading.paragraph_format.space_before = Pt(48)
    heading.runs[0].font.size, heading.runs[0].font.bold = Pt(13), True
    heading.runs[0].font.color.rgb = ACCENT
    for number, section in enumerate(document.sections, start=1):
        line = file.add_paragraph()
        line.paragraph_format.left_indent = Mm(6 * (section.level - 1))
        line.paragraph_format.space_after = Pt(3)
        add_link(line, section.heading, f"section_{number}")


def _write_footer(file: Any, document: Document) -> None:
    line = file.sections[0].footer.paragraphs[0]
    stops = line.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Mm(WIDE - 2 * MARGIN), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{name_running_line(document)}\tPage ")
    add_field(line, "PAGE", "1")
    line.add_run(" of ")
    add_field(line, "NUMPAGES", "1")


def _write_section(file: Any, section: Section, number: int, counts: _Counts) -> None:
    heading = file.add_heading(section.heading, level=section.level)
    # The first section turns the page too: the title page stands alone.
    heading.paragraph_format.page_break_before = section.level == 1 or number == 1
    add_bookmark(heading, f"section_{number}", number)
    for block in section.blocks:
        _write_block(file, block, counts)


def _write_block(file: Any, block: Block, counts: _Counts) -> None:
    if isinstance(block, Paragraph):
        _write_paragraph(file, block)
    elif isinstance(block, Bullets):
        for item in block.items:
            file.add_paragraph(item, style="List Bullet")
    elif isinstance(block, Facts):
        _write_facts(file, block)
    elif isinstance(block, Table):
        counts.tables += 1
        _write_table(file, block, counts.tables)
    else:
        counts.figures += 1
        _write_picture(file, block, counts.figures)


def _write_paragraph(file: Any, block: Paragraph) -> None:
    line = file.add_paragraph(block.text, style="Note" if block.tone == "quiet" else "Normal")
    if block.tone == "strong":
        for run in line.runs:
            run.font.bold, run.font.size = True, Pt(12)


def _write_facts(file: Any, block: Facts) -> None:
    """Figures of a summary as small tables: labels as header, figures, words on them."""
    for start in range(0, len(block.facts), _FACTS_IN_A_ROW):
        facts = block.facts[start : start + _FACTS_IN_A_ROW]
        table = file.add_table(rows=2, cols=len(facts))
        table.autofit = False
        width = Mm((WIDE - 2 * MARGIN) / _FACTS_IN_A_ROW)
        for place, fact in enumerate(facts):
            label, value = table.cell(0, place), table.cell(1, place)
            label.width = value.width = width
            _fill(label, fact.label, 9, color=SOFT)
            _fill(value, fact.value, 16, bold=True, color=ACCENT)
            if fact.note:
                run = value.add_paragraph().add_run(fact.note)
                run.font.size, run.font.color.rgb = Pt(9), SOFT
        describe_table(table, "Key figures", ", ".join(fact.label for fact in facts))
        file.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(
    cell: Any, text: str, size: float, *, bold: bool = False, color: Any = None, right: bool = False
) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(1)
    line.paragraph_format.space_before = Pt(1)
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = line.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    if color is not None:
        run.font.color.rgb = color


def _write_table(file: Any, block: Table, number: int) -> None:
    """A table on the standing page, on a lying one where it is wide, in parts where very wide."""
    printed = print_table(block)
    caption = f"Table {number}. {block.title}"
    if not printed.headings or not printed.rows:
        file.add_paragraph(caption, style="Caption")
        file.add_paragraph("No rows.", style="Note")
        return
    whole = fit_whole(printed, _STANDING)
    parts = [whole] if whole else fit_in_parts(printed, _LYING)
    if not whole:
        turn_page(file, landscape=True)
    for place, part in enumerate(parts):
        words = f"{caption} (part {place + 1} of {len(parts)})" if len(parts) > 1 else caption
        file.add_paragraph(words, style="Caption")
        _fill_table(file, printed, part, words)
    for name, text in block.notes:
        line = file.add_paragraph(f"{name}: {text}" if name else text, style="Note")
        line.paragraph_format.space_before = Pt(2)
    if not whole:
        turn_page(file, landscape=False)


def _fill_table(file: Any, printed: PrintedTable, part: Part, caption: str) -> None:
    table = file.add_table(rows=len(printed.rows) + 1, cols=len(part.columns))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, part.widths, strict=True):
        column.width = Pt(width)
    lines: list[Sequence[str]] = [printed.headings, *printed.rows]
    for number, (row, texts) in enumerate(zip(table.rows, lines, strict=True)):
        # The cells of a row are read once: each reading of them walks the whole row.
        cells = row.cells
        for place, column in enumerate(part.columns):
            cells[place].width = Pt(part.widths[place])
            _fill(cells[place], texts[column], part.size, bold=number == 0,
                  right=printed.figures[column])  # fmt: skip
    described = f"{len(printed.rows)} rows: {', '.join(printed.headings)}"
    describe_table(table, caption, described)
    draw_edges(table)


def _write_picture(file: Any, block: Chart | Picture, number: int) -> None:
    file.add_paragraph(f"Figure {number}. {block.title}", style="Caption")
    under = file.add_paragraph(block.subtitle, style="Note")
    under.paragraph_format.keep_with_next = True
    png = draw_png(block)
    if png is None:
        file.add_paragraph(f"{NO_PICTURE} {block.description}")
    else:
        room, most = WIDE - 2 * MARGIN, 150
        width = min(room, most * png.width / png.height)
        line = file.add_paragraph()
        line.paragraph_format.keep_with_next = bool(block.sources)
        shape = line.add_run().add_picture(io.BytesIO(png.content), width=Mm(width))
        describe_picture(shape, block.title, block.description)
    for source in block.sources:
        file.add_paragraph(source, style="Note")
