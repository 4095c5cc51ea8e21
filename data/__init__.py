"""What is known: catalogue, tables, boundaries, and the way from a raw source to a tidy table.

For use from Python (see docs/open-data.md):

    from data import load_areas, load_boundaries, load_catalogue, load_lsoa_values, load_values
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.catalogue import load_catalogue
    from data.load import load_areas, load_boundaries, load_lsoa_values, load_values

__all__ = ["load_areas", "load_boundaries", "load_catalogue", "load_lsoa_values", "load_values"]


def __getattr__(name: str) -> Any:
    """Bring a function of the public API when it is first asked for: pandas takes a second.

    Raises:
        AttributeError: the API has no such name.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("data.catalogue" if "catalogue" in name else "data.load"), name)
