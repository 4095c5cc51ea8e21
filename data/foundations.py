"""What is broken: what no page can do without, and single indicators.

The first is said in place of every page; the second cost themselves only.
"""

from __future__ import annotations

from data.catalogue import load_catalogue
from data.errors import DataError, TableError
from data.load import MEND, load_areas, load_periods
from data.manifest import TABLES, load_manifest, reading_table
from data.own.shelf import is_own

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
            reason = str(error)
            # The catalogue leans on the manifest: one fault is said once.
            if reason not in broken:
                broken.append(reason)
    return broken


def find_fault(indicator_id: str) -> str:
    """Why an indicator has no figures that can be shown, with the cure; "" where it has.

    Its table is read only if its file is another than when it was looked at last.

    Raises:
        DataError: a foundation is broken.
    """
    if is_own(indicator_id):
        return ""
    if why := load_catalogue().broken.get(indicator_id):
        return f"{why} {MEND}"
    load_manifest()
    try:
        load_periods(indicator_id)
        with reading_table(TABLES / "values" / f"{indicator_id}.parquet"):
            return ""  # it is there and is the one of the build
    except TableError as error:
        return str(error)


def find_broken_indicators() -> list[str]:
    """What is wrong with entries of the catalogue and with tables of values, each with its cure.

    Nothing where a foundation is broken: `find_broken_foundations` says that.
    """
    try:
        catalogue = load_catalogue()
        unused = [why for i, why in catalogue.broken_sources.items() if i not in catalogue.broken]
        faults = [*(f"{why} {MEND}" for why in unused), *map(find_fault, catalogue.indicators)]
    except DataError:
        return []
    return [fault for fault in dict.fromkeys(faults) if fault]
