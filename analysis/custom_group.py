"""Figures of a group of wards that a visitor puts together.

Counts are added, then divided; scores and means are means weighted by the people behind
them; withheld counts are filled with the middle of what they can hide and widen the
interval, as in `data.aggregation`. A member without a figure is named, never dropped in
silence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.aggregation import (
    ENOUGH,
    ESTIMATED,
    NOT_AVAILABLE,
    NOTICEABLE,
    SUPPRESSED,
    UNRELIABLE,
)
from data.catalogue import Indicator

Floats = npt.NDArray[np.float64]
NAN = float("nan")
# The standard normal deviate of a 95 % interval.
Z = 1.959963984540054

METHOD_WORDS = {
    "sum": "counts of the wards added up",
    "ratio": "counts of the wards added up, then divided",
    "weighted_share": "counts of the wards added up, then divided",
    "weighted_mean": "mean of the wards, weighted by the people or homes it speaks for",
}


@dataclass(frozen=True)
class GroupValues:
    """One indicator's figure for a group of wards.

    `value`, `lower` and `upper` are in the indicator's unit, NaN where there is none;
    `missing` and `withheld` are the codes of members without a figure of their own.
    """

    value: float
    lower: float
    upper: float
    numerator: float
    denominator: float
    flag: str
    members: int
    missing: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    method: str = ""


@dataclass(frozen=True)
class _Sums:
    """The counts of a group: least, middle and most, and what they are divided by."""

    low: float
    middle: float
    high: float
    over: float


def compute_group_values(
    values: pd.DataFrame,
    members: pd.DataFrame,
    indicator: Indicator,
    hidden: tuple[float, float] | None = None,
) -> GroupValues:
    """Recompute one indicator for a group of wards.

    Args:
        values: index area code; value, lower_ci, upper_ci, numerator, denominator, flag of
            one period (`data.load.load_newest`). A mean's denominator is its weight.
        members: index ward code; columns population (NaN where no LSOA fits), lsoa_count.
        indicator: how the figure is made and which interval it has.
        hidden: the least and the most a withheld count of one LSOA can be, where the source
            withholds counts of LSOAs; None leaves withheld members out.

    Returns:
        the group's figure. Wilson's interval for proportions, Byar's for rates (see
        `data.intervals`), none where the catalogue names none. It is `estimated` where a
        member has no figure or withheld counts could move it by 2 %, and `not_available`
        where members with under half of the people have one.
    """
    rows = values.reindex(members.index)
    flags = rows["flag"].astype(object).where(rows["flag"].notna(), NOT_AVAILABLE)
    known = rows["value"].notna().to_numpy()
    held = (flags == SUPPRESSED).to_numpy() & ~known
    filled = held & rows["denominator"].notna().to_numpy() & (hidden is not None)
    missing = tuple(members.index[~known & ~held])
    withheld = tuple(members.index[held])
    common = {
        "members": len(members),
        "missing": missing,
        "withheld": withheld,
        "method": METHOD_WORDS.get(indicator.aggregation, ""),
    }
    used = known | filled
    people = members["population"].fillna(0).to_numpy(dtype=float)
    if not known.any() or people[used].sum() < ENOUGH * people.sum():
        why = SUPPRESSED if held.any() and not missing and not known.any() else NOT_AVAILABLE
        return GroupValues(NAN, NAN, NAN, NAN, NAN, why, **common)  # type: ignore[arg-type]
    sums = _add_up(rows, members, indicator, known, filled, hidden)
    value = _divide(sums.middle, sums.over, indicator)
    lower, upper = _limits(sums, indicator)
    numerator = NAN if indicator.aggregation == "weighted_mean" else sums.middle
    flag = _flag(sums, rows, flags.to_numpy(dtype=str), known, indicator)
    if not flag and not used.all():
        flag = ESTIMATED
    return GroupValues(value, lower, upper, numerator, sums.over, flag, **common)  # type: ignore[arg-type]


def _add_up(
    rows: pd.DataFrame,
    members: pd.DataFrame,
    indicator: Indicator,
    known: npt.NDArray[np.bool_],
    filled: npt.NDArray[np.bool_],
    hidden: tuple[float, float] | None,
) -> _Sums:
    over = rows["denominator"].to_numpy(dtype=float)
    if indicator.aggregation == "weighted_mean":
        total = float(np.nansum((rows["value"] * rows["denominator"]).to_numpy()[known]))
        return _Sums(total, total, total, float(over[known].sum()))
    counts = rows["numerator"].to_numpy(dtype=float)
    low, high = _counts_behind_limits(rows, indicator)
    sums = [float(amounts[known].sum()) for amounts in (low, counts, high)]
    if hidden is not None and filled.any():
        parts = float(members["lsoa_count"].to_numpy()[filled].sum())
        fills = (hidden[0], (hidden[0] + hidden[1]) / 2, hidden[1])
        sums = [total + parts * fill for total, fill in zip(sums, fills, strict=True)]
    divisor = NAN if indicator.aggregation == "sum" else float(over[known | filled].sum())
    return _Sums(sums[0], sums[1], sums[2], divisor)


def _counts_behind_limits(rows: pd.DataFrame, indicator: Indicator) -> tuple[Floats, Floats]:
    """The least and the most that members' counts can be where parts of them are withheld.

    The tables keep the limits, not these counts; Wilson's limit is turned round exactly:
    p = L + z sqrt(L (1 - L) / n) for the lower one (Wilson 1927). Where the count found
    differs from the one stored by no more than the rounding of the limit, nothing is hidden.
    """
    counts = rows["numerator"].to_numpy(dtype=float)
    if indicator.interval != "wilson" or not (rows["flag"] == ESTIMATED).any():
        return counts, counts
    over = rows["denominator"].to_numpy(dtype=float)
    ends = []
    for column, sign in (("lower_ci", 1.0), ("upper_ci", -1.0)):
        limit = rows[column].to_numpy(dtype=float) / indicator.multiplier
        step = 0.5 / 10 ** (indicator.decimals + 1) / indicator.multiplier
        found, edges = (
            _turn_round(limit, over, sign),
            [_turn_round(np.clip(limit + d, 0, 1), over, sign) for d in (-step, step)],
        )
        slack = np.abs(edges[1] - edges[0]) + 0.01
        ends.append(np.where(sign * (counts - found) > slack, found, counts))
    return ends[0], ends[1]


def _turn_round(limit: Floats, over: Floats, sign: float) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        share = limit + sign * Z * np.sqrt(limit * (1 - limit) / over)
    return np.clip(share, 0, 1) * over


def _divide(count: float, over: float, indicator: Indicator) -> float:
    if indicator.aggregation == "sum":
        return count
    if not over > 0:
        return NAN
    # The stored means are in the indicator's unit already.
    scale = 1 if indicator.aggregation == "weighted_mean" else indicator.multiplier
    return scale * count / over


def _limits(sums: _Sums, indicator: Indicator) -> tuple[float, float]:
    if indicator.interval not in ("wilson", "byar") or indicator.aggregation == "weighted_mean":
        return NAN, NAN
    from data.intervals import compute_byar_limits, compute_wilson_limits

    ends = np.array([sums.low, sums.high])
    if indicator.interval == "wilson":
        lower, upper = compute_wilson_limits(ends, np.array([sums.over]))
        return float(lower[0]) * indicator.multiplier, float(upper[1]) * indicator.multiplier
    lower, upper = compute_byar_limits(ends)
    return _divide(float(lower[0]), sums.over, indicator), _divide(
        float(upper[1]), sums.over, indicator
    )


def _flag(
    sums: _Sums,
    rows: pd.DataFrame,
    flags: npt.NDArray[np.str_],
    known: npt.NDArray[np.bool_],
    indicator: Indicator,
) -> str:
    """Why the sum of the known members is weak, "" where it is not."""
    if (flags[known] == UNRELIABLE).any():
        return UNRELIABLE
    if sums.high - sums.low > NOTICEABLE * max(sums.middle, 1):
        return ESTIMATED
    if indicator.interval == "wilson":
        return ""
    # Without limits what is lacking cannot be told, but it is at most as much as is there.
    weak = known & (flags == ESTIMATED)
    column = "numerator" if indicator.aggregation == "sum" else "denominator"
    weights = rows[column].to_numpy(dtype=float)
    shaky = weights[weak].sum() > NOTICEABLE * weights[known].sum()
    return ESTIMATED if shaky else ""
