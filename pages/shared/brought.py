"""A file that a visitor brought lives as long as the visit; who comes back without it is told."""

from __future__ import annotations

import streamlit as st

PARAMETER = "brought"
GONE = (
    "A file was brought to this page, and it is not here any more: this is a link, or the visit "
    "was interrupted. Nothing of the file was kept. Bring it again; if the box below still shows "
    "its name, take it out there first."
)


def say_if_gone(here: bool) -> None:
    """Say that the file is gone, where the address tells of one and this visit never had it.

    Args:
        here: whether the visit has a file now.
    """
    if here:
        st.session_state["had_a_file"] = True
    elif PARAMETER in st.query_params and not st.session_state.get("had_a_file"):
        st.session_state["file_is_gone"] = True
    if not here and st.session_state.get("file_is_gone"):
        st.warning(GONE, icon=":material/file_open:")


def address_of_file(here: bool) -> dict[str, str]:
    """The part of the address by which a page that comes back knows of the file."""
    return {PARAMETER: "file"} if here else {}
