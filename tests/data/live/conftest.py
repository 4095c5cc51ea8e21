"""A server that plays the publisher, and a clock on which waiting takes no time."""

import time

import pytest
from publisher import Publisher


@pytest.fixture
def publisher(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Publisher()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def naps(monkeypatch):
    """The pauses that were made, in seconds; none is really made."""
    made: list[float] = []
    monkeypatch.setattr(time, "sleep", made.append)
    return made
