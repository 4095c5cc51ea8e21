"""Own figures that may be shown now: those of the visitor at hand, found by their id.

The open data are shared by all visitors and cached; own figures must never be. So they stand
beside the tables, on a shelf that the pages hand over for each visitor (`look_on`). Their ids are
drawn at random (`make_private`): whatever else is cached by id can never be met by another visitor.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np
import pandas as pd

from data.catalogue import Catalogue, load_catalogue
from data.errors import OwnFigureError, TableError
from data.own.entry import PREFIX, add_own
from data.own.shapes import OwnIndicator

MISSING = "not_available"
GONE = (
    "This figure is one that somebody brought. It is not here any more, or is not yours to see: "
    "bring the file on the page Your data."
)


class ShownFigure(Protocol):
    """An own figure that is safe to show (`analysis.disclosure.Protected` is one)."""

    @property
    def entry(self) -> OwnIndicator:
        """Its dictionary; the id is private (see `make_private`)."""

    @property
    def periods(self) -> tuple[str, ...]:
        """Its periods, oldest first."""

    @property
    def values(self) -> pd.DataFrame:
        """Tidy values, columns of `data.compute.VALUE_COLUMNS`, small counts already hidden."""


@dataclass(frozen=True)
class Shelf:
    """The own figures of one visitor, by id; a change makes a new shelf."""

    figures: Mapping[str, ShownFigure]

    def __hash__(self) -> int:
        return hash(frozenset(self.figures))


_PRIVATE_ID = re.compile(rf"\b{PREFIX}[0-9a-f]{{15}}_\w+")
EMPTY = Shelf({})
_look: list[Callable[[], Shelf]] = [lambda: EMPTY]


def look_on(find_shelf: Callable[[], Shelf]) -> None:
    """Say how the shelf of the visitor at hand is found; asked anew every time."""
    _look[0] = find_shelf


def current_shelf() -> Shelf:
    """The own figures of the visitor at hand; none outside a visit."""
    return _look[0]()


def make_private(entry: OwnIndicator) -> OwnIndicator:
    """The entry under an id that nobody can guess: 60 random bits before its own."""
    name = entry.id.removeprefix(PREFIX)[:40]
    return replace(entry, id=f"{PREFIX}{secrets.token_hex(8)[:15]}_{name}")


def is_own(indicator_id: str) -> bool:
    """Whether an id is that of an own figure."""
    return indicator_id.startswith(PREFIX)


def find_own(indicator_id: str) -> ShownFigure | None:
    """The own figure of an id; None for figures of the open data.

    Raises:
        TableError: the id is that of an own figure which the visitor does not have.
    """
    if not is_own(indicator_id):
        return None
    found = current_shelf().figures.get(indicator_id)
    if found is None:
        raise TableError(GONE)
    return found


def names_own_figure(text: str) -> bool:
    """Whether a text, such as an address, holds the id of an own figure."""
    return _PRIVATE_ID.search(text) is not None


def list_gone(text: str) -> list[str]:
    """What is to be said where a text names own figures that the visitor does not have."""
    named = set(_PRIVATE_ID.findall(text))
    return [GONE] if named and not named <= set(current_shelf().figures) else []


def current_catalogue() -> Catalogue:
    """The catalogue with the own figures of the visitor at hand behind it."""
    shelf = current_shelf()
    return _add_shelf(shelf) if shelf.figures else load_catalogue()


@lru_cache(maxsize=64)
def _add_shelf(shelf: Shelf) -> Catalogue:
    # Ids are random, so a catalogue is only ever met again by the visitor it was made for.
    return add_own(load_catalogue(), [figure.entry for figure in shelf.figures.values()])


def take_period(figure: ShownFigure, period: str, areas: pd.Index) -> pd.DataFrame:
    """One period of an own figure for every area, in the form of `data.load.load_period`.

    Raises:
        OwnFigureError: it has no such period.
    """
    if period not in figure.periods:
        known = ", ".join(figure.periods)
        raise OwnFigureError(f"{figure.entry.name} has no period {period!r}; it has: {known}.")
    values = figure.values[figure.values["period"].astype(str) == period]
    values = values.drop(columns="period").set_index("area_code").reindex(areas)
    absent = values["indicator_id"].isna()
    values["indicator_id"] = figure.entry.id
    values["flag"] = values["flag"].astype(object).where(~absent, MISSING)
    values["fit"] = values["fit"].astype(object).where(~absent, "")
    values["fit_quality"] = values["fit_quality"].where(~absent, np.nan)
    return values.astype({"indicator_id": "category", "flag": "category", "fit": "category"})


def forget(shelf: Shelf) -> None:
    """Let go of what was made from a shelf that a visitor emptied or changed."""
    if shelf.figures:
        _add_shelf.cache_clear()
