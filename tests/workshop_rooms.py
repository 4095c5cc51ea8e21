"""Rooms for tests: a workshop in the store with people who voted and wrote."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from data.store.workshop_visits import join, place_votes
from data.store.workshop_words import add_asset, add_comment
from data.store.workshops import Plan, Question, Workshop, open_workshop
from data.strategy import strategy_for

WARDS = ("E05011266", "E05011268", "E05011272")  # of Huntingdonshire
LEAD = "a lead (by key)"


def request() -> str:
    """An id as a phone makes it."""
    return uuid.uuid4().hex


def open_room(engine: sa.Engine, area: str = "E07000011", **changes: object) -> Workshop:
    """A workshop on the action areas of a council."""
    asked = [Question(one.heading_label, one.id) for one in strategy_for(area).action_areas]
    plan = {"area_code": area, "title": "What matters most?", "questions": asked} | changes
    return open_workshop(engine, Plan(**plan), LEAD)


def vote(engine: sa.Engine, workshop: Workshop, name: str, ward: str, *dots: int) -> None:
    """One person joins and gives dots (or places) to the questions in their order."""
    person = join(engine, workshop, name, ward)
    ballot = {q.id: n for q, n in zip(workshop.questions, dots, strict=False)}
    place_votes(engine, workshop, person, ballot, request())


def comment(
    engine: sa.Engine, workshop: Workshop, name: str, words: str, question: int | None = None
) -> None:
    """One person, who has joined, writes a comment."""
    add_comment(engine, workshop, join(engine, workshop, name), words, request(), question)


def asset(
    engine: sa.Engine, workshop: Workshop, name: str, called: str, kind: str, note: str = ""
) -> None:
    """One person, who has joined, names a community asset of their ward."""
    add_asset(engine, workshop, join(engine, workshop, name), called, kind, request(), note)


def fill_room(engine: sa.Engine, workshop: Workshop) -> None:
    """Twelve people of three wards (5, 4, 2) and one of none; comments and assets.

    Dots in all: 6, 5, 33, 7, 9 of 60 (five questions, five dots each).
    """
    ballots = (
        [(0, 0, 4, 0, 1)] * 5 + [(0, 0, 3, 1, 1)] * 4 + [(3, 2, 0, 0, 0)] * 2 + [(0, 1, 1, 3, 0)]
    )
    wards = [WARDS[0]] * 5 + [WARDS[1]] * 4 + [WARDS[2]] * 2 + [""]
    for number, (ward, dots) in enumerate(zip(wards, ballots, strict=True)):
        vote(engine, workshop, f"person {number}", ward, *dots)
    health = workshop.questions[2].id
    comment(engine, workshop, "person 0", "The surgery is hard to reach without a car.", health)
    comment(engine, workshop, "person 9", "<b>Buses</b> stop at **six**.")
    asset(engine, workshop, "person 0", "Village hall", "place", "Open Tuesdays")
    asset(engine, workshop, "person 9", "Repair café", "group")
