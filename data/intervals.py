"""95 % limits of proportions and rates, from well-kept implementations."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PHStatsMethods import byars_lower, byars_upper, exact_upper
from statsmodels.stats.proportion import proportion_confint

CONFIDENCE = 0.95


def compute_wilson_limits(
    numerator: np.ndarray, denominator: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Wilson score limits of numerator / denominator, as fractions of one.

    Source: Wilson 1927, Newcombe and Altman 2000; computed by statsmodels, which agrees
    with PHStatsMethods (the tests compare them) and takes whole arrays.

    A denominator of zero or a missing figure gives NaN; a numerator above its denominator
    (possible where the two come from different sources) is treated as all of it.
    """
    numerator, denominator = np.broadcast_arrays(
        np.asarray(numerator, dtype="float64"), np.asarray(denominator, dtype="float64")
    )
    lower, upper = np.full(numerator.shape, np.nan), np.full(numerator.shape, np.nan)
    usable = (denominator > 0) & (numerator >= 0)
    if usable.any():
        counts = np.minimum(numerator[usable], denominator[usable])
        lower[usable], upper[usable] = proportion_confint(
            counts, denominator[usable], alpha=1 - CONFIDENCE, method="wilson"
        )
    return lower, upper


@lru_cache(maxsize=65_536)
def _byar(count: float) -> tuple[float, float]:
    if count == 0:
        # byars_upper refuses zero; with no events the exact limits are these.
        return 0.0, float(exact_upper(0, CONFIDENCE))
    return float(byars_lower(count, CONFIDENCE)), float(byars_upper(count, CONFIDENCE))


def compute_byar_limits(count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Limits of a count: Byar's method, exact Poisson for a count under 10.

    Source: Breslow and Day 1987, computed by PHStatsMethods once for each different
    count. Shared-out counts are taken to the nearest tenth; missing counts give NaN.
    """
    count = np.abs(np.round(np.asarray(count, dtype="float64"), 1))
    different, place = np.unique(count, return_inverse=True)
    limits = [(np.nan, np.nan) if np.isnan(c) else _byar(float(c)) for c in different]
    lower, upper = np.array(limits, dtype="float64").reshape(-1, 2).T
    return lower[place], upper[place]
