"""Hot spots: wards whose figures go together with those of their neighbours.

Local Moran's I (L. Anselin, "Local indicators of spatial association", 1995), as esda computes
it: a ward's distance from the mean, times the mean distance of its neighbours. Whether it is
more than chance is asked by giving the neighbours the figures of other wards, drawn at random,
9,999 times. As one such question is asked for every ward, the answers are corrected for the
false discoveries to be expected (Y. Benjamini and Y. Hochberg, 1995).

Why 9,999 draws and not the usual 999: with 999 no p-value is below 0.001 (0.002 two-sided), and
after the correction for a county's 168 or a region's 1,269 wards hardly anything could ever be
called clear; what was hung on the seed (measured: 61 wards with one, none with another).
"""

from __future__ import annotations

import threading
import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.libraries import bring_library
from analysis.map_view import CLUSTER_SIGNS
from analysis.words import CLUSTER_WORDS, count_words

if TYPE_CHECKING:
    import geopandas as gpd
    from libpysal.graph import Graph

PERMUTATIONS = 9_999
SEED = 2025
LEVEL = 0.05
FEWEST_WARDS = 8
#: Patterns that stand out, in the order in which they are told.
CLEAR_PATTERNS = ("high_high", "low_low", "high_low", "low_high")
QUADRANTS = {1: "high_high", 2: "low_high", 3: "low_low", 4: "high_low"}
COLUMNS = ("pattern", "neighbours", "local_i", "p", "corrected_p")

# esda seeds the one random generator that NumPy has for a whole process: two visitors at once
# would draw from each other's numbers, and get different answers each time.
_one_at_a_time = threading.Lock()


def find_neighbours(polygons: gpd.GeoDataFrame) -> Graph:
    """Who is next to whom: areas that share a stretch or a corner of their boundary (queen).

    Args:
        polygons: one row per area, indexed by area code.
    """
    graph: Graph = bring_library("libpysal.graph").Graph.build_contiguity(polygons, rook=False)
    return graph


def find_hot_spots(
    values: pd.Series, neighbours: Graph, permutations: int = PERMUTATIONS, seed: int = SEED
) -> pd.DataFrame:
    """Name the pattern that each area forms with its neighbours.

    Args:
        values: figures by area code, NaN where there is none. Such areas are left out, also
            as neighbours.
        neighbours: see `find_neighbours`; of all these areas.
        permutations: how often neighbours are drawn at random.
        seed: of the draws; the same seed gives the same answer.

    Returns:
        index as in `values`; columns pattern (a key of `words.CLUSTER_WORDS`; "" without a
        figure), neighbours (those with figures), local_i, p (two-sided: twice the share of
        draws at least as extreme, as esda's own is one-sided) and corrected_p. A pattern is
        `unclear` unless corrected_p is at most 0.05; areas whose neighbours have no figures
        are `alone` and, like all where there are under 8 figures or all are equal, have no I.

    Method: `esda.Moran_Local`, row-standardised; `scipy.stats.false_discovery_control`.
    """
    result = pd.DataFrame(np.nan, index=values.index, columns=list(COLUMNS))
    result["pattern"] = np.where(values.isna(), "", "unclear")
    known = values.dropna()
    if known.empty:
        return result
    graph = neighbours.subgraph(known.index)
    result["neighbours"] = graph.cardinalities.reindex(values.index)
    alone = graph.isolates
    result.loc[alone, "pattern"] = "alone"
    if len(known) < FEWEST_WARDS or known.nunique() < 2 or len(alone) == len(known):
        return result
    own, p, quadrant = _local_moran(known, graph, permutations, seed)
    found = pd.DataFrame({"local_i": own, "p": np.minimum(1, 2 * p)}, index=known.index)
    found["pattern"] = [QUADRANTS[number] for number in quadrant]
    found = found.drop(index=alone)
    found["corrected_p"] = _correct(found["p"].to_numpy())
    found.loc[found["corrected_p"] > LEVEL, "pattern"] = "unclear"
    result.loc[found.index, list(found.columns)] = found
    return result


def _correct(p: np.ndarray) -> np.ndarray:
    from scipy.stats import false_discovery_control

    corrected: np.ndarray = false_discovery_control(p, method="bh")
    return corrected


def _local_moran(
    known: pd.Series, graph: Graph, permutations: int, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Local I, one-sided pseudo p and quadrant of each area, from esda."""
    moran_local = bring_library("esda").Moran_Local
    with _one_at_a_time, warnings.catch_warnings():
        # esda says at each call that numba is not there, and that some areas are islands.
        warnings.simplefilter("ignore")
        found = moran_local(
            known.to_numpy(dtype=float),
            graph,
            permutations=permutations,
            seed=seed,
            keep_simulations=False,
        )
    return found.Is, found.p_sim, found.q


def count_patterns(patterns: pd.Series) -> dict[str, int]:
    """How many areas form each clear pattern, in the order of `CLEAR_PATTERNS`."""
    return {key: int((patterns == key).sum()) for key in CLEAR_PATTERNS}


def make_hot_spots_title(patterns: pd.Series, subject: str, place: str) -> str:
    """State in about ten words what the hot spots show.

    Args:
        patterns: see `find_hot_spots`.
        subject: short name of the indicator.
        place: name of the council or larger area.
    """
    counts = count_patterns(patterns)
    high, low = counts["high_high"], counts["low_low"]
    odd = counts["high_low"] + counts["low_high"]

    def wards(number: int) -> str:
        return f"{count_words(number, 'ward', 'wards')} of {place}"

    if high:
        return f"{subject}: high figures cluster in {wards(high)}"
    if low:
        return f"{subject}: low figures cluster in {wards(low)}"
    if odd:
        differ = "differs from its" if odd == 1 else "differ from their"
        return f"{subject}: {wards(odd)} {differ} neighbours"
    return f"{subject}: no clear hot spots in {place}"


def list_hot_spots(patterns: pd.Series, names: pd.Series, most: int = 12) -> list[tuple[str, str]]:
    """Each pattern that stands out, with the names of its areas.

    Args:
        patterns: see `find_hot_spots`.
        names: of the areas, same index.
        most: names listed before the rest is only counted.

    Returns:
        pairs of a heading ("▲▲ High among high, 3 wards") and names in alphabetical order;
        areas without neighbours come last, and are all named as well.
    """
    listed = []
    for key in (*CLEAR_PATTERNS, "alone"):
        chosen = sorted(names[patterns == key].astype(str))
        if not chosen:
            continue
        words = f"{CLUSTER_SIGNS[key]} {CLUSTER_WORDS[key].capitalize()}"
        rest = len(chosen) - most
        some = [*chosen[:most], f"{rest:,} more"] if rest > 1 else chosen
        # Semicolons: a name may hold a comma, "Priory, Exeter".
        listed.append((f"{words}, {count_words(len(chosen), 'ward', 'wards')}", "; ".join(some)))
    return listed


def describe_hot_spots(patterns: pd.Series, names: pd.Series, place: str) -> str:
    """The hot spots in sentences, for screen readers and for pasting into a report."""
    listed = list_hot_spots(patterns, names)
    how = (
        f"Hot spots (local Moran's I) among the wards of {place} only, "
        f"{PERMUTATIONS:,} permutations, corrected for false discoveries at 5 %."
    )
    if not any(count_patterns(patterns).values()):
        how += " No ward forms a clear pattern with its neighbours."
    return " ".join([how, *(f"{heading}: {wards}." for heading, wards in listed)])
