"""Small made-up strategies and figures for the tests of need scores."""

import numpy as np
import pandas as pd
from examples import NAN, make_indicator

from analysis.need_scores import (
    ActionAreaInput,
    Direction,
    ScoredIndicator,
    WardFigures,
    make_ward_figures,
)

EVERYWHERE = pd.Index(["A", "B", "C", "D", "E"])
COUNCIL = pd.Index(["A", "B", "C"])


def scored(
    name: str, weight: float = 1, direction: Direction = "high", **changes: object
) -> ScoredIndicator:
    """An indicator of an action area, named after its id."""
    words = {"name": f"People with {name}", "short_name": name.capitalize()}
    indicator = make_indicator(id=name, **(words | changes))
    return ScoredIndicator(indicator, weight, direction)


def make_area(*indicators: ScoredIndicator) -> ActionAreaInput:
    return ActionAreaInput("good_work", "Good work", indicators)


def make_newest(values: object, lower: object = NAN, upper: object = NAN) -> pd.DataFrame:
    """Newest figures of as many wards as there are values."""
    figures = np.asarray(values, dtype=float)
    return pd.DataFrame(
        {
            "value": figures,
            "lower_ci": lower,
            "upper_ci": upper,
            "flag": pd.Categorical(np.where(np.isnan(figures), "suppressed", "")),
        },
        index=EVERYWHERE[: len(figures)],
    )


def make_figures(**values: object) -> WardFigures:
    """Figures without limits, one list per indicator for the wards A to E."""
    return make_ward_figures({i: make_newest(v) for i, v in values.items()}, EVERYWHERE)


# Percentiles among the five: claims 10, 30, 50, 70, 90; skills 40, 10, 40, 90, 70.
CLAIMS = [10, 20, 30, 40, 50]
SKILLS = [5, 1, 5, 9, 7]


def many_wards(
    count: int, indicators: int, *, spread: float = 0, gaps: float = 0, seed: int = 1
) -> tuple[ActionAreaInput, WardFigures]:
    """An action area and the figures of many wards, with limits `spread` away from them."""
    random = np.random.default_rng(seed)
    index = pd.Index([f"W{n:04}" for n in range(count)])
    names = [f"i{n}" for n in range(indicators)]
    value = pd.DataFrame(random.uniform(10, 60, (count, indicators)), index, names)
    value = value.mask(random.uniform(size=value.shape) < gaps)
    flag = pd.DataFrame("", index, names).mask(value.isna(), "suppressed")
    limits = (value - spread, value + spread) if spread else (value * NAN, value * NAN)
    area = make_area(*(scored(n, weight=1 + p % 3) for p, n in enumerate(names)))
    return area, WardFigures(value, *limits, flag)
