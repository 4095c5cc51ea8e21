"""Compute the values tables: each indicator for every area and period, as its entry says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from data import aggregation
from data.aggregation import Figures, Parts
from data.catalogue import Catalogue, Indicator, Source
from data.errors import CatalogueError, SourceError
from data.geography import (
    WARD_LAYERS,
    Geography,
    compute_fit_quality,
    compute_share_table,
    compute_shares,
    compute_ward_pairs,
    source_codes,
)
from data.intervals import compute_byar_limits, compute_wilson_limits
from data.periods import read_period
from data.sources import read_source


@dataclass(frozen=True)
class LsoaFigures:
    """The newest figures of one indicator for LSOAs, in the order of the LSOA table.

    `amount` is the numerator where there is a `denominator`, else the value itself.
    """

    source: Source
    period: str
    amount: np.ndarray
    denominator: np.ndarray | None


VALUE_COLUMNS = (
    "indicator_id",
    "area_code",
    "period",
    "period_start",
    "period_end",
    "value",
    "numerator",
    "denominator",
    "lower_ci",
    "upper_ci",
    "flag",
    "fit",
    "fit_quality",
)


@dataclass
class Workbench:
    """What a build has read so far; each raw file and lookup is opened once."""

    folder: Path
    catalogue: Catalogue
    geography: Geography
    _tables: dict[str, dict[str, pd.DataFrame]] = field(default_factory=dict)
    _codes: dict[str, pd.Index] = field(default_factory=dict)
    _shares: dict[str, sparse.csr_matrix | None] = field(default_factory=dict)
    _fit_quality: pd.DataFrame | None = None
    _wards: dict[str, tuple[pd.Index, sparse.csr_matrix, np.ndarray]] = field(default_factory=dict)

    def tables(self, source_id: str) -> dict[str, pd.DataFrame]:
        """The tidy table of a source, one frame per period, indexed by area code."""
        if source_id not in self._tables:
            table = read_source(source_id, self.folder)
            groups = table.groupby("period", sort=False)
            periods = sorted(groups.groups, key=lambda key: read_period(str(key)).start)
            self._tables[source_id] = {
                str(p): groups.get_group(p).drop(columns="period").set_index("area_code")
                for p in periods
            }
        return self._tables[source_id]

    def codes(self, geography: str) -> pd.Index:
        """The area codes of a native geography, in a fixed order."""
        if geography not in self._codes:
            self._codes[geography] = source_codes(self.folder, self.geography, geography)
        return self._codes[geography]

    def shares(self, geography: str) -> sparse.csr_matrix | None:
        """LSOA 2021 x native area shares (None for LSOA 2021 itself)."""
        if geography not in self._shares:
            self._shares[geography] = compute_shares(self.folder, self.geography, geography)
        return self._shares[geography]

    def people(self, geography: str) -> np.ndarray:
        """People of the areas of a native geography, from the census counts of their LSOAs."""
        shares = self.shares(geography)
        if shares is None:
            return self.geography.population
        reached = np.asarray(shares.sum(axis=1)).ravel()
        share = np.divide(
            self.geography.population, reached, out=np.zeros_like(reached), where=reached > 0
        )
        return np.asarray(shares.T @ share)

    @property
    def fit_quality(self) -> pd.DataFrame:
        """Ward x native geography, see `geography.compute_fit_quality`."""
        if self._fit_quality is None:
            self._fit_quality = compute_fit_quality(self.folder, self.geography)
        return self._fit_quality

    def wards(self, geography: str) -> tuple[pd.Index, sparse.csr_matrix, np.ndarray]:
        """Codes of earlier wards; areas x those wards; which areas are one unchanged ward."""
        if geography not in self._wards:
            self._wards[geography] = _compute_wards(self.folder, self.geography, geography)
        return self._wards[geography]

    def periods_held(self) -> dict[str, dict[str, str]]:
        """First and last period of every source read so far, by source id."""
        held = {}
        for source_id, tables in self._tables.items():
            last = max(tables, key=lambda key: (read_period(key).end, read_period(key).start))
            held[source_id] = {"first_period": next(iter(tables)), "last_period": last}
        return held

    def nearest(self, source_id: str, period: str) -> str:
        """The period of a source that starts nearest to the start of `period`."""
        start = read_period(period).start
        return min(self.tables(source_id), key=lambda p: abs(read_period(p).start - start))


def _compute_wards(
    folder: Path, geography: Geography, source_geography: str
) -> tuple[pd.Index, sparse.csr_matrix, np.ndarray]:
    pairs = compute_ward_pairs(folder, geography, source_geography)
    codes = pd.Index(sorted(pairs["source"].unique()))
    areas = geography.areas
    wards = areas[areas["area_type"] == "ward"]
    shares = compute_share_table(pairs, codes, pd.Index(wards["area_code"]))
    position = pd.Index(areas["area_code"])
    blocks = [sparse.identity(len(wards), format="csr")]
    for column in ("district_code", "county_code", "region_code"):
        parent = wards[column].dropna()
        rows = position.get_indexer(parent) - len(wards)
        shape = (len(areas) - len(wards), len(wards))
        where = (rows, wards.index.get_indexer(parent.index))
        blocks.append(sparse.csr_matrix((np.ones(len(parent)), where), shape))
    above = sum(blocks[1:])
    above = above.tolil()
    above[-1, :] = 1  # England holds every ward
    upwards = sparse.vstack([blocks[0], above.tocsr()]).tocsr()
    same = areas["area_code"].isin(pairs.loc[pairs["same"], "target"]).to_numpy()
    return codes, (upwards @ shares).tocsr(), same


def _split_name(measure: str, source: Source) -> tuple[str, str]:
    other, _, name = measure.rpartition(".")
    return (other or source.id), name


def _native_parts(
    bench: Workbench, source_id: str, names: list[str], period: str, codes: pd.Index
) -> Parts:
    """The sum of some measures of one source and period, in the order of `codes`.

    Raises:
        CatalogueError: the source has no such measure, or none is named.
    """
    source = bench.catalogue.sources[source_id]
    table = bench.tables(source_id)[period]
    total: Parts | None = None
    for name in names:
        if name not in table.columns:
            raise CatalogueError(
                f"source {source_id} has no measure {name!r}; it has: {', '.join(table.columns)}."
            )
        hidden = source.blank_range if source.blank == "suppressed" else None
        parts = aggregation.make_parts(table[name].to_numpy(), hidden)
        if total is not None:
            parts = Parts(
                total.low + parts.low,
                total.middle + parts.middle,
                total.high + parts.high,
                total.withheld | parts.withheld,
            )
        total = parts
    if total is None:
        raise CatalogueError(f"an indicator of source {source_id} names no measure.")
    return _reorder(total, table.index, codes)


def _reorder(parts: Parts, index: pd.Index, codes: pd.Index) -> Parts:
    place = index.get_indexer(codes)
    absent = place < 0
    low, middle, high = (
        np.where(absent, np.nan, amounts[place])
        for amounts in (parts.low, parts.middle, parts.high)
    )
    return Parts(low, middle, high, parts.withheld[place] & ~absent)


def _lsoa_parts(bench: Workbench, measures: tuple[str, ...], source: Source, period: str) -> Parts:
    """Counts of one or several measures at LSOA 2021, from whatever geography they have."""
    source_id = _split_name(measures[0], source)[0]
    names = [_split_name(measure, source)[1] for measure in measures]
    if source_id != source.id:
        period = bench.nearest(source_id, period)
    geography = bench.catalogue.sources[source_id].geography
    codes = bench.codes(geography)
    parts = _native_parts(bench, source_id, names, period, codes)
    return aggregation.carry_counts(bench.shares(geography), parts)


def _lsoa_means(bench: Workbench, measure: str, source: Source, period: str) -> np.ndarray:
    codes = bench.codes(source.geography)
    means = _native_parts(bench, source.id, [measure], period, codes).middle
    shares = bench.shares(source.geography)
    return aggregation.carry_means(shares, means, bench.people(source.geography))


def _small_area_figures(
    bench: Workbench, indicator: Indicator, source: Source, period: str
) -> tuple[Figures, LsoaFigures]:
    """Figures of one period for all areas, and what they are made of."""
    members = bench.geography.members
    if indicator.aggregation in ("weighted_mean", "weighted_share"):
        means = _lsoa_means(bench, indicator.numerator[0], source, period)
        weights = _lsoa_parts(bench, (indicator.weight,), source, period).middle
        figures = _scale(aggregation.average(members, means, weights), indicator)
        return figures, LsoaFigures(source, period, means * indicator.multiplier, None)
    top = _lsoa_parts(bench, indicator.numerator, source, period)
    if indicator.aggregation == "sum":
        figures = aggregation.add_up(members, top)
        return figures, LsoaFigures(source, period, top.shown, None)
    bottom = _lsoa_parts(bench, indicator.denominator, source, period)
    figures = aggregation.add_up_ratio(members, top, bottom, indicator.multiplier)
    return figures, LsoaFigures(source, period, top.shown, bottom.middle)


def _scale(figures: Figures, indicator: Indicator) -> Figures:
    value = figures.value * indicator.multiplier
    counts = (figures.numerator, figures.low, figures.high)
    if indicator.aggregation == "weighted_share":
        # The share is a count of people over people, so it can be added up again.
        people = figures.value * figures.denominator
        counts = (people, people, people)
    return Figures(value, counts[0], figures.denominator, counts[1], counts[2], figures.flag)


def _ward_figures(bench: Workbench, indicator: Indicator, source: Source, period: str) -> Figures:
    codes, members, _ = bench.wards(source.geography)
    published = bench.tables(source.id)[period].index
    if not (known := published.isin(codes)).all():
        # Left out, the people of such a ward would be missing from every sum above it.
        raise SourceError(
            source.files[0],
            f"not a ward of {WARD_LAYERS[source.geography][0]}",
            value=published[~known][0],
            cure="Fetch wards of the year that `geography` names in data/metadata/sources.",
        )
    names = [_split_name(measure, source)[1] for measure in indicator.numerator]
    top = aggregation.add_up(members, _native_parts(bench, source.id, names, period, codes))
    if indicator.aggregation == "sum":
        return top
    bottom = _lsoa_parts(bench, indicator.denominator, source, period)
    below = aggregation.add_up(bench.geography.members, bottom)
    return aggregation.divide(top, below, indicator.multiplier)


def compute_limits(figures: Figures, indicator: Indicator) -> tuple[np.ndarray, np.ndarray]:
    """95 % limits in the unit of the value, by the method the catalogue names.

    Where parts are withheld the lower limit is taken from the least and the upper from
    the most they can hide.
    """
    missing = np.isnan(figures.value)
    if indicator.interval == "wilson":
        lower, _ = compute_wilson_limits(figures.low, figures.denominator)
        _, upper = compute_wilson_limits(figures.high, figures.denominator)
        lower, upper = lower * indicator.multiplier, upper * indicator.multiplier
    elif indicator.interval == "byar":
        lower, upper = compute_byar_limits(figures.low)[0], compute_byar_limits(figures.high)[1]
        if indicator.aggregation != "sum":
            scale = np.full_like(lower, np.nan)
            np.divide(indicator.multiplier, figures.denominator, out=scale, where=~missing)
            lower, upper = lower * scale, upper * scale
    else:
        lower = upper = np.full(len(missing), np.nan)
    return np.where(missing, np.nan, lower), np.where(missing, np.nan, upper)


def make_table(
    indicator: Indicator, codes: pd.Index, period: str, figures: Figures
) -> pd.DataFrame:
    """Put one period's figures in the tidy shape, with more places than are shown.

    Two more for the value, so that rounding it for the screen is rounding it once. Columns:
    those of `VALUE_COLUMNS` without fit and fit_quality, one row per code.
    """
    lower, upper = compute_limits(figures, indicator)
    span = read_period(period)
    places = indicator.decimals + 1
    return pd.DataFrame(
        {
            "indicator_id": indicator.id,
            "area_code": codes,
            "period": period,
            "period_start": pd.Timestamp(span.start),
            "period_end": pd.Timestamp(span.end),
            "value": np.round(figures.value, places + 1),
            "numerator": np.round(figures.numerator, 2),
            "denominator": np.round(figures.denominator, 2),
            "lower_ci": np.round(lower, places),
            "upper_ci": np.round(upper, places),
            "flag": figures.flag,
        }
    )


def _add_fit(bench: Workbench, table: pd.DataFrame, source: Source, count: int) -> pd.DataFrame:
    """Say how each figure reached its area; `count` is how many of the rows are wards."""
    wards = bench.fit_quality
    above = np.ones(len(table) - count)
    if source.geography in WARD_LAYERS:
        same = bench.wards(source.geography)[2][:count]
        fit = np.where(same, "native", "apportioned")
        quality = np.where(same, 1.0, wards["lsoa21"].to_numpy())
    else:
        fit = np.full(count, "apportioned" if source.geography.startswith("msoa") else "best_fit")
        quality = wards[source.geography].to_numpy()
    fit = np.concatenate([fit, np.full(len(above), "aggregated")])
    table["fit"] = np.where(source.modelled, "modelled", fit)
    table["fit_quality"] = np.concatenate([quality, above])
    return table


def each_period(bench: Workbench, indicator: Indicator) -> Iterator[tuple[Source, str]]:
    """Every source and period of an indicator, oldest first."""
    ids = (*indicator.earlier_sources, indicator.source)
    first = read_period(indicator.first_period).start if indicator.first_period else None
    last = read_period(indicator.last_period).end if indicator.last_period else None
    for source_id in ids:
        source = bench.catalogue.sources[source_id]
        for period in bench.tables(source_id):
            span = read_period(period)
            if (first is None or span.start >= first) and (last is None or span.end <= last):
                yield source, period


def compute_small_area_indicator(
    bench: Workbench, indicator: Indicator
) -> tuple[pd.DataFrame, LsoaFigures | None]:
    """Values of an indicator for all areas and, where it comes from LSOAs, for LSOAs.

    Returns:
        a table with the columns of `VALUE_COLUMNS`, and the newest figures for LSOAs,
        None unless the newest source is published for LSOAs.
    """
    geography = bench.geography
    codes = pd.Index(geography.areas["area_code"])
    wards = int((geography.areas["area_type"] == "ward").sum())
    tables, newest = [], None
    for source, period in each_period(bench, indicator):
        if source.geography in WARD_LAYERS:
            figures = _ward_figures(bench, indicator, source, period)
        else:
            figures, small = _small_area_figures(bench, indicator, source, period)
            newest = small if source.geography in ("lsoa21", "lsoa11") else None
        table = make_table(indicator, codes, period, figures)
        tables.append(_add_fit(bench, table, source, wards))
    return pd.concat(tables, ignore_index=True)[list(VALUE_COLUMNS)], newest
