"""A workshop for tests, and people in it."""

import itertools

from data.store.engine import open_store
from data.store.workshop_visits import join
from data.store.workshops import Plan, Question, open_workshop

AREA = "E07000011"
WARD, OTHER_WARD = "E05012345", "E05054321"
LEAD = "lead@council.example"
HEADINGS = ("Strong communities", "Good work", "Good health", "A good start")

_numbers = itertools.count()


def new_request() -> str:
    return f"request-{next(_numbers)}"


def make_plan(**changes) -> Plan:
    asked = (Question(HEADINGS[0], "strong_communities"), *map(Question, HEADINGS[1:]))
    return Plan(**{"area_code": AREA, "title": "Our priorities", "questions": asked, **changes})


def make_workshop(url, **changes):
    """The open store, a workshop in it, and the ids of its questions in order."""
    engine = open_store(url)
    workshop = open_workshop(engine, make_plan(**changes), LEAD)
    return engine, workshop, [question.id for question in workshop.questions]


def make_people(engine, workshop, count, ward=WARD):
    return [join(engine, workshop, f"phone-{next(_numbers)}", ward) for _ in range(count)]
