"""The line for other websites of a series that is published for districts only."""

from __future__ import annotations

from analysis.embed import Embed, EmbedError
from analysis.recovery_lines import short_lockdowns
from analysis.report.sections_recovery import make_lines
from data.catalogue import load_catalogue
from data.geography_words import ENGLAND
from data.load import load_periods
from data.recovery import load_lockdowns
from pages.shared.embed_kinds.common import licences_of, sources_of, tabulate
from pages.shared.figures import make_subject
from pages.shared.places import place_name
from pages.shared.recovery_data import load_series_of
from pages.shared.recovery_district import districts_of, list_columns, list_drawn, propose_district
from pages.shared.selection import Selection
from pages.shared.story_kinds.common import Params, read_selection


def make_district_line(params: Params) -> Embed:
    """A district beside England over time, with the lockdowns.

    Raises:
        EmbedError: the series or the district is not there, or has no figures.
    """
    selection = read_selection(params)
    known = list_drawn()
    name = params.get("series", known[0])
    if name not in known:
        raise EmbedError(f"The link names the series “{name[:60]}”, which is no line of districts; "
                         f"there are {', '.join(known)}.", 404)  # fmt: skip
    code = _read_district(params, selection)
    indicator = load_catalogue().indicators[name]
    series = load_series_of(name, (code, ENGLAND))
    names = {code: f"{place_name(code)} (district)", ENGLAND: place_name(ENGLAND)}
    if indicator.measure == "count":  # the count of a country would squash the line
        del names[ENGLAND]
    subject = make_subject(name, load_periods(name)[-1], Selection(code))
    columns, sources = list_columns(series.periods), sources_of(subject)
    chart = make_lines("district", series, columns, names, indicator, load_lockdowns(), sources)
    if chart.bands:
        sources = (*sources, short_lockdowns(load_lockdowns()))
    if not any(value is not None for value in chart.series[0].values):
        raise EmbedError(f"{indicator.name} has no figures for {place_name(code)}.", 404)
    return Embed(
        chart.title,
        f"District figure, not ward: {chart.subtitle}, {place_name(code)}",
        place_name(code),
        chart,
        chart.description,
        tabulate(chart, "Period"),
        sources,
        licences_of([name]),
        "covid-recovery",
        selection.address(district=code),
    )


def _read_district(params: Params, selection: Selection) -> str:
    """The district named in the address, or that of the place or ward."""
    options = districts_of(selection.area)
    named = params.get("district", "")
    if named and named not in options:
        raise EmbedError(f"The link names the district “{named[:40]}”, which is not in "
                         f"{place_name(selection.area)}.", 404)  # fmt: skip
    return named or propose_district(selection, options)
