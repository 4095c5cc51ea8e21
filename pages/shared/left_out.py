"""Views of many indicators go on without one whose table or entry in the catalogue is broken."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from data.foundations import find_fault
from data.own.shelf import current_catalogue
from pages.shared.plain import as_plain


def keep_sound(indicators: Iterable[str]) -> tuple[str, ...]:
    """The indicators that have figures, in their order; `list_left_out` says why others do not."""
    return tuple(i for i in indicators if not find_fault(i))


def list_left_out(indicators: Iterable[str]) -> list[str]:
    """A sentence for each of the indicators that a view has to leave out: which, why, the cure."""
    known = current_catalogue().indicators
    faults = {i: find_fault(i) for i in dict.fromkeys(indicators)}
    return [f"{known[i].name} is left out. {why}" for i, why in faults.items() if why]


def show_left_out(indicators: Iterable[str]) -> None:
    """Say which indicators a view has to leave out, and why; nothing where it has them all."""
    for sentence in list_left_out(indicators):
        st.warning(as_plain(sentence), icon=":material/error:")
