"""The figures of a report pack, from the functions that the pages use; nothing is drawn here.

Works with and without a running Streamlit: nothing here asks who is looking.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from analysis.findings import make_need_title
from analysis.map_view import format_number
from analysis.need_matrix import make_areas_title
from analysis.ranking import choose_rows
from analysis.recovery import list_after
from analysis.recovery_words import METHOD as RECOVERY_METHOD
from analysis.recovery_words import make_table, make_title
from analysis.report import sections_recovery
from analysis.report.blocks import Chart, Picture, Section
from analysis.report.pieces import list_provenance, make_map, make_ranking
from analysis.report.sections_actions import PackPlan
from analysis.report.sections_need import (
    IndicatorFigures,
    NeedFigures,
    list_highest,
    make_indicators,
    make_need,
)
from analysis.report.sections_recovery import RecoveryFigures, choose_columns, make_recovery
from analysis.report.sections_summary import (
    Exceptional,
    SummaryFigures,
    find_worsened,
    list_held_back,
    make_exceptions,
    make_summary,
)
from analysis.words import GEOGRAPHY_WORDS
from data.catalogue import load_catalogue
from data.errors import DataError
from data.load import load_periods, load_values
from data.overview import load_overview
from data.periods import read_period
from data.recovery import load_lockdowns, load_recovery
from data.strategy import Strategy, strategy_for
from pages.shared.figures import MapFigure, draw_svg, list_sources, load_ward_figure
from pages.shared.left_out import keep_sound, list_left_out
from pages.shared.need_choices import NeedChoices, settle_choices
from pages.shared.need_notes import METHOD as NEED_METHOD
from pages.shared.need_notes import sources_note
from pages.shared.needs import Needs, load_needs
from pages.shared.overview_data import (
    list_changing,
    list_key_figures,
    load_headline,
    load_key_figures,
)
from pages.shared.places import place_name, wards_of
from pages.shared.rankings import MOST_ROWS, add_whiskers, whisker_words
from pages.shared.recovery_choices import Choices
from pages.shared.recovery_compare import load_comparison, print_gaps
from pages.shared.recovery_data import Impact, compute_areas, load_impact
from pages.shared.recovery_parts import list_findings, make_figure, subtitle_of
from pages.shared.report_choices import PackChoices
from pages.shared.selection import Selection, settle

Used = list[tuple[str, str]]


@dataclass
class Part:
    """One section with its parts, the figures it used, and what in it could not be made."""

    sections: tuple[Section, ...]
    used: Used = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PackTables:
    """What several sections of one pack share, each loaded once, when it is first asked for.

    `plan` is None where no action plan was given.
    """

    choices: PackChoices
    today: dt.date
    plan: PackPlan | None = None

    @cached_property
    def selection(self) -> Selection:
        """The place, compared with England."""
        return settle(Selection(area=self.choices.area))

    @property
    def place(self) -> str:
        """Name of the place."""
        return place_name(self.choices.area)

    @cached_property
    def wards(self) -> pd.DataFrame:
        """See `places.wards_of`."""
        return wards_of(self.choices.area)

    @cached_property
    def strategy(self) -> Strategy:
        """The strategy of the place."""
        return strategy_for(self.choices.area)

    @cached_property
    def needs(self) -> Needs:
        """Need scores with the strategy's own weights."""
        choices = settle_choices(NeedChoices(), self.strategy)
        return load_needs(self.strategy, self.selection, choices)

    @cached_property
    def headline(self) -> MapFigure:
        """Overall need, as on the page Overview."""
        return load_headline(self.selection)

    @cached_property
    def impact(self) -> Impact:
        """Covid impact and recovery, as on its page."""
        series, end = self.choices.series, ""
        if self.choices.until:
            end = self.find_period(series, list_after(load_periods(series)))
        return load_impact(self.selection, Choices(series=series, end=end).settled())

    def find_period(self, indicator: str, periods: Sequence[str] = ()) -> str:
        """The newest period of an indicator that ends by the day wanted.

        Raises:
            DataError: there is none.
        """
        known = list(periods) or list(load_periods(indicator))
        until = self.choices.until
        limit = read_period(until).end if until else dt.date.max
        fitting = [key for key in known if read_period(key).end <= limit]
        if not fitting:
            name = load_catalogue().indicators[indicator].name
            label = read_period(until).label
            raise DataError(f"{name} has no figure that ends by the end of {label}.")
        return fitting[-1]


@contextmanager
def apart(broken: list[str], what: str) -> Iterator[None]:
    """Let one thing of a section fail alone: note what it was and why."""
    try:
        yield
    except DataError as error:
        broken.append(f"{what} cannot be shown. {error}")


def uses_of(needs: Needs) -> Used:
    """Every figure behind the need scores."""
    ids = dict.fromkeys(s.indicator.id for need in needs.all for s in need.area.counted)
    return [(i, load_periods(i)[-1]) for i in ids]


def load_summary(tables: PackTables) -> Part:
    """One page: key figures as on Overview, and what each other page finds."""
    overview = load_overview()
    ids = [indicator for indicator, _ in list_key_figures()]
    geographies = [GEOGRAPHY_WORDS[load_catalogue().source_of(i).geography] for i in ids]
    broken = list_left_out(i for i, _ in overview.key_figures)
    findings = _list_all_findings(tables, broken)
    figures = load_key_figures(tables.choices.area)
    found = SummaryFigures(
        tables.place, figures, geographies, [*findings, *broken], list_sources(ids)
    )
    used = [(i, load_periods(i)[-1]) for i in ids]
    used += [(i, baseline) for i, baseline in list_changing()]
    used.append((overview.headline, load_periods(overview.headline)[-1]))
    return Part(make_summary(found), used, broken)


def _list_all_findings(tables: PackTables, broken: list[str]) -> list[str]:
    said: list[str] = []
    if tables.plan is not None:
        said.append(f"Action plan: {tables.plan.summary.title}.")
    with apart(broken, "Overall need"):
        said.append(_describe_headline(tables.headline))
    with apart(broken, "Need by action area"):
        needs = tables.needs
        said.append(f"Action areas: {make_areas_title(needs.all, needs.names, needs.place)}.")
    with apart(broken, "Covid impact and recovery"):
        impact = tables.impact
        own, *_ = list_findings(impact)
        said += [f"{make_title(impact.frame, impact.subject.indicator, impact.rule)}.", own]
        said += load_comparison(impact).sentences[:1]
    return said


def _describe_headline(figure: MapFigure) -> str:
    """The finding of the map of need with its figure and England's."""
    subject, frame = figure.subject, figure.frame
    title = make_need_title(frame, subject.place)
    known = frame["value"].dropna()
    if known.empty:
        return f"{title}."

    def say(value: float) -> str:
        return format_number(value, subject.indicator.decimals, subject.unit)

    against = f"{figure.benchmark.name}: {say(figure.benchmark.value)}"
    return f"{title}: {say(known.max())} ({subject.subtitle}). {against}."


def load_exceptions(tables: PackTables) -> Part:
    """What needs a look first, of the plan and of the figures."""
    judged, left_out = _list_judged()
    names, known = tables.wards["name"], load_catalogue().indicators
    entries = [(known[i], load_values(i), baseline) for i, baseline in judged]
    broken: list[str] = []
    highest: list[str] = []
    recovery, series = pd.DataFrame(), ""
    ids = [i for i, _ in judged]
    used = [(i, p) for i, baseline in judged for p in (baseline, load_periods(i)[-1])]
    with apart(broken, "Need by action area"):
        needs = tables.needs
        highest = list_highest(needs.all, needs.names, most=1)
        used += uses_of(needs)
    with apart(broken, "Covid impact and recovery"):
        impact = tables.impact
        indicator = impact.subject.indicator
        series = indicator.name
        recovery = list_held_back(impact.frame, names, indicator, impact.rule)
        used.append((indicator.id, impact.subject.period))
    found = Exceptional(
        tables.plan, find_worsened(entries, names), left_out, [*highest, *broken], recovery,
        series, [("Sources", list_sources(ids))],
    )  # fmt: skip
    return Part(make_exceptions(found), used, broken)


def _list_judged() -> tuple[list[tuple[str, str]], str]:
    """Indicators whose rise can be called worse, with their baselines; which are left out, why.

    Those of the key figures, and the series of recovery that have one period as their baseline.
    """
    known, rules = load_catalogue().indicators, load_recovery().series
    single = [(i, rule.baseline[1]) for i, rule in rules.items() if len({*rule.baseline}) == 1]
    baselines = dict(single) | {
        i: baseline for i, baseline in load_overview().key_figures if baseline
    }
    judged, left_out = {}, list_left_out(baselines)
    for indicator in keep_sound(baselines):
        rule = rules.get(indicator)
        if rule is not None and not rule.judged:
            left_out.append(f"Left out: {known[indicator].name}. {rule.notes[0]}")
        elif known[indicator].polarity != "no_judgement":
            judged[indicator] = baselines[indicator]
    return list(judged.items()), " ".join(left_out)


def load_map_and_ranking(
    figure: MapFigure, selection: Selection, name: str, today: dt.date
) -> tuple[Picture, Chart]:
    """The map and the ranked bars of an indicator, from the same figures as on the page."""
    subject = figure.subject
    picture = make_map(f"Map {name}", figure.view, subject, draw_svg(figure, words=False), today)
    rows, whiskers = add_whiskers(figure.frame, subject)
    shown = choose_rows(rows, selection.ward, MOST_ROWS)
    cut = ""
    if len(shown) < rows["value"].notna().sum():
        cut = f"The {len(shown)} highest wards are shown"
    lines = list_provenance(subject, today, cut)
    chart = make_ranking(
        f"Ranking {name}", shown, rows["value"], subject, figure.benchmark, lines,
        whisker_words(whiskers),
    )  # fmt: skip
    return picture, chart


def load_need(tables: PackTables) -> Part:
    """Need by action area, and overall need."""
    needs, strategy = tables.needs, tables.strategy
    working = [area for area in strategy.action_areas if area.is_working]
    whose = [f"{strategy.label}. {strategy.tied_words}"]
    if working:
        whose.append(
            f"{len(working)} of {len(strategy.action_areas)} headings are working headings, not "
            "published by a council."
        )
    headline = load_map_and_ranking(tables.headline, tables.selection, "need", tables.today)
    found = NeedFigures(
        make_areas_title(needs.all, needs.names, needs.place), needs.all, needs.wards, whose,
        [f"{heading}: {why}" for heading, why in needs.broken.items()],
        list_highest(needs.all, needs.names),
        NEED_METHOD,
        sources_note(*needs.all), headline,
    )  # fmt: skip
    subject = tables.headline.subject
    used = [*uses_of(needs), (subject.indicator.id, subject.period)]
    return Part(make_need(found), used, list(found.broken))


def load_recovery_section(tables: PackTables) -> Part:
    """Covid impact and recovery, as on its page."""
    impact, today = tables.impact, tables.today
    subject, indicator = impact.subject, impact.subject.indicator
    figure = make_figure(impact, tables.selection)
    picture = make_map(
        "Map recovery", figure.view, subject, draw_svg(figure, words=False), today,
        subtitle=subtitle_of(impact),
    )  # fmt: skip
    compared = load_comparison(impact)
    sources = list_provenance(subject, today)
    lines = sections_recovery.make_lines(
        "Lines recovery", compared.series, impact.shown, compared.names, indicator,
        load_lockdowns(), sources,
    )  # fmt: skip
    gaps = _choose_gaps(compared.table.iloc[: len(compared.names)], indicator.decimals)
    found = RecoveryFigures(
        make_title(impact.frame, indicator, impact.rule), subtitle_of(impact),
        list_findings(impact), picture, _list_recovery_rows(tables, impact), len(impact.wards),
        compared.sentences, gaps, lines, impact.rule.notes, RECOVERY_METHOD, sources,
    )  # fmt: skip
    used = [(indicator.id, impact.series.periods[n]) for n in (impact.plan.baseline[0],)]
    used.append((indicator.id, subject.period))
    return Part(make_recovery(found), used)


def _choose_gaps(table: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """The columns of a gap table that a page holds: the figures, the gap then and now."""
    gone = ("Own ", "Gap at", "Class")
    kept = [column for column in table if not str(column).startswith(gone)]
    return print_gaps(table[kept], decimals)


def _list_recovery_rows(tables: PackTables, impact: Impact) -> pd.DataFrame:
    """The place and England, then the wards furthest from before, as on the page."""
    indicator = impact.subject.indicator
    codes = list(dict.fromkeys([impact.area, tables.selection.benchmark_code]))
    places = compute_areas(pd.Index(codes), impact.choices)[2]
    names = pd.Series({code: place_name(code) for code in codes})
    first = make_table(places, names, indicator, impact.rule).set_index("Code").loc[codes]
    wards = make_table(impact.frame, impact.wards["name"], indicator, impact.rule)
    shown = [first.reset_index(), wards.head(sections_recovery.MOST_WARDS)]
    return choose_columns(pd.concat(shown, ignore_index=True))


def load_indicators(tables: PackTables) -> Part:
    """A map and a ranking of each chosen indicator."""
    found: list[IndicatorFigures] = []
    used: Used = []
    broken: list[str] = []
    for at, indicator in enumerate(tables.choices.shown_indicators, 1):
        with apart(broken, load_catalogue().indicators[indicator].name):
            period = tables.find_period(indicator)
            selection = replace(tables.selection, indicator=indicator, period=period)
            figure = load_ward_figure(indicator, period, selection, "england_fifths")
            pair = load_map_and_ranking(figure, selection, str(at), tables.today)
            found.append(IndicatorFigures(figure.subject, *pair))
            used.append((indicator, period))
    until = read_period(tables.choices.until).label if tables.choices.until else ""
    return Part(make_indicators(found, broken, until), used, broken)


SectionLoader = Callable[[PackTables], Part]
