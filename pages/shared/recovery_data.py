"""What the page Covid impact and recovery needs from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.choropleth import Subject
from analysis.recovery import Plan, SeriesTable, compute_recovery, make_plan
from data.catalogue import load_catalogue
from data.load import load_areas, load_periods, load_values
from data.periods import read_period
from data.recovery import RecoverySeries
from pages.shared.figures import make_subject
from pages.shared.places import wards_of
from pages.shared.recovery_choices import Choices
from pages.shared.selection import Selection


def load_series(indicator: str, codes: pd.Index) -> SeriesTable:
    """One series for some areas.

    Args:
        indicator: its id.
        codes: of areas; those without figures are missing throughout.

    Raises:
        TableError: the table is missing or damaged.
    """
    values, periods = load_values(indicator), load_periods(indicator)
    every, size = load_areas().index, len(periods)
    owners = values["area_code"].to_numpy()
    if len(values) == len(every) * size and (owners[::size] == every.to_numpy()).all():
        rows = every.get_indexer(codes)[:, None] * size + np.arange(size)
    else:
        keys = pd.MultiIndex.from_arrays([owners, values["period"].astype(str)])
        wanted = pd.MultiIndex.from_product([codes, periods])
        rows = keys.get_indexer(wanted).reshape(len(codes), size)

    def take(column: str) -> np.ndarray:
        return np.where(rows < 0, np.nan, values[column].to_numpy(dtype=float)[rows])

    flags = values["flag"].astype("category").cat
    words = np.array([str(word) for word in flags.categories], dtype=object)
    flag = np.where(rows < 0, "not_available", words[flags.codes.to_numpy()[rows]])
    return SeriesTable(
        codes,
        periods,
        value=take("value"),
        lower=take("lower_ci"),
        upper=take("upper_ci"),
        numerator=take("numerator"),
        denominator=take("denominator"),
        flag=flag,
    )


@lru_cache(maxsize=96)
def load_series_of(indicator: str, codes: tuple[str, ...]) -> SeriesTable:
    """The same, kept for the places last looked at; shared, not to be changed."""
    return load_series(indicator, pd.Index(codes, dtype=object))


@dataclass(frozen=True)
class Impact:
    """Impact and recovery of the wards of a place, and of the place itself.

    `frame` and `own` are rows of `recovery.compute_recovery`; `wards` is `places.wards_of`.
    """

    choices: Choices
    subject: Subject
    plan: Plan
    series: SeriesTable
    frame: pd.DataFrame
    own: pd.Series
    wards: pd.DataFrame
    area: str

    @property
    def rule(self) -> RecoverySeries:
        """How the series is read."""
        return self.choices.rule

    @property
    def shown(self) -> list[int]:
        """Positions of the periods that are drawn: from the first comparable one to the end."""
        start = read_period(self.rule.first).start
        return [
            n
            for n, key in enumerate(self.series.periods)
            if n <= self.plan.end and read_period(key).start >= start
        ]


def compute_areas(codes: pd.Index, choices: Choices) -> tuple[SeriesTable, Plan, pd.DataFrame]:
    """The series, the plan and the recovery of any areas."""
    series = load_series_of(choices.series, tuple(codes))
    indicator = load_catalogue().indicators[choices.series]
    shock_last = choices.rule.shock_last
    plan = make_plan(series.periods, (choices.start, choices.stop), choices.end, shock_last)
    return series, plan, compute_recovery(
        series, plan, indicator.polarity, indicator.interval, indicator.multiplier
    )  # fmt: skip


def load_impact(selection: Selection, choices: Choices) -> Impact:
    """Everything the page says about the wards of the selected place.

    Raises:
        TableError: the table is missing or damaged.
    """
    wards = wards_of(selection.area)
    series, plan, frame = compute_areas(wards.index, choices)
    own = compute_areas(pd.Index([selection.area]), choices)[2].iloc[0]
    subject = make_subject(choices.series, choices.end, selection)
    return Impact(choices, subject, plan, series, frame, own, wards, selection.area)
