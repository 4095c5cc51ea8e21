"""Slides about the pandemic: how far wards came back, and the months of the place itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.palette import Theme
from analysis.recovery_words import class_words, describe_area, percent_words
from analysis.report.blocks import Band, Chart, Series
from analysis.slides import SlideFigure
from analysis.story import StoryError
from analysis.words import keep_short
from data.geography_words import ENGLAND
from data.periods import read_period
from data.recovery import Lockdown, load_lockdowns
from pages.shared.places import place_name
from pages.shared.recovery_choices import Choices, parse_choices
from pages.shared.recovery_data import Impact, load_impact, load_series_of
from pages.shared.recovery_parts import make_figure, subtitle_of
from pages.shared.story_kinds.common import (
    Kind,
    Params,
    draw_slide_map,
    read_selection,
    sources_of,
)


def load_impact_of(params: Params) -> Impact:
    """Impact and recovery of a view of the page Covid impact and recovery.

    Raises:
        StoryError: the view names something that is not there.
    """
    selection = read_selection(params)
    choices, problems = parse_choices(params, Choices())
    if problems:
        raise StoryError(*problems)
    indicator = selection.indicator if "indicator" in params else ""
    return load_impact(selection, choices.settled(indicator))


def make_recovery_map(params: Params, theme: Theme) -> SlideFigure:
    """The map of the page, with its finding."""
    impact = load_impact_of(params)
    view = make_figure(impact, read_selection(params)).view
    sources, subtitle = sources_of(impact.subject), subtitle_of(impact)
    if impact.choices.shade == "percent":  # the subtitle says what came back
        view = replace(view, indicator="How far back to the level before, %", unit="%")
    block = draw_slide_map(view, impact.area, subtitle, sources, theme)
    notes, period = " ".join(impact.rule.notes), impact.subject.period_label
    own = describe_area(impact.own, impact.subject.place, impact.subject.indicator, impact.rule)
    return SlideFigure(view.title, subtitle, block, sources, period, f"{own} {notes}")


def make_recovery_line(params: Params, _theme: Theme) -> SlideFigure:
    """The place itself over time, beside England where the figure is a share or rate."""
    impact = load_impact_of(params)
    indicator, place, shown = impact.subject.indicator, impact.subject.place, impact.shown
    if not shown:
        raise StoryError(f"{indicator.short_name}: no figures of {place} to draw.")
    codes = (impact.area,) if indicator.measure == "count" else (impact.area, ENGLAND)
    values = load_series_of(impact.choices.series, codes).value[:, shown]
    periods = [impact.series.periods[n] for n in shown]
    series = [Series(place, _list(values[0]))]
    if len(codes) > 1 and impact.area != ENGLAND:
        series.append(Series(place_name(ENGLAND), _list(values[1]), "other"))
    finding = say_own_recovery(impact)
    first, last = (read_period(periods[n]).label for n in (0, -1))
    unit = f"{indicator.unit} {indicator.denominator_words}".strip()
    subtitle = f"{indicator.name} ({unit}), {place}, {first} to {last}"
    bands = find_bands(periods, load_lockdowns())
    shaded = ("Grey bands: national lockdowns in England",) if bands else ()
    sources = (*sources_of(impact.subject), *shaded)
    text = describe_area(impact.own, place, indicator, impact.rule)
    chart = Chart(
        "recovery_line", finding, subtitle, "line", [read_period(p).label for p in periods],
        series, indicator.unit, f"{subtitle}. {text}", sources, indicator.decimals,
        bands,
    )  # fmt: skip
    return SlideFigure(finding, subtitle, chart, sources, last, text)


def say_own_recovery(impact: Impact) -> str:
    """The finding of the place as a whole."""
    name, place, own = impact.subject.indicator.short_name, impact.subject.place, impact.own
    words = class_words(own["class"], impact.rule)
    start = f"{name}: {place} {words}"
    if own["class"] in ("recovering", "stalled", "recovered") and not np.isnan(own["recovery"]):
        return keep_short(f"{start}, {percent_words(own['recovery'])} made good", start)
    return start


def find_bands(periods: Sequence[str], lockdowns: Sequence[Lockdown]) -> tuple[Band, ...]:
    """Each lockdown as the positions of the months it touches; longer periods have no bands."""
    spans = [read_period(period) for period in periods]
    if any(span.end - span.start > dt.timedelta(days=31) for span in spans):
        return ()
    found = []
    for lockdown in lockdowns:
        inside = [
            n for n, s in enumerate(spans) if s.start <= lockdown.end and s.end >= lockdown.start
        ]
        if inside:
            found.append(Band(lockdown.name, inside[0], inside[-1]))
    return tuple(found)


def _list(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


KINDS = {
    "recovery_map": Kind("Map of recovery", make_recovery_map),
    "recovery_line": Kind("Before, at the peak and now", make_recovery_line),
}
