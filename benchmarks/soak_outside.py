"""Visitors of a soak without a session: programs, other websites and phones of a workshop."""

from __future__ import annotations

import asyncio
import threading
import time
import urllib.error
import urllib.request
from random import Random

from benchmarks.soak_addresses import draw_route, list_indicators
from benchmarks.soak_window import Fault, Tally
from data.store.workshops import Workshop
from scripts.phones import Phone, make_client

#: Seconds between two of them; one in so many is a phone that votes.
PAUSE, PHONES = 1.5, 6


def ask(url: str, route: str, tally: Tally, visit: str) -> None:
    """Ask for a route; only the server's own failures are faults."""
    tally.actions["plain request"] += 1
    try:
        with urllib.request.urlopen(url + route, timeout=60) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        if error.code >= 500 and "retry-after" not in error.headers:
            tally.faults.append(Fault("answer", str(error.code), route[:300], visit))
    except OSError as error:
        tally.faults.append(Fault("no answer", str(error), route[:300], visit))


async def vote(url: str, workshop: Workshop, drawn: Random) -> None:
    """A phone joins, votes and leaves."""
    questions = tuple(question.id for question in workshop.questions)
    async with make_client(url, 1) as client:
        phone = Phone(client, f"/w/{workshop.token}", questions)
        await phone.join()
        await phone.vote({drawn.choice(questions): drawn.randint(1, workshop.votes_each)})


def open_every_table(url: str, tally: Tally) -> None:
    """Ask for every indicator once: a server that has run for days has each table open."""
    for indicator in list_indicators():
        ask(url, f"/api/v1/values?indicator={indicator}&page_size=1", tally, "warm-up")
        ask(url, f"/embed/map?indicator={indicator}", tally, "warm-up")


class Outside(threading.Thread):
    """Plain visitors, one after the other, until `stop()`."""

    def __init__(self, url: str, seed: str, workshop: Workshop, tally: Tally) -> None:
        super().__init__(daemon=True)
        self.url, self.seed, self.workshop, self.tally = url, seed, workshop, tally
        self.ended = threading.Event()

    def run(self) -> None:
        """Visit until stopped."""
        drawn, visit = Random(self.seed), f"outside {self.seed}"  # noqa: S311
        while not self.ended.wait(PAUSE):
            if drawn.randrange(PHONES):
                ask(self.url, draw_route(drawn), self.tally, visit)
                continue
            started = time.monotonic()
            self.tally.actions["phone"] += 1
            try:
                asyncio.run(asyncio.wait_for(vote(self.url, self.workshop, drawn), 60))
            except (RuntimeError, TimeoutError) as error:
                words = f"{error} after {time.monotonic() - started:.0f} s"
                self.tally.faults.append(Fault("phone", words, "/w/…", visit))

    def stop(self) -> None:
        """Let the last one end."""
        self.ended.set()
        self.join(90)
