"""Which rows a ranking shows, how sure each rank is, and how far small areas spread."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.words import keep_short, ordinal


def spread_of_lsoas(values: pd.Series, ward_of: pd.Series) -> pd.DataFrame:
    """Lowest and highest LSOA of each ward.

    Args:
        values: index LSOA code, NaN where missing.
        ward_of: index LSOA code, the ward it is counted in.

    Returns:
        index ward code; columns low, high; NaN where no LSOA has a value.
    """
    groups = values.groupby(ward_of)
    return pd.DataFrame({"low": groups.min(), "high": groups.max()})


def choose_rows(
    frame: pd.DataFrame, selected: str, most: int, *, lowest: bool = False
) -> pd.DataFrame:
    """The highest (or lowest) areas, and the selected one wherever it stands.

    Args:
        frame: index area code; column value.
        selected: code of the area that must be among the rows, "" for none.
        most: how many rows at most.
        lowest: the other end of the ranking, lowest first.

    Returns:
        rows with a value, in the order of the ranking from the end asked for.
    """
    ranked = frame.dropna(subset="value").sort_values("value", ascending=lowest, kind="stable")
    rows = ranked.head(most)
    if selected in ranked.index and selected not in rows.index:
        rows = pd.concat([rows.head(most - 1), ranked.loc[[selected]]])
    return rows


def compute_rank_limits(
    lower: npt.ArrayLike, upper: npt.ArrayLike
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The best and the worst rank of each area that its interval and the others' allow.

    Args:
        lower: lower 95 % limits; NaN where an area has no interval.
        upper: upper limits.

    Returns:
        best and worst rank, 1 the highest; 0 without an interval.

    Method: an area stands below all whose whole interval lies above its own, and above all
    whose whole interval lies below; intervals that touch leave the order open (Klein,
    Wright and Wieczorek 2020, A joint confidence region for an overall ranking of
    populations, Journal of the Royal Statistical Society C 69). With 95 % intervals of the
    single areas, 95 % is said of each comparison and not of the whole ranking.
    """
    low, high = np.asarray(lower, dtype=float), np.asarray(upper, dtype=float)
    known = ~np.isnan(low) & ~np.isnan(high)
    lows, highs = np.sort(low[known]), np.sort(high[known])
    best, worst = np.zeros(low.shape, dtype=np.int64), np.zeros(low.shape, dtype=np.int64)
    above = len(lows) - np.searchsorted(lows, high[known], side="right")
    below = np.searchsorted(highs, low[known], side="left")
    best[known], worst[known] = 1 + above, len(lows) - below
    return best, worst


def say_rank(subject: str, name: str, rank: int, best: int, worst: int, sharing: int = 0) -> str:
    """Say a rank: "Claimants: Mill ranks 2nd; it could be 1st to 4th".

    Args:
        subject: short name of what is ranked.
        name: of the area.
        rank: 1 the highest.
        best: see `compute_rank_limits`; 0 where it is not known how sure the rank is.
        worst: the other limit.
        sharing: how many other areas have the same figure.
    """
    start = f"{subject}: {name} ranks {ordinal(rank)}"
    if not best:
        return f"{start} with {sharing:,} more" if sharing else start
    if best == worst:
        return keep_short(f"{start}, clear of all others", f"{start}, clearly")
    run = f"{ordinal(best)} to {ordinal(worst)}"
    return keep_short(f"{start}; it could be {run}", f"{start} ({run})")
