"""Process charts: is a monthly figure moving within its usual ups and downs, or beyond them?

Method: XmR (individuals and moving range) as in NHS England's "Making data count": the average,
and limits at average plus or minus 2.66 times the mean moving range (Wheeler, Understanding
Variation; all points count, none is screened out, as in the programme's Excel tools). Special
cause, in the order in which a point is named:

    outside       beyond a limit
    trend         one of 7 points in a row, each higher (or each lower) than the last
    two_in_three  beyond two thirds of the way to a limit, with at least 2 of 3 points in a row
                  that far out and all 3 on that side of the average; points outside count too
                  (the logic of the programme's tools since November 2023)
    shift         one of 7 points in a row on one side of the average

The programme's Excel tool lets its user take 6 or 7 points for runs; 7 is used here for both, as
in NHSRplotthedots, the R package that mirrors it (its issues 194 and 202). A month without a
figure ends a run and has no moving range. No special cause is claimed where the limits rest on
fewer than 12 points. Limits start anew only where somebody chose so. Seasons are not removed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from data.periods import read_period

Floats = npt.NDArray[np.float64]
RUN, FEWEST, SCALE = 7, 12, 2.66
# Neighbouring months that are this much alike make limits too narrow.
ALIKE = 0.5
_EQUAL = 1e-9
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Segment:
    """A stretch of points with limits of its own: positions of its first and last point.

    `count` points have a figure. Limits are NaN where no two neighbours have one.
    """

    first: int
    last: int
    count: int
    mean: float
    moving_range: float
    lower: float
    upper: float

    @property
    def trusted(self) -> bool:
        """Whether there are points enough to speak of special cause."""
        return self.count >= FEWEST and not math.isnan(self.upper)


@dataclass(frozen=True)
class ProcessChart:
    """A monthly series with its limits and what each point signals.

    `rules`: name of the rule a point meets, "" for none; `directions`: 1 high or rising, -1 low
    or falling, 0 where no rule is met. `target` is NaN where there is none.
    """

    periods: tuple[str, ...]
    values: tuple[float, ...]
    segments: tuple[Segment, ...]
    rules: tuple[str, ...]
    directions: tuple[int, ...]
    polarity: str
    target: float

    @property
    def newest(self) -> int:
        """Position of the newest point that has a figure."""
        return max(n for n, value in enumerate(self.values) if not math.isnan(value))

    @property
    def segment(self) -> Segment:
        """The stretch of the newest point, whose limits are the ones in use."""
        return next(part for part in self.segments if part.first <= self.newest <= part.last)

    @property
    def variation(self) -> str:
        """What the newest point says: common_cause, improving, concerning, high, low, not_told."""
        if not self.segment.trusted:
            return "not_told"
        return judge_point(self.rules[self.newest], self.directions[self.newest], self.polarity)

    @property
    def assurance(self) -> str:
        """Will the target be met if nothing changes: hits, hit_and_miss, fails or not_told."""
        part = self.segment
        if math.isnan(self.target) or self.polarity == "no_judgement" or not part.trusted:
            return "not_told"
        if part.lower <= self.target <= part.upper:
            return "hit_and_miss"
        above = part.lower > self.target
        return "hits" if above == (self.polarity == "high_is_good") else "fails"


def judge_point(rule: str, direction: int, polarity: str) -> str:
    """What a point is called: common_cause, improving, concerning, or high and low unjudged."""
    if not rule:
        return "common_cause"
    if polarity == "no_judgement":
        return "high" if direction > 0 else "low"
    return "improving" if (direction > 0) == (polarity == "high_is_good") else "concerning"


def is_month(period: str) -> bool:
    """Whether a period key is one month."""
    return bool(_MONTH.fullmatch(period))


def why_no_process(periods: Sequence[str], values: Sequence[float]) -> str:
    """Why a series has no process chart, in a sentence; "" where it has one."""
    if any(key.startswith("to-") for key in periods):
        return (
            "There is no process chart: each figure covers twelve months and shares most of them "
            "with its neighbours. A process chart needs separate months."
        )
    months = [key for key in periods if is_month(key)]
    numbers = [_number(key) for key in months] if len(months) == len(periods) else []
    steps = np.diff(numbers)
    if not len(steps) or np.median(steps) != 1:
        return "There is no process chart: it needs monthly figures, and these are not monthly."
    known = sum(not math.isnan(value) for value in values)
    if known < FEWEST:
        return (
            f"There is no process chart: it needs {FEWEST} months or more, and there are {known}."
        )
    return ""


def compute_process(
    periods: Sequence[str],
    values: Sequence[float],
    polarity: str,
    target: float = math.nan,
    restarts: Sequence[str] = (),
) -> ProcessChart:
    """Limits and signals of a monthly series.

    Args:
        periods: months, oldest first.
        values: one for each, NaN where missing.
        polarity: of the indicator.
        target: NaN for none.
        restarts: periods at which the limits start anew; those that are not in `periods` or are
            its first are passed over.

    Raises:
        ValueError: the series has no process chart; see `why_no_process`, which says why.
    """
    if why := why_no_process(periods, values):
        raise ValueError(why)
    figures = np.asarray(values, dtype=float)
    numbers = np.array([_number(key) for key in periods])
    starts = sorted({0, *(list(periods).index(key) for key in restarts if key in periods)})
    rules, directions = [""] * len(figures), [0] * len(figures)
    segments = []
    for first, after in pairwise([*starts, len(figures)]):
        part = _measure(figures, numbers, first, after - 1)
        segments.append(part)
        if part.trusted:
            _mark(part, figures, numbers, rules, directions)
    return ProcessChart(
        tuple(periods), tuple(values), tuple(segments), tuple(rules), tuple(directions),
        polarity, target,
    )  # fmt: skip


def measure_likeness(chart: ProcessChart) -> float:
    """Correlation of each month with the next (lag-one autocorrelation); NaN where none."""
    pairs = [
        (one, other)
        for (key, one), (following, other) in pairwise(
            zip(chart.periods, chart.values, strict=True)
        )
        if _number(following) - _number(key) == 1 and not math.isnan(one + other)
    ]
    if len(pairs) < FEWEST - 1 or np.ptp(pairs, axis=0).min() == 0:
        return math.nan
    return float(np.corrcoef(np.array(pairs).T)[0, 1])


def _number(key: str) -> int:
    start = read_period(key).start
    return start.year * 12 + start.month


def _measure(figures: Floats, numbers: npt.NDArray[np.int64], first: int, last: int) -> Segment:
    part = figures[first : last + 1]
    known = part[~np.isnan(part)]
    ranges = np.abs(np.diff(part))[np.diff(numbers[first : last + 1]) == 1]
    ranges = ranges[~np.isnan(ranges)]
    mean = float(known.mean()) if len(known) else math.nan
    moving = float(ranges.mean()) if len(ranges) else math.nan
    reach = SCALE * moving
    return Segment(first, last, len(known), mean, moving, mean - reach, mean + reach)


def _mark(
    part: Segment,
    figures: Floats,
    numbers: npt.NDArray[np.int64],
    rules: list[str],
    directions: list[int],
) -> None:
    """Name the first rule that each point of a segment meets."""
    for run in _split_runs(part, figures, numbers):
        values = figures[run]
        signs = {
            "outside": _sides(values, part, 1.0),
            "trend": _find_trends(values),
            "two_in_three": _find_two_in_three(values, part),
            "shift": _find_shifts(values, part),
        }
        for n, at in enumerate(run):
            met = [(name, found[n]) for name, found in signs.items() if found[n]]
            if met:
                rules[at], directions[at] = met[0]


def _split_runs(
    part: Segment, figures: Floats, numbers: npt.NDArray[np.int64]
) -> list[list[int]]:  # fmt: skip
    """Positions of points that follow each other without a missing month."""
    runs: list[list[int]] = []
    for n in range(part.first, part.last + 1):
        if math.isnan(figures[n]):
            continue
        if runs and runs[-1][-1] == n - 1 and numbers[n] - numbers[n - 1] == 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


def _sides(values: Floats, part: Segment, share: float) -> list[int]:
    """1 or -1 where a point is further from the average than a share of the way to a limit."""
    slack = _EQUAL * max(1.0, abs(part.mean))
    reach = share * (part.upper - part.mean) + slack
    return [int(np.sign(v - part.mean)) if abs(v - part.mean) > reach else 0 for v in values]


def _mark_windows(length: int, size: int, test: Callable[[int], int]) -> list[int]:
    marks = [0] * length
    for start in range(length - size + 1):
        if sign := test(start):
            marks[start : start + size] = [sign] * size
    return marks


def _find_trends(values: Floats) -> list[int]:
    steps = np.sign(np.diff(values))

    def test(start: int) -> int:
        total = int(steps[start : start + RUN - 1].sum())
        return total // (RUN - 1) if abs(total) == RUN - 1 else 0

    return _mark_windows(len(values), RUN, test)


def _find_shifts(values: Floats, part: Segment) -> list[int]:
    side = _sides(values, part, 0.0)

    def test(start: int) -> int:
        total = sum(side[start : start + RUN])
        return total // RUN if abs(total) == RUN else 0

    return _mark_windows(len(values), RUN, test)


def _find_two_in_three(values: Floats, part: Segment) -> list[int]:
    side, far = _sides(values, part, 0.0), _sides(values, part, 2 / 3)

    def test(start: int) -> int:
        total = sum(side[start : start + 3])
        out = sum(map(abs, far[start : start + 3]))
        return total // 3 if abs(total) == 3 and out >= 2 else 0

    marks = _mark_windows(len(values), 3, test)
    return [mark if out else 0 for mark, out in zip(marks, far, strict=True)]
