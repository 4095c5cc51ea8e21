"""A publisher's server on this machine: it says what it is told to, faults included."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Reply:
    """One answer. `cut` sends only so many bytes of the body it promised and hangs up."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    kind: str = "text/csv"


@dataclass
class Request:
    query: dict[str, str]
    headers: dict[str, str]


HANG_UP = None
"""In place of a `Reply`: the connection is closed without a word."""

Handler = Callable[[Request], Reply]


class Publisher:
    """Answers with what stands in `script`, one after the other, then with `usual`."""

    def __init__(self) -> None:
        self.script: list[Reply | None] = []
        self.usual: Handler | Reply | None = Reply(status=404)
        self.requests: list[Request] = []
        publisher = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                query = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
                request = Request(query, dict(self.headers))
                publisher.requests.append(request)
                reply = publisher.script.pop(0) if publisher.script else publisher.usual
                reply = reply(request) if callable(reply) else reply
                if reply is HANG_UP:
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.kind)
                self.send_header("Content-Length", str(len(reply.body)))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body[: reply.cut])
                self.close_connection = reply.cut is not None

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/data.csv"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def digest_of(body: bytes) -> dict[str, str]:
    """The header in which a server gives the checksum of what it sends (RFC 9530)."""
    code = base64.b64encode(hashlib.sha256(body).digest()).decode()
    return {"Repr-Digest": f"sha-512=:AAAA:, sha-256=:{code}:"}
