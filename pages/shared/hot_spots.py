"""Hot spots on a page: found once for each indicator, period and place, and put in words."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.classes import METHODS
from analysis.hot_spots import (
    FEWEST_WARDS,
    LEVEL,
    PERMUTATIONS,
    SEED,
    describe_uncorrected,
    find_hot_spots,
    find_neighbours,
    list_hot_spots,
)
from analysis.libraries import SPATIAL, bring_library
from data.errors import TableError
from data.load import load_boundaries, load_period
from data.own.shelf import is_own
from pages.shared.page import show_note
from pages.shared.places import place_name, wards_of

if TYPE_CHECKING:
    from libpysal.graph import Graph

Progress = Callable[[float, str], None]
MANY_WARDS = 500  # fewer are done in about half a second
HEAD_START = 20.0  # seconds
MOST_KEPT = 128  # for all England one is about 600 kB

HOT_SPOTS_METHOD = (
    "Local Moran's I (esda) with queen contiguity (libpysal: wards that touch, at a corner too), "
    f"row-standardised. p: two-sided, from {PERMUTATIONS:,} permutations with seed {SEED}. "
    "Corrected for false discoveries after Benjamini and Hochberg; a ward has a clear pattern "
    f"where the corrected p is at most {LEVEL}. High and low: above and below the mean of the "
    "wards shown. Wards outside the place, and wards without a figure, are not seen."
)

HOT_SPOTS_WORDS = (
    "**High among high** (▲▲): a ward above the mean of the wards shown, surrounded by wards "
    "above it. **Low among low** (▼▼): the same below the mean. **High among low** (▲▼) and "
    "**low among high** (▼▲): a ward that differs from its neighbours. **No clear pattern** (–): "
    "such a neighbourhood could well be chance; it does not mean that the figure is ordinary.\n\n"
    "- **How it is told from chance.** The figures of other wards are put around each ward at "
    f"random, {PERMUTATIONS:,} times, always with the same start (seed {SEED}), so that the same "
    "map comes back each time. A real neighbourhood stands out where almost none of the random "
    "ones is as extreme.\n"
    "- **Many questions at once.** With one test for each ward, some would stand out by luck. The "
    "tests are corrected for that (Benjamini and Hochberg): of the wards called clear, about 1 in "
    "20 may still be luck. In a place with few wards only a very strong pattern can be clear.\n"
    "- **Edges.** Wards outside the place shown are not seen, so a ward at the edge is judged by "
    "the neighbours on one side. A wider place may show another pattern.\n"
    "- **Neighbours** are wards whose boundaries touch, at a corner too. Water between two wards "
    "that do not touch parts them.\n"
    "- A hot spot says where figures go together, never why."
)

_found: dict[tuple[str, str, str], pd.DataFrame] = {}


def say_nothing(share: float, what: str) -> None:
    """A `Progress` nobody sees."""


class ProgressBar:
    """A bar in a place of the page, there only while something is under way.

    `first` draws what a visitor should have in hand before a wait; `begun` says that it did.
    """

    def __init__(self, place: Callable[[], DeltaGenerator], first: Callable[[], None]) -> None:
        self.place, self.first = place, first
        self.begun = False

    def __call__(self, share: float, what: str) -> None:
        """Show how far it has come, 0 to 1, and what is being done."""
        if not self.begun:
            self.begun = True
            self.first()
            self.bar = self.place().progress(0.0)
        self.bar.progress(share, f"{what} …")
        if share >= 1:
            self.bar.empty()


@lru_cache(maxsize=16)
def _neighbours(area: str) -> Graph:
    polygons = load_boundaries("ward").set_index("area_code")
    return find_neighbours(polygons.loc[wards_of(area).index])


def load_hot_spots(
    indicator_id: str, period: str, area: str, progress: Progress = say_nothing
) -> pd.DataFrame:
    """The hot spots among the wards of a place; kept, and not to be changed.

    Args:
        indicator_id: whose figures.
        period: of the figures.
        area: the place; its wards are compared with each other alone.
        progress: told how far it has come, where that takes more than a moment.

    Returns:
        see `hot_spots.find_hot_spots`; one row per ward of the place.

    Raises:
        TableError: the figures or the boundaries cannot be read.
    """
    key = (indicator_id, period, area)
    known = _found.get(key)
    if known is not None:
        return known
    count = len(wards_of(area))
    if count < MANY_WARDS:
        progress = say_nothing
    progress(0.05, "Finding each ward's neighbours")
    graph = _neighbours(area)
    progress(0.35, f"Comparing {count:,} wards with {PERMUTATIONS:,} random neighbourhoods each")
    values = load_period(indicator_id, period)["value"].reindex(wards_of(area).index)
    found = find_hot_spots(values, graph)
    progress(1.0, "Done")
    while len(_found) >= MOST_KEPT:
        _found.pop(next(iter(_found)), None)
    if not is_own(indicator_id):
        _found[key] = found
    return found


def show_hot_spots(frame: pd.DataFrame, area: str, clear: bool) -> None:
    """Say under a map of hot spots which wards they are and how they were found.

    Args:
        frame: of the map, with the columns of `hot_spots.find_hot_spots`.
        area: the place shown.
        clear: whether the map shows hot spots, or fifths as none could be looked for.
    """
    known = int(frame["value"].notna().sum())
    if not clear:
        few = f"Hot spots need at least {FEWEST_WARDS} wards with different figures"
        show_note(
            f"{few}; {place_name(area)} has {known}. The colours are fifths of England instead."
            if known < FEWEST_WARDS
            else f"{few} and with neighbours. The colours are fifths of England instead."
        )
        return
    listed = list_hot_spots(frame["pattern"], frame["name"])
    if not any(heading[0] in "▲▼" for heading, _ in listed):
        show_note(
            "No ward stands out with its neighbours more clearly than chance allows. "
            f"{describe_uncorrected(frame['p'])} With only {known:,} wards, a wider place may "
            "show more."
        )
    for heading, names in listed:
        show_note(f"{heading}: {names}.")
    show_note(f"Compared among the {known:,} wards of {place_name(area)} only")
    with st.expander(f"How to read {METHODS['hot_spots'].lower()}", icon=":material/help:"):
        st.markdown(HOT_SPOTS_WORDS)


def bring_libraries() -> None:
    """Bring what hot spots, classes and postcodes need, so that no visitor waits for it."""
    for name in SPATIAL:
        bring_library(name)
    with suppress(TableError):  # whoever needs them is told then
        load_boundaries("ward")


def bring_libraries_later() -> None:
    """The same in the background, after the first visitors have had their first page."""
    timer = threading.Timer(HEAD_START, bring_libraries)
    timer.daemon = True  # a server that ends does not wait for it
    timer.start()
