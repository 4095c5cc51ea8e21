"""Sentences made from the figures: titles that state a finding, and text descriptions."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.map_view import format_number
from analysis.words import count_words, join_words, keep_short
from data.catalogue import Indicator

Floats = npt.NDArray[np.float64]


def _clear_of_the_rest(values: Floats, lower: Floats, top: int) -> bool:
    """Whether the interval of the highest area lies above the value of every other."""
    others = np.delete(values, top)
    if not len(others) or np.isnan(others).all():
        return True
    edge = values[top] if np.isnan(lower[top]) else lower[top]
    return bool(edge > np.nanmax(others))


def make_title(frame: pd.DataFrame, indicator: Indicator, place: str) -> str:
    """State the finding of a map or ranking in ten words; the long name of a ward may add some.

    Args:
        frame: see `choropleth.make_areas_frame`.
        indicator: what is shown.
        place: name of the council or larger area.

    Areas are not ranked where the catalogue says that ranking is unsafe, nor is one
    called highest where its interval does not clear the others.
    """
    values = frame["value"].to_numpy(dtype=float)
    known = values[~np.isnan(values)]
    subject = indicator.name if len(indicator.name.split()) <= 5 else indicator.short_name
    if not len(known):
        return f"{subject}: no figures in {place}"
    if not indicator.ranked or len(known) < 2 or known.min() == known.max():
        return f"{subject} in {place}"
    top = int(np.nanargmax(values))
    if (known == values[top]).sum() > 1:
        return f"{subject}: several areas share the highest figure"
    clear = _clear_of_the_rest(values, frame["lower_ci"].to_numpy(dtype=float), top)
    how = "highest" if clear else "among the highest"
    where = f"{how} in {frame['name'].iat[top]}"
    return keep_short(
        f"{subject}: {where}", f"{indicator.short_name}: {where}", f"{where[0].upper()}{where[1:]}"
    )


def make_need_title(frame: pd.DataFrame, place: str) -> str:
    """State which area has the highest need; for scores on which high means more need."""
    known = frame.dropna(subset="value")
    if len(known) < 2:
        return f"Need in {place}"
    top = f"{known.at[known['value'].idxmax(), 'name']} has the highest need"
    return keep_short(f"{top} in {place}", top)


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
    values, names = frame["value"].to_numpy(dtype=float), frame["name"].to_numpy()
    order = np.argsort(-values, kind="stable")  # NaN last
    count = int((~np.isnan(values)).sum())
    parts = [f"{indicator.name}, {place}, {count_words(len(frame), area_word[:-1], area_word)}."]
    if not count:
        return f"{parts[0]} There are no figures."

    def list_figures(rows: npt.NDArray[np.int64]) -> str:
        printed = [format_number(values[r], indicator.decimals, indicator.unit) for r in rows]
        return join_words([f"{names[r]} ({text})" for r, text in zip(rows, printed, strict=True)])

    if indicator.ranked and count > 1:
        some = min(3, count // 2)
        parts.append(f"Highest: {list_figures(order[:some])}.")
        parts.append(f"Lowest: {list_figures(order[:count][::-1][:some])}.")
    if not np.isnan(benchmark_value):
        printed = format_number(benchmark_value, indicator.decimals, indicator.unit)
        parts.append(f"{benchmark_name}: {printed}.")
        parts.extend(_count_compared(frame, benchmark_name))
    missing = len(frame) - count
    if missing:
        parts.append(f"No figure: {count_words(missing, area_word[:-1], area_word)}.")
    return " ".join(parts)


def _count_compared(frame: pd.DataFrame, benchmark_name: str) -> list[str]:
    counts = Counter(frame["compared"].to_numpy())
    said = [
        f"{counts[word]} {word}"
        for word in ("worse", "higher", "similar", "better", "lower")
        if counts[word]
    ]
    if not said:
        return []
    return [f"Compared with {benchmark_name} at 95 %: {join_words(said)}."]
