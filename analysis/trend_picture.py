"""Lines over time as a picture: an area strong, what it is compared with grey, all named.

Drawn here and not by Plotly, whose megabytes of script would have to come and run before the
page of a map is whole; a line of some points needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import TypedDict

import pandas as pd

from analysis.map_view import format_number
from analysis.palette import CHART_INK, Theme
from analysis.report.svg_marks import (
    FONT,
    Scale,
    compute_ticks,
    draw_line,
    format_tick,
    line_height,
    measure,
    wrap,
    write,
    write_ends,
    write_lines,
)
from data.catalogue import Indicator

WIDTH, HEIGHT = 400, 230
_TOP, _BELOW = 12, 28  # free above the plot, and below it for the periods
_NAMES = 132  # at most, for the names at the ends of the lines
_GAP = 14  # between two periods that are written below
_FEW_POINTS = 24  # so many are drawn as dots, too
_MARGIN = 24  # around a picture that stands alone


class Line(TypedDict):
    """One line for who points at it: its figures as printed, and their heights in pixels."""

    name: str
    colour: str
    printed: list[str]
    y: list[float | None]


class Points(TypedDict):
    """Where the periods stand and what they say; `x` in pixels of the picture."""

    labels: list[str]
    x: list[float]
    lines: list[Line]
    top: float
    bottom: float


@dataclass(frozen=True)
class TrendPicture:
    """The plot as SVG text, WIDTH by HEIGHT, and its points."""

    svg: str
    points: Points


@dataclass(frozen=True)
class _Area:
    """One line in order of time, NaN where a figure misses; the first of a picture is strong."""

    name: str
    colour: str
    strong: bool
    days: list[float]
    values: list[float]
    lower: list[float]
    upper: list[float]


@dataclass(frozen=True)
class _Plot:
    """From dates and figures to pixels."""

    across: Scale
    up: Scale

    def x(self, day: float) -> float:
        return round(self.across.place(day), 1)

    def y(self, value: float) -> float:
        return round(self.up.place(value), 1)


def draw_trend(series: pd.DataFrame, indicator: Indicator, theme: Theme = "light") -> TrendPicture:
    """Draw a line per area, with gaps where figures miss; the first with its interval as a band.

    Args:
        series: columns area_code, name, label, period_start (dates), value, lower_ci,
            upper_ci, ordered by time; the area in question comes first. One value at least.
        indicator: what is shown; shares and counts start at zero.
        theme: light or dark.
    """
    ink = CHART_INK[theme]
    areas = list(_list_areas(series, theme))
    ticks = _find_ticks(areas, indicator)
    step = ticks[1] - ticks[0]
    words = [format_tick(tick, step) for tick in ticks]
    left = max(map(measure, words)) + 8
    right = WIDTH - min(_NAMES, max(measure(area.name) for area in areas) + 12)
    labels = dict(sorted(zip(_days(series), series["label"].astype(str), strict=True)))
    first, last = min(labels), max(labels)
    across = Scale(first, last if last > first else first + 1, left + 6, right - 6)
    plot = _Plot(across, Scale(ticks[0], ticks[-1], HEIGHT - _BELOW, _TOP))
    grid = "".join(
        draw_line(left, plot.y(tick), right, plot.y(tick), ink["grid"])
        + write(left - 6, plot.y(tick) + 5, word, "end", ink["axis"])
        for tick, word in zip(ticks, words, strict=True)
    )
    drawn = "".join(
        [
            grid,
            _write_periods(labels, plot, ink["axis"]),
            *(_draw_band(area, plot) for area in areas if area.strong),
            *(_draw_area(area, plot) for area in reversed(areas)),
            _name_ends(areas, plot, right + 8, ink["axis"]),
        ]
    )
    return TrendPicture(drawn, _list_points(labels, areas, plot, indicator))


def render_trend(
    series: pd.DataFrame, indicator: Indicator, title: str, caption: Sequence[str]
) -> str:
    """The same as a picture that stands alone, dark on white: an SVG document.

    Args:
        series: see `draw_trend`.
        indicator: what is shown.
        title: above the picture.
        caption: lines below it: what, where, when, source.
    """
    ink, wide = CHART_INK["light"], WIDTH * 1.6
    room = wide - 2 * _MARGIN
    heading = wrap(title, room, 18)
    notes = [line for text in caption for line in wrap(text, room)]
    top = _MARGIN + len(heading) * line_height(18) + 8
    zoom = room / WIDTH
    below = top + HEIGHT * zoom + 24
    tall = below + len(notes) * line_height() + _MARGIN / 2
    titles = "".join(
        write(_MARGIN, _MARGIN + 14 + n * line_height(18), line, size=18, strong=True)
        for n, line in enumerate(heading)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{tall:.0f}" '
        f'viewBox="0 0 {wide:.0f} {tall:.0f}" font-family="{FONT}">'
        f'<rect width="100%" height="100%" fill="{ink["surface"]}"/>{titles}'
        f'<g transform="translate({_MARGIN} {top:.0f}) scale({zoom:.3f})">'
        f"{draw_trend(series, indicator).svg}</g>"
        f"{write_lines(_MARGIN, below, notes, colour=ink['axis'])}</svg>"
    )


def _days(rows: pd.DataFrame) -> list[float]:
    return [float(pd.Timestamp(date).toordinal()) for date in rows["period_start"]]


def _list_areas(series: pd.DataFrame, theme: Theme) -> Iterator[_Area]:
    """A ward may have the name of its district, so lines are told apart by code."""
    codes = series["area_code"].astype(str)
    for place, code in enumerate(codes.unique()):
        rows, strong = series[codes == code], place == 0
        figures = (rows[part].astype(float).tolist() for part in ("value", "lower_ci", "upper_ci"))
        colour = CHART_INK[theme]["strong" if strong else "quiet"]
        yield _Area(str(rows["name"].iat[0]), colour, strong, _days(rows), *figures)


def _find_ticks(areas: Sequence[_Area], indicator: Indicator) -> list[float]:
    """Round figures around all that is drawn."""
    parts = [*(area.values for area in areas), areas[0].lower, areas[0].upper]
    figures = [figure for part in parts for figure in part if not isnan(figure)]
    low, high = min(figures), max(figures)
    if indicator.measure in ("percentage", "rate", "count"):
        low = min(low, 0.0)
        high = high if high > low else low + 1
    return compute_ticks(low, high, 4)


def _list_runs(*figures: list[float]) -> Iterator[list[int]]:
    """The stretches of positions at which none of some figures misses."""
    run: list[int] = []
    for place, there in enumerate(zip(*figures, strict=True)):
        if any(map(isnan, there)):
            if run:
                yield run
            run = []
        else:
            run.append(place)
    if run:
        yield run


def _draw_area(area: _Area, plot: _Plot) -> str:
    width = 2.5 if area.strong else 1.5
    parts = []
    for run in _list_runs(area.values):
        dots = [(plot.x(area.days[n]), plot.y(area.values[n])) for n in run]
        path = " ".join(f"{x},{y}" for x, y in dots)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{area.colour}" '
            f'stroke-width="{width}" stroke-linejoin="round"/>'
        )
        if len(area.days) <= _FEW_POINTS or len(dots) == 1:
            parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{area.colour}"/>' for x, y in dots]
    return "".join(parts)


def _draw_band(area: _Area, plot: _Plot) -> str:
    """The interval as a shade; of a point that stands alone, as an upright line."""
    parts = []
    for run in _list_runs(area.lower, area.upper):
        low = [(plot.x(area.days[n]), plot.y(area.lower[n])) for n in run]
        high = [(plot.x(area.days[n]), plot.y(area.upper[n])) for n in run]
        if len(run) == 1:
            parts.append(draw_line(*low[0], *high[0], area.colour, 1.5))
            continue
        edge = " ".join(f"{x},{y}" for x, y in [*high, *reversed(low)])
        parts.append(f'<polygon points="{edge}" fill="{area.colour}" fill-opacity="0.15"/>')
    return "".join(parts)


def _name_ends(areas: Sequence[_Area], plot: _Plot, x: float, quiet: str) -> str:
    """The name of each line beside its last figure."""
    ends = []
    for area in areas:
        if known := [value for value in area.values if not isnan(value)]:
            ends.append((plot.y(known[-1]), area.name, area.colour if area.strong else quiet))
    return write_ends(ends, x, WIDTH - x, 0, HEIGHT - 4)


def _write_periods(labels: Mapping[float, str], plot: _Plot, colour: str) -> str:
    """The newest and the oldest period below the plot, and those between that have room."""
    places = [(plot.x(day), label) for day, label in labels.items()]
    between = places[len(places) // 4 : -1 : max(1, len(places) // 4)]
    shown: list[tuple[float, float, str]] = []
    for x, label in [places[-1], places[0], *between]:
        half = measure(label) / 2
        at = min(max(x, half), WIDTH - half)
        if all(at + half + _GAP < low or at - half - _GAP > high for low, high, _ in shown):
            shown.append((at - half, at + half, label))
    return "".join(
        write((low + high) / 2, HEIGHT - 8, label, "middle", colour) for low, high, label in shown
    )


def _list_points(
    labels: Mapping[float, str], areas: Sequence[_Area], plot: _Plot, indicator: Indicator
) -> Points:
    lines: list[Line] = []
    for area in areas:
        known = dict(zip(area.days, area.values, strict=True))
        values = [known.get(day, nan) for day in labels]
        printed = [format_number(v, indicator.decimals, indicator.unit) for v in values]
        heights = [None if isnan(v) else plot.y(v) for v in values]
        lines.append({"name": area.name, "colour": area.colour, "printed": printed, "y": heights})
    x = [plot.x(day) for day in labels]
    return {"labels": [*labels.values()], "x": x, "lines": lines, "top": _TOP,
            "bottom": HEIGHT - _BELOW}  # fmt: skip
