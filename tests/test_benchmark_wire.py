"""The relay passes everything on unchanged and counts what comes back."""

import http.server
import threading
import urllib.request

import pytest

from benchmarks.wire import Relay

BODY = b"x" * 200_000


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(sent[::-1] + BODY)

    def log_message(self, *_):
        pass


@pytest.fixture
def port():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_what_is_sent_arrives_and_what_returns_is_counted(port):
    with Relay(port) as line:
        request = urllib.request.Request(line.url, data=b"abc", method="POST")
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.read() == b"cba" + BODY
        assert len(BODY) < line.received < len(BODY) + 500
