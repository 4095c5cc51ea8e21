"""What two maps of the same wards say together, and whether their colours mean the same."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.classes import METHODS
from analysis.map_view import MapView, to_whole

TOP_FIFTH = 0.8

SAME_COLOURS = {
    "england_fifths": (
        "The same colour means the same fifth of England on both maps, not the same figure."
    ),
    "local_fifths": (
        "The same colour means the same fifth of this place on both maps, not the same figure."
    ),
    "standard_deviations": (
        "The same colour means the same distance from each map's own mean, not the same figure."
    ),
    "hot_spots": (
        "The same colour means the same pattern on both maps; high and low are "
        "above and below each map's own mean."
    ),
}


def find_top_fifth(
    values: npt.ArrayLike, everywhere: npt.ArrayLike, decimals: int
) -> npt.NDArray[np.bool_]:
    """Which areas are in the fifth of England with the highest figures.

    Args:
        values: figures of the areas, NaN where there is none (which is never in it).
        everywhere: figures of all such areas in England.
        decimals: figures are compared as printed, as the classes of a map are.

    The lowest figure of all is never in the top fifth, however many share it.
    """
    known = np.asarray(everywhere, dtype=float)
    known = known[~np.isnan(known)]
    given = np.asarray(values, dtype=float)
    if not len(known):
        return np.zeros(given.shape, dtype=bool)
    limits, _ = to_whole([np.quantile(known, TOP_FIFTH), known.min()], decimals)
    whole, there = to_whole(given, decimals)
    found: npt.NDArray[np.bool_] = there & (whole >= limits[0]) & (whole > limits[1])
    return found


def make_two_maps_title(
    first: npt.NDArray[np.bool_], second: npt.NDArray[np.bool_], known: int
) -> str:
    """State how many wards are in England's highest fifth on both maps.

    Args:
        first: see `find_top_fifth`, of the first map.
        second: of the second map, the same wards.
        known: how many wards have a figure on both.
    """
    if not known:
        return "No ward has a figure on both maps"
    both = int((first & second).sum())
    if not both:
        return "No ward is in England's highest fifth on both maps"
    verb = "is" if both == 1 else "are"
    return f"{both:,} of {known:,} wards {verb} in England's highest fifth on both"


def compare_colours(first: MapView, second: MapView, methods: tuple[str, str]) -> str:
    """Say in words how far the colours of two maps can be compared; "" where they are the same.

    Args:
        first: one map.
        second: the other.
        methods: how each is coloured in fact (see `choropleth.usable_method`).
    """
    if methods[0] != methods[1]:
        words = " and ".join(f"“{METHODS[method]}”" for method in methods)
        return (
            f"The maps are coloured in different ways, {words}: "
            "the same colour does not mean the same on both. Read each with its own legend."
        )
    if methods[0] == "significance":
        if first.scale != second.scale:
            return (
                "One figure can be judged better or worse, the other only higher or lower: "
                "the colours of the two maps do not mean the same."
            )
        return "The same colour means the same word on both maps, each with its own figures."
    keys = [{(entry.key, entry.label) for entry in view.legend} for view in (first, second)]
    if first.indicator == second.indicator and keys[0] == keys[1] and methods[0] != "hot_spots":
        return ""
    return SAME_COLOURS.get(
        methods[0],
        "Each map's classes are made from its own figures: the same colour does not mean "
        "the same figure on both. Read each with its own legend.",
    )
