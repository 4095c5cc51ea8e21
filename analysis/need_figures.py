"""Charts of need scores: wards ranked with how far the ranks can move, and one ward's profile."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.figures import base_layout
from analysis.map_view import format_number
from analysis.need_scores import AreaNeed, describe_known
from analysis.palette import CHART_INK, MAP_COLOURS, Theme
from analysis.rank_stability import RankStability, describe_stability, describe_top_chance
from analysis.words import keep_short, ordinal

ROW = 24
LABEL = 20  # characters on a line of a row's name: leaves half of a phone for the chart
MOST_STROKES = 400
HEADING_LINES = 4  # a heading is never cut: its end may say that it is a working one
NO_BREAK = "\N{NO-BREAK SPACE}"


def wrap_label(text: str, width: int = LABEL, lines: int = 2) -> str:
    """A row's name in at most so many lines; what does not fit ends with an ellipsis."""
    return "<br>".join(textwrap.wrap(text, width, max_lines=lines, placeholder=" …")) or text


def label_rows(
    figure: go.Figure, labels: Mapping[str, str], selected: str = "", lines: int = 2
) -> None:
    """Name the rows of a chart from the top in at most so many lines; the chosen one in bold."""
    words = [_bold(wrap_label(name, lines=lines), c == selected) for c, name in labels.items()]
    # A category axis, so that a code is never read as a number or a date.
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=list(labels),
        range=[len(labels) - 0.4, -0.6],
        showgrid=False,
        tickmode="array",
        tickvals=list(labels),
        ticktext=words,
    )


def row_height(labels: Sequence[str], lines: int = 2) -> int:
    """Pixels of a row: more where a name takes two lines or three."""
    return ROW + 12 * max((wrap_label(n, lines=lines).count("<br>") for n in labels), default=0)


def _make_note(theme: Theme, place: Mapping[str, object]) -> dict[str, object]:
    font = {"color": CHART_INK[theme]["axis"], "size": 13}
    return {"showarrow": False, "font": font, **place}


def note(figure: go.Figure, theme: Theme, **place: object) -> None:
    """Write a few quiet words on a chart."""
    figure.add_annotation(**_make_note(theme, place))


def head_line(figure: go.Figure, theme: Theme, **place: object) -> None:
    """Write a few words above the rows of a chart."""
    note(figure, theme, **{"y": 1, "yref": "paper", "yanchor": "bottom", **place})
    figure.update_layout(margin_t=28)


def end_column(
    figure: go.Figure, theme: Theme, heading: str, words: Mapping[str, str], width: int
) -> None:
    """Write a word at the right end of each row, in a column of so many pixels."""
    place = {"x": 1, "xref": "paper", "xanchor": "right", "xshift": width, "align": "right"}
    head_line(figure, theme, text=heading, **place)
    notes = [_make_note(theme, {"y": row, "text": word, **place}) for row, word in words.items()]
    # All at once: Plotly checks every note again for each one that is added.
    figure.update_layout(annotations=[*figure.layout.annotations, *notes], margin_r=width + 4)


def make_ranking_frame(
    need: AreaNeed, stability: RankStability, names: pd.Series, selected: str = "", most: int = 0
) -> pd.DataFrame:
    """The rows of a ranking: highest need first, wards without a score last.

    Args:
        need: the scores.
        stability: of the same wards.
        names: ward code -> name.
        selected: a ward that must be among the rows.
        most: how many rows at most, 0 for all.

    Returns:
        index ward code; columns name, score, rank, known, all, reason, rank_low, rank_median,
        rank_high, rank_best, rank_worst, top_chance, steady (a sentence).
    """
    table = need.table.join(stability.table)
    table.insert(0, "name", names.reindex(table.index))
    order = table["rank"].where(table["rank"] > 0, len(table) + 1)
    table = table.iloc[np.lexsort((table["name"].astype(str), order))]
    rows = table.head(most or len(table))
    if selected in table.index and selected not in rows.index:
        rows = pd.concat([rows.head(most - 1), table.loc[[selected]]])
    return rows.assign(steady=[describe_stability(stability, str(ward)) for ward in rows.index])


def _hover_rank(frame: pd.DataFrame, stability: RankStability) -> list[str]:
    return [
        f"<b>{row.name}</b><br>Need score {format_number(row.score, 0)} of 100, from "
        f"{describe_known(row.known, row.all)}<br>Rank {ordinal(row.rank)} of {stability.ranked}"
        f"<br>{row.steady}<br>{describe_top_chance(stability, str(row.Index))}"
        for row in frame.itertuples()
    ]


def _rank_dots(frame: pd.DataFrame, hover: list[str], selected: str, theme: Theme) -> go.Scatter:
    ink = CHART_INK[theme]
    chosen = [code == selected for code in frame.index]
    whisker = {
        "type": "data",
        "symmetric": False,
        "array": (frame["rank_high"] - frame["rank"]).clip(lower=0).tolist(),
        "arrayminus": (frame["rank"] - frame["rank_low"]).clip(lower=0).tolist(),
        "color": ink["quiet"],
        "thickness": 3,
        "width": 0,
    }
    return go.Scatter(
        x=frame["rank"].tolist(),
        y=frame.index.tolist(),
        mode="markers",
        customdata=frame.index.tolist(),
        text=hover,
        hovertemplate="%{text}<extra></extra>",
        marker={
            "size": 11,
            "color": ink["strong"],
            "line": {
                "width": [2 if own else 0 for own in chosen],
                "color": MAP_COLOURS[theme]["selected"],
            },
        },
        error_x=whisker,
        cliponaxis=False,
    )


def plot_need_ranking(
    frame: pd.DataFrame, stability: RankStability, *, selected: str = "", theme: Theme = "light"
) -> go.Figure:
    """Rank wards by need: a dot at the rank, a line where it lies in 9 of 10 draws, the score.

    Args:
        frame: see `make_ranking_frame`.
        stability: for the words.
        selected: code of the ward that is ringed.
        theme: light or dark.

    A ward without a score keeps its row, with the reason.
    """
    labels = frame["name"].to_dict()
    height = row_height(list(labels.values())) * max(len(frame), 3) + 84
    figure = go.Figure(layout=base_layout(theme, height=height))
    ranked = frame[frame["rank"] > 0]
    figure.add_trace(_rank_dots(ranked, _hover_rank(ranked, stability), selected, theme))
    label_rows(figure, labels, selected)
    last = int(ranked["rank_high"].max()) if len(ranked) else 1
    spare = max(0.6, last * 0.03)
    figure.update_xaxes(
        range=[1 - spare, last + spare],
        tickvals=_rank_ticks(last),
        tickformat=",d",
        title={"text": "Rank (1 is the highest need)", "font": {"size": 13}},
    )
    scores = {c: _bold(format_number(r["score"], 0), c == selected) for c, r in ranked.iterrows()}
    end_column(figure, theme, "Score", scores, 44)
    for code, reason in frame.loc[frame["rank"] == 0, "reason"].items():
        said = wrap_label(str(reason).split(",", maxsplit=1)[0], 30)
        note(figure, theme, x=0.01, xref="paper", xanchor="left", y=code, text=said, align="left")
    return figure


def _bold(word: str, strong: bool) -> str:
    return f"<b>{word}</b>" if strong else word


def _rank_ticks(last: int) -> list[int]:
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if last / s <= 6)
    return [1, *range(step if step > 1 else 2, last + 1, step)]


def make_ranking_title(frame: pd.DataFrame, place: str) -> str:
    """State which ward has the highest need, and how sure that is, in about ten words."""
    ranked = frame[frame["rank"] > 0]
    if len(ranked) < 2:
        return f"Need in {place}"
    first = ranked.iloc[0]
    name = first["name"]
    if (ranked["rank"] == 1).sum() > 1:
        return f"Several wards share the highest need in {place}"
    if first["rank_worst"] == 1:
        return keep_short(
            f"{name} has the highest need whatever the weights", f"{name}: always the highest need"
        )
    if first["rank_high"] == 1:
        return keep_short(f"{name} has the highest need in {place}", f"{name} has the highest need")
    return keep_short(
        f"{name} ranks first, but could be {ordinal(int(first['rank_high']))}",
        f"{name}: first or {ordinal(int(first['rank_high']))}",
    )


def describe_ranking(
    frame: pd.DataFrame, heading: str, place: str, stability: RankStability
) -> str:
    """Describe a ranking in sentences: the first three, how steady they are, what is missing."""
    ranked, without = frame[frame["rank"] > 0], int((frame["rank"] == 0).sum())
    parts = [f"{heading}, {place}: {stability.ranked} wards ranked by need score."]
    parts += [
        f"{ordinal(row.rank)}: {row.name}, score {format_number(row.score, 0)} of 100, "
        f"{row.steady}."
        for row in ranked.head(3).itertuples()
    ]
    parts.append(f"Ranks come from {stability.draws:,} draws of weights and figures.")
    if without:
        parts.append(f"No score for lack of figures: {without}.")
    return " ".join(parts)


def _other_wards(scores: pd.Series, area: str, colour: str) -> go.Scatter:
    """The other wards of a row: rings, or thin strokes where rings would run together.

    Of very many wards each hundredth has one stroke: a browser cannot draw a stroke for each.
    """
    known = scores.dropna()
    many = len(known) > 40
    if len(known) > MOST_STROKES:
        known = known.quantile(np.linspace(0, 1, 101))
    return go.Scatter(
        x=known.tolist(),
        y=[area] * len(known),
        mode="markers",
        marker={
            "size": 10 if many else 8,
            "symbol": "line-ns" if many else "circle-open",
            "color": colour,
            "line": {"width": 1, "color": colour},
        },
        hoverinfo="skip",
    )


def plot_need_profile(
    scores: pd.DataFrame,
    headings: Mapping[str, str],
    ward: str,
    *,
    theme: Theme = "light",
) -> go.Figure:
    """One ward across the action areas: its score beside those of the other wards.

    Args:
        scores: wards by ids of action areas, 0 to 100, NaN where withheld.
        headings: id of the action area -> heading, from the top.
        ward: the one in question.
        theme: light or dark.
    """
    ink = CHART_INK[theme]
    height = row_height(list(headings.values()), HEADING_LINES) * max(len(headings), 3) + 90
    figure = go.Figure(layout=base_layout(theme, height=height))
    for area in headings:
        figure.add_trace(_other_wards(scores[area].drop(ward), area, ink["quiet"]))
    own = scores.loc[ward, list(headings)].astype(float)
    known = own.dropna()
    figure.add_trace(
        go.Scatter(
            x=known.tolist(),
            y=known.index.tolist(),
            mode="markers",
            customdata=known.index.tolist(),
            marker={"size": 14, "symbol": "diamond", "color": ink["strong"]},
            hovertemplate="Need score %{x:.0f} of 100<extra></extra>",
            cliponaxis=False,
        )
    )
    label_rows(figure, headings, lines=HEADING_LINES)
    figure.update_xaxes(range=[0, 100], title=_title("Need score, 0 to 100"))
    figure.add_vline(x=50, line={"color": ink["benchmark"], "width": 1.2, "dash": "dot"})
    words = {
        a: "no score" if np.isnan(v) else f"<b>{format_number(v, 0)}</b>" for a, v in own.items()
    }
    end_column(figure, theme, "Score", words, 64 if own.isna().any() else 44)
    head_line(figure, theme, x=50, xref="x", text=f"England{NO_BREAK}50")
    return figure


def _title(text: str) -> dict[str, object]:
    return {"text": text, "font": {"size": 13}}


def make_profile_title(ranks: pd.DataFrame, ward: str, name: str) -> str:
    """State on how many action areas a ward has the highest need, or its best rank."""
    own = ranks.loc[ward]
    if not (own > 0).any():
        return f"{name}: no need scores"
    # To be first of one ward is no finding.
    known = own[(own > 0) & ((ranks > 0).sum() > 1)]
    if known.empty:
        return f"{name}: no other ward to compare with"
    first = int((known == 1).sum())
    if first:
        many = f"{first} of {len(known)}"
        return keep_short(
            f"{name}: highest need on {many} action areas", f"{name}: first on {many} areas"
        )
    top = int(known.min())
    of = int((ranks[known.idxmin()] > 0).sum())
    return keep_short(
        f"{name}: at most {ordinal(top)} of {of} on any area", f"{name}: {ordinal(top)} at most"
    )


def describe_profile(
    needs: Sequence[AreaNeed], ward: str, name: str, stabilities: Mapping[str, RankStability]
) -> str:
    """Describe a ward's scores in sentences, one per action area.

    `stabilities`: by id of the action area; one that is not there is not spoken of.
    """
    parts = [f"{name}, need scores from 0 to 100."]
    for need in needs:
        row = need.table.loc[ward]
        if row["reason"]:
            parts.append(f"{need.area.heading}: {row['reason']}.")
            continue
        known = describe_known(int(row["known"]), int(row["all"]))
        found = stabilities.get(need.area.id)
        steady = f", {describe_stability(found, ward)}" if found else ""
        parts.append(
            f"{need.area.heading}: {format_number(row['score'], 0)} from {known}, "
            f"{ordinal(int(row['rank']))} of {need.ranked:,}{steady}."
        )
    return " ".join(parts)
