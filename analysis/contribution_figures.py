"""Charts of what a need score is made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.figures import base_layout
from analysis.map_view import format_number
from analysis.need_figures import (
    end_column,
    label_rows,
    row_height,
    wrap_label,
)
from analysis.need_scores import AreaNeed, describe_known
from analysis.palette import CHART_INK, MAP_COLOURS, Theme
from analysis.words import join_words, keep_short

NAMED = 3
# All stand out from the page by 3:1 in either theme.
_STEPS = ("class_5", "class_4", "class_3")


def make_contribution_frame(need: AreaNeed, ward: str) -> pd.DataFrame:
    """What each indicator adds to a ward's score, most first; those without a figure last.

    Returns:
        index indicator id; columns name, percentile (0 to 100, high means more need), weight
        (per cent of the weight that is known), adds (points of the score), most (the points it
        would add at percentile 100). NaN where there is no figure.
    """
    shares = pd.Series(need.area.shares)
    percentile, adds = need.percentiles.loc[ward], need.contributions.loc[ward]
    known = percentile.notna()
    weight = (100 * shares / shares[known[known].index].sum()).where(known)
    names = {s.indicator.id: s.indicator.short_name for s in need.area.counted}
    frame = pd.DataFrame(
        {
            "name": pd.Series(names, dtype=object),
            "percentile": percentile,
            "weight": weight,
            "adds": adds,
            "most": weight,
        }
    )
    return frame.sort_values("adds", ascending=False, kind="stable")


def plot_contributions(need: AreaNeed, ward: str, *, theme: Theme = "light") -> go.Figure:
    """What each indicator adds to one ward's score, within the most it could add.

    Args:
        need: the scores.
        ward: the ward in question; without a score only the known percentiles' rows say so.
        theme: light or dark.

    One hue: the long pale bar is the weight, the strong one inside it what the ward gets.
    """
    ink, colours = CHART_INK[theme], MAP_COLOURS[theme]
    frame = make_contribution_frame(need, ward)
    labels = frame["name"].to_dict()
    height = (row_height(list(labels.values())) + 6) * max(len(frame), 3) + 90
    figure = go.Figure(layout=base_layout(theme, height=height))
    shown = frame.dropna(subset="adds")
    rows = shown.index.tolist()
    outline = {"color": colours["class_1"], "line": {"width": 1, "color": ink["quiet"]}}
    figure.add_trace(
        go.Bar(x=shown["most"].tolist(), y=rows, orientation="h", marker=outline, hoverinfo="skip")
    )
    text = [
        f"<b>{r.name}</b><br>Higher need than {format_number(r.percentile, 0)} % of wards in "
        f"England<br>Weight {format_number(r.weight, 0)} %: adds {format_number(r.adds, 1)} of "
        f"at most {format_number(r.most, 1)} points"
        for r in shown.itertuples()
    ]
    figure.add_trace(
        go.Bar(
            x=shown["adds"].tolist(),
            y=rows,
            orientation="h",
            marker={"color": ink["strong"]},
            text=text,
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
            customdata=rows,
        )
    )
    figure.update_layout(barmode="overlay", bargap=0.35)
    label_rows(figure, labels)
    figure.update_xaxes(
        rangemode="tozero",
        title={"text": "Points of the score", "font": {"size": 13}},
    )
    words = {
        c: "no figure" if np.isnan(v) else format_number(v, 1) for c, v in frame["adds"].items()
    }
    end_column(figure, theme, "Points", words, 66 if frame["adds"].isna().any() else 50)
    return figure


def make_contribution_title(need: AreaNeed, ward: str, name: str) -> str:
    """State which indicator is the largest part of a ward's score."""
    frame = make_contribution_frame(need, ward).dropna(subset="adds")
    if frame.empty:
        return f"{name} has no need score here"
    top = frame.iloc[0]["name"]
    return keep_short(f"Largest part of {name}'s score: {top}", f"Largest part: {top}")


def describe_contributions(need: AreaNeed, ward: str, name: str) -> str:
    """Describe in sentences what a ward's score is made of."""
    row = need.table.loc[ward]
    heading = need.area.heading
    if row["reason"]:
        return f"{heading}, {name}: {row['reason']}."
    frame = make_contribution_frame(need, ward)
    known = frame.dropna(subset="adds")
    said = [
        f"{r.name} {format_number(r.adds, 1)} (weight {format_number(r.weight, 0)} %)"
        for r in known.itertuples()
    ]
    words = (
        f"{heading}, {name}: need score {format_number(row['score'], 0)} of 100, from "
        f"{describe_known(int(row['known']), int(row['all']))}. Points: {join_words(said)}."
    )
    missing = frame.loc[frame["adds"].isna(), "name"].tolist()
    return f"{words} No figure: {join_words(missing)}." if missing else words


def plot_contribution_stack(
    need: AreaNeed,
    wards: Sequence[str],
    names: pd.Series,
    *,
    selected: str = "",
    theme: Theme = "light",
) -> go.Figure:
    """The scores of several wards as bars, split into the largest three indicators and the rest.

    Args:
        need: the scores.
        wards: codes from the top; one without a score keeps its row, with words.
        names: ward code -> name.
        selected: code of the ward in bold.
        theme: light or dark.

    Three steps of one hue and grey: more could not be told apart. The split is the same in every
    bar: the indicators that add most to these wards together.
    """
    ink, colours = CHART_INK[theme], MAP_COLOURS[theme]
    labels = {ward: str(names[ward]) for ward in wards}
    parts = need.contributions.loc[list(wards)]
    order = parts.sum().sort_values(ascending=False, kind="stable").index
    named, rest = list(order[:NAMED]), list(order[NAMED:])
    short = {s.indicator.id: s.indicator.short_name for s in need.area.counted}
    columns = [
        (short[i], parts[i].fillna(0), colours[c]) for i, c in zip(named, _STEPS, strict=False)
    ]
    if rest:
        title = short[rest[0]] if len(rest) == 1 else f"{len(rest)} others"
        columns.append((title, parts[rest].sum(axis=1), ink["quiet"]))
    height = row_height(list(labels.values())) * max(len(labels), 3) + 172
    figure = go.Figure(layout=base_layout(theme, height=height))
    for name, points, colour in columns:
        figure.add_trace(
            go.Bar(
                x=points.tolist(),
                y=list(labels),
                orientation="h",
                name=wrap_label(name, 22),
                customdata=list(labels),
                marker={"color": colour, "line": {"width": 1, "color": ink["surface"]}},
                hovertemplate=f"{name}: %{{x:.1f}} points<extra></extra>",
            )
        )
    _finish_stack(figure, need, labels, selected, theme)
    return figure


def _finish_stack(
    figure: go.Figure, need: AreaNeed, labels: dict[str, str], selected: str, theme: Theme
) -> None:
    figure.update_layout(
        barmode="stack",
        bargap=0.3,
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "traceorder": "normal",
            "font": {"size": 13},
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    label_rows(figure, labels, selected)
    figure.update_xaxes(rangemode="tozero", title={"text": "Need score", "font": {"size": 13}})
    reasons, scores = need.table["reason"], need.table["score"]
    words = {
        ward: "no score" if reasons[ward] else format_number(scores[ward], 0) for ward in labels
    }
    end_column(figure, theme, "Score", words, 64 if any(reasons[w] for w in labels) else 44)
    # Room for the legend, which takes a line for each part on a phone.
    figure.update_layout(margin_t=108)


def make_stack_title(need: AreaNeed, wards: Sequence[str]) -> str:
    """State which indicators add most to the scores of several wards together."""
    order = need.contributions.loc[list(wards)].sum().sort_values(ascending=False, kind="stable")
    short = {s.indicator.id: s.indicator.short_name for s in need.area.counted}
    names = [short[str(i)] for i in order.index[:2]]
    return keep_short(f"Largest parts: {join_words(names)}", f"Largest part: {names[0]}")
