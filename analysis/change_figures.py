"""Charts of need then and now."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.figures import base_layout
from analysis.map_view import format_number
from analysis.need_change import NeedChange, change_word
from analysis.need_figures import NO_BREAK, end_column, head_line, label_rows, wrap_label
from analysis.palette import CHART_INK, Theme
from data.periods import read_period

_ROW = 62
_SIGNS = {"more need": "▲", "less need": "▼", "about the same": "●", "no figure": ""}


def plot_need_change(change: NeedChange, ward: str, *, theme: Theme = "light") -> go.Figure:
    """One ward's standing then (hollow) and now (solid), one row per indicator.

    A row whose series has a break is dashed and says so instead of a rise or fall.

    Args:
        change: see `need_change.compute_need_change`.
        ward: code of the ward.
        theme: light or dark.
    """
    ink = CHART_INK[theme]
    rows = change.table[change.table["ward"] == ward]
    figure = go.Figure(layout=base_layout(theme, height=_ROW * max(len(rows), 3) + 108))
    for row in rows.itertuples():
        dash = "dot" if row.break_kind else "solid"
        figure.add_trace(
            go.Scatter(
                x=[row.then, row.now],
                y=[row.indicator_id] * 2,
                mode="lines",
                line={"color": ink["quiet"], "width": 3, "dash": dash},
                hoverinfo="skip",
            )
        )
    for column, period, fill in (
        ("then", "period_then", ink["surface"]),
        ("now", "period_now", ink["strong"]),
    ):
        figure.add_trace(_dots(rows, column, period, fill, ink["strong"]))
    labels = {str(r.indicator_id): _label(r.short_name, r) for r in rows.itertuples()}
    label_rows(figure, labels)
    figure.update_yaxes(ticktext=list(labels.values()))
    title = "% of wards with less need<br>○ then, ● now"
    figure.update_xaxes(range=[0, 100], title={"text": title, "font": {"size": 13}})
    figure.add_vline(x=50, line={"color": ink["benchmark"], "width": 1.2, "dash": "dot"})
    words = {str(row.indicator_id): _word(row) for row in rows.itertuples()}
    end_column(figure, theme, "Change", words, 70)
    head_line(figure, theme, x=50, xref="x", text=f"England{NO_BREAK}50")
    return figure


def _label(name: object, row: object) -> str:
    periods = [read_period(str(getattr(row, p))) for p in ("period_then", "period_now")]
    # Years leave room on a phone; the periods in full are a hover and a table away.
    years = [str(p.end.year) for p in periods]
    then, now = years if years[0] != years[1] else [p.label for p in periods]
    small = f'<span style="font-size:12px">{then} to {now}</span>'
    return f"{wrap_label(str(name))}<br>{small}"


def _word(row: object) -> str:
    if getattr(row, "break_kind", ""):
        return "break"
    word = change_word(float(getattr(row, "change", float("nan"))))
    short = {"about the same": "same"}.get(word, word.removesuffix(" need"))
    return f"{_SIGNS[word]}{NO_BREAK}{short}".strip(NO_BREAK)


def _dots(rows: pd.DataFrame, column: str, period: str, fill: str, line: str) -> go.Scatter:
    labels = [read_period(str(key)).label for key in rows[period]]
    text = [
        f"{name}, {label}: higher need than {format_number(place, 0)} % of wards in England"
        + (f"<br>Break: {why}" if why else "")
        for name, label, place, why in zip(
            rows["indicator"], labels, rows[column], rows["break_reason"], strict=True
        )
    ]
    return go.Scatter(
        x=rows[column].tolist(),
        y=rows["indicator_id"].tolist(),
        mode="markers",
        marker={"size": 13, "color": fill, "line": {"width": 2, "color": line}},
        text=text,
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )
