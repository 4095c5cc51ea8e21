"""Charts and maps for other websites about Covid impact and recovery."""

from __future__ import annotations

from dataclasses import replace

from analysis.embed import Embed, MapDrawing
from analysis.recovery_lines import short_lockdowns
from analysis.recovery_words import METHOD, make_table
from analysis.report.sections_recovery import make_lines
from data.load import load_paths
from data.recovery import load_lockdowns
from pages.shared.embed_kinds.common import (
    licences_of,
    make_rows,
    place_limits,
    sources_of,
    tabulate,
)
from pages.shared.recovery_compare import load_comparison
from pages.shared.recovery_data import Impact
from pages.shared.recovery_parts import make_figure, subtitle_of
from pages.shared.selection import Selection
from pages.shared.story_kinds.common import Params, read_selection
from pages.shared.story_kinds.recovery import load_impact_of, say_own_recovery


def _address(impact: Impact, selection: Selection) -> dict[str, str]:
    own = impact.choices.address()
    named = {name: own[name] for name in ("series", "baseline", "end", "shade")}
    return selection.address("compare", **named)


def _sources(impact: Impact, *more: str) -> tuple[str, ...]:
    notes = (f"Take care: {' '.join(impact.rule.notes)}",) if impact.rule.notes else ()
    return (*sources_of(impact.subject), *notes, *more)


def make_recovery_map(params: Params) -> Embed:
    """The map of the page Covid impact and recovery."""
    impact, selection = load_impact_of(params), read_selection(params)
    view, indicator = make_figure(impact, selection).view, impact.subject.indicator
    if impact.choices.shade == "percent":  # the subtitle says what came back
        view = replace(view, indicator="How far back to the level before, %", unit="%")
    table = make_table(impact.frame, impact.wards["name"], indicator, impact.rule)
    kept = [name for name in table if "limit" not in str(name)]
    decimals = place_limits(indicator.decimals, [str(name) for name in kept])
    return Embed(
        view.title,
        subtitle_of(impact),
        impact.subject.place,
        MapDrawing(view, load_paths("ward", impact.area)),
        view.description,
        make_rows("Before, at worst and now", table[kept], {**decimals, "Recovery %": 0}),
        _sources(impact),
        licences_of([indicator.id]),
        "covid-recovery",
        _address(impact, selection),
        methods=METHOD.split("\n"),
    )


def make_recovery_line(params: Params) -> Embed:
    """The place beside England, its region and county, and similar councils over time."""
    impact, selection = load_impact_of(params), read_selection(params)
    indicator = impact.subject.indicator
    compared = load_comparison(impact)
    names = dict(compared.names)
    if indicator.measure == "count":  # the count of a larger place would squash the line
        names = {impact.area: names[impact.area]}
    sources = _sources(impact, short_lockdowns(load_lockdowns()))
    chart = make_lines(
        "recovery", compared.series, impact.shown, names, indicator, load_lockdowns(), sources
    )
    return Embed(
        say_own_recovery(impact),
        f"{chart.subtitle}, {impact.subject.place}",
        impact.subject.place,
        chart,
        " ".join([chart.description, *compared.sentences]),
        tabulate(chart, "Period"),
        sources,
        licences_of([indicator.id]),
        "covid-recovery",
        _address(impact, selection),
        methods=METHOD.split("\n"),
    )
