"""Choices that belong to one page, kept in the address beside the common selection.

A page describes its choices as a frozen dataclass and a function that reads it from the
parameters of an address. Nothing here knows what a page lets people choose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from data.own.shelf import list_gone
from pages.shared.offered import when_offered
from pages.shared.page import keep

Choices = TypeVar("Choices")
Parser = Callable[[Mapping[str, str], Choices], tuple[Choices, list[str]]]


def current_choices(page: str, default: Choices, parse: Parser[Choices]) -> Choices:
    """The visitor's choices on a page; call it after `selection.current_selection`.

    Args:
        page: name of the page, under which the choices are kept.
        default: what is chosen where nothing is said.
        parse: parameters of the address and the choices so far -> choices that go together,
            and a sentence for each thing that was wrong in the address.
    """
    stored = st.session_state.get(f"choices:{page}", default)
    arrival = st.session_state.get("arrival", 0)
    if st.session_state.get(f"arrival:{page}") != arrival:
        stored, problems = parse(st.session_state.get("arrived_with", {}), stored)
        st.session_state["link_problems"] = [*st.session_state["link_problems"], *problems]
        st.session_state[f"arrival:{page}"] = arrival
    if gone := list_gone(repr(stored)):
        # A figure may be removed at any time, also by a colleague of whoever looks at it.
        stored = default
        st.session_state["link_problems"] = [*st.session_state["link_problems"], *gone]
    st.session_state[f"choices:{page}"] = stored
    return stored


def choose_here(page: str, **changes: Any) -> None:
    """Change a page's choices; for widget callbacks, after the page ran once."""
    key = f"choices:{page}"
    st.session_state["chose"] = True
    st.session_state[key] = replace(st.session_state[key], **changes)
    st.session_state["link_problems"] = []


def split_codes(text: str, most: int = 50, longest: int = 2000) -> tuple[str, ...]:
    """The different parts of a comma-separated parameter, in order, at most `most` of them.

    Only the first `longest` letters are read.
    """
    parts = (part.strip() for part in text[:longest].split(","))
    return tuple(dict.fromkeys(part for part in parts if part))[:most]


def pick_here(
    page: str,
    field: str,
    label: str,
    options: Mapping[str, str],
    value: str,
    key: str,
    hint: str = "",
) -> None:
    """A list that changes one of a page's own choices.

    Args:
        page: the name its choices are kept under.
        field: the choice that is changed.
        label: what stands above the list.
        options: value -> what the list shows for it.
        value: what is chosen now.
        key: of the widget.
        hint: what the question mark says, "" for none.
    """
    keep(key, value)
    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=key,
        on_change=when_offered(key, options, lambda value: choose_here(page, **{field: value})),
        help=hint or None,
    )
