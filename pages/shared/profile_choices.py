"""What a visitor chooses on the Ward profile beside the common selection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pages.shared.profile_data import Comparison, comparisons_of

PAGE = "ward_profile"
AGAINST = ("council", "county", "region", "england", "similar")


@dataclass(frozen=True)
class Choices:
    """What the ward is compared with: a word of `AGAINST`."""

    against: str = "council"

    def comparison(self, ward: str) -> Comparison:
        """What a ward is compared with: its council, where it has no such area."""
        found = comparisons_of(ward)
        return found.get(self.against, found["council"])


def parse_choices(params: Mapping[str, str], current: Choices) -> tuple[Choices, list[str]]:
    """Read the page's own choice from the parameters of an address."""
    against = params.get("against", "")
    if not against:
        return current, []
    if against in AGAINST:
        return replace(current, against=against), []
    known = ", ".join(AGAINST)
    return current, [f"The link compares with “{against[:40]}”; here it can be {known}."]
