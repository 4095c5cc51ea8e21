"""What a visitor chooses on the page Compare, beside the common selection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.related import explain_overlap
from data.errors import DataError
from data.geography_words import ENGLAND
from data.load import load_newest, load_periods
from data.overview import load_overview
from data.own.shelf import current_catalogue
from pages.shared.choices import split_codes
from pages.shared.places import wards_of

PAGE = "compare"
VIEWS = {"two": "Two indicators", "ranked": "Ranked", "side": "Side by side"}
ENDS = {"highest": "Highest first", "lowest": "Lowest first"}
MOST_WARDS = 6


@dataclass(frozen=True)
class Compare:
    """The page's own choices; "" and () mean what the page proposes."""

    view: str = "two"
    other: str = ""
    other_period: str = ""
    weighted: bool = False
    end: str = "highest"
    wards: tuple[str, ...] = ()
    theme: str = ""

    def settled(self, indicator: str, area: str) -> Compare:
        """With a second indicator and a period it has, and a theme."""
        catalogue = current_catalogue()
        other = self.other or propose_other(indicator, area)
        periods = load_periods(other)
        period = self.other_period if self.other_period in periods else periods[-1]
        theme = self.theme or catalogue.indicators[indicator].theme
        return replace(self, other=other, other_period=period, theme=theme)

    def address(self) -> dict[str, str]:
        """The parameters of the address that bring these choices back."""
        two = self.view == "two"
        return {
            "view": self.view,
            "other": self.other if two else "",
            "other_period": self.other_period if two else "",
            "weighted": "people" if two and self.weighted else "",
            "end": self.end if self.view == "ranked" else "",
            "wards": ",".join(self.wards) if self.view == "side" else "",
            "theme": self.theme if self.view == "side" else "",
        }


def join_ward(wards: tuple[str, ...], ward: str) -> tuple[str, ...]:
    """The wards side by side with one more, which takes the last place where all are taken."""
    if not ward or ward in wards:
        return wards
    return (*wards[: MOST_WARDS - 1], ward)


def propose_other(indicator: str, area: str) -> str:
    """A second indicator: the first key figure that is not made of the same numbers.

    One that is the same in every ward of the place, or missing in half of them, has no pattern to
    show: it comes last.
    """
    catalogue = current_catalogue()
    mine = catalogue.indicators[indicator]
    figures = [catalogue.indicators[i] for i, _ in load_overview().key_figures]
    others = [
        i
        for i in figures
        if i.theme != mine.theme
        and i.measure != "count"
        and not explain_overlap(mine, i, catalogue)
    ]
    proposed = [i.id for i in others or figures]
    return next((i for i in proposed if _differs(i, area)), proposed[0])


def _differs(indicator: str, area: str) -> bool:
    try:
        values = load_newest(indicator)["value"].reindex(wards_of(area).index)
    except DataError:  # a broken table: another is proposed
        return False
    return bool(values.nunique() > 1 and values.notna().mean() > 0.5)


def parse_compare(params: Mapping[str, str], current: Compare) -> tuple[Compare, list[str]]:
    """Read the page's choices from the parameters of an address.

    Returns:
        choices, and a sentence for each thing that was wrong.
    """
    problems: list[str] = []
    chosen = current
    catalogue = current_catalogue()
    allowed: dict[str, tuple[Mapping[str, object], str]] = {
        "view": (VIEWS, "view"),
        "end": (ENDS, "end of the ranking"),
        "theme": ({**catalogue.themes, "all": ""}, "theme"),
    }
    for name, (options, words) in allowed.items():
        value = params.get(name, "")
        if value in options:
            chosen = replace(chosen, **{name: value})  # type: ignore[arg-type]
        elif value:
            problems.append(
                f"The link asks for the {words} “{value[:40]}”; it can be {', '.join(options)}."
            )
    weighted = params.get("weighted", "")
    if weighted and weighted != "people":
        problems.append(f"The link asks for wards weighted by “{weighted[:40]}”: only by people.")
    elif params.keys() & {"other", "weighted"}:
        chosen = replace(chosen, weighted=weighted == "people")
    chosen, more = _read_other(params, chosen)
    problems += more
    return _read_wards(params, chosen, problems)


def _read_other(params: Mapping[str, str], chosen: Compare) -> tuple[Compare, list[str]]:
    other, period = params.get("other", ""), params.get("other_period", "")
    problems = []
    if other in current_catalogue().ward_indicators:
        chosen = replace(chosen, other=other, other_period="")
    elif other:
        problems.append(
            f"The link names the second indicator “{other[:60]}”, which is not in the catalogue "
            "of ward figures. Another is shown instead."
        )
    if period and chosen.other and period in load_periods(chosen.other):
        chosen = replace(chosen, other_period=period)
    elif period:
        problems.append(
            f"The link names the period “{period[:20]}” for the second indicator, which has no "
            "figures then. The newest is shown instead."
        )
    return chosen, problems


def _read_wards(
    params: Mapping[str, str], chosen: Compare, problems: list[str]
) -> tuple[Compare, list[str]]:
    codes = split_codes(params.get("wards", ""))
    if not codes:
        return chosen, problems
    known = tuple(code for code in codes if code in wards_of(ENGLAND).index)
    problems += [
        f"The link names the ward “{code[:20]}”, which is not a 2025 ward of England. "
        "It is left out."
        for code in codes
        if code not in known
    ]
    if len(known) > MOST_WARDS:
        problems.append(f"The link names {len(known)} wards; the first {MOST_WARDS} are shown.")
    return replace(chosen, wards=known[:MOST_WARDS]), problems
