"""Wards by action areas as a table of the page: shaded, with ranks and signs, to choose from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.need_matrix import (
    SIGN_WORDS,
    count_partial,
    describe_matrix,
    make_matrix_rows,
    make_matrix_table,
)
from analysis.palette import MAP_COLOURS, SEQUENTIAL_KEYS
from analysis.words import count_words
from pages.shared.downloads import Offer, show_offer
from pages.shared.need_notes import notes_of, sources_note
from pages.shared.needs import Needs, make_need_snippet
from pages.shared.page import current_theme, show_note
from pages.shared.tables import MOST_ROWS, class_colours

_FOLDER = Path(__file__).parent
_matrix = st.components.v2.component(
    "need_matrix",
    js=(_FOLDER / "matrix.js").read_text("utf-8"),
    css=(_FOLDER / "matrix.css").read_text("utf-8"),
)


def _make_colours() -> dict[str, str]:
    theme = current_theme()
    colours = {"--selected": MAP_COLOURS[theme]["selected"]}
    for step, key in enumerate(SEQUENTIAL_KEYS, 1):
        colours[f"--fill-{step}"], colours[f"--ink-{step}"] = class_colours(key, theme)
    return colours


def show_matrix(needs: Needs, key: str, on_choose: Callable[[str, str], None]) -> None:
    """Show the scores of all wards on all action areas.

    Args:
        needs: what is shown.
        key: name of the table on the page.
        on_choose: called with a ward code and an action area id, each "" where not chosen.
    """

    def follow() -> None:
        state: Any = st.session_state.get(key) or {}
        if chosen := state.get("chosen"):
            on_choose(str(chosen.get("ward", "")), str(chosen.get("area", "")))

    selected = needs.selection.ward
    rows = make_matrix_rows(needs.all, needs.wards, selected=selected, most=MOST_ROWS)
    data = {
        "caption": f"Need scores of the wards of {needs.place} by action area",
        "areas": [{"id": n.area.id, "heading": n.area.heading} for n in needs.all],
        "rows": rows,
        "ward": selected,
        "area": needs.choices.action_area,
        "colours": _make_colours(),
    }
    _matrix(key=key, data=data, on_chosen_change=follow)
    _show_matrix_notes(needs, len(rows))
    show_offer(lambda: _make_offer(needs), key)


def _show_matrix_notes(needs: Needs, shown: int) -> None:
    darker = "Lighter" if current_theme() == "dark" else "Darker"
    counts = count_partial(needs.all)
    cut = shown < len(needs.wards)
    show_note(
        "Each cell: need score from 0 to 100, its sign, and the ward's rank in "
        f"{needs.place}. {darker} means more need",
        SIGN_WORDS,
        "Choose a ward by its name, an action area by its heading, or both by a cell",
        f"The {shown} wards with the highest mean score; all are in the data below" if cut else "",
    )
    partial = count_words(counts["partial"], "score rests", "scores rest")
    withheld = count_words(counts["withheld"], "score is", "scores are")
    show_note(
        f"{partial} on part of the indicators, as the cell says" if counts["partial"] else "",
        f"{withheld} withheld: under half of the indicators, or of their weight, has a figure"
        if counts["withheld"]
        else "",
        sources_note(*needs.all),
    )


def _make_offer(needs: Needs) -> Offer:
    return Offer(
        name=f"need_scores_{needs.strategy.id}_{needs.place}",
        table=make_matrix_table(needs.all, needs.wards),
        notes=notes_of(needs, needs.all),
        description=describe_matrix(needs.all, needs.names, needs.place),
        layer="ward",
        embeds=[make_need_snippet("action-areas", needs)],
    )
