"""Indicators of one action area that say nearly the same thing, and so count it twice.

Method: Spearman's rank correlation among all wards in England, of percentiles turned so that
high means more need. The OECD and JRC handbook (2008, steps 4 and 6) asks for this check before
weights are read as importance. The limit of 0.85 is ours: two such indicators share over 70 %
of the variation of their ranks, while the indicators of one subject mostly lie at 0.4 to 0.8.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.map_view import format_number
from analysis.need_scores import ActionAreaInput, WardFigures, compute_need_percentiles
from data.catalogue import Indicator

LIMIT = 0.85
# Fewer wards than these say too little about a correlation.
_LEAST_WARDS = 100


@dataclass(frozen=True)
class CorrelatedPair:
    """Two indicators of one action area that follow each other.

    `correlation`: Spearman's, −1 to 1, above 0 where much need on one goes with much on the
    other. `weight_share`: what both hold of the area's weight, 0 to 1. `wards`: how many had
    both figures.
    """

    first: Indicator
    second: Indicator
    correlation: float
    weight_share: float
    wards: int


def find_correlated_pairs(
    area: ActionAreaInput,
    figures: WardFigures,
    limit: float = LIMIT,
    least_wards: int = _LEAST_WARDS,
) -> tuple[CorrelatedPair, ...]:
    """Find the pairs of indicators whose correlation lies above a limit, strongest first.

    Args:
        area: indicators of weight 0 are left out.
        figures: of all wards in England.
        limit: of the size of the correlation, whatever its sign.
        least_wards: a pair known for fewer wards is left out.
    """
    percentiles = compute_need_percentiles(area, figures, figures.value.index)
    correlations = percentiles.corr(method="spearman", min_periods=least_wards)
    known, shares = percentiles.notna(), area.shares
    scored = [s.indicator for s in area.counted]
    pairs = [
        CorrelatedPair(
            first,
            second,
            float(correlations.at[first.id, second.id]),
            shares[first.id] + shares[second.id],
            int((known[first.id] & known[second.id]).sum()),
        )
        for place, first in enumerate(scored)
        for second in scored[place + 1 :]
    ]
    close = [pair for pair in pairs if abs(pair.correlation) > limit]
    return tuple(sorted(close, key=lambda pair: -abs(pair.correlation)))


def describe_pair(pair: CorrelatedPair) -> str:
    """Say in words what a pair does to a score, and what can be done about it."""
    names = f"“{pair.first.name}” and “{pair.second.name}”"
    strength = f"rank correlation {format_number(abs(pair.correlation), 2)}"
    weight = f"{format_number(100 * pair.weight_share, 0)} % of the weight"
    if pair.correlation < 0:
        return (
            f"{names} pull against each other: across England, wards with much need on one have "
            f"little on the other ({strength}). Together they hold {weight} and mostly cancel out. "
            "Check their directions."
        )
    return (
        f"{names} are high in much the same wards across England ({strength}), so they count "
        f"nearly the same thing twice. Together they hold {weight}. "
        "Lower one weight, or keep both on purpose."
    )
