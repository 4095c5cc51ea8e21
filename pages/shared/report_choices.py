"""What goes into a report pack: chosen on the page Report or on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from analysis.report.contents import PROPOSED, SECTION_KINDS, order_sections
from analysis.report.formats import FORMATS
from data.catalogue import load_catalogue
from data.load import load_manifest
from data.overview import load_overview
from data.periods import read_period
from data.recovery import load_recovery
from pages.shared.choices import split_codes
from pages.shared.places import wards_of
from pages.shared.profile_data import find_neediest

PAGE = "report"
MOST_WARDS, MOST_INDICATORS = 6, 6
PROPOSED_FORMATS = ("docx",)
_FIRST_YEAR = 2019


@dataclass(frozen=True)
class PackChoices:
    """What a pack holds.

    `sections` and `formats` are ids in their order; `wards` belong to `area`, () lets the pack
    choose the one with the highest need. `until`: a year, after whose end no figure of the
    recovery and of chosen indicators lies; "" for the newest. `series`: of the recovery section.
    """

    area: str = ""
    sections: tuple[str, ...] = PROPOSED
    wards: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    series: str = ""
    until: str = ""
    formats: tuple[str, ...] = PROPOSED_FORMATS

    def settled(self, area: str) -> PackChoices:
        """For an area: wards of another one are left behind, gaps filled with what is proposed."""
        known = wards_of(area).index
        wards = tuple(ward for ward in self.wards if ward in known)
        all_series = load_recovery().series
        series = self.series if self.series in all_series else next(iter(all_series))
        return replace(self, area=area, wards=wards, series=series)

    @property
    def shown_wards(self) -> tuple[str, ...]:
        """The wards of the pack: those chosen, else the one with the highest need."""
        return self.wards or (find_neediest(self.area),)

    @property
    def shown_indicators(self) -> tuple[str, ...]:
        """The indicators of the pack: those chosen, else the first of the key figures."""
        return self.indicators or proposed_indicators()

    def address(self) -> dict[str, str]:
        """The parameters of the address that bring the choices back."""
        proposed = PackChoices().settled(self.area)
        found = {
            "sections": ",".join(self.sections) or "none",
            "wards": ",".join(self.wards),
            "indicators": ",".join(self.indicators),
            "series": self.series if self.series != proposed.series else "",
            "until": self.until,
            "formats": ",".join(self.formats) or "none",
        }
        for name in ("sections", "formats"):
            if getattr(self, name) == getattr(proposed, name):
                found[name] = ""
        return found


@lru_cache(maxsize=1)
def proposed_indicators() -> tuple[str, ...]:
    """Two indicators to begin with: those of the key figures that are followed since 2019."""
    wards = load_catalogue().ward_indicators
    return tuple(i for i, baseline in load_overview().key_figures if baseline and i in wards)[:2]


@lru_cache(maxsize=1)
def list_years() -> tuple[str, ...]:
    """The years that figures can be wanted up to, newest first."""
    entries = load_manifest()["indicators"].values()
    newest = max(read_period(entry["periods"][-1]).end.year for entry in entries)
    return tuple(str(year) for year in range(newest - 1, _FIRST_YEAR, -1))


def parse_choices(
    params: Mapping[str, str], current: PackChoices, area: str
) -> tuple[PackChoices, list[str]]:
    """Read the choices from the parameters of an address.

    Returns:
        choices, and a sentence for each thing that was wrong.
    """
    chosen, problems = current.settled(area), []
    for field, name, allowed, most in (
        ("sections", "section", tuple(SECTION_KINDS), len(SECTION_KINDS)),
        ("formats", "kind of file", tuple(FORMATS), len(FORMATS)),
        ("wards", "ward", tuple(wards_of(area).index), MOST_WARDS),
        ("indicators", "indicator", load_catalogue().ward_indicators, MOST_INDICATORS),
    ):
        if not (text := params.get(field, "")):
            continue
        found, wrong = _read_list(text, name, allowed, most)
        problems += wrong
        if found or text == "none":
            ordered = order_sections(found) if field == "sections" else found
            changes: dict[str, Any] = {field: ordered}
            chosen = replace(chosen, **changes)
    for field, allowed in (("series", tuple(load_recovery().series)), ("until", list_years())):
        value = params.get(field, "")
        if value in allowed:
            chosen = (
                replace(chosen, series=value) if field == "series" else replace(chosen, until=value)
            )
        elif value:
            problems.append(
                f"The link asks for {field} “{value[:40]}”, which cannot be had here. "
                "What is proposed is used instead."
            )
    return chosen, problems


def _read_list(
    text: str, name: str, allowed: Sequence[str], most: int
) -> tuple[tuple[str, ...], list[str]]:
    parts = split_codes(text) if text != "none" else ()
    found = tuple(part for part in parts if part in allowed)
    problems = [
        f"The link names the {name} “{part[:60]}”, which there is not here. It is left out."
        for part in parts
        if part not in allowed
    ]
    if len(found) > most:
        problems.append(f"The link names {len(found)} of {name}; the first {most} are kept.")
    return found[:most], problems
