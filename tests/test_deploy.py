"""The files of `deploy/`: nginx before two stand-ins for the dashboard, and a container's."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

from pages.shared.statement import STATEMENT
from scripts.proxy import Proxy
from tests.opened import require_tool

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"


class StandIn(BaseHTTPRequestHandler):
    """Answers with its own port, the size of what it was sent, and the headers it got."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        size = len(self.rfile.read(int(self.headers.get("content-length", 0))))
        facts = {"port": self.server.server_port, "size": size, "headers": dict(self.headers)}
        body = json.dumps(facts).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_POST = do_GET  # noqa: N815

    def log_message(self, *_words):
        pass


@pytest.fixture
def pair() -> Iterator[list[ThreadingHTTPServer]]:
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), StandIn) for _ in range(2)]
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield servers
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def ports(pair) -> list[int]:
    return [server.server_port for server in pair]


@pytest.fixture
def client(ports) -> Iterator[httpx2.Client]:
    require_tool("nginx")
    with Proxy(ports) as proxy, httpx2.Client(base_url=proxy.url, timeout=20) as opened:
        yield opened


def ask(client, path="/", process=None, **options):
    """What came back, the process that answered, and the cookie that was set."""
    client.cookies.clear()
    headers = {"cookie": f"needs_process={process}"} if process else {}
    method = options.pop("method", "GET")
    answer = client.request(
        method, path, headers={**headers, **options.pop("headers", {})}, **options
    )
    assert answer.status_code == 200
    return answer.json(), answer.headers.get("set-cookie", "")


def test_a_visitor_stays_with_the_process_that_answered_first(client, ports):
    first = [ask(client) for _ in range(4)]
    assert {facts["port"] for facts, _ in first} == set(ports)
    for facts, cookie in first:
        process = ports.index(facts["port"]) + 1
        assert cookie == f"needs_process={process}; Path=/; HttpOnly; SameSite=Lax"
        for path in ("/ward-map", "/_stcore/upload_file/a/b", "/media/a.csv", "/static/js/a.js"):
            assert ask(client, path, process)[0]["port"] == facts["port"]
        assert ask(client, "/", process)[1] == ""


def test_the_other_process_answers_for_one_that_is_gone_and_keeps_the_visitor(client, pair, ports):
    pair[0].shutdown()
    pair[0].server_close()
    for method in ("GET", "POST"):
        facts, cookie = ask(client, "/", process=1, method=method)
        assert facts["port"] == ports[1]
        assert cookie.startswith("needs_process=2;")
    back = ThreadingHTTPServer(("127.0.0.1", ports[0]), StandIn)
    threading.Thread(target=back.serve_forever, daemon=True).start()
    assert ask(client, "/", process=2)[0]["port"] == ports[1]
    back.shutdown()
    back.server_close()


@pytest.mark.parametrize(
    "path", ["/embed/map?x=1", "/api/v1/values", "/w/abc", "/join", "/healthz", "/static/js/a.js"]
)
def test_what_needs_no_visit_sets_no_cookie(client, path):
    assert ask(client, path)[1] == ""


def test_an_unknown_process_in_the_cookie_is_put_right(client):
    assert ask(client, "/", process="../../9")[1].startswith("needs_process=")


def test_what_a_browser_says_about_itself_is_not_believed(client):
    forged = {"x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https"}
    headers = ask(client, "/", headers=forged)[0]["headers"]
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "http"
    assert headers["Host"] == f"127.0.0.1:{client.base_url.port}"


def test_files_as_large_as_the_dashboard_takes_come_through(client):
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    most = int(re.search(r"maxUploadSize = (\d+)", settings)[1])
    assert f"client_max_body_size {most}m;" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    size = 20 * 1024 * 1024
    facts, _ = ask(client, "/_stcore/upload_file/a/b", method="PUT", content=bytes(size))
    assert facts["size"] == size


def test_a_container_holds_what_the_dashboard_imports_and_no_secrets():
    words = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = {word for line in re.findall(r"(?m)^COPY (.*) \S+$", words) for word in line.split()}
    allowed = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8")
    assert copied == set(re.findall(r"(?m)^!(\S+)$", allowed))
    packages = {folder.parent.name for folder in ROOT.glob("*/__init__.py")}
    assert packages - {"benchmarks", "scripts", "tests"} <= copied
    assert {"server.py", "dashboard.py", "report.py", "static", "requirements.txt"} <= copied
    assert STATEMENT.relative_to(ROOT).as_posix() in copied
    assert not any("secrets" in name for name in copied)
