"""The need scores a page shows: loaded, scored and kept on the server for the next visitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from analysis import need_inputs
from analysis.embed import Snippet
from analysis.need_change import NeedChange, compute_need_change
from analysis.need_equality import EQUALITY_GROUPS, NeedByGroup, compute_need_by_group
from analysis.need_scores import (
    ActionAreaInput,
    AreaNeed,
    ScoredIndicator,
    WardFigures,
    compute_need,
    make_ward_figures,
)
from analysis.rank_stability import RankStability, compute_rank_stability
from data.breaks import load_breaks
from data.catalogue import load_catalogue
from data.errors import DataError, TableError
from data.geography_words import ENGLAND
from data.load import load_newest, load_periods, load_values
from data.periods import read_period
from data.strategy import ActionArea, Strategy
from pages.shared.embed_offer import make_snippet
from pages.shared.need_choices import NeedChoices
from pages.shared.page import name_of_ward
from pages.shared.places import place_name, wards_of
from pages.shared.selection import Selection

#: Draws over more wards than these take seconds, and are made when somebody asks for them.
MOST_WARDS = 400


@dataclass(frozen=True)
class Needs:
    """All need scores of a place under one strategy, and what is chosen.

    `by_area`: id of the action area -> its scores, in the strategy's order. `broken`: heading
    -> why an action area could not be scored.
    """

    strategy: Strategy
    selection: Selection
    choices: NeedChoices
    by_area: Mapping[str, AreaNeed]
    broken: Mapping[str, str]

    @property
    def place(self) -> str:
        """Name of the place."""
        return place_name(self.selection.area)

    @property
    def wards(self) -> pd.DataFrame:
        """The wards of the place (see `places.wards_of`)."""
        return wards_of(self.selection.area)

    @property
    def names(self) -> pd.Series:
        """Ward code -> name."""
        return self.wards["name"]

    @property
    def all(self) -> list[AreaNeed]:
        """The scores of all action areas."""
        return list(self.by_area.values())

    @property
    def area(self) -> ActionArea:
        """The chosen action area."""
        return self.strategy.action_area(self.choices.action_area)

    @property
    def need(self) -> AreaNeed:
        """The scores of the chosen action area.

        Raises:
            TableError: they could not be made.
        """
        if self.area.id not in self.by_area:
            raise TableError(self.broken[self.area.heading_label])
        return self.by_area[self.area.id]

    @property
    def headings(self) -> dict[str, str]:
        """Id of each scored action area -> its heading with its mark."""
        return {need.area.id: need.area.heading for need in self.all}

    @cached_property
    def ward(self) -> str:
        """The selected ward, else the one with the highest need on the chosen action area."""
        if self.selection.ward:
            return self.selection.ward
        table = self.need.table
        ranked = table[table["rank"] > 0]
        return str(ranked["rank"].idxmin() if len(ranked) else table.index[0])

    @property
    def ward_name(self) -> str:
        """Name of that ward."""
        return name_of_ward(self.ward, self.selection)

    def address(self, *, action_area: bool = True) -> dict[str, str]:
        """The parameters of the address that bring the view of need back."""
        own = {"action_area": self.choices.action_area} if action_area else {}
        return self.selection.address(**own, weights=self.choices.weights_text)

    @property
    def is_large(self) -> bool:
        """Whether draws over the wards take seconds."""
        return len(self.wards) > MOST_WARDS


def load_needs(strategy: Strategy, selection: Selection, choices: NeedChoices) -> Needs:
    """Score the wards of the selected place on every action area.

    An action area whose tables are damaged is left out, with the reason.
    """
    by_area, broken = {}, {}
    for area in strategy.action_areas:
        try:
            scored = make_input(area, choices.weights_of(area))
            by_area[area.id] = load_need(scored, selection.area)
        except DataError as error:
            broken[area.heading_label] = str(error)
    return Needs(strategy, selection, choices, by_area, broken)


def make_input(area: ActionArea, weights: Mapping[str, float]) -> ActionAreaInput:
    """What is scored: the action area with these weights (see `analysis.need_inputs`)."""
    return need_inputs.make_input(area, load_catalogue().indicators, weights)


@lru_cache(maxsize=32)
def load_figures(indicators: tuple[str, ...]) -> WardFigures:
    """The newest figures of some indicators for all wards in England; shared, never changed."""
    return make_ward_figures({i: load_newest(i) for i in indicators}, wards_of(ENGLAND).index)


def figures_of(scored: ActionAreaInput) -> WardFigures:
    """The figures behind an action area, those of weight 0 included."""
    return load_figures(tuple(sorted(s.indicator.id for s in scored.indicators)))


@lru_cache(maxsize=96)
def load_need(scored: ActionAreaInput, place: str) -> AreaNeed:
    """The need scores of a place's wards; kept by action area, weights and place."""
    return compute_need(scored, figures_of(scored), wards_of(place).index)


@lru_cache(maxsize=96)
def load_stability(scored: ActionAreaInput, place: str) -> RankStability:
    """How steady the ranks of a place's wards are; kept like the scores."""
    return compute_rank_stability(load_need(scored, place), figures_of(scored))


@lru_cache(maxsize=256)
def load_need_by_group(scored: ActionAreaInput, place: str, number: int) -> NeedByGroup:
    """How need differs by the share of one of `EQUALITY_GROUPS`; kept like the scores."""
    group = EQUALITY_GROUPS[number]
    share = load_newest(group.indicator_id)["value"]
    people = wards_of(place)["population"]
    return compute_need_by_group(load_need(scored, place), group, share, people)


def load_change(scored: ActionAreaInput, place: str) -> NeedChange:
    """Need then and now; other weights above 0 change nothing in it."""
    same = tuple(
        ScoredIndicator(s.indicator, 1 if s.weight else 0, s.direction) for s in scored.indicators
    )
    return _load_change(ActionAreaInput(scored.id, scored.heading, same), place)


@lru_cache(maxsize=48)
def _load_change(scored: ActionAreaInput, place: str) -> NeedChange:
    values = {s.indicator.id: load_values(s.indicator.id) for s in scored.counted}
    everywhere = wards_of(ENGLAND).index
    return compute_need_change(scored, values, wards_of(place).index, everywhere, load_breaks())


def make_need_snippet(kind: str, needs: Needs) -> Snippet:
    """What other websites can show of a view of need; `kind` is one of `analysis.embed.SHAPES`."""
    one = kind != "action-areas"
    heading = needs.area.heading_label if one else "all action areas"
    title = f"Need score, {heading}, {needs.place}"
    return make_snippet(kind, title, needs.address(action_area=one))


def newest_label(indicator_id: str) -> str:
    """The newest period of an indicator, in words."""
    return read_period(load_periods(indicator_id)[-1]).label
