"""Whether two indicators are made of the same numbers, as far as the catalogue tells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.catalogue import Catalogue, Indicator
from data.periods import read_period

# Periods that end further apart than this are called out.
FAR_APART = 3


def explain_overlap(first: Indicator, second: Indicator, catalogue: Catalogue) -> list[str]:
    """Say why two indicators may go together because of how they are made.

    Args:
        first: one indicator.
        second: the other.
        catalogue: their sources.

    Returns:
        a sentence for each reason: the same indicator; the same numbers counted; shares of
        one whole; a definition or caveat that names the other; a score beside figures of the
        index that it is part of. The catalogue may not tell of every overlap.
    """
    if first.id == second.id:
        return ["Both axes show the same indicator, so the dots lie on one line."]
    counted = _measures(first, first.numerator) & _measures(second, second.numerator)
    if counted:
        return ["Both count some of the same people or things, so they must go together in part."]
    whole = _measures(first, first.denominator) & _measures(second, second.denominator)
    if whole and first.source == second.source:
        return [
            "Both are shares of the same whole: where one takes up more of it, less is left for "
            "the other."
        ]
    if _names(first, second) or _names(second, first):
        one, two = sorted((first.name, second.name))
        return [
            f"The notes on “{one}” or “{two}” name the other: one may be part of "
            "the other, or the same figures turned round."
        ]
    titles = [catalogue.sources[indicator.source].title for indicator in (first, second)]
    shared = _proper_names(titles[0]) & _proper_names(titles[1])
    if first.source == second.source:
        shared = {titles[0]}
    if shared and "score" in (first.measure, second.measure):
        return [
            f"Both come from the “{min(shared)}”, whose scores are put together from other "
            "figures: one may be part of the other."
        ]
    return []


def _measures(indicator: Indicator, names: Iterable[str]) -> set[str]:
    return {name if "." in name else f"{indicator.source}.{name}" for name in names}


def _names(one: Indicator, other: Indicator) -> bool:
    """Whether the words about one name the other, or the index that the other is.

    Only scores are put together from other figures; other definitions name things in passing.
    """
    if "score" not in (one.measure, other.measure) or other.measure == "count":
        return False
    words = " ".join((one.definition, *one.caveats))
    kept = {other.name, other.short_name, *_without_years(_proper_names(other.definition))}
    return any(re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE) for name in kept)


def _proper_names(text: str) -> set[str]:
    """Names of an index in a text: "Indices of Deprivation 2025"."""
    return set(re.findall(r"(?:Index|Indices) of [A-Z]\w+(?: [A-Z0-9]\w+)+", text))


def _without_years(names: set[str]) -> set[str]:
    return {re.sub(r" \d{4}$", "", name) for name in names}


def explain_years(first: str, second: str) -> str:
    """A sentence where two periods end more than three years apart, else ""."""
    one, two = read_period(first), read_period(second)
    if abs((one.end - two.end).days) <= FAR_APART * 366:
        return ""
    return (
        f"The two figures are from different years: {one.label} and {two.label}. "
        "Places may have changed in between."
    )
