"""The own figures a visitor may see: those of their visit, and those kept for the council."""

from __future__ import annotations

import threading
import time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.access import Role
from data.errors import DataError
from data.own.shelf import EMPTY, Shelf, ShownFigure, forget, look_on
from data.own.shown import OwnFigure
from data.store.engine import open_store
from data.store.own_figures import Stamp, load_figures, load_stamp

STORE = "own_figures"
#: How long a figure that a colleague removed elsewhere may still be seen, in seconds.
PATIENCE = 2.0
#: How long a database that cannot be read is left alone.
AFTER_FAILURE = 30.0


class _Kept:
    """What is kept for councils, read again only when it has changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp, self._figures = Stamp(), dict[str, OwnFigure]()
        self._looked = -PATIENCE

    def all(self) -> dict[str, OwnFigure]:
        """Every kept figure by id, whoever may see it; none where nothing can be kept."""
        # A database that does not answer holds up the one who asks, not everybody.
        if time.monotonic() - self._looked >= PATIENCE and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looked = max(time.monotonic(), self._looked)
                self._lock.release()
        return self._figures

    def look_again(self) -> None:
        """Ask the database at the next look."""
        self._looked = -PATIENCE

    def _look(self) -> None:
        from pages.shared.access import access_rules  # it shows notes: a page, which stands on us

        try:
            if access_rules().is_open:  # nobody can keep anything: no database is opened
                self._stamp, self._figures = Stamp(), {}
                return
            engine = open_store()
            stamp = load_stamp(engine)
            if stamp != self._stamp:
                before = Shelf(self._figures)
                self._figures = load_figures(engine)
                self._stamp = stamp
                forget(before)
        except DataError:  # nobody can remove a figure now either: the last ones stay
            self._looked = time.monotonic() + AFTER_FAILURE


KEPT = _Kept()


def visit_figures() -> dict[str, ShownFigure]:
    """The figures of this visit alone."""
    found: dict[str, ShownFigure] = st.session_state.get(STORE, {})
    return found


def kept_figures() -> dict[str, OwnFigure]:
    """The kept figures that this visitor may see."""
    figures = KEPT.all()
    if not figures or all(f.shared for f in figures.values()):
        return figures
    from pages.shared.access import current_visitor  # as above

    if current_visitor().may(Role.ANALYST):
        return figures
    return {i: f for i, f in figures.items() if f.shared}


def visitor_shelf() -> Shelf:
    """The shelf of the visitor whose page is being made; empty outside a visit."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return EMPTY
    figures = {**kept_figures(), **visit_figures()}
    return Shelf(figures) if figures else EMPTY


def put_on_shelf(figure: ShownFigure) -> None:
    """Add a figure that is safe to show, or replace the one of its id."""
    st.session_state[STORE] = {**visit_figures(), figure.entry.id: figure}


def take_off_shelf(indicator_id: str) -> None:
    """Remove a figure from the visit."""
    before = visitor_shelf()
    st.session_state[STORE] = {
        i: figure for i, figure in visit_figures().items() if i != indicator_id
    }
    forget(before)


look_on(visitor_shelf)
