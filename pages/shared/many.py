"""What views of many indicators have in common: notes for downloads, periods, links."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.export import make_notes
from analysis.words import CARRIED, GEOGRAPHY_WORDS
from data.load import load_manifest, load_periods
from data.own.shelf import current_catalogue
from data.periods import read_period
from pages.shared.figures import INTERVAL_WORDS


def newest_label(indicator_id: str) -> str:
    """The newest period of an indicator in words.

    Raises:
        TableError: the indicator was not built.
    """
    return read_period(load_periods(indicator_id)[-1]).label


def list_periods(indicators: Iterable[str]) -> str:
    """Short names of the indicators by their newest period: "2025: Crime score; 2022: …"."""
    names = current_catalogue().indicators
    groups: dict[str, list[str]] = {}
    for indicator in dict.fromkeys(indicators):
        groups.setdefault(newest_label(indicator), []).append(names[indicator].short_name)
    return "; ".join(f"{period}: {', '.join(words)}" for period, words in groups.items())


def notes_of_indicators(
    indicators: Iterable[str], *first: tuple[str, str]
) -> list[tuple[str, str]]:
    """Definition, unit, period, source, licence and caveats of every indicator of a view.

    Args:
        indicators: ids.
        first: notes about the view itself, which come first.
    """
    catalogue = current_catalogue()
    notes = list(first)
    for indicator_id in dict.fromkeys(indicators):
        indicator, source = catalogue.indicators[indicator_id], catalogue.source_of(indicator_id)
        geography = source.geography
        lines = [
            indicator.definition,
            f"Unit: {indicator.unit} {indicator.denominator_words}".strip(),
            f"Period: {newest_label(indicator_id)}",
            f"Interval: {INTERVAL_WORDS[indicator.interval]}",
            f"Published for {GEOGRAPHY_WORDS[geography]}, {CARRIED[geography]}",
            f"Source: {source.publisher}: {source.title}, {source.url}",
            f"Licence: {source.licence}. {source.attribution}",
            f"Our processing: {source.processing_note}" if source.processing_note else "",
            "Modelled estimate, not a local count" if source.modelled else "",
            " ".join(("Caveats:", *indicator.caveats, *source.caveats))
            if indicator.caveats or source.caveats
            else "",
        ]
        notes.append((indicator.name, "\n".join(line for line in lines if line)))
    notes.append(("Build of the tables", str(load_manifest().get("tables_sha256", ""))[:12]))
    return make_notes(*notes)
