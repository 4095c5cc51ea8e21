"""Charts and maps for other websites about indicators over the wards of a place."""

from __future__ import annotations

import numpy as np

from analysis.compare_words import METHOD, describe_pair, make_pair_title
from analysis.correlation import compute_pearson, compute_spearman
from analysis.embed import Embed, EmbedError, MapDrawing
from analysis.map_view import format_number
from analysis.related import explain_overlap, explain_years
from analysis.report.blocks import Chart, Series, Table
from analysis.report.pieces import list_figures
from analysis.report.sections_recovery import make_lines
from analysis.story import StoryError
from analysis.words import keep_short
from data.catalogue import load_catalogue
from data.load import load_areas, load_lsoas, load_paths, load_periods
from pages.shared.compare_choices import Compare, parse_compare
from pages.shared.compare_pair import Pair, load_pair, name_axis, say_missing, tabulate_pair
from pages.shared.compare_pair import say_what as say_what_pair
from pages.shared.embed_kinds.common import (
    licences_of,
    make_rows,
    place_limits,
    sources_of,
    tabulate,
)
from pages.shared.figures import (
    MapFigure,
    load_lsoa_figure,
    load_ward_figure,
    make_subject,
    tidy_for_download,
)
from pages.shared.hot_spots import HOT_SPOTS_METHOD
from pages.shared.places import place_name, ward_label
from pages.shared.recovery_data import load_series_of
from pages.shared.selection import DEFAULT_AREA
from pages.shared.story_kinds.common import Params, read_selection
from pages.shared.story_kinds.common import sources_of as list_slide_sources
from pages.shared.story_kinds.place import make_ranking as make_ranking_slide


def tabulate_map(figure: MapFigure) -> Table:
    """The rows behind a map."""
    frame, indicator = tidy_for_download(figure.frame, figure.subject), figure.subject.indicator
    value = next(name for name in frame if str(name).startswith(indicator.short_name))
    decimals = place_limits(indicator.decimals, [str(value)])
    return make_rows(figure.subject.subtitle, frame, decimals)


def _compared(figure: MapFigure) -> str:
    """The benchmark with its figure, "" where it has none."""
    indicator, benchmark = figure.subject.indicator, figure.benchmark
    if np.isnan(benchmark.value):
        return ""
    printed = format_number(benchmark.value, indicator.decimals, indicator.unit)
    return f". {benchmark.name}: {printed}"


def make_map(params: Params) -> Embed:
    """The map of the page Ward map."""
    selection = read_selection(params)
    figure = load_ward_figure(selection.indicator, selection.period, selection, selection.classes)
    subject = figure.subject
    method = (HOT_SPOTS_METHOD,) if figure.method == "hot_spots" else ()
    return Embed(
        figure.view.title,
        f"{subject.subtitle}{_compared(figure)}",
        subject.place,
        MapDrawing(figure.view, load_paths("ward", selection.area)),
        figure.view.description,
        tabulate_map(figure),
        sources_of(subject),
        licences_of([subject.indicator.id]),
        "ward-map",
        selection.address("indicator", "period", "classes", "compare"),
        methods=method,
    )


def make_lsoa_map(params: Params) -> Embed:
    """The map of a council's LSOAs on the page Ward map.

    Raises:
        EmbedError: the place is no council, or the indicator is not published for LSOAs.
    """
    selection = read_selection(params)
    catalogue = load_catalogue()
    if load_areas().at[selection.area, "area_type"] != "district":
        raise EmbedError(
            f"LSOAs are shown for one council, and {place_name(selection.area)} is none. Choose a "
            f"council, such as area={DEFAULT_AREA}."
        )
    if not catalogue.has_lsoa_values(selection.indicator):
        name = catalogue.indicators[selection.indicator].name
        raise EmbedError(f"{name} is not published for LSOAs. Choose another indicator.")
    figure = load_lsoa_figure(selection.indicator, selection, selection.classes)
    subject = figure.subject
    leads_to = load_lsoas()["ward_code"].reindex(list(figure.view.codes)).to_dict()
    return Embed(
        figure.view.title,
        f"{subject.subtitle}{_compared(figure)}",
        subject.place,
        MapDrawing(figure.view, load_paths("lsoa", selection.area), leads_to),
        figure.view.description,
        tabulate_map(figure),
        sources_of(subject),
        licences_of([subject.indicator.id]),
        "ward-map",
        selection.address("indicator", "classes", detail="lsoa"),
    )


def make_ranking(params: Params) -> Embed:
    """The wards with the highest figures as bars; every ward stands in the table.

    Raises:
        EmbedError: wards are not ranked by this indicator.
    """
    selection = read_selection(params)
    indicator = load_catalogue().indicators[selection.indicator]
    if not indicator.ranked:
        raise EmbedError(
            f"Wards are not ranked by “{indicator.name}”: {' '.join(indicator.caveats)} "
            "Choose another indicator, or its map."
        )
    figure = load_ward_figure(selection.indicator, selection.period, selection, "england_fifths")
    slide = make_ranking_slide(params, "light")
    more = slide.sources[len(list_slide_sources(figure.subject)) :]  # what the whiskers are
    chart = slide.block
    assert isinstance(chart, Chart)  # noqa: S101 (for the type checker)
    return Embed(
        slide.finding,
        f"{slide.subtitle}{_compared(figure)}",
        figure.subject.place,
        chart,
        slide.notes,
        tabulate_map(figure),
        (*sources_of(figure.subject), *more),
        licences_of([indicator.id]),
        "compare",
        selection.address("indicator", "period", "compare", view="ranked"),
    )


def make_trend(params: Params) -> Embed:
    """The ward, or else the place, over time beside the place and what it is compared with.

    Raises:
        EmbedError: the indicator has one period only.
    """
    selection = read_selection(params)
    subject = make_subject(selection.indicator, selection.period, selection)
    indicator, periods = subject.indicator, load_periods(selection.indicator)
    if len(periods) < 2:
        raise EmbedError(
            f"“{indicator.name}” has one period only, so no line can be drawn. Choose another "
            "indicator, or its map."
        )
    first = selection.ward or selection.area
    codes = dict.fromkeys([first, selection.area, selection.benchmark_code])
    if indicator.measure == "count":  # the count of a larger place would squash the line
        codes = dict.fromkeys([first])
    names = {code: place_name(code) for code in codes}
    series = load_series_of(indicator.id, tuple(codes))
    sources = sources_of(subject)
    chart = make_lines("trend", series, range(len(periods)), names, indicator, [], sources)
    where = ward_label(first) if selection.ward else place_name(first)
    return Embed(
        _say_trend(chart, indicator.short_name, indicator.unit),
        f"{chart.subtitle}, {where}",
        subject.place,
        chart,
        chart.description,
        tabulate(chart, "Period"),
        sources,
        licences_of([indicator.id]),
        "ward-map",
        selection.address("indicator", "compare"),
    )


def _say_trend(chart: Chart, name: str, unit: str) -> str:
    """The newest figures of the first and the last line."""
    lines = dict.fromkeys((0, len(chart.series) - 1))
    newest = [(chart.series[n].name, chart.series[n].values[-1]) for n in lines]
    said = [f"{where} {format_number(value, chart.decimals, unit if len(unit) < 3 else '')}"
            for where, value in newest if value is not None]  # fmt: skip
    if not said:
        return chart.title
    return keep_short(f"{name}: {', '.join(said)}", ", ".join(said), chart.title)


def make_scatter(params: Params) -> Embed:
    """Two indicators over the wards of a place, a dot for each ward."""
    selection = read_selection(params)
    chosen, problems = parse_compare(params, Compare())
    if problems:
        raise StoryError(*problems)
    chosen = chosen.settled(selection.indicator, selection.area)
    pair = load_pair(selection, chosen)
    known = pair.known
    weights = known["population"] if chosen.weighted else None
    pearson = compute_pearson(known["x"], known["y"], weights)
    spearman = compute_spearman(known["x"], known["y"], weights)
    across, up = pair.across.indicator, pair.up.indicator
    words = describe_pair(across, up, pearson, spearman, weighted=chosen.weighted)
    title, what = make_pair_title(across, up, pearson), say_what_pair(pair)
    warnings = [
        *explain_overlap(across, up, load_catalogue()),
        explain_years(pair.across.period, pair.up.period),
    ]
    decimals = {name_axis(pair.across): across.decimals, name_axis(pair.up): up.decimals}
    return Embed(
        title,
        what,
        pair.across.place,
        _chart_pair(pair, selection.ward, (title, what, words)),
        " ".join([words, say_missing(pair), *filter(None, warnings)]),
        make_rows(what, tabulate_pair(pair), {**decimals, "People (Census 2021)": 0}),
        (*filter(None, warnings), *sources_of(pair.across, pair.up)),
        licences_of([across.id, up.id]),
        "compare",
        selection.address("indicator", "period", "compare", **chosen.address()),
        methods=(METHOD,),
    )


def _chart_pair(pair: Pair, ward: str, said: tuple[str, str, str]) -> Chart:
    """The scatter as a block; the chosen ward is strong and named."""
    known = pair.known
    axes = [(name_axis(s), column, s.indicator.decimals)
            for s, column in ((pair.across, "x"), (pair.up, "y"))]  # fmt: skip
    chosen = [code == ward for code in known.index]
    series = []
    for role, wanted in (("other", False), ("main", True)):
        for name, column, decimals in axes:
            figures = list_figures(known[column], decimals)
            shown = [v if is_chosen == wanted else None
                     for v, is_chosen in zip(figures, chosen, strict=True)]  # fmt: skip
            series.append(Series(name, shown, role))  # type: ignore[arg-type]
    if not any(chosen):
        series = series[:2]
    title, what, words = said
    decimals = max(pair.across.indicator.decimals, pair.up.indicator.decimals)
    return Chart("scatter", title, what, "scatter", list(known["name"]), series, "", words,
                 decimals=decimals)  # fmt: skip
