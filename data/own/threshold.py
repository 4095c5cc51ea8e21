"""Under which number counts of people are hidden: the setting of whoever runs the dashboard."""

from __future__ import annotations

import os
from collections.abc import Mapping

from data.errors import AccessError

USUAL, HIGHEST = 5, 50


def read_threshold(environment: Mapping[str, str] | None = None) -> int:
    """The least number that is shown: `SMALL_COUNTS_UNDER`, else 5. Nothing lower can be set.

    Raises:
        AccessError: the setting is not a whole number from 5 to 50.
    """
    given = (os.environ if environment is None else environment).get("SMALL_COUNTS_UNDER", "")
    if not given.strip():
        return USUAL
    if not given.strip().isdecimal() or not USUAL <= int(given) <= HIGHEST:
        raise AccessError(
            f"SMALL_COUNTS_UNDER is {given!r}; use a whole number from {USUAL} to {HIGHEST}."
        )
    return int(given)
