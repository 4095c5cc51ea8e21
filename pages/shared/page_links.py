"""Links from page to page that keep the visit: what somebody brought is still there afterwards."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.errors import StreamlitAPIException

FOLDERS = ("explore", "present", "scrutinise", "about")
_ROOT = Path(__file__).resolve().parents[2]


def show_links(links: Mapping[str, str], before: str = "") -> None:
    """Show links in one line; an ordinary link would begin a new visit, without own figures.

    Args:
        links: words -> address such as `ward-map?area=E07000011`.
        before: said in front of them.
    """
    try:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if before:
                st.html(f'<p class="needs-links">{html.escape(before)}</p>', width="content")
            for words, address in links.items():
                page, _, query = address.partition("?")
                params = tuple(parse_qsl(query))
                st.page_link(_file_of(page), label=words, query_params=params)
    except StreamlitAPIException:  # a page that runs alone knows no others
        show_plain_links(links, before)


def show_plain_links(links: Mapping[str, str], before: str = "") -> None:
    """Show ordinary links in one line."""
    written = [
        f'<a href="{html.escape(address)}" target="_self" style="color: inherit">'
        f"{html.escape(words)}</a>"
        for words, address in links.items()
    ]
    st.html(f'<p class="needs-links">{html.escape(before)} {" · ".join(written)}</p>')


def _file_of(page: str) -> str:
    name = page.replace("-", "_") + ".py"
    folder = next(f for f in FOLDERS if (_ROOT / "pages" / f / name).exists())
    return f"pages/{folder}/{name}"
