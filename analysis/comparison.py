"""Compare areas with a benchmark, and rank them among each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

ABOVE_BELOW = {
    "low_is_good": ("worse", "better"),
    "high_is_good": ("better", "worse"),
    "no_judgement": ("higher", "lower"),
}


def compare_with_benchmark(
    lower: npt.ArrayLike, upper: npt.ArrayLike, benchmark: float | Floats, polarity: str
) -> npt.NDArray[np.str_]:
    """Compare 95 % intervals with the value of a benchmark.

    Args:
        lower: lower limits, NaN where there is no interval.
        upper: upper limits.
        benchmark: the value of the benchmark area, or one per area; NaN where there is none.
        polarity: `low_is_good`, `high_is_good` or `no_judgement`.

    Returns:
        one word per area: better, similar or worse where polarity allows, else lower,
        similar or higher; "" where nothing can be said. Method: an area differs where its
        interval does not hold the benchmark's value, as Fingertips does.
    """
    low, high = np.asarray(lower, dtype=float), np.asarray(upper, dtype=float)
    above, below = ABOVE_BELOW[polarity]
    words = np.full(low.shape, "similar", dtype="<U7")
    words[low > benchmark] = above
    words[high < benchmark] = below
    words[np.isnan(low) | np.isnan(high) | np.isnan(benchmark)] = ""
    return words


def compute_ranks(values: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Rank values from the highest, which is 1; equal values share the better rank; NaN is 0."""
    series = pd.Series(np.asarray(values, dtype=float))
    return series.rank(method="min", ascending=False).fillna(0).to_numpy(dtype=np.int64)


def compute_percentiles(values: npt.ArrayLike, among: npt.ArrayLike) -> Floats:
    """Share of areas with a lower value, 0 to 100, half of the equal ones counted.

    Args:
        values: figures to place, NaN stays NaN.
        among: the figures of all areas they are placed among; NaN are left out.

    Method: mid-rank percentile.
    """
    figures = np.asarray(values, dtype=float)
    order = np.sort(np.asarray(among, dtype=float))
    order = order[~np.isnan(order)]
    if not len(order):
        return np.full(figures.shape, np.nan)
    below = np.searchsorted(order, figures, side="left")
    upto = np.searchsorted(order, figures, side="right")
    percentiles = 100 * (below + upto) / 2 / len(order)
    return np.where(np.isnan(figures), np.nan, percentiles)
