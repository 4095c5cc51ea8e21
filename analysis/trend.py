"""Recent trend of a figure: does it clearly rise or fall over its five latest points?

Method: the recent trend of Fingertips, the public-health profiles of the Department of Health
and Social Care. A straight line is fitted through the five latest points; each weighs by the
inverse of its variance, taken from its 95 % interval: ((upper - lower) / 3.92) squared. The
squared slope over its variance is compared with chi-squared on one degree of freedom at
p = 0.002, and the slope must keep its sign when any one point is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from data.catalogue import Indicator
from data.periods import read_period

Floats = npt.NDArray[np.float64]
POINTS = 5
CHI_SQUARED = 9.5495  # p = 0.002, one degree of freedom
_INTERVAL_WIDTH = 2 * 1.96

TOO_FEW = "too few points"
NO_INTERVAL = "no interval, so no trend is told"
UNCLEAR = "no clear trend"
ARROWS = {"rising": "↗", "falling": "↘", UNCLEAR: "→"}


class Line(NamedTuple):
    """A weighted straight line: slope per point, chi-squared, and whether its sign is steady."""

    slope: float
    chi_squared: float
    steady: bool


class Trend(NamedTuple):
    """A trend in words.

    `word`: rising, falling, "no clear trend" or why nothing is told. `judgement`: better,
    worse, or "" without polarity. `first` and `last` are labels of periods, "" where no
    line was fitted.
    """

    word: str
    judgement: str = ""
    first: str = ""
    last: str = ""

    @property
    def arrow(self) -> str:
        """↗ ↘ → or ""."""
        return ARROWS.get(self.word, "")

    @property
    def text(self) -> str:
        """The trend for a narrow column: "↗ rising, worse"."""
        words = ", ".join(part for part in (self.word, self.judgement) if part)
        return f"{self.arrow} {words}".strip()


def _fit_slope(x: Floats, y: Floats, weight: Floats) -> tuple[float, float]:
    """Slope of a weighted line, and its variance where weights are inverse variances."""
    total = weight.sum()
    middle = (weight * x).sum() / total
    width = (weight * (x - middle) ** 2).sum()
    return float((weight * (x - middle) * y).sum() / width), float(1 / width)


def fit_line(value: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike) -> Line:
    """Fit a line through equally spaced points, weighted by their 95 % intervals.

    Args:
        value: oldest first, at least three; none missing.
        lower: lower limits.
        upper: upper limits, above the lower ones.
    """
    y = np.asarray(value, dtype=float)
    error = (np.asarray(upper, dtype=float) - np.asarray(lower, dtype=float)) / _INTERVAL_WIDTH
    weight, x = 1 / error**2, np.arange(len(y), dtype=float)
    slope, variance = _fit_slope(x, y, weight)
    without = [
        _fit_slope(np.delete(x, n), np.delete(y, n), np.delete(weight, n))[0] for n in range(len(y))
    ]
    steady = all(other * slope > 0 for other in without)
    return Line(slope, slope**2 / variance, steady)


def choose_points(periods: Sequence[str], first: str = "") -> list[int]:
    """Which periods a trend runs through: positions in `periods`, oldest first.

    Args:
        periods: keys of all periods, oldest first.
        first: the first period that is comparable with the newest, "" for all.

    Months, quarters and rolling years are taken once a year, at the newest one's time of year:
    neither the seasons nor months that two points share can then look like a trend.
    """
    newest = read_period(periods[-1])
    start = read_period(first).start if first else read_period(periods[0]).start
    months = (newest.end.year - newest.start.year) * 12 + newest.end.month - newest.start.month + 1
    chosen = [n for n, key in enumerate(periods) if read_period(key).start >= start]
    if months <= 12 and newest.start.day == 1:
        season = newest.start.month
        chosen = [n for n in chosen if read_period(periods[n]).start.month == season]
    return chosen[-POINTS:]


def judge(word: str, polarity: str) -> str:
    """Whether rising or falling is better or worse; "" where neither is."""
    if word not in ("rising", "falling") or polarity == "no_judgement":
        return ""
    return "better" if (word == "rising") == (polarity == "high_is_good") else "worse"


def compute_trend(
    indicator: Indicator,
    periods: Sequence[str],
    value: npt.ArrayLike,
    lower: npt.ArrayLike,
    upper: npt.ArrayLike,
    first: str = "",
) -> Trend:
    """The recent trend of one area.

    Args:
        indicator: for its polarity.
        periods: keys, oldest first, one for each figure.
        value: figures, NaN where missing.
        lower: lower 95 % limits.
        upper: upper 95 % limits.
        first: see `choose_points`.

    All five latest comparable points must have a figure: a gap can hide what matters.
    """
    chosen = choose_points(periods, first)
    if len(chosen) < POINTS:
        return Trend(TOO_FEW)
    y, low, high = (np.asarray(column, dtype=float)[chosen] for column in (value, lower, upper))
    if np.isnan(y).any():
        return Trend(TOO_FEW)
    if np.isnan(low).any() or np.isnan(high).any() or (high <= low).any():
        return Trend(NO_INTERVAL)
    line = fit_line(y, low, high)
    clear = line.chi_squared > CHI_SQUARED and line.steady
    word = ("rising" if line.slope > 0 else "falling") if clear else UNCLEAR
    ends = (read_period(periods[n]).label for n in (chosen[0], chosen[-1]))
    return Trend(word, judge(word, indicator.polarity), *ends)
