"""Logs: one JSON line for each thing that happens, never who it happened to."""

from __future__ import annotations

import json
import re
import sys
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send


def log(event: str, **facts: object) -> None:
    """Write one JSON line to standard error; facts never hold an address or a query."""
    line = {"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "event": event, **facts}
    print(json.dumps(line, ensure_ascii=False, default=str), file=sys.stderr, flush=True)  # noqa: T201


def shorten(path: str) -> str:
    """The first parts of a path; the secret part of a workshop's link is cut out."""
    parts = path.split("/")
    if parts[1:2] == ["w"] and len(parts) > 2:
        parts[2] = "…"
        return "/".join(parts[:4])[:80]
    return "/".join(parts[:3])[:80]


class AccessLog:
    """Logs page views, sessions and failures: what was asked and how long it took, not by whom.

    Files, health checks and phones that ask for news are left out. No address, browser, cookie,
    query or link of a workshop is written.
    """

    quiet = re.compile(
        r"/(?:static|app/static|media|component|healthz|favicon\.png|w/files)\b"
        r"|.*/_stcore/|/w/[^/]*/state$"
    )

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

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
                    "path": shorten(scope["path"]),
                    "status": status,
                    "ms": round(elapsed * 1000, 1),
                }
                log("request", method=scope["method"], **facts)
