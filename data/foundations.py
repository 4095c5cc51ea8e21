"""What no page can do without: if it is broken, the dashboard says so and does not serve."""

from __future__ import annotations

from data.catalogue import load_catalogue
from data.errors import DataError
from data.load import load_areas
from data.manifest import ROOT, load_manifest

_FOUNDATIONS = (load_manifest, load_catalogue, load_areas)


def find_broken_foundations() -> list[str]:
    """What is wrong with the catalogue, the manifest or the areas; else nothing.

    What was read once is not read again, what was broken is: a restored file is noticed.
    """
    broken: list[str] = []
    for load in _FOUNDATIONS:
        try:
            load()
        except DataError as error:
            # Where the project stands on the disk is nobody's business who asks from outside.
            reason = str(error).replace(f"{ROOT}/", "")
            # The catalogue leans on the manifest: one fault is said once.
            if reason not in broken:
                broken.append(reason)
    return broken
