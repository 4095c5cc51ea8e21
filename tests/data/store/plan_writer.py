"""A process that saves one version of a plan after another until it is killed.

With a second argument it kills itself during its second save, after that many inserts, or just
before the save is made final.
"""

from __future__ import annotations

import os
import signal
import sys

import sqlalchemy as sa

from data.planned_action import PlannedAction
from data.store.engine import open_store
from data.store.plans import save_plan

AREA = "E07000011"
ACTIONS = 300


def make_version(number: int) -> list[PlannedAction]:
    """A large plan in which everything says the number of its version."""
    status = "On track" if number % 2 else "Off track"
    return [
        PlannedAction(f"A{n}", f"version {number}", status=status, reason=f"{number} " * 50)
        for n in range(ACTIONS)
    ]


def die() -> None:
    """End at once, with nothing tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_after(engine: sa.Engine, inserts: int) -> None:
    """Kill this process after some inserts, or before the end of a transaction with them all."""
    done = 0

    def count(_connection, _cursor, statement, *_rest) -> None:
        nonlocal done
        done += statement.startswith("INSERT")
        if done == inserts:
            die()

    sa.event.listen(engine, "after_cursor_execute", count)
    sa.event.listen(engine, "commit", lambda _connection: done and die())


def main(url: str, inserts: int = 0) -> None:
    """Say each number when it is safely kept."""
    engine = open_store(url)
    number = 1
    while True:
        if number == 2 and inserts:
            die_after(engine, inserts)
        save_plan(engine, AREA, make_version(number), f"plan {number}.csv", "a lead", number - 1)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
