"""Sentences made from the figures: titles that state a finding, and text descriptions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.map_view import format_number
from analysis.words import count_words, join_words
from data.catalogue import Indicator


def _clear_of_the_rest(frame: pd.DataFrame, top: str) -> bool:
    """Whether the interval of the highest area lies above the value of every other."""
    lower = frame.at[top, "lower_ci"]
    others = frame["value"].drop(top)
    if others.dropna().empty:
        return True
    if np.isnan(lower):
        return bool(others.max() < frame.at[top, "value"])
    return bool(lower > others.max())


def make_title(frame: pd.DataFrame, indicator: Indicator, place: str) -> str:
    """State the finding of a map or ranking in about ten words.

    Args:
        frame: see `choropleth.make_areas_frame`.
        indicator: what is shown.
        place: name of the council or larger area.

    Areas are not ranked where the catalogue says that ranking is unsafe, nor is one
    called highest where its interval does not clear the others.
    """
    known = frame.dropna(subset="value")
    subject = indicator.name if len(indicator.name.split()) <= 5 else indicator.short_name
    if known.empty:
        return f"{subject}: no figures in {place}"
    if not indicator.ranked or len(known) < 2 or known["value"].nunique() == 1:
        return f"{subject} in {place}"
    top = known["value"].idxmax()
    if (known["value"] == known.at[top, "value"]).sum() > 1:
        return f"{subject}: several areas share the highest figure"
    how = "highest" if _clear_of_the_rest(known, top) else "among the highest"
    return f"{subject}: {how} in {known.at[top, 'name']}"


def make_need_title(frame: pd.DataFrame, place: str) -> str:
    """State which area has the highest need; for scores on which high means more need."""
    known = frame.dropna(subset="value")
    if len(known) < 2:
        return f"Need in {place}"
    return f"{known.at[known['value'].idxmax(), 'name']} has the highest need in {place}"


def describe_map(
    frame: pd.DataFrame,
    indicator: Indicator,
    place: str,
    area_word: str,
    benchmark_name: str,
    benchmark_value: float,
) -> str:
    """Describe a map in sentences, for screen readers and for pasting into a report.

    Every number is a row of the frame or the benchmark's own value.
    """
    known = frame.dropna(subset="value").sort_values("value", ascending=False)
    parts = [f"{indicator.name}, {place}, {count_words(len(frame), area_word[:-1], area_word)}."]
    if known.empty:
        return f"{parts[0]} There are no figures."

    def figure(code: object) -> str:
        value = format_number(known.at[code, "value"], indicator.decimals, indicator.unit)
        return f"{known.at[code, 'name']} ({value})"

    if indicator.ranked and len(known) > 1:
        some = min(3, len(known) // 2)
        parts.append(f"Highest: {join_words([figure(code) for code in known.index[:some]])}.")
        parts.append(f"Lowest: {join_words([figure(code) for code in known.index[::-1][:some]])}.")
    if not np.isnan(benchmark_value):
        printed = format_number(benchmark_value, indicator.decimals, indicator.unit)
        parts.append(f"{benchmark_name}: {printed}.")
        parts.extend(_count_compared(frame, benchmark_name))
    missing = len(frame) - len(known)
    if missing:
        parts.append(f"No figure: {count_words(missing, area_word[:-1], area_word)}.")
    return " ".join(parts)


def _count_compared(frame: pd.DataFrame, benchmark_name: str) -> list[str]:
    counts = frame["compared"].value_counts()
    said = [
        f"{counts[word]} {word}"
        for word in ("worse", "higher", "similar", "better", "lower")
        if counts.get(word)
    ]
    if not said:
        return []
    return [f"Compared with {benchmark_name} at 95 %: {join_words(said)}."]
