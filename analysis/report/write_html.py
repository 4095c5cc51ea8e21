"""A document as one HTML file: no script, nothing fetched, readable on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

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
from analysis.report.html_style import STYLE
from analysis.report.pictures import draw_safe
from analysis.report.printed import (
    AUTHOR,
    NO_PICTURE,
    clean_document,
    list_facts,
    name_running_line,
    print_table,
    tabulate_chart,
)

_SHORT = 16  # letters of a text that stays on one line, such as a date
# Even if hostile text came through, the file itself forbids scripts and requests.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def write_html(document: Document) -> bytes:
    """The document as a self-contained HTML page in UTF-8.

    Headings, lists, tables with headings by scope, charts and maps as drawings with a title and
    a description, each chart with its figures in a table that opens.
    """
    document = clean_document(document)
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(document.language)}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="author" content="{escape(AUTHOR)}">',
        f"<title>{escape(document.title)}</title><style>{STYLE}</style></head><body>",
        '<a class="skip" href="#main">Skip to the report</a>',
        _write_head(document),
        '<main id="main">',
        *(_write_section(section, n) for n, section in enumerate(document.sections, start=1)),
        f"</main><footer>{escape(name_running_line(document))}</footer></body></html>",
    ]
    return "\n".join(parts).encode("utf-8")


def _write_head(document: Document) -> str:
    facts = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>"
        for name, text in list_facts(document)
    )
    links = "".join(
        f'<li class="level-{section.level}"><a href="#section-{n}">{escape(section.heading)}</a>'
        "</li>"
        for n, section in enumerate(document.sections, start=1)
    )
    contents = f'<nav aria-label="Contents"><h2>Contents</h2><ul>{links}</ul></nav>'
    return (
        f'<header><h1>{escape(document.title)}</h1><p class="lead">{escape(document.subtitle)}</p>'
        f"<dl>{facts}</dl>{contents if links else ''}</header>"
    )


def _write_section(section: Section, number: int) -> str:
    rank = section.level + 1
    blocks = "\n".join(
        _write_block(block, f"s{number}-{n}", rank + 1) for n, block in enumerate(section.blocks)
    )
    heading = f'<h{rank} id="section-{number}">{escape(section.heading)}</h{rank}>'
    return (
        f'<section class="level-{section.level}" aria-labelledby="section-{number}">'
        f"{heading}\n{blocks}</section>"
    )


def _write_block(block: Block, key: str, rank: int) -> str:
    if isinstance(block, Paragraph):
        return f'<p class="{block.tone}">{_lines(block.text)}</p>'
    if isinstance(block, Bullets):
        return "<ul>" + "".join(f"<li>{_lines(item)}</li>" for item in block.items) + "</ul>"
    if isinstance(block, Facts):
        return _write_facts(block)
    if isinstance(block, Table):
        return write_table(block, f'<h{rank} class="title">{escape(block.title)}</h{rank}>', key)
    return _write_drawing(block, key, rank)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _write_facts(block: Facts) -> str:
    items = "".join(
        f"<div><dt>{_lines(fact.label)}</dt><dd><strong>{_lines(fact.value)}</strong>"
        f"{f'<span>{_lines(fact.note)}</span>' if fact.note else ''}</dd></div>"
        for fact in block.facts
    )
    return f'<dl class="facts">{items}</dl>'


def write_table(table: Table, heading: str, key: str) -> str:
    """A table as HTML in a box of its own that scrolls; `heading` is HTML, `key` its id."""
    printed = print_table(table)
    sides = ['class="figure"' if figure else "" for figure in printed.figures]
    head = "".join(
        f'<th scope="col" {side}>{escape(text)}</th>'
        for text, side in zip(printed.headings, sides, strict=True)
    )
    body = "".join(f"<tr>{''.join(_write_cells(row, sides))}</tr>" for row in printed.rows)
    empty = "" if printed.rows else "<p class='quiet'>No rows.</p>"
    return (
        f'{heading}<div class="wide" role="region" tabindex="0" aria-label="{escape(table.title)}">'
        f'<table id="{key}"><caption class="unseen">{escape(table.title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{empty}"
        f"{_write_notes(table.notes)}"
    )


def _write_cells(row: Sequence[str], sides: Sequence[str]) -> Iterator[str]:
    for place, (text, side) in enumerate(zip(row, sides, strict=True)):
        if not place:
            yield f'<th scope="row">{_lines(text)}</th>'
        else:
            short = 'class="short"' if len(text) <= _SHORT else ""
            yield f"<td {side or short}>{_lines(text)}</td>"


def _write_notes(notes: Sequence[tuple[str, str]]) -> str:
    lines = (f"{escape(name)}: {_lines(text)}" if name else _lines(text) for name, text in notes)
    return "".join(f'<p class="quiet">{line}</p>' for line in lines)


def _write_drawing(block: Chart | Picture, key: str, rank: int) -> str:
    svg = draw_safe(block, key) or f'<p class="quiet">{NO_PICTURE} {escape(block.description)}</p>'
    sources = "".join(f'<p class="quiet">{_lines(source)}</p>' for source in block.sources)
    figures = ""
    if isinstance(block, Chart):
        table = write_table(tabulate_chart(block, notes=False), "", f"{key}-figures")
        figures = f"<details><summary>The figures of this chart</summary>{table}</details>"
    return (
        f'<h{rank} class="title">{escape(block.title)}</h{rank}>'
        f'<figure><figcaption>{_lines(block.subtitle)}</figcaption><div class="wide">{svg}</div>'
        f"</figure>{sources}{figures}"
    )
