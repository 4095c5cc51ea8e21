"""What one phone sees of a workshop: its own votes and its ward, nothing of anybody else."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import sqlalchemy as sa

from analysis.ward_need_words import WardNeed
from analysis.words import count_words
from data.errors import DataError
from data.store.workshop_visits import (
    Participant,
    find_participant,
    find_workshop,
    load_ballot,
)
from data.store.workshops import DOTS, Workshop, WorkshopGoneError
from host.workshop.evidence import load_evidence, name_place, name_ward

#: How long a workshop found by its link is taken for unchanged, in seconds. Votes look again.
_FRESH = 1.0
_MOST_KEPT = 256
_kept: dict[tuple[str, str], tuple[float, Workshop]] = {}
_keeping = threading.Lock()


def find_room(engine: sa.Engine, token: str) -> Workshop:
    """The open workshop behind a link, at most a second old; hundreds of phones ask at once.

    Raises:
        WorkshopGoneError: the link opens nothing.
        StoreError: the database cannot be read.
    """
    key = (str(engine.url), token)
    with _keeping:
        until, workshop = _kept.get(key, (0.0, None))
    if workshop and time.monotonic() < until:
        if not workshop.is_open:
            raise WorkshopGoneError("This workshop is not open.")
        return workshop
    workshop = find_workshop(engine, token)
    with _keeping:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = (time.monotonic() + _FRESH, workshop)
    return workshop


@dataclass(frozen=True)
class Room:
    """One phone's view: the workshop, who it is (None before joining) and what it has given."""

    workshop: Workshop
    participant: Participant | None = None
    ballot: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_dots(self) -> bool:
        """Whether people give dots; else they make a list."""
        return self.workshop.method == DOTS

    @property
    def left(self) -> int:
        """How many dots are left to give."""
        return self.workshop.votes_each - sum(self.ballot.values())

    @property
    def left_words(self) -> str:
        """How much is left to give, in words."""
        if self.is_dots:
            return f"{self.left} of {count_words(self.workshop.votes_each, 'dot', 'dots')} left."
        placed = count_words(len(self.ballot), "place", "places")
        return f"{placed} of {self.workshop.votes_each} filled."

    @cached_property
    def place(self) -> str:
        """The name of the council."""
        return name_place(self.workshop.area_code)

    @cached_property
    def ward_name(self) -> str:
        """The name of the chosen ward; "" for none."""
        ward = self.participant.ward if self.participant else ""
        return name_ward(self.workshop.area_code, ward) if ward else ""

    @cached_property
    def evidence(self) -> Mapping[str, WardNeed]:
        """What the figures say about the chosen ward, by action area; empty if they cannot."""
        if not (self.participant and self.participant.ward):
            return {}
        try:
            return load_evidence(self.workshop.area_code, self.participant.ward)
        except DataError:
            return {}

    def prepare(self) -> Room:
        """Look up all that comes from tables now, in this thread; the page only shows it."""
        _ = (self.place, self.ward_name, self.evidence)
        return self


def load_room(engine: sa.Engine, token: str, device: str) -> Room:
    """What a phone sees of the workshop behind a link.

    Raises:
        WorkshopGoneError: the link opens nothing.
        StoreError: the database cannot be read.
    """
    workshop = find_room(engine, token)
    participant = find_participant(engine, workshop, device) if device else None
    ballot = load_ballot(engine, participant) if participant else {}
    return Room(workshop, participant, ballot)
