"""Sentences of the Ward profile, made from its figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.bars import Bar
from analysis.map_view import as_printed, format_number
from analysis.words import count_words, join_words, keep_short, ordinal


def make_profile_title(ward: str, place: str, rank: int, of: int) -> str:
    """State where the ward's need stands in its council.

    Args:
        ward: name.
        place: name of the council.
        rank: of the need score among its wards, 1 the highest; 0 without a figure.
        of: how many wards have one.
    """
    if rank == 0:
        return f"{ward}: no estimate of need"
    if of < 2:
        return f"{ward}: need and people"
    if rank == 1:
        return keep_short(f"{ward} has the highest need in {place}", f"{ward}: highest need")
    if rank == of:
        return keep_short(f"{ward} has the lowest need in {place}", f"{ward}: lowest need")
    return f"{ward}: {ordinal(rank)} highest need of {of} wards"


def describe_people(people: float, density: float, rural: float) -> str:
    """How many live here, how closely, and in town or country; "" for what is not known."""
    parts = []
    if not math.isnan(people):
        parts.append(f"{people:,.0f} people")
    if not math.isnan(density):
        parts.append(f"{format_number(density, 0)} for each square kilometre")
    if not math.isnan(rural):
        kind = {0: "all in town", 100: "all in the country"}.get(round(rural))
        parts.append(kind or f"{format_number(rural, 0, '%')} of them in rural areas")
    return ", ".join(parts)


def describe_spine(spine: pd.DataFrame, ward: str, benchmark: str) -> str:
    """What the table of all indicators shows, in one paragraph."""
    words = spine["compared"]
    counted = [(int((words == word).sum()), word) for word in ("worse", "similar", "better")]
    told = sum(number for number, _ in counted)
    parts = [f"{number} {word}" for number, word in counted]
    text = f"{ward} against {benchmark}: of {count_words(told, 'indicator', 'indicators')} with "
    text += f"an interval and a good direction, {join_words(parts)}."
    missing = int(np.isnan(spine["value"].to_numpy()).sum())
    if missing:
        text += f" {count_words(missing, 'indicator has', 'indicators have')} no figure here."
    for judgement in ("worse", "better"):
        names = spine.loc[spine["trend_judgement"] == judgement, "name"]
        if len(names):
            text += f" Clearly getting {judgement}: {join_words(list(names))}."
    return text


def describe_bars(bars: Sequence[Bar], what: str, ward: str, benchmark: str) -> str:
    """Name the bars that lie furthest above and below the benchmark."""
    gaps = {bar.label: bar.value - bar.benchmark for bar in bars}
    known = {label: gap for label, gap in gaps.items() if not math.isnan(gap)}
    if not known:
        return f"{what} of {ward}: no figures."
    most, least = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
    return (
        f"{what} of {ward} against {benchmark}. Furthest above: {most} "
        f"({format_number(abs(known[most]), 1)} points). Furthest below: {least} "
        f"({format_number(abs(known[least]), 1)} points)."
    )


def describe_pyramid(bars: Sequence[Bar], ward: str) -> str:
    """State which part of life is more common here than in England, in about ten words."""
    parts = {"children": bars[:3], "young adults": bars[3:6], "people of middle age": bars[6:13],
             "older people": bars[13:]}  # fmt: skip
    gaps = {name: sum(bar.value - bar.benchmark for bar in part) for name, part in parts.items()}
    if any(math.isnan(gap) for gap in gaps.values()):
        return f"{ward}: ages are not known"
    most = max(gaps, key=gaps.__getitem__)
    if gaps[most] < 1:
        return "Ages here are much like England's"
    return f"More {most} here than in England"


def list_similar(similar: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The similar wards for a table and files: Ward, Code, Distance, Least alike in."""
    return pd.DataFrame(
        {
            "Ward": [names[str(code)] for code in similar.index],
            "Code": list(similar.index),
            "Distance": as_printed(similar["distance"], 2),
            "Least alike in": similar["differs_most"].to_numpy(),
        }
    )
