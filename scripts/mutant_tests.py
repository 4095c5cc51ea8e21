"""A pytest plugin for `make mutants`: quick tests first, and few examples for each property.

mutmut stops at the first test that fails, and hands its tests over in no order. The seconds of
each are in the file that it keeps in mutants/, where it runs.
"""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from analysis.libraries import SPATIAL, bring_library
from data.load import load_areas, load_lsoas

EXAMPLES = 10
SECONDS = Path("mutmut-stats.json")


def _read_seconds() -> dict[str, float]:
    if not SECONDS.exists():
        return {}
    seconds: dict[str, float] = json.loads(SECONDS.read_text(encoding="utf-8"))["duration_by_test"]
    return seconds


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests by their seconds; the same few examples each time, however slow."""
    seconds = _read_seconds()
    items.sort(key=lambda item: (seconds.get(item.nodeid, 0.0), item.nodeid))
    for item in items:
        test: Any = getattr(item, "obj", None)
        if not getattr(test, "is_hypothesis_test", False):
            continue
        # Hypothesis has no public way to limit a test that states its own number of examples.
        own = getattr(test, "_hypothesis_internal_use_settings", None) or settings()
        few = min(own.max_examples, EXAMPLES)
        test._hypothesis_internal_use_settings = settings(
            own, max_examples=few, deadline=None, derandomize=True, database=None
        )


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Make the process ready that collects once and is then forked for each change.

    What is brought in here (by modules that are not changed) no fork has to bring in again. The
    garbage collector would copy every page of the libraries into each fork: 0.8 s against 0.25 s.
    """
    if not config.option.collectonly:
        return
    for name in SPATIAL:
        bring_library(name)
    load_areas()
    load_lsoas()
    gc.collect()
    gc.freeze()
