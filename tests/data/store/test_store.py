import subprocess
import sys
import threading

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from data.errors import StoreError
from data.store.audit import load_audit, note_change
from data.store.engine import MIGRATIONS, close_store, database_url, open_store, writing
from data.store.tables import metadata

AREA = "E07000011"


def add(engine, subject):
    with writing(engine) as connection:
        note_change(connection, "a lead", AREA, "added a plan", subject)


def test_what_was_written_is_there_after_the_store_is_closed(store_url):
    add(open_store(store_url), "Plan of May")
    close_store(store_url)
    (entry,) = load_audit(open_store(store_url), AREA).to_dict("records")
    assert (entry["who"], entry["subject"]) == ("a lead", "Plan of May")
    assert entry["at"].tzinfo is not None


def test_a_change_that_fails_halfway_leaves_nothing(store_url):
    engine = open_store(store_url)

    def fail_halfway() -> None:
        with writing(engine) as connection:
            note_change(connection, "a lead", AREA, "added a plan", "half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert load_audit(engine, AREA).empty


def test_many_write_at_once_and_none_is_lost(store_url):
    engine = open_store(store_url)

    def write(name: int) -> None:
        for number in range(20):
            add(engine, f"{name}-{number}")

    threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert load_audit(engine, AREA)["subject"].nunique() == 160


def test_processes_that_start_together_make_the_tables_once(store_url):
    code = "import sys; from data.store.engine import open_store; open_store(sys.argv[1])"
    starts = [
        subprocess.Popen([sys.executable, "-c", code, store_url], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [(start.communicate()[1], start.returncode) for start in starts] == [(b"", 0)] * 3


def test_the_migrations_make_just_the_tables_of_the_code(store_url):
    with open_store(store_url).connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_the_migrations_are_one_line_of_changes():
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ({"DATABASE_URL": "postgres://u:p@h/d"}, "postgresql+psycopg://u:p@h/d"),
        ({"DATABASE_URL": " sqlite:////srv/x.db "}, "sqlite:////srv/x.db"),
    ],
)
def test_the_environment_names_the_database(given, opened):
    assert database_url(given) == opened


def test_without_a_setting_the_database_is_a_file_in_var():
    assert database_url({}).endswith("/var/dashboard.sqlite3")


@pytest.mark.parametrize("url", ["sqlite:////proc/no/such.db", "postgresql+psycopg://u:secret@127.0.0.1:1/x",
                                 "nonsense"])  # fmt: skip
def test_a_database_that_cannot_be_reached_is_said_without_its_password(url):
    with pytest.raises(StoreError, match="cannot be kept") as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


def test_a_full_disk_is_said_and_leaves_what_was_there(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    add(engine, "before")
    with engine.connect() as connection:
        # What SQLite says when the disk is full comes from its own limit on pages here.
        pages = connection.execute(sa.text("PRAGMA page_count")).scalar()

    def limit(connection, _record, _proxy):
        connection.execute(f"PRAGMA max_page_count={pages}")

    sa.event.listen(engine, "checkout", limit)
    with pytest.raises(StoreError, match="full"), writing(engine) as connection:
        note_change(connection, "a lead", AREA, "added a plan", "x", "y" * 1_000_000)
    assert len(load_audit(engine, AREA)) == 1
