"""The host without a browser: headers, compression, caching, health, logs, command line."""

import asyncio
import gzip
import json
import socket

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

import server
from host import files, logs, security, sockets

SHAPES = json.dumps({"paths": ["M0 0h9v9z"] * 200})


PAGES = frozenset({"ward-map"})


def fail(_request):
    raise RuntimeError("a bug")


@pytest.fixture
def static(tmp_path):
    folder = tmp_path / "static"
    (folder / "boundaries").mkdir(parents=True)
    (folder / "boundaries" / "E07000011.0123456789abcdef.json").write_text(SHAPES)
    (folder / "boundaries" / "index.json").write_text("{}")
    (tmp_path / "secret.json").write_text("{}")
    return folder


@pytest.fixture
def client(static):
    routes = [
        Route("/fail", fail),
        Route("/{path:path}", lambda request: PlainTextResponse("passed on")),
    ]
    middleware = [
        Middleware(logs.AccessLog, pages=PAGES),
        Middleware(security.SecurityHeaders),
        Middleware(files.CompressedFiles, app_files=static),
    ]
    with TestClient(Starlette(routes=routes, middleware=middleware)) as test_client:
        yield test_client


def logged(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line[:1] == "{"]


@pytest.mark.parametrize("path", ["/", "/app/static/boundaries/index.json", "/missing"])
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["content-security-policy"] == security.content_security_policy()


def test_the_policy_allows_no_other_host_and_no_code_from_strings():
    policy = security.content_security_policy()
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["object-src"] == "'none'"
    assert rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == "'self'"
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert "'sha256-" in rules["script-src"]
    assert not any(sign in policy for sign in ("*", "http:", "https:"))


def test_frames_may_be_allowed_elsewhere():
    policy = security.content_security_policy("'self' https://www.example.gov.uk")
    assert policy.endswith("frame-ancestors 'self' https://www.example.gov.uk")


def test_a_hashed_file_is_compressed_and_kept_for_a_year(client):
    answer = client.get("/app/static/boundaries/E07000011.0123456789abcdef.json")
    assert answer.text == SHAPES
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "accept-encoding"
    assert int(answer.headers["content-length"]) < len(SHAPES) / 4


def test_a_file_without_a_hash_is_asked_for_again(client):
    path = "/app/static/boundaries/index.json"
    answer = client.get(path)
    assert answer.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_browser_that_cannot_unzip_gets_the_file_plain(client):
    path = "/app/static/boundaries/E07000011.0123456789abcdef.json"
    answer = client.get(path, headers={"accept-encoding": "identity"})
    assert answer.text == SHAPES
    assert "content-encoding" not in answer.headers


def test_streamlits_bundles_are_compressed(client):
    bundle = max((files.STREAMLIT_FILES / "js").glob("index.*.js"))
    answer = client.get(f"/static/js/{bundle.name}")
    assert answer.content == bundle.read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert "javascript" in answer.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    [
        "/app/static/../secret.json",
        "/app/static/%2e%2e/secret.json",
        "/app/static/boundaries/missing.json",
        "/static/js/missing.js",
        "/static/js/..%2f..%2findex.html",
        "/app/static/boundaries",
    ],
)
def test_anything_else_is_left_to_streamlit(client, path):
    assert client.get(path).text == "passed on"


def test_a_file_is_compressed_once(client, monkeypatch):
    calls = []
    compress = gzip.compress
    monkeypatch.setattr(
        files.gzip, "compress", lambda *a, **k: calls.append(1) or compress(*a, **k)
    )
    for _ in range(3):
        client.get("/app/static/boundaries/index.json")
    assert len(calls) == 1


def test_the_least_used_files_are_forgotten_when_memory_is_full(client, monkeypatch, static):
    monkeypatch.setattr(files, "CACHE_BYTES", 100)
    for name in ("index.json", "E07000011.0123456789abcdef.json", "index.json"):
        assert (
            client.get(f"/app/static/boundaries/{name}").text
            == (static / "boundaries" / name).read_text()
        )


def test_the_log_says_what_was_asked_but_not_by_whom(client, capsys):
    client.get("/ward-map?postcode=PE29+1XX", headers={"user-agent": "somebody"})
    (line,) = logged(capsys)
    assert {"event": "request", "method": "GET", "path": "/ward-map", "status": 200}.items() <= (
        line.items()
    )
    assert set(line) == {"time", "event", "method", "path", "status", "ms"}


def test_files_and_health_checks_are_not_logged(client, capsys):
    for path in ("/app/static/boundaries/index.json", "/static/js/x.js", "/healthz", "/_stcore/x"):
        client.get(path)
    assert logged(capsys) == []


def test_a_failure_of_the_host_is_logged(client, capsys):
    with pytest.raises(RuntimeError, match="a bug"):
        client.get("/fail")
    assert [line["path"] for line in logged(capsys)] == ["/…"]


def test_the_release_of_the_data_comes_from_the_manifest(tmp_path, monkeypatch):
    monkeypatch.setattr(server, "MANIFEST", tmp_path / "manifest.json")
    assert server.read_data_release() is None
    (tmp_path / "manifest.json").write_text('{"tables_sha256": "0123456789abcdef"}')
    assert server.read_data_release() == "0123456789ab"


@pytest.mark.parametrize(
    ("manifest", "release"), [("", None), ("{}", None), ("[]", None), ("\x00", None)]
)
def test_a_damaged_manifest_has_no_release_and_breaks_no_start(
    manifest, release, tmp_path, monkeypatch
):
    monkeypatch.setattr(server, "MANIFEST", tmp_path / "manifest.json")
    (tmp_path / "manifest.json").write_text(manifest)
    assert server.read_data_release() == release


AREAS_GONE = "data/tables/areas.parquet: the table is missing. Restore the file or run `make data`."


@pytest.mark.parametrize(
    ("ready", "broken", "without", "status", "state"),
    [
        (True, [], [], 200, "ok"),
        (True, [], [AREAS_GONE.replace("areas", "imd_score")], 200, "ok"),
        (False, [], [], 503, "starting"),
        (True, [AREAS_GONE], [], 503, "broken"),
    ],
)
def test_health_says_whether_pages_can_be_shown(
    ready, broken, without, status, state, monkeypatch, capsys
):
    class Running:
        @property
        async def is_ready_for_browser_connection(self):
            return ready, ""

    monkeypatch.setattr(server.runtime, "get_instance", Running)
    monkeypatch.setattr(server, "find_broken_foundations", lambda: broken)
    monkeypatch.setattr(server, "find_broken_indicators", lambda: without)
    answer = asyncio.run(server.show_health(None, server.Condition()))
    told = json.loads(answer.body)
    assert (answer.status_code, told["status"]) == (status, state)
    assert told.get("reasons", []) == broken
    assert told.get("broken_indicators", []) == without
    server.say_what_is_broken()
    assert [line["reason"] for line in logged(capsys)] == [*broken, *without]


def test_a_failed_warm_up_is_logged_and_does_no_harm(monkeypatch, capsys):
    def refuse(_name):
        raise ImportError("no such page")

    class Drawn:
        async def does_script_run_without_error(self):
            return True, "ok"

    monkeypatch.setattr(server.runtime, "get_instance", Drawn)
    monkeypatch.setattr(server.importlib, "import_module", refuse)
    condition = server.Condition()
    asyncio.run(server.warm_up(condition))
    (line,) = logged(capsys)
    assert line["event"] == "warm_up_failed"
    assert line["error"] == "ImportError"
    assert line["where"][-1].endswith(" refuse")
    assert condition.front_page == "ok"


def test_a_port_in_use_is_explained():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"make run PORT={port + 1}"):
            server.check_port("127.0.0.1", port)


def test_the_command_line_starts_from_the_environment(monkeypatch):
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("PORT", "9000")
    assert vars(server.read_arguments([])) == {
        "host": "0.0.0.0",
        "port": 9000,
        "open": False,
        "script": server.DASHBOARD,
    }
    assert server.read_arguments(["--port", "1234"]).port == 1234


def test_a_missing_script_is_named(tmp_path):
    with pytest.raises(SystemExit, match="There is no file"):
        server.main(["--script", str(tmp_path / "none.py")])


def test_a_setting_that_cannot_be_meant_stops_the_start_by_name(monkeypatch):
    monkeypatch.setenv("KEEP_WORKSHOPS_DAYS", "for ever")
    with pytest.raises(SystemExit, match="KEEP_WORKSHOPS_DAYS is 'for ever'"):
        server.main([])


@pytest.mark.parametrize(
    ("path", "logged_path"),
    [
        ("/w/a-secret-link", "/w/…"),
        ("/w/a-secret-link/vote", "/w/…/vote"),
        ("/w/a-secret-link/vote/more", "/w/…/vote"),
        ("//w/a-secret-link", "/…"),
        ("/w", "/w"),
        ("/ward-map", "/ward-map"),
        ("/PE29 1XX", "/…"),
        ("/", "/"),
    ],
)
def test_the_link_of_a_workshop_is_cut_out_of_the_log(path, logged_path):
    assert logs.shorten(path, pages=PAGES) == logged_path


def test_a_link_behind_a_prefix_is_cut_out_too():
    assert "secret" not in logs.shorten("/needs/w/a-secret-link/vote")


def test_connections_send_small_answers_at_once(monkeypatch):
    plain = sockets.streamlit_server._bind_socket
    monkeypatch.setattr(sockets.streamlit_server, "_bind_socket", plain)  # put back afterwards
    sockets.send_at_once()
    with sockets.streamlit_server._bind_socket("127.0.0.1", 0, 5) as listener:
        listener.setblocking(True)
        with socket.create_connection(listener.getsockname()):
            connection, _ = listener.accept()
            with connection:
                assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
