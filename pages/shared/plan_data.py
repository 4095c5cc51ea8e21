"""The action plan of a council and the figures behind it; nothing here draws on a page.

Usable from a command line too: the report makes its tables from `load_plan` and `summarise`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.action_plan_example import EXAMPLE_MARK, EXAMPLE_SOURCE, make_example_plan
from analysis.action_status import ActionFigures, Reading, StatusRule
from analysis.action_summary import PlanSummary, summarise_plan
from analysis.words import FLAG_WORDS, count_words, day_words
from data import clock
from data.breaks import load_breaks
from data.catalogue import load_catalogue
from data.errors import DataError
from data.load import load_areas, load_periods
from data.periods import read_period
from data.planned_action import PlannedAction
from data.store.engine import is_anything_kept, open_store
from data.store.plans import load_newest_plan
from data.strategy import strategy_for
from pages.shared.group_figures import load_at, load_group_values, members_words
from pages.shared.groups import Group
from pages.shared.places import place_name, ward_label, wards_of

FILE, SAVED, PUBLISHED, EXAMPLE, NONE = "file", "saved", "published", "example", ""
TYPE_WORDS_OF_FIGURES = {"country": "national"}


@dataclass(frozen=True)
class LoadedPlan:
    """A plan and where it comes from.

    `kind`: `file` (a visitor's own), `saved`, `published`, `example` (made up) or "" (there is
    none). `said` and `source` are words for the screen and for notes. `version` and `saved_at`
    are those of a saved plan, 0 and None else.
    """

    area: str
    actions: tuple[PlannedAction, ...] = ()
    kind: str = NONE
    said: str = ""
    source: str = ""
    version: int = 0
    saved_at: dt.datetime | None = None

    @property
    def made_up(self) -> int:
        """How many of the actions are those of the made-up example, also in a file."""
        return sum(EXAMPLE_MARK in action.source for action in self.actions)


def load_plan(area: str) -> LoadedPlan:
    """The plan a council saved, else what it published, else none.

    Raises:
        StoreError: what is kept cannot be read.
    """
    saved = load_newest_plan(open_store(), area) if is_anything_kept() else None
    if saved is not None:
        said = f"version {saved.number}, saved on {day_words(clock.in_england(saved.saved_at))}"
        return LoadedPlan(area, saved.actions, SAVED, f"{place_name(area)}’s action plan, {said}",
                          f"The council’s plan, {said} from the file {saved.file_name}",
                          saved.number, saved.saved_at)  # fmt: skip
    return load_published_plan(area)


def load_published_plan(area: str) -> LoadedPlan:
    """The actions that the strategy of a place lists, as a plan with only what was published."""
    strategy = strategy_for(area)
    if not strategy.actions or area not in strategy.areas:
        return LoadedPlan(area)
    headings = {one.id: one.heading_label for one in strategy.action_areas}
    own = strategy.tied_by == "council"
    actions = tuple(
        PlannedAction(
            id=f"P{number}",
            title=action.title.words,
            # A link that the dashboard made is not the council's own word.
            action_area="; ".join(headings[a] for a in action.action_areas) if own else "",
            source=action.title.origin,
        )
        for number, action in enumerate(strategy.actions, start=1)
    )
    origin = strategy.actions[0].title
    address = f", {origin.source.address}" if origin.source and origin.source.address else ""
    said = f"{strategy.council}’s published recovery programme: titles only, no status or target"
    return LoadedPlan(area, actions, PUBLISHED, said, f"{origin.origin}{address}")


def load_example_plan(area: str, today: dt.date, *, earlier: bool = False) -> LoadedPlan:
    """The made-up plan for a place; `earlier` as at an earlier meeting.

    Raises:
        TableError: a table is damaged.
    """
    strategy = strategy_for(area)
    wards = wards_of(area)

    def look(indicator: str, period: str, codes: tuple[str, ...]) -> float:
        district_only = load_catalogue().is_district_only(indicator)
        reading = _read(indicator, period, area, () if district_only else codes)
        return math.nan if reading is None else reading.value

    actions = make_example_plan(
        look, load_catalogue().indicators, _order_by_claimants(wards.index),
        [one.heading_label for one in strategy.action_areas],
        [one.text.words for one in strategy.objectives], today, earlier=earlier,
    )  # fmt: skip
    said = f"{EXAMPLE_MARK}. A made-up plan with real figures for {place_name(area)}"
    return LoadedPlan(area, actions, EXAMPLE, said, EXAMPLE_SOURCE)


def _order_by_claimants(codes: pd.Index) -> list[str]:
    """Wards with most claimants first, so that an example names places where it makes sense."""
    values = load_at("claimant_count_percent", "2020")["value"].reindex(codes)
    return [str(c) for c in values.sort_values(ascending=False, kind="stable").dropna().index]


def summarise(
    plan: LoadedPlan,
    rule: StatusRule,
    today: dt.date,
    actions: Sequence[PlannedAction] | None = None,
) -> PlanSummary:
    """The one summary of a plan that page and report show.

    Args:
        plan: of a place.
        rule: how a status is computed.
        today: from which ages and overdue days count.
        actions: some of the plan's; None for all.
    """
    chosen = plan.actions if actions is None else actions
    return summarise_plan(chosen, load_figures(chosen, plan.area), rule, today)


def load_figures(actions: Sequence[PlannedAction], area: str) -> Mapping[str, ActionFigures]:
    """Baseline and newest figure of each action with an indicator, by action id.

    A broken table takes its actions' figures away and says so; the others keep theirs.
    """
    found = {}
    for action in actions:
        if not action.indicator:
            continue
        try:
            found[action.id] = load_action_figures(
                action.indicator, action.baseline_period, area, action.wards
            )
        except DataError as error:
            indicator = load_catalogue().indicators.get(action.indicator)
            found[action.id] = ActionFigures(indicator, why_none=f"its table fails ({error})")
    return found


@lru_cache(maxsize=4096)
def load_action_figures(
    indicator_id: str, baseline_period: str, area: str, wards: tuple[str, ...] = ()
) -> ActionFigures:
    """Figures of the wards of an action, or of the whole council where it names none.

    Several wards are added up (see `analysis.custom_group`). An indicator without ward figures
    gives the council's own, marked as district figure.

    Raises:
        DataError: the table is missing or damaged.
    """
    catalogue = load_catalogue()
    indicator = catalogue.indicators.get(indicator_id)
    if indicator is None:
        return ActionFigures(why_none="the indicator is not in the catalogue")
    district_only = catalogue.is_district_only(indicator_id)
    codes = () if district_only else wards
    area = _district_of(area, wards) if district_only else area
    place, geography = _name_place(area, codes)
    periods = load_periods(indicator_id)
    baseline = _read(indicator_id, baseline_period, area, codes) if baseline_period else None
    latest = _read_newest(indicator_id, periods, area, codes)
    why = "" if latest else f"no figure for {place}"
    if latest and not baseline:
        named = read_period(baseline_period).label if baseline_period else ""
        why = f"no figure for {place} in {named}" if named else "no baseline period"
    notes = [
        f"{TYPE_WORDS_OF_FIGURES.get(geography, geography)} figure, not ward"
        if district_only
        else "",
        FLAG_WORDS.get(latest.flag, "") if latest else "",
        _missing_members(indicator_id, latest, codes),
        _find_break(indicator_id, baseline, latest),
    ]
    note = "; ".join(one for one in notes if one)
    return ActionFigures(indicator, place, geography, baseline, latest, district_only, note, why)


def _district_of(area: str, wards: tuple[str, ...]) -> str:
    """The one district that all wards lie in, as for the impact chart; else the whole area."""
    found = set(load_areas().loc[list(wards), "district_code"])
    return str(found.pop()) if len(found) == 1 else area


def _name_place(area: str, wards: tuple[str, ...]) -> tuple[str, str]:
    if not wards:
        return place_name(area), str(load_areas().at[area, "area_type"])
    if len(wards) == 1:
        several = load_areas().at[area, "area_type"] != "district"
        return ward_label(wards[0]) if several else place_name(wards[0]), "ward"
    return f"{count_words(len(wards), 'ward', 'wards')} together", "group of wards"


def _read_newest(
    indicator_id: str, periods: Sequence[str], area: str, wards: tuple[str, ...]
) -> Reading | None:
    """The newest period with a figure."""
    readings = (_read(indicator_id, period, area, wards) for period in reversed(periods))
    return next((one for one in readings if one), None)


def _group(wards: tuple[str, ...]) -> Group:
    return Group("wards of the action", wards)


def _read(indicator_id: str, period: str, area: str, wards: tuple[str, ...]) -> Reading | None:
    """One figure, None where there is none."""
    if len(wards) > 1:
        figure = load_group_values(_group(wards), indicator_id, period)
        value, lower, upper, flag = figure.value, figure.lower, figure.upper, figure.flag
    else:
        values = load_at(indicator_id, period)
        code = wards[0] if wards else area
        if code not in values.index:
            return None
        row = values.loc[code]
        value, lower, upper = (float(row[name]) for name in ("value", "lower_ci", "upper_ci"))
        flag = str(row["flag"])
    if math.isnan(value):
        return None
    return Reading(value, period, read_period(period).end, lower, upper, flag)


def _missing_members(indicator_id: str, latest: Reading | None, wards: tuple[str, ...]) -> str:
    if latest is None or len(wards) < 2:
        return ""
    return members_words(load_group_values(_group(wards), indicator_id, latest.period))


def _find_break(indicator_id: str, baseline: Reading | None, latest: Reading | None) -> str:
    """What changed in the series between the two figures, in words; "" where nothing did."""
    if baseline is None or latest is None:
        return ""
    found = [
        one.reason
        for one in load_breaks()
        if one.indicator_id == indicator_id
        and baseline.period_end < read_period(one.first_period).end <= latest.period_end
    ]
    return f"not like for like: {' '.join(found).rstrip('.')}" if found else ""
