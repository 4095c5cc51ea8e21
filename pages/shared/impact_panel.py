"""The impact of one action on a page: chart, commentary, process chart, data and source.

A page that shows it puts `**current_impact_choices().address()` in its call of `write_address`,
so that a copied link keeps the comparator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.planned_action import PlannedAction
from pages.shared.selection import Selection

PAGE = "impact"


@dataclass(frozen=True)
class ImpactChoices:
    """`against`: a key of `impact_data.list_comparators`; `restart`: the period at which the
    limits of the process chart start anew, "" for none."""

    against: str = "england"
    restart: str = ""

    def address(self) -> dict[str, str]:
        """The parameters of the address that bring the choices back."""
        return {"against": self.against if self.against != "england" else "",
                "restart": self.restart}  # fmt: skip


def parse_impact_choices(
    params: Mapping[str, str], current: ImpactChoices
) -> tuple[ImpactChoices, list[str]]:
    """Read the choices from the parameters of an address."""
    raise NotImplementedError


def current_impact_choices() -> ImpactChoices:
    """The visitor's choices; call it after `selection.current_selection`."""
    raise NotImplementedError


def show_impact(action: PlannedAction, selection: Selection, key: str) -> None:
    """Show the impact of an action; what is missing is said, nothing is raised.

    Args:
        action: of the plan of the selected place.
        selection: the place.
        key: name of this panel on the page, different for each action.
    """
    raise NotImplementedError
