"""The impact chart of an action, on the screen and in reports, from the same figures."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from textwrap import wrap

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from analysis.choropleth import Subject
from analysis.figures import base_layout
from analysis.impact_figures import ImpactFigures, PlaceSeries
from analysis.impact_levels import Level, list_levels, measure_reach
from analysis.impact_words import (
    describe_impact,
    district_words,
    make_impact_title,
    subtitle_of,
)
from analysis.map_view import format_number
from analysis.palette import CHART_INK, Theme, ink_on
from analysis.process_chart import is_month
from analysis.recovery_lines import find_gaps, middle_of, place_periods
from analysis.recovery_places import break_at, spread_out
from analysis.report.blocks import Band, Chart, Series
from analysis.words import day_words
from data.periods import read_period

HEIGHT, LONGEST_LABEL = 400, 17
# Points are drawn on a line that has few of them, whiskers instead of a band as well.
FEW = 24
MOST_TICKS, LONGEST_TICK, SHORT_TICK = 6, 9, 4


def plot_impact(figures: ImpactFigures, theme: Theme = "light") -> go.Figure:
    """Lines before and after the start, or bars where there is one period only.

    The place is strong, with its 95 % interval; comparators are quiet; baseline, target and
    intervention level are lines with their names; lockdowns are bands.
    """
    if figures.single:
        return _plot_bars(figures, theme)
    figure = go.Figure(layout=base_layout(theme, height=HEIGHT))
    days = [middle_of(key) for key in figures.periods]
    levels = list_levels(figures, theme)
    low, high = measure_reach(figures, levels)
    first, last = _span(figures, days)
    _add_lockdowns(figure, figures, (first, last), theme)
    for other in reversed(figures.others):
        _add_line(figure, figures, other, theme, strong=False)
    _add_interval(figure, figures, days, CHART_INK[theme]["strong"])
    _add_line(figure, figures, figures.place, theme, strong=True)
    for level in levels:
        line = {"color": level.colour, "width": 1.6, "dash": level.dash}
        end = _target_end(figures, last) if level.dash == "dash" else last
        figure.add_shape(
            type="line", x0=first, x1=end, y0=level.value, y1=level.value, line=line
        )  # fmt: skip
    _mark_start(figure, figures, (first, last), theme)
    _label_ends(figure, figures, levels, (low, high), theme)
    figure.update_xaxes(range=[first, last], showgrid=False, **_ticks(figures, days))
    unit = figures.indicator.unit
    figure.update_yaxes(range=[low, high], title={"text": unit, "font": {"size": 13}})
    return figure


def _ticks(figures: ImpactFigures, days: Sequence[dt.date]) -> dict[str, object]:
    """Ticks below the points of long periods, where a bare date would stand at their edge."""
    labels = [read_period(key).label for key in figures.periods]
    if is_month(figures.periods[-1]) or max(map(len, labels)) > LONGEST_TICK:
        return {}
    # Long labels need more room, so that they do not touch on a phone.
    step = math.ceil(len(days) / (MOST_TICKS if max(map(len, labels)) <= SHORT_TICK else 4))
    kept = range((len(days) - 1) % step, len(days), step)
    return {"tickmode": "array", "tickvals": [days[n] for n in kept],
            "ticktext": [labels[n] for n in kept]}  # fmt: skip


def interval_words(figures: ImpactFigures) -> str:
    """How the interval is drawn; "" where none is known."""
    if all(math.isnan(low) for low in figures.place.lower):
        return ""
    sign = "Whiskers" if figures.single or len(figures.periods) <= FEW else "Band around the line"
    return f"{sign}: 95 % interval of {figures.place.name}"


def _span(figures: ImpactFigures, days: Sequence[dt.date]) -> tuple[dt.date, dt.date]:
    """First and last day of the axis: of the figures, and on to the start and the target date."""
    first, last = days[0], days[-1]
    whole = last - first
    furthest = last + whole / 2
    for day in (figures.action.start, figures.action.target_date):
        if day is not None:
            last = max(last, min(day, furthest))
    spare = (last - first) * 0.03
    return first - spare, last + spare


def _target_end(figures: ImpactFigures, last: dt.date) -> dt.date:
    due = figures.action.target_date
    return min(due, last) if due else last


def _add_lockdowns(
    figure: go.Figure, figures: ImpactFigures, span: tuple[dt.date, dt.date], theme: Theme
) -> None:
    ink, (first, last) = CHART_INK[theme], span
    shown = [one for one in figures.lockdowns if one.end > first and one.start < last]
    for one in shown:
        x0, x1 = max(one.start, first), min(one.end, last)
        figure.add_vrect(
            x0, x1, fillcolor=ink["quiet"], opacity=0.22, line_width=0, layer="below"
        )  # fmt: skip
    if shown:
        figure.add_annotation(
            x=max(shown[0].start, first), y=0, yref="paper", text="lockdowns", showarrow=False,
            xanchor="left", yanchor="bottom", font={"size": 13, "color": ink["axis"]},
        )  # fmt: skip


def _add_line(
    figure: go.Figure, figures: ImpactFigures, series: PlaceSeries, theme: Theme, *, strong: bool
) -> None:
    ink, indicator = CHART_INK[theme], figures.indicator
    days = [middle_of(key) for key in figures.periods]
    gaps = find_gaps(place_periods(figures.periods)[0])
    labels = [read_period(key).label for key in figures.periods]
    x, y, text = break_at(gaps, days, np.asarray(series.value), labels)
    sizes = _dot_sizes(y, 8 if strong else 6, every=len(days) <= FEW)
    unit = f" {indicator.unit}" if indicator.unit and not indicator.unit.startswith("£") else ""
    pound = "£" if indicator.unit.startswith("£") else ""
    hover = f"{series.name}, %{{text}}: {pound}%{{y:,.{indicator.decimals}f}}{unit}<extra></extra>"
    figure.add_trace(
        go.Scatter(
            x=x, y=y, text=text, name=series.name, connectgaps=False, hovertemplate=hover,
            mode="lines+markers",
            line={"color": ink["strong" if strong else "quiet"], "width": 3 if strong else 1.8},
            marker={"size": sizes, "opacity": 1, "line": {"width": 0},
                    "symbol": "circle" if strong else "diamond"},
        )
    )  # fmt: skip


def _dot_sizes(values: Sequence[float | None], size: int, *, every: bool) -> list[int]:
    """Dots on all points of a short line; of a long one on those without neighbours."""
    around = [None, *values, None]
    lone = [around[n] is None and around[n + 2] is None for n in range(len(values))]
    return [size if every or alone else 0 for alone in lone]


def _add_interval(
    figure: go.Figure, figures: ImpactFigures, days: Sequence[dt.date], colour: str
) -> None:
    """The 95 % interval: whiskers on few points, a band on many."""
    place = figures.place
    known = [n for n in place.known if not math.isnan(place.lower[n])]
    if len(days) <= FEW:
        for n in known:
            line = {"color": colour, "width": 1.2}
            ends = (place.lower[n], place.upper[n])
            figure.add_shape(
                type="line", x0=days[n], x1=days[n], y0=ends[0], y1=ends[1], line=line
            )  # fmt: skip
        return
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    gaps = find_gaps(place_periods(figures.periods)[0])
    for run in _split(known, gaps):
        back = run[::-1]
        figure.add_trace(
            go.Scatter(
                x=[days[n] for n in (*run, *back)],
                y=[*(place.lower[n] for n in run), *(place.upper[n] for n in back)],
                fill="toself", mode="lines", line={"width": 0}, hoverinfo="skip",
                fillcolor=f"rgba({red},{green},{blue},0.18)",
            )
        )  # fmt: skip


def _split(positions: Sequence[int], gaps: npt.NDArray[np.bool_]) -> list[list[int]]:
    runs: list[list[int]] = []
    for n in positions:
        if runs and runs[-1][-1] == n - 1 and not gaps[n]:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


def _mark_start(
    figure: go.Figure, figures: ImpactFigures, span: tuple[dt.date, dt.date], theme: Theme
) -> None:
    ink, start = CHART_INK[theme], figures.action.start
    if start is None or not span[0] <= start <= span[1]:
        return
    figure.add_shape(
        type="line", x0=start, x1=start, y0=0, y1=1, yref="paper",
        line={"color": ink["text"], "width": 1.6},
    )  # fmt: skip
    share = (start - span[0]) / (span[1] - span[0])
    figure.add_annotation(
        x=start, y=1, yref="paper", yanchor="bottom", showarrow=False,
        xanchor="left" if share < 0.25 else "right" if share > 0.75 else "center",
        text=f"Action began {day_words(start)}", font={"size": 13, "color": ink["text"]},
    )  # fmt: skip
    figure.update_layout(margin_t=30)


def _label_ends(
    figure: go.Figure,
    figures: ImpactFigures,
    levels: Sequence[Level],
    reach: tuple[float, float],
    theme: Theme,
) -> None:
    """Names at the right end of every line, moved apart where they would overlap."""
    ink = CHART_INK[theme]
    labels = [(figures.place.name, figures.place.value[figures.latest_at], ink["strong"])]
    for other in figures.others:
        if other.known:
            labels.append((other.name, other.value[other.known[-1]], ink["axis"]))
    labels += [(level.text, level.value, level.colour) for level in levels]
    texts = ["<br>".join(wrap(name, LONGEST_LABEL)) for name, _, _ in labels]
    tall = max(text.count("<br>") for text in texts) + 1
    spots = spread_out(
        [y for _, y, _ in labels], 0.05 * (1 + 0.35 * (tall - 1)) * (reach[1] - reach[0])
    )
    for n, ((_, _, colour), text, y) in enumerate(zip(labels, texts, spots, strict=True)):
        figure.add_annotation(
            x=1, xref="paper", y=y, text=f"<b>{text}</b>" if n == 0 else text, showarrow=False,
            xanchor="left", xshift=4, align="left", font={"size": 13, "color": colour},
        )  # fmt: skip
    longest = max(len(line) for text in texts for line in text.split("<br>"))
    figure.update_layout(margin_r=12 + 7.2 * longest)


def _plot_bars(figures: ImpactFigures, theme: Theme) -> go.Figure:
    """The place and what it can be compared with, for the one period there is."""
    ink, indicator, at = CHART_INK[theme], figures.indicator, figures.latest_at
    rows = [row for row in (figures.place, *figures.others) if at in row.known]
    figure = go.Figure(layout=base_layout(theme, height=96 + 44 * len(rows)))
    names = ["<br>".join(wrap(row.name, 22)) for row in rows]
    values = [row.value[at] for row in rows]
    printed = [format_number(v, indicator.decimals, indicator.unit) for v in values]
    spread = [[abs(end[at] - row.value[at]) for row in rows for end in (getattr(row, side),)]
              for side in ("upper", "lower")]  # fmt: skip
    figure.add_trace(
        go.Bar(
            y=names, x=values, orientation="h", width=0.6, text=printed, textposition="inside",
            insidetextanchor="start", hovertemplate="%{y}: %{text}<extra></extra>",
            marker_color=[ink["strong"], *[ink["quiet"]] * (len(rows) - 1)],
            textfont={"color": [ink_on(ink["strong"]), *[ink_on(ink["quiet"])] * len(rows)],
                      "size": 14},
            error_x={"type": "data", "symmetric": False, "array": spread[0],
                     "arrayminus": spread[1], "color": ink["axis"], "thickness": 1.2, "width": 0},
        )
    )  # fmt: skip
    for level in list_levels(figures, theme):
        line = {"color": level.colour, "width": 1.6, "dash": level.dash}
        figure.add_vline(x=level.value, line=line)
        up = 14 if level.dash == "dashdot" else 0
        figure.add_annotation(
            x=level.value, y=1, yref="paper", yanchor="bottom", yshift=up, text=level.text,
            showarrow=False, font={"size": 13, "color": level.colour},
        )  # fmt: skip
    figure.update_layout(margin_t=46)
    figure.update_xaxes(rangemode="tozero", title={"text": indicator.unit, "font": {"size": 13}})
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return figure


def subject_of(figures: ImpactFigures) -> Subject:
    """What the newest figure is about, for the lines that say where it comes from."""
    period = figures.periods[figures.latest_at]
    return Subject(figures.indicator, figures.source, period, figures.place.name)


def list_source_lines(figures: ImpactFigures) -> tuple[str, ...]:
    """Who published the figures, for when and where; whose figure it is; what to mind."""
    subject = subject_of(figures)
    caveats = figures.indicator.caveats or figures.source.caveats
    lines = [
        district_words(figures),
        f"Source: {subject.source_line}",
        subject.geography_line,
        "Modelled estimate, not a local count" if figures.source.modelled else "",
        *figures.notes,
        f"Take care: {' '.join(caveats)}" if caveats else "",
    ]
    return tuple(filter(None, lines))


def make_impact_chart(figures: ImpactFigures, name: str) -> Chart:
    """The same chart as a block of a report: the same figures, names, levels and bands.

    Args:
        figures: what the screen shows.
        name: of the block within its document.
    """
    make = _bar_parts if figures.single else _line_parts
    categories, series, bands = make(figures)
    return Chart(
        name=name,
        title=make_impact_title(figures),
        subtitle=subtitle_of(figures),
        kind="bar" if figures.single else "line",
        categories=categories,
        series=series,
        unit=figures.indicator.unit,
        description=describe_impact(figures),
        sources=list_source_lines(figures),
        decimals=figures.indicator.decimals,
        bands=bands,
    )


def _cells(values: Sequence[float]) -> tuple[float | None, ...]:
    return tuple(None if math.isnan(value) else value for value in values)


def _guides(figures: ImpactFigures, length: int) -> list[Series]:
    return [
        Series(one.text, (one.value,) * length, "guide") for one in list_levels(figures, "light")
    ]


_Parts = tuple[tuple[str, ...], tuple[Series, ...], tuple[Band, ...]]


def _line_parts(figures: ImpactFigures) -> _Parts:
    place = figures.place
    categories = tuple(read_period(key).label for key in figures.periods)
    own = Series(
        place.name, _cells(place.value), "main", _cells(place.lower), _cells(place.upper)
    )  # fmt: skip
    others = [Series(one.name, _cells(one.value), "other") for one in figures.others]
    bands = [_band(figures, one.name, one.start, one.end) for one in figures.lockdowns]
    if start := figures.action.start:
        bands.append(_band(figures, f"Action began {day_words(start)}", start, start))
    guides = _guides(figures, len(categories))
    return categories, (own, *others, *guides), tuple(band for band in bands if band)


def _band(figures: ImpactFigures, label: str, start: dt.date, end: dt.date) -> Band | None:
    """The periods that hold a day of the stretch; None where none does."""
    periods = [read_period(key) for key in figures.periods]
    inside = [n for n, one in enumerate(periods) if one.start <= end and one.end >= start]
    return Band(label, inside[0], inside[-1]) if inside else None


def _bar_parts(figures: ImpactFigures) -> _Parts:
    at = figures.latest_at
    rows = [row for row in (figures.place, *figures.others) if at in row.known]
    columns = [_cells([part[at] for part in parts]) for parts in (
        [row.value for row in rows], [row.lower for row in rows], [row.upper for row in rows]
    )]  # fmt: skip
    name = figures.indicator.short_name
    series = Series(name, columns[0], "main", columns[1], columns[2])
    return tuple(row.name for row in rows), (series, *_guides(figures, len(rows))), ()
