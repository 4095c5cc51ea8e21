"""Two indicators against each other: one dot per ward, odd ones named."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from analysis.correlation import fit_resistant_line
from analysis.dot_cloud import add_dots
from analysis.figures import base_layout
from analysis.palette import CHART_INK, MAP_COLOURS, Theme
from data.catalogue import Indicator

Floats = npt.NDArray[np.float64]
HEIGHT = 500
# Labels are kept apart on a plot as narrow as a phone's; a wider one only adds room.
PLOT = (270, 400)
LINE_HEIGHT, LETTER_WIDTH = 17, 6.6
FEWEST_LABELS, MOST_LABELS, CANDIDATES = 3, 5, 60
# A ward is odd where it lies this many robust standard deviations off the line.
FAR = 2.0
LONGEST_LINE = 24
# Above this many wards the dots are drawn as one picture.
MANY = 800


@dataclass(frozen=True)
class Label:
    """A name beside a dot; `right` tells on which side it stands."""

    code: str
    text: str
    right: bool


def place_labels(
    pairs: pd.DataFrame, line: tuple[float, float], first: str = "", most: int = MOST_LABELS
) -> list[Label]:
    """Name the wards that catch the eye, as far as their names do not overlap.

    These are the odd ones, far from the line, and those with the highest figures; where fewer
    than three can be named, the next farthest from the line as well.

    Args:
        pairs: index ward code; columns x, y, ward_name, and district_name where wards of
            several councils are shown.
        line: slope and intercept.
        first: a ward that is named whatever its distance, "" for none.
        most: how many odd wards at most.
    """
    x, y = pairs["x"].to_numpy(dtype=float), pairs["y"].to_numpy(dtype=float)
    away = y - line[0] * x - line[1]
    scale = 1.4826 * float(np.median(np.abs(away - np.median(away)))) or float(np.std(away))
    order = np.argsort(-np.abs(away), kind="stable")[:CANDIDATES] if scale > 0 else np.array([])
    odd = [int(row) for row in order if abs(away[int(row)]) > FAR * scale]
    ends = [int(np.argmax(x)), int(np.argmax(y))] if scale > 0 else []
    own = [int(pairs.index.get_loc(first))] if first in pairs.index else []
    rows = list(dict.fromkeys([*own, *odd, *ends, *map(int, order)]))
    eager = {*own, *odd, *ends}
    taken: list[tuple[float, float, float, float]] = []
    labels: list[Label] = []
    spots = np.column_stack([_spread(x) * PLOT[0], _spread(y) * PLOT[1]])
    for row in rows:
        if row not in eager and len(labels) >= FEWEST_LABELS:
            break
        lines = _lines(pairs, row)
        right = bool(spots[row, 0] < PLOT[0] / 2)
        box = _box(spots[row], lines, right)
        if any(_overlap(box, other) for other in taken) and pairs.index[row] != first:
            continue
        taken.append(box)
        labels.append(Label(str(pairs.index[row]), "<br>".join(map(html.escape, lines)), right))
        if len(labels) == most + (first in pairs.index):
            break
    return labels


def _spread(values: Floats) -> Floats:
    run = float(np.ptp(values))
    return (values - values.min()) / run if run else np.zeros(len(values))


def _lines(pairs: pd.DataFrame, row: int) -> list[str]:
    names = [pairs[c].iat[row] for c in ("ward_name", "district_name") if c in pairs]
    return [line for name in names for line in textwrap.wrap(name, LONGEST_LINE)]


def _box(
    spot: npt.NDArray[np.float64], lines: Sequence[str], right: bool
) -> tuple[float, float, float, float]:
    wide = 8 + LETTER_WIDTH * max(len(line) for line in lines)
    tall = LINE_HEIGHT * len(lines) / 2
    left = spot[0] if right else spot[0] - wide
    return left, left + wide, spot[1] - tall, spot[1] + tall


def _overlap(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[0] < two[1] and two[0] < one[1] and one[2] < two[3] and two[2] < one[3]


def plot_scatter(
    pairs: pd.DataFrame,
    across: Indicator,
    up: Indicator,
    titles: tuple[str, str],
    labels: Sequence[Label],
    line: tuple[float, float],
    *,
    selected: str = "",
    theme: Theme = "light",
) -> go.Figure:
    """Draw one dot per ward.

    Args:
        pairs: index ward code; columns x, y (no NaN), name. The points of the first trace
            are in this order.
        across: the indicator on the horizontal axis.
        up: the indicator on the vertical axis.
        titles: of the horizontal and the vertical axis.
        labels: see `place_labels`.
        line: slope and intercept of the middle line.
        selected: code of the ward that is ringed, "" for none.
        theme: light or dark.
    """
    figure = go.Figure(layout=base_layout(theme, height=HEIGHT))
    limits = (find_limits(pairs["x"]), find_limits(pairs["y"]))
    figure.add_trace(_dots(pairs, across, up, theme))
    if len(pairs) > MANY:
        x, y = (pairs[c].to_numpy(dtype=float) for c in "xy")
        colour = CHART_INK[theme]["strong"]
        add_dots(figure, x, y, limits, colour=colour, size=4, opacity=0.3)
    _add_line(figure, limits[0], line, theme)
    if selected in pairs.index:
        _add_ring(figure, pairs.loc[selected], theme)
    for label in labels:
        _add_label(figure, pairs, label, chosen=label.code == selected, theme=theme)
    figure.update_xaxes(title={"text": titles[0], "font": {"size": 14}}, range=limits[0])
    figure.update_yaxes(title={"text": titles[1], "font": {"size": 14}}, range=limits[1])
    return figure


def _dots(pairs: pd.DataFrame, across: Indicator, up: Indicator, theme: Theme) -> go.Scatter:
    marker: dict[str, object] = {"size": 9, "color": CHART_INK[theme]["strong"], "opacity": 0.75}
    if len(pairs) > MANY:
        # The dots are in a picture behind; of the marks that would take a browser seconds
        # one is drawn, and all still answer to the pointer.
        marker |= {"size": 4, "opacity": 0.3, "maxdisplayed": 1}
    return go.Scatter(
        # Rounded and half as wide as usual: a chart of England is sent in fewer bytes.
        x=_short(pairs["x"], across.decimals),
        y=_short(pairs["y"], up.decimals),
        mode="markers",
        text=[html.escape(name, quote=False) for name in pairs["name"]],
        hovertemplate=(
            f"<b>%{{text}}</b><br>%{{x:,.{across.decimals}f}} · "
            f"%{{y:,.{up.decimals}f}}<extra></extra>"
        ),
        marker=marker,
        # A click chooses a ward; Plotly would otherwise pale all others.
        unselected={"marker": {"opacity": marker["opacity"]}},
    )


def find_limits(values: pd.Series) -> tuple[float, float]:
    """Ends of an axis: a little room on both sides of the figures."""
    low, high = float(values.min()), float(values.max())
    room = 0.04 * (high - low) or max(abs(high), 1) * 0.1
    return low - room, high + room


def _add_ring(figure: go.Figure, row: pd.Series, theme: Theme) -> None:
    ring = {"width": 2.5, "color": MAP_COLOURS[theme]["selected"]}
    figure.add_trace(
        go.Scatter(
            x=[row["x"]],
            y=[row["y"]],
            mode="markers",
            hoverinfo="skip",
            marker={"size": 14, "color": "rgba(0,0,0,0)", "line": ring},
            unselected={"marker": {"opacity": 1}},
        )
    )


def _short(values: pd.Series, decimals: int) -> npt.NDArray[np.float32]:
    return values.round(decimals).to_numpy(dtype=np.float32)


def _add_line(
    figure: go.Figure, limits: tuple[float, float], line: tuple[float, float], theme: Theme
) -> None:
    ends = np.array(limits)
    figure.add_trace(
        go.Scatter(
            x=ends,
            y=line[0] * ends + line[1],
            mode="lines",
            hoverinfo="skip",
            line={"color": CHART_INK[theme]["benchmark"], "width": 1.2, "dash": "dot"},
        )
    )


def _add_label(
    figure: go.Figure, pairs: pd.DataFrame, label: Label, *, chosen: bool, theme: Theme
) -> None:
    ink = CHART_INK[theme]
    row = pairs.loc[label.code]
    figure.add_annotation(
        x=row["x"],
        y=row["y"],
        text=f"<b>{label.text}</b>" if chosen else label.text,
        showarrow=False,
        xanchor="left" if label.right else "right",
        xshift=9 if label.right else -9,
        align="left" if label.right else "right",
        font={"size": 13, "color": ink["text"]},
        bgcolor=ink["surface"],
        opacity=0.9,
        borderpad=1,
        captureevents=False,
    )


def find_line(pairs: pd.DataFrame) -> tuple[float, float]:
    """Slope and intercept of the resistant line through columns x and y."""
    return fit_resistant_line(pairs["x"], pairs["y"])
