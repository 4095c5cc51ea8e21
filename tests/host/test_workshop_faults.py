"""The server and the database are killed while people vote: what was acknowledged is there."""

import asyncio
import os
import random
from contextlib import nullcontext
from pathlib import Path

import pytest
from phone_examples import WARD, make_room

from data.store.workshop_results import load_results
from data.store.workshop_visits import find_participant, load_ballot
from scripts.phones import Phone, make_client
from scripts.serving import Server
from tests.stores import running_postgresql

# A page without figures: the server is up again soon.
SMALL_APP = Path(__file__).parents[1] / "browser" / "host_app" / "dashboard.py"
PHONES = 20
#: More for a night: FAULT_KILLS=50 pytest tests/host/test_workshop_faults.py
KILLS = int(os.environ.get("FAULT_KILLS", "2"))
SECONDS_BETWEEN = 2.5  # below the limit of 30 ballots a minute


async def take_part(phone, number, done):
    """Join, then change the ballot and write again and again until it is over."""
    drawn = random.Random(number)  # noqa: S311
    await asyncio.sleep(drawn.random() * SECONDS_BETWEEN)
    await phone.join(WARD)
    while not done.is_set():
        one, other = drawn.sample(phone.questions, 2)
        await phone.vote({one: drawn.randint(1, 3), other: 2})
        if len(phone.sent) % 5 == 1:
            await phone.comment(f"Comment {len(phone.sent)} of phone {number}")
        await asyncio.sleep(SECONDS_BETWEEN * (0.9 + drawn.random() / 5))


def check_ballots(engine, workshop, people):
    """Each phone's stored ballot is its last acknowledged one, or one that it sent after that."""
    for phone in people:
        if not (phone.device and phone.acknowledged):
            continue
        acknowledged = phone.acknowledged
        stored = load_ballot(engine, find_participant(engine, workshop, phone.device))
        assert stored in phone.sent[acknowledged - 1 :]
        assert sum(stored.values()) <= workshop.votes_each


def kill_server(server, check):
    server.process.kill()
    server.process.wait()
    check()
    server.__enter__()


def kill_database(database, check):
    database.kill()
    database.start()
    check()


async def vote_through(server, room, kills):
    """Let people vote while the server, and what else there is, is killed at random points."""
    engine, workshop = room
    done = asyncio.Event()
    async with make_client(server.url, PHONES) as client:
        questions = tuple(question.id for question in workshop.questions)
        people = [Phone(client, f"/w/{workshop.token}", questions) for _ in range(PHONES)]
        parts = [asyncio.create_task(take_part(p, n, done)) for n, p in enumerate(people)]
        await asyncio.sleep(SECONDS_BETWEEN)
        for kill in kills:
            await asyncio.sleep(random.uniform(0.5, 3))  # noqa: S311
            await asyncio.to_thread(kill, lambda: check_ballots(engine, workshop, people))
        before = [phone.acknowledged for phone in people]
        async with asyncio.timeout(120):  # a busy machine takes long to start a server again
            while any(p.acknowledged <= n for p, n in zip(people, before, strict=True)):
                await asyncio.sleep(0.2)
        done.set()
        await asyncio.gather(*parts)
    return people


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_acknowledged_vote_is_lost_or_doubled_by_killing(kind, tmp_path):
    with running_postgresql() if kind == "postgresql" else nullcontext() as database:
        url = database.make_database() if database else f"sqlite:///{tmp_path / 'room.sqlite3'}"
        engine, workshop = room = make_room(url)
        with Server(SMALL_APP, {"DATABASE_URL": url}) as server:
            kills = [lambda check: kill_server(server, check)] * KILLS
            if database:
                kills += [lambda check: kill_database(database, check)] * KILLS
            random.shuffle(kills)
            people = asyncio.run(vote_through(server, room, kills))
        check_ballots(engine, workshop, people)
        results = load_results(engine, workshop)
        engine.dispose()
    assert sum(phone.failures for phone in people) > 0, "the kills were not felt"
    assert results.joined == results.voted == PHONES
    assert results.by_question["points"].sum() == sum(
        sum(phone.sent[-1].values()) for phone in people
    )
    sent = [words for phone in people for words in phone.comments]
    assert len(sent) >= PHONES
    assert sorted(results.comments["words"]) == sorted(sent)
