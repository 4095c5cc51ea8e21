"""Databases for tests: a fresh SQLite file, and a real PostgreSQL started for the run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.tools import find_tool

#: PostgreSQL refuses to run as root; Debian's package brings this user.
USER = "postgres"


def _as_user(command: list[str]) -> list[str]:
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command] if (
        os.geteuid() == 0
    ) else command  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgreSQL:
    """A server on loopback with its data in a folder of its own, that can be stopped and killed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.process: subprocess.Popen | None = None
        folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        initdb = [str(find_tool("initdb")), "-D", str(folder / "data"), "-U", "postgres",
                  "--auth=trust", "--no-sync", "--encoding=UTF8"]  # fmt: skip
        subprocess.run(_as_user(initdb), check=True, capture_output=True, cwd="/")

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [str(find_tool("postgres")), "-D", str(self.folder / "data"),
                   "-p", str(self.port), "-h", "127.0.0.1", "-k", str(self.folder)]  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(_as_user(command), stdout=log, stderr=log, cwd="/")
        deadline = time.monotonic() + 60
        import psycopg

        while True:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.1)

    def kill(self) -> None:
        """Stop it at once, as a failing machine would (SIGQUIT: no checkpoint)."""
        if self.process:
            subprocess.run(_as_user(["kill", "-QUIT", str(self.process.pid)]), check=False)
            self.process.wait(30)
            self.process = None

    def address(self, database: str) -> str:
        """The URL of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def make_database(self) -> str:
        """The URL of a new, empty database."""
        import psycopg

        name = f"test_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """A real PostgreSQL; the test is skipped where it is not installed, and fails in CI."""
    if not find_tool("postgres"):
        assert not os.environ.get("CI"), "PostgreSQL is not installed"
        pytest.skip("PostgreSQL is not installed")
    # Not pytest's own folder: only root may look inside that one.
    with tempfile.TemporaryDirectory(prefix="postgres-") as parent:
        Path(parent).chmod(0o755)
        server = PostgreSQL(Path(parent) / "server")
        server.start()
        try:
            yield server
        finally:
            server.kill()
