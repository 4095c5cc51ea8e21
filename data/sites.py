"""Schools, and GP, dental and pharmacy sites by ward: how many, and where the counts come from."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.catalogue import METADATA
from data.errors import TableError
from data.load import load_table

FILE = "sites.parquet"


@dataclass(frozen=True)
class SiteSource:
    """Who publishes a list of sites, under which licence, as at which day."""

    title: str
    publisher: str
    url: str
    licence: str
    attribution: str
    as_at: dt.date
    processing_note: str
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class SiteKind:
    """One kind of site: its column, its words, its source."""

    kind: str
    one: str
    many: str
    source: SiteSource


@lru_cache(maxsize=1)
def load_site_kinds() -> dict[str, SiteKind]:
    """The kinds of sites by the name of their column, in the order of the screen.

    Raises:
        TableError: the file about them is missing or damaged.
    """
    path = METADATA / "sites.toml"
    try:
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        sources = {
            name: SiteSource(**{**one, "caveats": tuple(one["caveats"])})
            for name, one in entry["source"].items()
        }
        kinds = [SiteKind(**{**one, "source": sources[one["source"]]}) for one in entry["site"]]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise TableError(f"{path.name}: cannot be read ({error}); restore the file.") from error
    return {kind.kind: kind for kind in kinds}


@lru_cache(maxsize=1)
def load_sites() -> pd.DataFrame:
    """How many sites each ward has in the lists.

    Returns:
        index ward code; one column of counts for each kind of `load_site_kinds`; 0 where the
        list names none, which is not to say that there is none.

    Raises:
        TableError: the table is missing or damaged.
    """
    return load_table(FILE, index="area_code")[list(load_site_kinds())]
