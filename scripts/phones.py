"""Phones without a browser, for the load test and the tests that kill the server.

They send what the page's script sends and, like it, try again under the same number until the
server has answered.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx2

#: Answers after which the script of the page tries again.
TRY_AGAIN = {429, 500, 502, 503, 504}
PAUSE = 0.25


@dataclass
class Phone:
    """One phone in a workshop.

    `sent`: every ballot it sent, oldest first; the first `acknowledged` of them were answered.
    `comments`: those that were acknowledged. `seconds`: how long each ballot took.
    """

    client: httpx2.AsyncClient
    path: str
    questions: tuple[int, ...]
    sent: list[dict[int, int]] = field(default_factory=list)
    acknowledged: int = 0
    comments: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    failures: int = 0
    form: str = ""
    cookie: str = ""
    device: str = ""

    async def join(self, ward: str = "") -> None:
        """Open the page and join, however often the server has to be asked."""
        while True:
            try:
                page = await self.client.get(self.path, headers={"cookie": self.cookie})
                page.raise_for_status()
                break
            except httpx2.HTTPError:
                await self._fail()
        self.cookie = page.headers["set-cookie"].split(";")[0]
        self.device = self.cookie.partition("=")[2]
        found = re.search(r'name="form" value="(\w+)"', page.text)
        self.form = found[1] if found else ""
        await self.send("ward", {"ward": ward})

    async def vote(self, ballot: Mapping[int, int]) -> None:
        """Send a whole ballot until it is acknowledged."""
        self.sent.append(dict(ballot))
        started = time.perf_counter()
        await self.send("vote", {f"q{q}": str(ballot.get(q, 0)) for q in self.questions})
        self.seconds.append(time.perf_counter() - started)
        self.acknowledged += 1

    async def comment(self, words: str) -> None:
        """Send a comment until it is acknowledged."""
        await self.send("comment", {"words": words})
        self.comments.append(words)

    async def send(self, deed: str, fields: Mapping[str, str]) -> None:
        """Send a form until it is acknowledged; a repeat carries the same number.

        Raises:
            RuntimeError: the server refuses it for good.
        """
        whole = {**fields, "form": self.form, "request": secrets.token_urlsafe(16)}
        headers = {"accept": "application/json", "cookie": self.cookie}
        while True:
            try:
                answer = await self.client.post(f"{self.path}/{deed}", data=whole, headers=headers)
            except httpx2.HTTPError:
                await self._fail()
                continue
            if answer.status_code == 200:
                return
            if answer.status_code not in TRY_AGAIN:
                raise RuntimeError(f"{deed}: {answer.status_code} {answer.text[:200]}")
            await self._fail()

    async def _fail(self) -> None:
        self.failures += 1
        await asyncio.sleep(PAUSE)


def make_client(url: str, phones: int) -> httpx2.AsyncClient:
    """A client that keeps one connection for each of some phones."""
    limits = httpx2.Limits(max_connections=phones, max_keepalive_connections=phones)
    return httpx2.AsyncClient(base_url=url, limits=limits, timeout=20)
