"""Text that people wrote, put where Streamlit would read Markdown: shown as it is."""

from __future__ import annotations

import re

# Signs of emphasis, code, links, HTML, formulas, tables; and colons around a name, which
# Streamlit turns into icons and colours.
_SIGNS = re.compile(r"([\\`*_\[\]<>$~|&])|:(?=[\w+/-]+:)|^(?=\s*#)")
# What becomes a link without any sign around it.
_LINKS = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?=@)", re.IGNORECASE)
_JOINER = "\u2060"  # takes no room


def as_plain(text: str) -> str:
    """The text so that Markdown shows it letter by letter, on one line."""
    marked = _SIGNS.sub(lambda found: f"\\{found.group()}", " ".join(text.split()))
    return _LINKS.sub(_JOINER, marked)
