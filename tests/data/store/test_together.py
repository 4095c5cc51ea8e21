"""Several pieces of work in one transaction of SQLite."""

import pytest
import sqlalchemy as sa
from workshop_examples import make_people, make_workshop, new_request

from data.errors import StoreError
from data.store import again
from data.store.again import write_again, write_together
from data.store.workshop_results import load_results
from data.store.workshop_visits import load_ballot, place_votes
from data.store.workshops import WorkshopError


@pytest.fixture
def room(tmp_path):
    engine, workshop, ids = make_workshop(f"sqlite:///{tmp_path / 'room.sqlite3'}")
    return engine, workshop, ids, make_people(engine, workshop, 3)


def vote(room, person, number):
    engine, workshop, ids, people = room
    return lambda: place_votes(engine, workshop, people[person], {ids[0]: number}, new_request())


def test_each_piece_is_kept_whole_whatever_becomes_of_the_others(room):
    engine, workshop, ids, people = room

    def fail_halfway():
        def work(connection):
            connection.execute(sa.text("UPDATE workshop_participants SET ward = 'broken'"))
            raise ZeroDivisionError

        return write_again(engine, work)

    works = [vote(room, 0, 1), vote(room, 1, 9), fail_halfway, vote(room, 2, 3)]
    first, second, third, fourth = write_together(engine, works)
    assert (first, fourth) == ({ids[0]: 1}, {ids[0]: 3})
    assert isinstance(second, WorkshopError)
    assert isinstance(third, ZeroDivisionError)
    assert [load_ballot(engine, person) for person in people] == [{ids[0]: 1}, {}, {ids[0]: 3}]
    assert "broken" not in set(load_results(engine, workshop).wards["ward"])


def test_two_ballots_of_one_phone_in_one_transaction_are_the_last_one(room):
    engine, _, ids, people = room
    write_together(engine, [vote(room, 0, 4), vote(room, 0, 2)])
    assert load_ballot(engine, people[0]) == {ids[0]: 2}


def test_a_piece_that_trips_over_the_database_is_done_again_alone(room):
    engine, _, ids, people = room
    tries = []

    def trip():
        tries.append(1)
        if len(tries) == 1:
            raise sa.exc.IntegrityError("insert", {}, ValueError("unique"))
        return vote(room, 1, 1)()

    assert write_together(engine, [trip, vote(room, 0, 1)]) == [{ids[0]: 1}] * 2
    assert load_ballot(engine, people[1]) == {ids[0]: 1}


def test_when_the_whole_cannot_be_kept_nobody_is_told_otherwise(room, monkeypatch):
    engine, _, _, people = room

    def fail(_connection):
        raise sa.exc.OperationalError("commit", {}, ValueError("disk full"))

    sa.event.listen(engine, "commit", fail)
    outcomes = write_together(engine, [vote(room, 0, 1), vote(room, 1, 1)])
    sa.event.remove(engine, "commit", fail)
    assert [type(outcome) for outcome in outcomes] == [StoreError] * 2
    assert [load_ballot(engine, person) for person in people] == [{}] * 3
    assert again._shared.get() is None


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (sa.exc.IntegrityError("insert", {}, ValueError("unique")), 4),
        (sa.exc.OperationalError("insert", {}, ValueError("disk full")), 1),
    ],
)
def test_a_piece_is_tried_again_only_where_that_can_help(room, monkeypatch, error, tries):
    monkeypatch.setattr(again, "_PAUSE", 0)
    tried = []

    def work(connection):
        connection.execute(sa.text("UPDATE workshop_participants SET ward = 'broken'"))
        tried.append(1)
        raise error

    with pytest.raises(StoreError, match=f"{error.orig}.*Nothing was half written"):
        write_again(room[0], work)
    assert len(tried) == tries
    assert "broken" not in set(load_results(room[0], room[1]).wards["ward"])
