"""Scored impacts: scores, bands, what counts on a day, and what changed between two days.

The score is impact times likelihood, each from 1 to 5, as risk registers of councils have it.
No published rule says which scores are high; the limits here are the dashboard's own.
Tables are those of `data.assessment.Assessment`.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.words import count_words, day_words
from data.assessment import version_order

SCALE = (1, 2, 3, 4, 5)


class Band(NamedTuple):
    """A band of scores, its sign, and its colour in the palette."""

    name: str
    first: int
    last: int
    sign: str
    colour: str


BANDS = (
    Band("low", 1, 5, "▼", "class_1"),
    Band("medium", 6, 12, "●", "class_3"),
    Band("high", 13, 25, "▲", "class_5"),
)
RULE = (
    "Score = impact × likelihood, 1 to 25: low up to 5, medium 6 to 12, high from 13 "
    "(the dashboard's own limits)"
)
NOT_SCORED = "not scored here"
UNKNOWN = "not known"
INCOMPLETE = "not known: a row of this impact was set aside"
WITHDRAWN, FIRST, ROSE, FELL, MOVED, SAME = (
    "no longer scored",
    "first score",
    "rose",
    "fell",
    "same score, moved",
    "no change",
)
SIGNS = {ROSE: "▲", FELL: "▼", MOVED: "●", SAME: "●", FIRST: "○", WITHDRAWN: "○", UNKNOWN: "?"}

_STEP_ORDER = (ROSE, FIRST, FELL, UNKNOWN, WITHDRAWN, MOVED, SAME, NOT_SCORED)


def band_of(score: float) -> Band | None:
    """The band of a score, None where there is no score."""
    return next((band for band in BANDS if band.first <= score <= band.last), None)


def order_scores(table: pd.DataFrame) -> pd.DataFrame:
    """Rows by id, then oldest first, with a column `score`; rows without a date come first."""
    days = table["date"].fillna(pd.Timestamp(0)).tolist()
    keys = [
        (id_, day, version_order(version), row)
        for id_, day, version, row in zip(
            table["id"], days, table["version"], table["row"], strict=True
        )
    ]
    ordered = table.iloc[sorted(range(len(keys)), key=keys.__getitem__)].reset_index(drop=True)
    return ordered.assign(score=ordered["impact"] * ordered["likelihood"])


def describe_steps(now: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """What each score did since the one before it: a word of `SIGNS`, or `NOT_SCORED`.

    Args:
        now: columns impact and likelihood, NaN where not scored, and incomplete: where a row is
            missing nobody knows what the score did.
        before: the same columns in the same order, NaN where there was no score.
    """
    score, was = (rows["impact"] * rows["likelihood"] for rows in (now, before))
    moved = (now["impact"] != before["impact"]) | (now["likelihood"] != before["likelihood"])
    known = {
        UNKNOWN: now["incomplete"],
        NOT_SCORED: score.isna() & was.isna(),
        WITHDRAWN: score.isna(),
        FIRST: was.isna(),
        ROSE: score > was,
        FELL: score < was,
        MOVED: moved,
    }
    words = np.select([which.to_numpy() for which in known.values()], list(known), SAME)
    return pd.Series(words, index=now.index, dtype=object)


def add_steps(ordered: pd.DataFrame) -> pd.DataFrame:
    """Rows of `order_scores` with previous (score of the row before, NaN if none) and step."""
    before = ordered.groupby("id", sort=False)[["impact", "likelihood"]].shift()
    previous = before["impact"] * before["likelihood"]
    return ordered.assign(previous=previous, step=describe_steps(ordered, before))


def list_items(table: pd.DataFrame, day: dt.date | None = None) -> pd.DataFrame:
    """Each impact as its newest row up to a day says; highest score first, unscored last.

    Args:
        table: of an `Assessment`.
        day: the last day that counts, None for all. Rows without a date always count.

    Returns:
        the columns of the table, score, previous and step (see `add_steps`).
    """
    ordered = order_scores(table)
    if day is not None:
        ordered = ordered[~(ordered["date"] > pd.Timestamp(day))]
    newest = add_steps(ordered).groupby("id", sort=False).tail(1)
    return newest.sort_values(["score", "id"], ascending=[False, True]).reset_index(drop=True)


def list_history(table: pd.DataFrame, id_: str) -> pd.DataFrame:
    """Every score of one impact, oldest first, with score, previous and step."""
    return add_steps(order_scores(table[table["id"] == id_]))


def list_days(table: pd.DataFrame) -> list[dt.date]:
    """The days on which something was scored, oldest first."""
    return sorted({day.date() for day in table["date"].dropna()})


def compare_days(table: pd.DataFrame, then: dt.date, now: dt.date) -> pd.DataFrame:
    """What changed between two days: one row per impact that counts on the later day.

    Returns:
        id, title, kind, area_of_impact, incomplete; impact, likelihood, confidence and score on
        both days with the endings _then and _now; change of the score (NaN where one is
        missing); step. Those that changed come first, the largest rise on top.
    """
    before, after = (list_items(table, day).set_index("id") for day in (then, now))
    before = before.reindex(after.index)
    changes = after[["title", "kind", "area_of_impact", "incomplete"]].copy()
    for key in ("impact", "likelihood", "confidence", "score"):
        changes[f"{key}_then"], changes[f"{key}_now"] = before[key], after[key]
    changes["confidence_then"] = changes["confidence_then"].fillna("")
    changes["change"] = after["score"] - before["score"]
    changes["step"] = describe_steps(after, before)
    order = changes["step"].map(_STEP_ORDER.index)
    sorted_by = changes.assign(order=order, size=-changes["change"].abs().fillna(0)).reset_index()
    ranked = sorted_by.sort_values(["order", "size", "id"]).drop(columns=["order", "size"])
    return ranked.reset_index(drop=True)


def make_matrix(items: pd.DataFrame) -> dict[tuple[int, int], pd.DataFrame]:
    """The impacts of each cell (impact, likelihood) that has any; unscored ones are in none."""
    scored = items.dropna(subset=["score"])
    groups = scored.groupby(["impact", "likelihood"], sort=True)
    return {(int(impact), int(likely)): group for (impact, likely), group in groups}


def print_day(day: dt.date | pd.Timestamp) -> str:
    """A day in words: "30 June 2021"; "no date" where there is none."""
    return "no date" if pd.isna(day) else day_words(day)


def step_words(step: str, previous: float, score: float, kind: str) -> str:
    """A step for the screen: "▲ rose from 8 to 12 (worse)"."""
    if step == NOT_SCORED:
        return NOT_SCORED
    if step == UNKNOWN:
        return f"{SIGNS[UNKNOWN]} {INCOMPLETE}"
    words = f"{SIGNS[step]} {step}"
    if step in (ROSE, FELL):
        worse = (step == ROSE) == (kind == "Damaging")
        words += f" from {previous:.0f} to {score:.0f} ({'worse' if worse else 'better'})"
    return words


def make_title(items: pd.DataFrame, changes: pd.DataFrame | None) -> str:
    """The finding: "3 of 8 damaging impacts score high; 2 rose".

    Args:
        items: see `list_items`.
        changes: see `compare_days`; None where there is nothing to compare.
    """
    scored = items.dropna(subset=["score"])
    if scored.empty:
        return f"{count_words(len(items), 'impact', 'impacts')}, none of them scored here"
    kind = "Damaging" if (scored["kind"] == "Damaging").any() else "Positive"
    own = scored[scored["kind"] == kind]
    high = int((own["score"] >= BANDS[-1].first).sum())
    of = count_words(len(own), f"{kind.lower()} impact", f"{kind.lower()} impacts")
    title = f"{high} of {of} {'scores' if 1 in (high, len(own)) else 'score'} high"
    if changes is None:
        return title
    steps = changes.loc[changes["kind"] == kind, "step"].tolist()
    rose, fell = steps.count(ROSE), steps.count(FELL)
    what = f"{rose} rose" if rose or not fell else f"{fell} fell"
    return f"{title}; {what.replace('0 rose', 'none rose')}"


def describe_items(items: pd.DataFrame, day: str) -> str:
    """The matrix in words, for those who do not see it."""
    parts = []
    for kind in ("Damaging", "Positive"):
        own = items[items["kind"] == kind]
        if own.empty:
            continue
        bands = [band_of(score) for score in own["score"]]
        counts = [f"{sum(b == band for b in bands)} {band.name}" for band in reversed(BANDS)]
        counts.append(f"{sum(b is None for b in bands)} not scored")
        parts.append(f"{len(own)} {kind.lower()}: {', '.join(counts)}")
    return f"Impacts as scored up to {day}. {'; '.join(parts)}. {RULE}." if parts else ""
