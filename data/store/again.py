"""Write once more where two transactions got in each other's way, or many at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import TypeVar

import sqlalchemy as sa

from data.errors import StoreError
from data.store.engine import explain, writing

#: PostgreSQL's serialization failure and deadlock: nothing was kept, and trying again helps.
_IN_THE_WAY = {"40001", "40P01"}
_TRIES = 4
_PAUSE = 0.02

Result = TypeVar("Result")
#: The transaction that several pieces of work share, while `write_together` runs.
_shared: ContextVar[sa.Connection | None] = ContextVar("shared", default=None)


def write_again(engine: sa.Engine, work: Callable[[sa.Connection], Result]) -> Result:
    """Do some work in one transaction, from the start again where another one got in its way.

    A row that another transaction added first (`IntegrityError`) is such a case too: the second
    time round the work finds it. Inside `write_together` the work is a part of its transaction.

    Raises:
        StoreError: the database cannot be written.
    """
    if (shared := _shared.get()) is not None:
        with shared.begin_nested():
            return work(shared)
    tried = 0
    while True:
        tried += 1
        try:
            with writing(engine) as connection:
                return work(connection)
        except sa.exc.IntegrityError as error:
            if tried == _TRIES:
                told = explain(error)
                raise told from error
        except StoreError as error:
            if tried == _TRIES or not _is_in_the_way(error):
                raise
        time.sleep(_PAUSE * tried)


def _is_in_the_way(error: StoreError) -> bool:
    reason = getattr(error.__cause__, "orig", None)
    return getattr(reason, "sqlstate", None) in _IN_THE_WAY


def write_together(
    engine: sa.Engine, works: Sequence[Callable[[], Result]]
) -> list[Result | Exception]:
    """Do several pieces of work in one transaction: the disk is waited for once for all of them.

    Each piece is kept whole or not at all, whatever becomes of the others; when this returns, what
    was kept is durable. For SQLite, where writers wait in a row anyway: in PostgreSQL two such
    transactions could wait for each other.

    Args:
        engine: the store.
        works: functions that write through `write_again` and nothing else.

    Returns:
        for each piece what it returned, or the error it raised.
    """
    outcomes: list[Result | Exception] = []
    try:
        with writing(engine) as connection:
            token = _shared.set(connection)
            try:
                outcomes = [_attempt(work) for work in works]
            finally:
                _shared.reset(token)
    except StoreError as error:
        return [error for _ in works]
    except sa.exc.IntegrityError as error:
        return [explain(error) for _ in works]
    # A piece that tripped over the database, not over a rule, is done once more by itself.
    return [
        _attempt(work) if isinstance(outcome, sa.exc.SQLAlchemyError) else outcome
        for work, outcome in zip(works, outcomes, strict=True)
    ]


def _attempt(work: Callable[[], Result]) -> Result | Exception:
    try:
        return work()
    except Exception as error:
        return error
