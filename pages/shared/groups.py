"""Groups of wards that a visitor puts together, kept in the session and carried by links.

In an address the parameter `groups` reads `Name:E05000001,E07000011;Other name:…`: a code
is a ward's, or that of a council, county or region for all of its wards. Names are
percent-encoded, so that they may hold any sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

import pandas as pd
import streamlit as st

from analysis.words import join_words
from data.geography_words import ENGLAND
from data.load import load_areas
from data.names import clean_name
from pages.shared.choices import split_codes
from pages.shared.places import wards_of

MOST_GROUPS, MOST_CODES = 6, 300


@dataclass(frozen=True)
class Group:
    """A named group; `codes` are wards, or larger areas that stand for all of their wards."""

    name: str
    codes: tuple[str, ...]

    @property
    def key(self) -> str:
        """What stands for the group among area codes."""
        return f"group:{self.name}"

    @property
    def wards(self) -> pd.DataFrame:
        """The members, each once, in the columns of `places.wards_of` with councils named."""
        codes = [ward for code in self.codes for ward in _expand(code)]
        members = wards_of(ENGLAND)
        return members.loc[list(dict.fromkeys(codes))]


def _expand(code: str) -> list[str]:
    if load_areas().at[code, "area_type"] == "ward":
        return [code]
    return wards_of(code).index.tolist()


def parse_groups(text: str) -> tuple[tuple[Group, ...], list[str]]:
    """Read groups from the parameter of an address.

    Returns:
        the groups that are sound, and a sentence for each thing that was wrong.
    """
    groups: dict[str, Group] = {}
    problems: list[str] = []
    for part in filter(None, text[:20_000].split(";")):
        head, _, tail = part.partition(":")
        name = clean_name(unquote(head))
        codes = split_codes(tail, MOST_CODES + 1, longest=len(tail))
        known = tuple(code for code in codes if code in load_areas().index)
        unknown = [code for code in codes if code not in known]
        shown = name or "without a name"
        if unknown:
            some = join_words([f"“{code[:20]}”" for code in unknown[:5]])
            more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
            problems.append(
                f"The group “{shown}” in the link names {some}{more}, not an area of "
                "England known here: left out."
            )
        if len(codes) > MOST_CODES:
            problems.append(f"The group “{shown}” in the link names over {MOST_CODES} areas.")
            known = ()
        if not name or not known:
            problems.append(f"The group “{shown}” in the link has no name or no ward: left out.")
        elif len(groups) >= MOST_GROUPS:
            problems.append(f"The link has more than {MOST_GROUPS} groups; “{name}” is left out.")
        else:
            groups[name] = Group(name, known)
    return tuple(groups.values()), problems


def groups_text(groups: tuple[Group, ...]) -> str:
    """The parameter of an address from which `parse_groups` reads the groups again."""
    return ";".join(f"{quote(group.name, safe=' ')}:{','.join(group.codes)}" for group in groups)


def current_groups() -> tuple[Group, ...]:
    """The visitor's groups; call it after `selection.current_selection`.

    Groups of a link take the place of those with the same name and join the others.
    """
    stored: tuple[Group, ...] = st.session_state.get("ward_groups", ())
    arrival = st.session_state.get("arrival", 0)
    if st.session_state.get("groups_arrival") != arrival:
        found, problems = parse_groups(st.session_state.get("arrived_with", {}).get("groups", ""))
        for group in found:
            stored = _with_group(stored, group)
        st.session_state["link_problems"] = [*st.session_state["link_problems"], *problems]
        st.session_state["groups_arrival"] = arrival
        st.session_state["ward_groups"] = stored
    return stored


def _with_group(groups: tuple[Group, ...], group: Group) -> tuple[Group, ...]:
    others = tuple(other for other in groups if other.name != group.name)
    return (*others, group)[-MOST_GROUPS:]


def save_group(name: str, codes: tuple[str, ...]) -> str:
    """Keep a group for the session, in place of one with the same name. For callbacks.

    Returns:
        what is wrong, "" where the group was saved.
    """
    name = clean_name(name)
    if not name:
        return "Give the group a name."
    if not codes:
        return "Choose at least one ward."
    if len(codes) > MOST_CODES:
        return f"A group can name {MOST_CODES} wards or areas at most; choose whole councils."
    groups: tuple[Group, ...] = st.session_state.get("ward_groups", ())
    if len(groups) >= MOST_GROUPS and name not in {group.name for group in groups}:
        return f"There are {MOST_GROUPS} groups already. Remove one first."
    st.session_state["ward_groups"] = _with_group(groups, Group(name, codes))
    st.session_state["link_problems"] = []
    return ""


def remove_group(name: str) -> None:
    """Forget a group. For callbacks."""
    groups: tuple[Group, ...] = st.session_state.get("ward_groups", ())
    st.session_state["ward_groups"] = tuple(group for group in groups if group.name != name)
