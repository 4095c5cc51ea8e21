"""What is wrong with an action that shows only beside its other cells, rows or the strategy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from data.action_plan_fields import FORM
from data.catalogue import Indicator, load_catalogue
from data.cells import COUNCIL_WIDE, print_cell
from data.errors import DataError, TableError
from data.form_reader import Cells
from data.forms import Mistake
from data.load import load_areas, load_periods
from data.problems import suggest
from data.strategy import strategy_for

_MOST_PERIODS = 6


@dataclass(frozen=True)
class Rules:
    """What a plan is checked against: the council, its wards and its published headings.

    `area_name` is "" where the council is not known: then wards and headings are free. `headings`
    is empty where the council's own headings are not published here.
    """

    area_name: str = ""
    wards: frozenset[str] = frozenset()
    headings: tuple[str, ...] = ()

    @staticmethod
    def periods_of(indicator_id: str) -> tuple[str, ...]:
        """The periods of an indicator, () where it has none."""
        try:
            return load_periods(indicator_id) if indicator_id else ()
        except TableError:
            return ()


def load_rules(area_code: str, wards: Sequence[str] = ()) -> Rules:
    """The rules of a council, which is found by the wards of its plan where it is not named."""
    areas = load_areas()
    districts = {str(areas.at[code, "district_code"]) for code in wards if code in areas.index}
    code = area_code or (districts.pop() if len(districts) == 1 else "")
    return _load_rules(code) if code else Rules()


@lru_cache(maxsize=64)
def _load_rules(area_code: str) -> Rules:
    areas = load_areas()
    kind = str(areas.at[area_code, "area_type"])
    inside = areas["area_type"] == "ward"
    if kind != "country":
        inside &= areas[f"{kind}_code"] == area_code
    try:
        strategy = strategy_for(area_code)
    except DataError:  # a strategy that cannot be read must not make a plan unreadable
        return Rules(str(areas.at[area_code, "area_name"]), frozenset(areas.index[inside]))
    own = () if strategy.is_general or any(a.is_working for a in strategy.action_areas) else \
        tuple(area.heading.words for area in strategy.action_areas)  # fmt: skip
    return Rules(str(areas.at[area_code, "area_name"]), frozenset(areas.index[inside]), own)


def find_mistakes(
    rows: Sequence[Cells], ids: Sequence[tuple[int, object]], rules: Rules
) -> list[Mistake]:
    """All mistakes of rows whose cells are right one by one.

    Args:
        rows: values by key of the column, and `row`; a cell that is wrong by itself is absent.
        ids: row and id of every line of the file, those with other mistakes included.
        rules: what the plan is checked against.
    """
    mistakes = list(_find_twins(ids))
    for row in rows:
        for check in (_check_days, _check_figures, _check_period):
            mistakes += check(row)
        mistakes += _check_council(row, rules)
    return mistakes


def _mistake(row: Cells, key: str, what: str, allowed: str) -> Mistake:
    return Mistake(row["row"], FORM.by_key[key].heading, print_cell(row[key]), what, allowed)


def _find_twins(ids: Sequence[tuple[int, object]]) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for number, cell in ids:
        text = print_cell(cell).strip()
        if not text:
            continue
        if text.casefold() in first:
            what = f"stands twice (first in row {first[text.casefold()]:,})"
            yield Mistake(number, "Id", text, what, "give each action its own id")
        else:
            first[text.casefold()] = number


def _check_days(row: Cells) -> Iterator[Mistake]:
    start = row.get("start")
    for key in ("due", "target_date"):
        day = row.get(key)
        if start and day and day < start:
            said = f"is before the start ({start.isoformat()})"
            yield _mistake(row, key, said, _swapped(start, day))


def _swapped(start: dt.date, end: dt.date) -> str:
    """What is allowed; and whether day and month of one of the two may have changed places."""
    for day, name in ((end, "end"), (start, "start")):
        if day.day > 12 or day.day == day.month:
            continue
        turned = day.replace(month=day.day, day=day.month)
        if (turned <= end) if name == "start" else (turned >= start):
            return f"a day from the start on; did day and month of {day.isoformat()} change places?"
    return "a day from the start on"


def _check_figures(row: Cells) -> Iterator[Mistake]:
    if "indicator" not in row:
        return
    indicator = load_catalogue().indicators.get(row["indicator"] or "")
    for key in ("target", "intervention"):
        value = row.get(key)
        if value is None:
            continue
        if indicator is None:
            # A target without an indicator is told by the form.
            if key == "intervention" and row.get("target") is None:
                yield _mistake(row, key, "has no indicator", "choose an indicator, or leave it out")
        elif problem := find_implausible(value, indicator):
            yield _mistake(row, key, *problem)
            return
    if indicator and row.get("target") is not None and row.get("intervention") is not None:
        yield from _check_intervention(row, indicator)


def find_implausible(value: float, indicator: Indicator) -> tuple[str, str] | None:
    """What is wrong with a figure in an indicator's unit, and what is allowed."""
    if indicator.measure == "percentage" and value > 100:
        return "is over 100 %", "a percentage from 0 to 100"
    if indicator.measure in ("percentage", "count", "rate", "money") and value < 0:
        return "is below 0", "a number from 0"
    if indicator.unit == "out of 10" and not 0 <= value <= 10:
        return "is not on the scale", "a number from 0 to 10"
    return None


def _check_intervention(row: Cells, indicator: Indicator) -> Iterator[Mistake]:
    level, target = row["intervention"], row["target"]
    good = {"low_is_good": 1, "high_is_good": -1}.get(indicator.polarity, 0)
    if good and good * (level - target) <= 0:
        side = "above" if good > 0 else "below"
        yield _mistake(
            row,
            "intervention",
            "is not worse than the target",
            f"a figure {side} the target, since a {'low' if good > 0 else 'high'} figure is good",
        )


def _check_period(row: Cells) -> Iterator[Mistake]:
    period, indicator_id = row.get("baseline_period"), row.get("indicator")
    if not period or "indicator" not in row:
        return
    if not indicator_id:
        if row.get("target") is None:
            yield _mistake(row, "baseline_period", "has no indicator", "choose an indicator")
        return
    periods = Rules.periods_of(indicator_id)
    if period in periods:
        return
    name = load_catalogue().indicators[indicator_id].short_name
    shown = periods if len(periods) <= _MOST_PERIODS else (periods[0], "…", periods[-1])
    allowed = suggest(period, periods, f"allowed: {', '.join(shown)}" if periods else "none")
    yield _mistake(row, "baseline_period", f"is no period of {name}", allowed)


def _check_council(row: Cells, rules: Rules) -> Iterator[Mistake]:
    wards, heading = row.get("wards"), row.get("action_area")
    if rules.area_name and wards and wards != COUNCIL_WIDE:
        names = load_areas()["area_name"]
        outside = [code for code in wards.split("; ") if code not in rules.wards]
        if outside:
            what = f"names {names[outside[0]]} ({outside[0]}), not a ward of {rules.area_name}"
            yield _mistake(row, "wards", what, f"codes of wards of {rules.area_name}")
    if rules.headings and heading:
        for part in heading.split("; "):
            if part not in rules.headings:
                what = f"names {part[:60]!r}, no action area of {rules.area_name}’s strategy"
                allowed = f"allowed: {', '.join(rules.headings)}"
                yield _mistake(row, "action_area", what, suggest(part, rules.headings, allowed))
