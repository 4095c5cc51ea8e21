"""What day it is in England, whatever zone the clock of the server is set to."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

#: Councils, visitors and deadlines go by this clock; the database by UTC (`data.store.tables`).
ENGLAND = ZoneInfo("Europe/London")


def now() -> dt.datetime:
    """This moment on a clock in England."""
    return dt.datetime.now(ENGLAND)


def today() -> dt.date:
    """Today's date in England."""
    return now().date()


def in_england(moment: dt.datetime) -> dt.datetime:
    """A moment that says its zone, on a clock in England.

    Raises:
        ValueError: it says no zone, so that nobody can tell when it was.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} says no time zone")
    return moment.astimezone(ENGLAND)
