"""The words of an impact chart: title, commentary and description, made from its figures.

Balanced by construction: a change for the worse and one for the better go through the same
sentences, and only the words that name the direction differ. No sentence says that an action
brought a change about.
"""

from __future__ import annotations

import datetime as dt
import math
from itertools import pairwise

from analysis.impact_figures import (
    Change,
    ImpactFigures,
    PlaceSeries,
    judge,
    measure_change,
)
from analysis.map_view import format_number
from analysis.process_chart import is_month
from analysis.recovery_places import difference_unit
from analysis.words import FLAG_WORDS, day_words, keep_short
from data.catalogue import Indicator
from data.periods import read_period

CAREFUL = (
    "This is association, not proof of effect: the chart cannot tell what would have happened "
    "without the action."
)
IMPACT_METHOD = (
    "An indicator before and after the day an action began, beside a comparator of choice. Wards "
    "are added up, then divided. A change is the later figure minus the earlier one, worked out "
    "before rounding; its 95 % interval is found from the limits of both figures by adding squares "
    "(Newcombe 1998, method 10). A change is called clear where that interval leaves zero out. Two "
    "changes differ clearly where their intervals do not overlap. Better and worse are said in the "
    "same words. Before and after show association, not proof of effect: in the pandemic figures "
    "rose and fell back everywhere, and an extreme figure often moves back by itself."
)
PREFERRED = {
    "low_is_good": "Lower is better.",
    "high_is_good": "Higher is better.",
    "no_judgement": "Neither higher nor lower is called better here.",
}
MOVED = {
    "better": "got better",
    "worse": "got worse",
    "higher": "changed",
    "lower": "changed",
    "level": "stayed level",
}
#: Within this many days of a lockdown, before or after, a start is near it.
NEAR = 365
# A series moves one way where more than this share of its steps go that way.
STEADY = 0.8


def make_impact_title(figures: ImpactFigures) -> str:
    """The finding in ten words or fewer."""
    name, place = figures.indicator.short_name, figures.place
    if not place.known:
        return keep_short(f"{name}: no figure for {place.name}", f"{name}: no figure")
    if figures.single:
        return keep_short(
            f"{name}: one figure, so no before and after", "One figure, so no before and after"
        )
    if figures.baseline_at == figures.latest_at:
        return keep_short(
            f"{name}: nothing newer than the baseline", "Nothing newer than the baseline"
        )
    change = measure_change(figures, place, figures.baseline_at, figures.latest_at)
    if change is None:
        return keep_short(f"{name}: no baseline to compare with", "No baseline to compare with")
    unsure = change.has_interval and not change.clear
    word = {"level": "level with"}.get(change.verdict, f"{change.verdict} than")
    word = "no clear change since" if unsure else word
    since = read_period(change.first).label
    said, target = f"{name}: {word} {since}", _target_word(figures)
    full = f"{said}, {target}" if target else said
    return keep_short(full, said, f"{word} {since}".capitalize())


def _target_word(figures: ImpactFigures) -> str:
    met = is_target_met(figures)
    if met is None:
        return ""
    return "target met" if met else "target not met"


def is_target_met(figures: ImpactFigures) -> bool | None:
    """Whether the newest figure is at the target or beyond; None where that cannot be told."""
    return _is_beyond(figures, figures.action.target)


def _is_beyond(figures: ImpactFigures, level: float | None) -> bool | None:
    """Whether the newest figure is at a level or on its good side."""
    indicator, at = figures.indicator, figures.latest_at
    if level is None or at < 0 or indicator.polarity == "no_judgement":
        return None
    gap = round(figures.place.value[at], indicator.decimals) - round(level, indicator.decimals)
    return gap >= 0 if indicator.polarity == "high_is_good" else gap <= 0


def comment_on_impact(figures: ImpactFigures) -> tuple[str, ...]:
    """Balanced sentences: the place, its comparator, the target, the pandemic, and the caution."""
    if not figures.place.known:
        return (f"{figures.place.name} has no figure for this indicator.", CAREFUL)
    if figures.single:
        return (*_say_single(figures), *_say_levels(figures), CAREFUL)
    said = [*_say_changes(figures), *_say_newest(figures), *_say_levels(figures)]
    said += [
        _say_start(figures),
        _say_pandemic(figures),
        _say_extreme(figures),
        _say_season(figures),
    ]
    return (*filter(None, said), CAREFUL)


def _number(value: float, indicator: Indicator) -> str:
    return format_number(value, indicator.decimals, indicator.unit)


def _difference(value: float, indicator: Indicator) -> str:
    return format_number(abs(value), indicator.decimals, difference_unit(indicator))


def say_change(change: Change, name: str, indicator: Indicator, since: str) -> str:
    """One change in a sentence that is the same for better and for worse."""
    first, last = read_period(change.first).label, read_period(change.last).label
    way = "up" if change.size > 0 else "down"
    how = "" if change.verdict == "level" else f", {way} {_difference(change.size, indicator)}"
    return (
        f"{since} the figure of {name} {MOVED[change.verdict]}: from "
        f"{_number(change.before, indicator)} ({first}) to "
        f"{_number(change.after, indicator)} ({last}){how}. {_say_sure(change, indicator)}"
    )


def _say_sure(change: Change, indicator: Indicator) -> str:
    if not change.has_interval:
        return "No interval is known, so it cannot be said how sure this is."
    ends = [format_number(x, indicator.decimals) for x in (change.low, change.high)]
    span = f"95 % interval of the change: {ends[0]} to {ends[1]} {difference_unit(indicator)}"
    return (
        f"The change is clear ({span})."
        if change.clear
        else f"The change is within the margin of error ({span})."
    )


def _say_changes(figures: ImpactFigures) -> list[str]:
    said, place = [], figures.place
    pairs = [("Since the baseline", figures.baseline_at)]
    if figures.before_at not in (-1, figures.baseline_at):
        pairs.append(("Since the last figure before the start", figures.before_at))
    for since, first in pairs:
        own = measure_change(figures, place, first, figures.latest_at)
        if own is None:
            continue
        said.append(say_change(own, place.name, figures.indicator, since))
        if other := figures.comparator:
            said.append(_say_comparison(figures, own, other, first))
    if figures.baseline_at == figures.latest_at:
        label = read_period(figures.baseline).label
        said.append(f"The baseline, {label}, is the newest figure: nothing has followed it yet.")
    if not said:
        said = [
            f"There is no earlier figure of {place.name} to compare the newest one with: "
            f"{_number(place.value[figures.latest_at], figures.indicator)} "
            f"({read_period(figures.periods[figures.latest_at]).label})."
        ]
    return said


def _say_comparison(
    figures: ImpactFigures, own: Change, other: PlaceSeries, first: int
) -> str:  # fmt: skip
    theirs = measure_change(figures, other, first, figures.latest_at)
    indicator = figures.indicator
    if theirs is None:
        return f"{other.name} has no figure for these two periods."
    way = "up" if theirs.size > 0 else "down"
    moved = MOVED[theirs.verdict]
    size = "" if theirs.verdict == "level" else f", {way} {_difference(theirs.size, indicator)}"
    gap = own.size - theirs.size
    verdict = judge(gap, indicator)
    if verdict == "level":
        return f"Over the same time {other.name} {moved}{size}: the two changes are alike."
    what = f"{_difference(gap, indicator)} {verdict}"
    text = (
        f"Over the same time {other.name} {moved}{size}: the change in {figures.place.name} "
        f"is {what}"
    )
    if not (own.has_interval and theirs.has_interval):
        return f"{text}; without intervals it cannot be said how sure this is."
    overlap = own.low <= theirs.high and theirs.low <= own.high
    return f"{text}; the 95 % intervals of the two changes {'' if overlap else 'do not '}overlap."


def _say_newest(figures: ImpactFigures) -> list[str]:
    """That later periods have no figure, where they have none."""
    last = len(figures.periods) - 1
    if figures.latest_at == last:
        return []
    why = FLAG_WORDS.get(figures.place.flag[last], "no figure")
    return [f"There is nothing newer: {read_period(figures.periods[last]).label}, {why}."]


def _say_single(figures: ImpactFigures) -> list[str]:
    place, indicator, at = figures.place, figures.indicator, figures.latest_at
    said = [
        f"There is one figure only, so nothing can be told about before and after: "
        f"{place.name} {_number(place.value[at], indicator)} "
        f"({read_period(figures.periods[at]).label})."
    ]
    for other in figures.others:
        if math.isnan(other.value[at]):
            continue
        gap = place.value[at] - other.value[at]
        verdict = judge(gap, indicator)
        if verdict == "level":
            said.append(f"{other.name} has the same figure.")
            continue
        text = (
            f"{place.name} is {_difference(gap, indicator)} {verdict} than {other.name} "
            f"({_number(other.value[at], indicator)})"
        )
        low, high = place.lower[at], place.upper[at]
        inside = low <= other.value[at] <= high
        sure = "" if math.isnan(low) else (
            f"; the 95 % interval, {_number(low, indicator)} to {_number(high, indicator)}, "
            f"{'holds' if inside else 'does not hold'} that figure"
        )  # fmt: skip
        said.append(f"{text}{sure}.")
    return said


def _say_levels(figures: ImpactFigures) -> list[str]:
    """Target and intervention level against the newest figure."""
    action, indicator = figures.action, figures.indicator
    newest = figures.place.value[figures.latest_at]
    said = []
    if action.target is not None:
        by = f" by {day_words(action.target_date)}" if action.target_date else ""
        name = f"The target is {_number(action.target, indicator)}{by}"
        gap = judge(newest - action.target, indicator)
        far = _difference(newest - action.target, indicator)
        where = "at it" if gap == "level" else f"{far} {gap} than that"
        ahead = action.target_date and action.target_date > _newest_day(figures)
        said.append(
            f"{name}; the newest figure is {where}{', and is from before that day' * bool(ahead)}."
        )
    if action.intervention is not None:
        gap = judge(newest - action.intervention, indicator)
        far = _difference(newest - action.intervention, indicator)
        where = "at it" if gap == "level" else f"{far} {gap} than that"
        said.append(
            f"Somebody must step in at {_number(action.intervention, indicator)}; the newest "
            f"figure is {where}."
        )
    return said


def _newest_day(figures: ImpactFigures) -> dt.date:
    return read_period(figures.periods[figures.latest_at]).end


def _say_start(figures: ImpactFigures) -> str:
    """That the figures are all from one side of the start, where they are."""
    start = figures.action.start
    if start is None:
        return "The plan gives no day on which the action began."
    if start > _newest_day(figures):
        return "The action began after the newest figure: all of these are from before it."
    if start < read_period(figures.periods[figures.place.known[0]]).start:
        return "The action began before the first figure: all of these are from after it."
    return ""


def _say_pandemic(figures: ImpactFigures) -> str:
    """Whether the action began in or near a lockdown, when figures moved everywhere."""
    start = figures.action.start
    if start is None or not figures.lockdowns:
        return ""
    inside = [one for one in figures.lockdowns if one.start <= start <= one.end]
    away = {
        min(abs((start - one.start).days), abs((start - one.end).days)): one
        for one in figures.lockdowns
    }
    nearest = away[min(away)]
    if inside:
        where = f"in the {inside[0].name.lower()}"
    elif min(away) <= NEAR:
        side = "after" if start > nearest.end else "before"
        where = f"less than a year {side} the {nearest.name.lower()}"
    else:
        return ""
    return (
        f"The action began {where}. Many figures jumped in the pandemic and then moved back "
        "towards where they were everywhere, with or without a local action."
    )


def _say_extreme(figures: ImpactFigures) -> str:
    """That the start is at a high or a low, from which figures move back by themselves."""
    at = figures.before_at
    if at < 0:
        return ""
    earlier = [figures.place.value[n] for n in figures.place.known if n <= at]
    value, high, low = earlier[-1], max(earlier), min(earlier)
    if len(earlier) < 3 or judge(high - low, figures.indicator) == "level":
        return ""
    steps = [judge(b - a, figures.indicator) for a, b in pairwise(earlier)]
    # A series that only ever goes one way has its highest figure last, which says nothing.
    steady = max(steps.count(word) for word in set(steps)) > STEADY * len(steps)
    if value not in (high, low) or steady:
        return ""
    end = "highest" if value == high else "lowest"
    return (
        f"The last figure before the start is the {end} so far. Figures at such a point often "
        "move back by themselves (regression to the mean)."
    )


def _say_season(figures: ImpactFigures) -> str:
    keys = [figures.baseline, figures.periods[figures.latest_at]]
    months = [read_period(key).start.month for key in keys if is_month(key)]
    if len(months) < 2 or months[0] == months[1] or figures.baseline_at < 0:
        return ""
    return "Baseline and newest figure are of different months, and seasons are not taken out."


def describe_impact(figures: ImpactFigures) -> str:
    """The chart as one text, for those who do not see it."""
    indicator, place = figures.indicator, figures.place
    kind = "Bars" if figures.single else "Line"
    span = " to ".join(
        dict.fromkeys(read_period(figures.periods[n]).label for n in (0, len(figures.periods) - 1))
    )
    others = ", ".join(other.name for other in figures.others)
    said = [
        f"{kind}: {indicator.name}, {place.name}, {span}{f', beside {others}' if others else ''}.",
        PREFERRED[indicator.polarity],
    ]
    if figures.district_figure:
        said.append(district_words(figures))
    if start := figures.action.start:
        said.append(f"The action began on {day_words(start)}.")
    return " ".join([*said, *comment_on_impact(figures)])


def district_words(figures: ImpactFigures) -> str:
    """Whose figure stands in for wards; "" where the figure is the place's own."""
    if not figures.district_figure:
        return ""
    return f"District figure, not ward: all of {figures.district_figure} together."


def subtitle_of(figures: ImpactFigures) -> str:
    """What is shown, in which unit, where and when, and which way is better."""
    indicator = figures.indicator
    unit = " ".join(filter(None, (indicator.unit, indicator.denominator_words)))
    name = f"{indicator.name} ({unit})" if unit else indicator.name
    ends = [read_period(figures.periods[n]).label for n in (0, len(figures.periods) - 1)]
    span = " to ".join(dict.fromkeys(ends))
    return f"{name}, {figures.place.name}, {span}. {PREFERRED[indicator.polarity]}"
