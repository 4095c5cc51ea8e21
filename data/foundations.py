"""What no page can do without: if it is broken, the dashboard says so and does not serve."""

from __future__ import annotations

from data.catalogue import load_catalogue
from data.errors import DataError
from data.load import load_areas, load_map_index
from data.manifest import load_manifest

_FOUNDATIONS = (load_manifest, load_catalogue, load_areas, load_map_index)


def find_broken_foundations() -> list[str]:
    """What is wrong with the catalogue, the manifest, the areas or the list of maps; else nothing.

    What was read once is not read again, what was broken is: a restored file is noticed.
    """
    broken: list[str] = []
    for load in _FOUNDATIONS:
        try:
            load()
        except DataError as error:
            # The catalogue leans on the manifest: one fault is said once.
            if str(error) not in broken:
                broken.append(str(error))
    return broken
