"""Need scores: where a ward stands on an action area of a strategy, and why.

Method (OECD and JRC, Handbook on Constructing Composite Indicators, 2008: normalise,
weight, add up, test how robust the ranks are): each indicator becomes its percentile among
all wards in England, turned so that high means more need; the score is the weighted mean of
the percentiles, 0 to 100; wards are then ranked within the place. How far the ranks can be
trusted is in `rank_stability`, what counts twice in `correlated_indicators`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison import compute_percentiles, compute_ranks
from analysis.map_view import format_number
from analysis.words import count_words
from data.catalogue import Indicator

Floats = npt.NDArray[np.float64]
Direction = Literal["high", "low"]

#: A score is withheld when less than this share of its indicators, or of their weight, is known.
LEAST_KNOWN = 0.5
# Adding up in another order moves the last bits; ranks must not notice.
_DECIMALS = 9


class NeedScoreError(ValueError):
    """An action area that cannot be scored; the message says which and what is allowed."""


@dataclass(frozen=True)
class ScoredIndicator:
    """One indicator of an action area.

    `weight` counts against the other weights only: 1, 1, 2 is the same as 25, 25, 50.
    `direction` says which end means more need: `high` or `low`.
    """

    indicator: Indicator
    weight: float
    direction: Direction

    def __post_init__(self) -> None:
        """Refuse a weight that is no number, and a direction that is no word for one.

        Raises:
            NeedScoreError: with the indicator, the value and what is allowed.
        """
        if not math.isfinite(self.weight) or self.weight < 0:
            raise NeedScoreError(
                f"{self.indicator.id}: weight {self.weight!r}; use a number of 0 or more."
            )
        if self.direction not in ("high", "low"):
            raise NeedScoreError(
                f"{self.indicator.id}: direction {self.direction!r}; use 'high' where a high "
                "figure means more need, 'low' where a low one does."
            )


@dataclass(frozen=True)
class ActionAreaInput:
    """One action area: its heading and the indicators that stand for it."""

    id: str
    heading: str
    indicators: tuple[ScoredIndicator, ...]

    def __post_init__(self) -> None:
        """Refuse an indicator named twice, and an area in which nothing counts.

        Raises:
            NeedScoreError: with the heading and the fault.
        """
        ids = [scored.indicator.id for scored in self.indicators]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise NeedScoreError(f"{self.heading}: {', '.join(twice)} stands there twice.")
        if not any(scored.weight for scored in self.indicators):
            raise NeedScoreError(f"{self.heading}: no indicator has a weight above 0.")

    @property
    def counted(self) -> tuple[ScoredIndicator, ...]:
        """The indicators with a weight above 0, by id: the only ones that count for anything."""
        weighted = (scored for scored in self.indicators if scored.weight > 0)
        return tuple(sorted(weighted, key=lambda scored: scored.indicator.id))

    @property
    def shares(self) -> dict[str, float]:
        """Each counted indicator's share of the weight; they add up to 1."""
        # Divided by the largest first, so that doubled weights give the same bits.
        weights = np.array([scored.weight for scored in self.counted])
        shares = np.round(weights / weights.max() / (weights / weights.max()).sum(), 12)
        return {s.indicator.id: float(w) for s, w in zip(self.counted, shares, strict=True)}


def direction_of(indicator: Indicator) -> Direction:
    """Which end means more need, by the polarity of the catalogue.

    Raises:
        NeedScoreError: the catalogue does not judge; a strategy must then say it.
    """
    if indicator.polarity == "no_judgement":
        raise NeedScoreError(
            f"{indicator.id}: the catalogue does not say which end is good; "
            "the strategy must name a direction, 'high' or 'low'."
        )
    return "low" if indicator.polarity == "high_is_good" else "high"


@dataclass(frozen=True)
class WardFigures:
    """The newest figures of several indicators for all wards in England.

    Four tables of one shape, index ward code (sorted), one column per indicator id: `value`,
    `lower` and `upper` (95 % limits, NaN where there are none), in the indicator's unit;
    `flag`, why a value is missing or weak, "" where there is nothing to say.
    """

    value: pd.DataFrame
    lower: pd.DataFrame
    upper: pd.DataFrame
    flag: pd.DataFrame


def make_ward_figures(newest: Mapping[str, pd.DataFrame], everywhere: pd.Index) -> WardFigures:
    """Set the figures of several indicators side by side.

    Args:
        newest: indicator id -> its newest figures (see `data.load.load_newest`).
        everywhere: codes of all wards in England.

    A ward without a row has no value and the flag `not_available`.
    """
    codes = everywhere.sort_values()

    def collect(column: str) -> pd.DataFrame:
        parts = {i: newest[i][column].reindex(codes).to_numpy(dtype=float) for i in sorted(newest)}
        return pd.DataFrame(parts, index=codes)

    flags = {
        i: newest[i]["flag"].astype(object).reindex(codes, fill_value="not_available").to_numpy()
        for i in sorted(newest)
    }
    return WardFigures(
        collect("value"),
        collect("lower_ci"),
        collect("upper_ci"),
        pd.DataFrame(flags, index=codes, dtype=object),
    )


@dataclass(frozen=True)
class AreaNeed:
    """The need scores of one action area for the wards of a place.

    `table`: index ward code in the order asked for; columns
        score         0 to 100, NaN where withheld
        rank          1 is the highest need in the place, equal scores share the better rank, 0 none
        known, all    how many indicators have a figure, of how many that count
        known_weight  share of the weight that is known, 0 to 1
        reason        why the score is withheld, "" where it stands
    `percentiles`: index ward code, one column per counted indicator in the order of the action
        area: 0 to 100, high means more need, NaN where there is no figure.
    `contributions`: the same shape; they add up to the score. An indicator without a figure
        contributes nothing and the others share its weight; NaN where it has none.
    """

    area: ActionAreaInput
    table: pd.DataFrame
    percentiles: pd.DataFrame
    contributions: pd.DataFrame

    @property
    def ranked(self) -> int:
        """How many wards have a rank."""
        return int((self.table["rank"] > 0).sum())


def turn(percentiles: npt.ArrayLike, direction: Direction) -> Floats:
    """Turn percentiles so that high means more need."""
    figures = np.asarray(percentiles, dtype=float)
    return 100 - figures if direction == "low" else figures


def _check(area: ActionAreaInput, figures: WardFigures, wards: pd.Index) -> None:
    unknown = [s.indicator.id for s in area.counted if s.indicator.id not in figures.value]
    if unknown:
        raise NeedScoreError(f"{area.heading}: no figures were given for {', '.join(unknown)}.")
    strange = wards.difference(figures.value.index)
    if len(strange) or wards.has_duplicates:
        named = ", ".join(map(str, strange[:3])) or "a code that stands there twice"
        raise NeedScoreError(f"{area.heading}: not wards of the figures given: {named}.")


def compute_need_percentiles(
    area: ActionAreaInput, figures: WardFigures, wards: pd.Index
) -> pd.DataFrame:
    """Percentile of each indicator among all wards in England, high meaning more need.

    Returns:
        index `wards`; one column per counted indicator, by id.

    Raises:
        NeedScoreError: an indicator or a ward without figures.
    """
    _check(area, figures, wards)
    columns = {}
    for scored in area.counted:
        all_values = figures.value[scored.indicator.id]
        own = compute_percentiles(all_values.loc[wards], all_values)
        columns[scored.indicator.id] = turn(own, scored.direction)
    return pd.DataFrame(columns, index=wards)


def is_withheld(
    known: npt.NDArray[np.bool_], shares: npt.ArrayLike
) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Tell where too little is known for a score.

    Args:
        known: wards x indicators.
        shares: share of the weight of each indicator, adding up to 1.

    Returns:
        withheld, and the known share of the weight. Both rules must be met, so that neither
        one heavy indicator nor many light ones can carry a score alone.
    """
    weight = np.round(known @ np.asarray(shares, dtype=float), _DECIMALS)
    return (known.mean(axis=1) < LEAST_KNOWN) | (weight < LEAST_KNOWN), weight


def _explain(known: int, everything: int, weight: float) -> str:
    if not known:
        return "no score: none of the indicators has a figure here"
    said = f"no score: figures for {known} of {count_words(everything, 'indicator', 'indicators')}"
    if known >= LEAST_KNOWN * everything:
        return f"{said}, which hold {format_number(100 * weight, 0)} % of the weight"
    return said


def compute_need(area: ActionAreaInput, figures: WardFigures, wards: pd.Index) -> AreaNeed:
    """Score and rank the wards of a place on one action area.

    Args:
        area: the indicators, their weights and directions.
        figures: of all wards in England, whatever the place.
        wards: codes of the wards of the place.

    Raises:
        NeedScoreError: an indicator or a ward without figures.

    Method: weighted mean of the percentiles. Where an indicator has no figure its weight is
    shared out over the others in proportion, nothing is filled in; the score is withheld when
    under half of the indicators or under half of the weight is known.
    """
    percentiles = compute_need_percentiles(area, figures, wards)
    shares = np.array([area.shares[i] for i in percentiles.columns])
    known = percentiles.notna().to_numpy()
    withheld, weight = is_withheld(known, shares)
    own = known * shares / np.where(weight > 0, weight, 1)[:, None]
    parts = own * percentiles.to_numpy()  # NaN stays where there is no figure
    score = np.where(withheld, np.nan, np.round(np.nansum(parts, axis=1), _DECIMALS))
    counts = known.sum(axis=1)
    reasons = [
        _explain(n, len(shares), w) if gone else ""
        for n, w, gone in zip(counts, weight, withheld, strict=True)
    ]
    table = pd.DataFrame(
        {
            "score": score,
            "rank": compute_ranks(score),
            "known": counts,
            "all": len(shares),
            "known_weight": weight,
            "reason": np.array(reasons, dtype=object),
        },
        index=wards,
    )
    parts[withheld] = np.nan
    order = [s.indicator.id for s in area.indicators if s.weight > 0]
    contributions = pd.DataFrame(parts, index=wards, columns=percentiles.columns)
    return AreaNeed(area, table, percentiles[order], contributions[order])


def tabulate_need(needs: Sequence[AreaNeed], column: str = "score") -> pd.DataFrame:
    """Wards by action areas: one column of `AreaNeed.table` for each area, headed by its id.

    Wards stand in the order of the first action area.
    """
    if not needs:
        return pd.DataFrame()
    index = needs[0].table.index
    return pd.DataFrame({n.area.id: n.table[column].reindex(index) for n in needs})


def describe_known(known: int, everything: int) -> str:
    """Say how much a score rests on: "all 6 indicators", "5 of 6 indicators"."""
    if known == everything == 1:
        return "its one indicator"
    words = count_words(everything, "indicator", "indicators")
    return f"all {words}" if known == everything else f"{known} of {words}"
