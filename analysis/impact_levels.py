"""The levels an impact chart is read against, and how far its scale reaches."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.impact_figures import ImpactFigures
from analysis.map_view import format_number
from analysis.palette import CHART_COLOURS, CHART_INK, Theme


@dataclass(frozen=True)
class Level:
    """A horizontal line: what it is, where, which colour and dash."""

    text: str
    value: float
    colour: str
    dash: str


def list_levels(figures: ImpactFigures, theme: Theme) -> list[Level]:
    """Baseline, target and intervention level, those that there are."""
    action, indicator = figures.action, figures.indicator
    colours, ink = CHART_COLOURS[theme], CHART_INK[theme]

    def say(name: str, value: float) -> str:
        return f"{name} {format_number(value, indicator.decimals, indicator.unit)}"

    found = []
    if figures.baseline_at >= 0 and not figures.single:
        value = figures.place.value[figures.baseline_at]
        found.append(Level(say("Baseline", value), value, ink["axis"], "dot"))
    if action.target is not None:
        found.append(Level(say("Target", action.target), action.target, colours[2], "dash"))
    if action.intervention is not None:
        level = action.intervention
        found.append(Level(say("Step in at", level), level, colours[4], "dashdot"))
    return found


def measure_reach(figures: ImpactFigures, levels: Sequence[Level]) -> tuple[float, float]:
    """Lowest and highest of the scale: from zero, unless the lines then lay in its upper half."""
    places = (figures.place, *figures.others)
    ends = [v for p in places for part in (p.value, p.lower, p.upper) for v in part]
    known = [v for v in [*ends, *(level.value for level in levels)] if not math.isnan(v)]
    low, high = min(known), max(known)
    room = 0.08 * ((high - low) or abs(high) or 1.0)
    if low < 0 or low > 0.5 * high:
        return low - room, high + room
    return 0.0, high + room


def starts_at_zero(figures: ImpactFigures) -> bool:
    """Whether the scale of the chart starts at zero; where it does not, the page says so."""
    return figures.single or measure_reach(figures, list_levels(figures, "light"))[0] == 0
