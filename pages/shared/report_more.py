"""The rest of a report pack: wards, the action plan, all rows, methods; nothing is drawn here."""

from __future__ import annotations

from analysis.impact_chart import make_impact_chart
from analysis.impact_words import comment_on_impact
from analysis.need_matrix import make_matrix_table
from analysis.recovery_words import METHOD as RECOVERY_METHOD
from analysis.recovery_words import SIMILAR_METHOD, make_table
from analysis.report.blocks import Table
from analysis.report.sections_actions import CAREFUL, ActionImpact, make_actions
from analysis.report.sections_methods import make_methods, make_rows
from analysis.report.sections_wards import WardFigures, make_wards
from analysis.spine_table import tidy_spine
from analysis.stand_out import find_stand_outs
from data.catalogue import load_catalogue
from data.errors import DataError
from data.load import load_areas, load_manifest, load_periods
from data.overview import load_overview
from data.planned_action import PlannedAction
from data.profile import load_profile
from pages.shared.figures import (
    list_sources,
    load_ward_figure,
    notes_for_download,
    tidy_for_download,
)
from pages.shared.impact_data import load_impact_figures, why_no_figures
from pages.shared.left_out import list_left_out
from pages.shared.need_notes import DRAW_METHOD, notes_of
from pages.shared.need_notes import METHOD as NEED_METHOD
from pages.shared.overview_data import load_themes
from pages.shared.places import place_name
from pages.shared.profile_data import age_bars, comparisons_of, describe_ward, load_spine
from pages.shared.profile_words import NO_ESTIMATE, list_by_geography
from pages.shared.report_data import PackTables, Part, Used, apart

#: More impact charts than these make a report that nobody reads.
MOST_CHARTS = 20
BUILD_LETTERS = 12
#: So many rows and what stands out fit on one sheet with the ages.
MOST_INDICATOR_ROWS = 12


def load_wards(tables: PackTables) -> Part:
    """Each chosen ward, as on the page Ward profile."""
    found: list[WardFigures] = []
    used: Used = []
    broken: list[str] = []
    for ward in tables.choices.shown_wards:
        with apart(broken, place_name(ward)):
            figures, rows = _load_ward(ward)
            found.append(figures)
            used += rows
    return Part(make_wards(found, broken), used, broken)


def _load_ward(ward: str) -> tuple[WardFigures, Used]:
    profile, comparison = load_profile(), comparisons_of(ward)["council"]
    spine = load_spine(profile.rows, ward, comparison)
    outs = find_stand_outs(spine, comparison.name, comparison.wards)
    first = [*(one.indicator_id for one in outs), *load_overview().all_indicators]
    wanted = [i for i in dict.fromkeys(first) if i in spine.index][:MOST_INDICATOR_ROWS]
    shown = spine[spine.index.isin(wanted)]
    ids = [str(i) for i in shown.index]
    title, where = describe_ward(ward)
    note = f"{NO_ESTIMATE}." if load_areas().at[ward, "lsoa_count"] == 0 else ""
    figures = WardFigures(
        place_name(ward), title, f"{where}.", comparison.name,
        [f"{one.sign} {one.sentence}" for one in outs], age_bars(ward), shown,
        list_by_geography(ids), list_sources(profile.age_bands), note,
    )  # fmt: skip
    used = [(i, load_periods(i)[-1]) for i in (*ids, *profile.age_bands)]
    return figures, used


def load_actions(tables: PackTables) -> Part:
    """The action plan, and the impact chart of each action that has one."""
    if tables.plan is None:
        return Part(make_actions(None, []))
    lines = tables.plan.summary.lines
    impacts: list[ActionImpact] = []
    used: Used = []
    for at, line in enumerate(lines[:MOST_CHARTS], 1):
        impact, figures = _load_impact(line.action, tables.choices.area, at)
        impacts.append(impact)
        used += figures
    cut = ""
    if len(lines) > MOST_CHARTS:
        cut = f"Charts of the first {MOST_CHARTS} of {len(lines)} actions; the page shows the rest."
    return Part(make_actions(tables.plan, impacts, cut), used)


def _load_impact(action: PlannedAction, area: str, at: int) -> tuple[ActionImpact, Used]:
    """The chart and words of one action; why it has none where it has none."""
    if why := why_no_figures(action, area):
        return ActionImpact(action, why_none=why), []
    try:
        figures = load_impact_figures(action, area)
    except DataError as error:
        return ActionImpact(action, why_none=str(error)), []
    chart = make_impact_chart(figures, f"Impact {at}")
    return ActionImpact(action, chart, comment_on_impact(figures)), [
        (figures.indicator.id, figures.periods[-1])
    ]


def load_methods(tables: PackTables, sections: tuple[str, ...], used: Used) -> Part:
    """How the figures of this pack are made, and where each is from."""
    methods: dict[str, str] = {}
    if "need" in sections:
        methods["Need scores"] = f"{NEED_METHOD} Ranks on the page Action areas: {DRAW_METHOD}"
    if {"recovery", "exceptions", "summary"} & set(sections):
        methods["Covid impact and recovery"] = f"{RECOVERY_METHOD} {SIMILAR_METHOD}"
    if tables.plan is not None:
        methods["Status of actions"] = f"{tables.plan.summary.rule_words} {CAREFUL}"
    build = str(load_manifest().get("tables_sha256", ""))[:BUILD_LETTERS]
    known = load_catalogue()
    return Part(make_methods(known, used, methods, tables.today, build), used)


def load_rows(tables: PackTables) -> Part:
    """Every ward in every table, as in the downloads of the pages."""
    broken: list[str] = []
    found: list[Table] = []
    chosen = tables.choices.sections
    with apart(broken, "Wards by themes"):
        themes = load_themes(tables.choices.area)
        broken += list_left_out(indicator for _, indicator in load_overview().themes)
        notes = [("Sources", list_sources(themes.indicators))]
        table = themes.table.rename_axis("Code").reset_index()
        places = dict.fromkeys((*themes.headings, "People"), 0)
        found.append(Table("All themes", "Wards by themes", table, notes, places))
    if "need" in chosen:
        found += _list_need_rows(tables, broken)
    if "recovery" in chosen:
        with apart(broken, "Covid impact and recovery"):
            found.append(_make_recovery_rows(tables))
    if "indicators" in chosen:
        found += _list_indicator_rows(tables, broken)
    if "wards" in chosen:
        found += _list_ward_rows(tables, broken)
    if "actions" in chosen and tables.plan is not None:
        found.append(
            Table(
                "All of the plan",
                "The action plan in full",
                tables.plan.summary.table,
                [("Plan", tables.plan.about)],
            )
        )
    return Part(make_rows(found, broken), [], broken)


def _list_need_rows(tables: PackTables, broken: list[str]) -> list[Table]:
    found = []
    with apart(broken, "Overall need"):
        figure = tables.headline
        notes = notes_for_download(figure.subject, figure.benchmark)
        rows = tidy_for_download(figure.frame, figure.subject)
        found.append(Table("All of overall need", "Overall need, all wards", rows, notes,
                           _places(figure.subject.indicator.decimals, rows)))  # fmt: skip
    with apart(broken, "Need by action area"):
        needs = tables.needs
        table = make_matrix_table(needs.all, needs.wards)
        places = {column: 0 for column in table if str(column).endswith(("rank", "People"))}
        found.append(Table("All need scores", "Need scores, all wards", table,
                           notes_of(needs, needs.all), places))  # fmt: skip
    return found


def _places(decimals: int, rows: object) -> dict[str, int]:
    """Decimals by heading of `figures.tidy_for_download`."""
    whole = dict.fromkeys(("Rank (1 highest)", "Numerator", "Denominator"), 0)
    named = {str(c): decimals for c in rows if "limit" in str(c) or "(" in str(c)}  # type: ignore[attr-defined]
    return {**named, **whole, "Quality of fit (0 to 1)": 2}


def _make_recovery_rows(tables: PackTables) -> Table:
    impact = tables.impact
    indicator = impact.subject.indicator
    table = make_table(impact.frame, impact.wards["name"], indicator, impact.rule)
    return Table("All recovery", "Covid impact and recovery, all wards", table,
                 [("How recovery is worked out", RECOVERY_METHOD)])  # fmt: skip


def _list_indicator_rows(tables: PackTables, broken: list[str]) -> list[Table]:
    found = []
    for at, indicator in enumerate(tables.choices.shown_indicators, 1):
        name = load_catalogue().indicators[indicator].name
        with apart(broken, name):
            period = tables.find_period(indicator)
            figure = load_ward_figure(indicator, period, tables.selection, "england_fifths")
            rows = tidy_for_download(figure.frame, figure.subject)
            notes = notes_for_download(figure.subject, figure.benchmark)
            places = _places(figure.subject.indicator.decimals, rows)
            found.append(Table(f"All of indicator {at}", f"{name}, all wards", rows, notes, places))
    return found


def _list_ward_rows(tables: PackTables, broken: list[str]) -> list[Table]:
    found = []
    for at, ward in enumerate(tables.choices.shown_wards, 1):
        name = place_name(ward)
        with apart(broken, name):
            comparison = comparisons_of(ward)["council"]
            spine = load_spine(load_profile().rows, ward, comparison)
            rows = tidy_spine(spine, comparison.name)
            found.append(Table(f"All of ward {at}", f"{name}, all indicators", rows,
                               [("Compared with", comparison.name)],
                               dict.fromkeys(("Rank (1 highest)", "Wards ranked"), 0)))  # fmt: skip
    return found
