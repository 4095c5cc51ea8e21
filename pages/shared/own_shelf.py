"""The own figures of the visitor at hand: kept in their visit, seen by nobody else."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.own.shelf import EMPTY, Shelf, ShownFigure, forget, look_on

STORE = "own_figures"


def visitor_shelf() -> Shelf:
    """The shelf of the visitor whose page is being made; empty outside a visit."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return EMPTY
    shelf: Shelf = st.session_state.get(STORE, EMPTY)
    return shelf


def put_on_shelf(figure: ShownFigure) -> None:
    """Add a figure that is safe to show, or replace the one of its id."""
    st.session_state[STORE] = Shelf({**visitor_shelf().figures, figure.entry.id: figure})


def take_off_shelf(indicator_id: str) -> None:
    """Remove a figure from the visit."""
    before = visitor_shelf()
    figures = {i: figure for i, figure in before.figures.items() if i != indicator_id}
    st.session_state[STORE] = Shelf(figures)
    forget(before)


look_on(visitor_shelf)
