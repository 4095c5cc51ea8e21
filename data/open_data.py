"""The public data set as flat tables: what the data routes answer and the data package holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from data.catalogue import Catalogue, load_catalogue
from data.load import load_areas, load_manifest, load_periods, read_values

AREA_TYPES = ("ward", "district", "county", "region", "country")
ENGLAND = "E92000001"
#: Column -> type of Frictionless and what it means; the order is that of every file and answer.
VALUE_FIELDS = {
    "indicator_id": ("string", "Id of the indicator in the catalogue"),
    "area_code": ("string", "Code of the area (Office for National Statistics)"),
    "area_name": ("string", "Name of the area"),
    "area_type": ("string", "ward, district, county, region or country"),
    "period": ("string", "Period as published"),
    "period_start": ("date", "First day of the period"),
    "period_end": ("date", "Last day of the period"),
    "value": ("number", "Figure in the unit of the catalogue; empty where missing, never 0"),
    "numerator": ("number", "Count above the line, where the source has it"),
    "denominator": ("number", "Count below the line, where the source has it"),
    "lower_ci": ("number", "Lower 95 % limit"),
    "upper_ci": ("number", "Upper 95 % limit"),
    "flag": ("string", "Why a value is missing or weak; empty where it is neither"),
    "fit": ("string", "How the figure reached the area: native, best_fit, apportioned, modelled"),
    "fit_quality": ("number", "0 to 1: how well the small areas fit the area"),
}
AREA_FIELDS = {
    "area_code": ("string", "Code of the area (Office for National Statistics)"),
    "area_name": ("string", "Name of the area"),
    "area_type": ("string", "ward, district, county, region or country"),
    "district_code": ("string", "District, unitary authority or London borough it lies in"),
    "county_code": ("string", "County council area it lies in; empty where there is none"),
    "region_code": ("string", "Region it lies in"),
    "area_hectares": ("number", "Land inside the boundaries of 2025"),
    "population": ("number", "Usual residents, Census 2021; empty where no LSOA fits"),
    "lsoa_count": ("integer", "LSOAs of 2021 that make it up"),
}
INDICATOR_FIELDS = {
    "indicator_id": ("string", "Id of the indicator"),
    "theme": ("string", "Subject group"),
    "name": ("string", "Name as on screen"),
    "definition": ("string", "What is counted"),
    "unit": ("string", "Unit of value"),
    "measure": ("string", "count, percentage, rate, score, mean, money or ratio"),
    "decimals": ("integer", "Decimals that are shown"),
    "polarity": ("string", "high_is_good, low_is_good or no_judgement"),
    "published_for": ("string", "Geography that the figure was published for"),
    "for_wards": ("boolean", "Whether there are figures for wards"),
    "periods": ("string", "Periods held, oldest first, separated by ;"),
    "caveats": ("string", "What to mind"),
    "source_id": ("string", "Id of the source"),
}
SOURCE_FIELDS = {
    "source_id": ("string", "Id of the source"),
    "title": ("string", "Title of the table"),
    "publisher": ("string", "Who published it"),
    "url": ("string", "Official address"),
    "licence": ("string", "Licence"),
    "attribution": ("string", "What to write beside a figure"),
    "vintage": ("string", "Release held"),
    "processing_note": ("string", "What was done with it here"),
}


@lru_cache(maxsize=1)
def load_area_table() -> pd.DataFrame:
    """Every area; columns `AREA_FIELDS`."""
    return load_areas().reset_index()[list(AREA_FIELDS)]


def list_within(place: str) -> pd.Index:
    """Codes of a place and of all areas inside it; of every area for England."""
    areas = load_areas()
    if place == ENGLAND:
        return areas.index
    inside = areas[["district_code", "county_code", "region_code"]].eq(place).any(axis=1)
    return areas.index[inside | (areas.index == place)]


def make_value_table(
    indicators: Sequence[str],
    *,
    periods: Sequence[str] | None = (),
    area_codes: pd.Index | None = None,
    area_type: str = "",
) -> pd.DataFrame:
    """The values of some indicators.

    Args:
        indicators: ids of the catalogue.
        periods: labels as published; () the newest of each indicator, None every period.
        area_codes: only these areas; None all.
        area_type: only areas of this type; "" all.

    Returns:
        columns `VALUE_FIELDS`; indicator by indicator, area by area, oldest first.

    Raises:
        TableError: a table is missing or damaged.
    """
    areas = load_areas()
    chosen = areas if area_codes is None else areas.loc[areas.index.isin(area_codes)]
    if area_type:
        chosen = chosen[chosen["area_type"] == area_type]
    parts = []
    for indicator in indicators:
        values = read_values(indicator)
        if periods is not None:
            wanted = set(periods or load_periods(indicator)[-1:])
            values = values[values["period"].isin(wanted)]
        parts.append(values[values["area_code"].isin(chosen.index)].astype({"area_code": object}))
    table = pd.concat(parts, ignore_index=True)
    for column in ("area_name", "area_type"):
        table[column] = table["area_code"].map(areas[column])
    return table[list(VALUE_FIELDS)]


def make_indicator_table(catalogue: Catalogue | None = None) -> pd.DataFrame:
    """Every sound indicator that was built; columns `INDICATOR_FIELDS`."""
    catalogue, built = catalogue or load_catalogue(), load_manifest()["indicators"]
    rows = []
    for entry in catalogue.indicators.values():
        if entry.id in catalogue.broken or entry.id not in built:
            continue
        unit = " ".join(part for part in (entry.unit, entry.denominator_words) if part)
        rows.append((
            entry.id, entry.theme, entry.name, entry.definition, unit, entry.measure,
            entry.decimals, entry.polarity, catalogue.source_of(entry.id).geography,
            not catalogue.is_district_only(entry.id), "; ".join(load_periods(entry.id)),
            " ".join(entry.caveats), entry.source,
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(INDICATOR_FIELDS))


def make_source_table(catalogue: Catalogue | None = None) -> pd.DataFrame:
    """Every sound source of the catalogue; columns `SOURCE_FIELDS`."""
    catalogue = catalogue or load_catalogue()
    names = ("id", *list(SOURCE_FIELDS)[1:])
    rows = [
        [getattr(source, name) for name in names]
        for source in catalogue.sources.values()
        if source.id not in catalogue.broken_sources
    ]
    return pd.DataFrame(rows, columns=list(SOURCE_FIELDS))
