"""Which wards of a small room may be shown apart: votes by ward can name people.

A ward with fewer than a few people is not shown by itself. Because the total of the room is
shown too, what is left over (total minus the wards shown) must not be a small group either:
then the next smallest ward is held back as well, as in the primary and secondary suppression
of statistical tables (Eurostat, Handbook on Statistical Disclosure Control, section 4).
"""

from __future__ import annotations

from collections.abc import Mapping

#: A group with fewer people is never shown by itself.
FEWEST = 3


#: The group of those who named no ward.
NO_WARD = ""


def find_held_back(people: Mapping[str, int], fewest: int = FEWEST) -> frozenset[str]:
    """The groups of a room that must not be shown by themselves.

    Args:
        people: how many people each ward has, and `NO_WARD`; groups of nobody are left out.
        fewest: the least people of a ward that is shown.

    Returns:
        the groups held back, those who named no ward always among them. Together they have no
        people or at least `fewest`, unless the whole room has fewer. Which they are hangs on
        the counts and names alone.
    """
    known = sorted((count, group) for group, count in people.items() if count)
    held = [(n, group) for n, group in known if n < fewest or group == NO_WARD]
    for more in (one for one in known if one not in held):
        if not 0 < sum(count for count, _ in held) < fewest:
            break
        held.append(more)
    return frozenset(group for _, group in held)
