"""What a visitor chooses about need: the action area, the weights, the group of people.

Kept in the address beside the common selection; weights only where they differ from the
strategy's own: `weights=good_health.mental_health_score:2;good_work.broadband_score:0.5`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from analysis.need_equality import EQUALITY_GROUPS
from data.strategy import ActionArea, Strategy
from pages.shared.choices import choose_here, current_choices

PAGE = "action_areas"
MOST_WEIGHT = 5.0
_LONGEST = 4000  # characters of the parameter that are read
GROUPS = {group.indicator_id: group for group in EQUALITY_GROUPS}
Weight = tuple[str, str, float]


@dataclass(frozen=True)
class NeedChoices:
    """What is chosen; the choices belong to one strategy, named by its id.

    `weights`: (action area id, indicator id, weight), only where they differ from the strategy's.
    """

    strategy: str = ""
    action_area: str = ""
    group: str = EQUALITY_GROUPS[0].indicator_id
    weights: tuple[Weight, ...] = ()

    def weights_of(self, area: ActionArea) -> dict[str, float]:
        """The weights of an action area by indicator, in the order of the strategy's file."""
        own = {indicator: weight for a, indicator, weight in self.weights if a == area.id}
        return {indicator: own.get(indicator, weight) for indicator, weight in area.weights.items()}

    def changed_in(self, area: ActionArea) -> bool:
        """Whether a weight of this action area differs from the strategy's."""
        return any(a == area.id for a, _, _ in self.weights)

    @property
    def weights_text(self) -> str:
        """The weights as a parameter of the address, "" where none differs."""
        return ";".join(
            f"{area}.{indicator}:{weight:g}" for area, indicator, weight in self.weights
        )

    @property
    def group_text(self) -> str:
        """The group as a parameter of the address, "" for the first."""
        return "" if self.group == EQUALITY_GROUPS[0].indicator_id else self.group


def most_weight(area: ActionArea) -> float:
    """The highest weight of an action area's sliders."""
    return max(MOST_WEIGHT, *area.weights.values())


def settle_choices(choices: NeedChoices, strategy: Strategy) -> NeedChoices:
    """Return choices that fit a strategy; those made for another one are left behind."""
    if choices.strategy != strategy.id:
        choices = replace(choices, strategy=strategy.id, weights=())
    if choices.action_area not in {area.id for area in strategy.action_areas}:
        choices = replace(choices, action_area=strategy.action_areas[0].id)
    return choices


def _parse_weight(part: str, strategy: Strategy) -> Weight | str:
    """One weight of the address, or what is wrong with it."""
    place, _, number = part.partition(":")
    area_id, _, indicator = place.partition(".")
    areas = {area.id: area for area in strategy.action_areas}
    if area_id not in areas or indicator not in areas[area_id].weights:
        return (
            f"The link gives a weight to “{place[:80]}”, which is no indicator of an action area "
            "here. It is left out."
        )
    most = most_weight(areas[area_id])
    try:
        weight = float(number)
    except ValueError:
        weight = math.nan
    if not 0 <= weight <= most:  # false for NaN too
        return (
            f"The link gives “{place[:80]}” the weight “{number[:20]}”; it must be a number from "
            f"0 to {most:g}. The weight of {strategy.short_label} is used."
        )
    return area_id, indicator, weight


def _parse_weights(text: str, strategy: Strategy) -> tuple[tuple[Weight, ...], list[str]]:
    found: dict[tuple[str, str], float] = {}
    problems = []
    for part in filter(None, text[:_LONGEST].split(";")):
        weight = _parse_weight(part.strip(), strategy)
        if isinstance(weight, str):
            problems.append(weight)
        else:
            found[weight[:2]] = weight[2]
    return _differing(found, strategy), problems


def _differing(found: Mapping[tuple[str, str], float], strategy: Strategy) -> tuple[Weight, ...]:
    """Weights in the order of the strategy, without those that are its own."""
    return tuple(
        (area.id, indicator, found[area.id, indicator])
        for area in strategy.action_areas
        for indicator, own in area.weights.items()
        if found.get((area.id, indicator), own) != own
    )


def parse_choices(
    params: Mapping[str, str], current: NeedChoices, strategy: Strategy
) -> tuple[NeedChoices, list[str]]:
    """Read the choices of an address.

    Returns:
        choices that fit the strategy, and a sentence for each thing that was wrong.
    """
    choices, problems = settle_choices(current, strategy), []
    area = params.get("action_area", "")
    if area in {a.id for a in strategy.action_areas}:
        choices = replace(choices, action_area=area)
    elif area:
        problems.append(
            f"The link names the action area “{area[:60]}”, which is not one of "
            f"{strategy.short_label}. "
            f"{strategy.action_area(choices.action_area).heading_label} is shown instead."
        )
    group = params.get("group", "")
    if group in GROUPS:
        choices = replace(choices, group=group)
    elif group:
        problems.append(
            f"The link names the group “{group[:60]}”; here it can be {', '.join(GROUPS)}."
        )
    if not {"action_area", "weights"} & params.keys():
        return choices, problems  # a link to another page says nothing about weights
    # A link to this page says all weights: what it leaves out is the strategy's own.
    weights, wrong = _parse_weights(params.get("weights", ""), strategy)
    return replace(choices, weights=weights), problems + wrong


def current_need_choices(strategy: Strategy) -> NeedChoices:
    """The visitor's choices; call it after `selection.current_selection`."""
    parse = partial(parse_choices, strategy=strategy)
    return settle_choices(current_choices(PAGE, NeedChoices(), parse), strategy)


def choose_need(strategy: Strategy, **changes: str) -> None:
    """Change the action area or the group; for widget callbacks."""
    choose_here(PAGE, strategy=strategy.id, **changes)


def choose_weight(
    strategy: Strategy, choices: NeedChoices, area: str, indicator: str, weight: float
) -> None:
    """Change one weight; for widget callbacks."""
    found = {(a, i): w for a, i, w in choices.weights} | {(area, indicator): weight}
    choose_here(PAGE, strategy=strategy.id, weights=_differing(found, strategy))


def reset_weights(strategy: Strategy, choices: NeedChoices, area: str) -> None:
    """Give an action area the strategy's own weights again; for widget callbacks."""
    kept = tuple(weight for weight in choices.weights if weight[0] != area)
    choose_here(PAGE, strategy=strategy.id, weights=kept)
