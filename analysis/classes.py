"""Put values into the classes of a map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.libraries import bring_library
from analysis.map_view import LegendEntry, Scale, count_classes, format_number, to_whole
from analysis.natural_breaks import compute_natural_breaks
from analysis.words import CLUSTER_WORDS

CLASS_COUNT = 5

METHODS = {
    "england_fifths": "Fifths of England",
    "local_fifths": "Fifths of this place",
    "equal_steps": "Equal steps",
    "natural_breaks": "Natural breaks",
    "standard_deviations": "Standard deviations",
    "significance": "Better or worse",
    "hot_spots": "Hot spots",
}

#: Standard deviations from the mean at which a class begins, as `mapclassify.StdMean` has them.
STEPS_FROM_MEAN = (-2, -1, 1, 2)

#: What the classes between those limits are called. No colour of its own says "below": a
#: figure may be without sign, so the five steps run from pale to strong like all others.
FROM_MEAN_WORDS = (
    "more than 2 standard deviations below the mean",
    "1 to 2 standard deviations below the mean",
    "within 1 standard deviation of the mean",
    "1 to 2 standard deviations above the mean",
    "more than 2 standard deviations above the mean",
)

SPECIAL_CLASSES = (
    ("suppressed", "Withheld (small number)"),
    ("not_available", "No figure"),
    ("not_estimated", "No estimate (no LSOA fits)"),
)


@dataclass(frozen=True)
class Classes:
    """Which class each area is in, and the legend that explains the classes."""

    legend_class: npt.NDArray[np.int64]
    legend: tuple[LegendEntry, ...]
    scale: Scale


def compute_breaks(values: npt.ArrayLike, method: str) -> npt.NDArray[np.float64]:
    """Inner class limits, lowest first, at most four; equal limits are merged.

    Args:
        values: the figures that are divided into fifths or steps; NaN are left out.
        method: `england_fifths` or `local_fifths` (quintiles), `equal_steps`, or
            `natural_breaks` (see `natural_breaks.compute_natural_breaks`).

    Where so many areas share the lowest figure that fifths would hide the rest, that
    figure is a class of its own and the others are divided into quarters.
    """
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if not len(known):
        return np.array([])
    if method == "natural_breaks":
        return compute_natural_breaks(known, CLASS_COUNT)
    if method == "equal_steps":
        breaks = np.linspace(known.min(), known.max(), CLASS_COUNT + 1)[1:-1]
    else:
        breaks = np.quantile(known, np.arange(1, CLASS_COUNT) / CLASS_COUNT)
    breaks = np.unique(breaks[breaks > known.min()])
    if len(breaks) < 2 and known.max() > known.min():
        rest = known[known > known.min()]
        breaks = np.unique([rest.min(), *np.quantile(rest, [0.25, 0.5, 0.75])])
    return breaks


def special_class(flag: npt.ArrayLike, lsoa_count: npt.ArrayLike) -> npt.NDArray[np.str_]:
    """Name the pattern of areas without a value: "" where there is one.

    Args:
        flag: why the value is missing.
        lsoa_count: LSOAs of the ward; none means that no estimate can be made.
    """
    flags = np.asarray(flag, dtype="<U20")
    none = np.asarray(lsoa_count) == 0
    result = np.where(flags == "suppressed", "suppressed", "")
    missing = flags == "not_available"
    return np.where(missing & none, "not_estimated", np.where(missing, "not_available", result))


def _class_labels(breaks: npt.NDArray[np.float64], decimals: int, unit: str) -> list[str]:
    if not len(breaks):
        return ["All alike"]
    texts = [format_number(b, decimals, unit) for b in breaks]
    # The unit once is enough, but a pound sign belongs to each amount.
    starts = texts if unit.startswith("£") else [format_number(b, decimals) for b in breaks]
    between = [f"{start} to {end}" for start, end in zip(starts, texts[1:], strict=False)]
    return [f"under {texts[0]}", *between, f"{texts[-1]} and over"]


def _last_places(figures: npt.NDArray[np.float64], decimals: int) -> npt.NDArray[np.float64]:
    """Figures as whole numbers of the last printed decimal, NaN where missing."""
    whole, known = to_whole(figures, decimals)
    return np.where(known, whole, np.nan)


def classify(
    values: npt.ArrayLike,
    special: npt.NDArray[np.str_],
    breaks: npt.NDArray[np.float64],
    decimals: int,
    unit: str,
) -> Classes:
    """Put values between class limits; areas without a value keep their pattern.

    A value equal to a limit belongs to the class above it.
    """
    # Values are compared as printed, so that a figure never stands beside the wrong label.
    figures = _last_places(np.asarray(values, dtype=float), decimals)
    limits = np.unique(_last_places(breaks, decimals))
    position = np.digitize(figures, limits)
    special = np.where(np.isnan(figures) & (special == ""), "not_available", special)
    labels = _class_labels(limits / 10**decimals, decimals, unit)
    spread = np.linspace(1, CLASS_COUNT, len(labels)).round().astype(int)
    entries = [(f"class_{step}", label) for step, label in zip(spread, labels, strict=True)]
    return _with_special(position, special, entries, "sequential")


def classify_from_mean(
    values: npt.ArrayLike, special: npt.NDArray[np.str_], decimals: int, unit: str
) -> Classes:
    """Class areas by how many standard deviations they lie from the mean of all of them.

    Each step keeps its colour whatever the data; an outer class that no figure reaches, whose
    limits might be impossible (less than nothing), is left out. Limits: `mapclassify.StdMean`
    (standard deviation of a sample, mean of areas, not of people).
    """
    figures = _last_places(np.asarray(values, dtype=float), decimals)
    given = np.asarray(values, dtype=float)
    known = given[~np.isnan(given)]
    if len(np.unique(figures[~np.isnan(figures)])) < 2:
        return classify(values, special, np.array([]), decimals, unit)
    std_mean = bring_library("mapclassify").StdMean
    bins = std_mean(known, multiples=list(STEPS_FROM_MEAN)).bins[: len(STEPS_FROM_MEAN)]
    limits = _last_places(bins, decimals)
    position = np.digitize(figures, limits)
    first, last = min(position[~np.isnan(figures)]), max(position[~np.isnan(figures)])
    first, last = min(first, 2), max(last, 2)
    special = np.where(np.isnan(figures) & (special == ""), "not_available", special)
    ranges = _class_labels(limits / 10**decimals, decimals, unit)
    entries = [
        (f"class_{step + 1}", f"{FROM_MEAN_WORDS[step]} ({ranges[step]})".capitalize())
        for step in range(first, last + 1)
    ]
    place = np.clip(position - first, 0, last - first)
    return _with_special(place, special, entries, "sequential")


def classify_hot_spots(patterns: npt.ArrayLike, special: npt.NDArray[np.str_]) -> Classes:
    """Class areas by the pattern they form with their neighbours.

    Args:
        patterns: see `hot_spots.find_hot_spots`; "" where there is no figure.
        special: see `special_class`.

    All patterns stand in the legend, so that one which does not occur is seen not to; "no
    neighbours" stands there only where it does.
    """
    found = np.asarray(patterns, dtype="<U20")
    keys = [key for key in CLUSTER_WORDS if key != "alone" or (found == "alone").any()]
    position = np.zeros(len(found), dtype=np.int64)
    for index, key in enumerate(keys):
        position[found == key] = index
    special = np.where((found == "") & (special == ""), "not_available", special)
    entries = [(key, CLUSTER_WORDS[key].capitalize()) for key in keys]
    return _with_special(position, special, entries, "clusters")


def classify_comparison(
    words: npt.NDArray[np.str_], special: npt.NDArray[np.str_], polarity: str, benchmark: str
) -> Classes:
    """Class areas by how they compare with a benchmark.

    Args:
        words: see `comparison.compare_with_benchmark`.
        special: see `special_class`.
        polarity: of the indicator.
        benchmark: the name shown in the legend.
    """
    judged = polarity != "no_judgement"
    keys = ("better", "similar", "worse") if judged else ("lower", "similar", "higher")
    links = {"better": "than", "worse": "than", "lower": "than", "higher": "than", "similar": "to"}
    entries = [(key, f"{key.capitalize()} {links[key]} {benchmark}") for key in keys]
    position = np.zeros(len(words), dtype=np.int64)
    for index, key in enumerate(keys):
        position[words == key] = index
    special = np.where((words == "") & (special == ""), "not_available", special)
    return _with_special(position, special, entries, "significance" if judged else "direction")


def _with_special(
    position: npt.NDArray[np.int64],
    special: npt.NDArray[np.str_],
    entries: list[tuple[str, str]],
    scale: Scale,
) -> Classes:
    """Append the patterns that occur; an empty pattern stays out of the legend."""
    place = position.copy()
    entries = list(entries)
    for key, label in SPECIAL_CLASSES:
        if (special == key).any():
            place[special == key] = len(entries)
            entries.append((key, label))
    return Classes(place, count_classes(place, entries), scale)
