"""The figures of an action: an indicator before and after its start, and what it is compared with.

One set of figures is drawn on the screen, put in words and written into reports, so that all of
them show the same numbers. Nothing here says that an action brought a change about.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.custom_group import compute_group_values
from analysis.map_view import as_printed
from analysis.recovery import SeriesTable
from analysis.words import FLAG_WORDS
from data.catalogue import Indicator, Source
from data.periods import read_period
from data.planned_action import PlannedAction
from data.recovery import Lockdown

NAN = float("nan")
Verdict = Literal["better", "worse", "higher", "lower", "level"]


@dataclass(frozen=True)
class PlaceSeries:
    """One place over time: figures by period, NaN where missing, `flag` saying why."""

    code: str
    name: str
    value: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    flag: tuple[str, ...]

    @property
    def known(self) -> tuple[int, ...]:
        """Positions of the periods that have a figure."""
        return tuple(n for n, value in enumerate(self.value) if not math.isnan(value))


@dataclass(frozen=True)
class Change:
    """From one period to another: both figures, their difference and its 95 % interval.

    `size` is after minus before, in the unit of the indicator (of two percentages: points).
    `low` and `high` are NaN where no interval is known. `verdict` follows the polarity;
    `level` is a change that is printed as zero.
    """

    first: str
    last: str
    before: float
    after: float
    size: float
    low: float
    high: float
    verdict: Verdict

    @property
    def has_interval(self) -> bool:
        """Whether it can be said how sure the change is."""
        return not math.isnan(self.low)

    @property
    def clear(self) -> bool:
        """Whether the 95 % interval leaves zero out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class ImpactFigures:
    """Everything that the impact chart of one action shows.

    `periods` are those drawn, oldest first; `place` and `others` have one figure for each.
    `others`: the comparator that was chosen first, none where there is none; where the
    indicator has a single period, all that could be chosen follow. `indicator` has the polarity
    that a change is judged by: `no_judgement` where other things moved the series too.
    `baseline` is a period key, "" where there is none. `district_figure` names the larger area
    whose figure stands in for wards, "" where the figure is the place's own. `notes` are
    sentences that must be shown.
    """

    action: PlannedAction
    indicator: Indicator
    source: Source
    periods: tuple[str, ...]
    place: PlaceSeries
    others: tuple[PlaceSeries, ...]
    baseline: str
    district_figure: str = ""
    lockdowns: tuple[Lockdown, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def comparator(self) -> PlaceSeries | None:
        """What the place is compared with, None where with nothing."""
        return self.others[0] if self.others else None

    @property
    def single(self) -> bool:
        """Whether there is one figure only, so that nothing can be told about before and after."""
        return len(self.place.known) < 2

    @property
    def latest_at(self) -> int:
        """Position of the newest figure of the place, -1 where it has none."""
        return self.place.known[-1] if self.place.known else -1

    @property
    def baseline_at(self) -> int:
        """Position of the baseline, -1 where the place has no figure for it."""
        at = self.periods.index(self.baseline) if self.baseline in self.periods else -1
        return at if at in self.place.known else -1

    @property
    def before_at(self) -> int:
        """Position of the last figure from before the action began, -1 where there is none."""
        start = self.action.start
        before = [
            n
            for n in self.place.known
            if start is not None and read_period(self.periods[n]).end < start
        ]
        return before[-1] if before else -1


def take_series(table: SeriesTable, code: str, name: str) -> PlaceSeries:
    """One row of a table as a series of its own."""
    row = list(table.codes).index(code)
    value, lower, upper = (
        tuple(float(v) for v in part[row]) for part in (table.value, table.lower, table.upper)
    )
    return PlaceSeries(code, name, value, lower, upper, tuple(str(w) for w in table.flag[row]))


def pool_members(
    table: SeriesTable,
    members: pd.DataFrame,
    indicator: Indicator,
    names: tuple[str, str],
    hidden: tuple[float, float] | None = None,
) -> PlaceSeries:
    """Several areas as one, period by period (see `custom_group.compute_group_values`).

    Args:
        table: one row per member.
        members: index area code; population, lsoa_count.
        indicator: how the figure is made.
        names: code and name of the whole.
        hidden: the least and the most a withheld count can be, None where not known.
    """
    found = []
    for n in range(len(table.periods)):
        rows = pd.DataFrame(
            {
                "value": table.value[:, n],
                "lower_ci": table.lower[:, n],
                "upper_ci": table.upper[:, n],
                "numerator": table.numerator[:, n],
                "denominator": table.denominator[:, n],
                "flag": table.flag[:, n],
            },
            index=table.codes,
        )
        found.append(compute_group_values(rows, members, indicator, hidden))
    return PlaceSeries(
        *names,
        tuple(one.value for one in found),
        tuple(one.lower for one in found),
        tuple(one.upper for one in found),
        tuple(one.flag for one in found),
    )


def cut_series(series: PlaceSeries, columns: Sequence[int]) -> PlaceSeries:
    """The same place in some of the periods."""
    parts = (series.value, series.lower, series.upper)
    value, lower, upper = (tuple(part[n] for n in columns) for part in parts)
    flag = tuple(series.flag[n] for n in columns)
    return PlaceSeries(series.code, series.name, value, lower, upper, flag)


def judge(size: float, indicator: Indicator) -> Verdict:
    """What a difference is called: by polarity, and level where it is printed as zero."""
    if as_printed(size, indicator.decimals) == 0:
        return "level"
    if indicator.polarity == "no_judgement":
        return "higher" if size > 0 else "lower"
    good = (size > 0) == (indicator.polarity == "high_is_good")
    return "better" if good else "worse"


def measure_change(
    figures: ImpactFigures, series: PlaceSeries, first: int, last: int
) -> Change | None:
    """How far a place moved between two periods; None where a figure is missing.

    The interval is found by adding the squares of the distances to the limits of the two
    figures (Newcombe 1998, method 10), which takes the two as independent.
    """
    if first < 0 or last < 0 or first == last or not {first, last} <= set(series.known):
        return None
    before, after = series.value[first], series.value[last]
    low = -math.hypot(after - series.lower[last], series.upper[first] - before)
    high = math.hypot(series.upper[last] - after, before - series.lower[first])
    size = after - before
    return Change(
        figures.periods[first],
        figures.periods[last],
        before,
        after,
        size,
        size + low,
        size + high,
        judge(size, figures.indicator),
    )


def make_impact_table(figures: ImpactFigures) -> pd.DataFrame:
    """The rows behind the chart, with plain headings; figures are rounded as printed.

    Returns:
        Place, Period, value with its unit, Lower and Upper 95 % limit, When, Note.
    """
    indicator, start = figures.indicator, figures.action.start
    value = f"{indicator.short_name}{f' ({indicator.unit})' if indicator.unit else ''}"
    rows: list[dict[str, object]] = []
    for series in (figures.place, *figures.others):
        for n, key in enumerate(figures.periods):
            period = read_period(key)
            when = "" if start is None else "before the start"
            if start is not None and period.end >= start:
                when = "after the start" if period.start >= start else "holds the start"
            rows.append(
                {
                    "Place": series.name,
                    "Period": period.label,
                    value: series.value[n],
                    "Lower 95 % limit": series.lower[n],
                    "Upper 95 % limit": series.upper[n],
                    "When": f"{when}, baseline".strip(", ") if key == figures.baseline else when,
                    "Note": FLAG_WORDS.get(series.flag[n], ""),
                }
            )
    table = pd.DataFrame(rows)
    for heading in (value, "Lower 95 % limit", "Upper 95 % limit"):
        table[heading] = as_printed(table[heading], indicator.decimals)
    return table
