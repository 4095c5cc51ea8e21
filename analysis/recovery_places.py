"""A place beside others: its gap to them before the pandemic, at the worst, and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.figures import base_layout
from analysis.map_view import as_printed, format_number
from analysis.palette import CHART_INK, Theme
from analysis.recovery import Floats, SeriesTable
from analysis.recovery_lines import find_gaps, middle_of, place_periods
from analysis.recovery_words import class_words, percent_words
from data.catalogue import Indicator
from data.periods import read_period
from data.recovery import Lockdown, RecoverySeries


def pool_series(series: SeriesTable, name: str, interval: str, multiplier: float) -> SeriesTable:
    """Several areas as one: counts added up, then divided. A period that one lacks is missing.

    Args:
        series: one row per area.
        name: code of the pooled row.
        interval: wilson or byar; others leave no limits.
        multiplier: of the rate.
    """
    count = series.numerator.sum(axis=0, keepdims=True)
    people = series.denominator.sum(axis=0, keepdims=True)
    whole = ~np.isnan(series.value).any(axis=0, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(whole, multiplier * count / people, np.nan)
        low, high = _limits(count, people, interval)
    flag = np.where(whole, "", "not_available").astype(object)
    low, high = (np.where(whole, multiplier * limit, np.nan) for limit in (low, high))
    return SeriesTable(pd.Index([name]), series.periods, value, low, high, count, people, flag)


def _limits(count: Floats, people: Floats, interval: str) -> tuple[Floats, Floats]:
    if interval == "wilson":
        from data.intervals import compute_wilson_limits

        return compute_wilson_limits(count, people)
    if interval == "byar":
        from data.intervals import compute_byar_limits

        low, high = (limit.reshape(count.shape) / people for limit in compute_byar_limits(count))
        return low, high
    nothing = np.full(count.shape, np.nan)
    return nothing, nothing


def stack_series(parts: Sequence[SeriesTable]) -> SeriesTable:
    """Rows of several tables of the same periods, one below the other."""
    names = ("value", "lower", "upper", "numerator", "denominator", "flag")
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    codes = pd.Index([code for part in parts for code in part.codes])
    return SeriesTable(codes, parts[0].periods, **columns)


def make_gap_table(
    frame: pd.DataFrame, names: Mapping[str, str], series: SeriesTable, indicator: Indicator,
    rule: RecoverySeries,
) -> pd.DataFrame:  # fmt: skip
    """The place (first row) beside its comparators, all at the place's own worst period.

    Args:
        frame: rows of `recovery.compute_recovery`, the place first.
        names: code -> name.
        series: the same areas in the same order.
        indicator: what is shown.
        rule: of the series.

    Returns:
        plain headings; gaps are the place minus the comparator.
    """
    period = frame["shock_period"].iloc[0]
    if not period:
        return pd.DataFrame()
    at = series.value[:, series.periods.index(period)]
    label = read_period(period).label
    worst = "worst" if rule.judged else "its highest"
    digits, unit = indicator.decimals, f" ({indicator.unit})" if indicator.unit else ""
    figures = {"before": frame["baseline"], f"at {worst}, {label}": at, "latest": frame["latest"]}
    columns = {head: np.asarray(column, dtype=float) for head, column in figures.items()}
    table: dict[str, object] = {"Place": [names[code] for code in frame.index]}
    for head, column in columns.items():
        table[f"{head[0].upper()}{head[1:]}{unit}"] = as_printed(column, digits)
    for head, column in columns.items():
        gap = as_printed(column[0] - column, digits)
        gap[0] = np.nan
        table[f"Gap {head}"] = gap
    back = [percent_words(value) for value in frame["recovery"]]
    limits = [
        "" if np.isnan(low) else f" ({percent_words(low)} to {percent_words(high)})"
        for low, high in zip(frame["recovery_low"], frame["recovery_high"], strict=True)
    ]
    table["Recovery (95 %)"] = [f"{b}{limit}" for b, limit in zip(back, limits, strict=True)]
    table[f"Own {worst.removeprefix('its ')}"] = [
        read_period(k).label if k else "" for k in frame["shock_period"]
    ]
    table["Class"] = [class_words(name, rule) for name in frame["class"]]
    return pd.DataFrame(table)


def difference_unit(indicator: Indicator) -> str:
    """What a difference of two figures is counted in: of two percentages, points."""
    return "percentage points" if indicator.unit == "%" else indicator.unit


def compare_places(
    own: pd.Series, other: pd.Series, names: tuple[str, str], indicator: Indicator
) -> str:
    """Whether a place was hit harder and came back less far than another, in a sentence.

    It was hit harder or less hard where the intervals of the two shocks (worst minus before;
    errors of both figures added as squares) do not overlap, and came back further or less far
    where the intervals of recovery % do not.
    """
    place, benchmark = names
    if "cannot_tell" in (own["class"], other["class"]):
        return f"{place} cannot be compared with {benchmark}: a figure is missing."

    def span(row: pd.Series) -> tuple[float, float]:
        wide = sum((row[f"{k}_high"] - row[f"{k}_low"]) ** 2 for k in ("shock", "baseline")) ** 0.5
        return abs(row["size"]) - wide / 2, abs(row["size"]) + wide / 2

    size = [format_number(abs(row["size"]), indicator.decimals) for row in (own, other)]
    (low, high), (other_low, other_high) = span(own), span(other)
    word = "about as hard as"
    if low > other_high:
        word = "harder than"
    elif high < other_low:
        word = "less hard than"
    against = f"{size[0]} against {size[1]} {difference_unit(indicator)}"
    text = f"{place} was hit {word} {benchmark} ({against})"
    if np.isnan(own["recovery"]) or np.isnan(other["recovery"]):
        return f"{text}."
    how = "about as far"
    if own["recovery_low"] > other["recovery_high"]:
        how = "further"
    elif own["recovery_high"] < other["recovery_low"]:
        how = "less far"
    back = [percent_words(row["recovery"]) for row in (own, other)]
    return f"{text}, and has come back {how} ({back[0]} against {back[1]})."


def plot_places(
    series: SeriesTable,
    columns: Sequence[int],
    labels: Mapping[str, str],
    indicator: Indicator,
    lockdowns: Sequence[Lockdown],
    theme: Theme = "light",
) -> go.Figure:
    """Lines over time: the first area strong, the others quiet, named at their ends.

    Args:
        series: one row per area, the place first.
        columns: positions of the periods drawn.
        labels: code -> name at the end of its line; areas that are not in it have no label.
        indicator: what is shown.
        lockdowns: shaded.
        theme: light or dark.
    """
    ink = CHART_INK[theme]
    figure = go.Figure(layout=base_layout(theme, height=380))
    periods = [series.periods[n] for n in columns]
    days = [middle_of(period) for period in periods]
    gaps = find_gaps(place_periods(periods)[0])
    words = [read_period(period).label for period in periods]
    for row in reversed(range(len(series.codes))):
        code = series.codes[row]
        values = series.value[row, list(columns)]
        named = code in labels
        look = {"color": ink["strong"] if row == 0 else ink["quiet"],
                "width": 3.5 if row == 0 else 1.8 if named else 0.8}  # fmt: skip
        x, y, text = break_at(gaps, days, values, words)
        hover = f"%{{text}}: %{{y:.{indicator.decimals}f}} {indicator.unit}"
        figure.add_trace(
            go.Scatter(x=x, y=y, text=text, mode="lines", line=look, connectgaps=False,
                       name=labels.get(code, ""), hoverinfo="text" if named else "skip",
                       hovertemplate=f"{labels[code]}, {hover}<extra></extra>" if named else None)
        )  # fmt: skip
    for one in lockdowns:
        if one.end > days[0] and one.start < days[-1]:
            figure.add_vrect(one.start, one.end, fillcolor=ink["quiet"], opacity=0.22, line_width=0)
    _label_ends(figure, series, columns, labels, theme)
    figure.update_yaxes(rangemode="tozero", title={"text": indicator.unit, "font": {"size": 13}})
    return figure


def break_at(
    gaps: np.ndarray, days: list, values: Floats, words: list[str]
) -> tuple[list, list, list]:
    """Points with an empty one wherever periods are missing, so that the line is broken."""
    x: list = []
    y: list = []
    text: list = []
    for n, (day, value, word) in enumerate(zip(days, values, words, strict=True)):
        if n and gaps[n]:
            x, y, text = [*x, day], [*y, None], [*text, ""]
        x, y = [*x, day], [*y, None if np.isnan(value) else float(value)]
        text = [*text, word]
    return x, y, text


def _label_ends(
    figure: go.Figure, series: SeriesTable, columns: Sequence[int], labels: Mapping[str, str],
    theme: Theme,
) -> None:  # fmt: skip
    ink = CHART_INK[theme]
    rows = [n for n, code in enumerate(series.codes) if code in labels]
    ends = {n: series.value[n, columns[-1]] for n in rows}
    ends = {n: value for n, value in ends.items() if not np.isnan(value)}
    top = np.nanmax(series.value[:, list(columns)]) if ends else 1.0
    spots = spread_out(list(ends.values()), 0.075 * float(top))
    for (n, _), y in zip(ends.items(), spots, strict=True):
        name = labels[series.codes[n]]
        figure.add_annotation(
            x=1, xref="paper", y=y, text=f"<b>{name}</b>" if n == 0 else name, showarrow=False,
            xanchor="left", xshift=4,
            font={"size": 13, "color": ink["strong"] if n == 0 else ink["axis"]},
        )  # fmt: skip
    longest = max((len(labels[series.codes[n]]) for n in ends), default=0)
    figure.update_layout(margin={"r": 12 + min(7.2 * longest, 170), "l": 8, "t": 8, "b": 8})


def spread_out(heights: Sequence[float], least: float) -> list[float]:
    """Heights moved apart until neighbours are at least `least` apart, in the given order."""
    order = np.argsort(heights, kind="stable")
    spots = np.asarray(heights, dtype=float)[order]
    for _ in range(60):
        close = np.diff(spots) < least - 1e-9
        if not close.any():
            break
        for n in np.flatnonzero(close):
            push = (least - (spots[n + 1] - spots[n])) / 2
            spots[n] -= push
            spots[n + 1] += push
    result = np.empty(len(spots))
    result[order] = spots
    return [float(spot) for spot in result]
