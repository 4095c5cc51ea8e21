"""The strip chart of hidden pockets: wards as rows, their LSOAs as dots."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.figures import base_layout
from analysis.map_view import format_number
from analysis.palette import CHART_INK, MAP_COLOURS, Theme
from analysis.pocket_words import name_fifth, print_limit
from data.catalogue import Indicator

ROW_HEIGHT, TALL_ROW_HEIGHT = 24, 36
LONGEST_LABEL = 26  # characters on one line, so that labels fit beside a chart on a phone


def plot_pockets(
    rows: pd.DataFrame,
    dots: pd.DataFrame,
    indicator: Indicator,
    limit: float,
    *,
    selected: str = "",
    theme: Theme = "light",
) -> go.Figure:
    """Draw one row per ward: a thin line from its lowest to its highest LSOA and their dots.

    Args:
        rows: index ward code in the order wanted, first on top; columns name, value, low, high.
        dots: index LSOA code; columns ward_code, lsoa_name, value, people, pocket (bool).
        indicator: what is shown.
        limit: where England's high-need fifth begins; NaN draws no line.
        selected: code of the ward whose name is bold.
        theme: light or dark.

    The ward's own figure is an upright bar; LSOAs in the high-need fifth are triangles.
    """
    labels = ["<br>".join(textwrap.wrap(name, LONGEST_LABEL)) for name in rows["name"]]
    tall = any("<br>" in label for label in labels)
    height = (TALL_ROW_HEIGHT if tall else ROW_HEIGHT) * max(len(rows), 4) + 48
    figure = go.Figure(layout=base_layout(theme, height=height))
    place = {code: row for row, code in enumerate(rows.index)}
    _add_ranges(figure, rows, theme)
    dots = dots.dropna(subset="value")
    y = dots["ward_code"].map(place)
    for pocket in (False, True):
        chosen = dots["pocket"] == pocket
        _add_dots(figure, dots[chosen], y[chosen], indicator, theme, pocket=pocket)
    _add_wards(figure, rows, indicator, theme)
    if not np.isnan(limit):
        line = {"color": CHART_INK[theme]["benchmark"], "width": 1.2, "dash": "dot"}
        figure.add_vline(x=limit, line=line)
    # Rows are numbers: names repeat, and an axis of words would order itself by trace.
    figure.update_yaxes(
        range=[max(len(rows), 4) - 0.4, -0.6],
        showgrid=False,
        tickmode="array",
        tickvals=list(place.values()),
        ticktext=[
            f"<b>{label}</b>" if code == selected else label
            for code, label in zip(rows.index, labels, strict=True)
        ],
    )
    zero = indicator.measure in ("percentage", "rate", "count")
    figure.update_xaxes(rangemode="tozero" if zero else "normal", side="bottom")
    return figure


def explain_signs(indicator: Indicator, limit: float) -> str:
    """What the signs of the strip chart mean, as one line beside it."""
    parts = ["● a neighbourhood (LSOA)", "┃ the ward as a whole"]
    if not np.isnan(limit):
        sign = "▼" if indicator.polarity == "high_is_good" else "▲"
        parts.insert(1, f"{sign} a neighbourhood in England's {name_fifth(indicator)}")
        parts.append(f"dotted line: where that fifth begins ({print_limit(indicator, limit)})")
    return " · ".join(parts)


def _add_ranges(figure: go.Figure, rows: pd.DataFrame, theme: Theme) -> None:
    xs: list[float | None] = []
    ys: list[int | None] = []
    for place, (low, high) in enumerate(zip(rows["low"], rows["high"], strict=True)):
        if not np.isnan(low):
            xs += [float(low), float(high), None]
            ys += [place, place, None]
    line = {"color": CHART_INK[theme]["quiet"], "width": 1}
    figure.add_trace(go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip"))


def _add_dots(
    figure: go.Figure,
    dots: pd.DataFrame,
    y: pd.Series,
    indicator: Indicator,
    theme: Theme,
    *,
    pocket: bool,
) -> None:
    judged = indicator.polarity != "no_judgement"
    colours = MAP_COLOURS[theme]
    up = "down" if indicator.polarity == "high_is_good" else "up"
    marker = (
        {"symbol": f"triangle-{up}", "size": 11, "color": colours["worse" if judged else "higher"]}
        if pocket
        else {"symbol": "circle", "size": 8, "color": CHART_INK[theme]["quiet"], "opacity": 0.85}
    )
    text = [
        f"<b>{row.lsoa_name}</b><br>"
        f"{format_number(row.value, indicator.decimals, indicator.unit)}"
        f"<br>{row.people:,.0f} people"
        for row in dots.itertuples()
    ]
    figure.add_trace(
        go.Scatter(
            x=dots["value"],
            y=y,
            mode="markers",
            marker=marker,
            customdata=dots["ward_code"],
            text=text,
            hovertemplate="%{text}<extra></extra>",
        )
    )


def _add_wards(figure: go.Figure, rows: pd.DataFrame, indicator: Indicator, theme: Theme) -> None:
    ink = CHART_INK[theme]["strong"]
    printed = [format_number(v, indicator.decimals, indicator.unit) for v in rows["value"]]
    figure.add_trace(
        go.Scatter(
            x=rows["value"],
            y=list(range(len(rows))),
            mode="markers",
            marker={"symbol": "line-ns", "size": 16, "line": {"width": 3.5, "color": ink}},
            customdata=rows.index,
            text=[
                f"<b>{name}</b> as a whole<br>{text}"
                for name, text in zip(rows["name"], printed, strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    )
