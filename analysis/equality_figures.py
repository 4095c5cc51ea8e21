"""Charts of how need differs between wards where many and where few people of a group live."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from analysis.figures import base_layout
from analysis.map_view import format_number
from analysis.need_equality import NeedByGroup
from analysis.need_figures import end_column, label_rows, note, row_height
from analysis.palette import CHART_INK, Theme
from analysis.words import keep_short


def plot_concentration_curve(found: NeedByGroup, *, theme: Theme = "light") -> go.Figure:
    """The concentration curve: per cent of need held by the first per cent of people.

    Wards stand in order of the group's share, smallest first. Below the dotted line need lies
    more in wards with a large share, above it more in those with a small one.
    """
    ink = CHART_INK[theme]
    figure = go.Figure(layout=base_layout(theme, height=380))
    figure.add_trace(
        go.Scatter(
            x=[0, 100],
            y=[0, 100],
            mode="lines",
            line={"color": ink["benchmark"], "width": 1.2, "dash": "dot"},
            hoverinfo="skip",
        )
    )
    curve = found.curve
    figure.add_trace(
        go.Scatter(
            x=curve["people"].tolist(),
            y=curve["need"].tolist(),
            mode="lines+markers" if len(curve) <= 40 else "lines",
            line={"color": ink["strong"], "width": 2.5},
            marker={"size": 5},
            hovertemplate=(
                "The first %{x:.0f} % of people hold %{y:.0f} % of the need<extra></extra>"
            ),
        )
    )
    size = {"size": 13}
    people = f"% of people, wards with few<br>{found.group.people} first"
    figure.update_xaxes(range=[0, 100], title={"text": people, "font": size}, ticksuffix=" %")
    figure.update_yaxes(range=[0, 100], title={"text": "% of need", "font": size}, ticksuffix=" %")
    note(figure, theme, x=30, y=36, text="even", xanchor="right", yanchor="bottom")
    if len(curve):
        sign = "\N{MINUS SIGN}" if found.index < 0 else ""
        words = f"concentration index {sign}{abs(found.index):.2f}"
        note(figure, theme, x=96, y=6, text=words, xanchor="right", yanchor="bottom")
    return figure


def plot_group_gaps(groups: Sequence[NeedByGroup], *, theme: Theme = "light") -> go.Figure:
    """Mean need where few (hollow) and where many (solid) people of each group live.

    One row per group; the difference stands at its end, with "unclear" where its 95 % interval
    holds 0.
    """
    ink = CHART_INK[theme]
    labels = {g.group.indicator_id: g.group.people.capitalize() for g in groups}
    height = (row_height(list(labels.values())) + 14) * max(len(labels), 3) + 108
    figure = go.Figure(layout=base_layout(theme, height=height))
    shown = [g for g in groups if not g.reason]
    for g in shown:
        figure.add_trace(
            go.Scatter(
                x=[g.low_mean, g.high_mean],
                y=[g.group.indicator_id] * 2,
                mode="lines",
                line={"color": ink["quiet"], "width": 3},
                hoverinfo="skip",
            )
        )
    for means, fill, words in (
        ([g.low_mean for g in shown], ink["surface"], "smallest"),
        ([g.high_mean for g in shown], ink["strong"], "largest"),
    ):
        figure.add_trace(
            go.Scatter(
                x=means,
                y=[g.group.indicator_id for g in shown],
                mode="markers",
                marker={"size": 13, "color": fill, "line": {"width": 2, "color": ink["strong"]}},
                hovertemplate=f"Fifth of wards with the {words} share: %{{x:.0f}}<extra></extra>",
                cliponaxis=False,
            )
        )
    label_rows(figure, labels)
    figure.update_xaxes(
        range=[0, 100],
        title={"text": "Mean need score<br>○ few live there, ● many", "font": {"size": 13}},
    )
    gaps = {g.group.indicator_id: _gap(g) for g in groups}
    end_column(figure, theme, "Gap", gaps, 56)
    return figure


def _gap(found: NeedByGroup) -> str:
    if found.reason:
        return "too few"
    points = format_number(abs(found.gap), 0)
    sign = "" if points == "0" else "+" if found.gap > 0 else "\N{MINUS SIGN}"
    return f"<b>{sign}{points}</b>" if found.clear else f"{sign}{points}<br>unclear"


def make_gaps_title(groups: Sequence[NeedByGroup]) -> str:
    """State the group with the clearest gap among several."""
    clear = [g for g in groups if g.clear and not g.part_of_score]
    if not clear:
        return "No clear difference in need by the groups shown"
    widest = max(clear, key=lambda g: abs(g.gap))
    way = "higher" if widest.gap > 0 else "lower"
    return keep_short(
        f"Need is {way} where more {widest.group.people} live",
        f"Need is {way} with more {widest.group.people}",
    )
