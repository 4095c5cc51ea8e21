"""The marks that static charts are made of: text that is measured, scales, ticks, keys."""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.map_view import format_number
from analysis.report.blocks import Chart, Series

FONT = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
INK, SOFT, GRID, BAND = "#22292C", "#4A5356", "#DDE1E3", "#EEF1F2"

#: The strong colours of series, for at most four at once, and the two quiet ones.
STRONG = ("#12436D", "#28A197", "#801650", "#F46A25")
QUIET, GUIDE = "#8A9195", "#3D3D3D"

SIZE = 14
#: The mean width of a letter as a share of its size: Arial, the widest font in use, and a reserve.
_LETTER = 0.55
_LINE = 1.22
#: Of the range of an axis, left free above columns for their figures.
HEADROOM = 0.08


def measure(text: str, size: float = SIZE) -> float:
    """The width of a text in pixels, rather too much than too little."""
    return len(text) * size * _LETTER


def wrap(text: str, width: float, size: float = SIZE) -> list[str]:
    """Lines of a text that fit into a width; only a word that is too long itself is broken."""
    return textwrap.wrap(text, max(4, int(width / (size * _LETTER)))) or [""]


def write(
    x: float,
    y: float,
    text: str,
    anchor: str = "start",
    colour: str = INK,
    size: float = SIZE,
    *,
    strong: bool = False,
    halo: bool = False,
) -> str:
    """One line of text; a `halo` keeps it readable where it crosses a line."""
    look = ' font-weight="600"' if strong else ""
    look += ' stroke="#FFFFFF" stroke-width="3" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
        f'fill="{colour}"{look}>{html.escape(text)}</text>'
    )


def write_lines(
    x: float, y: float, lines: Sequence[str], anchor: str = "start", colour: str = INK
) -> str:
    """Lines of text, the first on `y`."""
    step = SIZE * _LINE
    return "".join(write(x, y + n * step, line, anchor, colour) for n, line in enumerate(lines))


def line_height(size: float = SIZE) -> float:
    """The height of a line of text."""
    return size * _LINE


def draw_line(
    x1: float, y1: float, x2: float, y2: float, colour: str = GRID, width: float = 1, dash: str = ""
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{colour}" stroke-width="{width:g}"{dashed}/>'
    )


def draw_box(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A filled rectangle; negative sizes count from the other side."""
    left, top = min(x, x + width), min(y, y + height)
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{abs(width):.1f}" '
        f'height="{abs(height):.1f}" fill="{colour}"/>'
    )


def draw_whisker(x: float, y: float, end_x: float, end_y: float) -> str:
    """An interval as a thin line with short caps, along either axis."""
    across = (0, 3) if y == end_y else (3, 0)
    caps = "".join(
        draw_line(px - across[0], py - across[1], px + across[0], py + across[1], INK, 1.2)
        for px, py in ((x, y), (end_x, end_y))
    )
    return draw_line(x, y, end_x, end_y, INK, 1.2) + caps


@dataclass(frozen=True)
class Scale:
    """From figures to pixels: `low` stands at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """The pixel of a figure."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def known(values: Sequence[float | None] | None) -> list[float]:
    """The figures that are there."""
    return [float(v) for v in values or () if v is not None and math.isfinite(v)]


def figure_at(values: Sequence[float | None] | None, place: int) -> float | None:
    """A series' figure for a category, None where it is missing."""
    value = values[place] if values is not None and place < len(values) else None
    return float(value) if value is not None and math.isfinite(value) else None


def compute_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round figures around a range, at most about `most` steps: 1, 2 or 5 times a power of ten."""
    if high <= low:
        margin = abs(low) * 0.1 or 1.0
        low, high = low - margin, high + margin
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


def format_tick(value: float, step: float) -> str:
    """A figure of an axis, with as many places as its steps need."""
    places = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0
    return format_number(value, places)


def range_of(series: Sequence[Series], *, zero: bool) -> tuple[float, float] | None:
    """The lowest and highest figure of some series with their intervals; None where all miss."""
    figures = [v for one in series for part in (one.values, one.low, one.high) for v in known(part)]
    if not figures:
        return None
    figures += [0.0] if zero else []
    return min(figures), max(figures)


def colour_series(chart: Chart) -> list[str]:
    """A colour for each series by its role; several of the same role differ where they can."""
    strong = iter([*STRONG, *STRONG * len(chart.series)])
    return [
        {"guide": GUIDE, "other": QUIET}.get(series.role) or next(strong) for series in chart.series
    ]


def constant_of(series: Series) -> float | None:
    """The one figure of a series that is the same everywhere, such as a national average."""
    figures = set(known(series.values))
    return figures.pop() if len(figures) == 1 else None


def guides_of(chart: Chart) -> list[tuple[Series, float]]:
    """The targets and averages that are one figure: they are drawn as a line across a chart."""
    pairs = ((one, constant_of(one)) for one in chart.series if one.role == "guide")
    return [(one, figure) for one, figure in pairs if figure is not None]


def bars_of(chart: Chart) -> list[tuple[Series, str]]:
    """The series drawn as bars, with their colours."""
    lines = {id(series) for series, _ in guides_of(chart)}
    coloured = zip(chart.series, colour_series(chart), strict=True)
    return [(series, colour) for series, colour in coloured if id(series) not in lines]


def colour_words(colour: str) -> str:
    """A colour for words about a series: its own where that is dark enough to be read."""
    return colour if colour in (STRONG[0], STRONG[2], GUIDE) else SOFT


def needs_key(bars: Sequence[tuple[Series, str]], categories: int) -> bool:
    """Whether bars need a key: not where one bar alone stands out from the others."""
    alone = any(len(known(series.values)) == 1 for series, _ in bars)
    return len(bars) > 1 and not (len(bars) == 2 and alone and share_a_slot(bars, categories))


def share_a_slot(bars: Sequence[tuple[Series, str]], categories: int) -> bool:
    """Whether no category has more than one bar: one place stands out by a series of its own."""
    return all(
        sum(figure_at(series.values, place) is not None for series, _ in bars) <= 1
        for place in range(categories)
    )


def spread(wanted: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Where labels begin so that none touches another, near to where they are wanted.

    Args:
        wanted: where each would begin, and its height, from top to bottom.
        top: none begins above.
        bottom: none ends below, unless they are too many.
    """
    places, free = [], top
    for place, height in wanted:
        places.append(max(place, free))
        free = places[-1] + height
    limit = max(bottom, top + sum(height for _, height in wanted))
    for number in reversed(range(len(wanted))):
        limit = min(places[number], limit - wanted[number][1])
        places[number] = limit
    return places


def write_ends(
    ends: Sequence[tuple[float, str, str]], x: float, room: float, top: float, bottom: float
) -> str:
    """Names beside the ends of lines, near to where each is wanted, none touching another.

    Args:
        ends: the height of each end, its words, and their colour.
        x: where all begin.
        room: the width that they have.
        top: none begins above.
        bottom: none ends below, unless they are too many.
    """
    step = line_height()
    blocks = [(y, wrap(text, room), colour) for y, text, colour in sorted(ends)]
    wanted = [(y - len(lines) * step / 2, len(lines) * step) for y, lines, _ in blocks]
    return "".join(
        write_lines(x, place + SIZE * 0.95, lines, colour=colour)
        for place, (_, lines, colour) in zip(spread(wanted, top, bottom), blocks, strict=True)
    )


def draw_key(names: Sequence[tuple[str, str]], y: float, width: float) -> tuple[str, float]:
    """A key of names with their colours, broken into lines, and the height it takes."""
    parts, x, start = [], 0.0, y
    for name, colour in names:
        room = 20 + measure(name) + 18
        if x and x + room > width:
            x, y = 0.0, y + 22
        parts.append(draw_box(x, y - 11, 13, 13, colour) + write(x + 20, y, name))
        x += room
    return "".join(parts), (y - start + 22 if names else 0)


def frame_picture(chart: Chart, body: str, width: float, height: float) -> str:
    """The whole picture, on white, with its title and description for screen readers."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" '
        f'aria-labelledby="title description" font-family="{FONT}">'
        f'<title id="title">{html.escape(chart.title)}</title>'
        f'<desc id="description">{html.escape(chart.description)}</desc>'
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#FFFFFF"/>{body}</svg>'
    )
