"""The catalogue: every source, theme and indicator, read from `data/metadata/` and checked.

Unit, decimals, polarity, definition, caveats, source and licence live here once; every
page, chart, download and method note reads them from here.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from data.errors import CatalogueError

METADATA = Path(__file__).parent / "metadata"
VALUES = Path(__file__).parent / "tables/values"
NOT_KNOWN = "not known; see the address"

GEOGRAPHIES = {
    "lsoa21": "LSOA (2021)",
    "lsoa11": "LSOA (2011)",
    "msoa21": "MSOA (2021)",
    "msoa11": "MSOA (2011)",
    "ward21": "ward (2021)",
    "ward22": "ward (2022)",
    "ward25": "ward (2025)",
    "postcode": "postcode or place",
    "district": "district",
}
MEASURES = ("count", "percentage", "rate", "score", "mean", "money", "ratio")
POLARITIES = ("high_is_good", "low_is_good", "no_judgement")
AGGREGATIONS = ("sum", "ratio", "weighted_mean", "weighted_share", "published")
BLANKS = ("suppressed", "not_available")
INTERVALS = ("wilson", "byar", "published", "none")


Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Source:
    """Who published a table, under which licence, and how to read what it leaves blank.

    `blank` says why a figure is missing in the raw file: `suppressed` (withheld because
    it is small: then `blank_range` gives the lowest and highest count it can hide) or
    `not_available`.

    `update_words` says what would replace the figures held: where the next release is and
    how often it comes, or that the series has ended and what took its place.
    `next_release` says when, if the publisher has said so.

    An `optional` source is used only where its raw file is there: it is fetched with
    `python -m data.refresh`, and a build without it leaves its indicators out.
    """

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    attribution: str
    vintage: str
    geography: str
    files: tuple[str, ...]
    producer_description: str
    processing_note: str
    obtained_from: str
    blank: str = "not_available"
    blank_range: tuple[int, int] | None = None
    modelled: bool = False
    caveats: tuple[str, ...] = ()
    update_words: str = ""
    next_release: str = NOT_KNOWN
    optional: bool = False


@dataclass(frozen=True)
class Theme:
    """A subject group of indicators, in the order in which pages list them."""

    id: str
    name: str
    description: str


@dataclass(frozen=True)
class Indicator:
    """One indicator: what it means and how it is computed from its source.

    `numerator`, `denominator` and `weight` name measures of the source's tidy table, or
    of another source written `source_id.measure`. Several measures are added up. A
    denominator or weight from another source is taken at its period nearest in time.

    `aggregation`:
        sum             add the numerator
        ratio           add numerator and denominator, then divide and multiply
        weighted_mean   mean of the numerator measure weighted by `weight`
        weighted_share  share of `weight` living where the numerator measure is 1
        published       carry the publisher's figure as it is (district series)

    `earlier_sources`: tables of the same measures at an older geography, for earlier
    periods.
    """

    id: str
    theme: str
    name: str
    short_name: str
    definition: str
    unit: str
    measure: str
    decimals: int
    polarity: str
    source: str
    aggregation: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    weight: str = ""
    multiplier: float = 1
    interval: str = "none"
    caveats: tuple[str, ...] = ()
    first_period: str = ""
    last_period: str = ""
    ranked: bool = True
    denominator_words: str = ""
    earlier_sources: tuple[str, ...] = ()

    @property
    def needed_sources(self) -> frozenset[str]:
        """Ids of every source that the indicator is computed from."""
        measures = (*self.numerator, *self.denominator, self.weight)
        others = (measure.rpartition(".")[0] for measure in measures)
        return frozenset({self.source, *self.earlier_sources, *others} - {""})


@dataclass(frozen=True)
class Catalogue:
    """All sources, themes and indicators, each by its id, in reading order."""

    sources: Mapping[str, Source]
    themes: Mapping[str, Theme]
    indicators: Mapping[str, Indicator]

    def source_of(self, indicator_id: str) -> Source:
        """Return the source of an indicator."""
        return self.sources[self.indicators[indicator_id].source]

    def is_district_only(self, indicator_id: str) -> bool:
        """Tell whether the figure exists for districts and larger areas only."""
        return self.source_of(indicator_id).geography == "district"

    def has_lsoa_values(self, indicator_id: str) -> bool:
        """Tell whether the figure is published for LSOAs, so that a ward can be opened up."""
        return self.source_of(indicator_id).geography in ("lsoa21", "lsoa11")

    @cached_property
    def ward_indicators(self) -> tuple[str, ...]:
        """Ids of the indicators with a figure for wards."""
        return tuple(i for i in self.indicators if not self.is_district_only(i))

    def without(self, source_ids: Collection[str]) -> Catalogue:
        """The same catalogue without some sources and whatever is computed from them."""
        gone = frozenset(source_ids)
        sources = {i: source for i, source in self.sources.items() if i not in gone}
        indicators = {i: x for i, x in self.indicators.items() if not x.needed_sources & gone}
        return Catalogue(MappingProxyType(sources), self.themes, MappingProxyType(indicators))

    def list_absent(self, folder: Path) -> dict[str, str]:
        """Optional sources that lack a raw file in `folder`: id -> the first file that lacks."""
        return {
            source.id: file
            for source in self.sources.values()
            if source.optional
            for file in [f for f in source.files if not (folder / f).exists()][:1]
        }

    def by_theme(self, theme_id: str) -> tuple[Indicator, ...]:
        """Return the indicators of one theme in reading order."""
        return tuple(i for i in self.indicators.values() if i.theme == theme_id)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(f"{path}: the file is missing; restore it.") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path}: not valid TOML: {error}.") from error


def _make(kind: type[Entry], path: Path, entry_id: str, values: dict[str, Any]) -> Entry:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(values) - known):
        allowed = ", ".join(sorted(known))
        raise CatalogueError(f"{path}: [{entry_id}] has unknown {unknown}; allowed: {allowed}.")
    frozen = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    try:
        return kind(id=entry_id, **frozen)  # type: ignore[call-arg]
    except TypeError as error:
        missing = str(error).split(":")[-1].strip()
        raise CatalogueError(f"{path}: [{entry_id}] lacks {missing}.") from error


def _check_choice(
    path: Path, entry_id: str, field: str, value: str, allowed: Iterable[str]
) -> None:
    if value not in allowed:
        raise CatalogueError(
            f"{path}: [{entry_id}] {field} = {value!r}; allowed: {', '.join(allowed)}."
        )


def _check_indicator(path: Path, indicator: Indicator, sources: Mapping[str, Source]) -> None:
    for field, allowed in (
        ("measure", MEASURES),
        ("polarity", POLARITIES),
        ("aggregation", AGGREGATIONS),
        ("interval", INTERVALS),
        ("source", tuple(sources)),
    ):
        _check_choice(path, indicator.id, field, getattr(indicator, field), allowed)
    for earlier in indicator.earlier_sources:
        _check_choice(path, indicator.id, "earlier_sources", earlier, tuple(sources))
    needs = {"ratio": "denominator", "weighted_mean": "weight", "weighted_share": "weight"}
    needed = needs.get(indicator.aggregation)
    if needed and not getattr(indicator, needed):
        raise CatalogueError(
            f"{path}: [{indicator.id}] aggregation {indicator.aggregation!r} needs {needed}."
        )
    for measure in (*indicator.numerator, *indicator.denominator, indicator.weight):
        if "." in measure and measure.split(".")[0] not in sources:
            raise CatalogueError(
                f"{path}: [{indicator.id}] names the unknown source in {measure!r}."
            )


def _check_update(path: Path, source: Source) -> None:
    if not source.update_words.endswith("."):
        raise CatalogueError(
            f"{path}: [{source.id}] update_words = {source.update_words!r}; write a sentence: "
            "where the next release is and how often it comes, or what took its place."
        )
    if not source.next_release.strip():
        raise CatalogueError(
            f"{path}: [{source.id}] next_release is empty; say when, or leave the field out."
        )


def _read_sources(folder: Path) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for path in sorted((folder / "sources").glob("*.toml")):
        for source_id, values in _read_toml(path).items():
            if source_id in sources:
                raise CatalogueError(f"{path}: [{source_id}] is defined twice; rename one.")
            source = _make(Source, path, source_id, values)
            _check_choice(path, source_id, "geography", source.geography, GEOGRAPHIES)
            _check_choice(path, source_id, "blank", source.blank, BLANKS)
            _check_update(path, source)
            sources[source_id] = source
    return sources


def _read_indicators(
    folder: Path, themes: Mapping[str, Theme], sources: Mapping[str, Source]
) -> dict[str, Indicator]:
    indicators: dict[str, Indicator] = {}
    for theme_id in themes:
        path = folder / "indicators" / f"{theme_id}.toml"
        entries = _read_toml(path)
        # [shared] holds what every entry of the file has in common, unless it says otherwise.
        shared = entries.pop("shared", {})
        for indicator_id, values in entries.items():
            if indicator_id in indicators:
                raise CatalogueError(f"{path}: [{indicator_id}] is defined twice; rename one.")
            merged = {"theme": theme_id, **shared, **values}
            indicator = _make(Indicator, path, indicator_id, merged)
            _check_indicator(path, indicator, sources)
            indicators[indicator_id] = indicator
    return indicators


def read_catalogue(folder: Path) -> Catalogue:
    """Read and check the catalogue in a folder.

    Raises:
        CatalogueError: a file, field or name is missing, unknown or contradictory; the
            message names the file, the entry and what is allowed.
    """
    path = folder / "themes.toml"
    themes = {key: _make(Theme, path, key, values) for key, values in _read_toml(path).items()}
    sources = _read_sources(folder)
    indicators = _read_indicators(folder, themes, sources)
    return Catalogue(
        MappingProxyType(sources), MappingProxyType(themes), MappingProxyType(indicators)
    )


@lru_cache(maxsize=1)
def load_whole_catalogue() -> Catalogue:
    """Return the project's own catalogue with every optional source, read once."""
    return read_catalogue(METADATA)


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """Return the project's own catalogue as it was built, read once.

    Optional sources are in it only if their indicators have a table.
    """
    whole = load_whole_catalogue()
    unbuilt = (i for i in whole.indicators if not (VALUES / f"{i}.parquet").exists())
    waiting = {s for i in unbuilt for s in whole.indicators[i].needed_sources}
    return whole.without({s for s in waiting if whole.sources[s].optional})


def _check_names(catalogue: Catalogue) -> None:
    """Every indicator has a name of its own.

    Raises:
        CatalogueError: two share one.
    """
    names = [indicator.name for indicator in catalogue.indicators.values()]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise CatalogueError(f"several indicators have the name {twice[0]!r}; rename one.")


def main() -> int:
    """Check the whole catalogue from the command line: `python -m data.catalogue`."""
    from data.breaks import load_breaks
    from data.left_out import load_left_out
    from data.overview import load_overview
    from data.profile import load_profile
    from data.recovery import load_lockdowns, load_recovery

    try:
        catalogue = load_catalogue()
        load_overview()
        load_left_out()
        load_breaks()
        load_profile()
        load_recovery()
        load_lockdowns()
        _check_names(catalogue)
    except CatalogueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    counts = f"{len(catalogue.indicators)} indicators from {len(catalogue.sources)} sources"
    sys.stdout.write(f"{counts}: in order\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
