"""What the pages Overview and All indicators open with, from `metadata/overview.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.catalogue import METADATA, Catalogue, load_catalogue
from data.errors import CatalogueError


@dataclass(frozen=True)
class Overview:
    """The headline indicator, (heading, indicator) per theme, (indicator, baseline) per figure.

    `all_indicators`: the columns of the page "All indicators" before themes are chosen.
    """

    headline: str
    themes: tuple[tuple[str, str], ...]
    key_figures: tuple[tuple[str, str], ...]
    all_indicators: tuple[str, ...]


def read_overview(path: Path, catalogue: Catalogue) -> Overview:
    """Read the file and check every name in it.

    Raises:
        CatalogueError: an indicator is not in the catalogue, or a field is missing.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        overview = Overview(
            content["headline"],
            tuple((entry["heading"], entry["indicator"]) for entry in content["theme"]),
            tuple((e["indicator"], e.get("baseline", "")) for e in content["key_figure"]),
            tuple(content["all_indicators"]),
        )
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: cannot be read: {error}.") from error
    except KeyError as error:
        raise CatalogueError(f"{path}: lacks {error}.") from error
    named = [
        overview.headline,
        *(i for _, i in overview.themes),
        *(i for i, _ in overview.key_figures),
        *overview.all_indicators,
    ]
    for indicator in named:
        if indicator not in catalogue.indicators:
            raise CatalogueError(f"{path}: {indicator!r} is not an indicator of the catalogue.")
    return overview


@lru_cache(maxsize=1)
def load_overview() -> Overview:
    """The project's own overview, read once."""
    return read_overview(METADATA / "overview.toml", load_catalogue())
