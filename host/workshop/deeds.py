"""What each form of a phone asks the store to keep, and what the phone is told then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from data.store.workshop_visits import Participant, find_participant, join, place_votes
from data.store.workshop_words import add_asset, add_comment
from data.store.workshops import Workshop, WorkshopError
from host.workshop.evidence import name_ward
from host.workshop.rooms import Room, find_room

Form = Mapping[str, str]

#: What the page says after a form was kept; the address names the form, never the words.
SAID = {
    "ward": "You are in. Thank you.",
    "vote": "Your votes are saved.",
    "comment": "Your comment is sent. Thank you.",
    "asset": "Your place or group is added. Thank you.",
}


@dataclass(frozen=True)
class Deed:
    """One form: `keep` stores what it brings and returns the phone's state after it."""

    name: str
    work: Callable[[sa.Engine, Workshop, Participant, Form], Mapping[int, int] | None]

    def keep(self, engine: sa.Engine, token: str, device: str, form: Form) -> Room:
        """Store what a form brings; durable when it returns.

        Raises:
            WorkshopError: it cannot be kept; StoreError: nothing can.
        """
        workshop = find_room(engine, token)
        if self.name == "ward":
            return Room(workshop, join_with_ward(engine, workshop, device, form))
        participant = find_participant(engine, workshop, device)
        if participant is None:
            raise WorkshopError("Choose your ward first. Load the page again.")
        ballot = self.work(engine, workshop, participant, form)
        return Room(workshop, participant, ballot or {})

    def said(self, room: Room) -> str:
        """What the phone is told."""
        return f"Saved. {room.left_words}" if self.name == "vote" else SAID[self.name]


def join_with_ward(engine: sa.Engine, workshop: Workshop, device: str, form: Form) -> Participant:
    """Join with the ward that was chosen, if one was."""
    ward = form.get("ward", "")
    if ward and not name_ward(workshop.area_code, ward):
        raise WorkshopError("Choose a ward from the list.")
    return join(engine, workshop, device, ward)


def keep_votes(
    engine: sa.Engine, workshop: Workshop, participant: Participant, form: Form
) -> Mapping[int, int]:
    """Keep the ballot a form holds, with the dot that its button adds or takes away."""
    ballot = {
        question.id: read_number(form.get(f"q{question.id}", "0"))
        for question in workshop.questions
    }
    for button, step in (("more", 1), ("less", -1)):
        question = read_number(form.get(button, "0"))
        if question in ballot:
            ballot[question] = max(0, ballot[question] + step)
    return place_votes(engine, workshop, participant, ballot, form.get("request", "none"))


def keep_comment(
    engine: sa.Engine, workshop: Workshop, participant: Participant, form: Form
) -> None:
    """Keep a comment."""
    question = read_number(form.get("question", "0")) or None
    words, request = form.get("words", ""), form.get("request", "none")
    add_comment(engine, workshop, participant, words, request, question)


def keep_asset(engine: sa.Engine, workshop: Workshop, participant: Participant, form: Form) -> None:
    """Keep a community asset; it stands in the participant's ward."""
    name, kind, note = (form.get(field, "") for field in ("name", "kind", "note"))
    add_asset(engine, workshop, participant, name, kind, form.get("request", "none"), note)


def read_number(text: str) -> int:
    """A whole number of a form.

    Raises:
        WorkshopError: it is none that a form of ours holds.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise WorkshopError("Use whole numbers. Load the page again.")
    return int(text)


DEEDS = {
    "ward": Deed("ward", lambda *_: None),
    "vote": Deed("vote", keep_votes),
    "comment": Deed("comment", keep_comment),
    "asset": Deed("asset", keep_asset),
}
