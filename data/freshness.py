"""How old the figures are: the last period held of every source and indicator.

Dates live here, words for people where they are shown: `data.periods.age_words` for the
age, `Source.update_words` for what would replace the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.catalogue import Catalogue, Source
from data.errors import TableError
from data.load import load_periods
from data.manifest import load_manifest
from data.periods import Period, read_period


@dataclass(frozen=True)
class Freshness:
    """The last period held of one source; None where it has not been fetched.

    `earlier` are indicators of the source that end before it: id -> their last period.
    """

    source: Source
    last: Period | None
    earlier: dict[str, Period]


def read_last_period(indicator_id: str) -> Period:
    """The last period held of one indicator, with its dates and label.

    Raises:
        TableError: the indicator was not built.
    """
    return max(map(read_period, load_periods(indicator_id)), key=lambda p: (p.end, p.start))


def list_freshness(catalogue: Catalogue) -> dict[str, Freshness]:
    """How far each source reaches, by source id, in the order of the catalogue.

    Raises:
        TableError: the manifest is damaged, or was written by an older build.
    """
    try:
        held = load_manifest()["sources"]
    except KeyError as error:
        raise TableError("manifest.json: does not list its sources; run `make data`.") from error
    found = {}
    for source in catalogue.sources.values():
        entry = held.get(source.id)
        last = read_period(entry["last_period"]) if entry else None
        found[source.id] = Freshness(source, last, _list_earlier(catalogue, source.id, last))
    return found


def _list_earlier(catalogue: Catalogue, source_id: str, last: Period | None) -> dict[str, Period]:
    if last is None:
        return {}
    built = load_manifest()["indicators"]
    own = [i for i, x in catalogue.indicators.items() if x.source == source_id and i in built]
    ends = {i: read_last_period(i) for i in own}
    return {i: period for i, period in ends.items() if period.end < last.end}
