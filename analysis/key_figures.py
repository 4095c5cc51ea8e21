"""Key figures of a place: the newest value, its change, and how it compares."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from analysis.comparison import compare_with_benchmark
from analysis.map_view import as_printed, format_number
from data.catalogue import Indicator
from data.periods import read_period

CHANGE_SIGNS = {"better": "✓ better:", "worse": "! worse:", "neutral": "", "": ""}


@dataclass(frozen=True)
class KeyFigure:
    """One figure in words; "" where there is nothing to say.

    `direction` says which way the change went in the light of polarity: `better`,
    `worse`, `neutral`, or "" without a change.
    """

    indicator_id: str
    label: str
    value: str
    period: str
    change: str
    direction: str
    comparison: str

    @property
    def change_words(self) -> str:
        """The change behind its sign: "! worse: up 0.4 points since 2019"; "" without one."""
        return f"{CHANGE_SIGNS[self.direction]} {self.change}".strip()


def _row(values: pd.DataFrame, area: str, period: str) -> pd.Series | None:
    found = values[(values["area_code"] == area) & (values["period"] == period)]
    return None if found.empty else found.iloc[0]


def describe_change(now: float, then: float, indicator: Indicator, since: str) -> tuple[str, str]:
    """Say how a figure changed, and whether that is better or worse.

    Percentages change by percentage points; other figures by per cent. A change that
    vanishes at the printed decimals is "no change".
    """
    if math.isnan(now) or math.isnan(then):
        return "", ""
    points = indicator.measure == "percentage"
    if not points and then == 0:
        return "", ""
    change = now - then if points else 100 * (now - then) / abs(then)
    places = indicator.decimals if points else 1
    printed = float(as_printed(change, places))
    if printed == 0:
        return f"no change since {since}", "neutral"
    amount = f"{abs(printed):,.{places}f}" + (" points" if points else " %")
    up = printed > 0
    direction = "neutral"
    if indicator.polarity != "no_judgement":
        direction = "better" if up == (indicator.polarity == "high_is_good") else "worse"
    return f"{'up' if up else 'down'} {amount} since {since}", direction


def _print(value: float, indicator: Indicator) -> str:
    """A count stands without its unit, which its name already says; signs keep to their number."""
    unit = "" if indicator.measure == "count" else indicator.unit
    return format_number(value, indicator.decimals, unit).replace(" ", "\N{NO-BREAK SPACE}")


def make_key_figure(
    indicator: Indicator,
    values: pd.DataFrame,
    area: str,
    benchmark: tuple[str, str],
    baseline: str = "",
) -> KeyFigure:
    """Make one key figure of an area from the tidy values of an indicator.

    Args:
        indicator: what is shown.
        values: all its values.
        area: code of the place.
        benchmark: code and name of the area it is compared with.
        baseline: period key of the change, "" for none.
    """
    newest = str(values.at[values["period_end"].idxmax(), "period"])
    row = _row(values, area, newest)
    value = math.nan if row is None else float(row["value"])
    change, direction = "", ""
    before = _row(values, area, baseline) if baseline else None
    if before is not None:
        since = read_period(baseline).label
        change, direction = describe_change(value, float(before["value"]), indicator, since)
    return KeyFigure(
        indicator.id,
        indicator.name,
        _print(value, indicator),
        read_period(newest).label,
        change,
        direction,
        _compare(indicator, values, newest, area, row, benchmark),
    )


def _compare(
    indicator: Indicator,
    values: pd.DataFrame,
    period: str,
    area: str,
    row: pd.Series | None,
    benchmark: tuple[str, str],
) -> str:
    code, name = benchmark
    reference = _row(values, code, period)
    if row is None or reference is None or code == area or indicator.measure == "count":
        return ""
    printed = _print(float(reference["value"]), indicator)
    limits = ([row["lower_ci"]], [row["upper_ci"]])
    word = str(compare_with_benchmark(*limits, float(reference["value"]), indicator.polarity)[0])
    link = "to" if word == "similar" else "than"
    return f"{word} {link} {name} ({printed})" if word else f"{name}: {printed}"
