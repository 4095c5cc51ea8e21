"""What a lead chooses on the page Workshop: which workshop, and what the wall shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pages.shared.choices import choose_here, current_choices

PAGE = "workshop"
#: What the wall can show: one message at a time.
WALLS = {
    "room": "Results",
    "figures": "Room and figures",
    "wards": "By ward",
    "said": "What people say",
    "assets": "Community assets",
}
_MOST = 2**31


@dataclass(frozen=True)
class Choices:
    """`workshop`: its number, 0 for none; `show`: a key of `WALLS`, "" for the lead's view."""

    workshop: int = 0
    show: str = ""

    def address(self) -> dict[str, str]:
        """The choices as parameters of the address."""
        return {"workshop": str(self.workshop or ""), "show": self.show}


def parse_choices(params: Mapping[str, str], current: Choices) -> tuple[Choices, list[str]]:
    """Read the choices from an address; returns a sentence for each thing that was wrong."""
    problems = []
    number, show = params.get("workshop", ""), params.get("show", "")
    if number.isdecimal() and number.isascii() and 0 < int(number[:12]) < _MOST:
        current = replace(current, workshop=int(number[:12]))
    elif number:
        problems.append(f"The link names the workshop “{number[:20]}”, which is no number.")
    if show in WALLS:
        current = replace(current, show=show)
    elif show:
        allowed = ", ".join(WALLS)
        problems.append(f"The link asks to show “{show[:20]}”; here it can be {allowed}.")
    elif number:
        current = replace(current, show="")
    return current, problems


def current_workshop_choices() -> Choices:
    """The visitor's choices; call it after `selection.current_selection`."""
    return current_choices(PAGE, Choices(), parse_choices)


def choose_workshop(number: int = 0) -> None:
    """Go to a workshop, or to the form for a new one; for widget callbacks."""
    choose_here(PAGE, workshop=number, show="")


def choose_wall(show: str = "") -> None:
    """Show the room something, or go back to the lead's view; for widget callbacks."""
    choose_here(PAGE, show=show)
