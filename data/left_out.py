"""What was looked at and not used, and why, read from `metadata/left_out.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from data.catalogue import METADATA
from data.errors import CatalogueError


@lru_cache(maxsize=1)
def load_left_out() -> tuple[tuple[str, str], ...]:
    """Return (what, why) pairs in the order of the file.

    Raises:
        CatalogueError: the file is missing or an entry lacks a field.
    """
    path = METADATA / "left_out.toml"
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["tables"]
        return tuple((entry["what"].rstrip("."), entry["why"]) for entry in entries)
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise CatalogueError(f"{path}: cannot be read: {error!r}.") from error
