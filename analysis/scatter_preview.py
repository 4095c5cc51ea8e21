"""A scatter before its chart is there: the same dots on the same axes, as a still picture.

A visitor's first page would otherwise stay empty until the megabytes of Plotly's script have
come and run. The picture is HTML and takes a millisecond.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator

import pandas as pd

from analysis.dot_cloud import draw_dots
from analysis.map_view import format_number
from analysis.palette import CHART_INK, Theme
from analysis.scatter import HEIGHT, MANY, find_limits
from data.catalogue import Indicator

# Room for the words of both axes, in pixels.
LEFT, BELOW, ABOVE, RIGHT = 56, 44, 8, 16
FRAME = f"position:absolute;left:{LEFT}px;top:{ABOVE}px;width:calc(100% - {LEFT + RIGHT}px)"


def render_preview(
    pairs: pd.DataFrame,
    across: Indicator,
    up: Indicator,
    titles: tuple[str, str],
    alt: str,
    theme: Theme,
) -> str:
    """Return HTML as high as the chart that takes its place.

    Args:
        pairs: columns x and y, without NaN, at least one row.
        across: the indicator on the horizontal axis.
        up: the indicator on the vertical axis.
        titles: of the horizontal and the vertical axis.
        alt: what the picture shows, for screen readers.
        theme: light or dark.
    """
    ink = CHART_INK[theme]
    (left, right), (bottom, top) = (find_limits(pairs[column]) for column in "xy")
    many = len(pairs) > MANY
    picture = draw_dots(
        (pairs["x"].to_numpy(dtype=float) - left) / (right - left),
        (pairs["y"].to_numpy(dtype=float) - bottom) / (top - bottom),
        ink["strong"],
        4 if many else 9,
        0.3 if many else 0.75,
    )
    source = base64.b64encode(picture.encode()).decode()
    line = f"1px solid {ink['grid']}"
    quiet = f"position:absolute;margin:0;font-size:13px;line-height:1.3;color:{ink['axis']}"
    e = html.escape
    ends = _ends(pairs["x"], across, (left, right))
    across_marks = _write_marks(ends, "left:{}%;transform:translateX(-50%)")
    ends = _ends(pairs["y"], up, (bottom, top))
    up_marks = _write_marks(ends, "right:4px;bottom:{}%;transform:translateY(50%)")
    tall = HEIGHT - ABOVE - BELOW
    return (
        f'<div class="needs-preview" style="position:relative;height:{HEIGHT}px">'
        f'<img alt="{e(alt)}" src="data:image/svg+xml;base64,{source}" style="{FRAME};'
        f'height:{tall}px;border-left:{line};border-bottom:{line}">'
        f'<div aria-hidden="true" style="{quiet};left:0;width:{LEFT}px;top:{ABOVE}px;'
        f'height:{tall}px">{up_marks}<span style="position:absolute;left:0;width:100%;height:100%;'
        f'writing-mode:vertical-rl;transform:rotate(180deg);text-align:center">{e(titles[1])}'
        f'</span></div><div aria-hidden="true" style="{quiet};left:{LEFT}px;right:{RIGHT}px;'
        f'top:{ABOVE + tall + 4}px">{across_marks}<p style="margin:18px 0 0;text-align:center">'
        f"{e(titles[0])}</p></div></div>"
    )


def _ends(
    values: pd.Series, indicator: Indicator, limits: tuple[float, float]
) -> Iterator[tuple[float, str]]:
    """The lowest and the highest figure as printed, each with its place in % of the axis."""
    low, high = limits
    for figure in dict.fromkeys((float(values.min()), float(values.max()))):
        at = 100 * (figure - low) / (high - low)
        yield at, format_number(figure, indicator.decimals)


def _write_marks(ends: Iterator[tuple[float, str]], place: str) -> str:
    """Figures at the ends of an axis; `place` is the style that takes a place in %."""
    return "".join(
        f'<span style="position:absolute;{place.format(round(at, 1))}">{html.escape(text)}</span>'
        for at, text in ends
    )
