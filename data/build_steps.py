"""The steps of a build: pieces of work that do not wait for each other.

A step is a function that is given a `Workroom` and an empty folder. It writes its files into
the folder (`tables/`, `boundaries/`, `static/`) and returns what the build must know of them.
Only the names of what is to be done are in a step, never a table, so that it can be sent to
another machine (`data.build_cluster`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.catalogue import Catalogue, Indicator, load_whole_catalogue
from data.compute import LsoaFigures, Workbench, compute_small_area_indicator
from data.compute_district import Predecessors, compute_district_indicator, read_predecessors
from data.errors import CatalogueError
from data.geography import Geography, read_geography
from data.prepare_boundaries import (
    read_ward_polygons,
    write_lsoa_boundaries,
    write_ward_boundaries,
)
from data.schema import check_table, values_schema
from data.storage import write_table
from data.vintages import write_vintages


class Workroom:
    """What the steps of one build share on one machine: each raw file is opened once there.

    Attributes:
        source: the raw data folder.
        catalogue: without the optional sources that are not in the folder.
        absent: optional source -> its file that is not there.
    """

    def __init__(self, source: Path) -> None:
        whole = load_whole_catalogue()
        self.source = source
        self.absent = whole.list_absent(source)
        self.catalogue: Catalogue = whole.without(self.absent)

    @cached_property
    def geography(self) -> Geography:
        """Areas and LSOAs of this build."""
        return read_geography(self.source)

    @cached_property
    def bench(self) -> Workbench:
        """The raw tables read so far."""
        return Workbench(self.source, self.catalogue, self.geography)

    @cached_property
    def predecessors(self) -> Predecessors:
        """Earlier districts, see `read_predecessors`."""
        return read_predecessors(self.source, self.geography.district_successor)

    @cached_property
    def wards(self) -> gpd.GeoSeries:
        """Ward polygons, see `read_ward_polygons`."""
        return read_ward_polygons(self.source, self.geography)


@dataclass(frozen=True)
class MadeIndicator:
    """What the build must know of one values table.

    Attributes:
        periods: labels, oldest first.
        rows: of the table.
        small: its figures for LSOAs, if it has them.
    """

    periods: list[str]
    rows: int
    small: LsoaFigures | None


@dataclass(frozen=True)
class Made:
    """What a step made besides its files.

    Attributes:
        indicators: id -> what is to be known of its table.
        sources: source id -> first and last period, of the sources read so far.
        maps: layer -> area code -> name of its map file.
    """

    indicators: Mapping[str, MadeIndicator] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


#: See the head of this module.
Step = Callable[[Workroom, Path], Made]


def list_steps(catalogue: Catalogue) -> list[Step]:
    """All steps of a build; those that take longest first, so that nobody waits for them.

    Indicators of one source are one step: its raw file is then read on one machine only.
    """
    by_source: dict[str, list[str]] = {}
    for indicator in catalogue.indicators.values():
        by_source.setdefault(indicator.source, []).append(indicator.id)
    indicators = [partial(make_indicators, ids=tuple(ids)) for ids in by_source.values()]
    return [make_lsoa_maps, make_ward_maps, make_vintages, *indicators]


def name_step(step: Step) -> str:
    """The name of a step for people: `lsoa maps`, or the first of its indicators."""
    if isinstance(step, partial):
        return str(step.keywords["ids"][0])
    return step.__name__.removeprefix("make_").replace("_", " ")


def make_lsoa_maps(room: Workroom, folder: Path) -> Made:
    """The lines of LSOAs for browsers and for GIS programs."""
    maps = write_lsoa_boundaries(
        room.source, room.geography, folder / "boundaries", folder / "static"
    )
    return Made(maps={"lsoa": maps})


def make_ward_maps(room: Workroom, folder: Path) -> Made:
    """The lines of wards and of the areas above them for browsers and for GIS programs."""
    maps = write_ward_boundaries(
        room.wards, room.geography, folder / "boundaries", folder / "static"
    )
    return Made(maps={"ward": maps})


def make_vintages(room: Workroom, folder: Path) -> Made:
    """The table of ended areas."""
    write_vintages(room.source, room.geography, folder / "tables")
    return Made()


def make_indicators(room: Workroom, folder: Path, *, ids: tuple[str, ...]) -> Made:
    """The values tables of some indicators.

    Raises:
        DataError: the raw data, the catalogue entry or the result is wrong.
    """
    made = {}
    for indicator_id in ids:
        indicator = room.catalogue.indicators[indicator_id]
        values, small = build_indicator(room.bench, indicator, room.predecessors)
        write_values(values, indicator, folder / "tables/values" / f"{indicator_id}.parquet")
        made[indicator_id] = MadeIndicator(_list_periods(values), len(values), small)
    return Made(indicators=made, sources=room.bench.periods_held())


def build_indicator(
    bench: Workbench, indicator: Indicator, predecessors: Predecessors
) -> tuple[pd.DataFrame, LsoaFigures | None]:
    """Compute and check one indicator: its values, and its LSOA figures if it has them.

    Raises:
        CatalogueError: the entry names what is not there; the message names the indicator.
        DataError: the raw data or the result is wrong.
    """
    small = None
    try:
        if bench.catalogue.is_district_only(indicator.id):
            values = compute_district_indicator(bench, indicator, predecessors)
        else:
            values, small = compute_small_area_indicator(bench, indicator)
    except CatalogueError as error:
        raise CatalogueError(f"data/metadata/indicators: [{indicator.id}]: {error}") from error
    words = ["indicator_id", "area_code", "period", "flag", "fit"]
    values = values.astype(dict.fromkeys(words, str))
    order = pd.Index(bench.geography.areas["area_code"]).get_indexer(values["area_code"])
    # Area by area: figures of one area resemble each other, which halves the files.
    values = values.assign(order=order).sort_values(["order", "period_start", "period_end"])
    values = values.drop(columns="order").reset_index(drop=True)
    return check_table(values, values_schema(indicator), indicator.id), small


def count_places(figures: pd.Series, most: int) -> int:
    """Decimal places to keep: none for whole numbers."""
    known = figures.dropna()
    return 0 if (known == known.round()).all() else most


def write_values(values: pd.DataFrame, indicator: Indicator, path: Path) -> None:
    """Write one values table with the decimal places that are kept."""
    places = {"fit_quality": 2}
    places["value"] = indicator.decimals + 2
    places["lower_ci"] = places["upper_ci"] = indicator.decimals + 1
    for column in ("numerator", "denominator"):
        places[column] = count_places(values[column], 2)
    write_table(values, path, places)


def _list_periods(values: pd.DataFrame) -> list[str]:
    periods = values.drop_duplicates("period").sort_values(["period_start", "period_end"])
    return [str(period) for period in periods["period"]]
