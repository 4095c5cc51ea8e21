"""A file that a visitor brought lives as long as the visit; who comes back without it is told."""

from __future__ import annotations

import streamlit as st

PARAMETER = "brought"
GONE = (
    "A file was brought to this page, and it is not here any more: this is a link, or the visit "
    "was interrupted. Nothing of the file was kept. Bring it again; if the box below still shows "
    "its name, take it out there first."
)


def say_if_gone(page: str, here: bool) -> None:
    """Say that the file is gone, where the address tells of one and this visit never had it.

    Args:
        page: which page the file belongs to; another may have one of its own.
        here: whether the visit has a file now.
    """
    state, key = st.session_state, f"file_of:{page}"
    if here:
        state[key] = "was here"
    elif PARAMETER in st.query_params:
        state.setdefault(key, "gone")
    if state.get(key) == "gone":
        st.warning(GONE, icon=":material/file_open:")


def address_of_file(here: bool) -> dict[str, str]:
    """The part of the address by which a page that comes back knows of the file."""
    return {PARAMETER: "file"} if here else {}
