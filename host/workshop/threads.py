"""The store is asked in threads, so that the pages of everybody else do not wait for it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import anyio
import sqlalchemy as sa
from anyio.lowlevel import RunVar

from data.store.again import write_together
from data.store.engine import open_store

Result = TypeVar("Result")

_READERS = 8
#: SQLite takes one writer at a time: those who wait their turn here wait in order, those who
#: wait in the database try again and again, and the unlucky one long.
_WRITERS = {"sqlite": 1, "postgresql": 8}
_MOST_TOGETHER = 32
_limits: RunVar[dict[str, anyio.CapacityLimiter]] = RunVar("workshop_limits")
_queue: RunVar[Queue] = RunVar("workshop_queue")


def _limit(name: str, threads: int) -> anyio.CapacityLimiter:
    try:
        limits = _limits.get()
    except LookupError:
        limits = {}
        _limits.set(limits)
    return limits.setdefault(name, anyio.CapacityLimiter(threads))


async def read(work: Callable[[sa.Engine], Result]) -> Result:
    """Ask the store something.

    Raises:
        StoreError: it cannot be opened or read; and what the work raises.
    """
    return await anyio.to_thread.run_sync(
        lambda: work(open_store()), limiter=_limit("read", _READERS)
    )


async def write(work: Callable[[sa.Engine], Result]) -> Result:
    """Let the store keep something, in the order in which it was asked.

    Raises:
        StoreError: it cannot be opened or written; and what the work raises.
    """
    engine = await _open()
    return await anyio.to_thread.run_sync(lambda: work(engine), limiter=_writers(engine))


async def write_soon(work: Callable[[sa.Engine], Result]) -> Result:
    """Let the store keep something that is written through `write_again` only; durable on return.

    SQLite gets all that is waiting in one transaction, PostgreSQL does so by itself.

    Raises:
        StoreError: it cannot be opened or written; and what the work raises.
    """
    engine = await _open()
    if engine.dialect.name != "sqlite":
        return await write(work)
    try:
        queue = _queue.get()
    except LookupError:
        queue = Queue()
        _queue.set(queue)
    return await queue.add(engine, work)


async def _open() -> sa.Engine:
    # Not behind those who read: this only waits where the tables are made first.
    return await anyio.to_thread.run_sync(open_store, limiter=_limit("open", _READERS))


def _writers(engine: sa.Engine) -> anyio.CapacityLimiter:
    return _limit("write", _WRITERS.get(engine.dialect.name, 1))


class Queue:
    """Work for SQLite, in order; while one transaction is written the next one fills."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Callable[[], object], asyncio.Future]] = deque()
        self.writer: asyncio.Task | None = None

    async def add(self, engine: sa.Engine, work: Callable[[sa.Engine], Result]) -> Result:
        """Wait until some work is kept, and return what it returned or raise what it raised."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self.waiting.append((partial(work, engine), future))
        if self.writer is None or self.writer.done():
            self.writer = asyncio.create_task(self._write(engine))
        return await future

    async def _write(self, engine: sa.Engine) -> None:
        while self.waiting:
            count = min(len(self.waiting), _MOST_TOGETHER)
            taken = [self.waiting.popleft() for _ in range(count)]
            together = partial(write_together, engine, [work for work, _ in taken])
            outcomes = await anyio.to_thread.run_sync(together, limiter=_writers(engine))
            for (_, future), outcome in zip(taken, outcomes, strict=True):
                if future.done():
                    continue  # whoever asked is gone; what they sent is kept all the same
                if isinstance(outcome, Exception):
                    future.set_exception(outcome)
                else:
                    future.set_result(outcome)
