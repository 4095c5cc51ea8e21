"""A document as slides, 16:9: native charts and tables, one message a slide, notes to speak."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches, Pt

from analysis.report.blocks import (
    Block,
    Bullets,
    Chart,
    Document,
    Fact,
    Facts,
    Paragraph,
    Picture,
    Section,
    Table,
)
from analysis.report.chart_svg import best_kind
from analysis.report.pictures import draw_png
from analysis.report.pptx_bars import split_bars
from analysis.report.pptx_chart import add_chart
from analysis.report.pptx_parts import (
    ACCENT,
    BODY_BOTTOM,
    BODY_SIZE,
    BODY_TOP,
    INK,
    NOTE_SIZE,
    ROOM,
    SIDE,
    SMALL_SIZE,
    SOFT,
    add_slide,
    add_text,
    clear_style,
    count_lines,
    describe,
    fill_cell,
    open_slides,
    place,
    set_language,
    shorten,
)
from analysis.report.printed import (
    AUTHOR,
    NO_PICTURE,
    PrintedTable,
    clean_document,
    list_facts,
    name_running_line,
    print_table,
)
from analysis.report.svg_marks import known
from analysis.report.table_fit import Part, Room, fit_in_parts

_MOST_ROWS, _MOST_LINES, _MOST_FACTS = 10, 13, 8
_POINTS = ROOM * 72
_TABLE_ROOM = Room(_POINTS, (14, 13, 12))
_TABLE_HEIGHT = (BODY_BOTTOM - 1.55) * 72
Line = tuple[str, str]  # the kind of a line of text ("plain", "strong", "quiet", "point"), text


class _Slides:
    """The file being written, with what every slide carries."""

    def __init__(self, document: Document) -> None:
        self.file = open_slides()
        self.running = name_running_line(document)

    def add(self, title: str, section: Section, *notes: str) -> Any:
        said = [note for note in (*notes, section.notes) if note]
        return add_slide(self.file, title, self.running, "\n\n".join(said))


def write_pptx(document: Document) -> bytes:
    """The document as .pptx: a title slide, then for each section its text, figures, tables."""
    document = clean_document(document)
    slides = _Slides(document)
    _write_front(slides, document)
    for section in document.sections:
        _write_section(slides, section)
    set_language(slides.file, document.language)
    core = slides.file.core_properties
    core.title, core.subject, core.author = document.title, document.subtitle, AUTHOR
    core.comments = ""
    core.last_modified_by, core.language = AUTHOR, document.language
    core.created = core.modified = dt.datetime.combine(document.made, dt.time())
    stream = io.BytesIO()
    slides.file.save(stream)
    return stream.getvalue()


def _write_front(slides: _Slides, document: Document) -> None:
    slide = slides.file.slides.add_slide(slides.file.slide_layouts[0])
    slide.shapes.title.text = document.title
    under = slide.placeholders[1].text_frame
    under.text = document.subtitle
    for name, text in list_facts(document):
        line = under.add_paragraph()
        line.text = f"{name}: {text}"
        line.font.size = Pt(18)
    slide.notes_slide.notes_text_frame.text = "\n".join(
        f"{section.heading}" for section in document.sections
    )


def _write_section(slides: _Slides, section: Section) -> None:
    """Text first, then one slide for each figure; without text there is no slide for it."""
    blocks = list(_join_notes(section.blocks))
    lines = list(_list_lines(block for block, _ in blocks))
    pages = list(_fill_pages(lines))
    for number, page in enumerate(pages, start=1):
        _write_lines(slides, section, _count_title(section.heading, number, len(pages)), page)
    for block, notes in blocks:
        _write_block(slides, section, block, notes)
    if not section.blocks:
        slides.add(section.heading, section)


def _count_title(title: str, number: int, count: int) -> str:
    return f"{title} ({number} of {count})" if count > 1 else title


def _join_notes(blocks: Sequence[Block]) -> Iterator[tuple[Block, list[str]]]:
    """Each block with the quiet notes below it, which stand on the slide of their figure."""
    waiting: tuple[Block, list[str]] | None = None
    for block in blocks:
        quiet = isinstance(block, Paragraph) and block.tone == "quiet"
        if waiting and quiet and isinstance(block, Paragraph):
            waiting[1].append(block.text)
            continue
        if waiting:
            yield waiting
        waiting = (block, []) if isinstance(block, Table | Chart | Picture) else None
        if not waiting:
            yield block, []
    if waiting:
        yield waiting


def _write_block(slides: _Slides, section: Section, block: Block, notes: Sequence[str]) -> None:
    if isinstance(block, Facts):
        _write_facts(slides, section, block.facts)
    elif isinstance(block, Table):
        _write_table(
            slides, section, replace(block, notes=[*block.notes, *(("", n) for n in notes)])
        )
    elif isinstance(block, Chart):
        _write_chart(slides, section, replace(block, sources=[*notes, *block.sources]))
    elif isinstance(block, Picture):
        _write_picture(slides, section, replace(block, sources=[*notes, *block.sources]))


def _list_lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from ((block.tone, part) for part in _cut_long(block.text))
        elif isinstance(block, Bullets):
            for item in block.items:
                yield from (("point", part) for part in _cut_long(item))


def _cut_long(text: str) -> list[str]:
    """A text in pieces that each fit on a slide."""
    letters = int(_POINTS / (BODY_SIZE * 0.53)) * (_MOST_LINES - 2)
    return textwrap.wrap(text, letters) or [""]


def _fill_pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    taken = 0.0
    for kind, text in lines:
        need = count_lines(text, _POINTS - 24, BODY_SIZE) + 0.35
        if page and taken + need > _MOST_LINES:
            yield page
            page, taken = [], 0.0
        page.append((kind, text))
        taken += need
    if page:
        yield page


def _write_lines(slides: _Slides, section: Section, title: str, page: Sequence[Line]) -> None:
    slide = slides.add(title, section)
    top = 1.55
    for points, run in _group(page):
        looks = {"strong": (BODY_SIZE, ACCENT, True), "quiet": (NOTE_SIZE, SOFT, False)}
        lines = [(text, *looks.get(kind, (BODY_SIZE, INK, False))) for kind, text in run]
        high = sum(count_lines(text, _POINTS - 24, size) * size * 1.22 + size * 0.35
                   for text, size, _, _ in lines) / 72  # fmt: skip
        add_text(slide, (SIDE, top, ROOM, high), lines, "Points" if points else "Text",
                 bullets=points)  # fmt: skip
        top += high + 0.1


def _group(page: Sequence[Line]) -> list[tuple[bool, list[Line]]]:
    """Lines of a kind together: points in one list, other text in one box."""
    groups: list[tuple[bool, list[Line]]] = []
    for line in page:
        points = line[0] == "point"
        if not groups or groups[-1][0] != points:
            groups.append((points, []))
        groups[-1][1].append(line)
    return groups


def _write_facts(slides: _Slides, section: Section, facts: Sequence[Fact]) -> None:
    pages = [facts[n : n + _MOST_FACTS] for n in range(0, len(facts), _MOST_FACTS)]
    for number, page in enumerate(pages, start=1):
        title = _count_title(f"{section.heading}: key figures", number, len(pages))
        slide = slides.add(title, section)
        columns = min(4, len(page))
        wide = ROOM / columns
        points = (wide - 0.3) * 72
        large = all(count_lines(fact.value, points, 32) < 2 for fact in page)
        size = 32 if large else 24
        for spot, fact in enumerate(page):
            box = (SIDE + spot % columns * wide, 1.9 + spot // columns * 2.4, wide - 0.3, 2.2)
            # The figure first: so the figures stand in line, however long their labels are.
            lines = [
                (shorten(fact.value, points, size, 2), size, ACCENT, True),
                (shorten(fact.label, points, 18, 2), 18, INK, False),
                (shorten(fact.note, points, 18, 2), 18, SOFT, False),
            ]
            add_text(slide, box, [line for line in lines if line[0]], fact.label[:60] or "Figure")


def _write_table(slides: _Slides, section: Section, block: Table) -> None:
    printed = print_table(block)
    notes = [f"{name}: {text}" if name else text for name, text in block.notes]
    if not printed.rows or not printed.headings:
        slide = slides.add(block.title, section, *notes)
        add_text(slide, (SIDE, BODY_TOP, ROOM, 1), [("No rows.", BODY_SIZE, INK, False)], "Text")
        return
    pages = [
        (part, rows)
        for part in fit_in_parts(printed, _TABLE_ROOM)
        for rows in _split_rows(printed, part)
    ]
    for number, (part, rows) in enumerate(pages, start=1):
        title = _count_title(block.title, number, len(pages))
        slide = slides.add(title, section, *notes)
        _fill_table(slide, printed, part, rows, title)
        _write_sources(slide, notes)


def _height_of(printed: PrintedTable, part: Part, texts: Sequence[str]) -> float:
    lines = max(
        count_lines(texts[column], width - 9, part.size)
        for column, width in zip(part.columns, part.widths, strict=True)
    )
    return lines * part.size * 1.22 + 5


def _split_rows(printed: PrintedTable, part: Part) -> list[list[int]]:
    """The rows of each slide: at most ten, fewer where texts take several lines."""
    head = _height_of(printed, part, printed.headings)
    pages: list[list[int]] = [[]]
    taken = head
    for number, row in enumerate(printed.rows):
        high = _height_of(printed, part, row)
        if pages[-1] and (len(pages[-1]) == _MOST_ROWS or taken + high > _TABLE_HEIGHT):
            pages.append([])
            taken = head
        pages[-1].append(number)
        taken += high
    return pages


def _fill_table(
    slide: Any, printed: PrintedTable, part: Part, rows: Sequence[int], title: str
) -> None:
    lines = [printed.headings, *(printed.rows[row] for row in rows)]
    heights = [_height_of(printed, part, texts) for texts in lines]
    frame = slide.shapes.add_table(
        len(lines), len(part.columns), Inches(SIDE), Inches(1.55), Pt(sum(part.widths)),
        Pt(sum(heights)),
    )  # fmt: skip
    described = ", ".join(printed.headings[column] for column in part.columns)
    describe(frame, title, f"Table with {len(rows)} rows: {described}")
    clear_style(frame.table)
    for column, width in zip(frame.table.columns, part.widths, strict=True):
        column.width = Pt(width)
    for number, (texts, high) in enumerate(zip(lines, heights, strict=True)):
        frame.table.rows[number].height = Pt(high)
        for spot, column in enumerate(part.columns):
            fill_cell(frame.table.cell(number, spot), texts[column], part.size,
                      bold=number == 0, right=printed.figures[column])  # fmt: skip


def _write_sources(slide: Any, sources: Sequence[str]) -> None:
    """Sources at the foot in small letters, shortened to two lines; the notes have them whole."""
    text = shorten(" ".join(sources), _POINTS, SMALL_SIZE, 2)
    if text:
        add_text(slide, (SIDE, BODY_BOTTOM + 0.05, ROOM, 0.45), [(text, SMALL_SIZE, SOFT, False)],
                 "Sources", anchor=MSO_ANCHOR.BOTTOM)  # fmt: skip


def _write_under(slide: Any, subtitle: str, wide: float = ROOM) -> None:
    text = shorten(subtitle, wide * 72, NOTE_SIZE, 1)
    if text:
        add_text(slide, (SIDE, 1.35, wide, 0.35), [(text, NOTE_SIZE, SOFT, False)], "Subtitle")


def _write_chart(slides: _Slides, section: Section, block: Chart) -> None:
    notes = (block.subtitle, block.description, *block.sources)
    if not any(known(series.values) for series in block.series):
        slide = slides.add(block.title, section, *notes)
        _write_under(slide, block.subtitle)
        words = f"No figures to draw. {block.description}"
        add_text(slide, (SIDE, 2, ROOM, 3), [(words, BODY_SIZE, INK, False)], "Text")
        return
    parts = split_bars(block)
    for number, part in enumerate(parts, start=1):
        slide = slides.add(_count_title(block.title, number, len(parts)), section, *notes)
        _write_under(slide, block.subtitle)
        add_chart(slide, part, (SIDE, BODY_TOP, ROOM, BODY_BOTTOM - BODY_TOP), block)
        # Bars have no axis that could say what they measure.
        unit = [f"Figures: {block.unit}."] if block.unit and best_kind(block) == "bar" else []
        _write_sources(slide, [*unit, *block.sources])


def _write_picture(slides: _Slides, section: Section, block: Picture) -> None:
    """A map at the left with its description beside it; a wide one takes the whole slide."""
    slide = slides.add(block.title, section, block.subtitle, block.description, *block.sources)
    _write_under(slide, block.subtitle)
    _write_sources(slide, block.sources)
    png = draw_png(block)
    high = BODY_BOTTOM - BODY_TOP
    if png is None:
        words = f"{NO_PICTURE} {block.description}"
        text = shorten(words, _POINTS, BODY_SIZE, 10)
        add_text(slide, (SIDE, BODY_TOP, ROOM, high), [(text, BODY_SIZE, INK, False)], "Text")
        return
    shape = slide.shapes.add_picture(io.BytesIO(png.content), 0, 0)
    share = png.width / png.height
    most = ROOM if share > 2 else ROOM * 0.62
    wide = min(most, high * share)
    place(shape, (SIDE, BODY_TOP, wide, wide / share))
    describe(shape, block.title, block.description)
    beside = ROOM - wide - 0.4
    if beside > 3:
        text = shorten(block.description, beside * 72, BODY_SIZE, 12)
        add_text(slide, (SIDE + wide + 0.4, BODY_TOP + 0.15, beside, high),
                 [(text, BODY_SIZE, INK, False)], "Description")  # fmt: skip
