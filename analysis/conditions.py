"""Conditions on indicators: what can be asked, how it is written in a link, and its words.

A condition is written `indicator.test.against`, for example

    imd_score.worst_fifth.england           in the worst fifth of England
    claimant_count_percent.worse.county     its 95 % interval lies on the worse side
    fuel_poverty_percent.at_least.20        a number in the indicator's own unit

and several are joined by `~`, which no browser rewrites (`;` is read too).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.map_view import format_number
from data.catalogue import Indicator

MOST_CONDITIONS = 6
SEPARATOR = "~"
NOTHING = "none"
LARGEST_LIMIT = 1e9

#: How conditions are joined: value in the address -> words of the pick-list.
MATCHES = {"all": "all of these", "any": "at least one of these"}

PARTS = {"fifth": 5, "tenth": 10}
FIFTHS_OF = {"england": "England", "place": "this place"}
BENCHMARKS = {
    "england": "England",
    "region": "its region",
    "county": "its county",
    "council": "its council",
}

#: Every test and its words; what follows them is a place, a benchmark or a number.
TESTS = {
    "worst_fifth": "in the worst fifth of",
    "worst_tenth": "in the worst tenth of",
    "best_fifth": "in the best fifth of",
    "best_tenth": "in the best tenth of",
    "highest_fifth": "in the highest fifth of",
    "highest_tenth": "in the highest tenth of",
    "lowest_fifth": "in the lowest fifth of",
    "lowest_tenth": "in the lowest tenth of",
    "above": "above",
    "below": "below",
    "worse": "clearly worse than",
    "better": "clearly better than",
    "higher": "clearly higher than",
    "lower": "clearly lower than",
    "at_least": "at least",
    "at_most": "at most",
}
_TURNED = {
    "worst": "highest",
    "best": "lowest",
    "worse": "higher",
    "better": "lower",
}


@dataclass(frozen=True)
class Condition:
    """One condition on one indicator.

    `against` is `england` or `place` for fifths and tenths, a word of `BENCHMARKS` for
    comparisons, "" for a number. `limit` is that number in the indicator's unit.
    """

    indicator: str
    test: str
    against: str = ""
    limit: float = 0.0


def is_part(test: str) -> bool:
    """Whether a test asks for a fifth or tenth."""
    return test.endswith(("_fifth", "_tenth"))


def is_number(test: str) -> bool:
    """Whether a test compares with a number that people type."""
    return test in ("at_least", "at_most")


def needs_interval(test: str) -> bool:
    """Whether a test needs a 95 % interval."""
    return test in ("worse", "better", "higher", "lower")


def allowed_tests(indicator: Indicator) -> tuple[str, ...]:
    """The tests that make sense for an indicator, in reading order.

    Worst and best only where the catalogue gives a direction; fifths and tenths only where
    it allows ranking; "clearly" only where there is an interval. A count of a ward is never
    held against the count of a larger area.
    """
    judged = indicator.polarity != "no_judgement"
    ends = ("worst", "best") if judged else ("highest", "lowest")
    parts = [f"{end}_{part}" for end in ends for part in PARTS] if indicator.ranked else []
    clear = ("worse", "better") if judged else ("higher", "lower")
    clearly = clear if indicator.interval != "none" else ()
    sides = () if indicator.measure == "count" else ("above", "below")
    return (*parts, *sides, *clearly, "at_least", "at_most")


def allowed_against(test: str) -> Mapping[str, str]:
    """What a test can be held against: word of the link -> words; empty for a number."""
    if is_number(test):
        return {}
    return FIFTHS_OF if is_part(test) else BENCHMARKS


def print_condition(condition: Condition) -> str:
    """Write a condition as it stands in a link."""
    if is_number(condition.test):
        limit = condition.limit
        text = str(int(limit)) if float(limit).is_integer() else repr(float(limit))
        return f"{condition.indicator}.{condition.test}.{text}"
    return f"{condition.indicator}.{condition.test}.{condition.against}"


def print_conditions(conditions: Sequence[Condition]) -> str:
    """Write conditions as one parameter of a link."""
    return SEPARATOR.join(print_condition(c) for c in conditions) or NOTHING


def parse_conditions(
    text: str, indicators: Mapping[str, Indicator]
) -> tuple[tuple[Condition, ...], list[str]]:
    """Read the conditions of a link; those that cannot be read are named and left out.

    Args:
        text: conditions joined by `~` or `;`, or `none`.
        indicators: the indicators that have figures for wards.

    Returns:
        at most six different conditions, and a sentence for each thing that was wrong.
    """
    found: list[Condition] = []
    problems: list[str] = []
    written = [part.strip() for part in re.split(r"[~;]", text[:4000])]
    for part in written:
        if part in ("", NOTHING):
            continue
        condition, problem = _parse_condition(part, indicators)
        if condition is None or problem:
            problems.append(problem)
        if condition is None or condition in found:
            continue
        if len(found) == MOST_CONDITIONS:
            problems.append(
                f"The link has more than {MOST_CONDITIONS} conditions; “{part[:80]}” and any "
                "after it are left out."
            )
            break
        found.append(condition)
    return tuple(found), problems


def _parse_condition(
    text: str, indicators: Mapping[str, Indicator]
) -> tuple[Condition | None, str]:
    """One condition, or None, and what was wrong ("" where nothing was)."""
    left_out = f"The condition “{text[:80]}” of the link is left out: "
    name, _, rest = text.partition(".")
    test, _, against = rest.partition(".")
    indicator = indicators.get(name)
    if indicator is None:
        return None, f"{left_out}“{name[:60]}” is not an indicator with figures for wards."
    if test not in TESTS:
        known = ", ".join(allowed_tests(indicator))
        return None, f"{left_out}“{test[:30]}” is not a test; here it can be {known}."
    if test not in allowed_tests(indicator):
        return None, f"{left_out}{_why_not(test, indicator)}"
    if is_number(test):
        return _parse_limit(left_out, indicator, test, against)
    if against not in allowed_against(test):
        known = ", ".join(allowed_against(test))
        return None, f"{left_out}“{against[:30]}” is not known; here it can be {known}."
    return Condition(name, test, against), ""


def _parse_limit(
    left_out: str, indicator: Indicator, test: str, text: str
) -> tuple[Condition | None, str]:
    limit = float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else math.nan
    if not math.isfinite(limit) or abs(limit) > LARGEST_LIMIT:
        return None, f"{left_out}“{text[:30]}” is not a number such as 20 or 12.5."
    rounded = round(limit, indicator.decimals) + 0.0
    if rounded == limit:
        return Condition(indicator.id, test, limit=rounded), ""
    printed = format_number(rounded, indicator.decimals, indicator.unit)
    return Condition(indicator.id, test, limit=rounded), (
        f"{indicator.name} is printed to {indicator.decimals} decimals, so the limit {text[:30]} "
        f"of the link is read as {printed}."
    )


def _why_not(test: str, indicator: Indicator) -> str:
    if is_part(test) and not indicator.ranked:
        return f"wards cannot safely be ranked by “{indicator.name}”."
    if test in ("above", "below"):
        return f"“{indicator.name}” is a count, so a ward cannot be compared with a larger area."
    if needs_interval(test) and indicator.interval == "none":
        return f"“{indicator.name}” has no 95 % interval, so nothing is clearly above or below."
    if indicator.polarity == "no_judgement":
        return f"“{indicator.name}” is neither good nor bad; ask for highest, lowest or above."
    return f"“{indicator.name}” has a better and a worse side; ask for worst, best or above."


def adapt_condition(condition: Condition, indicator: Indicator) -> Condition:
    """Carry a condition over to another indicator; what does not fit falls back.

    A limit in one unit means nothing in another, so a number is not carried over.
    """
    tests = allowed_tests(indicator)
    end, _, part = condition.test.partition("_")
    turned = {**_TURNED, **{new: old for old, new in _TURNED.items()}}.get(end, end)
    other = f"{turned}_{part}" if part else turned
    kept = [t for t in (condition.test, other) if t in tests and not is_number(t)]
    return change_test(replace(condition, indicator=indicator.id), kept[0] if kept else tests[0])


def change_test(condition: Condition, test: str, limit: float = 0.0) -> Condition:
    """Give a condition another test; what it is held against is kept where it still fits."""
    if is_number(test):
        return Condition(condition.indicator, test, limit=limit)
    known = allowed_against(test)
    against = condition.against if condition.against in known else next(iter(known))
    return Condition(condition.indicator, test, against)


def describe_condition(condition: Condition, indicator: Indicator, names: Mapping[str, str]) -> str:
    """A condition in words: "Fuel poverty at least 20.0 %".

    Args:
        condition: what is asked.
        indicator: its entry in the catalogue.
        names: `place` -> its name, and the names of `region`, `county` and `council` where
            all wards share one.
    """
    test = TESTS[condition.test]
    if is_number(condition.test):
        limit = format_number(condition.limit, indicator.decimals, indicator.unit)
        return f"{indicator.short_name} {test} {limit}"
    known = {**allowed_against(condition.test), **names}
    return f"{indicator.short_name} {test} {known[condition.against]}"
