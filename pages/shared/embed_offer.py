"""“Put this in a web page”: the snippet that shows a chart or map of a page on another website."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import streamlit as st

from analysis.embed import MOST_WARDS, SHAPES, Snippet
from data.errors import DataError
from data.load import load_periods
from data.own.shelf import is_own
from pages.shared.page import show_note
from pages.shared.places import place_name, wards_of
from pages.shared.selection import DEFAULT_CLASSES, DEFAULT_COMPARE

#: A period of the address -> the indicator it belongs to.
_PERIODS = {"period": "indicator", "other_period": "other"}
#: More snippets than these are chosen from a list.
MOST_AT_ONCE = 2
_USUAL = {"classes": DEFAULT_CLASSES, "compare": DEFAULT_COMPARE}


def make_snippet(kind: str, title: str, address: Mapping[str, str]) -> Snippet:
    """The offer of a view; where it shows the newest figures, the snippet always will.

    Args:
        kind: of `analysis.embed.SHAPES`.
        title: what and where, for screen readers.
        address: fields that the kind takes.
    """
    kept = {name: value for name, value in address.items() if _USUAL.get(name) != value}
    for name, owner in _PERIODS.items():
        if kept.get(name) and kept[name] == _newest(kept.get(owner, "")):
            del kept[name]
    return Snippet(kind, title, kept)


def _newest(indicator: str) -> str:
    try:
        return load_periods(indicator)[-1]
    except DataError:
        return ""


def find_base(address: str) -> str:
    """The address of the dashboard itself, from that of one of its pages."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/"


def show_snippets(snippets: Sequence[Snippet], key: str) -> None:
    """The snippets to copy, each with a look at what it shows; nothing where they cannot work."""
    # `streamlit run` alone does not serve what the snippets show.
    if not snippets or not st.context.url or "EMBEDS_SERVED" not in os.environ:
        return
    base = find_base(st.context.url)
    if len(snippets) > MOST_AT_ONCE:
        number = st.selectbox(
            "Put one in a web page", range(len(snippets)), key=f"{key}-which",
            format_func=lambda place: snippets[place].title,
        )  # fmt: skip
        snippets = [snippets[number]]
    for snippet in snippets:
        if any(is_own(value) for value in snippet.address.values()):
            show_note("Figures that you brought cannot stand in other websites: they are yours.")
            continue
        name = SHAPES[snippet.kind].name
        area = snippet.address["area"]
        if len(wards_of(area)) > MOST_WARDS:
            show_note(
                f"Put the {name} in a web page: {place_name(area)} has too many wards for that. "
                "Choose a council, county or London."
            )
            continue
        show_note(f"Put the {name} in a web page: paste this into the page, as HTML.")
        st.code(snippet.write(base), language="html", wrap_lines=True)
        st.link_button(
            f"See the {name} by itself",
            base + snippet.path,
            icon=":material/open_in_new:",
            key=f"{key}-embed-{snippet.kind}",
        )
