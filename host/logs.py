"""Logs: one JSON line for each thing that happens, never who it happened to.

What a line may hold is listed in `docs/logs.md`. Everything that any library logs, warns of or
dies of goes through the same gate: of its words only those are kept that stand in the program.
"""

from __future__ import annotations

import ast
import json
import logging
import re
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.errors import CatalogueError, SourceError, StoreError, TableError

#: Errors whose messages speak of the project's own files and database, never of a visitor's.
OWN_WORDS = (TableError, CatalogueError, SourceError, StoreError)
#: How many of the newest frames of an error say where it arose.
FRAMES = 6
#: Parts of addresses that are no page: what phones, other programs and other websites ask for.
ROUTES = frozenset(
    {"", "w", "join", "api", "embed", "maps", "healthz", "app", "static", "media", "component"}
)


def log(event: str, **facts: object) -> None:
    """Write one JSON line to standard error; facts never hold an address or a query."""
    line = {"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "event": event, **facts}
    # Plain ASCII is read right whatever the locale of the machine.
    print(json.dumps(line, default=str), file=sys.stderr, flush=True)  # noqa: T201


def describe_error(error: BaseException) -> dict[str, object]:
    """What may be logged of an error: its kind and where it arose, in the program's own words.

    Its message is left out, because it may quote what somebody typed or brought, unless the kind
    of error speaks of the project's own files (`OWN_WORDS`).
    """
    facts: dict[str, object] = {"error": type(error).__name__}
    if type(error) in OWN_WORDS:
        facts["reason"] = str(error)
    if isinstance(error, OSError) and error.strerror:
        facts["reason"] = error.strerror  # "No space left on device", without the file's name
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    facts["where"] = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    if error.__cause__ is not None:
        facts["cause"] = type(error.__cause__).__name__
    return facts


def shorten(path: str, status: int = 200, pages: frozenset[str] = frozenset()) -> str:
    """The part of an address that the program gave, as `/ward-map`; what was typed is cut out.

    Args:
        path: of the request.
        status: of the answer; a route that is not there is not repeated either.
        pages: the addresses of pages.
    """
    first, *rest = path.removeprefix("/").split("/")
    if first not in ROUTES | pages or path.startswith("//"):
        return "/…"
    if first == "w" and rest:
        # The link of a workshop is a secret.
        rest = ["…", *rest[1:2]]
    if status == 404 and rest:
        rest = ["…"]
    return "/".join(["", first, *rest[:2]])[:80]


class AccessLog:
    """Logs page views, sessions and failures: what was asked and how long it took, not by whom.

    Files, health checks and phones that ask for news are left out. No address of a visitor,
    browser, cookie, query or link of a workshop is written.
    """

    quiet = re.compile(
        r"/(?:static|app/static|media|component|healthz|favicon\.png|w/files)\b"
        r"|.*/_stcore/|/w/[^/]*/state$"
    )

    def __init__(self, app: ASGIApp, pages: frozenset[str] = frozenset()) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log it when it ends."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, note_status)
        finally:
            elapsed = time.perf_counter() - started
            if scope["type"] == "websocket":
                log("session_end", seconds=round(elapsed))
            elif status >= 500 or not self.quiet.match(scope["path"]):
                facts = {
                    "path": shorten(scope["path"], status, self.pages),
                    "status": status,
                    "ms": round(elapsed * 1000, 1),
                }
                log("request", method=scope["method"], **facts)


@lru_cache(maxsize=64)
def _read_words(file: str) -> frozenset[str]:
    """Every text that stands in a file of Python; none if it cannot be read."""
    try:
        tree = ast.parse(Path(file).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return frozenset()
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(text for text in texts if isinstance(text, str))


def _describe_record(record: logging.LogRecord) -> dict[str, object]:
    """A library's message as far as it stands in its program: what was put into it is left out."""
    facts: dict[str, object] = {"level": record.levelname.lower(), "logger": record.name}
    if isinstance(record.msg, str) and record.msg in _read_words(record.pathname):
        facts["message"] = record.msg
    facts["at"] = f"{record.filename}:{record.lineno} {record.funcName}"
    error = record.exc_info[1] if record.exc_info else None
    return {**facts, **(describe_error(error) if error else {})}


def _log_record(_logger: logging.Logger, record: logging.LogRecord) -> None:
    # uvicorn notes each visitor's address at the level of information.
    if record.levelno >= logging.WARNING:
        log("library", **_describe_record(record))


def _log_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: Any
) -> None:
    log("library", level="warning", logger=category.__name__, at=f"{Path(filename).name}:{lineno}")


def _log_end(kind: type[BaseException], error: BaseException | None) -> None:
    log("died", **(describe_error(error) if error else {"error": kind.__name__}))


@contextmanager
def only_safe_logs() -> Iterator[None]:
    """Make one JSON line without values of all that libraries log, while the server serves.

    Streamlit, uvicorn and others have handlers of their own, made at any time, which write
    messages and tracebacks in full; so this stands before all handlers.
    """
    ours: list[tuple[Any, str, Any]] = [
        (logging.Logger, "callHandlers", _log_record),
        (warnings, "showwarning", _log_warning),
        (sys, "excepthook", lambda kind, error, _: _log_end(kind, error)),
        (threading, "excepthook", lambda end: _log_end(end.exc_type, end.exc_value)),
        (sys, "unraisablehook", lambda end: _log_end(end.exc_type, end.exc_value)),
    ]
    theirs = [(owner, name, getattr(owner, name)) for owner, name, _ in ours]
    try:
        for owner, name, function in ours:
            setattr(owner, name, function)
        yield
    finally:
        for owner, name, function in theirs:
            setattr(owner, name, function)
