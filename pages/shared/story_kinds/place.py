"""Slides about one indicator over the wards of a place, and about the place as a whole."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from analysis.findings import make_need_title
from analysis.key_figures import KeyFigure, make_key_figure
from analysis.palette import Theme
from analysis.ranking import choose_rows
from analysis.report.blocks import Chart, Fact, Facts, Series
from analysis.slides import SlideFigure
from analysis.words import keep_short
from data.catalogue import load_catalogue
from data.geography_words import ENGLAND
from data.load import load_periods, load_values
from data.overview import load_overview
from data.periods import read_period
from pages.shared.figures import MapFigure, list_sources, load_ward_figure
from pages.shared.places import place_name
from pages.shared.rankings import add_whiskers, whisker_words
from pages.shared.selection import Selection
from pages.shared.story_kinds.common import (
    Kind,
    Params,
    draw_slide_map,
    read_selection,
    sources_of,
)

MOST_ROWS = 10


@lru_cache(maxsize=16)
def load_headline(selection: Selection) -> MapFigure:
    """Overall deprivation of the wards of the selected place; shared, not to be changed.

    Raises:
        TableError: its table is missing or damaged.
    """
    headline = load_overview().headline
    newest = load_periods(headline)[-1]
    return load_ward_figure(headline, newest, selection, "england_fifths")


def _show_map(figure: MapFigure, finding: str, ringed: str, theme: Theme) -> SlideFigure:
    subject, sources = figure.subject, sources_of(figure.subject)
    view = replace(figure.view, title=finding, selected=ringed or None)
    block = draw_slide_map(view, figure.area, subject.subtitle, sources, theme)
    period = subject.period_label
    return SlideFigure(finding, subject.subtitle, block, sources, period, view.description)


def make_overview_map(params: Params, theme: Theme) -> SlideFigure:
    """Overall need of a place's wards; the ward with the highest need is ringed."""
    selection = read_selection(params)
    figure = load_headline(selection)
    known = figure.frame["value"].dropna()
    top = str(known.idxmax()) if len(known) > 1 else ""
    finding = make_need_title(figure.frame, figure.subject.place)
    return _show_map(figure, finding, selection.ward or top, theme)


def make_indicator_map(params: Params, theme: Theme) -> SlideFigure:
    """The view of the Ward map: an indicator in a period, coloured as chosen there."""
    selection = read_selection(params)
    figure = load_ward_figure(selection.indicator, selection.period, selection, selection.classes)
    return _show_map(figure, figure.view.title, selection.ward, theme)


def make_ranking(params: Params, _theme: Theme) -> SlideFigure:
    """The wards of a place with the highest figures of an indicator, as bars."""
    selection = read_selection(params)
    figure = load_ward_figure(selection.indicator, selection.period, selection, "england_fifths")
    subject, benchmark = figure.subject, figure.benchmark
    frame, whiskers = add_whiskers(figure.frame, subject)
    rows = choose_rows(frame, selection.ward, MOST_ROWS)
    known = bool(rows["low"].notna().any())
    series = [
        Series(
            subject.indicator.short_name,
            _list(rows["value"]),
            low=_list(rows["low"]) if known else None,
            high=_list(rows["high"]) if known else None,
        )
    ]
    if not np.isnan(benchmark.value):
        series.append(Series(benchmark.name, [benchmark.value] * len(rows), "guide"))
    sources = tuple(sources_of(subject))
    count = len(frame["value"].dropna())
    shown = f", {len(rows)} of {count:,} wards, highest first" if len(rows) < count else ""
    subtitle = ". ".join(filter(None, (f"{subject.subtitle}{shown}", whisker_words(whiskers))))
    chart = Chart(
        "ranking", figure.view.title, subtitle, "bar", list(rows["name"]), series,
        subject.indicator.unit, figure.view.description, sources, subject.indicator.decimals,
    )  # fmt: skip
    return SlideFigure(
        figure.view.title, subtitle, chart, sources, subject.period_label, figure.view.description
    )


def _list(values: object) -> list[float | None]:
    return [None if np.isnan(v) else float(v) for v in np.asarray(values, dtype=float)]


def make_key_figures(params: Params, _theme: Theme) -> SlideFigure:
    """The key figures of the Overview, large."""
    selection = read_selection(params)
    place, chosen = place_name(selection.area), load_overview().key_figures
    figures = [
        make_key_figure(
            load_catalogue().indicators[indicator],
            load_values(indicator),
            selection.area,
            (ENGLAND, place_name(ENGLAND)),
            baseline,
        )
        for indicator, baseline in chosen
    ]
    facts = [
        Fact(
            f"{f.label}, {f.period}",
            f.value,
            ". ".join(_capital(part) for part in (f.comparison, f.change) if part),
        )
        for f in figures
    ]
    said = "; ".join(f"{fact.label}: {fact.value}" for fact in facts)
    sources = (f"Sources: {list_sources(indicator for indicator, _ in chosen)}",)
    newest = max((load_periods(i)[-1] for i, _ in chosen), key=lambda key: read_period(key).end)
    return SlideFigure(
        say_key_figures(figures, place), f"Newest figures of {place}", Facts(facts), sources,
        read_period(newest).label, f"{said}.",
    )  # fmt: skip


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def say_key_figures(figures: list[KeyFigure], place: str) -> str:
    """The finding: on how many figures the place is better, or worse, than England."""
    judged = [f.comparison.split(" ")[0] for f in figures if f.comparison]
    counts = {word: judged.count(word) for word in ("worse", "better")}
    word = max(counts, key=lambda w: counts[w])
    if not counts[word]:
        return f"{place} in {len(figures)} figures"
    of = f"{counts[word]} of {len(judged)} figures"
    short = f"{counts[word]} of {len(judged)}"
    return keep_short(
        f"{place} is {word} than England on {of}",
        f"{place}: {word} than England on {short}",
        f"{word.capitalize()} than England on {of}",
    )


KINDS = {
    "overview_map": Kind("Map of overall need", make_overview_map),
    "key_figures": Kind("Key figures", make_key_figures),
    "indicator_map": Kind("Map of an indicator", make_indicator_map),
    "ranking": Kind("Wards ranked", make_ranking),
}
