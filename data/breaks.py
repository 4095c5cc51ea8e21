"""Breaks in a series: where a definition, an index or the boundaries changed.

They are kept in `data/metadata/breaks.toml`, beside the catalogue whose indicators they name.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.catalogue import METADATA, load_catalogue
from data.errors import CatalogueError, DataError
from data.periods import read_period

KINDS = ("definition", "index", "boundary")
FIELDS = {"indicators", "first_period", "kind", "reason"}


@dataclass(frozen=True)
class Break:
    """From `first_period` on, the figures of an indicator differ in kind from those before.

    `kind` is `definition`, `index` (another edition of an index) or `boundary`; `reason` is a
    sentence for the screen.
    """

    indicator_id: str
    first_period: str
    kind: str
    reason: str


def read_breaks(path: Path) -> tuple[Break, ...]:
    """Read and check a file of breaks.

    Raises:
        CatalogueError: the file is missing or not valid, or an entry names an unknown field,
            kind, indicator or period; the message says which.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("break", [])
    except FileNotFoundError as error:
        raise CatalogueError(f"{path}: the file is missing; restore it.") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path}: not valid TOML: {error}.") from error
    return tuple(
        one for number, entry in enumerate(entries, 1) for one in _make(path, number, entry)
    )


def _make(path: Path, number: int, entry: dict) -> list[Break]:
    where = f"{path}: break {number}"
    if set(entry) != FIELDS:
        raise CatalogueError(
            f"{where} has {', '.join(sorted(entry))}; it must have {', '.join(sorted(FIELDS))}."
        )
    if entry["kind"] not in KINDS:
        raise CatalogueError(f"{where}: kind {entry['kind']!r}; allowed: {', '.join(KINDS)}.")
    known = load_catalogue().indicators
    if unknown := [i for i in entry["indicators"] if i not in known]:
        raise CatalogueError(f"{where}: not in the catalogue: {', '.join(unknown)}.")
    try:
        read_period(entry["first_period"])
    except DataError as error:
        raise CatalogueError(f"{where}: {error}") from error
    return [
        Break(i, entry["first_period"], entry["kind"], entry["reason"]) for i in entry["indicators"]
    ]


@lru_cache(maxsize=1)
def load_breaks() -> tuple[Break, ...]:
    """The breaks of all series.

    Raises:
        CatalogueError: see `read_breaks`.
    """
    return read_breaks(METADATA / "breaks.toml")
