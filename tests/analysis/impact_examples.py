"""Made-up impact figures for the tests of charts and words."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace

from examples import make_indicator, make_source

from analysis.impact_figures import ImpactFigures, PlaceSeries
from data.planned_action import PlannedAction
from data.recovery import load_lockdowns

YEARS = ("2018", "2019", "2020", "2021", "2022")
ACTION = PlannedAction(
    "A1", "Help with heating", start=dt.date(2021, 4, 1), indicator="fuel_poverty_percent",
    baseline_period="2019", target=9.0, target_date=dt.date(2023, 3, 31), intervention=15.0,
)  # fmt: skip


def make_place(
    values: Sequence[float], half: float = 0.5, code: str = "A", name: str = "Ashford"
) -> PlaceSeries:
    flags = tuple("suppressed" if math.isnan(v) else "" for v in values)
    lower, upper = (tuple(v + sign * half for v in values) for sign in (-1, 1))
    return PlaceSeries(code, name, tuple(values), lower, upper, flags)


def make_figures(
    values: Sequence[float],
    other: Sequence[float] = (),
    polarity: str = "low_is_good",
    half: float = 0.5,
    action: PlannedAction = ACTION,
) -> ImpactFigures:
    others = (make_place(other, 0.1, "E", "England"),) if other else ()
    indicator = make_indicator(polarity=polarity)
    place = make_place(values, half)
    periods = YEARS[: len(values)]
    baseline = action.baseline_period if len(values) > 1 else ""
    return ImpactFigures(
        action, indicator, make_source(), periods, place, others, baseline,
        lockdowns=load_lockdowns(),
    )  # fmt: skip


def mirror(figures: ImpactFigures) -> ImpactFigures:
    """The same figures turned over at their baseline: what rose falls, and the other way round."""

    def turn(series: PlaceSeries) -> PlaceSeries:
        base = series.value[1]
        value, lower, upper = (
            tuple(2 * base - v for v in part) for part in (series.value, series.upper, series.lower)
        )
        return replace(series, value=value, lower=lower, upper=upper)

    base = figures.place.value[1]
    turned = {name: 2 * base - getattr(figures.action, name) for name in ("target", "intervention")}
    return replace(
        figures,
        place=turn(figures.place),
        others=tuple(turn(other) for other in figures.others),
        action=replace(figures.action, **turned),
    )
