"""Make, see and remove groups of wards."""

from __future__ import annotations

import html

import streamlit as st

from analysis.words import count_words, join_words
from data.geography_words import ENGLAND
from data.load import load_manifest
from data.names import LONGEST_NAME
from pages.shared.downloads import Offer, show_offer
from pages.shared.group_figures import make_group_table
from pages.shared.groups import (
    Group,
    current_groups,
    remove_group,
    save_group,
)
from pages.shared.page import show_note
from pages.shared.places import place_codes, place_label, place_name, wards_of
from pages.shared.selection import Selection

HOW = (
    "Counts of the wards are added up and then divided. Scores and means are means of the wards, "
    "weighted by the people or homes they speak for. Wards without a figure are named."
)


def plain(text: str) -> str:
    """Text with the signs of Markdown taken literally."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-!|~$:" else sign for sign in text)


def _label(code: str) -> str:
    names = wards_of(ENGLAND)["name"]
    return names[code] if code in names.index else f"All wards of {place_label(code)}"


def _options(selection: Selection) -> list[str]:
    """Wards and whole places, those of the place shown first."""
    own = wards_of(selection.area).index.tolist()
    inside = set(own)
    others = [code for code in wards_of(ENGLAND)["name"].sort_values().index if code not in inside]
    return [*own, *(code for code in place_codes() if code != ENGLAND), ENGLAND, *others]


def show_group_editor(selection: Selection) -> None:
    """A box in which groups are made and removed; closed it costs nothing."""
    groups = current_groups()
    count = f" ({len(groups)})" if groups else ""
    box = st.expander(
        f"Groups of wards{count}",
        icon=":material/group_work:",
        key="group-editor",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        show_note(
            "Put wards together and give them a name, for example the villages around a town. "
            + HOW
        )
        with st.form("new-group", border=False):
            st.text_input("Name of the group", key="group_name", max_chars=LONGEST_NAME)
            st.multiselect(
                "Wards, or all wards of a council",
                _options(selection),
                format_func=_label,
                key="group_codes",
                placeholder="Type the name of a ward or a council",
            )
            st.form_submit_button("Save the group", on_click=_save)
        if problem := st.session_state.pop("group_problem", ""):
            st.warning(problem)
        for place, group in enumerate(groups):
            _show_one(group, place)


def _save() -> None:
    problem = save_group(st.session_state["group_name"], tuple(st.session_state["group_codes"]))
    st.session_state["group_problem"] = problem
    if not problem:
        st.session_state["group_name"], st.session_state["group_codes"] = "", []


def _show_one(group: Group, place: int) -> None:
    names = [_label(code) for code in group.codes[:12]]
    if len(group.codes) > 12:
        names.append(f"{len(group.codes) - 12} more")
    wards = count_words(len(group.wards), "ward", "wards")
    text, button = st.columns([5, 1], vertical_alignment="center")
    text.html(
        f"<p><strong>{html.escape(group.name)}</strong>, {wards}: "
        f"{html.escape(join_words(names))}</p>"
    )
    button.button(
        "Remove",
        key=f"remove-group-{place}",
        on_click=remove_group,
        args=(group.name,),
        help=f"Remove the group {plain(group.name)}",
    )


def show_group_tables(selection: Selection) -> None:
    """A table of all indicators, with downloads, for each group."""
    benchmark = (selection.benchmark_code, place_name(selection.benchmark_code))
    for place, group in enumerate(current_groups()):
        show_offer(
            lambda group=group: _offer(group, benchmark),  # type: ignore[misc]
            f"group-{place}",
            f"All figures of the group “{plain(group.name)}”",
        )


def _offer(group: Group, benchmark: tuple[str, str]) -> Offer:
    members = [_label(code) for code in group.wards.index]
    table = make_group_table(group, benchmark)
    lacking = int((table["Note"] != "").sum())
    words = (
        f"{group.name}: {count_words(len(members), 'ward', 'wards')} together, "
        f"{len(table)} indicators compared with {benchmark[1]}. "
        f"{count_words(lacking, 'figure has', 'figures have')} a note on wards without a figure "
        "or on figures that are estimated."
    )
    notes = (
        ("Group", group.name),
        ("Wards", "; ".join(members)),
        ("How", HOW),
        ("Intervals", "95 %: Wilson for proportions, Byar for rates; none for scores and means"),
        ("Compared with", benchmark[1]),
        ("Sources", "Each indicator's source stands on the page About the data"),
        ("Build of the tables", str(load_manifest().get("tables_sha256", ""))[:12]),
    )
    return Offer(f"group {group.name}", table, notes, words)
