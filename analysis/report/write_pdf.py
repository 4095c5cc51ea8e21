"""A document as a tagged PDF (PDF/UA-1): headings, tables and text alternatives for all readers."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

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
from analysis.report.pdf_template import TEMPLATE
from analysis.report.pictures import draw_safe, shape_of
from analysis.report.printed import (
    AUTHOR,
    NO_PICTURE,
    UNREADABLE,
    clean_document,
    list_facts,
    name_running_line,
    print_table,
)
from analysis.report.table_fit import Room, fit_in_parts, fit_whole

_STANDING, _LYING = Room(481, (9.5, 8.5)), Room(728, (9.5, 8.5, 7.5))  # A4 less 20 mm, in points
_WIDE, _HIGH = 170.0, 150.0  # millimetres that a picture may take
#: Signs of Western languages, which the font has.
_COMMON = {chr(code) for code in (*range(32, 127), *range(160, 383))} | set("–—‘’“”…•€−£\n\t")


def write_pdf(document: Document) -> bytes:
    """The document as PDF, A4: title page, contents, bookmarks, page x of y.

    A letter that none of the fonts has is printed as `UNREADABLE`: the standard allows no
    empty boxes.
    """
    document = clean_document(document)
    content = json.dumps(_describe(document), ensure_ascii=False)
    missing: dict[str, str | int | None] = {
        sign: UNREADABLE for sign in set(content) - _COMMON if not _is_printable(sign)
    }
    content = content.translate(str.maketrans(missing))
    return _compile(TEMPLATE, content)


def _compile(template: str, content: str) -> bytes:
    import typst

    return typst.compile(
        template.encode(),
        sys_inputs={"document": content},
        font_paths=_load_fonts(),
        pdf_standards=["ua-1"],
    )


@lru_cache(maxsize=1)
def _load_fonts() -> Any:
    """The fonts that come with the libraries: the same letters on every machine."""
    import font_source_sans_pro
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])


@lru_cache(maxsize=10_000)
def _is_printable(sign: str) -> bool:
    """Whether one of the fonts has a sign: tried with a page that holds nothing else."""
    import typst

    page = """#set document(title: "Probe")
    #set text(font: ("Source Sans Pro", "DejaVu Sans Mono"))
    #sys.inputs.document"""
    try:
        _compile(page, sign)
    except typst.TypstError:
        return False
    return True


def _describe(document: Document) -> dict[str, Any]:
    """The document as plain data for the template."""
    language, _, region = document.language.partition("-")
    made = document.made
    return {
        "title": document.title or "Report",
        "author": AUTHOR,
        "subtitle": document.subtitle,
        "date": {"year": made.year, "month": made.month, "day": made.day},
        "lang": language,
        "region": region or "GB",
        "running": name_running_line(document),
        "facts": list_facts(document),
        "sections": [_describe_section(s, n) for n, s in enumerate(document.sections)],
    }


def _describe_section(section: Section, number: int) -> dict[str, Any]:
    return {
        "heading": section.heading or "Section",
        "level": section.level if number else 1,  # a document's first heading is of level 1
        "blocks": [_describe_block(b, f"s{number}-{n}") for n, b in enumerate(section.blocks)],
    }


def _describe_block(block: Block, key: str) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text, "tone": block.tone}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": list(block.items)}
    if isinstance(block, Facts):
        facts = [{"label": f.label, "value": f.value, "note": f.note} for f in block.facts]
        return {"kind": "facts", "facts": facts}
    if isinstance(block, Table):
        return _describe_table(block)
    return _describe_picture(block, key)


def _describe_table(block: Table) -> dict[str, Any]:
    printed = print_table(block)
    whole = fit_whole(printed, _STANDING)
    fits = [whole] if whole else fit_in_parts(printed, _LYING)
    if not printed.rows or not printed.headings:
        fits = []
    parts = [
        {
            "caption": block.title + (f" (part {n} of {len(fits)})" if len(fits) > 1 else ""),
            "size": fit.size,
            "widths": list(fit.widths),
            "figures": [printed.figures[place] for place in fit.columns],
            "headings": [printed.headings[place] for place in fit.columns],
            "rows": [[row[place] for place in fit.columns] for row in printed.rows],
        }
        for n, fit in enumerate(fits, start=1)
    ]
    notes = [f"{name}: {text}" if name else text for name, text in block.notes]
    lying = bool(parts) and not whole
    return {"kind": "table", "title": block.title, "parts": parts, "notes": notes,
            "landscape": lying}  # fmt: skip


def _describe_picture(block: Chart | Picture, key: str) -> dict[str, Any]:
    svg = draw_safe(block, key)
    wide, high = shape_of(svg or "")
    description = block.description if svg else f"{NO_PICTURE} {block.description}"
    return {
        "kind": "picture",
        "title": block.title,
        "subtitle": block.subtitle,
        "svg": svg,
        "width": min(_WIDE, _HIGH * wide / high),
        "description": description or block.title,
        "sources": list(block.sources),
    }
