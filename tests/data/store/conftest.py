"""A workshop with one participant, on SQLite and PostgreSQL."""

import pytest
from workshop_examples import make_people, make_workshop


@pytest.fixture
def room(store_url):
    engine, workshop, ids = make_workshop(store_url)
    (person,) = make_people(engine, workshop, 1)
    return engine, workshop, ids, person
