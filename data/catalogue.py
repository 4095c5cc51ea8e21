"""The catalogue: every source, theme and indicator, read from `data/metadata/` and checked.

Unit, decimals, polarity, definition, caveats, source and licence live here once; every
page, chart, download and method note reads them from here.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from data.catalogue_entries import Catalogue, Indicator, Source, Theme
from data.catalogue_reader import read_catalogue, read_sound_entries
from data.errors import CatalogueError
from data.terminal import print_utf8

__all__ = [
    "METADATA",
    "VALUES",
    "Catalogue",
    "Indicator",
    "Source",
    "Theme",
    "load_catalogue",
    "load_sound_entries",
    "load_whole_catalogue",
    "read_catalogue",
]

METADATA = Path(__file__).parent / "metadata"
VALUES = Path(__file__).parent / "tables/values"


@lru_cache(maxsize=1)
def load_whole_catalogue() -> Catalogue:
    """Return the project's own catalogue with every optional source, read once; for builds.

    Raises:
        CatalogueError: an entry has a fault.
    """
    return read_catalogue(METADATA)


@lru_cache(maxsize=1)
def load_sound_entries() -> Catalogue:
    """The same for a dashboard that serves: an entry with a fault costs that one entry.

    Raises:
        CatalogueError: themes, or a whole file, cannot be read.
    """
    return read_sound_entries(METADATA)


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """Return the project's own catalogue as it was built, read once.

    Optional sources are in it only if their indicators have a table. Entries with a fault are
    named in its `broken`; their figures are refused by `data.load`.

    Raises:
        CatalogueError: see `load_sound_entries`.
    """
    whole = load_sound_entries()
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
    print_utf8()
    from data.breaks import load_breaks
    from data.left_out import load_left_out
    from data.overview import load_overview
    from data.profile import load_profile
    from data.recovery import load_lockdowns, load_recovery

    try:
        load_whole_catalogue()
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
