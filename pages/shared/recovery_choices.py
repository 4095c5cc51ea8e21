"""What a visitor chooses on the page Covid impact and recovery, beside the common selection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.recovery import list_after, list_before
from data.catalogue import load_catalogue
from data.load import load_areas, load_periods
from data.recovery import RecoverySeries, load_recovery

PAGE = "recovery"
SHADES = {"percent": "How far back, %", "class": "In words"}


@dataclass(frozen=True)
class Choices:
    """The page's own choices; "" means what the page proposes.

    `series` is an indicator of `recovery.toml`, `start` and `stop` the first and last period
    of the baseline, `end` the period called latest; `month` is the one of Then and now and
    `moving` its series; `district` whose lines are shown beside a larger area; `shade` a key
    of `SHADES`.
    """

    series: str = ""
    start: str = ""
    stop: str = ""
    end: str = ""
    moving: str = ""
    month: str = ""
    district: str = ""
    shade: str = "percent"

    def settled(self, indicator: str = "") -> Choices:
        """With everything filled in; `indicator` is taken where it is such a series."""
        all_series = load_recovery().series
        proposed = indicator if indicator in all_series else next(iter(all_series))
        series = self.series if self.series in all_series else proposed
        rule, periods = all_series[series], load_periods(series)
        before, after = list_before(periods, rule.first), list_after(periods)
        start = self.start if self.start in before else rule.baseline[0]
        stop = self.stop if self.stop in before else rule.baseline[1]
        if before.index(start) > before.index(stop):
            start, stop = stop, start
        end = self.end if self.end in after else after[-1]
        moving = self.moving if self.moving in monthly_series() else next(iter(monthly_series()))
        months = moving_months(moving)
        month = self.month if self.month in months else months[0]
        return replace(
            self, series=series, start=start, stop=stop, end=end, moving=moving, month=month
        )

    @property
    def rule(self) -> RecoverySeries:
        """How the chosen series is read."""
        return load_recovery().series[self.series]

    def address(self) -> dict[str, str]:
        """The parameters of the address that bring settled choices back."""
        rule, periods = self.rule, load_periods(self.series)
        own = (self.start, self.stop) != rule.baseline
        return {
            "series": self.series,
            "baseline": f"{self.start}..{self.stop}" if own else "",
            "end": self.end if self.end != list_after(periods)[-1] else "",
            "moving": self.moving if self.moving != next(iter(monthly_series())) else "",
            "month": self.month if self.month != moving_months(self.moving)[0] else "",
            "district": self.district,
            "shade": self.shade if self.shade != "percent" else "",
        }


def monthly_series() -> dict[str, str]:
    """Monthly series for Then and now, with their names; the burden of deaths among them."""
    catalogue, recovery = load_catalogue(), load_recovery()
    ids = [i for i in (*recovery.series, *recovery.burden) if len(load_periods(i)[-1]) == 7]
    months = [i for i in ids if load_periods(i)[-1][4] == "-"]
    return {i: catalogue.indicators[i].name for i in months}


def moving_months(indicator: str) -> list[str]:
    """The months of Then and now, oldest first."""
    rule = load_recovery().series.get(indicator)
    return [p for p in load_periods(indicator) if not rule or p >= rule.first]


def parse_choices(params: Mapping[str, str], current: Choices) -> tuple[Choices, list[str]]:
    """Read the page's choices from the parameters of an address.

    Returns:
        choices, and a sentence for each thing that was wrong.
    """
    problems: list[str] = []
    chosen = current
    series, known = params.get("series", ""), load_recovery().series
    if series in known:
        chosen = Choices(series=series, district=current.district)
    elif series:
        problems.append(
            f"The link names the series “{series[:60]}”, which has no impact and recovery here. "
            "The last one chosen is shown instead."
        )
    full = chosen.settled()
    before = list_before(load_periods(full.series), full.rule.first)
    if text := params.get("baseline", ""):
        start, _, stop = text.partition("..")
        if start in before and (stop or start) in before:
            chosen = replace(chosen, start=start, stop=stop or start)
        else:
            problems.append(
                f"The link asks for the baseline “{text[:40]}”; it must be periods from "
                f"{before[0]} to {before[-1]}. The proposed one is used."
            )
    chosen, more = _read_rest(params, chosen, full)
    return chosen, problems + more


def _read_rest(
    params: Mapping[str, str], chosen: Choices, full: Choices
) -> tuple[Choices, list[str]]:
    problems = []
    moving = params.get("moving", "") or full.moving
    months = moving_months(moving) if moving in monthly_series() else moving_months(full.moving)
    areas = load_areas()
    districts = areas.index[areas["area_type"] == "district"]
    for name, allowed, words in (
        ("end", list_after(load_periods(full.series)), "end"),
        ("moving", list(monthly_series()), "monthly series"),
        ("month", months, "month"),
        ("district", districts, "council"),
        ("shade", list(SHADES), "colouring"),
    ):
        value = params.get(name, "")
        if value in allowed:
            chosen = replace(chosen, **{name: value})
        elif value:
            problems.append(
                f"The link asks for the {words} “{value[:40]}”, which cannot be shown here. "
                f"The {words} proposed is shown instead."
            )
    return chosen, problems
