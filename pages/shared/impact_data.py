"""What the impact chart of an action needs from the tables; nothing here draws on a page."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import lru_cache

from analysis.custom_group import METHOD_WORDS
from analysis.impact_figures import (
    ImpactFigures,
    PlaceSeries,
    cut_series,
    pool_members,
    take_series,
)
from analysis.recovery_words import HOW_MANY, SIMILAR_METHOD
from analysis.words import FLAG_WORDS, count_words, join_words
from data.breaks import load_breaks
from data.catalogue import Indicator, load_catalogue
from data.errors import DataError
from data.load import load_areas, load_periods
from data.periods import read_period
from data.planned_action import PlannedAction
from data.profile import load_profile
from data.recovery import load_lockdowns, load_recovery
from pages.shared.group_figures import hidden_counts, load_group_values, members_words
from pages.shared.groups import Group
from pages.shared.places import benchmarks_of, place_label, place_name, ward_label
from pages.shared.profile_data import SIMILAR, load_likeness, similar_to
from pages.shared.recovery_compare import similar_councils
from pages.shared.recovery_data import load_series_of

NOBODY = "none"
MOST_NAMES = 5
SIMILAR_WARDS = (
    "Similar wards are the wards of England most like this one in age, density, town or country, "
    "homes and ethnic group, never in need. Counts are added up, then divided; scores are means "
    "weighted by people."
)


# Sentences with these words explain how the page on recovery classes a series.
ONLY_OF_RECOVERY = ("“Not hit”", "looked for")


def why_no_figures(action: PlannedAction, area: str) -> str:
    """Why an action has no impact chart, in a sentence; "" where it has one.

    Raises:
        TableError: a table is missing or damaged.
    """
    if not action.indicator:
        return "The plan names no indicator for this action, so there is nothing to chart."
    if action.indicator not in load_catalogue().indicators:
        return (
            f"The plan names the indicator “{action.indicator[:60]}”, which is not in the "
            "catalogue. Choose one from the page About the data and load the plan again."
        )
    kinds = load_areas()["area_type"]
    unknown = [code for code in action.wards if kinds.get(code) != "ward"]
    if unknown:
        some = join_words([f"“{code[:20]}”" for code in unknown[:MOST_NAMES]])
        return f"The plan names {some}, not a ward of 2025. Correct the code and load it again."
    if len(set(action.wards)) < len(action.wards):
        return "The plan names a ward twice for this action. Name it once and load it again."
    if not _load_place(action, area).known:
        name = load_catalogue().indicators[action.indicator].name
        return f"There is no figure of “{name}” for {_place(action, area)[1]}."
    return ""


def _place(action: PlannedAction, area: str) -> tuple[str, str]:
    """Code and name of what the figure is about; "" as code for several wards together."""
    if not action.wards:
        return area, place_label(area)
    if load_catalogue().is_district_only(action.indicator):
        districts = set(load_areas().loc[list(action.wards), "district_code"])
        code = districts.pop() if len(districts) == 1 else area
        return code, place_label(code)
    if len(action.wards) == 1:
        return action.wards[0], _ward_names(action, area)[0]
    return "", f"{len(action.wards)} wards together"


def _ward_names(action: PlannedAction, area: str) -> list[str]:
    """Names of the action's wards, with their council where the place holds several."""
    several = load_areas().at[area, "area_type"] != "district"
    return [ward_label(code) if several else place_name(code) for code in action.wards]


def _load_place(action: PlannedAction, area: str) -> PlaceSeries:
    code, name = _place(action, area)
    return _load_one(action.indicator, (code,) if code else action.wards, ("wards", name))


@lru_cache(maxsize=64)
def _load_one(indicator_id: str, codes: tuple[str, ...], names: tuple[str, str]) -> PlaceSeries:
    """One area, or several as one: counts added up, then divided."""
    table = load_series_of(indicator_id, codes)
    if len(codes) == 1:
        return take_series(table, codes[0], names[1])
    members = load_areas().loc[list(codes), ["population", "lsoa_count"]]
    indicator = load_catalogue().indicators[indicator_id]
    return pool_members(table, members, indicator, names, hidden_counts(indicator_id))


def list_comparators(action: PlannedAction, area: str) -> dict[str, str]:
    """What an action can be compared with: word of the address -> name; `none` is the last.

    Counts are not compared: places differ in size. Similar places are not offered for what
    makes them similar.
    """
    nobody = {NOBODY: "nobody"}
    indicator = load_catalogue().indicators.get(action.indicator)
    if indicator is None or indicator.measure == "count":
        return nobody
    own = _place(action, area)[0]
    found = {key: place_label(c) for key, c in benchmarks_of(area).items() if c != own}
    alike = action.indicator in load_profile().same_thing
    if not alike and indicator.aggregation != "published":
        if own and load_areas().at[own, "area_type"] == "district":
            found[SIMILAR] = f"{HOW_MANY} similar councils"
        elif own in load_likeness().codes:
            found[SIMILAR] = f"{len(similar_to(own))} similar wards"
    return found | nobody


def _load_comparator(action: PlannedAction, area: str, key: str, name: str) -> PlaceSeries:
    own = _place(action, area)[0]
    if key != SIMILAR:
        return _load_one(action.indicator, (benchmarks_of(area)[key],), ("", name))
    district = load_areas().at[own, "area_type"] == "district"
    codes = similar_councils(own) if district else tuple(similar_to(own).index)
    return _load_one(action.indicator, codes, (SIMILAR, name))


def load_impact_figures(
    action: PlannedAction, area: str, comparator: str = "england", *, baseline: str = ""
) -> ImpactFigures:
    """The figures of an action, ready to be drawn, described and written into a report.

    Args:
        action: of the council's plan.
        area: code of the council or county whose plan it is.
        comparator: a key of `list_comparators`; one that is not there means England.
        baseline: a period instead of the one that the plan names.

    Raises:
        DataError: the action has no chart (see `why_no_figures`), or a table is damaged.
    """
    if why := why_no_figures(action, area):
        raise DataError(why)
    catalogue = load_catalogue()
    indicator = _as_judged(catalogue.indicators[action.indicator])
    place = _load_place(action, area)
    known = list_comparators(action, area)
    chosen = comparator if comparator in known else next(iter(known))
    keys = [key for key in (chosen, *(known if len(place.known) == 1 else ())) if key != NOBODY]
    loaded = [_load_comparator(action, area, key, known[key]) for key in dict.fromkeys(keys)]
    others = [other for other in loaded if other.known]
    periods = load_periods(indicator.id)
    before, said = _choose_baseline(action, place, periods, baseline)
    columns = _shown(indicator.id, periods, before)
    notes = [said, *_notes_on_place(action, area, place, indicator)]
    notes += _notes_on_series(indicator.id, before, periods[place.known[-1]])
    notes += _notes_on_others(place, loaded)
    return ImpactFigures(
        action,
        indicator,
        catalogue.source_of(indicator.id),
        tuple(periods[n] for n in columns),
        cut_series(place, columns),
        tuple(cut_series(other, columns) for other in others),
        before,
        district_figure=place.name if _stands_in(action) else "",
        lockdowns=load_lockdowns(),
        notes=tuple(filter(None, notes)),
    )


def _stands_in(action: PlannedAction) -> bool:
    return bool(action.wards) and load_catalogue().is_district_only(action.indicator)


def _as_judged(indicator: Indicator) -> Indicator:
    rule = load_recovery().series.get(indicator.id)
    unjudged = rule is not None and not rule.judged
    return replace(indicator, polarity="no_judgement") if unjudged else indicator


def _choose_baseline(
    action: PlannedAction, place: PlaceSeries, periods: tuple[str, ...], wanted: str
) -> tuple[str, str]:
    """The baseline, and a sentence where it is not the one that the plan names."""
    named = wanted or action.baseline_period
    if named in periods:
        at = periods.index(named)
        if at in place.known:
            return named, ""
        why = FLAG_WORDS.get(place.flag[at], FLAG_WORDS["not_available"])
        return named, f"The baseline, {read_period(named).label}, has no figure: {why}."
    if len(place.known) == 1:
        return "", ""
    before = [
        n
        for n in place.known
        if action.start is not None and read_period(periods[n]).end < action.start
    ]
    found = periods[before[-1] if before else place.known[0]]
    what = "the last figure from before the start" if before else "the first figure there is"
    missing = (
        f"The baseline of the plan, “{named[:20]}”, is not a period of this indicator"
        if named
        else "The plan names no baseline"
    )
    return found, f"{missing}: {read_period(found).label} is used, {what}."


def _shown(indicator_id: str, periods: tuple[str, ...], baseline: str) -> list[int]:
    """Periods that can be compared with the newest ones, and the baseline in any case."""
    rule = load_recovery().series.get(indicator_id)
    starts = [read_period(key).start for key in (rule.first if rule else "", baseline) if key]
    if not rule:
        return list(range(len(periods)))
    return [n for n, key in enumerate(periods) if read_period(key).start >= min(starts)]


def _notes_on_place(
    action: PlannedAction, area: str, place: PlaceSeries, indicator: Indicator
) -> list[str]:
    notes = []
    if not _place(action, area)[0]:
        names = _ward_names(action, area)[:MOST_NAMES]
        more = len(action.wards) - len(names)
        names += [f"{more} more"] if more else []
        method = METHOD_WORDS.get(indicator.aggregation, "")
        notes.append(f"{count_words(len(action.wards), 'ward', 'wards')}: {join_words(names)}"
                     f"{f'; {method}' if method else ''}.")  # fmt: skip
        newest = load_periods(indicator.id)[place.known[-1]]
        group = load_group_values(Group("wards", action.wards), indicator.id, newest)
        lacking = members_words(group)
        notes.append(f"In the newest figure, {lacking}." if lacking else "")
    if place.flag[place.known[-1]] == "estimated":
        notes.append("The newest figure is an estimate: part of it is withheld or missing.")
    if indicator.measure == "count":
        notes.append("Counts of places of different size are not compared.")
    if all(math.isnan(low) for low in place.lower):
        notes.append("No 95 % interval is known for these figures.")
    return notes


def _notes_on_others(place: PlaceSeries, others: list[PlaceSeries]) -> list[str]:
    notes = [f"{other.name}: no figure to compare with." for other in others if not other.known]
    if any(other.code == SIMILAR and other.known for other in others):
        district = load_areas().at[place.code, "area_type"] == "district"
        notes.append(SIMILAR_METHOD if district else SIMILAR_WARDS)
    return [*notes, "Differences are worked out before rounding."]


def _notes_on_series(indicator_id: str, baseline: str, latest: str) -> list[str]:
    """What the recovery page says of the series, and breaks between baseline and newest."""
    rule = load_recovery().series.get(indicator_id)
    told = " ".join(rule.notes) if rule else ""
    sentences = re.findall(r"\S[^.]*\.(?!\d)", told)
    notes = [one for one in sentences if not any(word in one for word in ONLY_OF_RECOVERY)]
    if baseline:
        ends = [read_period(key).start for key in (baseline, latest)]
        notes += [
            f"Not like for like: {one.reason}"
            for one in load_breaks()
            if one.indicator_id == indicator_id
            and ends[0] < read_period(one.first_period).start <= ends[1]
        ]
    return notes
