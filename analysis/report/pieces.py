"""Blocks that several sections of a pack are made of: maps, rankings and lines from tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.choropleth import Benchmark, Subject
from analysis.map_view import MapView, as_printed, format_number
from analysis.report.blocks import Chart, Picture, Series
from analysis.words import keep_short
from data.catalogue import Indicator


def list_figures(values: npt.ArrayLike, decimals: int) -> list[float | None]:
    """Figures as they are printed everywhere else, None where missing."""
    printed = as_printed(np.asarray(values, dtype=float), decimals)
    return [None if np.isnan(value) else float(value) for value in printed]


def list_provenance(subject: Subject, today: dt.date, *more: str) -> tuple[str, ...]:
    """What stands below a figure: source, geography it was published for, age, what to mind."""
    lines = (*subject.describe_provenance(today), subject.care_line, *more)
    return tuple(line for line in lines if line)


def make_map(
    name: str, view: MapView, subject: Subject, svg: str, today: dt.date, *, subtitle: str = ""
) -> Picture:
    """A map as a picture with its finding, its text alternative and its sources.

    Args:
        name: of the picture.
        view: the map, with title and description.
        subject: what is shown.
        svg: the drawing without words.
        today: from which its age counts.
        subtitle: what, where and when, where it is not the subject's own.
    """
    return Picture(
        name, view.title, subtitle or subject.subtitle, svg, view.description,
        list_provenance(subject, today),
    )  # fmt: skip


def make_ranking_title(values: pd.Series, indicator: Indicator) -> str:
    """From where to where the wards reach: "From 4.3 to 30.4 across 26 wards"."""
    known = values.dropna()
    if len(known) < 2:
        return f"{indicator.short_name}, ward by ward"
    ends = [
        format_number(end, indicator.decimals, indicator.unit if len(indicator.unit) < 3 else "")
        for end in (known.min(), known.max())
    ]
    title = f"From {ends[0]} to {ends[1]} across {len(known):,} wards"
    return keep_short(f"{indicator.short_name}: from {ends[0]} to {ends[1]}", title)


def make_ranking(
    name: str,
    rows: pd.DataFrame,
    every: pd.Series,
    subject: Subject,
    benchmark: Benchmark,
    lines: Sequence[str],
    whiskers: str = "",
) -> Chart:
    """Wards from the highest, with the benchmark as a line.

    Args:
        name: of the chart.
        rows: in the order of the ranking; columns name, value, low, high (NaN where none).
        every: the figures of all wards, for the title.
        subject: what is shown.
        benchmark: what the wards are compared with; left out where it has no figure.
        lines: what stands below, sources among it.
        whiskers: what the thin lines are, which must never be cut off: it joins the subtitle.
    """
    indicator = subject.indicator
    subtitle = ". ".join(filter(None, (subject.subtitle, whiskers)))
    decimals, limits = indicator.decimals, rows["low"].notna().any()
    values = list_figures(rows["value"], decimals)
    bars = Series(
        indicator.short_name, values,
        low=list_figures(rows["low"], decimals) if limits else None,
        high=list_figures(rows["high"], decimals) if limits else None,
    )  # fmt: skip
    series = [bars]
    if not np.isnan(benchmark.value):
        level = list_figures([benchmark.value], decimals) * len(rows)
        series.append(Series(benchmark.name, level, "guide"))
    return Chart(
        name, make_ranking_title(every, indicator), subtitle, "bar", list(rows["name"]),
        series, indicator.unit, describe_ranking(rows, len(every.dropna()), subject, benchmark),
        tuple(lines), decimals,
    )  # fmt: skip


def describe_ranking(rows: pd.DataFrame, known: int, subject: Subject, benchmark: Benchmark) -> str:
    """The bars in sentences: the first three, the last one, and the benchmark."""
    indicator = subject.indicator

    def say(value: float) -> str:
        return format_number(value, indicator.decimals, indicator.unit)

    parts = [f"Bars of {indicator.name}, {subject.place}, {subject.period_label}."]
    if rows.empty:
        return f"{parts[0]} There are no figures."
    first = [f"{row.name_} ({say(row.value)})" for row in _named(rows.head(3))]
    last = rows.iloc[-1]
    shown = f"{len(rows):,} of {known:,} wards are shown. " if len(rows) < known else ""
    parts.append(f"{shown}Highest: {', '.join(first)}.")
    parts.append(f"Last shown: {last['name']} ({say(last['value'])}).")
    if not np.isnan(benchmark.value):
        parts.append(f"{benchmark.name}: {say(benchmark.value)}.")
    return " ".join(parts)


def _named(rows: pd.DataFrame) -> Sequence:
    return list(rows.rename(columns={"name": "name_"}).itertuples(index=False))
