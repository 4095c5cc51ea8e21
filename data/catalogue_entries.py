"""What the catalogue is made of: sources, themes and indicators, and the words they may use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

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
    """All sources, themes and indicators, each by its id, in reading order.

    `broken` and `broken_sources`: ids of indicators and sources whose entry cannot be used -> what
    is wrong, where, and what is allowed. Each has a stand-in among the others, so that whatever
    names it is told why it has no figures.
    """

    sources: Mapping[str, Source]
    themes: Mapping[str, Theme]
    indicators: Mapping[str, Indicator]
    broken: Mapping[str, str] = field(default_factory=dict)
    broken_sources: Mapping[str, str] = field(default_factory=dict)

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
        return Catalogue(
            MappingProxyType(sources),
            self.themes,
            MappingProxyType(indicators),
            {i: why for i, why in self.broken.items() if i in indicators},
            {i: why for i, why in self.broken_sources.items() if i in sources},
        )

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
