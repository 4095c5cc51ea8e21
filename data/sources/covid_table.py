"""What the readers of the Covid-19 tables share: one long layout in, one column per measure out.

Every file of the folder has one row per area, date and indicator, with the figure in
`value` and, where there is none, the reason in `status`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from data.errors import SourceError
from data.sources.reading import (
    as_native,
    check_choices,
    check_codes,
    check_range,
    check_unique,
    read_raw,
)

WARDS = r"E05\d{6}"
DISTRICTS = r"E(?:0[6-9]|10|12|92)\d{6}"
"""Districts with the counties, regions and England printed beside them."""

Period = Callable[[pd.Series], pd.Series]


def by_year(dates: pd.Series) -> pd.Series:
    """Calendar years: 2021."""
    return dates.dt.strftime("%Y")


def by_split_year(dates: pd.Series) -> pd.Series:
    """Financial or academic years, named after the year they begin in: 2020/21."""
    return dates.dt.strftime("%Y/") + ((dates.dt.year + 1) % 100).astype(str).str.zfill(2)


def by_month(dates: pd.Series) -> pd.Series:
    """Months: 2020-03."""
    return dates.dt.strftime("%Y-%m")


def by_quarter(dates: pd.Series) -> pd.Series:
    """Quarters, from any day in them: 2020-Q1."""
    return dates.dt.strftime("%Y-Q") + dates.dt.quarter.astype(str)


def by_day(dates: pd.Series) -> pd.Series:
    """Days: 2021-04-15."""
    return dates.dt.strftime("%Y-%m-%d")


def by_year_ending(dates: pd.Series) -> pd.Series:
    """Twelve months that end with the month of the date: to-2021-09."""
    return dates.dt.strftime("to-%Y-%m")


def _check_rows(frame: pd.DataFrame, file: str, chosen: pd.Series) -> None:
    for wrong, column, problem in (
        (frame["date"].isna(), "date", "not a date"),
        (frame["value"].isna() & frame["status"].isna(), "value", "blank without a reason"),
    ):
        if (wrong & chosen).any():
            row = int(np.flatnonzero(wrong & chosen)[0])
            cure = "Every chosen row needs a date, and a figure or a status that says why not."
            raise SourceError(
                file, problem, row=row + 1, column=column, value=frame[column].iloc[row], cure=cure
            )


def read_rows(
    folder: Path,
    file: str,
    indicators: Sequence[str],
    period: Period,
    *,
    areas: str,
    statuses: Sequence[str] = (),
    low: float = 0,
    high: float = np.inf,
    also: Sequence[str] = (),
    combined: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Read the rows of some indicators for the areas whose code matches `areas`.

    `statuses` are the remarks the file is known to carry; `also` names further columns,
    of which `age_band` is part of the key; `combined` gives the code to use for a pair of
    districts published together.

    Returns:
        the columns area_code, indicator, date, period, value, status and `also`.

    Raises:
        SourceError: an indicator is missing, or a row fails a check.
    """
    frame = read_raw(folder, file, ["area_code", "indicator", "date", "value", "status", *also])
    frame["area_code"] = frame["area_code"].replace(dict(combined or {}))
    check_codes(frame, file, "area_code")
    known = ["", *statuses]
    check_choices(frame.assign(status=frame["status"].fillna("")), file, "status", known)
    for name in set(indicators) - set(frame["indicator"].unique()):
        raise SourceError(file, "the indicator is missing", column="indicator", value=name)
    chosen = frame["indicator"].isin(list(indicators))
    chosen &= frame["area_code"].str.fullmatch(areas).astype(bool)
    frame["date"] = pd.to_datetime(frame["date"], errors="coerce")
    _check_rows(frame, file, chosen)
    # Rows of other indicators and areas keep their number as period, so that a message
    # gives the row of the file.
    row_numbers = pd.Series(np.arange(len(frame)).astype(str), index=frame.index)
    frame["period"] = period(frame["date"]).astype(object).where(chosen, row_numbers)
    band = [column for column in also if column == "age_band"]
    check_unique(frame, file, ["area_code", "period", "indicator", *band])
    check_range(frame[["value"]].where(chosen), file, ["value"], low, high)
    return frame[chosen]


def to_measures(
    rows: pd.DataFrame, measures: Mapping[str, str], values: str = "value"
) -> pd.DataFrame:
    """Turn rows into a tidy table with one column per measure.

    `measures` maps the indicators of the file to the names of their measures.
    """
    wide = rows.pivot(index=["area_code", "period"], columns="indicator", values=values)
    wide = wide.reindex(columns=list(measures)).rename(columns=dict(measures))
    wide.columns.name = None
    return as_native(wide.reset_index(), "area_code")


def read_table(
    folder: Path,
    file: str,
    measures: Mapping[str, str],
    period: Period,
    *,
    areas: str,
    statuses: Sequence[str] = (),
    low: float = 0,
    high: float = np.inf,
) -> pd.DataFrame:
    """Read the indicators of a file as a tidy table; see `read_rows` and `to_measures`."""
    rows = read_rows(
        folder, file, list(measures), period, areas=areas, statuses=statuses, low=low, high=high
    )
    return to_measures(rows, measures)
