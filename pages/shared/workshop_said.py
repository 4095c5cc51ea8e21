"""What people wrote, for the lead: read it, show it, hide it, remove it. Plain text only."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd
import sqlalchemy as sa
import streamlit as st

from data.errors import DataError
from data.store.engine import open_store
from data.store.workshop_words import (
    ASSET_KINDS,
    HIDDEN,
    SHOWN,
    WAITING,
    hide_asset,
    hide_comment,
    remove_asset,
    remove_comment,
    show_asset,
    show_comment,
)
from pages.shared.access import current_visitor
from pages.shared.page import show_note
from pages.shared.workshop_data import Shown, key_of

PROBLEM = "moderation_problem"
MOST_SHOWN = 20
STATE_LABELS = {WAITING: "Waiting", SHOWN: "Shown", HIDDEN: "Hidden"}
Change = Callable[[sa.Engine, int, str], None]


@dataclass(frozen=True)
class Kind:
    """Comments or community assets: their words, their number's column, what can be done."""

    key: str
    many: str
    number: str
    show: Change
    hide: Change
    remove: Change


COMMENTS = Kind("comment", "comments", "comment_id", show_comment, hide_comment, remove_comment)
ASSETS = Kind("asset", "community assets", "asset_id", show_asset, hide_asset, remove_asset)


def _change(change: Change, number: int) -> None:
    try:
        change(open_store(), number, current_visitor().name)
    except DataError as error:
        st.session_state[PROBLEM] = str(error)


def show_moderation(shown: Shown, kind: Kind) -> None:
    """A list with buttons, by state; the newest first."""
    table = shown.results.comments if kind is COMMENTS else shown.results.assets
    if problem := st.session_state.pop(PROBLEM, ""):
        st.error(problem, icon=":material/error:")
    counts = table["state"].value_counts()
    key = f"{kind.key}_state"
    # What waits comes first: nobody sees it before the lead does something.
    proposed = WAITING if counts.get(WAITING, 0) else SHOWN
    state = st.segmented_control(
        f"Which {kind.many}",
        list(STATE_LABELS),
        format_func=lambda one: f"{STATE_LABELS[one]} ({int(counts.get(one, 0)):,})",
        default=proposed,
        key=key,
        label_visibility="collapsed",
        required=True,
    )
    rows = table[table["state"] == state].iloc[::-1]
    if rows.empty:
        show_note(f"No {kind.many} here.")
    for row in rows.head(MOST_SHOWN).to_dict("records"):
        _show_one(shown, kind, {str(k): v for k, v in row.items()})
    if len(rows) > MOST_SHOWN:
        show_note(f"The newest {MOST_SHOWN} of {len(rows):,}; the others follow as you go on.")


def describe_one(shown: Shown, kind: Kind, row: dict[str, object]) -> tuple[str, str]:
    """What somebody wrote, and the line below it: subject, and ward where that names nobody."""
    ward = str(row["ward"])
    if kind is COMMENTS:
        about = shown.room.questions.get(key_of(int(str(row["question_id"]))), "In general")
        where = shown.names.get(ward, "") if ward in shown.room.shown_wards else ""
        return str(row["words"]), " · ".join(filter(None, (about, where)))
    kind_words = ASSET_KINDS.get(str(row["kind"]), "")
    parts = (kind_words, shown.names.get(ward, "No ward said"), str(row["note"]))
    return str(row["name"]), " · ".join(filter(None, parts))


def _show_one(shown: Shown, kind: Kind, row: dict[str, object]) -> None:
    number, state = int(str(row[kind.number])), str(row["state"])
    words, below = describe_one(shown, kind, row)
    with st.container(border=True, gap="small"):
        st.html(
            f'<ul class="needs-said"><li>{html.escape(words)}'
            f"<small>{html.escape(below)}</small></li></ul>"
        )
        with st.container(horizontal=True):
            if state != SHOWN:
                _button("Show", "visibility", kind, kind.show, number)
            if state != HIDDEN:
                _button("Hide", "visibility_off", kind, kind.hide, number)
            _button("Remove", "delete", kind, kind.remove, number)


def _button(label: str, icon: str, kind: Kind, change: Change, number: int) -> None:
    st.button(
        label,
        key=f"{kind.key}_{label.casefold()}_{number}",
        icon=f":material/{icon}:",
        on_click=partial(_change, change, number),
        help="Deletes the words for good" if label == "Remove" else None,
    )


def count_waiting(table: pd.DataFrame) -> int:
    """How many wait for the lead."""
    return int((table["state"] == WAITING).sum())
