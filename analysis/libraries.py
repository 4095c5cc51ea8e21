"""Libraries that take seconds to import, brought in by one visitor at a time."""

from __future__ import annotations

import importlib
import threading
from typing import Any

#: What classes and hot spots of a map need.
SPATIAL = ("libpysal.graph", "esda", "mapclassify")

_one_at_a_time = threading.RLock()


def bring_library(name: str) -> Any:
    """Import a library that nobody else may be importing at the same moment.

    The modules of libpysal import each other in a circle. Two threads that begin at different
    ends of it would wait for each other; Python then lets one go on with half a module, which
    ends in an ImportError for a visitor.
    """
    with _one_at_a_time:
        return importlib.import_module(name)
