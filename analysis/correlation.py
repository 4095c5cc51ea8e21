"""How closely two indicators go together over wards, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
NAN = float("nan")
# The standard normal deviate of a 95 % interval.
Z = 1.959963984540054


@dataclass(frozen=True)
class Correlation:
    """A coefficient from -1 to 1 with its 95 % interval; NaN where it cannot be told.

    `effective` is the number of wards the interval is computed from: with weights it is
    smaller than `count`.
    """

    value: float
    lower: float
    upper: float
    count: int
    effective: float

    @property
    def clear(self) -> bool:
        """Whether the interval lies on one side of nought."""
        return bool(self.lower > 0 or self.upper < 0)


def compute_pearson(
    x: npt.ArrayLike, y: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> Correlation:
    """Pearson's correlation, weighted on request, with Fisher's interval.

    Args:
        x: one figure per ward.
        y: the other; pairs in which either is missing are left out.
        weights: people per ward; None counts every ward once.

    Method: Fisher 1921, atanh(r) has standard error 1 / sqrt(n - 3). With weights the
    moments are weighted and n is Kish's effective number, (sum w)^2 / sum w^2 (1965).
    """
    first, second, weight = _pairs(x, y, weights)
    return _with_interval(_moments(first, second, weight), first, weight, spread=1.0)


def compute_spearman(
    x: npt.ArrayLike, y: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> Correlation:
    """Spearman's correlation of ranks, ties sharing their mean rank.

    Method: Pearson's of the ranks; the standard error of atanh(r) is
    sqrt((1 + r^2 / 2) / (n - 3)) (Bonett and Wright 2000). Weights as in `compute_pearson`.
    """
    first, second, weight = _pairs(x, y, weights)
    ranks = [pd.Series(v).rank().to_numpy(dtype=float) for v in (first, second)]
    found = _moments(ranks[0], ranks[1], weight)
    return _with_interval(found, first, weight, spread=1 + found * found / 2)


def _pairs(
    x: npt.ArrayLike, y: npt.ArrayLike, weights: npt.ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    first, second = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    weight = np.ones(first.shape) if weights is None else np.asarray(weights, dtype=float)
    known = ~np.isnan(first) & ~np.isnan(second) & (weight > 0)
    return first[known], second[known], weight[known]


def _moments(x: Floats, y: Floats, weight: Floats) -> float:
    if len(x) < 2:
        return NAN
    share = weight / weight.sum()
    dx, dy = x - share @ x, y - share @ y
    scale = np.sqrt((share @ (dx * dx)) * (share @ (dy * dy)))
    # All alike but for the last digits of a float is all alike.
    if not scale > 1e-12 * max(1.0, np.abs(x).max() * np.abs(y).max()):
        return NAN
    return float(np.clip(share @ (dx * dy) / scale, -1, 1))


def _with_interval(found: float, x: Floats, weight: Floats, spread: float) -> Correlation:
    count = len(x)
    effective = float(weight.sum() ** 2 / (weight * weight).sum()) if count else 0.0
    if np.isnan(found) or effective <= 3:
        return Correlation(found, NAN, NAN, count, effective)
    if abs(found) == 1:
        return Correlation(found, found, found, count, effective)
    half = Z * np.sqrt(spread / (effective - 3))
    lower, upper = np.tanh(np.arctanh(found) + np.array([-half, half]))
    return Correlation(found, float(lower), float(upper), count, effective)


def fit_resistant_line(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[float, float]:
    """Slope and intercept of Tukey's resistant line, which single odd wards cannot bend.

    Method: the wards in thirds by x; the slope joins the medians of the outer thirds, the
    intercept is the mean of what the three medians leave; then once more on the residuals,
    up to ten times (Tukey, Exploratory Data Analysis, 1977; Velleman and Hoaglin 1981).
    A slope of 0 where the outer thirds do not differ in x.
    """
    first, second = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if len(first) < 3:
        return 0.0, float(np.median(second)) if len(second) else NAN
    edges = np.quantile(first, [1 / 3, 2 / 3])
    thirds = [first <= edges[0], (first > edges[0]) & (first < edges[1]), first >= edges[1]]
    thirds = [part for part in thirds if part.any()]
    middles = [float(np.median(first[part])) for part in thirds]
    run = middles[-1] - middles[0]
    slope = 0.0
    for _ in range(10 if run > 0 else 0):
        left = second - slope * first
        step = float(np.median(left[thirds[-1]]) - np.median(left[thirds[0]])) / run
        slope += step
        if abs(step) <= 1e-9 * abs(slope):
            break
    rest = [
        float(np.median(second[part])) - slope * mid
        for part, mid in zip(thirds, middles, strict=True)
    ]
    return slope, float(np.mean(rest))
