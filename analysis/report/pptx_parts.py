"""The ground of a slide file: 16:9 layouts, fonts, footers, text boxes and text alternatives."""

from __future__ import annotations

import copy
import math
import textwrap
from collections.abc import Sequence
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

WIDTH, HEIGHT = 13.333, 7.5  # inches
SIDE = 0.6
ROOM = WIDTH - 2 * SIDE
#: Where the body of a slide begins, below title and subtitle, and ends, above the sources.
BODY_TOP, BODY_BOTTOM = 1.75, 6.45
INK, SOFT, ACCENT = (
    RGBColor(0x22, 0x29, 0x2C),
    RGBColor(0x4A, 0x53, 0x56),
    RGBColor(0x12, 0x43, 0x6D),
)
LINE = "C9CFD2"
#: Points of letters.
BODY_SIZE, NOTE_SIZE, SMALL_SIZE = 20, 18, 12
_LETTER = 0.53  # mean width of a letter of Arial, as a share of its size
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"

Box = tuple[float, float, float, float]  # left, top, width, height in inches


def open_slides() -> Any:
    """An empty presentation, 16:9, with a title layout and a layout with a title alone."""
    file = pptx.Presentation()
    file.slide_width, file.slide_height = Inches(WIDTH), Inches(HEIGHT)
    keep = (file.slide_layouts[0], file.slide_layouts[5])
    for layout in [layout for layout in file.slide_layouts if layout not in keep]:
        file.slide_layouts.remove(layout)
    theme = file.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'typeface="Calibri"', b'typeface="Arial"')
    _shape_placeholders(file.slide_masters[0], 1.0, 28)
    _shape_placeholders(keep[0], 1.6, 40, top=2.0)
    _shape_placeholders(keep[1], 1.0, 28)
    return file


def _shape_placeholders(page: Any, high: float, size: float, top: float = 0.35) -> None:
    kinds = PP_PLACEHOLDER
    places: dict[Any, Box] = {
        kinds.TITLE: (SIDE, top, ROOM, high),
        kinds.CENTER_TITLE: (SIDE, top, ROOM, high),
        kinds.SUBTITLE: (SIDE, top + high + 0.2, ROOM, 2.2),
        kinds.BODY: (SIDE, BODY_TOP, ROOM, BODY_BOTTOM - BODY_TOP),
        kinds.FOOTER: (SIDE, 7.0, ROOM - 1.5, 0.35),
        kinds.SLIDE_NUMBER: (SIDE + ROOM - 1.2, 7.0, 1.2, 0.35),
        kinds.DATE: (SIDE, 7.2, 1.0, 0.2),
    }
    for holder in page.placeholders:
        kind = holder.placeholder_format.type
        place(holder, places[kind])
        frame = holder.text_frame
        frame.margin_left = frame.margin_right = 0
        if kind in (kinds.TITLE, kinds.CENTER_TITLE):
            frame.vertical_anchor = MSO_ANCHOR.BOTTOM if kind == kinds.CENTER_TITLE else (
                MSO_ANCHOR.MIDDLE
            )  # fmt: skip
            _set_default(holder, size, "12436D", bold=True)
        elif kind == kinds.SUBTITLE:
            _set_default(holder, 22, "4A5356")
        elif kind in (kinds.FOOTER, kinds.SLIDE_NUMBER):
            _set_default(holder, 12, "4A5356", align="l" if kind == kinds.FOOTER else "r")


def _set_default(
    holder: Any, size: float, colour: str, *, bold: bool = False, align: str = "l"
) -> None:
    """How the text of a placeholder looks unless a slide says otherwise."""
    styles = holder.text_frame._txBody.find(qn("a:lstStyle"))
    for child in list(styles):
        styles.remove(child)
    styles.append(
        parse_xml(
            f'<a:lvl1pPr {nsdecls("a")} algn="{align}" marL="0" indent="0"><a:buNone/>'
            f'<a:defRPr sz="{int(size * 100)}" b="{int(bold)}"><a:solidFill>'
            f'<a:srgbClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        )
    )


def place(shape: Any, box: Box) -> None:
    """Put a shape into a box."""
    shape.left, shape.top, shape.width, shape.height = (Emu(int(Inches(part))) for part in box)


def add_slide(file: Any, title: str, running: str, notes: str) -> Any:
    """A slide with its title, footer, number and what a presenter may say."""
    layout = file.slide_layouts[1]
    slide = file.slides.add_slide(layout)
    slide.shapes.title.text = title
    fit = slide.shapes.title.text_frame
    lines = count_lines(title, ROOM * 72, 28)
    if lines > 2:
        for line in fit.paragraphs:
            line.font.size = Pt(max(18, 28 * math.sqrt(2 / lines)))
    for holder in layout.placeholders:
        kind = holder.placeholder_format.type
        if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            element = copy.deepcopy(holder._element)
            slide.shapes._spTree.append(element)
            if kind == PP_PLACEHOLDER.FOOTER:
                shape = slide.shapes[-1]
                shape.text_frame.text = running
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    return slide


def count_lines(text: str, width: float, size: float) -> int:
    """The lines that a text takes in a width in points."""
    letters = max(4, int(width / (size * _LETTER)))
    return sum(max(1, len(textwrap.wrap(line, letters))) for line in text.split("\n"))


def shorten(text: str, width: float, size: float, lines: int) -> str:
    """A text cut at a word where it takes more lines than there are; the notes have it whole."""
    letters = max(4, int(width / (size * _LETTER)))
    if count_lines(text, width, size) <= lines:
        return text
    return textwrap.shorten(text, int(letters * lines * 0.92), placeholder=" …")


def add_text(
    slide: Any,
    box: Box,
    lines: Sequence[tuple[str, float, RGBColor, bool]],
    name: str,
    *,
    bullets: bool = False,
    anchor: Any = MSO_ANCHOR.TOP,
) -> Any:
    """A text box of paragraphs, each with size, colour and weight."""
    shape = slide.shapes.add_textbox(*(Inches(part) for part in box))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (text, size, colour, bold) in enumerate(lines):
        line = frame.paragraphs[0] if not number else frame.add_paragraph()
        line.space_after = Pt(size * 0.35)
        run = line.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
        if bullets:
            _add_bullet(line)
    return shape


def _add_bullet(line: Any) -> None:
    properties = line._p.get_or_add_pPr()
    properties.set("marL", "285750")
    properties.set("indent", "-285750")
    properties.append(parse_xml(f'<a:buFont {nsdecls("a")} typeface="Arial"/>'))
    properties.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))


def describe(shape: Any, title: str, description: str) -> None:
    """The name and text alternative of a picture, chart or table."""
    properties = next(shape._element.iter(qn("p:cNvPr")))
    properties.set("name", title[:120] or "Figure")
    properties.set("descr", description)


def set_language(file: Any, language: str) -> None:
    """The language of every text, for spelling and reading aloud."""
    pages = [*file.slides, *file.slide_layouts, *file.slide_masters]
    pages += [slide.notes_slide for slide in file.slides if slide.has_notes_slide]
    for page in pages:
        for run in page._element.iter(qn("a:r"), qn("a:fld")):
            run.get_or_add_rPr().set("lang", language)
        for rest in page._element.iter(qn("a:endParaRPr"), qn("a:defRPr")):
            rest.set("lang", language)


def fill_cell(
    cell: Any, text: str, size: float, *, bold: bool = False, right: bool = False
) -> None:
    """A table's cell: text, thin line below (strong below a heading), no fill."""
    cell.margin_left, cell.margin_right = Pt(5), Pt(5)
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if bold else MSO_ANCHOR.TOP
    line = cell.text_frame.paragraphs[0]
    line.alignment = 3 if right else 1  # PP_ALIGN.RIGHT, LEFT
    run = line.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, INK
    thick, colour = (15_875, "22292C") if bold else (6_350, LINE)
    edge = parse_xml(
        f'<a:lnB {nsdecls("a")} w="{thick}"><a:solidFill><a:srgbClr val="{colour}"/>'
        "</a:solidFill></a:lnB>"
    )
    cell._tc.get_or_add_tcPr().insert(0, edge)


def clear_style(table: Any) -> None:
    """No stripes; the first row is marked as header."""
    table.first_row, table.horz_banding, table.first_col = True, False, True
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
