"""An action area of a strategy as the need scores take it."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.need_scores import ActionAreaInput, ScoredIndicator
from data.catalogue import Indicator
from data.strategy import ActionArea


def make_input(
    area: ActionArea, known: Mapping[str, Indicator], weights: Mapping[str, float] | None = None
) -> ActionAreaInput:
    """What is scored: the action area under its label.

    Args:
        area: of a strategy.
        known: the catalogue's indicators by id.
        weights: by indicator id; None, or all 0 so that nothing would count, stands for the
            strategy's own.
    """
    if not weights or not any(weights.values()):
        weights = area.weights
    scored = tuple(
        ScoredIndicator(known[i.id], weights[i.id], "low" if i.need == "low" else "high")
        for i in area.indicators
    )
    return ActionAreaInput(area.id, area.heading_label, scored)
