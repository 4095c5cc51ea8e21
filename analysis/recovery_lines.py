"""Small lines over time as SVG pictures, and where lockdowns fall on their time axis."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

from analysis.palette import CHART_INK, Theme
from analysis.words import day_words
from data.periods import read_period
from data.recovery import Lockdown

Floats = npt.NDArray[np.float64]
WIDTH, HEIGHT, _EDGE = 400, 96, 6


def middle_of(period: str) -> dt.date:
    """The day in the middle of a period, where its figure is drawn."""
    found = read_period(period)
    return found.start + (found.end - found.start) / 2


def place_periods(periods: Sequence[str]) -> tuple[Floats, dt.date, dt.date]:
    """Where each period stands between the first and the last, 0 to 1; and those two days."""
    days = [middle_of(period) for period in periods]
    first, last = days[0], days[-1]
    whole = max((last - first).days, 1)
    return np.array([(day - first).days / whole for day in days]), first, last


def place_lockdowns(
    lockdowns: Sequence[Lockdown], first: dt.date, last: dt.date
) -> list[tuple[float, float]]:
    """Start and end of each lockdown on the same axis, cut to it; those outside are left out."""
    whole = max((last - first).days, 1)
    found = [((one.start - first).days / whole, (one.end - first).days / whole)
             for one in lockdowns]  # fmt: skip
    return [(max(start, 0.0), min(end, 1.0)) for start, end in found if end > 0 and start < 1]


def band_style(bands: Sequence[tuple[float, float]]) -> str:
    """A CSS background that shades the bands; "none" where there are none."""
    shade = "color-mix(in srgb, currentColor 20%, transparent)"
    stops = [
        f"transparent {100 * start:.1f}%, {shade} {100 * start:.1f}% {100 * end:.1f}%, "
        f"transparent {100 * end:.1f}%"
        for start, end in bands
    ]
    return f"linear-gradient(to right, {', '.join(stops)})" if stops else "none"


def find_gaps(at: Floats) -> npt.NDArray[np.bool_]:
    """Before which points the line is broken, because periods are missing between."""
    steps = np.diff(at)
    usual = float(np.median(steps)) if len(steps) else 0.0
    return np.concatenate([[True], steps > 1.5 * usual]) if len(at) else np.array([], dtype=bool)


def draw_path(at: Floats, values: Floats, low: float, high: float) -> str:
    """The SVG path of a line; missing figures and periods break it."""
    span = (high - low) or 1.0
    parts, pen_up = [], True
    for x, value, gap in zip(at, values, find_gaps(at), strict=True):
        if math.isnan(value):
            pen_up = True
            continue
        y = _y(value, low, span)
        parts.append(f"{'M' if pen_up or gap else 'L'}{_x(x)} {y}")
        pen_up = False
    # A point without neighbours would not be seen: it gets a dash of its own.
    path = [p + "h2" if p[0] == "M" and n[0] == "M" else p for p, n in pairwise([*parts, "M"])]
    return "".join(path)


def _x(share: float) -> int:
    return round(share * WIDTH)


def _y(value: float, low: float, span: float) -> int:
    return round(HEIGHT - _EDGE - (value - low) / span * (HEIGHT - 2 * _EDGE))


def draw_line(
    at: Floats,
    values: Floats,
    limits: tuple[float, float],
    theme: Theme,
    baseline: float = math.nan,
    other: Floats | None = None,
) -> str:
    """One small line as the address of a picture (`data:`), with a dot at its last figure.

    Args:
        at: see `place_periods`.
        values: one per period, NaN where missing.
        limits: lowest and highest figure of the scale.
        theme: light or dark.
        baseline: drawn as a dashed line; NaN draws none.
        other: a second, quiet line to compare with.
    """
    ink, (low, high) = CHART_INK[theme], limits
    span = (high - low) or 1.0
    parts = []
    if not math.isnan(baseline):
        y = _y(baseline, low, span)
        parts.append(f'<path d="M0 {y}H{WIDTH}" stroke="{ink["axis"]}" stroke-dasharray="8 6"/>')
    if other is not None:
        path = draw_path(at, other, low, high)
        parts.append(f'<path d="{path}" stroke="{ink["quiet"]}" stroke-width="3"/>')
    path = draw_path(at, values, low, high)
    parts.append(f'<path d="{path}" stroke="{ink["strong"]}" stroke-width="4"/>')
    known = np.flatnonzero(~np.isnan(values))
    if len(known):
        last = known[-1]
        x, y = min(_x(at[last]), WIDTH - 7), _y(values[last], low, span)
        parts.append(f'<circle cx="{x}" cy="{y}" r="6" fill="{ink["strong"]}"/>')
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="none" fill="none" stroke-width="2">{"".join(parts)}</svg>'
    )
    return f"data:image/svg+xml,{quote(picture, safe=SAFE)}"


#: Letters that may stand as they are in the address of a picture inside double quotes.
SAFE = " =:/(),.;'-+"


def describe_lockdowns(lockdowns: Sequence[Lockdown]) -> str:
    """When the lockdowns were, and by which law."""
    said = [
        f"{one.name}, {day_words(one.start)} to {day_words(one.end)} "
        f"({one.law}; ended by {one.ended_by})"
        for one in lockdowns
    ]
    return f"Bands: national lockdowns in England. {'. '.join(said)}."


def short_lockdowns(lockdowns: Sequence[Lockdown]) -> str:
    """The same in short, for under a chart."""
    said = [
        f"{one.start.day} {one.start:%b %Y} to {one.end.day} {one.end:%b %Y} "
        f"({one.law.split('S.I. ')[1].split(',')[0]})"
        for one in lockdowns
    ]
    return f"Bands: national lockdowns by law (S.I.): {', '.join(said)}"
