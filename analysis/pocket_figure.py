"""The strip chart of hidden pockets: wards as rows, their LSOAs as dots."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.figures import base_layout
from analysis.map_view import format_number
from analysis.palette import CHART_INK, MAP_COLOURS, Theme
from analysis.pocket_words import describe_limit
from data.catalogue import Indicator

ROW_HEIGHT = 24


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
    height = ROW_HEIGHT * max(len(rows), 4) + 96
    figure = go.Figure(layout=base_layout(theme, height=height))
    _add_ranges(figure, rows, theme)
    dots = dots.dropna(subset="value")
    _add_dots(figure, dots[~dots["pocket"]], indicator, theme, pocket=False)
    _add_dots(figure, dots[dots["pocket"]], indicator, theme, pocket=True)
    _add_wards(figure, rows, indicator, theme)
    _add_limit(figure, indicator, limit, theme)
    labels = [f"<b>{n}</b>" if code == selected else n for code, n in rows["name"].items()]
    figure.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        showgrid=False,
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=labels,
    )
    zero = indicator.measure in ("percentage", "rate", "count")
    figure.update_xaxes(rangemode="tozero" if zero else "normal", side="bottom")
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 0, "xref": "container", "y": 0, "yanchor": "top",
                "font": {"size": 13}},
        margin_b=56,
    )  # fmt: skip
    return figure


def _add_ranges(figure: go.Figure, rows: pd.DataFrame, theme: Theme) -> None:
    xs: list[float | None] = []
    ys: list[int | None] = []
    for place, (low, high) in enumerate(zip(rows["low"], rows["high"], strict=True)):
        if not np.isnan(low):
            xs += [float(low), float(high), None]
            ys += [place, place, None]
    line = {"color": CHART_INK[theme]["quiet"], "width": 1}
    figure.add_trace(
        go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    )
    # An axis of numbers keeps the order of the rows whatever the traces hold.
    figure.update_layout(meta={"codes": rows.index.tolist()})


def _add_dots(
    figure: go.Figure, dots: pd.DataFrame, indicator: Indicator, theme: Theme, *, pocket: bool
) -> None:
    codes = figure.layout.meta["codes"]
    place = {code: row for row, code in enumerate(codes)}
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
    kind = "Neighbourhood in that fifth" if pocket else "Neighbourhood (LSOA)"
    figure.add_trace(
        go.Scatter(
            x=dots["value"],
            y=[place[code] for code in dots["ward_code"]],
            mode="markers",
            name=kind,
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
            name="The ward as a whole",
            marker={"symbol": "line-ns", "size": 16, "line": {"width": 3.5, "color": ink}},
            customdata=rows.index,
            text=[
                f"<b>{name}</b> as a whole<br>{text}"
                for name, text in zip(rows["name"], printed, strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    )


def _add_limit(figure: go.Figure, indicator: Indicator, limit: float, theme: Theme) -> None:
    if np.isnan(limit):
        return
    ink = CHART_INK[theme]
    figure.add_vline(x=limit, line={"color": ink["benchmark"], "width": 1.2, "dash": "dot"})
    figure.add_annotation(
        x=0.5,
        xref="paper",
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"Dotted line: {describe_limit(indicator, limit)}",
        showarrow=False,
        font={"color": ink["axis"], "size": 13},
    )
    figure.update_layout(margin_t=32)
