"""Wards by action areas on one screen: every score with its rank and sign, and the finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.map_view import as_printed, format_number, to_whole
from analysis.need_scores import AreaNeed, describe_known, tabulate_need
from analysis.words import count_words, join_words, keep_short, ordinal

#: Inner limits of the five classes of a need score, the same in every table and on every map.
SCORE_BREAKS = (20.0, 40.0, 60.0, 80.0)
#: The classes in words, lowest first; scores are classed as printed, in whole numbers.
CLASS_LABELS = ("under 20", "20 to 39", "40 to 59", "60 to 79", "80 and over")
#: What each class is called by a sign, none first: colour is never the only one.
_SIGNS = ("", "▼", "▼", "●", "▲", "▲")
SIGN_WORDS = (
    "▲ 60 or more: more need than in most wards of England; ● 40 to 59: about the middle; "
    "▼ under 40: less need than in most"
)


def round_scores(scores: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Scores as printed: whole numbers, NaN where withheld."""
    whole, known = to_whole(scores, 0)
    return np.where(known, whole, np.nan)


def class_scores(scores: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """The class of each score as printed, 1 (least need) to 5, 0 where it is withheld."""
    printed = round_scores(scores)
    return np.where(np.isnan(printed), 0, 1 + np.digitize(printed, SCORE_BREAKS))


def sign_of_score(step: int) -> str:
    """The sign of a class: ▲ above the middle of England, ▼ below, ● about there."""
    return _SIGNS[step]


def order_wards(needs: Sequence[AreaNeed]) -> pd.Index:
    """Ward codes from the highest mean score to the lowest, those without any score last."""
    mean = tabulate_need(needs).mean(axis=1)
    return mean.sort_values(ascending=False, kind="stable", na_position="last").index


def make_matrix_rows(
    needs: Sequence[AreaNeed], wards: pd.DataFrame, *, selected: str = "", most: int = 0
) -> list[dict[str, Any]]:
    """The rows of the matrix as the browser draws them.

    Args:
        needs: one per action area.
        wards: index ward code; columns name, population.
        selected: a ward that must be among the rows.
        most: how many rows at most, 0 for all.

    Returns:
        per ward: code, name, people and cells, one per action area: score, sign, rank, class
        0 to 5, and a few words where the score does not rest on all indicators.
    """
    codes = list(order_wards(needs))
    shown = codes[: most or len(codes)]
    if selected in codes and selected not in shown:
        shown = [*shown[:-1], selected]
    tables = [need.table.loc[shown] for need in needs]
    columns = [_make_cells(table) for table in tables]
    named = wards.loc[shown]
    return [
        {"code": code, "name": str(name), "people": _count_people(people), "cells": list(cells)}
        for code, name, people, *cells in zip(
            shown, named["name"], named["population"], *columns, strict=True
        )
    ]


def _count_people(people: float) -> str:
    return "no figure" if np.isnan(people) else f"{people:,.0f}"


def _make_cells(table: pd.DataFrame) -> list[list[object]]:
    printed, steps = round_scores(table["score"]), class_scores(table["score"])
    cells: list[list[object]] = []
    for row, score, step in zip(table.itertuples(), printed, steps, strict=True):
        if not step:
            cells.append(["", "", "", 0, str(row.reason)])
            continue
        part = describe_known(row.known, row.all) if row.known < row.all else ""
        cells.append([f"{score:.0f}", sign_of_score(int(step)), ordinal(row.rank), int(step), part])
    return cells


def make_matrix_table(needs: Sequence[AreaNeed], wards: pd.DataFrame) -> pd.DataFrame:
    """The matrix for downloads: score, rank, known indicators and any reason, area by area.

    Args:
        needs: one per action area.
        wards: index ward code; columns name, population.

    Returns:
        columns Ward, Code, People and four per action area, highest mean score first.
    """
    codes = order_wards(needs)
    columns: dict[str, Any] = {
        "Ward": wards.loc[codes, "name"].to_numpy(),
        "Code": codes.to_numpy(),
        "People": wards.loc[codes, "population"].to_numpy(),
    }
    for need in needs:
        table, name = need.table.loc[codes], need.area.heading
        columns[f"{name}: score"] = as_printed(table["score"], 1)
        columns[f"{name}: rank"] = table["rank"].replace(0, np.nan).to_numpy()
        known = zip(table["known"], table["all"], strict=True)
        columns[f"{name}: figures"] = [f"{n} of {every}" for n, every in known]
        if (table["reason"] != "").any():
            columns[f"{name}: note"] = table["reason"].to_numpy()
    return pd.DataFrame(columns)


def make_areas_title(needs: Sequence[AreaNeed], names: pd.Series, place: str) -> str:
    """State in ten words or fewer which ward has the highest need on most action areas.

    Args:
        needs: one per action area; areas with fewer than two ranked wards do not count.
        names: ward code -> name.
        place: name of the place.
    """
    compared = [need for need in needs if need.ranked > 1]
    if not compared:
        return f"Too few figures to rank wards of {place}"
    first = (tabulate_need(compared, "rank") == 1).sum(axis=1)
    top, areas = int(first.max()), len(compared)
    leaders = [str(names[code]) for code in first.index[first == top]]
    of = f"{top} of {count_words(areas, 'action area', 'action areas')}"
    if len(leaders) == 1:
        name = leaders[0]
        return keep_short(
            f"{name}: highest need in {of}",
            f"{name}: highest need in {top} of {areas}",
            f"{name}: highest in {top} of {areas}",
        )
    if top == 1 and len(leaders) == areas:
        return "Highest need: a different ward on each action area"
    each = count_words(top, "action area", "action areas")
    many = f"{len(leaders):,} wards each have the highest need in {each}"
    if len(leaders) == 2:
        return keep_short(f"{join_words(leaders)}: highest need in {each} each", many)
    return many


def describe_matrix(needs: Sequence[AreaNeed], names: pd.Series, place: str) -> str:
    """Describe the matrix in sentences: the highest three wards of each action area."""
    parts = [
        f"Need scores from 0 to 100 for {count_words(len(names), 'ward', 'wards')} of {place}."
    ]
    for need in needs:
        ranked = need.table[need.table["rank"] > 0].sort_values("rank", kind="stable").head(3)
        if ranked.empty:
            parts.append(f"{need.area.heading}: no ward has a score.")
            continue
        said = [
            f"{names[row.Index]} ({format_number(row.score, 0)})" for row in ranked.itertuples()
        ]
        parts.append(f"{need.area.heading}: the highest are {join_words(said)}.")
        if without := len(need.table) - need.ranked:
            parts.append(f"Without a score: {without}.")
    return " ".join(parts)


def count_partial(needs: Sequence[AreaNeed]) -> Mapping[str, int]:
    """How many scores rest on part of their indicators (`partial`), and are withheld."""
    tables = pd.concat([need.table for need in needs])
    scored = tables["reason"] == ""
    partial = int((scored & (tables["known"] < tables["all"])).sum())
    return {"partial": partial, "withheld": int((~scored).sum())}
