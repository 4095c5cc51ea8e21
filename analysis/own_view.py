"""Tables of the page Your data as HTML that screen readers read and that shows text as text."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence


def render_table(headings: Sequence[str], rows: Iterable[Sequence[str]], label: str) -> str:
    """A table in a box that a keyboard can scroll.

    Args:
        headings: of the columns.
        rows: one text per cell, escaped here.
        label: what a screen reader calls it.
    """
    head = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in headings)
    body = "".join(
        f"<tr>{''.join(f'<td>{html.escape(text)}</td>' for text in row)}</tr>" for row in rows
    )
    return (
        f'<div class="needs-scroll own-table" role="region" tabindex="0" '
        f'aria-label="{html.escape(label)}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
