"""From native figures to figures for wards, districts, counties, regions and England.

Counts are added, then divided; scores are means weighted by people; nothing is averaged
unweighted. Missing is never zero: a figure that is missing stays missing and says why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

SUPPRESSED, NOT_AVAILABLE, ESTIMATED, UNRELIABLE = (
    "suppressed",
    "not_available",
    "estimated",
    "unreliable",
)
# A figure built from withheld parts is marked once what they hide could move it this much.
NOTICEABLE = 0.02
# A mean is given only where at least this share of the people it speaks for is covered.
ENOUGH = 0.5


@dataclass(frozen=True)
class Figures:
    """One figure per area, and why it is missing or weak.

    `low` and `high` bound the numerator where withheld parts were filled with the middle
    of what they can hide; elsewhere they equal it. `flag` is "" where nothing is to be said.
    """

    value: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    low: np.ndarray
    high: np.ndarray
    flag: np.ndarray


@dataclass(frozen=True)
class Parts:
    """Counts of the small areas that are added up.

    `middle` is NaN where a count is missing. Where the publisher withheld it, `low`,
    `middle` and `high` are the least, the middle and the most it can hide, and
    `withheld` is True; elsewhere the three are equal.
    """

    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray
    withheld: np.ndarray

    @property
    def shown(self) -> np.ndarray:
        """The counts that may be shown: NaN where missing or withheld."""
        return np.where(self.withheld, np.nan, self.middle)


def make_parts(amount: np.ndarray, blank_range: tuple[float, float] | None = None) -> Parts:
    """Wrap the counts of a source; with a `blank_range` its blanks are withheld counts."""
    if blank_range is None:
        return Parts(amount, amount, amount, np.zeros(len(amount), dtype=bool))
    withheld = np.isnan(amount)
    low, high = blank_range
    fills = (low, (low + high) / 2, high)
    least, middle, most = (np.where(withheld, fill, amount) for fill in fills)
    return Parts(least, middle, most, withheld)


def carry_counts(shares: sparse.csr_matrix | None, parts: Parts) -> Parts:
    """Share counts of source areas out to target areas; totals are conserved.

    A target is missing where it has no source or any of them is missing, and withheld
    where all of them are withheld.
    """
    if shares is None:
        return parts
    reached = np.asarray(shares.sum(axis=1)).ravel() > 0
    missing = (shares @ np.isnan(parts.middle).astype("float64") > 0) | ~reached
    low, middle, high = (
        np.where(missing, np.nan, shares @ np.nan_to_num(amounts))
        for amounts in (parts.low, parts.middle, parts.high)
    )
    open_share = shares @ (~parts.withheld).astype("float64")
    return Parts(low, middle, high, reached & (open_share == 0))


def carry_means(
    shares: sparse.csr_matrix | None, values: np.ndarray, people: np.ndarray
) -> np.ndarray:
    """Carry means of source areas to target areas, weighted by the people both share.

    Args:
        shares: targets x sources.
        values: one mean per source, NaN where missing.
        people: people of each source.
    """
    if shares is None:
        return values
    known = ~np.isnan(values)
    weight = shares @ (people * known)
    total = shares @ (people * np.where(known, values, 0.0))
    return np.divide(total, weight, out=np.full(len(weight), np.nan), where=weight > 0)


def _empty_flags(length: int) -> np.ndarray:
    return np.full(length, "", dtype=object)


def add_up(members: sparse.csr_matrix, parts: Parts) -> Figures:
    """Add the counts of small areas up to each area.

    An area without any small area, or with a missing part, is `not_available`; one whose
    parts are all withheld is `suppressed`; one where withheld parts could move the figure
    noticeably is `estimated`.
    """
    missing = np.isnan(parts.middle)
    size = np.asarray(members.sum(axis=1)).ravel()
    gone = members @ missing.astype("float64")
    withheld = members @ parts.withheld.astype("float64")
    sums = [members @ np.nan_to_num(amounts) for amounts in (parts.low, parts.middle, parts.high)]
    flag = _empty_flags(len(size))
    flag[sums[2] - sums[0] > NOTICEABLE * np.maximum(sums[1], 1)] = ESTIMATED
    hidden = withheld == size
    flag[hidden] = SUPPRESSED
    absent = (size == 0) | (gone > 0)  # outweighs withheld
    flag[absent] = NOT_AVAILABLE
    low, middle, high = (np.where(hidden | absent, np.nan, total) for total in sums)
    nothing = np.full(len(size), np.nan)
    return Figures(middle, middle, nothing, low, high, flag)


def divide(numerator: Figures, denominator: Figures, multiplier: float) -> Figures:
    """Divide two sums: multiplier x numerator / denominator, with the worse of both flags."""
    over = denominator.numerator
    usable = ~np.isnan(over) & (over > 0)
    value = np.full(len(over), np.nan)
    np.divide(multiplier * numerator.numerator, over, out=value, where=usable)
    flag = numerator.flag.copy()
    flag[(flag == "") & (denominator.flag == ESTIMATED)] = ESTIMATED
    flag[~usable & (flag != SUPPRESSED)] = NOT_AVAILABLE
    return Figures(value, numerator.numerator, over, numerator.low, numerator.high, flag)


def add_up_ratio(
    members: sparse.csr_matrix, numerator: Parts, denominator: Parts, multiplier: float
) -> Figures:
    """Add numerators and denominators of small areas, then divide.

    Small areas where either is missing are left out of both; the figure is then
    `estimated`, or `not_available` where under half of the denominator is covered.
    """
    known = ~np.isnan(denominator.middle) & ~np.isnan(numerator.middle)
    top = add_up(members, _keep(numerator, known))
    bottom = add_up(members, _keep(denominator, known))
    figures = divide(top, bottom, multiplier)
    everything = members @ np.nan_to_num(denominator.middle)
    return _flag_coverage(figures, figures.denominator, everything)


def _keep(parts: Parts, known: np.ndarray) -> Parts:
    low, middle, high = (np.where(known, a, 0.0) for a in (parts.low, parts.middle, parts.high))
    return Parts(low, middle, high, parts.withheld & known)


def _flag_coverage(figures: Figures, covered: np.ndarray, everything: np.ndarray) -> Figures:
    share = np.divide(covered, everything, out=np.zeros_like(covered), where=everything > 0)
    flag = figures.flag.copy()
    flag[(share < 1 - NOTICEABLE) & (flag == "")] = ESTIMATED
    thin = ~(share >= ENOUGH) & (flag != SUPPRESSED)
    flag[thin] = NOT_AVAILABLE
    amounts = (figures.value, figures.numerator, figures.denominator, figures.low, figures.high)
    # What little is known of a thinly covered area is not its count.
    value, top, bottom, low, high = (np.where(thin, np.nan, amount) for amount in amounts)
    return Figures(value, top, bottom, low, high, flag)


def average(members: sparse.csr_matrix, values: np.ndarray, weights: np.ndarray) -> Figures:
    """Mean of small-area values weighted by people; the denominator is the weight covered."""
    known = ~np.isnan(values) & ~np.isnan(weights)
    weight = np.where(known, weights, 0.0)
    covered = members @ weight
    total = members @ (weight * np.where(known, values, 0.0))
    value = np.divide(total, covered, out=np.full(len(total), np.nan), where=covered > 0)
    nothing = np.full(len(total), np.nan)
    figures = Figures(value, nothing, covered, nothing, nothing, _empty_flags(len(total)))
    return _flag_coverage(figures, covered, members @ np.nan_to_num(weights))
