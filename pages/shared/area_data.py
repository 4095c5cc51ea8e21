"""A visitor's area from the tables: its fit, its figures and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from analysis.custom_area import (
    AreaFit,
    compute_area_figures,
    compute_area_fit,
    make_whole_fit,
)
from analysis.custom_area_view import Column
from analysis.spine import Own
from data.catalogue import Indicator
from data.custom_area_shapes import GRID, place_shape
from data.geography_words import ENGLAND
from data.load import load_areas, load_lsoas, load_periods
from data.lsoa_parts import list_lsoa_indicators, load_lsoa_parts
from data.lsoa_shapes import find_lsoas_near, join_lsoas
from data.own.shelf import current_catalogue
from data.periods import read_period
from data.profile import load_profile
from pages.shared.area_choices import AreaChoices
from pages.shared.group_figures import group_rows
from pages.shared.groups import Group
from pages.shared.left_out import keep_sound
from pages.shared.places import place_name
from pages.shared.profile_data import Comparison, columns_or_nothing, load_area_spine

if TYPE_CHECKING:
    import geopandas as gpd

OUT_OF_WEIGHT = "weighted by people at the census, not by the publisher's own count"
FIGURES = ["value", "lower_ci", "upper_ci", "numerator", "denominator", "flag"]


@dataclass(frozen=True)
class CustomArea:
    """One area of a visitor.

    `line` is in EPSG:27700, None where LSOAs or wards were picked; `wards` are its members
    where it is made of nothing else, and then it has every ward figure. `notes`: what was done
    to a line.
    """

    name: str
    fit: AreaFit
    line: shapely.Geometry | None = None
    wards: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def councils(self) -> tuple[str, ...]:
        """Codes of the districts in which its people live, most of them first."""
        rows = load_lsoas().loc[list(self.fit.codes)]
        people = rows.groupby("district_code", observed=True)["population"].sum()
        return tuple(str(code) for code in people.sort_values(ascending=False).index)

    @property
    def council(self) -> str:
        """Code of the district in which most of its people live."""
        return self.councils[0]


@lru_cache(maxsize=512)
def _fit_line(packed: bytes) -> AreaFit:
    line = shapely.from_wkb(packed)
    return compute_area_fit(line, *find_lsoas_near(line))


def fit_line(line: shapely.Geometry) -> AreaFit:
    """The fit of a valid line; shared, not to be changed.

    Raises:
        TableError: the boundaries cannot be read.
    """
    return _fit_line(shapely.to_wkb(line))


def lsoas_of_ward(ward: str) -> list[str]:
    """Codes of the LSOAs that fit a ward best."""
    return [str(code) for code in _by_ward().get(ward, ())]


@lru_cache(maxsize=1)
def _by_ward() -> dict[str, tuple[str, ...]]:
    groups = load_lsoas().groupby("ward_code", observed=True).groups
    return {str(ward): tuple(codes) for ward, codes in groups.items()}


def make_area(choices: AreaChoices) -> CustomArea | None:
    """The area that was drawn or picked; None where there is none yet.

    Raises:
        ShapeError: the line has no land.
        TableError: a table cannot be read.
    """
    if choices.way == "draw" and choices.line:
        line, notes = place_shape(shapely.Polygon(choices.line), GRID)
        name = choices.name or "Your area"
        return CustomArea(name, fit_line(line), line, notes=tuple(notes))
    if choices.way == "pick" and (choices.wards or choices.lsoas):
        codes = {*choices.lsoas, *(c for ward in choices.wards for c in lsoas_of_ward(ward))}
        fit = make_whole_fit(codes, load_lsoas())
        wards = () if choices.lsoas else choices.wards
        name = choices.name or (place_name(wards[0]) if len(wards) == 1 else "Your area")
        return CustomArea(name, fit, wards=wards)
    return None


@lru_cache(maxsize=8)
def load_figures(groups: tuple[tuple[str, ...], ...]) -> tuple[pd.DataFrame, ...]:
    """Figures of several sets of LSOAs, see `custom_area.compute_area_figures`, and note.

    Raises:
        TableError: the table is missing or damaged.
    """
    codes = tuple(sorted({code for group in groups for code in group}))
    specs = list_lsoa_indicators()
    notes = {spec.indicator.id: "" if spec.exact else OUT_OF_WEIGHT for spec in specs}
    tables = compute_area_figures(load_lsoa_parts(codes), groups, specs)
    return tuple(table.assign(note=pd.Series(notes)) for table in tables)


def load_area_figures(area: CustomArea) -> pd.DataFrame:
    """Every figure the area can have: of wards where it is made of wards, else of LSOAs.

    Returns:
        index indicator id; value, lower_ci, upper_ci, numerator, denominator, flag, note.

    Raises:
        TableError: a table is missing or damaged.
    """
    if not area.wards:
        return load_figures((area.fit.codes,))[0]
    group = Group(area.name, area.wards)
    rows = {
        i: group_rows([group], i).iloc[0] for i in keep_sound(current_catalogue().ward_indicators)
    }
    return pd.DataFrame.from_dict(rows, orient="index")[[*FIGURES, "note"]]


def comparisons_of_council(council: str) -> dict[str, Comparison]:
    """What an area can be compared with, by the word of the address."""
    row = load_areas().loc[council]
    codes = {"council": council, "county": row["county_code"],
             "region": row["region_code"], "england": ENGLAND}  # fmt: skip
    return {
        key: Comparison(key, code, place_name(code), f"wards in {place_name(code)}")
        for key, code in codes.items()
        if isinstance(code, str)
    }


def load_spine_of(figures: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    """The spine of an area, see `profile_data.load_area_spine`, with the notes of its rows."""
    rows = tuple(row for row in load_profile().rows if row in figures.index)
    kept = figures.loc[list(rows)]
    own = Own(*(kept[name].to_numpy(dtype=float) for name in FIGURES[:3]))
    spine = load_area_spine(rows, own, comparison)
    words = {"estimated": "estimated", "unreliable": "marked unreliable",
             "suppressed": "withheld: small number", "not_available": "no figure here"}  # fmt: skip
    return spine.assign(note=[words.get(str(flag), "") for flag in kept["flag"]])


def list_rows(figures: pd.DataFrame) -> list[Indicator]:
    """The indicators of a table of figures, in the order of the catalogue."""
    return [i for key, i in current_catalogue().indicators.items() if key in figures.index]


def period_label(indicator: str) -> str:
    """The newest period of an indicator in words."""
    return read_period(load_periods(indicator)[-1]).label


def load_columns(ids: Sequence[str], council: str, first: str) -> list[Column]:
    """The benchmarks of a table; the one compared with first."""
    found = comparisons_of_council(council)
    keys = [first, *(key for key in found if key != first)]
    places = load_areas().index.get_indexer([found[key].code for key in keys])
    columns = []
    for key, place in zip(keys, places, strict=True):
        values = {i: float(columns_or_nothing(i).value[place]) for i in ids}
        columns.append(Column(found[key].name, values))
    return columns


def make_land(areas: Sequence[CustomArea]) -> gpd.GeoDataFrame:
    """The land of areas for a map file: the neighbourhoods counted, and the line itself.

    Returns:
        in EPSG:27700; part ("1 counted", "1 line" …), area, what, people, fit.
    """
    import geopandas

    rows = []
    for number, area in enumerate(areas, start=1):
        shapes = {"neighbourhoods counted": join_lsoas(area.fit.codes), "line": area.line}
        for what, shape in shapes.items():
            if shape is None or shape.is_empty:
                continue
            people = area.fit.people if what != "line" else np.nan
            rows.append(
                {
                    "part": f"{number} {what}",
                    "area": area.name,
                    "what": what,
                    "people": people,
                    "fit": round(area.fit.quality, 3),
                    "geometry": shape,
                }
            )
    return geopandas.GeoDataFrame(rows, geometry="geometry", crs=GRID)
