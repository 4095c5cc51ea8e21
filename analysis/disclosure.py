"""Disclosure control of a council's own figures: small counts, and what would reveal them.

Primary suppression: a count from 1 to the threshold less one (1 to 4) is hidden; so is a
percentage or rate made of one, a count of those left over (2 of 100 *without* is as telling as
2 of 100 with), and a figure whose count can be worked out from value x denominator. Zero is
shown unless the rules say otherwise.

Secondary suppression: wards add up to districts and to the council. Who knows a total and all
wards but one knows the last ward too. So in every group whose total is shown at least two
wards are hidden, and together they hold at least the threshold. Wards are added greedily, the
smallest count that does it first, which costs least; where no ward can, a total is hidden.

What that protects: from everything shown (wards, totals, sums and differences of any groups
of them, differences between periods) and from counts being no less than zero and no more than
their denominator, each hidden count may be anything in a range at least as wide as the
threshold, or as its denominator where that is smaller. Because groups lie inside each other or
apart, each hidden ward stands in one equation only, that of the smallest group around it whose
total is shown: with R the sum of the hidden wards of that equation, the range of ward i is
[max(0, R - sum of the others' denominators), min(its denominator, R)]. The tests compute the
same range by linear programming.

Sums of wards that somebody picks are sums of what is shown; one with a hidden ward is of its
other wards only. A change between periods is not shown when either figure is hidden. What is
not covered: the same figures published a second time in other groups or periods, and a council
officer who knows one ward's count already.

Sources: L. Willenborg and T. de Waal, Elements of Statistical Disclosure Control (2001),
chapters 5 and 6 (cell suppression, feasibility intervals); A. Hundepool and others, Statistical
Disclosure Control (2012), chapter 4; the Government Statistical Service's guidance on tables
produced from administrative sources and surveys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.suppression import Group, Hidden, suppress
from analysis.words import count_words
from data.aggregation import NOT_AVAILABLE, SUPPRESSED
from data.own.shapes import OwnIndicator, OwnTable
from data.own.tables import compute_limits

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Rules:
    """How own figures are protected.

    Counts above zero and under `threshold` are hidden, zero too with `suppress_zero`. With
    `round_to` (5; 0 for none) the counts that are shown are rounded as well.
    """

    threshold: int = 5
    suppress_zero: bool = False
    round_to: int = 0


@dataclass(frozen=True)
class Protected:
    """An own table that may be shown: hidden figures are NaN and flagged `suppressed`.

    `values` has the columns of `OwnTable.values`. `primary` and `secondary` count what was
    hidden and why; which is which is never told apart in `values`. `checked` is False where
    there are no counts behind the figures, so that small ones cannot be found.
    """

    own: OwnTable
    rules: Rules
    values: pd.DataFrame
    primary: int
    secondary: int
    checked: bool = True
    notes: tuple[str, ...] = ()

    def load_period(self, period: str) -> pd.DataFrame:
        """The figures of one period by area code, as `data.load.load_period` gives them."""
        chosen = self.values[self.values["period"] == period]
        return chosen.set_index("area_code")


def protect_table(own: OwnTable, areas: pd.DataFrame, rules: Rules | None = None) -> Protected:
    """Hide small counts, and what would reveal them (see the head of this module).

    Args:
        own: the table.
        areas: every area (`data.load.load_areas`): index area code; area_type, district_code,
            county_code, region_code.
        rules: thresholds; the usual ones by default.

    Returns:
        the table without what must not be shown.
    """
    rules = rules or Rules()
    values = own.values.reset_index(drop=True).copy()
    counts, bounds, checked = _find_counts(values, own.entry)
    hidden = np.zeros(len(values), dtype=bool)
    primary = secondary = 0
    if checked:
        first = _find_small(values, own.entry, counts, rules)
        for rows in values.groupby("period", sort=False).indices.values():
            if not first[rows].any():
                continue
            leaves, groups = _make_groups(values["area_code"].iloc[rows], areas)
            at = rows[leaves]
            found: Hidden = suppress(
                counts[at], bounds[at], first[at], [g.with_first(first[rows]) for g in groups],
                rules.threshold,
            )  # fmt: skip
            hidden[at] = found.leaves
            for group, gone in zip(groups, found.groups, strict=True):
                hidden[rows[group.row]] = gone
        primary = int((hidden & first).sum())
        secondary = int((hidden & ~first).sum())
    values = _hide(values, hidden, own.entry, rules)
    if rules.round_to:
        values = _round(values, own.entry, rules.round_to)
    return Protected(own, rules, values, primary, secondary, checked,
                     _make_notes(own.entry, rules, primary, secondary, checked))  # fmt: skip


def _find_counts(values: pd.DataFrame, entry: OwnIndicator) -> tuple[Floats, Floats, bool]:
    """The counts to protect, the most each can be, and whether there are any at all."""
    top, under, value = (
        values[name].to_numpy(dtype=float) for name in ("numerator", "denominator", "value")
    )
    unbounded = np.full(len(values), np.inf)
    if entry.measure == "count":
        return value, unbounded, True
    if entry.has_counts:
        if _is_mean(entry):
            return under, unbounded, True  # a mean over cases: the cases are what is small
        return top, (under if entry.measure == "percentage" else unbounded), True
    scale = _scale_of(entry)
    if not scale:
        return top, unbounded, False
    return value * under / scale, (under if entry.measure == "percentage" else unbounded), True


def _is_mean(entry: OwnIndicator) -> bool:
    """Whether figures are means over cases, whose number is the denominator."""
    return entry.by_case or entry.measure not in ("percentage", "rate")


def _scale_of(entry: OwnIndicator) -> float:
    """What value x people is divided by to give a count; 0 where it gives none."""
    if entry.measure == "percentage":
        return 100.0
    found = re.search(r"per ([0-9][0-9,]*)", entry.unit) if entry.measure == "rate" else None
    return float(found.group(1).replace(",", "")) if found else 0.0


def _find_small(
    values: pd.DataFrame, entry: OwnIndicator, counts: Floats, rules: Rules
) -> npt.NDArray[np.bool_]:
    """Which figures must be hidden for themselves."""
    under = values["denominator"].to_numpy(dtype=float)
    small = (counts > 0) & (counts < rules.threshold)
    if rules.suppress_zero:
        small |= counts == 0
    if entry.measure == "percentage" and not entry.by_case:
        left_over = under - counts
        small |= (left_over > 0) & (left_over < rules.threshold)
    if entry.has_counts:
        small |= (under > 0) & (under < rules.threshold)
    return small & values["value"].notna().to_numpy()


def _make_groups(codes: pd.Series, areas: pd.DataFrame) -> tuple[npt.NDArray[np.intp], list[Group]]:
    """The smallest areas of one period, and the larger ones that they add up to.

    Returns:
        positions of the smallest areas; groups with their position and the places of their
        members among the smallest.
    """
    known = areas.reindex(codes)
    names, kinds = (rows.to_numpy(dtype=object) for rows in (codes, known["area_type"]))
    home = {
        kind: known[f"{kind}_code"].to_numpy(dtype=object)
        for kind in ("district", "county", "region")
    }
    inside = {}
    for row in range(len(names)):
        here = np.full(len(names), kinds[row] == "country")
        if kinds[row] in home:
            here = home[kinds[row]] == names[row]
        here[row] = False
        if here.any():
            inside[row] = here
    leaves = np.flatnonzero([row not in inside for row in range(len(names))])
    groups = [Group(row, np.flatnonzero(here[leaves])) for row, here in inside.items()]
    return leaves, groups


def _hide(
    values: pd.DataFrame, hidden: npt.NDArray[np.bool_], entry: OwnIndicator, rules: Rules
) -> pd.DataFrame:
    values.loc[hidden, ["value", "numerator", "lower_ci", "upper_ci"]] = np.nan
    values.loc[hidden, "flag"] = SUPPRESSED
    if entry.has_counts:
        few = values["denominator"] < rules.threshold
        values.loc[hidden & (few | _is_mean(entry)), "denominator"] = np.nan
    return values


def _round(values: pd.DataFrame, entry: OwnIndicator, base: int) -> pd.DataFrame:
    """Counts to the nearest multiple; rates are made again from the rounded counts."""
    names = ["numerator", "denominator"] if entry.has_counts else ["numerator"]
    for name in ["denominator"] if entry.by_case else names:
        values[name] = base * np.floor(values[name] / base + 0.5)
    if entry.by_case:  # the mean stays; its sum would tell the number of cases again
        values["numerator"] = values["value"] * values["denominator"]
        return values
    if entry.measure == "count":
        values["value"] = values["numerator"]
    elif entry.has_counts:
        over = values["denominator"].where(values["denominator"] > 0)
        rate = entry.multiplier * values["numerator"] / over
        values["value"] = rate.where(values["value"].notna())
        gone = values["value"].isna() & ~values["flag"].isin([SUPPRESSED, NOT_AVAILABLE])
        values.loc[gone, "flag"] = NOT_AVAILABLE
        values["lower_ci"], values["upper_ci"] = compute_limits(values, entry)
    return values


def _make_notes(
    entry: OwnIndicator, rules: Rules, primary: int, secondary: int, checked: bool
) -> tuple[str, ...]:
    if not checked:
        return (
            "These figures have no counts behind them, so small counts cannot be found. Show them "
            "only if you know that no small number of people stands behind any of them.",
        )
    most = rules.threshold - 1
    small = f"{most} cases or fewer" if entry.by_case else f"a count of 1 to {most}"
    figures = count_words(primary, "figure that rests", "figures that rest")
    notes = [f"Withheld: {figures} on {small}."]
    if secondary:
        notes.append(
            f"Withheld as well: {count_words(secondary, 'figure', 'figures')} from which, with "
            "totals, somebody could work those out."
        )
    if entry.measure != "count" and not entry.has_counts:
        notes.append(
            "The file does not say what these figures are out of, so they were checked as if out "
            "of all residents. Where they are out of fewer, such as people who answered, bring the "
            "counts too: small ones cannot be found otherwise."
        )
    if rules.round_to:
        notes.append(f"Counts are rounded to the nearest {rules.round_to}, so they may not add up.")
    return tuple(notes)


def compute_protected_change(protected: Protected, earlier: str, later: str) -> pd.DataFrame:
    """The change between two periods; none where either figure is not shown.

    Returns:
        index area code; earlier, later, change (NaN where not shown), flag.
    """
    before, after = protected.load_period(earlier), protected.load_period(later)
    table = pd.DataFrame({"earlier": before["value"], "later": after["value"]})
    table["change"] = table["later"] - table["earlier"]
    flags = (before["flag"].reindex(table.index), after["flag"].reindex(table.index))
    withheld = (flags[0] == SUPPRESSED) | (flags[1] == SUPPRESSED)
    gone = table["change"].isna()
    table["flag"] = np.select([withheld, gone], [SUPPRESSED, NOT_AVAILABLE], "")
    return table
