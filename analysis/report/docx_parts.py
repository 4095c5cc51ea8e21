"""What python-docx has no call for: language, fields, links, marked header rows, alt texts."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Arial"
INK, SOFT, ACCENT = (
    RGBColor(0x22, 0x29, 0x2C),
    RGBColor(0x4A, 0x53, 0x56),
    RGBColor(0x12, 0x43, 0x6D),
)
MARGIN, WIDE, HIGH = 20, 210, 297  # millimetres of A4

#: Style -> size, colour, bold, space before and after.
_LOOKS: dict[str, tuple[float, RGBColor, bool, int, int]] = {
    "Normal": (10.5, INK, False, 0, 6),
    "Title": (28, ACCENT, True, 120, 8),
    "Subtitle": (15, SOFT, False, 0, 24),
    "Heading 1": (20, ACCENT, True, 0, 8),
    "Heading 2": (15, ACCENT, True, 18, 6),
    "Heading 3": (12, INK, True, 14, 4),
    "Caption": (11, INK, True, 14, 2),
    "List Bullet": (10.5, INK, False, 0, 4),
    "Footer": (8.5, SOFT, False, 0, 0),
}


def prepare_styles(file: Any, language: str) -> None:
    """Set the fonts, sizes and colours of all styles in use, and the language of the text."""
    for name, (size, colour, bold, before, after) in _LOOKS.items():
        style = file.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
        style.font.italic, style.font.color.rgb = False, colour
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if "heme" in key]:
            del fonts.attrib[key]
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), FONT)
        for tag in ("w:spacing", "w:kern"):
            for part in style.element.rPr.findall(qn(tag)):
                style.element.rPr.remove(part)
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        if name.startswith("Heading") or name == "Caption":
            shape.keep_with_next = True
    border = file.styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    quiet = file.styles.add_style("Note", 1)
    quiet.base_style = file.styles["Normal"]
    quiet.font.size, quiet.font.color.rgb = Pt(8.5), SOFT
    quiet.paragraph_format.space_after = Pt(2)
    for lang in file.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field such as PAGE, with what it shows until it is computed."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown),
                       ("end", "")):  # fmt: skip
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
            continue
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """A place that links of the document lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def add_link(paragraph: Any, text: str, bookmark: str) -> None:
    """A link to a place of the document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.underline = ACCENT, True
    link.append(run._r)
    paragraph._p.append(link)


def describe_table(table: Any, title: str, description: str) -> None:
    """The text alternative of a table, and its first row as the header that pages repeat."""
    for tag, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        part = OxmlElement(tag)
        part.set(qn("w:val"), text[:250])
        table._tbl.tblPr.append(part)
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(_switch("w:tblHeader"))
    for each in table.rows:
        each._tr.get_or_add_trPr().insert(0, _switch("w:cantSplit"))


def _switch(tag: str) -> Any:
    part = OxmlElement(tag)
    part.set(qn("w:val"), "true")
    return part


def draw_edges(table: Any, inside: str = "C9CFD2") -> None:
    """Thin lines between rows, a strong one below the header, none upright."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for name, value in (("firstRow", "1"), ("firstColumn", "1"), ("noHBand", "1"),
                        ("noVBand", "1"), ("lastRow", "0"), ("lastColumn", "0")):  # fmt: skip
        if look is not None:
            look.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:tblBorders")
    for side, size, colour in (("top", 0, inside), ("bottom", 6, inside), ("insideH", 4, inside)):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if size else "nil")
        line.set(qn("w:sz"), str(size))
        line.set(qn("w:color"), colour)
        borders.append(line)
    # The order of parts is fixed by the format: borders stand before layout and look.
    before = table._tbl.tblPr.find(qn("w:tblLayout"))
    (before if before is not None else look).addprevious(borders)
    for cell in table.rows[0].cells:
        edges = OxmlElement("w:tcBorders")
        line = OxmlElement("w:bottom")
        for key, value in (("val", "single"), ("sz", "10"), ("color", "22292C")):
            line.set(qn(f"w:{key}"), value)
        edges.append(line)
        cell._tc.get_or_add_tcPr().append(edges)


def describe_picture(shape: Any, title: str, description: str) -> None:
    """The text alternative of a picture."""
    properties = shape._inline.docPr
    properties.set("descr", description)
    properties.set("title", title)


def turn_page(file: Any, *, landscape: bool) -> None:
    """Begin a page that lies or stands."""
    section = file.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    long, short = Mm(HIGH), Mm(WIDE)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.different_first_page_header_footer = False


def set_up_page(file: Any) -> None:
    """A4 with even margins."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(WIDE), Mm(HIGH)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
