"""Hidden pockets: how far the neighbourhoods (LSOAs) inside a ward differ.

The rule, with its words:

- *High need* is the fifth of England's LSOAs with the least good figures: the highest where
  low is good, the lowest where high is good, and the highest where neither is (there it is
  "highest", without judgement). Its limit is the figure of the LSOA at the place n // 5 from
  that end. LSOAs that share the limit are all in; but where that would put more than a
  quarter of England in (many share one figure, often zero), all of them are out. For the
  Index of Multiple Deprivation this is the nationally most deprived fifth, as published.
- A ward's *own fifth*, 1 to 5, is its place among England's wards, 5 being high need.
- A ward *hides* a pocket where its own fifth is 1, 2 or 3 and at least one LSOA inside it, but
  not every one, is in the high-need fifth of LSOAs. A ward of one LSOA can hide nothing.

Quartiles are those of the ward's LSOAs, each counted once (linear interpolation, as in
`numpy.quantile`): they describe places. People are counted by `population`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison import compute_percentiles

Floats = npt.NDArray[np.float64]

SHARE = 5  # a fifth
MOST_TIED = 4  # more than a quarter of England in the "fifth" is no fifth
QUARTILES = {"low": 0.0, "lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75, "high": 1.0}
HIDING_FIFTHS = 3


def find_limit(values: npt.ArrayLike, polarity: str) -> float:
    """The least extreme figure that is still in the high-need fifth; NaN if there is none.

    Args:
        values: the figures of all LSOAs in England; NaN are left out.
        polarity: of the indicator.
    """
    turn = -1.0 if polarity == "high_is_good" else 1.0
    figures = np.asarray(values, dtype=float) * turn
    figures = np.sort(figures[~np.isnan(figures)])[::-1]
    if len(figures) < SHARE:
        return float("nan")
    limit = figures[len(figures) // SHARE - 1]
    if (figures >= limit).sum() * MOST_TIED > len(figures):
        beyond = figures[figures > limit]
        limit = beyond.min() if len(beyond) else np.nan
    return float(limit * turn)


def in_high_fifth(values: npt.ArrayLike, limit: float, polarity: str) -> npt.NDArray[np.bool_]:
    """Which figures are in the high-need fifth; a missing figure is not."""
    figures = np.asarray(values, dtype=float)
    return figures <= limit if polarity == "high_is_good" else figures >= limit


def place_in_fifths(values: npt.ArrayLike, everywhere: npt.ArrayLike, polarity: str) -> Floats:
    """Which fifth each figure is in among all of them, 5 being high need; NaN if missing.

    Method: mid-rank percentile (`comparison.compute_percentiles`), cut at 20, 40, 60, 80.
    """
    percentile = compute_percentiles(values, everywhere)
    if polarity == "high_is_good":
        percentile = 100 - percentile
    return np.minimum(percentile // 20, 4) + 1


def _quantiles(figures: Floats, first: npt.NDArray, count: npt.NDArray, share: float) -> Floats:
    """A quantile of each stretch of sorted figures, `count` long from `first`."""
    at = share * np.maximum(count - 1, 0)
    below = np.floor(at).astype(int)
    above = np.minimum(below + 1, np.maximum(count - 1, 0))
    safe = np.minimum(first, max(len(figures) - 1, 0))
    low = figures[np.minimum(safe + below, len(figures) - 1)]
    high = figures[np.minimum(safe + above, len(figures) - 1)]
    return np.where(count > 0, low + (high - low) * (at - below), np.nan)


def summarise_wards(
    values: pd.Series, lsoas: pd.DataFrame, wards: pd.Index, limit: float, polarity: str
) -> pd.DataFrame:
    """The spread of the LSOAs inside each ward.

    Args:
        values: index LSOA code, NaN where there is no figure.
        lsoas: index LSOA code; columns ward_code, population.
        wards: codes of the wards wanted.
        limit: see `find_limit`.
        polarity: of the indicator.

    Returns:
        index ward code; low, lower_quartile, median, upper_quartile, high (NaN without a
        figure), spread (high - low), iqr, lsoas (all of them), known (with a figure), people
        (in those), pockets (LSOAs in the high-need fifth), people_in_pockets, share (of people,
        0 to 100, NaN without a figure).
    """
    inside = lsoas[lsoas["ward_code"].isin(wards)]
    ward = wards.get_indexer(inside["ward_code"])
    figures = values.reindex(inside.index).to_numpy(dtype=float)
    people = inside["population"].to_numpy(dtype=float)
    known = ~np.isnan(figures)

    def add_up(amounts: npt.NDArray) -> Floats:
        return np.bincount(ward, weights=amounts, minlength=len(wards)).astype(float)

    result = {"lsoas": add_up(np.ones(len(ward))), "known": add_up(known)}
    pocket = in_high_fifth(figures, limit, polarity)
    result["people"] = add_up(np.where(known, people, 0))
    result["pockets"], result["people_in_pockets"] = add_up(pocket), add_up(pocket * people)
    share = 100 * result["people_in_pockets"] / np.maximum(result["people"], 1)
    result["share"] = np.where(result["known"] > 0, share, np.nan)
    order = np.lexsort((figures[known], ward[known]))
    count = result["known"].astype(int)
    first = np.cumsum(count) - count
    ordered = figures[known][order]
    for name, part in QUARTILES.items():
        gaps = np.full(len(wards), np.nan)
        result[name] = _quantiles(ordered, first, count, part) if len(ordered) else gaps
    table = pd.DataFrame(result, index=wards)
    whole = ["lsoas", "known", "pockets"]
    table[whole] = table[whole].astype(int)
    return table.assign(
        spread=table["high"] - table["low"], iqr=table["upper_quartile"] - table["lower_quartile"]
    )


def find_pockets(
    own: pd.DataFrame, spread: pd.DataFrame, everywhere: npt.ArrayLike, polarity: str
) -> pd.DataFrame:
    """Join the wards' own figures to their spread, and say which hide a pocket.

    Args:
        own: index ward code; columns name, value (of the same period), NaN if missing.
        spread: see `summarise_wards`, for the same wards.
        everywhere: the figures of all wards in England.
        polarity: of the indicator.

    Returns:
        the columns of both, and fifth (1 to 5, NaN without a figure), hides (bool); wards that
        hide a pocket first, by people living there, then the others by spread.
    """
    table = own[["name", "value"]].join(spread)
    table["fifth"] = place_in_fifths(table["value"], everywhere, polarity)
    some = (table["pockets"] > 0) & (table["pockets"] < table["known"])
    table["hides"] = (table["fifth"] <= HIDING_FIFTHS) & some
    table["order"] = np.where(table["hides"], table["people_in_pockets"], 0)
    ordered = table.sort_values(
        ["hides", "order", "spread", "name"],
        ascending=[False, False, False, True],
        na_position="last",
    )
    return ordered.drop(columns="order")
