"""What all tests share: databases of their own, never the one in var/."""

import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings

from data.store.engine import close_store
from tests.stores import PostgreSQL, running_postgresql

NUMBERS = itertools.count()

# Properties judge what the code does, not how busy the machine is or who counts its branches.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """Servers that a test run starts keep what they are given in a folder of the run."""
    folder = tempfile.TemporaryDirectory(prefix="dashboard-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder.name) / 'dashboard.sqlite3'}"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Write which branches were taken while the run still waits for this worker.

    Once it has said that it is done it is killed after ten seconds, on a busy machine before it
    has written anything: half of all branches would be gone without a word.
    """
    if counted := Coverage.current():
        counted.stop()
        counted.save()


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory, monkeypatch) -> Iterator[None]:
    """Each test that opens the store gets an empty one."""
    # Numbered: what is named after an object may meet the file of one that is gone.
    path = tmp_path_factory.getbasetemp() / f"store-{next(NUMBERS)}" / "dashboard.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    yield
    close_store()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """One PostgreSQL for the run; each test makes its own database in it."""
    with running_postgresql() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path) -> str:
    """The address of an empty database: the test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    return str(request.getfixturevalue("postgresql").make_database())
