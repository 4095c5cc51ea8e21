"""How need differs between wards where many and where few people of a group live.

Two measures of the same thing, over the wards of a place weighted by their people:
    gap      mean score of the fifth of wards with the largest share of the group, less that of
             the fifth with the smallest share, in points of the score.
    index    concentration index of the score, wards ordered by the share of the group, from the
             concentration curve: Kakwani, Wagstaff and van Doorslaer (1997), Journal of
             Econometrics 77:87-103; O'Donnell, van Doorslaer, Wagstaff and Lindelow (2008),
             Analyzing Health Equity Using Household Survey Data, World Bank, chapters 7 and 8.
             Above 0: need lies more where the share is large. 0: evenly. Since a score ends
             at 100, the index cannot come near 1; compare it between groups of one action area,
             not between areas of different mean score.
Intervals: percentile bootstrap over wards, seeded. They say how far the result hangs on single
wards; the wards are all there are, not a sample.

Wards are compared, not people: a ward with many older people and much need may owe its score to
the others who live there (the ecological fallacy). The words say so, and never name a cause.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.map_view import format_number
from analysis.need_scores import AreaNeed
from analysis.words import count_words

Floats = npt.NDArray[np.float64]

DRAWS = 1000
SEED = 20_250_101
LEAST_WARDS = 10
_CELLS = 500_000  # draws x wards held at once
CAREFUL = (
    "This compares wards, not people: it does not say how {people} themselves fare, nor why the "
    "wards differ (reading it so would be the ecological fallacy)."
)


@dataclass(frozen=True)
class EqualityGroup:
    """A group of people: the indicator that gives its share of a ward, and its name in words."""

    indicator_id: str
    people: str


#: The groups an Equality Reference Group asks about first.
EQUALITY_GROUPS = (
    EqualityGroup("population_aged_65_and_over_percent", "older people"),
    EqualityGroup("disabled_percent", "disabled people"),
    EqualityGroup("ethnic_minority_percent", "people from ethnic minorities"),
    EqualityGroup("child_income_deprivation_percent", "income-deprived children"),
)


@dataclass(frozen=True)
class NeedByGroup:
    """How need on one action area differs by the share of one group.

    `high_mean`, `low_mean`: people-weighted mean score of the fifth of wards with the largest
    and the smallest share (`fifth` wards each, of `wards`); `gap` their difference in points;
    `index` the concentration index; each with its 95 % bootstrap limits. `curve`: columns
    people, need: cumulated per cent of people and of need, wards in order of the share, from 0
    to 100. `part_of_score`: the share is itself an indicator of the area, so that some gap is
    built in. `reason`: why nothing could be said, "" otherwise; then the numbers are NaN.
    """

    group: EqualityGroup
    wards: int
    fifth: int
    high_mean: float
    low_mean: float
    gap: float
    gap_limits: tuple[float, float]
    index: float
    index_limits: tuple[float, float]
    curve: pd.DataFrame
    part_of_score: bool
    reason: str = ""

    @property
    def clear(self) -> bool:
        """Whether the interval of the gap leaves out 0."""
        return self.gap_limits[0] > 0 or self.gap_limits[1] < 0


def compute_concentration_index(
    share: npt.ArrayLike, need: npt.ArrayLike, people: npt.ArrayLike
) -> float:
    """Concentration index of need over areas ordered by a share, weighted by people.

    Method: 2 / mean x sum(f y R) − 1, where f is the area's part of all people, y its need and R
    its fractional rank; areas of equal share have one rank. NaN where there is no need at all.
    """
    rows = _Rows.sort(share, need, people)
    return float(rows.index(np.ones((1, len(rows.need))))[0])


@dataclass(frozen=True)
class _Rows:
    """Wards in order of the share; `starts` is where each different share begins."""

    need: Floats
    people: Floats
    starts: npt.NDArray[np.int64]

    @classmethod
    def sort(cls, share: npt.ArrayLike, need: npt.ArrayLike, people: npt.ArrayLike) -> _Rows:
        shares = np.asarray(share, dtype=float)
        order = np.argsort(shares, kind="stable")
        starts = np.flatnonzero(np.diff(shares[order], prepend=-np.inf) > 0)
        return cls(np.asarray(need, float)[order], np.asarray(people, float)[order], starts)

    def index(self, counts: npt.NDArray) -> Floats:
        """Concentration index of samples: draws x wards, how often each ward was drawn."""
        weight = np.add.reduceat(counts * self.people, self.starts, axis=1)
        need = np.add.reduceat(counts * (self.people * self.need), self.starts, axis=1)
        rank = (np.cumsum(weight, axis=1) - weight / 2) / weight.sum(axis=1, keepdims=True)
        total = need.sum(axis=1)
        twice = 2 * (need * rank).sum(axis=1)
        return np.divide(twice, total, out=np.full(len(total), np.nan), where=total > 0) - 1

    def ends(self, counts: npt.NDArray, fifth: int) -> tuple[Floats, Floats]:
        """Mean need of the lowest and the highest `fifth` wards of samples."""
        return self._mean(counts, fifth, 1), self._mean(counts, fifth, -1)

    def _mean(self, counts: npt.NDArray, fifth: int, step: int) -> Floats:
        turned = counts[:, ::step]
        before = np.cumsum(turned, axis=1) - turned
        taken = np.clip(fifth - before, 0, turned) * self.people[::step]
        return (taken @ self.need[::step]) / taken.sum(axis=1)

    def curve(self) -> pd.DataFrame:
        people = np.add.reduceat(self.people, self.starts)
        need = np.add.reduceat(self.people * self.need, self.starts)
        parts = {"people": people, "need": need}
        return pd.DataFrame(
            {n: np.concatenate([[0], 100 * np.cumsum(p) / p.sum()]) for n, p in parts.items()}
        )


def _bootstrap(rows: _Rows, fifth: int, draws: int, seed: int) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    size = len(rows.need)
    gaps, indices = [], []
    even = np.full(size, 1 / size)
    chunk = max(1, _CELLS // size)
    for start in range(0, draws, chunk):
        counts = random.multinomial(size, even, size=min(chunk, draws - start))
        low, high = rows.ends(counts, fifth)
        gaps.append(high - low)
        indices.append(rows.index(counts))
    return np.concatenate(gaps), np.concatenate(indices)


def _limits(draws: Floats) -> tuple[float, float]:
    low, high = np.nanpercentile(draws, [2.5, 97.5])
    return float(low), float(high)


def _say_nothing(group: EqualityGroup, wards: int, inside: bool) -> NeedByGroup:
    nan, nothing = float("nan"), (float("nan"), float("nan"))
    curve = pd.DataFrame({"people": [], "need": []}, dtype=float)
    why = f"{count_words(wards, 'ward', 'wards')} with figures: too few to compare fifths"
    return NeedByGroup(group, wards, 0, nan, nan, nan, nothing, nan, nothing, curve, inside, why)


def compute_need_by_group(
    need: AreaNeed,
    group: EqualityGroup,
    share: pd.Series,
    people: pd.Series,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> NeedByGroup:
    """Compare the scores of wards where many and where few people of a group live.

    Args:
        need: the scores of the wards of a place.
        group: whose share it is.
        share: index ward code, share of the group in per cent.
        people: index ward code, residents.
        draws: of the bootstrap.
        seed: the same seed gives the same limits.

    Wards without a score, a share or people take no part; under 10 wards nothing is said.
    """
    columns = {"need": need.table["score"], "share": share, "people": people}
    frame = pd.DataFrame({n: s.reindex(need.table.index) for n, s in columns.items()})
    frame = frame[frame["people"] > 0].dropna().sort_index()
    inside = group.indicator_id in need.area.shares
    wards, fifth = len(frame), round(len(frame) / 5)
    if wards < LEAST_WARDS:
        return _say_nothing(group, wards, inside)
    rows = _Rows.sort(frame["share"], frame["need"], frame["people"])
    once = np.ones((1, wards))
    low, high = (float(mean[0]) for mean in rows.ends(once, fifth))
    gaps, indices = _bootstrap(rows, fifth, draws, seed)
    return NeedByGroup(
        group,
        wards,
        fifth,
        high,
        low,
        high - low,
        _limits(gaps),
        float(rows.index(once)[0]),
        _limits(indices),
        rows.curve(),
        inside,
    )


def make_equality_title(found: NeedByGroup) -> str:
    """State in at most ten words how need differs by the share of a group."""
    if found.reason:
        return f"Too few wards to compare by {found.group.people}"
    if not found.clear:
        return f"No clear difference by share of {found.group.people}"
    return f"Need is {'higher' if found.gap > 0 else 'lower'} where more {found.group.people} live"


def describe_need_by_group(found: NeedByGroup, heading: str, place: str) -> str:
    """Say in sentences how need differs by the share of a group, how surely, and what it is not."""
    people = found.group.people
    if found.reason:
        return f"{heading}, {place}, by share of {people}: {found.reason}."
    low, high = found.gap_limits
    first, last = found.index_limits
    sure = "" if found.clear else " That is no clear difference: the interval holds 0."
    inside = (
        f" The share of {people} is itself part of this score, so some gap is built in."
        if found.part_of_score
        else ""
    )
    fifth = count_words(found.fifth, "ward", "wards")
    largest, smallest = (format_number(mean, 0) for mean in (found.high_mean, found.low_mean))
    return (
        f"{heading}, {place}: the fifth of wards with the largest share of {people} ({fifth}) "
        f"has a mean need score of {largest}, the fifth with the smallest share "
        f"{smallest}: a gap of {_signed(found.gap)} points (95 % interval {_signed(low)} "
        f"to {_signed(high)}).{sure} Concentration index {_signed(found.index, 2)} "
        f"({_signed(first, 2)} to {_signed(last, 2)}), where 0 means evenly spread.{inside} "
        f"{CAREFUL.format(people=people)}"
    )


def _signed(value: float, decimals: int = 0) -> str:
    text = format_number(value, decimals)
    return f"+{text}" if value > 0 and float(text) else text
