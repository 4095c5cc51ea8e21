"""Action areas of a strategy and the indicators tied to them, checked against the catalogue."""

from __future__ import annotations

from typing import Any

from data.problems import suggest
from data.strategy import ActionArea, StrategyIndicator
from data.strategy_fields import ACTION_AREA, INDICATOR, NEED
from data.strategy_texts import Reading, check_unique, entry_text, make_text
from data.toml_entries import Entry


def _need(entry: Entry, polarity: str, direction: str) -> str:
    """Which end of the figure means more need: the catalogue's word, or the strategy's."""
    need = NEED.get(polarity, "")
    if not need and "direction" not in entry.values:
        what = f"{entry.values['id']!r} has no good or bad end in the catalogue"
        entry.complain("id", what, 'say which end means need: direction = "high" or "low"')
    elif need and direction and direction != need:
        what = f"direction = {direction!r} contradicts the catalogue ({polarity.replace('_', ' ')})"
        entry.complain("direction", what, f'leave it out or write "{need}"')
    return need or direction


def _read_indicator(reading: Reading, entry: Entry) -> StrategyIndicator:
    values = entry.read(INDICATOR)
    name, need = values["id"], values["direction"]
    catalogue = reading.catalogue
    indicator = catalogue.indicators.get(name)
    if name and indicator is None:
        known = catalogue.ward_indicators
        allowed = suggest(name, known, "allowed: the ward indicators of data/metadata/indicators")
        entry.complain("id", f"unknown indicator {name!r}", allowed)
    elif indicator and catalogue.is_district_only(name):
        allowed = suggest(name, catalogue.ward_indicators, "choose an indicator with ward figures")
        entry.complain("id", f"{name!r} has figures for districts only, not for wards", allowed)
    elif name in catalogue.broken:
        need = need or "high"  # its figures are refused, and with them the score of the action area
    elif indicator:
        need = _need(entry, indicator.polarity, values["direction"])
    return StrategyIndicator(name, values["weight"], values["reason"].strip(), need)


def _read_indicators(reading: Reading, area: Entry) -> tuple[StrategyIndicator, ...]:
    entries = area.children("indicator")
    check_unique(entries, "id", many="indicators of an action area")
    indicators = tuple(_read_indicator(reading, entry) for entry in entries)
    if not area.values.get("indicator"):
        what = f"{area.name} has no indicator"
        area.complain("", what, "tie one or more with [[action_area.indicator]]")
    given = [entry.values.get("weight") for entry in entries]
    if given and all(weight in (0, 0.0) and weight is not False for weight in given):
        entries[0].complain("weight", "all weights of this action area are 0", "make one above 0")
    return indicators


def _check_heading(entry: Entry, values: dict[str, Any]) -> None:
    """A published heading must stand in the words quoted from its source."""
    if values["status"] != "published" or not values["heading"]:
        return
    heading = " ".join(values["heading"].casefold().split())
    if heading not in " ".join(values["source_words"].casefold().split()):
        what = f"heading {values['heading']!r} is published but does not stand in source_words"
        allowed = 'quote the published words in source_words, or write status = "working"'
        entry.complain("source_words" if values["source_words"] else "heading", what, allowed)


def read_action_areas(reading: Reading, top: Entry) -> tuple[ActionArea, ...]:
    """Read the tables `[[action_area]]` with the indicators tied to each."""
    top.read({}, ("action_area",))
    entries = top.children("action_area")
    if top.file.is_readable and not entries and "action_area" not in top.values:
        top.complain("", "there is no action area", "write one or more as [[action_area]]")
    check_unique(entries, "id", many="action areas")
    check_unique(entries, "heading", many="action areas")
    areas = []
    for entry in entries:
        values = entry.read(ACTION_AREA, ("indicator",))
        _check_heading(entry, values)
        description = make_text(
            reading,
            entry,
            values["description"],
            values["description_status"],
            values["description_source"],
            "description_source",
        )
        heading = entry_text(reading, entry, values, "heading")
        indicators = _read_indicators(reading, entry)
        areas.append(
            ActionArea(values["id"], heading, values["source_words"], description, indicators)
        )
    return tuple(areas)
