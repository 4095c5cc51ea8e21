"""The map of a need score: the same five classes for every action area and every place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.classes import SPECIAL_CLASSES, Classes, classify, special_class
from analysis.map_view import MapView, format_number
from analysis.need_matrix import CLASS_LABELS, SCORE_BREAKS
from analysis.need_scores import AreaNeed, describe_known
from analysis.palette import SEQUENTIAL_KEYS
from analysis.words import NO_LSOA, count_words, join_words

NO_SCORE = "No score (too few figures)"
_LABELS = {
    **dict(SPECIAL_CLASSES),
    **dict(zip(SEQUENTIAL_KEYS, CLASS_LABELS, strict=True)),
    "not_available": NO_SCORE,
}


def _class_scores(need: AreaNeed, lsoa_count: pd.Series) -> Classes:
    flags = np.where(need.table["score"].isna(), "not_available", "")
    special = special_class(flags, lsoa_count)
    classes = classify(need.table["score"], special, np.array(SCORE_BREAKS), 0, "")
    # A score is withheld by us, not by a publisher: the legend says so.
    legend = [replace(e, label=_LABELS[e.key]) for e in classes.legend]
    return replace(classes, legend=tuple(legend))


def make_map_title(need: AreaNeed, names: pd.Series, place: str) -> str:
    """State which ward has the highest need on one action area."""
    first = need.table.index[need.table["rank"] == 1]
    if need.ranked < 2:
        return f"Need in {place}"
    if len(first) > 1:
        return f"Several wards share the highest need in {place}"
    return f"{names[first[0]]} has the highest need in {place}"


def describe_need_map(need: AreaNeed, names: pd.Series, place: str) -> str:
    """Describe the map in sentences: the three highest, the lowest, what is missing."""
    ranked = need.table[need.table["rank"] > 0].sort_values("rank", kind="stable")
    parts = [f"Need score, {need.area.heading}, {place}."]
    if len(ranked):
        high = [
            f"{names[r.Index]} {format_number(r.score, 0)}" for r in ranked.head(3).itertuples()
        ]
        last = ranked.iloc[-1]
        parts.append(f"Highest: {join_words(high)} of 100.")
        parts.append(f"Lowest: {names[last.name]} {format_number(last['score'], 0)}.")
    if without := len(need.table) - len(ranked):
        parts.append(f"{count_words(without, 'ward has', 'wards have')} no score.")
    return " ".join(parts)


def make_need_view(
    need: AreaNeed, wards: pd.DataFrame, place: str, *, selected: str = "", source: str = ""
) -> MapView:
    """Describe the map of one action area completely.

    Args:
        need: its scores, wards in the order of the boundary file's codes.
        wards: the same index; columns name, lsoa_count.
        place: name of the place.
        selected: code of the chosen ward, "" for none.
        source: in words, for the picture.
    """
    table = need.table
    classes = _class_scores(need, wards["lsoa_count"])
    empty = (wards["lsoa_count"] == 0).to_numpy()
    notes = [
        (NO_LSOA if none else row.reason)
        if row.reason
        else (f"from {describe_known(row.known, row.all)}" if row.known < row.all else "")
        for row, none in zip(table.itertuples(), empty, strict=True)
    ]
    return MapView(
        codes=list(table.index),
        value=table["score"].to_numpy(),
        legend_class=classes.legend_class.tolist(),
        legend=classes.legend,
        title=make_map_title(need, wards["name"], place),
        indicator=f"Need score, 0 to 100: {need.area.heading}",
        decimals=0,
        scale=classes.scale,
        rank=table["rank"].tolist(),
        ranked=need.ranked,
        flag=notes,
        source=source,
        description=describe_need_map(need, wards["name"], place),
        selected=selected or None,
    )
