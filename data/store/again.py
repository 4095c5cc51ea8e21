"""Write once more where two transactions got in each other's way."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from data.errors import StoreError
from data.store.engine import explain, writing

#: PostgreSQL's serialization failure and deadlock: nothing was kept, and trying again helps.
_IN_THE_WAY = {"40001", "40P01"}
_TRIES = 4
_PAUSE = 0.02

Result = TypeVar("Result")


def write_again(engine: sa.Engine, work: Callable[[sa.Connection], Result]) -> Result:
    """Do some work in one transaction, from the start again where another one got in its way.

    A row that another transaction added first (`IntegrityError`) is such a case too: the second
    time round the work finds it.

    Raises:
        StoreError: the database cannot be written.
    """
    for left in reversed(range(_TRIES)):
        try:
            with writing(engine) as connection:
                return work(connection)
        except sa.exc.IntegrityError as error:
            if not left:
                raise explain(error) from error
        except StoreError as error:
            if not left or not _is_in_the_way(error):
                raise
        time.sleep(_PAUSE * (_TRIES - left))
    raise StoreError("The database was too busy. Nothing was kept; try again.")


def _is_in_the_way(error: StoreError) -> bool:
    reason = getattr(error.__cause__, "orig", None)
    return getattr(reason, "sqlstate", None) in _IN_THE_WAY
