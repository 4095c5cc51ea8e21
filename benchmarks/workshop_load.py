"""500 phones in one workshop: how soon a vote is acknowledged and shown, and whether all count.

    python -m benchmarks.workshop_load [--phones 500] [--database sqlite|postgresql|both]

People join over half a minute; then each sends three ballots within twenty seconds, one in five
writes a comment. A second process asks for the stamp and loads the results whenever it has
changed, as the projector's page does. At the end the database is compared with what the
phones were told. Figures come last.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil

from data.store.engine import close_store, open_store
from data.store.workshop_results import load_results, load_stamp
from data.store.workshop_visits import find_participant, load_ballot
from data.store.workshops import Plan, Question, Workshop, load_workshop, open_workshop
from data.strategy import strategy_for
from scripts.phones import Phone, make_client
from scripts.serving import ROOT, Server
from tests.stores import running_postgresql

HERE = "E07000011"
JOINING, VOTING, BALLOTS = 30.0, 20.0, 3
GOAL_ACKNOWLEDGED, GOAL_SHOWN = 0.5, 2.0
LOOK_EVERY = 0.5  # how often the projector's page asks


@dataclass
class Room:
    """What happens in the room: the phones, and when each ballot was acknowledged."""

    phones: list[Phone]
    acknowledged: list[float] = field(default_factory=list)
    joined: list[float] = field(default_factory=list)


async def take_part(room: Room, number: int, wards: list[str], start: float) -> None:
    """One person: join at some time, vote three times at some times, perhaps write."""
    phone, drawn = room.phones[number], random.Random(number)  # noqa: S311
    await asyncio.sleep(drawn.random() * JOINING)
    began = time.perf_counter()
    await phone.join(drawn.choice(wards))
    room.joined.append(time.perf_counter() - began)
    times = sorted(start + JOINING + 2 + drawn.random() * VOTING for _ in range(BALLOTS))
    for turn, moment in enumerate(times):
        await asyncio.sleep(max(0.0, moment - time.time()))
        one, other = drawn.sample(phone.questions, 2)
        await phone.vote({one: drawn.randint(1, 3), other: 2})
        room.acknowledged.append(time.time())
        if turn == 0 and number % 5 == 0:
            await phone.comment(f"Comment of phone {number}")


async def fill_room(server: Server, workshop: Workshop, count: int, wards: list[str]) -> Room:
    """Let everybody take part."""
    questions = tuple(question.id for question in workshop.questions)
    async with make_client(server.url, count) as client:
        path = f"/w/{workshop.token}"
        room = Room([Phone(client, path, questions) for _ in range(count)])
        start = time.time()
        await asyncio.gather(*(take_part(room, n, wards, start) for n in range(count)))
    return room


def watch(url: str, workshop_id: int) -> None:
    """The projector's side, a process of its own: a line for each time the results changed."""
    engine = open_store(url)
    workshop, stamp = load_workshop(engine, workshop_id), ""
    while True:
        asked = time.time()
        if load_stamp(engine, workshop_id) != stamp:
            results = load_results(engine, workshop)
            stamp = results.stamp
            changes = int(stamp.rpartition(".")[2])
            print(json.dumps([asked, time.time(), changes]), flush=True)
        time.sleep(max(0.0, LOOK_EVERY - (time.time() - asked)))


@contextmanager
def watching(url: str, workshop: Workshop) -> Iterator[Path]:
    """Watch the results from another process; the file of what it saw."""
    file = Path(tempfile.mkstemp(prefix="watch-", suffix=".jsonl")[1])
    command = [sys.executable, "-m", "benchmarks.workshop_load", "--watch", str(workshop.id)]
    environment = {**os.environ, "DATABASE_URL": url}
    with file.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out)
    try:
        yield file
        time.sleep(4 * LOOK_EVERY)
    finally:
        process.terminate()
        process.wait()


def measure_shown(acknowledged: list[float], seen: list[tuple[float, float, int]]) -> list[float]:
    """Seconds from each acknowledged vote until the next results that were asked for after it."""
    times = np.array([[asked, shown] for asked, shown, _ in seen])
    shown = []
    for moment in acknowledged:
        later = times[times[:, 0] >= moment]
        # A vote that was kept before its answer arrived may be in the results already.
        shown.append(float(later[0, 1] - moment) if len(later) else 0.0)
    return shown


def count_wrong(url: str, workshop: Workshop, room: Room) -> dict[str, int]:
    """Hold the database against what the phones were told."""
    engine = open_store(url)
    wrong = {"lost or changed": 0, "beyond the limit": 0}
    for phone in room.phones:
        participant = find_participant(engine, workshop, phone.device)
        stored = load_ballot(engine, participant) if participant else {}
        wrong["lost or changed"] += stored != phone.sent[-1]
        wrong["beyond the limit"] += sum(stored.values()) > workshop.votes_each
    results = load_results(engine, workshop)
    told = sum(sum(phone.sent[-1].values()) for phone in room.phones)
    wrong["dots too many or too few"] = abs(int(results.by_question["points"].sum()) - told)
    said = sorted(words for phone in room.phones for words in phone.comments)
    wrong["comments lost or doubled"] = int(sorted(results.comments["words"]) != said)
    wrong["people too many or too few"] = abs(results.joined - len(room.phones))
    close_store(url)
    return wrong


def describe(name: str, figures: list[float], goal: float | None = None) -> str:
    """A line of the report: p50, p95 and the longest, in milliseconds."""
    p50, p95, longest = (1000 * np.percentile(figures, part) for part in (50, 95, 100))
    held = "" if goal is None else f"   goal p95 {1000 * goal:.0f}: "
    verdict = "" if goal is None else ("met" if p95 <= 1000 * goal else "MISSED")
    return f"  {name:<28}p50 {p50:6.0f}  p95 {p95:6.0f}  max {longest:6.0f} ms{held}{verdict}"


def run(url: str, name: str, count: int) -> list[str]:
    """Fill one workshop on one database; the lines of the report."""
    from host.workshop.evidence import load_wards

    asked = [Question(a.heading_label, a.id) for a in strategy_for(HERE).action_areas]
    workshop = open_workshop(open_store(url), Plan(HERE, "Load", asked), "benchmark")
    close_store(url)
    wards = [ward for names in load_wards(HERE).values() for ward in names]
    with Server(environment={"DATABASE_URL": url}) as server:
        server.wait_until_warm()
        host = psutil.Process(server.process.pid)
        before = sum(host.cpu_times()[:2])
        with watching(url, workshop) as file:
            room = asyncio.run(fill_room(server, workshop, count, wards))
        busy = sum(host.cpu_times()[:2]) - before
        seen = [tuple(json.loads(line)) for line in file.read_text().splitlines()]
        file.unlink()
    shown = measure_shown(room.acknowledged, seen)
    votes = [seconds for phone in room.phones for seconds in phone.seconds]
    wrong = count_wrong(url, workshop, room)
    failures = sum(phone.failures for phone in room.phones)
    return [
        f"{name}: {count} phones, {len(votes)} ballots in {VOTING:.0f} s",
        describe("joined (two requests)", room.joined),
        describe("vote acknowledged", votes, GOAL_ACKNOWLEDGED),
        describe("shown by another process", shown, GOAL_SHOWN),
        f"  the server's processor time: {busy:.1f} s, joining and polling included",
        f"  requests to be sent again: {failures}; "
        + "; ".join(f"{what}: {number}" for what, number in wrong.items()),
    ]


def main() -> None:
    """Run on the chosen databases and print the figures last."""
    parser = argparse.ArgumentParser(description="A full workshop.", prog="workshop_load")
    parser.add_argument("--phones", type=int, default=500)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--watch", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.watch:
        watch(os.environ["DATABASE_URL"], chosen.watch)
    lines = [f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start"]
    if chosen.database in ("sqlite", "both"):
        with tempfile.TemporaryDirectory() as folder:
            lines += run(f"sqlite:///{folder}/room.sqlite3", "SQLite", chosen.phones)
    if chosen.database in ("postgresql", "both"):
        with running_postgresql() as database:
            lines += run(database.make_database(), "PostgreSQL", chosen.phones)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
