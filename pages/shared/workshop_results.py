"""The results of a workshop on the page: what the room chose, by ward, and beside the figures."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from analysis.map_view import format_number
from analysis.room_document import SMALL_WARDS, tabulate_assets, tabulate_comments
from analysis.room_figures import plot_room, plot_room_and_data
from analysis.room_words import (
    EVIDENCE_METHOD,
    METHOD_WORDS,
    OTHERS,
    describe_comparison,
    describe_room,
    explain_waiting,
    list_differences,
    make_comparison_title,
    make_room_title,
    tabulate_by_ward,
    tabulate_firsts,
    tabulate_room,
    warn_small_room,
)
from pages.shared.charts import show_chart
from pages.shared.page import current_theme, show_note
from pages.shared.tables import show_table
from pages.shared.workshop_data import Shown, list_evidence_sources

#: How much larger charts are on a wall: few questions leave room for larger letters.
LEAST_SCALE, MOST_SCALE, SCALED_ROWS = 1.7, 2.4, 12
MOST_ON_WALL = 6
MOST_WARDS_ON_WALL = 9
SIGNS = "▲ the room puts it two places higher or more, ▼ lower, ● much alike"


def show_results(shown: Shown, key: str, *, wall: bool = False) -> None:
    """A bar for each question; before there are enough votes, what is asked."""
    if waiting := explain_waiting(shown.room):
        items = "".join(f"<li>{html.escape(q.words)}</li>" for q in shown.workshop.questions)
        st.html(f'<ol class="needs-asked">{items}</ol>')
        show_note(waiting)
        return
    scale = _scale(shown) if wall else 1
    figure = plot_room(shown.table, shown.unit, theme=current_theme(), scale=scale)
    if wall:
        _show_narrow(shown, ["Question", "Share (%)"])
    show_chart(figure, f"{key}-results", describe_room(shown.room))
    if shown.by_ward.empty and len(shown.names) > 1 and not wall:
        show_note("No ward can be shown apart yet", _small_wards(shown))
    show_note(METHOD_WORDS[shown.room.method], warn_small_room(shown.room))


def _show_narrow(shown: Shown, columns: list[str]) -> None:
    """Instead of the chart that follows, a small table where the screen is narrow."""
    table = tabulate_room(shown.room, shown.beside)[columns]
    for column in columns[1:]:
        table[column] = ["–" if pd.isna(n) else format_number(n, 0) for n in table[column]]
    body = table.to_html(index=False, border=0, escape=True)
    st.html(f'<div class="needs-wide"></div><div class="needs-narrow needs-scroll">{body}</div>')


def _scale(shown: Shown) -> float:
    asked = len(shown.workshop.questions)
    return min(MOST_SCALE, max(LEAST_SCALE, SCALED_ROWS / asked))


def _small_wards(shown: Shown) -> str:
    return SMALL_WARDS.format(fewest=shown.room.fewest)


def show_comparison(shown: Shown, key: str, *, wall: bool = False) -> None:
    """The room beside the figures, with a line for each difference."""
    if shown.beside.empty:
        show_note("The questions are not action areas of the strategy, so there are no need "
                  "scores to put beside them.")  # fmt: skip
        return
    if waiting := explain_waiting(shown.room):
        show_note(waiting)
        return
    scale = _scale(shown) if wall else 1
    figure = plot_room_and_data(shown.beside, shown.unit, theme=current_theme(), scale=scale)
    _show_narrow(shown, ["Question", "Place in the room", "Place by need score"])
    show_chart(figure, f"{key}-figures", describe_comparison(shown.beside, shown.place))
    lines = list_differences(shown.beside)
    if not wall and lines:
        st.html("<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in lines) + "</ul>")
    show_note(SIGNS, warn_small_room(shown.room))
    show_note(EVIDENCE_METHOD)
    if not wall:
        show_note(f"Sources of the need scores: {list_evidence_sources(shown.workshop.area_code)}")


def show_by_ward(shown: Shown, *, wall: bool = False) -> None:
    """The shares by ward, for wards with enough people."""
    if shown.by_ward.empty:
        show_note(explain_waiting(shown.room) or "No ward can be shown apart yet",
                  _small_wards(shown))  # fmt: skip
        return
    if wall:
        firsts = tabulate_firsts(shown.by_ward, shown.room.questions, shown.names)
        if len(firsts) > MOST_WARDS_ON_WALL:
            firsts = pd.concat([firsts.head(MOST_WARDS_ON_WALL - 1), firsts.tail(1)])
        show_table(firsts, "What each ward puts first")
        show_note(_small_wards(shown))
        return
    table = tabulate_by_ward(shown.by_ward, shown.room.questions, shown.names)
    words = table.copy()
    for heading in table.columns[2:]:
        words[heading] = [format_number(share, 0, "%") for share in table[heading]]
    words.columns = [str(c).removesuffix(" (%)") for c in words.columns]
    show_table(words, "Share by ward")
    show_note(f"Each row adds up to 100 %: share of all {shown.unit} of the ward",
              _small_wards(shown))  # fmt: skip


def render_said(table: pd.DataFrame, text: str, about: tuple[str, ...]) -> str:
    """What people wrote as a list in HTML: plain text, whatever is in it.

    Args:
        table: plain headings.
        text: the column in large letters.
        about: the columns below it.
    """
    items = []
    for row in table.to_dict("records"):
        small = " · ".join(str(row[column]) for column in about if row[column])
        items.append(f"<li>{html.escape(str(row[text]))}<small>{html.escape(small)}</small></li>")
    return f'<ul class="needs-said">{"".join(items)}</ul>'


def show_wall_said(shown: Shown) -> None:
    """The newest comments in large letters."""
    # The index counts them as they came.
    table = tabulate_comments(shown.write_down()).sort_index(ascending=False).head(MOST_ON_WALL)
    if table.empty:
        show_note("Nobody’s comment is shown yet.")
        return
    table["Ward"] = table["Ward"].replace(OTHERS, "")
    st.html(render_said(table, "Comment", ("About", "Ward")))


def show_wall_assets(shown: Shown) -> None:
    """The newest community assets in large letters."""
    table = tabulate_assets(shown.write_down()).sort_index(ascending=False).head(MOST_ON_WALL)
    if table.empty:
        show_note("No community asset has been named yet.")
        return
    st.html(render_said(table, "Name", ("Kind", "Ward", "Note")))


def title_of(shown: Shown, show: str) -> str:
    """The finding of one view of the wall."""
    if show == "figures" and shown.room.is_enough and len(shown.beside):
        return make_comparison_title(shown.beside)
    if show == "said":
        return "What people in the room say"
    if show == "assets":
        return "Places and people to build on"
    if show == "wards":
        return "What each ward puts first"
    return make_room_title(shown.room)
