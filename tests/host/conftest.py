"""An open workshop behind the host's routes."""

import pytest
from phone_examples import make_room

from host.workshop import rooms


@pytest.fixture(autouse=True)
def forget_rooms(monkeypatch):
    monkeypatch.setattr(rooms, "_FRESH", 0.0)


@pytest.fixture
def opened(store_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", store_url)
    return make_room(store_url)


@pytest.fixture
def room(tmp_path, monkeypatch):
    """The same on SQLite alone, for what has nothing to do with the database."""
    url = f"sqlite:///{tmp_path / 'room.sqlite3'}"
    monkeypatch.setenv("DATABASE_URL", url)
    return make_room(url)
