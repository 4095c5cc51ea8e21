"""The store is asked in threads, so that the pages of everybody else do not wait for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import sqlalchemy as sa
from anyio.lowlevel import RunVar

from data.store.engine import open_store

Result = TypeVar("Result")

_READERS = 8
#: SQLite takes one writer at a time: those who wait their turn here wait in order, those who
#: wait in the database try again and again, and the unlucky one long.
_WRITERS = {"sqlite": 1, "postgresql": 8}
_limits: RunVar[dict[str, anyio.CapacityLimiter]] = RunVar("workshop_limits")


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
    engine = await read(lambda engine: engine)
    threads = _WRITERS.get(engine.dialect.name, 1)
    return await anyio.to_thread.run_sync(lambda: work(engine), limiter=_limit("write", threads))
