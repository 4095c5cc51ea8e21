"""Build every committed table and boundary from the raw data folder.

    python -m data.build --source ../shared/data
    python -m data.build --source ../shared/data --try flats_percent    one indicator, not kept

The same input gives the same bytes. Nothing is replaced until everything is built and
checked; a broken raw file stops the build with its name, row, column and value.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from tqdm import tqdm

from data.catalogue import Indicator, load_whole_catalogue
from data.compute import LsoaFigures, Workbench, compute_small_area_indicator
from data.compute_district import Predecessors, compute_district_indicator, read_predecessors
from data.compute_sites import has_sites, make_sites_table
from data.errors import CatalogueError, DataError
from data.geography import Geography, read_geography
from data.geography_words import ENGLAND
from data.prepare_boundaries import read_ward_polygons, write_boundaries
from data.schema import AREAS, LSOAS, check_table, values_schema
from data.storage import swap_in, write_table
from data.trial import choose_indicators, describe_trial, say_next
from data.vintages import write_vintages

ROOT = Path(__file__).parent.parent


SQUARE_METRES_OF_HECTARE = 10_000


def make_areas_table(geography: Geography, wards: gpd.GeoSeries) -> pd.DataFrame:
    """Areas with their land, census population and number of LSOAs; no LSOA, no population.

    Args:
        geography: of this build.
        wards: polygons in metres of British National Grid, index ward code. Larger areas
            are the sums of their wards.
    """
    areas = geography.areas.copy()
    areas["area_hectares"] = _add_up_land(areas, wards.area / SQUARE_METRES_OF_HECTARE)
    areas["lsoa_count"] = np.asarray(geography.members.sum(axis=1)).ravel().astype(int)
    people = geography.members @ geography.population
    areas["population"] = pd.Series(people).where(areas["lsoa_count"] > 0)
    columns = [c for c in AREAS.columns if c in areas]
    return areas[columns]


def _add_up_land(areas: pd.DataFrame, hectares: pd.Series) -> pd.Series:
    wards = areas[areas["area_type"] == "ward"].set_index("area_code")
    sums = [hectares, pd.Series({ENGLAND: hectares.sum()})]
    for parent in ("district_code", "county_code", "region_code"):
        sums.append(hectares.groupby(wards[parent].reindex(hectares.index)).sum())
    # A tenth of a hectare is finer than the boundaries are.
    return areas["area_code"].map(pd.concat(sums)).round(1)


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


def _places(figures: pd.Series, most: int) -> int:
    """Decimal places to keep: none for whole numbers."""
    known = figures.dropna()
    return 0 if (known == known.round()).all() else most


def _write_values(values: pd.DataFrame, indicator: Indicator, path: Path) -> None:
    places = {"fit_quality": 2}
    places["value"] = indicator.decimals + 2
    places["lower_ci"] = places["upper_ci"] = indicator.decimals + 1
    for column in ("numerator", "denominator"):
        places[column] = _places(values[column], 2)
    write_table(values, path, places)


class LsoaTable:
    """One column per indicator and per denominator, which many indicators share."""

    def __init__(self, codes: pd.Series) -> None:
        """Start with the codes of all LSOAs, in order."""
        self._columns: dict[str, object] = {"lsoa_code": codes.to_numpy()}
        self._places: dict[str, int] = {}

    def add(self, indicator: Indicator, figures: LsoaFigures) -> dict[str, object]:
        """Add an indicator's figures and return what the manifest says of them."""
        amount = pd.Series(figures.amount)
        most = 2 if figures.denominator is not None else indicator.decimals + 2
        self._columns[indicator.id] = amount.to_numpy()
        self._places[indicator.id] = _places(amount, most)
        over = None
        if figures.denominator is not None:
            over = "of " + " + ".join(
                m if "." in m else f"{figures.source.id}.{m}" for m in indicator.denominator
            )
            below = pd.Series(figures.denominator)
            # The same measure at another period of its source is another column.
            if over in self._columns and not below.equals(pd.Series(self._columns[over])):
                over = f"{over} for {indicator.id}"
            self._columns[over] = below.to_numpy()
            self._places[over] = _places(below, 2)
        return {"period": figures.period, "source": figures.source.id, "denominator": over}

    def write(self, path: Path) -> None:
        """Write the table."""
        write_table(pd.DataFrame(self._columns), path, self._places)


def _list_periods(values: pd.DataFrame) -> list[str]:
    periods = values.drop_duplicates("period").sort_values(["period_start", "period_end"])
    return [str(period) for period in periods["period"]]


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def build_values(bench: Workbench, tables: Path, *, quiet: bool) -> dict[str, object]:
    """Write the values table of every indicator; return what the manifest says of them."""
    predecessors = read_predecessors(bench.folder, bench.geography.district_successor)
    described: dict[str, object] = {}
    lsoas = LsoaTable(bench.geography.lsoas["lsoa_code"])
    bar = tqdm(bench.catalogue.indicators.values(), desc="indicators", unit="", disable=quiet)
    for indicator in bar:
        bar.set_postfix_str(indicator.id[:40])
        values, small = build_indicator(bench, indicator, predecessors)
        _write_values(values, indicator, tables / "values" / f"{indicator.id}.parquet")
        described[indicator.id] = {
            "periods": _list_periods(values),
            "rows": len(values),
            "lsoa": None if small is None else lsoas.add(indicator, small),
        }
    lsoas.write(tables / "lsoa_values.parquet")
    return described


def _check_folder(source: Path) -> None:
    if not source.is_dir():
        raise DataError(
            f"{source}: no such folder; give the raw data folder with --source "
            "(make data SOURCE=folder)."
        )


def try_indicators(source: Path, names: Sequence[str]) -> str:
    """Compute and check some indicators from `source`, say what came out, and write nothing.

    Raises:
        DataError: an id is unknown, or something is wrong with the raw data or the catalogue.
    """
    _check_folder(source)
    whole = load_whole_catalogue()
    absent = whole.list_absent(source)
    chosen = choose_indicators(whole, names, absent)
    geography = read_geography(source)
    bench = Workbench(source, whole.without(absent), geography)
    predecessors = read_predecessors(source, geography.district_successor)
    said = (
        describe_trial(each, build_indicator(bench, each, predecessors)[0], geography.areas)
        for each in chosen
    )
    return "\n\n".join([*said, say_next(source)])


def build(source: Path, root: Path = ROOT, *, quiet: bool = False) -> None:
    """Build all tables and boundaries from `source` and swap them in below `root`.

    Raises:
        DataError: something is wrong with the raw data or the catalogue; nothing changed.
    """
    _check_folder(source)
    whole = load_whole_catalogue()
    absent = whole.list_absent(source)
    with tempfile.TemporaryDirectory(prefix=".build-", dir=root) as staging:
        staged = Path(staging)
        tables, boundaries, static = (staged / n for n in ("tables", "boundaries", "static"))
        geography = read_geography(source)
        wards = read_ward_polygons(source, geography)
        areas = make_areas_table(geography, wards)
        write_table(check_table(areas, AREAS, "areas"), tables / "areas.parquet")
        lsoas = geography.lsoas.astype({"population": float})[list(LSOAS.columns)]
        write_table(check_table(lsoas, LSOAS, "lsoas"), tables / "lsoas.parquet")
        write_vintages(source, geography, tables)
        if has_sites(source):
            write_table(make_sites_table(source, wards), tables / "sites.parquet")
        bench = Workbench(source, whole.without(absent), geography)
        indicators = build_values(bench, tables, quiet=quiet)
        if not quiet:
            print("boundaries …", file=sys.stderr)
        write_boundaries(source, geography, boundaries, static)
        manifest = {
            "indicators": indicators,
            "left_out": {i: f"{file} is not in the raw folder" for i, file in absent.items()},
            "sources": bench.periods_held(),
            "tables_sha256": _digest(tables),
        }
        text = json.dumps(manifest, indent=1, sort_keys=True)
        (tables / "manifest.json").write_text(text + "\n", encoding="utf-8")
        swap_in(
            staged,
            {
                "tables": root / "data/tables",
                "boundaries": root / "data/boundaries",
                "static": root / "static/boundaries",
            },
        )


def main(arguments: list[str] | None = None) -> int:
    """Run the build from the command line; 1 if the raw data are not as they must be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, required=True, help="the raw data folder")
    parser.add_argument("--root", type=Path, default=ROOT, help="where to write (this project)")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument(
        "--try", nargs="+", dest="tried", metavar="INDICATOR",
        help="compute and check only these, show what came out, write nothing",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    try:
        if options.tried:
            print(try_indicators(options.source, options.tried))
            return 0
        build(options.source, options.root, quiet=options.quiet)
    except DataError as error:
        print(f"Nothing was changed. {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
