"""Open the database, bring its tables up to date, read and write in whole transactions.

A write that `writing` has left without an error is on the disk: SQLite keeps a write-ahead log
and waits for the disk (`synchronous=FULL`), PostgreSQL does so by itself. Until then nothing of
it is seen, so a killed process leaves either all of a change or none of it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data.errors import StoreError
from data.problems import ROOT

DEFAULT_FILE = ROOT / "var" / "dashboard.sqlite3"
MIGRATIONS = Path(__file__).parent / "migrations"
#: How long a writer waits for another to finish, in seconds.
PATIENCE = 15
_MIGRATION_LOCK = 7_208_211  # any number, the same in all processes
_opening = threading.Lock()
_open: dict[str, sa.Engine] = {}


def database_url(environment: Mapping[str, str] | None = None) -> str:
    """The address of the database: `DATABASE_URL`, or a file in the folder `var`."""
    chosen = (os.environ if environment is None else environment).get("DATABASE_URL", "").strip()
    if not chosen:
        return f"sqlite:///{DEFAULT_FILE}"
    for short in ("postgres://", "postgresql://"):
        if chosen.startswith(short):
            return f"postgresql+psycopg://{chosen.removeprefix(short)}"
    return chosen


def open_store(url: str | None = None) -> sa.Engine:
    """The database at `url`, opened once in a process, its tables brought up to date.

    Raises:
        StoreError: it cannot be reached, read or written.
    """
    url = database_url() if url is None else url
    with _opening:
        if url not in _open:
            engine = _connect(url)
            try:
                _migrate(engine)
            except (sa.exc.SQLAlchemyError, OSError) as error:
                engine.dispose()
                told = explain(error)
                raise told from error
            _open[url] = engine
        return _open[url]


def is_anything_kept(url: str | None = None) -> bool:
    """Whether there may be something to read: a file of SQLite that is not there yet has nothing.

    So that looking at open data needs no right to write, and leaves no empty database behind.
    """
    url = database_url() if url is None else url
    path = url.removeprefix("sqlite:///")
    return path == url or Path(path).exists()


def close_store(url: str | None = None) -> None:
    """Forget an open database, or all of them: its files may then be moved or removed."""
    with _opening:
        for name in [url] if url else list(_open):
            if engine := _open.pop(name, None):
                engine.dispose()


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction: kept whole when the block ends, undone whole when it fails.

    Raises:
        StoreError: the database cannot be written.
        IntegrityError: a rule of a table was broken; what it means is the caller's to say.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except sa.exc.IntegrityError:
        raise
    except (sa.exc.SQLAlchemyError, OSError) as error:
        told = explain(error)
        raise told from error


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Read without holding up those who write.

    Raises:
        StoreError: the database cannot be read.
    """
    try:
        with engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")
    except (sa.exc.SQLAlchemyError, OSError) as error:
        told = explain(error)
        raise told from error


def explain(error: Exception) -> StoreError:
    """The error of a database in plain words, without its address, which may hold a password."""
    reason = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
    return StoreError(
        f"What people enter cannot be kept or read at the moment ({reason}). Nothing was half "
        "written. Whoever runs this dashboard should look at its database: DATABASE_URL, free "
        "space on the disk, and the right to write there."
    )


def _connect(url: str) -> sa.Engine:
    try:
        address = sa.make_url(url)
        if address.get_backend_name() != "sqlite":
            pool = {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 15}
            return sa.create_engine(address, hide_parameters=True, **pool)
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        waits = {"timeout": PATIENCE}
        engine = sa.create_engine(address, hide_parameters=True, connect_args=waits)
    except (sa.exc.SQLAlchemyError, ImportError, OSError) as error:
        told = explain(error)
        raise told from error
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # Transactions are begun by `_begin_sqlite`, not by the driver at the first change.
    connection.isolation_level = None
    # What is deleted is overwritten, whatever way SQLite was built.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later would fail instead of waiting its turn.
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(engine: sa.Engine) -> None:
    """Bring the tables up to date, once, whichever process comes first."""
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
