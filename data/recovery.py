"""Which series show impact and recovery, and when lockdowns were in force; from metadata."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.catalogue import METADATA, Catalogue, load_catalogue, load_sound_entries
from data.errors import CatalogueError, DataError
from data.periods import read_period

PANDEMIC = dt.date(2020, 3, 1)
# The year that ends here holds five days of lockdown and stands for “before”.
BEFORE_ENDS = dt.date(2020, 3, 31)


@dataclass(frozen=True)
class RecoverySeries:
    """One series for impact and recovery; see the head of `recovery.toml`."""

    indicator: str
    first: str
    baseline: tuple[str, str]
    why_baseline: str
    notes: tuple[str, ...]
    shock_last: str = ""
    judged: bool = True
    worse_words: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Recovery:
    """All of `recovery.toml`, with what was not built left out.

    `series` and `burden` (notes) are by indicator; `district` is (heading, indicators);
    `left_out` says why a series is not used.
    """

    series: dict[str, RecoverySeries]
    burden: dict[str, tuple[str, ...]]
    totals: tuple[str, ...]
    deprivation: str
    age: str
    district: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: dict[str, str]


@dataclass(frozen=True)
class Lockdown:
    """The first and last day of a lockdown, and the law behind it."""

    name: str
    start: dt.date
    end: dt.date
    law: str
    ended_by: str
    address: str


def is_before_pandemic(period: str) -> bool:
    """Whether a period stands for the time before the pandemic.

    Most of it lies before March 2020 and it ends with that month at the latest: so 2019/20 does,
    and neither 2020 nor the year to June 2020 does.
    """
    found = read_period(period)
    mostly = found.start + (found.end - found.start) / 2 < PANDEMIC
    return mostly and found.end <= BEFORE_ENDS


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: cannot be read: {error}.") from error


def _make_series(entry: dict[str, Any]) -> RecoverySeries:
    first, last = entry["baseline"]
    fields = {**entry, "baseline": (first, last), "notes": tuple(entry["notes"])}
    return RecoverySeries(**fields)


def _check_series(path: Path, series: RecoverySeries) -> None:
    keys = [series.first, *series.baseline, *([series.shock_last] if series.shock_last else [])]
    try:
        start, first, last, *_ = (read_period(key) for key in keys)
        before = is_before_pandemic(last.key)
    except DataError as error:
        raise CatalogueError(f"{path}: {series.indicator}: {error}") from error
    if not before or not start.start <= first.start <= last.start:
        raise CatalogueError(
            f"{path}: {series.indicator}: the baseline must run from `first` or later to before "
            "March 2020."
        )
    if series.shock_last and is_before_pandemic(series.shock_last):
        raise CatalogueError(f"{path}: {series.indicator}: shock_last is before the pandemic.")
    if not series.judged and not series.worse_words:
        raise CatalogueError(f"{path}: {series.indicator}: judged = false needs worse_words.")


def read_recovery(path: Path, catalogue: Catalogue, whole: Catalogue) -> Recovery:
    """Read the file and check every name and period in it.

    Args:
        path: of `recovery.toml`.
        catalogue: of what was built; optional series that are not in it are left out.
        whole: with every optional source.

    Raises:
        CatalogueError: a name, field or period is missing, unknown or out of order.
    """
    content = _read(path)
    try:
        series = [_make_series(entry) for entry in content["series"]]
        recovery = Recovery(
            {one.indicator: one for one in series},
            {entry["indicator"]: tuple(entry["notes"]) for entry in content["burden"]},
            tuple(content["totals"]["figures"]),
            content["totals"]["deprivation"],
            content["totals"]["age"],
            tuple((entry["heading"], tuple(entry["indicators"])) for entry in content["district"]),
            {i: entry["reason"] for entry in content["left_out"] for i in entry["indicators"]},
        )
    except (KeyError, ValueError) as error:
        raise CatalogueError(f"{path}: lacks {error}.") from error
    except TypeError as error:
        raise CatalogueError(f"{path}: {str(error).split('__init__() ')[-1]}.") from error
    for one in series:
        _check_series(path, one)
    _check_names(path, recovery, catalogue, whole)
    built = {i: one for i, one in recovery.series.items() if i in catalogue.indicators}
    return Recovery(**{**recovery.__dict__, "series": built})


def _check_names(path: Path, recovery: Recovery, catalogue: Catalogue, whole: Catalogue) -> None:
    optional = {i for i, one in recovery.series.items() if one.optional}
    wards = [*recovery.series, *recovery.burden, *recovery.totals, recovery.deprivation]
    for indicator in (*wards, recovery.age, *recovery.left_out):
        known = (whole if indicator in optional else catalogue).indicators
        if indicator not in known or whole.is_district_only(indicator):
            raise CatalogueError(
                f"{path}: {indicator!r} is not an indicator of the catalogue with ward figures."
            )
    for indicator in (i for _, indicators in recovery.district for i in indicators):
        # Of a broken entry it may not be known for which areas it is published.
        here = indicator in catalogue.broken or (
            indicator in catalogue.indicators and catalogue.is_district_only(indicator)
        )
        if not here:
            raise CatalogueError(f"{path}: {indicator!r} is not a district series.")


def read_lockdowns(path: Path) -> tuple[Lockdown, ...]:
    """Read the lockdowns, oldest first.

    Raises:
        CatalogueError: a field is missing or unknown, a day is no date, or they overlap.
    """
    try:
        found = tuple(Lockdown(**entry) for entry in _read(path)["lockdown"])
    except KeyError as error:
        raise CatalogueError(f"{path}: lacks {error}.") from error
    except TypeError as error:
        raise CatalogueError(f"{path}: {str(error).split('__init__() ')[-1]}.") from error
    days = [day for one in found for day in (one.start, one.end)]
    if not all(type(day) is dt.date for day in days) or days != sorted(days):
        raise CatalogueError(f"{path}: start and end must be dates, oldest first, not overlapping.")
    return found


@lru_cache(maxsize=1)
def load_recovery() -> Recovery:
    """The project's own choice of series, read once."""
    return read_recovery(METADATA / "recovery.toml", load_catalogue(), load_sound_entries())


@lru_cache(maxsize=1)
def load_lockdowns() -> tuple[Lockdown, ...]:
    """The national lockdowns of England, read once."""
    return read_lockdowns(METADATA / "lockdowns.toml")
