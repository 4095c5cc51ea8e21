"""Charts with an axis of figures upwards and categories along: columns and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.map_view import format_number
from analysis.report.blocks import Chart, Series
from analysis.report.printed import MISSING
from analysis.report.svg_marks import (
    BAND,
    GRID,
    GUIDE,
    HEADROOM,
    INK,
    SOFT,
    Scale,
    bars_of,
    colour_series,
    colour_words,
    compute_ticks,
    draw_box,
    draw_key,
    draw_line,
    draw_whisker,
    figure_at,
    format_tick,
    frame_picture,
    guides_of,
    known,
    line_height,
    measure,
    needs_key,
    range_of,
    share_a_slot,
    wrap,
    write,
    write_ends,
    write_lines,
)

_HEIGHT = 250  # of the plot
_FROM_ZERO = 0.5  # an axis begins at zero where the lowest figure is below this share of the range


@dataclass(frozen=True)
class Frame:
    """The plot: pixels of its edges, its scale upwards, its slots along, and what is drawn."""

    left: float
    right: float
    top: float
    bottom: float
    scale: Scale
    slots: int
    svg: str
    height: float

    def middle(self, place: int) -> float:
        """The middle of a category's slot."""
        return self.left + (place + 0.5) * self.slot

    @property
    def slot(self) -> float:
        """The width of a category's slot."""
        return (self.right - self.left) / self.slots


def draw_columns(chart: Chart, width: int) -> str:
    """Columns from zero, several of a category side by side."""
    bars = bars_of(chart)
    key = needs_key(bars, len(chart.categories))
    names = [(series.name, colour) for series, colour in bars] if key else []
    guides = [f"{s.name} {format_number(v, chart.decimals)}" for s, v in guides_of(chart)]
    frame = _make_frame(chart, width, guides, names, zero=True)
    layered = share_a_slot(bars, len(chart.categories))
    count = 1 if layered else max(1, len(bars))
    thick = min(46.0, frame.slot * 0.76 / count)
    columns, figures = [], []
    for place in range(len(chart.categories)):
        there = [one for one in bars if figure_at(one[0].values, place) is not None]
        if bars and not there:
            lines = wrap(MISSING, frame.slot)
            middle = frame.scale.place(0) - len(lines) * line_height()
            figures.append(write_lines(frame.middle(place), middle, lines, "middle", SOFT))
        for number, (series, colour) in enumerate(there if layered else bars):
            shift = (number - (count - 1) / 2) * thick
            look = (frame.middle(place) + shift, thick, colour)
            columns.append(_draw_column(series, place, frame, look))
            room = frame.slot if count == 1 else thick
            figures.append(_label_column(chart, series, place, frame, (look[0], room)))
    zero = frame.scale.place(0)
    parts = [frame.svg, *columns, draw_line(frame.left, zero, frame.right, zero, INK, 1.2)]
    ends = [(v, text, GUIDE) for (_, v), text in zip(guides_of(chart), guides, strict=True)]
    for value, _, colour in ends:
        y = frame.scale.place(value)
        parts.append(draw_line(frame.left, y, frame.right, y, colour, 1.4, "5 3"))
    parts += [*figures, _label_ends(frame, ends, width)]
    return frame_picture(chart, "".join(parts), width, frame.height)


def _draw_column(series: Series, place: int, frame: Frame, look: tuple[float, float, str]) -> str:
    x, thick, colour = look
    value = figure_at(series.values, place)
    if value is None:
        return ""
    zero, end = frame.scale.place(0), frame.scale.place(value)
    low, high = figure_at(series.low, place), figure_at(series.high, place)
    whisker = ""
    if low is not None and high is not None:
        whisker = draw_whisker(x, frame.scale.place(low), x, frame.scale.place(high))
    return draw_box(x - thick / 2 + 0.5, zero, thick - 1, end - zero, colour) + whisker


def _label_column(
    chart: Chart, series: Series, place: int, frame: Frame, spot: tuple[float, float]
) -> str:
    """The figure above its column, or below where it leads down; none where it has no room."""
    x, room = spot
    value = figure_at(series.values, place)
    text = format_number(value, chart.decimals) if value is not None else ""
    if value is None or measure(text) > room:
        return ""
    ends = (value, figure_at(series.low, place), figure_at(series.high, place))
    reach = [frame.scale.place(end) for end in ends if end is not None]
    y = min(reach) - 6 if value >= 0 else max(reach) + 16
    return write(x, y, text, "middle", halo=True)


def draw_lines(chart: Chart, width: int) -> str:
    """Lines with gaps where figures miss, each named at its end; intervals as shades."""
    labels = [_end_words(chart, series) for series in chart.series]
    frame = _make_frame(chart, width, [text for text in labels if text], [], zero=False)
    colours = colour_series(chart)
    order = sorted(range(len(colours)), key=lambda n: chart.series[n].role == "main")
    parts = [frame.svg]
    parts += [_shade_interval(chart.series[n], frame, colours[n]) for n in order]
    parts += [_draw_line(chart.series[n], frame, colours[n]) for n in order]
    ends = []
    for series, text, colour in zip(chart.series, labels, colours, strict=True):
        if figures := known(series.values):
            ends.append((figures[-1], text, colour))
    parts.append(_label_ends(frame, ends, width))
    return frame_picture(chart, "".join(parts), width, frame.height)


def _end_words(chart: Chart, series: Series) -> str:
    figures = known(series.values)
    return f"{series.name} {format_number(figures[-1], chart.decimals)}" if figures else ""


def list_runs(series: Series) -> list[list[tuple[int, float]]]:
    """The stretches of a series without a gap, as place and figure."""
    runs: list[list[tuple[int, float]]] = [[]]
    for place in range(len(series.values)):
        value = figure_at(series.values, place)
        if value is not None:
            runs[-1].append((place, value))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _draw_line(series: Series, frame: Frame, colour: str) -> str:
    look = {"main": (2.6, ""), "other": (1.8, ""), "guide": (1.6, ' stroke-dasharray="5 3"')}
    thick, dash = look[series.role]
    parts = []
    for run in list_runs(series):
        dots = [(frame.middle(place), frame.scale.place(value)) for place, value in run]
        if len(dots) == 1:
            x, y = dots[0]
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{thick}" '
            f'stroke-linejoin="round"{dash}/>'
        )
    return "".join(parts)


def _shade_interval(series: Series, frame: Frame, colour: str) -> str:
    places = [
        (frame.middle(n), frame.scale.place(low), frame.scale.place(high))
        for n in range(len(series.values))
        if (low := figure_at(series.low, n)) is not None
        and (high := figure_at(series.high, n)) is not None
    ]
    if len(places) < 2:
        return "".join(draw_whisker(x, low, x, high) for x, low, high in places)
    there = [f"{x:.1f},{high:.1f}" for x, _, high in places]
    back = [f"{x:.1f},{low:.1f}" for x, low, _ in reversed(places)]
    return f'<polygon points="{" ".join(there + back)}" fill="{colour}" fill-opacity="0.16"/>'


def _label_ends(frame: Frame, ends: Sequence[tuple[float, str, str]], width: int) -> str:
    """Names at the right of the plot, each beside its figure."""
    step = line_height()
    placed = [(frame.scale.place(v), text, colour_words(colour)) for v, text, colour in ends]
    room = width - frame.right - 10
    return write_ends(placed, frame.right + 8, room, frame.top - step, frame.bottom + step / 2)


def _make_frame(
    chart: Chart,
    width: int,
    ends: Sequence[str],
    names: Sequence[tuple[str, str]],
    *,
    zero: bool,
) -> Frame:
    """The plot with bands, grid and labels of both axes, as wide as the labels leave it."""
    low, high = range_of(chart.series, zero=zero) or (0, 1)
    if not zero and 0 < low < high * _FROM_ZERO:
        low = 0.0
    ticks = compute_ticks(low, high + (high - low) * HEADROOM if zero else high)
    step = ticks[1] - ticks[0]
    words = [format_tick(tick, step) for tick in ticks]
    left = max(map(measure, words)) + 10
    side = max([min(150.0, measure(text)) for text in ends], default=0) + 12
    right = width - side
    starts = "" if ticks[0] <= 0 else f" (the axis begins at {words[0]}, not at zero)"
    parts = [write(0, 18, chart.unit + starts, colour=SOFT)]
    key, taken = draw_key(names, 42, width)
    bands = _label_bands(chart, left, right, 40 + taken)
    top = 40 + taken + bands[1] + 8
    names_high = sum(len(wrap(text, side - 10)) for text in ends) * line_height()
    bottom = top + max(_HEIGHT, names_high)
    scale = Scale(ticks[0], ticks[-1], bottom, top)
    parts += [key, *_shade_bands(chart, left, right, (top, bottom)), bands[0]]
    for tick, word in zip(ticks, words, strict=True):
        y = scale.place(tick)
        parts += [draw_line(left, y, right, y, GRID), write(left - 8, y + 5, word, "end", SOFT)]
    along, height = _label_categories(chart.categories, left, right, bottom)
    count = len(chart.categories)
    return Frame(left, right, top, bottom, scale, count, "".join([*parts, along]), height)


def _edges(chart: Chart, left: float, right: float) -> list[tuple[float, float]]:
    slot = (right - left) / len(chart.categories)
    return [(left + band.first * slot, left + (band.last + 1) * slot) for band in chart.bands]


def _shade_bands(chart: Chart, left: float, right: float, across: tuple[float, float]) -> list[str]:
    top, bottom = across
    return [draw_box(first, top, last - first, bottom - top, BAND)
            for first, last in _edges(chart, left, right)]  # fmt: skip


def _label_bands(chart: Chart, left: float, right: float, y: float) -> tuple[str, float]:
    """The names of bands above the plot, in as many rows as keep them apart, and their height.

    Several bands of one name are named once.
    """
    rows: list[float] = []
    parts, said = [], set()
    for band, (first, last) in zip(chart.bands, _edges(chart, left, right), strict=True):
        if band.label in said:
            continue
        said.add(band.label)
        room = measure(band.label)
        x = max(left, min((first + last - room) / 2, right - room))
        row = next((n for n, end in enumerate(rows) if x > end + 8), len(rows))
        rows[row : row + 1] = [x + room]
        parts.append(write(x, y + row * line_height() + 4, band.label, colour=SOFT))
    return "".join(parts), len(rows) * line_height()


def _label_categories(
    categories: Sequence[str], left: float, right: float, bottom: float
) -> tuple[str, float]:
    """Labels below the plot, broken into lines, every second or third where all do not fit."""
    slot = (right - left) / len(categories)
    every = 1
    longest = max(measure(word) for name in categories for word in name.split() or [""]) + 8
    while longest > slot * every and every < len(categories):
        every += 1
    parts, deepest = [], 1
    for place in range(0, len(categories), every):
        lines = wrap(categories[place], slot * every)
        x, half = left + (place + 0.5) * slot, max(map(measure, lines)) / 2
        x = max(half, min(x, right - half + 60))
        parts.append(write_lines(x, bottom + 20, lines, "middle", SOFT))
        deepest = max(deepest, len(lines))
    return "".join(parts), bottom + 20 + deepest * line_height()
