"""Which wards meet conditions on several indicators, which do not, and which nobody can say.

A ward whose figure is missing or withheld does not fail: it cannot be judged. The states are
joined by the three-valued logic of Kleene (1938): one condition that is certainly not met is
enough to fail "all of these", and one that is certainly met is enough for "at least one".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison import compare_with_benchmark
from analysis.conditions import PARTS, Condition, is_number, is_part, needs_interval
from analysis.map_view import as_printed
from analysis.words import FLAG_WORDS, NO_LSOA
from data.catalogue import Indicator
from data.geography_words import ENGLAND

Floats = npt.NDArray[np.float64]
States = npt.NDArray[np.int8]

MET, NOT_MET, UNKNOWN = 1, 0, -1
STATE_WORDS = {1: "meets", 0: "does not meet", -1: "cannot be judged"}

#: Word of a benchmark -> the column that names each ward's own.
CODE_COLUMNS = {"region": "region_code", "county": "county_code", "council": "district_code"}
NO_BENCHMARK = {
    "england": "England has no figure to compare with",
    "region": "its region has no figure to compare with",
    "county": "it is not in a county, or the county has no figure",
    "council": "its council has no figure to compare with",
}
NO_INTERVAL = "its figure has no 95 % interval"


@dataclass(frozen=True)
class Judgement:
    """One condition over the wards of a place, one entry per ward.

    `state` is 1 met, 0 not met, -1 cannot be judged. `value` is the figure as printed and
    `limit` what it was held against, NaN where there is none. `sign` tells on which side of
    the limit the figure stands. `reason` says why a ward cannot be judged, else "".
    `holders` and `among`: of a fifth or tenth, how many wards are in it, of how many.
    """

    condition: Condition
    indicator: Indicator
    state: States
    value: Floats
    limit: Floats
    sign: npt.NDArray[np.str_]
    reason: npt.NDArray[np.object_]
    holders: int = 0
    among: int = 0

    @property
    def one_limit(self) -> float:
        """The limit where it is the same for every ward, else NaN."""
        known = np.unique(self.limit[~np.isnan(self.limit)])
        return float(known[0]) if len(known) == 1 else float("nan")


@dataclass(frozen=True)
class Step:
    """One step of the funnel: a condition on its own, and joined with those before it.

    The three counts on its own add up to the number of wards, and so do the three so far.
    `moved` is how many wards this step decides: removed by "all", added by "any".
    """

    condition: Condition
    own_met: int
    own_not_met: int
    own_unknown: int
    met: int
    not_met: int
    unknown: int
    moved: int


def part_limit(figures: Floats, parts: int, *, highest: bool) -> float:
    """The figure from which on wards are in the highest (or lowest) fifth or tenth.

    Args:
        figures: of all wards that are divided, as printed; NaN are left out.
        parts: 5 for fifths, 10 for tenths.
        highest: whether the highest part is asked for.

    Returns:
        NaN where there are fewer wards than parts. A ward is in the highest fifth where
        fewer than a fifth of the wards stand higher; equal figures are in together.
    """
    known = np.sort(figures[~np.isnan(figures)])
    if len(known) < parts:
        return float("nan")
    size = -(-len(known) // parts)
    return float(known[-size] if highest else known[size - 1])


def judge(
    condition: Condition,
    indicator: Indicator,
    values: pd.DataFrame,
    wards: pd.DataFrame,
    everywhere: pd.Index,
) -> Judgement:
    """Judge every ward of a place by one condition.

    Args:
        condition: allowed for the indicator (see `conditions.parse_conditions`).
        indicator: its entry in the catalogue.
        values: its newest figures, index area code; value, lower_ci, upper_ci, flag.
        wards: the wards of the place, index area code; district_code, county_code,
            region_code, lsoa_count.
        everywhere: codes of all wards in England.

    Figures are compared as printed: a ward that shows the same figure as its benchmark is
    neither above nor below it, and one that shows the limit itself is inside.
    """
    place = values.index.get_indexer(wards.index)
    rows = {c: _pick(values[c], place) for c in ("value", "lower_ci", "upper_ci")}
    printed = as_printed(rows["value"], indicator.decimals)
    limit, holders, among = _limit_of(condition, indicator, values, wards, everywhere)
    with np.errstate(invalid="ignore"):
        met = _is_met(condition, indicator, printed, rows, limit)
    reason = _reasons(condition, values, wards, place, rows, limit)
    state = np.where(reason != "", UNKNOWN, np.where(met, MET, NOT_MET)).astype(np.int8)
    shown = as_printed(limit, indicator.decimals)
    sign = np.where(printed > shown, "▲", np.where(printed < shown, "▼", "●"))
    sign[np.isnan(printed) | np.isnan(shown)] = ""
    return Judgement(condition, indicator, state, printed, shown, sign, reason, holders, among)


def _pick(column: pd.Series, place: npt.NDArray[np.intp]) -> Floats:
    return np.where(place < 0, np.nan, column.to_numpy(dtype=float)[place])


def wants_high(condition: Condition, indicator: Indicator) -> bool:
    """Whether a fifth or tenth is the one with the high figures."""
    end = condition.test.partition("_")[0]
    if end in ("highest", "lowest"):
        return end == "highest"
    return (end == "worst") == (indicator.polarity == "low_is_good")


def _limit_of(
    condition: Condition,
    indicator: Indicator,
    values: pd.DataFrame,
    wards: pd.DataFrame,
    everywhere: pd.Index,
) -> tuple[Floats, int, int]:
    """What each ward is held against; of a part also its size and among how many."""
    if is_number(condition.test):
        return np.full(len(wards), condition.limit), 0, 0
    if not is_part(condition.test):
        if condition.against == "england":
            figure = float(values["value"].get(ENGLAND, np.nan))
            return np.full(len(wards), figure), 0, 0
        codes = wards[CODE_COLUMNS[condition.against]]
        return codes.map(values["value"]).to_numpy(dtype=float), 0, 0
    among = everywhere if condition.against == "england" else wards.index
    place = values.index.get_indexer(among)
    figures = as_printed(_pick(values["value"], place), indicator.decimals)
    high = wants_high(condition, indicator)
    parts = PARTS[condition.test.partition("_")[2]]
    limit = part_limit(figures, parts, highest=high)
    inside = figures >= limit if high else figures <= limit
    return np.full(len(wards), limit), int(inside.sum()), int((~np.isnan(figures)).sum())


def _is_met(
    condition: Condition,
    indicator: Indicator,
    printed: Floats,
    rows: Mapping[str, Floats],
    limit: Floats,
) -> npt.NDArray[np.bool_]:
    test = condition.test
    shown = as_printed(limit, indicator.decimals)
    if is_part(test):
        return printed >= shown if wants_high(condition, indicator) else printed <= shown
    if needs_interval(test):
        words = compare_with_benchmark(
            rows["lower_ci"], rows["upper_ci"], limit, indicator.polarity
        )
        return words == test
    return {
        "above": lambda: printed > shown,
        "below": lambda: printed < shown,
        "at_least": lambda: printed >= limit,
        "at_most": lambda: printed <= limit,
    }[test]()


def _reasons(
    condition: Condition,
    values: pd.DataFrame,
    wards: pd.DataFrame,
    place: npt.NDArray[np.intp],
    rows: Mapping[str, Floats],
    limit: Floats,
) -> npt.NDArray[np.object_]:
    """Why each ward cannot be judged, "" where it can."""
    reason = np.full(len(wards), "", dtype=object)
    if needs_interval(condition.test):
        reason[np.isnan(rows["lower_ci"]) | np.isnan(rows["upper_ci"])] = NO_INTERVAL
    too_few = "too few wards with a figure to divide"
    no_limit = too_few if is_part(condition.test) else NO_BENCHMARK.get(condition.against, "")
    reason[np.isnan(limit)] = no_limit
    missing = np.isnan(rows["value"])
    if missing.any():
        flags = values["flag"].astype(object).to_numpy()
        words = [
            FLAG_WORDS.get(str(flags[i]) if i >= 0 else "", FLAG_WORDS["not_available"])
            for i in place[missing]
        ]
        reason[missing] = words
        reason[missing & (wards["lsoa_count"].to_numpy() == 0)] = NO_LSOA
    return reason


def combine(states: Sequence[States], match: str, size: int) -> States:
    """Join the states of several conditions, ward by ward.

    Args:
        states: of each condition.
        match: `all` or `any`.
        size: number of wards, for no condition at all: then every ward is met.
    """
    if not states:
        return np.full(size, MET, dtype=np.int8)
    table = np.stack(states)
    decided = NOT_MET if match == "all" else MET
    other = MET if match == "all" else NOT_MET
    joined = np.where(
        (table == decided).any(axis=0),
        decided,
        np.where((table == UNKNOWN).any(axis=0), UNKNOWN, other),
    )
    return joined.astype(np.int8)


def make_funnel(judgements: Sequence[Judgement], match: str) -> list[Step]:
    """Count what each condition does on its own and after those before it."""
    steps: list[Step] = []
    before = 0
    for last in range(1, len(judgements) + 1):
        own = judgements[last - 1].state
        so_far = combine([j.state for j in judgements[:last]], match, len(own))
        own_met, own_not_met, own_unknown = _count_states(own)
        met, not_met, unknown = _count_states(so_far)
        decided = not_met if match == "all" else met
        steps.append(
            Step(
                judgements[last - 1].condition,
                own_met=own_met,
                own_not_met=own_not_met,
                own_unknown=own_unknown,
                met=met,
                not_met=not_met,
                unknown=unknown,
                moved=decided - before,
            )
        )
        before = decided
    return steps


def _count_states(states: States) -> tuple[int, int, int]:
    met, not_met, unknown = (int((states == s).sum()) for s in (MET, NOT_MET, UNKNOWN))
    return met, not_met, unknown
