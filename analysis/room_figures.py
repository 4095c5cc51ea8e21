"""Charts of a workshop: what the room chose, and that beside the figures."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.figures import base_layout
from analysis.map_view import format_number
from analysis.need_figures import wrap_label
from analysis.palette import CHART_INK, Theme
from analysis.room_words import COMPARED_SIGNS
from analysis.words import ordinal

ROW = 34
#: Letters of a heading on one line of a chart, and lines at most: it may end with its mark.
LETTERS, LINES = 24, 4
LEAST_AXIS = 25.0


def _label(heading: str, place: int, strong: bool) -> str:
    words = wrap_label(f"{place}. {heading}" if place else heading, LETTERS, LINES)
    return f"<b>{words}</b>" if strong else words


def _enlarge(figure: go.Figure, scale: float) -> go.Figure:
    """Letters, rows and margins for a wall: all sizes times `scale`."""
    if scale == 1:
        return figure
    figure.update_layout(height=figure.layout.height * scale, font_size=14 * scale)
    figure.update_layout(margin={k: figure.layout.margin[k] * scale for k in "ltrb"})
    for axes in (figure.update_xaxes, figure.update_yaxes):
        axes(tickfont_size=13 * scale)
    figure.for_each_xaxis(lambda axis: axis.update(title_font_size=13 * scale))
    figure.for_each_annotation(lambda a: a.update(font_size=(a.font.size or 13) * scale))
    figure.for_each_trace(lambda trace: trace.update(textfont_size=15 * scale))
    return figure


def _rows(figure: go.Figure, labels: Sequence[str], codes: Sequence[str]) -> None:
    lines = max((label.count("<br>") + 1 for label in labels), default=1)
    figure.update_layout(height=(ROW + 17 * (lines - 1)) * max(len(codes), 2) + 60)
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=list(codes),
        range=[len(codes) - 0.4, -0.6],
        showgrid=False,
        tickmode="array",
        tickvals=list(codes),
        ticktext=list(labels),
    )


def _bars(
    values: pd.Series, words: Sequence[str], colour: str, hover: str, axis: str = "x"
) -> go.Bar:
    return go.Bar(
        x=values.tolist(),
        y=values.index.tolist(),
        xaxis=axis,
        orientation="h",
        width=0.62,
        marker={"color": colour},
        text=list(words),
        textposition="outside",
        textfont={"size": 15},
        cliponaxis=False,
        hovertemplate=hover,
    )


def _room_for_words(values: pd.Series, least: float = LEAST_AXIS) -> list[float]:
    """An axis from zero with space for the words behind the longest bar."""
    top = float(values.max()) if values.notna().any() else 0.0
    return [0, max(top, least) * 1.3]


def plot_room(
    table: pd.DataFrame, unit: str, *, theme: Theme = "light", scale: float = 1
) -> go.Figure:
    """What the room chose: a bar for each question, the first at the top.

    Args:
        table: see `room_results.count_points`.
        unit: what was counted: `dots` or `points`.
        theme: light or dark.
        scale: above 1 for a wall.
    """
    ink = CHART_INK[theme]
    rows = table.iloc[table["rank"].argsort(kind="stable")]
    figure = go.Figure(layout=base_layout(theme, height=200))
    labels = [_label(r.heading, 0, r.rank == 1) for r in rows.itertuples()]
    _rows(figure, labels, rows.index.tolist())
    words = [f"<b>{format_number(r.share, 0)} %</b>  ({r.points:,.0f})" for r in rows.itertuples()]
    hover = f"%{{x:.1f}} % of all {unit}<extra></extra>"
    bars = _bars(rows["share"], words, ink["strong"], hover)
    bars.marker.color = [ink["strong"] if r == 1 else ink["quiet"] for r in rows["rank"]]
    figure.add_trace(bars)
    figure.update_xaxes(
        range=_room_for_words(rows["share"]),
        ticksuffix=" %",
        title={"text": f"Share of all {unit}", "font": {"size": 13}},
    )
    return _enlarge(figure, scale)


def plot_room_and_data(
    table: pd.DataFrame, unit: str, *, theme: Theme = "light", scale: float = 1
) -> go.Figure:
    """The room's order beside the figures: two rows of bars, a sign where they differ.

    Args:
        table: see `room_results.compare_with_evidence`.
        unit: what was counted: `dots` or `points`.
        theme: light or dark.
        scale: above 1 for a wall.

    Left the share of the room, right the need score, each with its place as a word: the two
    have nothing in common but the order, so they share no axis.
    """
    ink = CHART_INK[theme]
    figure = go.Figure(layout=base_layout(theme, height=200))
    labels = [_label(r.heading, 0, r.compared in ("higher", "lower")) for r in table.itertuples()]
    _rows(figure, labels, table.index.tolist())
    room = [f"{ordinal(r.room_rank)}  {format_number(r.share, 0)} %" for r in table.itertuples()]
    data = [
        f"{ordinal(r.evidence_rank)}  {format_number(r.score, 0)} {COMPARED_SIGNS[r.compared]}"
        for r in table.itertuples()
    ]
    room_hover = f"%{{x:.1f}} % of all {unit}<extra></extra>"
    data_hover = "Need score %{x:.0f} of 100<extra></extra>"
    figure.add_trace(_bars(table["share"], room, ink["strong"], room_hover))
    figure.add_trace(_bars(table["score"], data, ink["quiet"], data_hover, "x2"))
    axis = figure.layout.xaxis.to_plotly_json()
    figure.update_layout(
        xaxis2={**axis, "domain": [0.54, 1], "anchor": "y"},
        xaxis={"domain": [0, 0.46]},
        margin_t=30,
    )
    figure.layout.xaxis.update(range=_room_for_words(table["share"]), ticksuffix=" %", nticks=4)
    figure.layout.xaxis2.update(range=[0, 145], tickvals=[0, 50, 100])
    for axis_name, words in (("x", f"The room: share of {unit}"), ("x2", "Figures: need score")):
        figure.add_annotation(
            x=0, xref=axis_name, xanchor="left", y=1, yref="paper", yanchor="bottom",
            text=f"<b>{words}</b>", showarrow=False, font={"color": ink["axis"], "size": 14},
        )  # fmt: skip
    return _enlarge(figure, scale)
