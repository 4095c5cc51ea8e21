"""The process chart as a figure, in words and as rows."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.figures import base_layout
from analysis.impact_figures import ImpactFigures
from analysis.map_view import as_printed, format_number
from analysis.palette import CHART_COLOURS, CHART_INK, MAP_COLOURS, Theme
from analysis.process_chart import (
    ALIKE,
    FEWEST,
    RUN,
    ProcessChart,
    Segment,
    compute_process,
    judge_point,
    measure_likeness,
)
from analysis.recovery_lines import find_gaps, middle_of, place_periods
from analysis.recovery_places import break_at, spread_out
from analysis.report.blocks import Chart, Series
from analysis.words import keep_short
from data.catalogue import Indicator
from data.periods import read_period
from data.recovery import Lockdown

#: What a newest point says, as the letter of its icon and in words.
VARIATION_WORDS = {
    "common_cause": ("~", "Common cause: the usual ups and downs"),
    "improving": ("{side}", "Special cause, improving: better than the usual ups and downs"),
    "concerning": ("{side}", "Special cause, concerning: worse than the usual ups and downs"),
    "high": ("{side}", "Special cause, high: above the usual ups and downs, not judged"),
    "low": ("{side}", "Special cause, low: below the usual ups and downs, not judged"),
    "not_told": ("–", f"Not told: fewer than {FEWEST} points since the limits start"),
}
ASSURANCE_WORDS = {
    "hits": ("P", "Consistently hits the target, if nothing changes"),
    "hit_and_miss": ("?", "Hit and miss: the target lies inside the usual ups and downs"),
    "fails": ("F", "Consistently misses the target, if nothing changes"),
}
RULE_WORDS = {
    "outside": "outside the limits",
    "trend": f"one of {RUN} or more in a row that rise or fall",
    "two_in_three": "two of three in a row near or beyond a limit",
    "shift": f"one of {RUN} or more in a row on one side of the average",
}
PROCESS_METHOD = (
    "XmR chart by the rules of NHS England's “Making data count”: average, and limits at average "
    "± 2.66 × mean moving range. Special cause: a point outside the limits; "
    f"{RUN} in a row that rise or fall; two of three near or beyond a limit on one side; "
    f"{RUN} in a row on one side of the average. Nothing is claimed on fewer than {FEWEST} "
    "points. Seasons are not taken out."
)
_COLOURS = {"improving": "better", "concerning": "worse", "high": "higher", "low": "higher"}


def compute_impact_process(figures: ImpactFigures, restarts: Sequence[str] = ()) -> ProcessChart:
    """The process chart of an action's figures, on the page and in reports.

    Args:
        figures: of the impact chart.
        restarts: months at which the limits start anew.

    Raises:
        ValueError: there is none; see `process_chart.why_no_process`.
    """
    target = figures.action.target
    return compute_process(
        figures.periods,
        figures.place.value,
        figures.indicator.polarity,
        math.nan if target is None else target,
        restarts,
    )


def say_variation(chart: ProcessChart) -> str:
    """The variation icon in words: "(H) Special cause, concerning: …"."""
    letter, words = VARIATION_WORDS[chart.variation]
    side = "H" if chart.directions[chart.newest] > 0 else "L"
    return f"({letter.format(side=side)}) {words}"


def say_assurance(chart: ProcessChart) -> str:
    """The assurance icon in words: "(?) Hit and miss: …"."""
    if chart.assurance in ASSURANCE_WORDS:
        letter, words = ASSURANCE_WORDS[chart.assurance]
        return f"({letter}) {words}"
    if math.isnan(chart.target):
        return "(–) Assurance not told: the plan sets no target"
    if chart.polarity == "no_judgement":
        return "(–) Assurance not told: neither higher nor lower is called better here"
    return f"(–) Assurance not told: fewer than {FEWEST} points since the limits start"


def make_process_title(chart: ProcessChart, indicator: Indicator) -> str:
    """The finding in ten words or fewer."""
    words = {
        "common_cause": "within its usual ups and downs",
        "improving": "better than its usual ups and downs",
        "concerning": "worse than its usual ups and downs",
        "high": "above its usual ups and downs",
        "low": "below its usual ups and downs",
        "not_told": "too few points for a finding",
    }[chart.variation]
    return keep_short(f"{indicator.short_name}: {words}", words.capitalize())


def describe_process(chart: ProcessChart, indicator: Indicator, place: str) -> str:
    """The chart as one text: limits in use, what the points signal, what to mind."""
    part = chart.segment

    def say(value: float) -> str:
        return format_number(value, indicator.decimals, indicator.unit)

    label = read_period(chart.periods[chart.newest]).label
    signals = [n for n, rule in enumerate(chart.rules) if rule]
    rule = chart.rules[chart.newest]
    said = [
        f"Process chart: {indicator.name}, {place}.",
        f"Limits in use, from {read_period(chart.periods[part.first]).label}: average "
        f"{say(part.mean)}, lower limit "
        f"{'below zero' if is_below_zero(chart, part) else say(part.lower)}, upper limit "
        f"{say(part.upper)}.",
        f"Newest point, {label}: {say(chart.values[chart.newest])}"
        f"{f', {RULE_WORDS[rule]}' if rule else ''}.",
        f"Variation: {say_variation(chart)}.",
        f"Assurance: {say_assurance(chart)}.",
        f"{len(signals)} of {part_count(chart)} points signal special cause.",
    ]
    if len(chart.segments) > 1:
        starts = [read_period(chart.periods[s.first]).label for s in chart.segments[1:]]
        said.append(f"The limits start anew, by choice, in {', '.join(starts)}.")
    return " ".join([*said, *list_cautions(chart)])


def is_below_zero(chart: ProcessChart, part: Segment) -> bool:
    """Whether a lower limit lies where the figures cannot go."""
    return part.lower < 0 and not any(value < 0 for value in chart.values)


def part_count(chart: ProcessChart) -> int:
    """How many points have a figure."""
    return sum(not math.isnan(value) for value in chart.values)


def list_cautions(chart: ProcessChart) -> list[str]:
    """What to mind when reading the chart, in sentences."""
    said = ["Seasons are not taken out: a month that is high every year can look like a signal."]
    likeness = measure_likeness(chart)
    if likeness > ALIKE:
        said.append(
            "Each month is much like the one before (correlation "
            f"{likeness:.2f}), so the limits lie close together and signals are common. Read the "
            "chart for its direction, not for its signals."
        )
    return said


def make_process_table(chart: ProcessChart, indicator: Indicator) -> pd.DataFrame:
    """One row per month: figure, average, limits, and what it signals."""
    rows = []
    unit = f" ({indicator.unit})" if indicator.unit else ""
    for n, (key, value) in enumerate(zip(chart.periods, chart.values, strict=True)):
        part = next(s for s in chart.segments if s.first <= n <= s.last)
        rule = chart.rules[n]
        judged = judge_point(rule, chart.directions[n], chart.polarity)
        rows.append(
            {
                "Period": read_period(key).label,
                f"{indicator.short_name}{unit}": value,
                "Average": part.mean,
                "Lower limit": part.lower,
                "Upper limit": part.upper,
                "Signal": f"{judged}: {RULE_WORDS[rule]}" if rule else "",
                "Limits start anew": "yes" if n == part.first and n else "",
            }
        )
    table = pd.DataFrame(rows)
    for name in table.select_dtypes("number").columns:
        table[name] = as_printed(table[name], indicator.decimals)
    return table


def make_process_block(
    chart: ProcessChart, indicator: Indicator, place: str, name: str, sources: Sequence[str] = ()
) -> Chart:
    """The chart as a block of a report, with what it says in its description.

    Args:
        chart: see `compute_impact_process`.
        indicator: what is shown.
        place: its name.
        name: of the block within its document.
        sources: lines below, see `impact_chart.list_source_lines`.
    """
    parts = [next(s for s in chart.segments if s.first <= n <= s.last)
             for n in range(len(chart.periods))]  # fmt: skip
    columns = {
        "Average": [part.mean for part in parts],
        "Lower limit": [0.0 if is_below_zero(chart, part) else part.lower for part in parts],
        "Upper limit": [part.upper for part in parts],
        "Target": [chart.target for _ in parts],
    }
    guides = [
        Series(heading, [None if math.isnan(v) else v for v in column], "guide")
        for heading, column in columns.items()
        if not all(map(math.isnan, column))
    ]
    values = [None if math.isnan(value) else value for value in chart.values]
    labels = [read_period(key).label for key in chart.periods]
    return Chart(
        name=name,
        title=make_process_title(chart, indicator),
        subtitle=f"Process chart, month by month: {indicator.name}, {place}, "
        f"{labels[0]} to {labels[-1]}",
        kind="line",
        categories=labels,
        series=[Series(place, values), *guides],
        unit=indicator.unit,
        description=describe_process(chart, indicator, place),
        sources=[*sources, PROCESS_METHOD],
        decimals=indicator.decimals,
    )


def plot_process(
    chart: ProcessChart,
    indicator: Indicator,
    lockdowns: Sequence[Lockdown] = (),
    theme: Theme = "light",
) -> go.Figure:
    """Points on a quiet line; average and limits of each stretch; signals as signed triangles."""
    ink = CHART_INK[theme]
    figure = go.Figure(layout=base_layout(theme, height=360))
    days = [middle_of(key) for key in chart.periods]
    for one in lockdowns:
        if one.end > days[0] and one.start < days[-1]:
            x0, x1 = max(one.start, days[0]), min(one.end, days[-1])
            figure.add_vrect(
                x0, x1, fillcolor=ink["quiet"], opacity=0.22, line_width=0, layer="below"
            )
    for part in chart.segments:
        _add_limits(figure, chart, part, days, theme)
    _add_points(figure, chart, indicator, theme)
    for part in chart.segments[1:]:
        figure.add_vline(x=days[part.first], line={"color": ink["text"], "width": 1.4})
        figure.add_annotation(
            x=days[part.first], y=1, yref="paper", yanchor="bottom", showarrow=False,
            text="limits start anew", font={"size": 13, "color": ink["text"]},
        )  # fmt: skip
    _label_lines(figure, chart, indicator, theme)
    figure.update_layout(margin_t=28)
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(title={"text": indicator.unit, "font": {"size": 13}})
    return figure


def _add_limits(
    figure: go.Figure, chart: ProcessChart, part: Segment, days: Sequence, theme: Theme
) -> None:
    ink = CHART_INK[theme]
    lower = 0.0 if is_below_zero(chart, part) else part.lower
    for value, dash in ((part.mean, "solid"), (lower, "dash"), (part.upper, "dash")):
        if not math.isnan(value):
            line = {"color": ink["axis"], "width": 1.4, "dash": dash}
            ends = (days[part.first], days[part.last])
            figure.add_shape(
                type="line", x0=ends[0], x1=ends[1], y0=value, y1=value, line=line
            )  # fmt: skip


def _add_points(
    figure: go.Figure, chart: ProcessChart, indicator: Indicator, theme: Theme
) -> None:  # fmt: skip
    ink, colours = CHART_INK[theme], MAP_COLOURS[theme]
    judged = [
        judge_point(rule, way, chart.polarity)
        for rule, way in zip(chart.rules, chart.directions, strict=True)
    ]
    symbols = {1: "triangle-up", -1: "triangle-down", 0: "circle"}
    days = [middle_of(key) for key in chart.periods]
    gaps = find_gaps(place_periods(chart.periods)[0])
    x, y, _ = break_at(gaps, days, np.asarray(chart.values), [""] * len(days))
    line = {"color": ink["quiet"], "width": 1.4}
    figure.add_trace(go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip"))
    figure.add_trace(
        go.Scatter(
            x=days,
            y=[None if math.isnan(value) else value for value in chart.values],
            mode="markers",
            marker={
                "opacity": 1,
                "line": {"width": 0},
                "size": [9 if rule else 6 for rule in chart.rules],
                "symbol": [symbols[way] for way in chart.directions],
                "color": [colours[_COLOURS[word]] if word in _COLOURS else ink["strong"]
                          for word in judged],
            },
            text=[
                f"{read_period(key).label}: {format_number(v, indicator.decimals, indicator.unit)}"
                f"<br>{RULE_WORDS.get(rule, 'usual ups and downs')}"
                for key, v, rule in zip(chart.periods, chart.values, chart.rules, strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip


def _label_lines(
    figure: go.Figure, chart: ProcessChart, indicator: Indicator, theme: Theme
) -> None:  # fmt: skip
    part, ink = chart.segment, CHART_INK[theme]
    lines = [("Upper limit", part.upper), ("Average", part.mean), ("Lower limit", part.lower)]
    if not math.isnan(chart.target):
        lines.append(("Target", chart.target))
        line = {"color": CHART_COLOURS[theme][2], "width": 1.6, "dash": "dot"}
        figure.add_hline(y=chart.target, line=line)
    printed = {name: format_number(y, indicator.decimals, indicator.unit) for name, y in lines}
    if is_below_zero(chart, part):
        lines[2], printed["Lower limit"] = ("Lower limit", 0.0), "below zero"
    known = [(name, value) for name, value in lines if not math.isnan(value)]
    heights = [value for _, value in known]
    span = np.nanmax([*chart.values, *heights]) - np.nanmin([*chart.values, *heights])
    for (name, _), y in zip(known, spread_out(heights, 0.065 * float(span)), strict=True):
        figure.add_annotation(
            x=1, xref="paper", y=y, xanchor="left", xshift=4, showarrow=False,
            text=f"{name} {printed[name]}",
            font={"size": 13, "color": CHART_COLOURS[theme][2] if name == "Target"
                  else ink["axis"]},
        )  # fmt: skip
    figure.update_layout(margin_r=150)
