"""Charts: one template, pure functions from tables to Plotly figures.

Every figure gets its title as a finding, its subtitle as what, unit, place and period;
colour is never the only sign.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.map_view import format_number, sign_of
from analysis.palette import CHART_INK, MAP_COLOURS, Theme
from data.catalogue import Indicator

FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", sans-serif'
ROW_HEIGHT = 22
SYMBOLS = {"▲": "triangle-up", "▼": "triangle-down", "●": "circle", "": "circle"}


def base_layout(theme: Theme, *, height: int) -> go.Layout:
    """The layout all charts share: font, colours, quiet grid, no toolbar clutter."""
    ink = CHART_INK[theme]
    axis = {
        "gridcolor": ink["grid"],
        "linecolor": ink["grid"],
        "zeroline": False,
        "tickfont": {"color": ink["axis"], "size": 13},
        "fixedrange": True,
    }
    return go.Layout(
        # Without this, Plotly sends its own template of 6 kB with every chart.
        template=go.layout.Template(),
        height=height,
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "color": ink["text"], "size": 14},
        xaxis={**axis, "automargin": True},
        yaxis={**axis, "automargin": True},
        showlegend=False,
        dragmode=False,
        hoverlabel={"font": {"family": FONT, "size": 14}},
        separators=".,",
    )


def _hover(frame: pd.DataFrame, indicator: Indicator, low_high: str) -> list[str]:
    lines = []
    for row in frame.itertuples():
        value = format_number(row.value, indicator.decimals, indicator.unit)
        text = f"<b>{row.name}</b><br>{value}"
        if not np.isnan(row.low):
            low = format_number(row.low, indicator.decimals)
            high = format_number(row.high, indicator.decimals)
            text += f"<br>{low_high}: {low} to {high}"
        lines.append(text)
    return lines


def _dots(
    frame: pd.DataFrame, indicator: Indicator, hover: list[str], selected: str, theme: Theme
) -> go.Scatter:
    """One dot per area with its whisker; sign and colour say how it compares."""
    ink, colours = CHART_INK[theme], MAP_COLOURS[theme]
    signs = [sign_of(word, indicator.polarity) for word in frame["compared"]]  # type: ignore[arg-type]
    marker = {
        "size": 10,
        "symbol": [SYMBOLS[sign] for sign in signs],
        "color": [colours.get(word, ink["strong"]) for word in frame["compared"]],
        "line": {
            "width": [2 if code == selected else 0 for code in frame.index],
            "color": colours["selected"],
        },
    }
    whisker = {
        "type": "data",
        "symmetric": False,
        "array": (frame["high"] - frame["value"]).tolist(),
        "arrayminus": (frame["value"] - frame["low"]).tolist(),
        "color": ink["quiet"],
        "thickness": 1.2,
        "width": 0,
    }
    return go.Scatter(
        x=frame["value"],
        y=frame.index,
        mode="markers",
        customdata=frame.index,
        text=hover,
        hovertemplate="%{text}<extra></extra>",
        marker=marker,
        error_x=whisker,
    )


def plot_ranking(
    frame: pd.DataFrame,
    indicator: Indicator,
    benchmark: tuple[str, float],
    *,
    low_high: str,
    selected: str = "",
    theme: Theme = "light",
) -> go.Figure:
    """Rank areas as dots with whiskers and a line for the benchmark.

    Args:
        frame: index area code, highest first; columns name, value, low, high (NaN where
            there is no whisker), compared; and label, where it differs from the name.
            A label may hold several lines.
        indicator: what is shown.
        benchmark: its name and value; NaN draws no line.
        low_high: what the whisker is, e.g. "95 % interval".
        selected: code of the area that is ringed.
        theme: light or dark.
    """
    codes = frame.index.tolist()  # names repeat within a county
    names = frame["label" if "label" in frame else "name"]
    row = ROW_HEIGHT + 15 * max((name.count("<br>") for name in names), default=0)
    figure = go.Figure(layout=base_layout(theme, height=row * max(len(frame), 4) + 64))
    figure.add_trace(_dots(frame, indicator, _hover(frame, indicator, low_high), selected, theme))
    _add_benchmark(figure, indicator, benchmark, theme)
    labels = [f"<b>{name}</b>" if code == selected else name for code, name in names.items()]
    figure.update_yaxes(
        range=[len(codes) - 0.4, -0.6],
        showgrid=False,
        tickmode="array",
        tickvals=codes,
        ticktext=labels,
    )
    zero = indicator.measure in ("percentage", "rate", "count")
    figure.update_xaxes(rangemode="tozero" if zero else "normal", side="bottom")
    return figure


def _add_benchmark(
    figure: go.Figure, indicator: Indicator, benchmark: tuple[str, float], theme: Theme
) -> None:
    name, value = benchmark
    if np.isnan(value):
        return
    ink = CHART_INK[theme]
    printed = format_number(value, indicator.decimals, indicator.unit)
    figure.add_vline(x=value, line={"color": ink["benchmark"], "width": 1.2, "dash": "dot"})
    figure.add_annotation(
        x=value,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"{name} {printed}",
        showarrow=False,
        font={"color": ink["axis"], "size": 13},
    )
    figure.update_layout(margin_t=28)
