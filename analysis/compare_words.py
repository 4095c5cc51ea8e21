"""The findings of the page Compare, in words that claim no cause."""

from __future__ import annotations

from analysis.correlation import Correlation
from analysis.map_view import format_number
from analysis.words import count_words, keep_short
from data.catalogue import Indicator

NOT_CAUSE = "This does not show that one causes the other."
MINUS = "\N{MINUS SIGN}"


def make_pair_title(across: Indicator, up: Indicator, found: Correlation) -> str:
    """Say in about ten words whether two indicators go together over wards."""
    first, second = across.short_name, up.short_name
    if not found.clear:
        none = "no clear pattern" if found.lower == found.lower else "cannot be told"
        return keep_short(f"{first} and {second}: {none}", f"Two indicators: {none}")
    end, ways = ("high", "high together") if found.value > 0 else ("low", "opposite ways")
    return keep_short(
        f"High “{first}” tends to go with {end} “{second}”",
        f"High “{first}” goes with {end} “{second}”",
        f"“{first}”, “{second}”: {ways}",
    )


def describe_pair(
    across: Indicator, up: Indicator, pearson: Correlation, spearman: Correlation, *, weighted: bool
) -> str:
    """Describe how closely two indicators go together, for the page and for a report.

    Every number is one of `correlation.compute_pearson` or `compute_spearman`.
    """
    x, y = f"“{across.name}”", f"“{up.name}”"
    wards = count_words(pearson.count, "ward", "wards")
    if pearson.lower != pearson.lower:  # no interval
        return (
            f"{wards} with both figures: too few, or too much alike in one of them, to say whether "
            f"{x} and {y} go together."
        )
    interval = (
        f"95 % interval {format_number(pearson.lower, 2)} to {format_number(pearson.upper, 2)}"
    )
    strength = f"(correlation {format_number(pearson.value, 2)}, {interval})"
    if not pearson.clear:
        finding = f"Over these wards {x} and {y} show no clear pattern {strength}."
    else:
        way = "higher" if pearson.value > 0 else "lower"
        finding = f"Wards with higher {x} tend to have {way} {y} {strength}."
    ranks = (
        "By ranks, on which single odd wards weigh little, it is "
        f"{format_number(spearman.value, 2)} "
        f"({format_number(spearman.lower, 2)} to {format_number(spearman.upper, 2)})."
    )
    counted = f"{wards} counted"
    if weighted:
        counted += (
            ", each by its people; the intervals rest on an effective number of "
            f"{format_number(pearson.effective, 0)} wards"
        )
    return f"{finding} {NOT_CAUSE} {ranks} {counted}."


METHOD = (
    "0 means no pattern, 1 or −1 a straight line. Pearson's correlation with Fisher's interval, "
    "Spearman's with that of Bonett and Wright. Wards side by side are often alike, so the true "
    "uncertainty is wider than the intervals say"
)
