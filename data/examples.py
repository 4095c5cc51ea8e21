"""Ready-made questions for the page "Wards where", read from `metadata/wards_where.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.catalogue import METADATA
from data.errors import CatalogueError


@dataclass(frozen=True)
class Example:
    """A question: its title, how conditions are joined, and the conditions as in a link."""

    title: str
    match: str
    conditions: str


def read_examples(path: Path) -> tuple[Example, ...]:
    """Read the file.

    Raises:
        CatalogueError: it cannot be read, or an entry lacks a field or has an unknown one.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(Example(**entry) for entry in content["example"])
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CatalogueError(f"{path}: cannot be read ({error}); restore the file.") from error


@lru_cache(maxsize=1)
def load_examples() -> tuple[Example, ...]:
    """The project's own examples, read once."""
    return read_examples(METADATA / "wards_where.toml")
