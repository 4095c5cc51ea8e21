"""Steps that a worker of a test's cluster can import: they do little, or go wrong."""

import os
import signal
from pathlib import Path

from data.build_steps import Made, Workroom
from data.errors import SourceError


def make_small_file(room: Workroom, folder: Path) -> Made:
    """One file that says what this worker read of the raw folder."""
    path = folder / "tables/wards.txt"
    path.parent.mkdir()
    areas = room.geography.areas
    path.write_text("\n".join(areas.loc[areas["area_type"] == "ward", "area_name"]))
    return Made(maps={"pid": {"worker": str(os.getpid())}})


def make_broken(room: Workroom, folder: Path) -> Made:
    """What a reader does that finds a fault."""
    raise SourceError("health/a.csv", "not an area code", row=7, column="code", value="E99")


def make_end(room: Workroom, folder: Path) -> Made:
    """What happens to a worker whose machine has no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)
    return Made()
