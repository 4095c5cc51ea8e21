"""Impact and recovery: how far a figure got worse in the pandemic and how far it came back.

For each area: the baseline before March 2020, the shock (the worst figure from then on, by
polarity), the latest figure, and

    recovery % = (shock - latest) / (shock - baseline) * 100

0 % is still at the worst, 100 % back at the baseline; more than 100 is better than before and
less than 0 worse than at the shock. Nothing is cut off at 0 or 100.

Classes, in the order in which they are decided (thresholds below):

    cannot_tell        baseline, shock or latest figure is missing; `reason` says why
    not_hit            the worst figure is not worse than the baseline
    in_margin          it is worse, but the 95 % intervals of shock and baseline overlap, or a
                       count behind them is under `SMALL` and there are no intervals
    better_than_before recovery over 100 %, and the latest figure clear of the baseline: their
                       intervals do not overlap; without intervals recovery of 110 % or more
    recovered          recovery of 90 % or more
    worsening          still at or beyond the worst, or over the last year 10 % or more of the
                       shock was lost again
    stalled            over the last year less than 10 % of the shock was made good
    recovering         10 % or more was

The worst of many figures is a little too high by chance alone, so that small shocks near the
margin are to be read with care. The interval of recovery % is approximate (delta method, the
three figures taken as independent).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.periods import read_period
from data.recovery import is_before_pandemic

Floats = npt.NDArray[np.float64]
RECOVERED = 90.0
CLEARLY_BETTER = 110.0
STEP = 10.0
SMALL = 20
_WIDTH = 2 * 1.96
_EQUAL = 1e-9
CLASSES = (
    "better_than_before",
    "recovered",
    "recovering",
    "stalled",
    "worsening",
    "not_hit",
    "in_margin",
    "cannot_tell",
)


@dataclass(frozen=True)
class SeriesTable:
    """One series: arrays of areas x periods, NaN where missing, `flag` saying why."""

    codes: pd.Index
    periods: tuple[str, ...]
    value: Floats
    lower: Floats
    upper: Floats
    numerator: Floats
    denominator: Floats
    flag: npt.NDArray[np.object_]


@dataclass(frozen=True)
class Plan:
    """Positions in `periods`: of the baseline, of where the shock is looked for, of the end.

    `earlier` is the period a year before the end, -1 where there is none.
    """

    baseline: tuple[int, ...]
    after: tuple[int, ...]
    end: int
    earlier: int


def list_before(periods: Sequence[str], first: str) -> list[str]:
    """Periods that may be part of a baseline: from `first` on, and before March 2020."""
    start = read_period(first).start
    return [p for p in periods if is_before_pandemic(p) and read_period(p).start >= start]


def list_after(periods: Sequence[str]) -> list[str]:
    """Periods from March 2020 on."""
    return [p for p in periods if not is_before_pandemic(p)]


def make_plan(
    periods: Sequence[str], baseline: tuple[str, str], end: str, shock_last: str = ""
) -> Plan:
    """Find the periods of a computation.

    Args:
        periods: of the series, oldest first.
        baseline: first and last period of the baseline.
        end: the period called latest.
        shock_last: last period in which the worst figure is looked for; "" for the end.
    """
    keys = list(periods)
    first, last = (keys.index(key) for key in baseline)
    stop = min(keys.index(end), keys.index(shock_last) if shock_last in keys else len(keys))
    after = [n for n, key in enumerate(keys) if not is_before_pandemic(key) and n <= stop]
    ended = read_period(end).end
    older = [
        n
        for n, key in enumerate(keys)
        if (ended.year - read_period(key).end.year, read_period(key).end.month) == (1, ended.month)
    ]
    return Plan(
        tuple(range(first, last + 1)), tuple(after), keys.index(end), older[-1] if older else -1
    )


def average_baseline(
    series: SeriesTable, plan: Plan, interval: str, multiplier: float
) -> dict[str, Floats]:
    """The baseline of each area: value, low, high and the count behind it.

    Several periods are averaged: all counts over all denominators. A share (Wilson) is then
    an average of the same people seen several times, so its interval is that of one average
    period; events (Byar) add up. One missing period leaves no baseline.
    """
    columns = list(plan.baseline)
    if len(columns) == 1:
        n = columns[0]
        parts = (series.value, series.lower, series.upper, series.numerator)
        return dict(zip(("value", "low", "high", "count"), (p[:, n] for p in parts), strict=True))
    whole = ~np.isnan(series.value[:, columns]).any(axis=1)
    count = np.where(whole, series.numerator[:, columns].sum(axis=1), np.nan)
    people = np.where(whole, series.denominator[:, columns].sum(axis=1), np.nan)
    low = high = np.full(len(count), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = multiplier * count / people
    if np.isnan(value).all() and whole.any():
        value = np.where(whole, series.value[:, columns].mean(axis=1), np.nan)
    if interval == "wilson":
        from data.intervals import compute_wilson_limits

        low, high = compute_wilson_limits(count / len(columns), people / len(columns))
        low, high = low * multiplier, high * multiplier
    elif interval == "byar":
        from data.intervals import compute_byar_limits

        with np.errstate(invalid="ignore", divide="ignore"):
            low, high = (multiplier * limit / people for limit in compute_byar_limits(count))
    return {"value": value, "low": low, "high": high, "count": count / len(columns)}


def _find_shock(series: SeriesTable, plan: Plan, sign: int) -> npt.NDArray[np.int64]:
    """Position of the worst figure of each area; -1 where there is none. The first of equals."""
    after = series.value[:, list(plan.after)] * sign
    known = ~np.isnan(after)
    worst = np.where(known, after, -np.inf).argmax(axis=1) if plan.after else np.zeros(len(after))
    positions = np.array([*plan.after, -1])
    return positions[np.where(known.any(axis=1), worst, len(plan.after)).astype(int)]


def _take(table: npt.NDArray, columns: npt.NDArray[np.int64]) -> npt.NDArray:
    return table[np.arange(len(table)), columns]


def compute_recovery(
    series: SeriesTable, plan: Plan, polarity: str, interval: str, multiplier: float = 1
) -> pd.DataFrame:
    """Baseline, shock, latest, recovery and class of every area.

    Args:
        series: the figures.
        plan: which periods are what.
        polarity: of the indicator; `high_is_good` makes the lowest figure the worst.
        interval: how the indicator's intervals are computed: wilson, byar, published, none.
        multiplier: of the rate.

    Returns:
        index area code; baseline, baseline_low, baseline_high, shock, shock_low, shock_high,
        shock_period ("" where none), latest, latest_low, latest_high, size (shock - baseline),
        recovery, recovery_low, recovery_high (%; NaN where there is nothing to recover from),
        progress (share of the shock made good over the last year, %), class, reason, small
        (a count behind it is under `SMALL`), estimated (part of a figure behind it is withheld
        or marked unreliable).
    """
    sign = -1 if polarity == "high_is_good" else 1
    base = average_baseline(series, plan, interval, multiplier)
    at = _find_shock(series, plan, sign)
    none = at < 0
    shock, shock_low, shock_high, shock_count = (
        np.where(none, np.nan, _take(part, at))
        for part in (series.value, series.lower, series.upper, series.numerator)
    )
    latest, latest_low, latest_high = (
        part[:, plan.end] for part in (series.value, series.lower, series.upper)
    )
    columns = {f"baseline{end}": base[end.strip("_") or "value"] for end in ("", "_low", "_high")}
    columns |= {"shock": shock, "shock_low": shock_low, "shock_high": shock_high}
    columns["shock_period"] = np.array([*series.periods, ""], dtype=object)[at]
    columns |= {"latest": latest, "latest_low": latest_low, "latest_high": latest_high}
    frame = pd.DataFrame(columns | {"size": shock - base["value"]}, index=series.codes)
    counts = np.stack([base["count"], shock_count, series.numerator[:, plan.end]])
    frame["small"] = (counts < SMALL).any(axis=0)
    frame["estimated"] = _is_estimated(series, plan, at)
    # From the shock where it came later, and where there is no period a year before (-1).
    earlier = series.value[:, plan.earlier]
    earlier = np.where((at > plan.earlier) | np.isnan(earlier), shock, earlier)
    frame["reason"] = _explain_missing(series, plan, frame)
    _add_recovery(frame, earlier, at == plan.end, sign)
    return frame


def _is_estimated(
    series: SeriesTable, plan: Plan, at: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    weak = np.isin(series.flag, ["estimated", "unreliable"])
    found = np.asarray(weak[:, [*plan.baseline, plan.end]].any(axis=1), dtype=bool)
    return np.asarray(found | (_take(weak, at) & (at >= 0)), dtype=bool)


def _explain_missing(
    series: SeriesTable, plan: Plan, frame: pd.DataFrame
) -> npt.NDArray[np.object_]:
    """Why nothing can be told, "" where it can."""

    def why(columns: list[int]) -> npt.NDArray[np.str_]:
        missing = np.isnan(series.value[:, columns])
        empty = (series.denominator[:, columns] == 0).any(axis=1)
        withheld = (missing & (series.flag[:, columns] == "suppressed")).any(axis=1)
        words = np.where(withheld, "withheld because the number is small", "there is none")
        return np.where(empty, "nobody to count: the denominator is zero", words)

    reason = np.full(len(frame), "", dtype=object)
    for name, words, columns in (
        ("latest", "no latest figure", [plan.end]),
        ("shock", "no figure after March 2020", list(plan.after)),
        ("baseline", "no baseline", list(plan.baseline)),
    ):
        missing = frame[name].isna().to_numpy()
        if missing.any() and columns:
            told = np.array([f"{words} ({one})" for one in why(columns)], dtype=object)
            reason = np.where(missing, told, reason)
        elif missing.any():
            reason = np.where(missing, words, reason)
    return reason


def _overlap(
    worse: tuple[pd.Series, pd.Series], better: tuple[pd.Series, pd.Series], sign: int
) -> npt.NDArray[np.bool_]:
    """Whether the interval (low, high) of the worse figure reaches that of the better one."""
    (low, high), (other_low, other_high) = worse, better
    found = low <= other_high + _EQUAL if sign > 0 else high >= other_low - _EQUAL
    return found.to_numpy(dtype=bool)


def _add_recovery(
    frame: pd.DataFrame, earlier: Floats, at_end: npt.NDArray[np.bool_], sign: int
) -> None:
    gap = (frame["size"] * sign).to_numpy()
    scale = np.maximum(1, np.abs(frame["baseline"].to_numpy()))
    hit = gap > _EQUAL * scale
    base = (frame["baseline_low"], frame["baseline_high"])
    shock = (frame["shock_low"], frame["shock_high"])
    unsure = frame["baseline_low"].isna() | frame["shock_low"].isna()
    margin = _overlap(shock, base, sign) | (unsure & frame["small"]).to_numpy()
    told = (frame["reason"] == "").to_numpy()
    real = hit & told & ~margin
    size = np.where(real, frame["size"].to_numpy(), np.nan)
    frame["recovery"] = 100 * (frame["shock"] - frame["latest"]) / size
    frame["progress"] = 100 * (earlier - frame["latest"]) / size
    # Where the latest figure is the worst one, recovery is 0 by definition, not by estimate.
    half = np.where(at_end, np.nan, _half_width(frame, size))
    frame["recovery_low"], frame["recovery_high"] = (
        frame["recovery"] - half,
        frame["recovery"] + half,
    )
    back = frame["recovery"].to_numpy()
    latest = (frame["latest_low"], frame["latest_high"])
    clear = ~_overlap(base, latest, sign) & frame["latest_low"].notna().to_numpy()
    clear |= frame["latest_low"].isna().to_numpy() & (back >= CLEARLY_BETTER)
    step = frame["progress"].to_numpy()
    frame["class"] = np.select(
        [
            ~told,
            ~hit,
            margin,
            (back > 100) & clear,
            back >= RECOVERED - _EQUAL,
            at_end | (back <= _EQUAL) | (step <= -STEP + _EQUAL),
            step < STEP - _EQUAL,
        ],
        ["cannot_tell", "not_hit", "in_margin", "better_than_before", "recovered", "worsening",
         "stalled"],
        "recovering",
    )  # fmt: skip


def _half_width(frame: pd.DataFrame, size: Floats) -> Floats:
    """Half the 95 % interval of recovery %, by the delta method; NaN without intervals."""

    def error(name: str) -> Floats:
        return (frame[f"{name}_high"] - frame[f"{name}_low"]).to_numpy() / _WIDTH

    shock, latest, base = (frame[name].to_numpy() for name in ("shock", "latest", "baseline"))
    by_shock = (latest - base) / size**2 * error("shock")
    by_latest = error("latest") / size
    by_base = (shock - latest) / size**2 * error("baseline")
    half: Floats = 100 * 1.96 * np.sqrt(by_shock**2 + by_latest**2 + by_base**2)
    return half
