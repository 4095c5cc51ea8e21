"""The spine: every indicator of one ward on one line, against a benchmark and other wards.

The benchmark stands at the centre of every line (position 50). The line is as long as the
comparator wards reach; worse lies to the left and better to the right, and where neither high
nor low is good, low lies to the left and high to the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison import compare_with_benchmark
from analysis.map_view import sign_of
from data.catalogue import Indicator

Floats = npt.NDArray[np.float64]
CENTRE, END = 50.0, 100.0
NO_FIGURE = "no figure"
# Said of figures by which the comparator wards were chosen.
NOT_COMPARED = "not compared"
HIGHEST_FIFTH, LOWEST_FIFTH = "highest fifth", "lowest fifth"
MIDDLE_FIFTHS, JOINT_LOWEST = "middle fifths", "joint lowest"
FIFTHS = (HIGHEST_FIFTH, LOWEST_FIFTH, MIDDLE_FIFTHS, JOINT_LOWEST)


@dataclass(frozen=True)
class Spread:
    """How the comparator wards lie, one entry per indicator; NaN where none has a figure."""

    low: Floats
    first_quartile: Floats
    third_quartile: Floats
    high: Floats
    count: npt.NDArray[np.int64]


class Own(NamedTuple):
    """The ward's own figures, one entry per indicator, NaN where missing."""

    value: Floats
    lower: Floats
    upper: Floats


def compute_spread(values: Floats) -> Spread:
    """Minimum, quartiles and maximum of comparator wards.

    Args:
        values: one row per indicator, one column per ward, NaN where missing.

    Quartiles interpolate between neighbours (Hyndman and Fan's type 7, as Excel does).
    """
    ordered = np.sort(values, axis=1)  # NaN last
    count = (~np.isnan(values)).sum(axis=1)
    rows = np.arange(len(values))
    last = np.maximum(count - 1, 0)
    if not values.shape[1]:
        nothing = np.full(len(values), np.nan)
        return Spread(nothing, nothing, nothing, nothing, count)

    def at(share: float) -> Floats:
        place = share * last
        below = np.floor(place).astype(int)
        above = np.minimum(below + 1, last)
        part = place - below
        found: Floats = ordered[rows, below] * (1 - part) + ordered[rows, above] * part
        return found

    return Spread(at(0), at(0.25), at(0.75), at(1), count)


def compute_ranks_among(value: Floats, values: Floats) -> npt.NDArray[np.int64]:
    """Rank of each own value among those of the wards, 1 the highest; 0 where missing.

    Args:
        value: one entry per indicator.
        values: indicators by wards, the ward itself among them.
    """
    higher = (values > value[:, None]).sum(axis=1)
    return np.where(np.isnan(value), 0, higher + 1)


def place_on_line(
    figures: Floats, benchmark: Floats, spread: Spread, turned: npt.NDArray[np.bool_]
) -> Floats:
    """Positions from 0 to 100 along each line, the benchmark at 50.

    Args:
        figures: one per indicator.
        benchmark: the same.
        spread: of the comparator wards; the one further from the benchmark ends the line.
        turned: True where high figures lie to the left.

    Beyond the ends figures stand at the end; NaN where something is missing.
    """
    reach = np.fmax(np.abs(spread.high - benchmark), np.abs(spread.low - benchmark))
    offset = np.where(turned, benchmark - figures, figures - benchmark)
    share = np.divide(offset, reach, out=np.zeros_like(offset), where=reach > 0)
    known = ~(np.isnan(figures) | np.isnan(benchmark) | np.isnan(reach))
    return np.where(known, np.clip(CENTRE + CENTRE * share, 0, END), np.nan)


def tell_fifths(value: Floats, everywhere: Sequence[Floats]) -> list[str]:
    """Where figures without an interval stand among all wards of England.

    Args:
        value: one entry per indicator.
        everywhere: the figures of all wards for each indicator, sorted, none missing.

    Returns:
        a word of `FIFTHS` each, "" where nothing is known. Equal figures share the middle of
        their places; where more than a fifth of all wards share the lowest figure (often
        zero), it is "joint lowest" and in no fifth.
    """
    return [_tell_fifth(*pair) for pair in zip(value, everywhere, strict=True)]


def _tell_fifth(figure: float, ordered: Floats) -> str:
    if np.isnan(figure) or not len(ordered):
        return ""
    below, upto = (float(np.searchsorted(ordered, figure, side)) for side in ("left", "right"))
    if below == 0 and upto / len(ordered) > 0.2:
        return JOINT_LOWEST
    share = (below + upto) / 2 / len(ordered)
    if share > 0.8:
        return HIGHEST_FIFTH
    return LOWEST_FIFTH if share < 0.2 else MIDDLE_FIFTHS


def compare_rows(indicators: Sequence[Indicator], own: Own, benchmark: Floats) -> list[str]:
    """The word of comparison of each indicator; "" where nothing can be said."""
    polarities = np.array([indicator.polarity for indicator in indicators])
    words = np.full(len(indicators), "", dtype="<U7")
    for polarity in np.unique(polarities):
        rows = polarities == polarity
        # Against a benchmark that differs by row: shift each row so that it is zero.
        low, high = own.lower[rows] - benchmark[rows], own.upper[rows] - benchmark[rows]
        words[rows] = compare_with_benchmark(low, high, 0.0, str(polarity))
    return [str(word) for word in words]


def make_spine(
    indicators: Sequence[Indicator],
    own: Own,
    benchmark: Floats,
    values: Floats,
    spread: Spread,
    everywhere: Sequence[Floats],
) -> pd.DataFrame:
    """One row per indicator, ready to be drawn.

    Args:
        indicators: in reading order.
        own: the ward's figures.
        benchmark: the benchmark's figures.
        values: indicators by comparator wards, the ward among them.
        spread: of `values`.
        everywhere: see `tell_fifths`; asked only where the ward has a figure and no interval.

    Returns:
        index indicator id; theme, name, unit, polarity, decimals; value, lower, upper,
        benchmark, low, first_quartile, third_quartile, high; compared (better, similar,
        worse, lower, higher, a word of `FIFTHS`, or ""), sign; rank (0 without one), of;
        at_value, at_lower, at_upper, at_low, at_first, at_third, at_high: 0 to 100 (see the
        top of this module; at_low <= at_high whatever the polarity).
    """
    compared = np.array(compare_rows(indicators, own, benchmark), dtype=object)
    where = np.flatnonzero(np.isnan(own.lower) & ~np.isnan(own.value))
    compared[where] = tell_fifths(own.value[where], [everywhere[int(n)] for n in where])
    ranked = np.array([indicator.ranked for indicator in indicators]) & (spread.high > spread.low)
    rank = np.where(ranked, compute_ranks_among(own.value, values), 0)
    fields = ("theme", "name", "unit", "decimals", "polarity")
    words = {field: [getattr(indicator, field) for indicator in indicators] for field in fields}
    figures = {
        "value": own.value,
        "lower": own.lower,
        "upper": own.upper,
        "benchmark": benchmark,
        "low": spread.low,
        "first_quartile": spread.first_quartile,
        "third_quartile": spread.third_quartile,
        "high": spread.high,
        "compared": compared,
        "sign": _signs(compared, words["polarity"]),
        "rank": rank,
        "of": np.where(rank > 0, spread.count, 0),
    }
    turned = np.array([polarity == "low_is_good" for polarity in words["polarity"]])
    index = pd.Index([indicator.id for indicator in indicators], name="indicator_id")
    places = _place_all(own, benchmark, spread, turned)
    return pd.DataFrame(words | figures | places, index=index)


def _place_all(
    own: Own, benchmark: Floats, spread: Spread, turned: npt.NDArray[np.bool_]
) -> dict[str, Floats]:
    """Positions of everything on the lines; ends are put in order from left to right."""
    places = {"at_value": place_on_line(own.value, benchmark, spread, turned)}
    pairs = (
        ("lower", own.lower, "upper", own.upper),
        ("low", spread.low, "high", spread.high),
        ("first", spread.first_quartile, "third", spread.third_quartile),
    )
    for left, one, right, other in pairs:
        ends = [place_on_line(figures, benchmark, spread, turned) for figures in (one, other)]
        places[f"at_{left}"], places[f"at_{right}"] = np.fmin(*ends), np.fmax(*ends)
    return places


def _signs(compared: npt.NDArray[np.object_], polarity: Sequence[str]) -> list[str]:
    """▲ above the benchmark, ▼ below, ● similar; ◇ where fifths are told instead."""
    signs = []
    for word, kind in zip(compared, polarity, strict=True):
        if word in FIFTHS:
            signs.append("◇")
        else:
            signs.append(sign_of(word, str(kind)) if word else "")  # type: ignore[arg-type]
    return signs
