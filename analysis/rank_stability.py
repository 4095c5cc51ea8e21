"""How far a rank of need can be trusted: drawn again many times with other weights and values.

Method (OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 7: uncertainty
analysis). In each draw
    weights  come from a Dirichlet distribution around the chosen ones. `CONCENTRATION` 20 means
             that a weight of one sixth lies between 5 % and 32 % in nine of ten draws, a weight
             of one half between 32 % and 68 %.
    values   come from their 95 % intervals: a two-piece normal with its middle at the figure
             and its 2.5 % points at the limits, so that lopsided (Wilson, Byar) limits are kept;
             never below 0 for shares, rates and counts, nor above 100 for shares. Errors of
             different indicators are taken to be independent. An indicator without an interval
             keeps its value: its uncertainty is unknown, not nil, and ranks look steadier than
             they are.
    score    is made as in `need_scores`, with percentiles among all English wards. The national
             distribution stays as it is: with 6,800 wards the noise of one moves it by nothing.
For speed each interval is cut into 64 equally likely slices, whose percentiles are looked up
once; a draw picks a slice.

The stream of random numbers belongs to the indicator's id, and wards are taken by code: the same
seed gives the same result whatever the order of wards, indicators or files.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison import compute_percentiles
from analysis.need_scores import (
    ActionAreaInput,
    AreaNeed,
    ScoredIndicator,
    WardFigures,
    turn,
)
from analysis.words import ordinal

Floats = npt.NDArray[np.float64]

DRAWS = 1000
SEED = 20_250_101
CONCENTRATION = 20.0
TOP = 5
SLICES = 64
_CELLS = 400_000  # draws x wards held at once: 3 MB of scores
_Z95 = NormalDist().inv_cdf(0.975)
_NO_NEGATIVES = ("percentage", "rate", "count", "money")


@dataclass(frozen=True)
class RankStability:
    """What the draws said.

    `table`: index ward code, as asked for; columns rank_low, rank_median, rank_high (5th, 50th
        and 95th percentile of the rank), rank_best, rank_worst (over all draws): 0 where the
        score is withheld; top_chance: share of draws in the top `top`, 0 to 1, NaN likewise.
    """

    table: pd.DataFrame
    draws: int
    top: int
    seed: int
    concentration: float
    ranked: int


def _stream(seed: int, kind: str, indicator_id: str) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(f"{kind} {indicator_id}".encode())])


def draw_weights(
    area: ActionAreaInput, draws: int, seed: int, concentration: float = CONCENTRATION
) -> Floats:
    """Draw weights around the chosen ones.

    Returns:
        draws x counted indicators (by id), each row adding up to 1. Dirichlet, made from gamma
        draws, one stream per indicator.
    """
    gammas = [
        _stream(seed, "weight", indicator_id).gamma(concentration * share, size=draws)
        for indicator_id, share in area.shares.items()
    ]
    # So light a weight that its gamma is 0 in every column would divide by nothing.
    total = np.maximum(np.sum(gammas, axis=0), np.finfo(float).tiny)
    return np.column_stack(gammas) / total[:, None]


def slice_values(
    value: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike, measure: str
) -> Floats:
    """Cut each 95 % interval into equally likely slices.

    Returns:
        areas x `SLICES`: the middle of each slice, low to high, in the unit of the value. The
        value itself throughout where a limit is missing.
    """
    middle = np.asarray(value, dtype=float)[:, None]
    below = middle - np.asarray(lower, dtype=float)[:, None]
    above = np.asarray(upper, dtype=float)[:, None] - middle
    sound = (below >= 0) & (above >= 0)  # false where one is NaN
    steps = np.array([NormalDist().inv_cdf((n + 0.5) / SLICES) for n in range(SLICES)]) / _Z95
    spread = np.where(steps < 0, below * steps, above * steps)
    drawn = middle + np.where(sound, spread, 0)
    if measure in _NO_NEGATIVES:
        drawn = np.maximum(drawn, np.minimum(middle, 0))
    return np.minimum(drawn, np.maximum(middle, 100)) if measure == "percentage" else drawn


class _Percentiles:
    """The percentiles of one indicator: one per ward, or one per ward and slice."""

    def __init__(
        self, scored: ScoredIndicator, figures: WardFigures, wards: pd.Index, seed: int
    ) -> None:
        name, measure = scored.indicator.id, scored.indicator.measure
        tables = (figures.value, figures.lower, figures.upper)
        value, lower, upper = (table[name].loc[wards].to_numpy() for table in tables)
        has_interval = bool((np.isfinite(lower) & np.isfinite(upper)).any())
        drawn = slice_values(value, lower, upper, measure) if has_interval else value[:, None]
        placed = compute_percentiles(drawn, figures.value[name])
        self.table = turn(placed, scored.direction).astype(np.float32)
        self.known = ~np.isnan(self.table[:, 0])
        self.table[~self.known] = 0
        self.first = np.arange(len(wards), dtype=np.int32) * self.table.shape[1]
        self.random = _stream(seed, "value", name)

    def draw(self, draws: int) -> npt.NDArray[np.float32]:
        """Percentiles of some more draws: draws x wards, or 1 x wards if they never change."""
        if self.table.shape[1] == 1:
            return self.table.T
        slices = self.random.integers(0, SLICES, (draws, len(self.first)), dtype=np.uint8)
        return self.table.ravel().take(self.first + slices)


def _rank_rows(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.uint16]:
    """Rank each row from the highest, equal scores sharing the better rank."""
    rows, columns = scores.shape
    order = np.argsort(scores, axis=1)[:, ::-1]
    ordered = np.take_along_axis(scores, order, axis=1)
    places = np.tile(np.arange(1, columns + 1, dtype=np.uint16), (rows, 1))
    places[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 0
    np.maximum.accumulate(places, axis=1, out=places)
    ranks = np.empty_like(places)
    np.put_along_axis(ranks, order, places, axis=1)
    return ranks


def _draw_ranks(
    percentiles: list[_Percentiles], weights: npt.NDArray[np.float32], wards: int
) -> npt.NDArray[np.uint16]:
    """Ranks of all draws, wards x draws, made some draws at a time to keep memory small."""
    draws = len(weights)
    ranks = np.empty((wards, draws), dtype=np.uint16)
    complete = all(indicator.known.all() for indicator in percentiles)
    chunk = max(1, _CELLS // wards)
    for start in range(0, draws, chunk):
        part = weights[start : start + chunk]
        scores = np.zeros((len(part), wards), dtype=np.float32)
        known = np.zeros_like(scores)
        # One indicator after the other, so that no ward's sum depends on where it stands.
        for column, indicator in enumerate(percentiles):
            scores += part[:, column, None] * indicator.draw(len(part))
            if not complete:
                known += part[:, column, None] * indicator.known
        if not complete:
            scores /= np.maximum(known, np.finfo(np.float32).tiny)
        ranks[:, start : start + chunk] = _rank_rows(np.round(scores, 4)).T
    return ranks


def _summarise(ranks: npt.NDArray[np.uint16], top: int) -> dict[str, npt.NDArray]:
    draws = ranks.shape[1]
    # The smallest rank that this share of the draws does not exceed: a rank that was drawn.
    places = [max(0, int(np.ceil(share * draws)) - 1) for share in (0.05, 0.5, 0.95)]
    top_chance = (ranks <= top).mean(axis=1)
    ranks.partition(sorted({0, *places, draws - 1}), axis=1)
    return {
        "rank_low": ranks[:, places[0]],
        "rank_median": ranks[:, places[1]],
        "rank_high": ranks[:, places[2]],
        "rank_best": ranks[:, 0],
        "rank_worst": ranks[:, -1],
        "top_chance": top_chance,
    }


def compute_rank_stability(
    need: AreaNeed,
    figures: WardFigures,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    concentration: float = CONCENTRATION,
    top: int = TOP,
) -> RankStability:
    """Draw weights and values again and again, and say how the ranks of the wards move.

    Args:
        need: the scores of the place (see `need_scores.compute_need`).
        figures: the figures they were made from.
        draws: how many.
        seed: the same seed gives the same result.
        concentration: of the Dirichlet distribution: the higher, the closer to the weights.
        top: for the chance of being among the first.

    Wards whose score is withheld take no part.
    """
    wards = need.table.index[need.table["rank"] > 0].sort_values()
    weights = draw_weights(need.area, draws, seed, concentration).astype(np.float32)
    columns = ["rank_low", "rank_median", "rank_high", "rank_best", "rank_worst"]
    found = pd.DataFrame(columns=[*columns, "top_chance"], dtype=float)
    if len(wards):
        percentiles = [_Percentiles(s, figures, wards, seed) for s in need.area.counted]
        ranks = _draw_ranks(percentiles, weights, len(wards))
        found = pd.DataFrame(_summarise(ranks, top), index=wards)
    table = found.reindex(need.table.index)
    table[columns] = table[columns].fillna(0).astype(np.int64)
    return RankStability(table, draws, top, seed, concentration, len(wards))


def compute_rank_stabilities(
    needs: Sequence[AreaNeed], figures: WardFigures, *, workers: int = 2, **options: Any
) -> dict[str, RankStability]:
    """`compute_rank_stability` of several action areas side by side; id of the area -> result.

    Each area has its own random numbers, so that the number of workers changes nothing.
    """
    with ThreadPoolExecutor(workers) as pool:
        found = pool.map(lambda need: compute_rank_stability(need, figures, **options), needs)
        return {need.area.id: one for need, one in zip(needs, found, strict=True)}


_FIRSTS = {1: "first", 2: "second", 3: "third"}


def _place(rank: int) -> str:
    return _FIRSTS.get(rank, ordinal(rank))


def describe_stability(stability: RankStability, ward: str) -> str:
    """Say in words how steady a ward's rank is.

    "first or second whatever the weights" is said only where every draw agrees, else
    "between 2nd and 6th in 9 of 10 draws".
    """
    row = stability.table.loc[ward]
    best, worst = int(row["rank_best"]), int(row["rank_worst"])
    low, high = int(row["rank_low"]), int(row["rank_high"])
    if not best:
        return "no rank: the score is withheld"
    if best == worst:
        return f"{_place(best)} whatever the weights"
    if worst == best + 1:
        return f"{_place(best)} or {_place(worst)} whatever the weights"
    if low == high:
        return f"{_place(low)} in 9 of 10 draws"
    if high == low + 1:
        return f"{_place(low)} or {_place(high)} in 9 of 10 draws"
    return f"between {ordinal(low)} and {ordinal(high)} in 9 of 10 draws"


def describe_top_chance(stability: RankStability, ward: str) -> str:
    """Say how often a ward is among the first: "in the top 5 in 8 of 10 draws"."""
    chance = float(stability.table.at[ward, "top_chance"])
    if np.isnan(chance):
        return ""
    place = f"in the top {stability.top}"
    if chance in (0, 1):
        return f"{'always' if chance else 'never'} {place}"
    tenths = round(10 * chance)
    if tenths in (0, 10):
        return f"{place} in {'fewer than 1' if tenths == 0 else 'more than 9'} of 10 draws"
    return f"{place} in {tenths} of 10 draws"
