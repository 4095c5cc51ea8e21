"""Votes and words of participants on both databases: never beyond the limit, never twice."""

import multiprocessing
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from workshop_examples import (
    LEAD,
    OTHER_WARD,
    WARD,
    make_people,
    make_workshop,
    new_request,
)

from data.store import again, workshop_visits
from data.store.engine import explain, open_store, reading
from data.store.workshop_results import load_results, load_stamp
from data.store.workshop_tables import votes
from data.store.workshop_visits import (
    MOST_A_MINUTE,
    find_participant,
    find_workshop,
    join,
    load_ballot,
    place_votes,
)
from data.store.workshop_words import (
    add_asset,
    add_comment,
)
from data.store.workshops import (
    TooOftenError,
    VotingClosedError,
    WorkshopError,
    WorkshopGoneError,
    close_voting,
    end_workshop,
    reopen_voting,
)


def dots_of(engine, workshop):
    """Participant id -> dots they have given, as the table says."""
    mine = votes.c.workshop_id == workshop.id
    query = sa.select(votes.c.participant_id, sa.func.sum(votes.c.number)).where(mine)
    with reading(engine) as connection:
        rows = connection.execute(query.group_by(votes.c.participant_id))
        return {person: int(dots) for person, dots in rows}


def test_a_ballot_replaces_the_one_before(room):
    engine, workshop, ids, person = room
    place_votes(engine, workshop, person, {ids[0]: 5}, new_request())
    kept = place_votes(engine, workshop, person, {ids[1]: 3, ids[2]: 2, ids[0]: 0}, new_request())
    assert kept == load_ballot(engine, person) == {ids[1]: 3, ids[2]: 2}
    assert place_votes(engine, workshop, person, {}, new_request()) == {}
    assert load_ballot(engine, person) == {}


@pytest.mark.parametrize(
    ("method", "numbers", "said"),
    [
        ("dots", [3, 3], "5 dots in all"),
        ("dots", [6], "1 to 5"),
        ("dots", [-1, 2], "1 to 5"),
        ("ranking", [1, 1], "same place"),
        ("ranking", [5], "1 to 4"),
    ],
)
def test_a_ballot_beyond_the_rules_is_refused_and_the_one_before_stays(
    store_url, method, numbers, said
):
    engine, workshop, ids = make_workshop(store_url, method=method)
    (person,) = make_people(engine, workshop, 1)
    place_votes(engine, workshop, person, {ids[3]: 1}, new_request())
    ballot = dict(zip(ids, numbers, strict=False))
    with pytest.raises(WorkshopError, match=said):
        place_votes(engine, workshop, person, ballot, new_request())
    assert load_ballot(engine, person) == {ids[3]: 1}


def test_a_question_of_another_workshop_is_refused(room):
    engine, workshop, ids, person = room
    with pytest.raises(WorkshopError, match="not of this workshop"):
        place_votes(engine, workshop, person, {max(ids) + 1: 1}, new_request())


def test_a_repeat_is_acknowledged_and_changes_nothing(room):
    engine, workshop, ids, person = room
    first, second = new_request(), new_request()
    place_votes(engine, workshop, person, {ids[0]: 1}, first)
    place_votes(engine, workshop, person, {ids[1]: 2}, second)
    before = load_stamp(engine, workshop.id)
    assert place_votes(engine, workshop, person, {ids[0]: 1}, first) == {ids[1]: 2}
    comment = new_request()
    for _ in range(3):
        add_comment(engine, workshop, person, "Once only", comment)
    assert load_stamp(engine, workshop.id) != before
    assert len(load_results(engine, workshop).comments) == 1


def test_no_vote_is_taken_after_closing_and_those_before_stay(room):
    engine, workshop, ids, person = room
    place_votes(engine, workshop, person, {ids[0]: 1}, new_request())
    close_voting(engine, workshop.id, LEAD)
    with pytest.raises(VotingClosedError):
        place_votes(engine, workshop, person, {ids[1]: 1}, new_request())
    add_comment(engine, workshop, person, "Words are still welcome", new_request())
    assert load_ballot(engine, person) == {ids[0]: 1}
    reopen_voting(engine, workshop.id, LEAD)
    place_votes(engine, workshop, person, {ids[1]: 1}, new_request())
    end_workshop(engine, workshop.id, LEAD)
    for act in (
        lambda: place_votes(engine, workshop, person, {ids[2]: 1}, new_request()),
        lambda: add_comment(engine, workshop, person, "late", new_request()),
        lambda: join(engine, workshop, "late phone"),
    ):
        with pytest.raises(WorkshopGoneError):
            act()
    assert load_ballot(engine, person) == {ids[1]: 1}


def send_ballots(url, token, device, seed, count):
    """Ballots at the limit from one phone, as fast as it can; how many were taken."""
    engine = open_store(url)
    workshop = find_workshop(engine, token)
    person = find_participant(engine, workshop, device)
    ids = [question.id for question in workshop.questions]
    drawn = random.Random(seed)  # noqa: S311
    for number in range(count):
        ballot = dict.fromkeys(drawn.sample(ids, 2), 2)
        place_votes(engine, workshop, person, ballot, f"process-{seed}-{number}")
    return count


def test_threads_of_two_processes_never_get_one_phone_beyond_the_limit(store_url):
    engine, workshop, _ = make_workshop(store_url)
    for number in range(4):
        join(engine, workshop, f"phone {number}", WARD)
    jobs = [(store_url, workshop.token, f"phone {number % 4}", number, 7) for number in range(16)]
    seen = []
    done = threading.Event()

    def watch():
        while not done.is_set():
            seen.append(max(dots_of(engine, workshop).values(), default=0))

    watcher = threading.Thread(target=watch)
    watcher.start()
    # Fresh processes: a database connection must not be carried into a fork.
    with multiprocessing.get_context("spawn").Pool(2) as processes, ThreadPoolExecutor(4) as here:
        there = processes.starmap_async(send_ballots, jobs[:8])
        assert sum(here.map(lambda job: send_ballots(*job), jobs[8:])) == 56
        assert sum(there.get(120)) == 56
    done.set()
    watcher.join()
    assert max(seen) == 4  # a ballot is whole or not there: never two at once
    assert dots_of(engine, workshop) == dict.fromkeys(dots_of(engine, workshop), 4)
    assert len(dots_of(engine, workshop)) == 4


def test_two_ballots_of_one_phone_wait_for_each_other(room, monkeypatch):
    engine, workshop, ids, person = room
    inside, most_inside = [], []

    def note_slowly(connection, participant, kind, request):
        inside.append(request)
        most_inside.append(len(inside))
        time.sleep(0.1)
        inside.remove(request)
        return True

    monkeypatch.setattr(workshop_visits, "note_request", note_slowly)
    with ThreadPoolExecutor(3) as threads:
        ballots = [{question: 5} for question in ids[:3]]
        list(threads.map(lambda one: place_votes(engine, workshop, person, one, new_request()),
                         ballots))  # fmt: skip
    assert max(most_inside) == 1
    assert sum(load_ballot(engine, person).values()) == 5


def test_the_same_phone_joining_many_times_at_once_is_one_participant(store_url):
    engine, workshop, _ = make_workshop(store_url)
    with ThreadPoolExecutor(8) as threads:
        joined = list(threads.map(lambda _: join(engine, workshop, "phone", WARD), range(16)))
    assert len({person.id for person in joined}) == 1
    assert load_results(engine, workshop).joined == 1


def test_closing_waits_for_the_votes_on_their_way(store_url):
    engine, workshop, ids = make_workshop(store_url)
    people = make_people(engine, workshop, 12)
    taken, start = [], threading.Barrier(13)

    def vote(person):
        start.wait()
        for number in range(6):
            try:
                place_votes(engine, workshop, person, {ids[number % 4]: 1 + number % 5},
                            new_request())  # fmt: skip
            except VotingClosedError:
                return
            taken.append(person.id)

    threads = [threading.Thread(target=vote, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    start.wait()
    close_voting(engine, workshop.id, LEAD)
    at_close = load_results(engine, workshop)
    for thread in threads:
        thread.join()
    after = load_results(engine, workshop)
    assert after.stamp == at_close.stamp
    assert after.voted == at_close.voted == len(set(taken))


@pytest.mark.parametrize("kind", ["ballot", "comment", "asset"])
def test_a_phone_that_sends_too_often_is_told_to_wait(room, kind):
    engine, workshop, ids, person = room
    send = {
        "ballot": lambda: place_votes(engine, workshop, person, {ids[0]: 1}, new_request()),
        "comment": lambda: add_comment(engine, workshop, person, "words", new_request()),
        "asset": lambda: add_asset(engine, workshop, person, "Hall", "place", new_request()),
    }[kind]
    for _ in range(MOST_A_MINUTE[kind]):
        send()
    with pytest.raises(TooOftenError, match="Wait"):
        send()
    (neighbour,) = make_people(engine, workshop, 1)
    add_comment(engine, workshop, neighbour, "I may", new_request())


def test_a_full_room_takes_nobody_else(room, monkeypatch):
    engine, workshop, *_ = room
    monkeypatch.setattr(workshop_visits, "MOST_PARTICIPANTS", 1)
    with pytest.raises(WorkshopError, match="full"):
        join(engine, workshop, "one too many")


@pytest.mark.parametrize("request_id", ["short", "x" * 41, "with space", "'; drop--"])
def test_a_request_without_a_proper_id_is_refused(room, request_id):
    engine, workshop, ids, person = room
    with pytest.raises(WorkshopError, match="Load it again"):
        place_votes(engine, workshop, person, {ids[0]: 1}, request_id)
    assert load_ballot(engine, person) == {}


def test_results_by_hand_with_dots(store_url):
    engine, workshop, ids = make_workshop(store_url)
    one, two = make_people(engine, workshop, 2)
    (three, _idle) = make_people(engine, workshop, 2, OTHER_WARD)
    place_votes(engine, workshop, one, {ids[0]: 3, ids[1]: 2}, new_request())
    place_votes(engine, workshop, two, {ids[1]: 5}, new_request())
    place_votes(engine, workshop, three, {ids[0]: 1, ids[3]: 1}, new_request())
    results = load_results(engine, workshop)
    table = results.by_question.set_index("question_id")
    assert list(table.index) == ids
    assert list(table["points"]) == [4, 7, 0, 1]
    assert list(table["people"]) == [2, 2, 0, 1]
    assert list(table["firsts"]) == [2, 1, 0, 1]
    assert (results.joined, results.voted) == (4, 3)
    assert results.wards.to_dict("list") == {
        "ward": [WARD, OTHER_WARD], "joined": [2, 2], "voted": [2, 1],
    }  # fmt: skip
    by_ward = results.by_ward.set_index(["ward", "question_id"])["points"].to_dict()
    assert by_ward == {
        (WARD, ids[0]): 3, (WARD, ids[1]): 7, (OTHER_WARD, ids[0]): 1, (OTHER_WARD, ids[3]): 1,
    }  # fmt: skip
    for name in ("by_question", "by_ward", "wards", "comments", "assets"):
        columns = getattr(results, name).columns
        assert not any("participant" in column or "device" in column for column in columns)


def test_results_by_hand_with_ranking(store_url):
    engine, workshop, ids = make_workshop(store_url, method="ranking", votes_each=3)
    one, two = make_people(engine, workshop, 2)
    place_votes(engine, workshop, one, {ids[0]: 1, ids[1]: 2, ids[2]: 3}, new_request())
    place_votes(engine, workshop, two, {ids[2]: 1, ids[0]: 3}, new_request())
    table = load_results(engine, workshop).by_question
    assert list(table["points"]) == [3 + 1, 2, 1 + 3, 0]
    assert list(table["firsts"]) == [1, 0, 1, 0]


def test_an_empty_room_has_empty_results(room):
    engine, workshop, ids, _ = room
    results = load_results(engine, workshop)
    assert (results.joined, results.voted) == (1, 0)
    assert list(results.by_question["points"]) == [0] * len(ids)
    assert results.by_ward.empty
    assert results.comments.empty


def test_a_ward_can_be_changed_and_the_votes_move_with_it(room):
    engine, workshop, ids, person = room
    place_votes(engine, workshop, person, {ids[0]: 2}, new_request())
    other = join(engine, workshop, "phone of another", WARD)
    before = load_stamp(engine, workshop.id)
    assert join(engine, workshop, "phone of another").ward == WARD
    assert load_stamp(engine, workshop.id) == before
    assert join(engine, workshop, "phone of another", OTHER_WARD).id == other.id
    assert load_stamp(engine, workshop.id) != before
    place_votes(engine, workshop, other, {ids[0]: 1}, new_request())
    by_ward = load_results(engine, workshop).by_ward
    assert dict(zip(by_ward["ward"], by_ward["points"], strict=True)) == {WARD: 2, OTHER_WARD: 1}


class FakeDeadlockError(Exception):
    sqlstate = "40P01"


def test_work_in_the_way_of_another_is_done_again(store_url):
    engine = open_store(store_url)
    calls = []

    def work(connection):
        calls.append(connection)
        if len(calls) < 3:
            error = sa.exc.OperationalError("update", {}, FakeDeadlockError("deadlock detected"))
            raise explain(error) from error
        return "kept"

    assert again.write_again(engine, work) == "kept"
    assert len(calls) == 3
