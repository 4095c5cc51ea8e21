"""Slow libraries are brought in one after the other, whoever asks for them."""

import sys
import threading
from pathlib import Path

import pytest

from analysis.libraries import SPATIAL, bring_library

SLOW = """
import time
begun = time.monotonic()
time.sleep(0.2)
done = time.monotonic()
"""


def test_two_visitors_never_import_at_the_same_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["slow_library_one", "slow_library_two"]
    for name in names:
        (tmp_path / f"{name}.py").write_text(SLOW)
    monkeypatch.syspath_prepend(tmp_path)
    start = threading.Barrier(len(names))

    def visit(name: str) -> None:
        start.wait()
        bring_library(name)

    visitors = [threading.Thread(target=visit, args=[name]) for name in names]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    first, second = sorted((sys.modules.pop(name) for name in names), key=lambda m: m.begun)
    assert first.done <= second.begun


def test_what_maps_need_is_there() -> None:
    graph, esda, classes = (bring_library(name) for name in SPATIAL)
    assert graph.Graph
    assert esda.Moran_Local
    assert classes.StdMean
