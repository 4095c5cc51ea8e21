"""A council's strategy: its words, its action areas, and the indicators tied to each.

A strategy is a folder of files in `data/strategies/` (see `docs/strategies.md`), read and
checked by `data.strategy_reader`. Every text carries its status and its source, so that
nothing can be shown as a council's published word that is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from data.errors import StrategyError
from data.load import load_areas
from data.problems import Problem

STRATEGIES = Path(__file__).parent / "strategies"
STATUSES = ("published", "summary", "working")
HEADING_STATUSES = ("published", "working")
ACTION_KINDS = {
    "damaging_impact": "Damaging impact to put right",
    "positive_impact": "Positive impact to keep",
    "action": "Action",
}
WORKING_MARK = "(working heading)"
GENERAL_LABEL = "A general set, not a council's strategy"


@dataclass(frozen=True)
class StrategySource:
    """Where a text was published. `address` may be "" for texts that nobody published."""

    id: str
    title: str
    publisher: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Text:
    """Words and where they come from.

    `status`: `published` (the source's own words), `summary` (what the source says, in other
    words) or `working` (written for the dashboard; `source` may then be None).
    """

    words: str
    status: str
    source: StrategySource | None = None

    @property
    def is_published(self) -> bool:
        """Tell whether these are the source's own words."""
        return self.status == "published"

    @property
    def origin(self) -> str:
        """Where the words come from, in words for the screen."""
        if self.source is None or self.status == "working":
            return "Working words, not published by a council"
        verb = "Published in" if self.is_published else "Summarised from"
        return f"{verb} {self.source.title}, {self.source.publisher}"


@dataclass(frozen=True)
class Theme:
    """A way of working; `pen_picture` is the council's own sketch of it, None when not given."""

    id: str
    name: Text
    pen_picture: Text | None = None


@dataclass(frozen=True)
class StrategyIndicator:
    """An indicator tied to an action area.

    `weight` is 0 or more; only its share of the action area's weights matters. `need` says
    which end of the figure means more need, "high" or "low": from the catalogue's polarity,
    or from the strategy where the catalogue makes no judgement.
    """

    id: str
    weight: float
    reason: str
    need: str


@dataclass(frozen=True)
class ActionArea:
    """A heading of the strategy with its indicators. On screen use `heading_label`."""

    id: str
    heading: Text
    source_words: str
    description: Text
    indicators: tuple[StrategyIndicator, ...]

    @property
    def is_working(self) -> bool:
        """Tell whether the heading is not the council's published one."""
        return not self.heading.is_published

    @property
    def heading_label(self) -> str:
        """The heading for the screen: "Healthy lives (working heading)" unless published."""
        return f"{self.heading.words} {WORKING_MARK}" if self.is_working else self.heading.words

    @property
    def weights(self) -> dict[str, float]:
        """Weight by indicator id, in the order of the file."""
        return {indicator.id: indicator.weight for indicator in self.indicators}

    @property
    def needs(self) -> dict[str, str]:
        """Which end means more need, "high" or "low", by indicator id."""
        return {indicator.id: indicator.need for indicator in self.indicators}


@dataclass(frozen=True)
class Objective:
    """A corporate objective and the ids of the action areas it is linked to."""

    id: str
    text: Text
    action_areas: tuple[str, ...]


@dataclass(frozen=True)
class Action:
    """Something the council does or watches; `kind` is a key of `ACTION_KINDS`."""

    id: str
    title: Text
    kind: str
    action_areas: tuple[str, ...]


@dataclass(frozen=True)
class Strategy:
    """One strategy; `id` is the name of its folder. Empty parts are empty, never made up.

    `areas` are codes of districts or counties; a general set has none and serves all areas
    that no council's strategy covers. `tied_by` says who chose indicators, weights and the
    links of objectives and actions: `council` or `dashboard`.
    """

    id: str
    title: str
    kind: str
    tied_by: str
    action_areas: tuple[ActionArea, ...]
    council: str = ""
    areas: tuple[str, ...] = ()
    first_year: int = 0
    last_year: int = 0
    vision: Text | None = None
    principles_title: str = "Principles"
    principles: tuple[Text, ...] = ()
    themes_title: str = "Themes"
    themes: tuple[Theme, ...] = ()
    objectives: tuple[Objective, ...] = ()
    actions: tuple[Action, ...] = ()
    notes: tuple[Text, ...] = ()
    sources: tuple[StrategySource, ...] = ()

    @property
    def is_general(self) -> bool:
        """Tell whether this is the general set."""
        return self.kind == "general"

    @property
    def years(self) -> str:
        """The years it runs: "2021 to 2023"; "" for a general set."""
        if not self.first_year:
            return ""
        last = f" to {self.last_year}" if self.last_year != self.first_year else ""
        return f"{self.first_year}{last}"

    @property
    def label(self) -> str:
        """What it is, for the screen: the strategy with its council, or the general set."""
        return GENERAL_LABEL if self.is_general else f"{self.title}, {self.council}"

    @property
    def short_label(self) -> str:
        """What to call it in a sentence: "the strategy" or "the general set"."""
        return "the general set" if self.is_general else "the strategy"

    @property
    def tied_words(self) -> str:
        """Who chose the indicators, in words for the screen."""
        if self.tied_by == "council":
            return f"The indicators, weights and links were chosen by {self.council}."
        return "The indicators, weights and links were chosen for this dashboard, not by a council."

    def action_area(self, action_area_id: str) -> ActionArea:
        """Return one action area.

        Raises:
            KeyError: no action area has this id.
        """
        return self._by_id[action_area_id]

    @cached_property
    def _by_id(self) -> dict[str, ActionArea]:
        return {area.id: area for area in self.action_areas}

    def objectives_of(self, action_area_id: str) -> tuple[Objective, ...]:
        """The corporate objectives linked to an action area."""
        return tuple(one for one in self.objectives if action_area_id in one.action_areas)

    def actions_of(self, action_area_id: str) -> tuple[Action, ...]:
        """The actions of an action area."""
        return tuple(one for one in self.actions if action_area_id in one.action_areas)


@dataclass(frozen=True)
class Strategies:
    """All strategies by id, and the mistakes of those left out, by the name of their folder."""

    by_id: Mapping[str, Strategy]
    problems: Mapping[str, tuple[Problem, ...]]

    @cached_property
    def _by_area(self) -> dict[str, Strategy]:
        return {code: strategy for strategy in self.by_id.values() for code in strategy.areas}

    def strategy_for(self, area_code: str) -> Strategy:
        """The strategy of an area: its own, else its district's, else its county's, else general.

        Args:
            area_code: of a ward, district, county, region or England.

        Raises:
            StrategyError: there is no such area, or the general set itself is missing or faulty.
        """
        areas = load_areas()
        if area_code not in areas.index:
            raise StrategyError(
                (Problem("area code", 0, f"{area_code!r} is no area", "choose one of England"),)
            )
        above = (areas.at[area_code, "district_code"], areas.at[area_code, "county_code"])
        for code in (area_code, *above):
            if code in self._by_area:
                return self._by_area[code]
        return self.general

    @property
    def general(self) -> Strategy:
        """The general set.

        Raises:
            StrategyError: it is missing or faulty.
        """
        for strategy in self.by_id.values():
            if strategy.is_general:
                return strategy
        missing = Problem(
            "data/strategies", 0, "there is no general set", "restore the folder general"
        )
        raise StrategyError((missing, *(p for found in self.problems.values() for p in found)))


def read_strategies(root: Path) -> Strategies:
    """Read every strategy folder in a folder; faulty ones are left out with their mistakes.

    Two folders must not cover the same area: the second by name is left out.
    """
    from data.strategy_reader import find_clash, read_strategy

    strategies: dict[str, Strategy] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for folder in list_folders(root):
        try:
            strategy = read_strategy(folder)
        except StrategyError as error:
            problems[folder.name] = error.problems
            continue
        if clash := find_clash(folder, strategy, strategies.values()):
            problems[folder.name] = clash
        else:
            strategies[strategy.id] = strategy
    return Strategies(MappingProxyType(strategies), MappingProxyType(problems))


def list_folders(root: Path) -> list[Path]:
    """The strategy folders in a folder, by name; hidden folders and `__pycache__` are none."""
    if not root.is_dir():
        return []
    return sorted(p for p in root.iterdir() if p.is_dir() and not p.name.startswith((".", "_")))


@lru_cache(maxsize=1)
def load_strategies() -> Strategies:
    """The project's own strategies, read once."""
    return read_strategies(STRATEGIES)


def strategy_for(area_code: str) -> Strategy:
    """The strategy of an area among the project's own (see `Strategies.strategy_for`)."""
    return load_strategies().strategy_for(area_code)
