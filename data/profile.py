"""What the Ward profile shows and what makes wards similar, from `metadata/profile.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from data.catalogue import METADATA, Catalogue, load_catalogue
from data.errors import CatalogueError, DataError
from data.periods import read_period

DENSITY = "people_per_square_kilometre"


@dataclass(frozen=True)
class Characteristic:
    """A group of figures in which wards are alike or not; groups weigh the same.

    `log`: figures compared as log(1 + x). `parts`: other figures of the same thing.
    """

    heading: str
    reason: str
    indicators: tuple[str, ...]
    log: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class TrendRule:
    """From which period a trend may start, and why; `first` "" means no trend at all.

    `judged` says whether rising or falling may be called better or worse.
    """

    first: str
    reason: str
    judged: bool = True


@dataclass(frozen=True)
class Profile:
    """The parts of the page by indicator id; `equality` is (heading, indicators)."""

    need: str
    age_bands: tuple[str, ...]
    equality: tuple[tuple[str, tuple[str, ...]], ...]
    characteristics: tuple[Characteristic, ...]
    left_out: dict[str, str]
    trends: dict[str, TrendRule]
    rows: tuple[str, ...] = ()

    @cached_property
    def equality_rows(self) -> tuple[str, ...]:
        """The indicators of the equality view, in reading order."""
        return tuple(i for _, indicators in self.equality for i in indicators)

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Ids of all figures that characteristics are made of, group by group."""
        return tuple(i for group in self.characteristics for i in group.indicators)

    @cached_property
    def same_thing(self) -> dict[str, str]:
        """Indicators that are a characteristic or part of one -> its heading."""
        return {
            indicator: group.heading
            for group in self.characteristics
            for indicator in (*group.indicators, *group.parts)
            if indicator != DENSITY
        }


def _name_all(profile: Profile) -> Iterator[str]:
    yield profile.need
    yield from profile.age_bands
    yield from profile.equality_rows
    yield from (i for i in profile.figures if i != DENSITY)
    yield from profile.same_thing
    yield from profile.left_out
    yield from profile.trends


def _read_characteristic(entry: dict[str, Any]) -> Characteristic:
    return Characteristic(
        entry["heading"],
        entry["reason"],
        tuple(entry["indicators"]),
        frozenset(entry.get("log", ())),
        tuple(entry.get("parts", ())),
    )


def _make(content: dict[str, Any], catalogue: Catalogue) -> Profile:
    left_out = {i: entry["reason"] for entry in content["left_out"] for i in entry["indicators"]}
    profile = Profile(
        content["need"],
        tuple(content["age_bands"]),
        tuple((entry["heading"], tuple(entry["indicators"])) for entry in content["equality"]),
        tuple(_read_characteristic(entry) for entry in content["characteristic"]),
        left_out,
        {
            entry["indicator"]: TrendRule(
                entry.get("first", ""), entry["reason"], entry.get("judged", True)
            )
            for entry in content["trend"]
        },
    )
    elsewhere = {*profile.age_bands, *profile.equality_rows, *left_out}
    rows = tuple(i for i in catalogue.ward_indicators if i not in elsewhere)
    return replace(profile, rows=rows)


def read_profile(path: Path, catalogue: Catalogue) -> Profile:
    """Read the file and check every name in it.

    Raises:
        CatalogueError: a name is not a ward indicator of the catalogue, a field is missing,
            or a figure to be taken as a logarithm is not in its group.
    """
    try:
        profile = _make(tomllib.loads(path.read_text(encoding="utf-8")), catalogue)
        for rule in profile.trends.values():
            _ = rule.first and read_period(rule.first)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: cannot be read: {error}.") from error
    except KeyError as error:
        raise CatalogueError(f"{path}: lacks {error}.") from error
    except DataError as error:
        raise CatalogueError(f"{path}: {error}") from error
    for indicator in _name_all(profile):
        if indicator not in catalogue.indicators or catalogue.is_district_only(indicator):
            raise CatalogueError(
                f"{path}: {indicator!r} is not an indicator of the catalogue with ward figures."
            )
    for group in profile.characteristics:
        if strangers := sorted(group.log - set(group.indicators)):
            raise CatalogueError(f"{path}: {group.heading}: log names {strangers[0]!r}, which is "
                                 "not among its indicators.")  # fmt: skip
    return profile


@lru_cache(maxsize=1)
def load_profile() -> Profile:
    """The project's own profile, read once."""
    return read_profile(METADATA / "profile.toml", load_catalogue())
