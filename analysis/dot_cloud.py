"""Thousands of dots as one picture behind a chart's axes.

Plotly draws a mark per dot, which takes a browser seconds for all wards of England. Here
the dots are strokes of a few paths; the chart keeps its points for hover and click.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

# Whole numbers on this grid are finer than a screen's dots.
GRID = 2000
# Dots of one path do not darken each other, those of different paths do.
LAYERS = 6


def draw_dots(x: npt.ArrayLike, y: npt.ArrayLike, colour: str, size: float, opacity: float) -> str:
    """Draw dots as SVG that fills whatever box it is put in, dots staying round.

    Args:
        x: from 0 (left) to 1 (right).
        y: from 0 (bottom) to 1 (top).
        colour: of the dots.
        size: their diameter in pixels.
        opacity: of one dot.
    """
    columns = np.round(np.asarray(x, dtype=float) * GRID).astype(int).tolist()
    rows = np.round((1 - np.asarray(y, dtype=float)) * GRID).astype(int).tolist()
    dots = [f"M{across} {down}h0" for across, down in zip(columns, rows, strict=True)]
    paths = "".join(
        f"<path d='{''.join(dots[layer::LAYERS])}' vector-effect='non-scaling-stroke'/>"
        for layer in range(LAYERS)
    )
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {GRID} {GRID}' "
        f"preserveAspectRatio='none'><g fill='none' stroke='{colour}' stroke-width='{size}' "
        f"stroke-opacity='{opacity}' stroke-linecap='round'>{paths}</g></svg>"
    )


def add_dots(
    figure: go.Figure,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    limits: tuple[tuple[float, float], tuple[float, float]],
    *,
    colour: str,
    size: float,
    opacity: float,
) -> None:
    """Put the dots behind the traces of a figure.

    Args:
        figure: whose axes are set to `limits`.
        x: in the units of the horizontal axis.
        y: in those of the vertical axis.
        limits: ends of both axes; they hold all dots.
        colour: of the dots.
        size: their diameter in pixels.
        opacity: of one dot.
    """
    (left, right), (bottom, top) = limits
    picture = draw_dots(
        (x - left) / (right - left), (y - bottom) / (top - bottom), colour, size, opacity
    )
    escaped = picture.replace("<", "%3C").replace(">", "%3E").replace("#", "%23")
    figure.add_layout_image(
        source=f"data:image/svg+xml,{escaped}",
        xref="x",
        yref="y",
        x=left,
        y=top,
        sizex=right - left,
        sizey=top - bottom,
        sizing="stretch",
        layer="below",
    )
    figure.update_xaxes(range=[left, right])
    figure.update_yaxes(range=[bottom, top])
