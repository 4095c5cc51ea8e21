"""A process that saves one version of a plan after another until it is killed."""

from __future__ import annotations

import sys

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


def main(url: str) -> None:
    """Say each number when it is safely kept."""
    engine = open_store(url)
    number = 1
    while True:
        save_plan(engine, AREA, make_version(number), f"plan {number}.csv", "a lead", number - 1)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    main(sys.argv[1])
