"""Build every committed table and boundary from the raw data folder.

    python -m data.build --source ../shared/data
    python -m data.build --source ../shared/data --try flats_percent    one indicator, not kept
    python -m data.build --source ../shared/data --scheduler tcp://build.example:8786

The same input gives the same bytes, on one machine or on several. Nothing is replaced until
everything is built and checked; a broken raw file stops the build with its name, row, column
and value.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from tqdm import tqdm

from data.build_steps import (
    Made,
    MadeIndicator,
    Step,
    Workroom,
    build_indicator,
    count_places,
    list_steps,
    name_step,
)
from data.catalogue import Indicator, load_whole_catalogue
from data.compute import LsoaFigures
from data.compute_sites import has_sites, make_sites_table
from data.errors import DataError
from data.geography import Geography
from data.geography_words import ENGLAND
from data.manifest import list_checksums
from data.prepare_boundaries import write_map_index
from data.schema import AREAS, LSOAS, check_table
from data.storage import swap_in, write_table
from data.terminal import print_utf8
from data.trial import choose_indicators, describe_trial, say_next

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
        self._places[indicator.id] = count_places(amount, most)
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
            self._places[over] = count_places(below, 2)
        return {"period": figures.period, "source": figures.source.id, "denominator": over}

    def write(self, path: Path) -> None:
        """Write the table."""
        write_table(pd.DataFrame(self._columns), path, self._places)


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def run_here(room: Workroom, steps: Sequence[Step], folder: Path) -> Iterator[tuple[Step, Made]]:
    """Run the steps one after the other, in this process."""
    for step in steps:
        yield step, step(room, folder)


def _run(
    room: Workroom, folder: Path, scheduler: str | None, *, quiet: bool
) -> Iterator[tuple[Step, Made]]:
    steps = list_steps(room.catalogue)
    if scheduler is None:
        made = run_here(room, steps, folder)
    else:
        # Dask is needed by nobody who builds on one machine.
        from data.build_cluster import run_on_cluster

        made = run_on_cluster(scheduler, room.source, steps, folder)
    bar = tqdm(total=len(steps), desc="steps", unit="", disable=quiet)
    with bar:
        for step, result in made:
            bar.set_postfix_str(name_step(step)[:40], refresh=False)
            bar.update()
            yield step, result


def build_steps(
    room: Workroom, folder: Path, scheduler: str | None, *, quiet: bool
) -> dict[str, object]:
    """Run all steps and write what is made of several; return what the manifest says.

    Whichever step is done first, the columns of the LSOA table stand in the order of the
    catalogue.
    """
    indicators: dict[str, MadeIndicator] = {}
    sources: dict[str, Mapping[str, str]] = {}
    maps: dict[str, Mapping[str, str]] = {}
    for _, made in _run(room, folder, scheduler, quiet=quiet):
        indicators.update(made.indicators)
        sources.update(made.sources)
        maps.update(made.maps)
    write_map_index(maps, folder / "boundaries")
    lsoas = LsoaTable(room.geography.lsoas["lsoa_code"])
    described = {}
    for indicator in room.catalogue.indicators.values():
        made_indicator = indicators[indicator.id]
        small = made_indicator.small
        described[indicator.id] = {
            "periods": made_indicator.periods,
            "rows": made_indicator.rows,
            "lsoa": None if small is None else lsoas.add(indicator, small),
        }
    lsoas.write(folder / "tables/lsoa_values.parquet")
    return {"indicators": described, "sources": sources}


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
    room = Workroom(source.resolve())
    chosen = choose_indicators(load_whole_catalogue(), names, room.absent)
    said = (
        describe_trial(
            each, build_indicator(room.bench, each, room.predecessors)[0], room.geography.areas
        )
        for each in chosen
    )
    return "\n\n".join([*said, say_next(source)])


def build(
    source: Path, root: Path = ROOT, *, quiet: bool = False, scheduler: str | None = None
) -> None:
    """Build all tables and boundaries from `source` and swap them in below `root`.

    Args:
        source: the raw data folder.
        root: the project.
        quiet: no progress bar.
        scheduler: the address of a Dask scheduler whose workers do the steps, see
            `data.build_cluster`; None does everything in this process.

    Raises:
        DataError: something is wrong with the raw data, the catalogue or the workers;
            nothing changed.
    """
    _check_folder(source)
    room = Workroom(source.resolve())
    with tempfile.TemporaryDirectory(prefix=".build-", dir=root) as staging:
        staged = Path(staging)
        tables = staged / "tables"
        areas = make_areas_table(room.geography, room.wards)
        write_table(check_table(areas, AREAS, "areas"), tables / "areas.parquet")
        lsoas = room.geography.lsoas.astype({"population": float})[list(LSOAS.columns)]
        write_table(check_table(lsoas, LSOAS, "lsoas"), tables / "lsoas.parquet")
        if has_sites(source):
            write_table(make_sites_table(source, room.wards), tables / "sites.parquet")
        manifest = {
            **build_steps(room, staged, scheduler, quiet=quiet),
            "left_out": {i: f"{file} is not in the raw folder" for i, file in room.absent.items()},
            "tables_sha256": _digest(tables),
            "files": list_checksums(tables),
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
    """Run the build from the command line; 1 if it could not be done, and nothing changed."""
    print_utf8()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, required=True, help="the raw data folder")
    parser.add_argument("--root", type=Path, default=ROOT, help="where to write (this project)")
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask scheduler to spread the work, tcp://…:8786"
    )
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
        build(options.source, options.root, quiet=options.quiet, scheduler=options.scheduler)
    except (DataError, OSError) as error:
        # A full disk or a folder that cannot be written is no fault of the program either.
        print(f"Nothing was changed. {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
