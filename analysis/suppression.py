"""Which cells of a table of areas must be hidden so that totals cannot reveal the small ones.

The method, what it protects and its sources stand at the head of `analysis.disclosure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Group:
    """A larger area: its row in the table, its members among the smallest areas, if small."""

    row: int
    members: Places
    first: bool = False
    known: bool = True

    def with_first(self, first: Flags) -> Group:
        """The same group, hidden for itself where `first` says so."""
        return replace(self, first=bool(first[self.row]))


@dataclass(frozen=True)
class Hidden:
    """Which of the smallest areas and which groups are hidden."""

    leaves: Flags
    groups: list[bool]


@dataclass
class _State:
    """A table while cells are being hidden; groups from the smallest to the largest."""

    counts: Floats
    bounds: Floats
    members: list[Places]
    leaves: Flags
    hidden: list[bool]
    threshold: float

    def homes(self) -> npt.NDArray[np.int64]:
        """For each leaf the smallest group around it whose total is shown, -1 without any."""
        home = np.full(len(self.counts), -1, dtype=np.int64)
        for place in reversed(range(len(self.members))):
            if not self.hidden[place]:
                home[self.members[place]] = place
        return home


def suppress(
    counts: Floats, bounds: Floats, first: Flags, groups: Sequence[Group], threshold: float
) -> Hidden:
    """Hide what must be hidden for itself, then what would reveal it.

    Args:
        counts: of the smallest areas; NaN where there is none.
        bounds: the most each count can be, as everybody knows; infinite where nobody does.
        first: which of them are hidden for themselves.
        groups: larger areas, inside each other or apart. A total is taken as shown where all
            its members have a count.
        threshold: how wide the range of a hidden count must be.
    """
    order = sorted(range(len(groups)), key=lambda place: len(groups[place].members))
    state = _State(
        counts,
        np.where(np.isnan(bounds), np.inf, bounds),
        [groups[place].members for place in order],
        first & ~np.isnan(counts),
        # Where a member has no count the total has none either: it reveals nothing.
        [groups[p].first or bool(np.isnan(counts[groups[p].members]).any()) for p in order],
        threshold,
    )
    while _hide_one_more(state):
        pass
    hidden = [False] * len(groups)
    for place, group in enumerate(order):
        absent = bool(np.isnan(counts[groups[group].members]).any())
        hidden[group] = state.hidden[place] and (groups[group].first or not absent)
    return Hidden(state.leaves, hidden)


def _hide_one_more(state: _State) -> bool:
    """Put right the first groups that would reveal something; False once none does."""
    home = state.homes()
    changed = False
    for place in range(len(state.members)):
        if state.hidden[place]:
            continue
        here = np.flatnonzero(home == place)
        gone = here[state.leaves[here]]
        if not len(gone) or _is_safe(state, place, gone):
            continue
        _widen(state, place, here)
        changed = True
        if state.hidden[place]:
            return True  # the leaves have another home now
    return changed


def _is_safe(state: _State, place: int, gone: Places) -> bool:
    """Whether every hidden cell of one equation has a range that is wide enough."""
    if len(gone) < 2:
        return False
    total = float(state.counts[gone].sum())
    bounds = state.bounds[gone]
    with np.errstate(invalid="ignore"):
        others = bounds.sum() - bounds
    if not _is_wide(total, bounds, others, state.threshold):
        return False
    for other in range(place):
        if state.hidden[other]:
            inside = np.isin(gone, state.members[other])
            if inside.any() and not _is_wide(
                total, bounds[inside].sum(), bounds[~inside].sum(), state.threshold
            ):
                return False
    return True


def _is_wide(total: float, own: Floats | float, others: Floats | float, threshold: float) -> bool:
    """Whether the range of a part of a total is as wide as the threshold, or as can be."""
    others = np.where(np.isnan(others), np.inf, others)  # infinity less infinity
    low, high = np.maximum(0.0, total - others), np.minimum(own, total)
    return bool(np.all(high - low >= np.minimum(threshold, own)))


def _widen(state: _State, place: int, here: Places) -> None:
    """Hide one more cell of an equation: the smallest that makes it safe, else the smallest."""
    shown = here[~state.leaves[here] & (state.counts[here] > 0)]
    shown = shown[np.argsort(state.counts[shown], kind="stable")]
    gone = here[state.leaves[here]]
    for leaf in shown:
        if _is_safe(state, place, np.append(gone, leaf)):
            state.leaves[leaf] = True
            return
    if len(shown):
        state.leaves[shown[0]] = True
        return
    inner = [p for p in range(place) if not state.hidden[p]
             and np.isin(state.members[p], state.members[place]).all()]  # fmt: skip
    if inner:
        # No ward is left: the total of a group inside is hidden, which brings its wards in.
        sums = [float(state.counts[state.members[p]].sum()) for p in inner]
        if max(sums) > 0:
            # A total of nothing brings in nothing: everybody sees its zeros.
            state.hidden[inner[int(np.argmin([s or np.inf for s in sums]))]] = True
            return
    state.hidden[place] = True
