"""Logs hold no word that a visitor typed or brought, whoever writes them."""

import json
import logging
import sys
import threading
import tomllib
import warnings

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.logger import get_logger

import server
from data.errors import DataError, OwnFigureError, TableError
from host import logs

#: A postcode, a workshop's token, a lead's key, an e-mail, a file's name, free text, an address.
SECRETS = ("PE29 3TN", "tok-9f3a", "odd-key-words", "jo.bloggs@example.org", "Smith family.xlsx",
           "my neighbour drinks", "203.0.113.77")  # fmt: skip


@pytest.fixture
def lines(capsys):
    """All that was written so far: each line must be JSON."""
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("status", [200, 404])
def test_a_request_leaves_nothing_that_was_typed(secret, status, lines):
    app = Starlette(
        routes=[
            Route("/{path:path}", lambda request: PlainTextResponse("", status)),
            Route("/{path:path}", lambda request: PlainTextResponse("", status), methods=["POST"]),
        ],
        middleware=[Middleware(logs.AccessLog, pages=frozenset({"ward-map"}))],
    )
    headers = {"user-agent": secret, "x-forwarded-for": secret, "cookie": f"lead={secret}",
               "referer": f"http://a/{secret}", "authorization": secret}  # fmt: skip
    with TestClient(app, client=("203.0.113.77", 5000)) as client:
        for path in (f"/{secret}", f"/ward-map?find={secret}", f"/w/{secret}/vote",
                     f"/w/{secret}", f"/{secret}/ward-map", f"/~/{secret}"):  # fmt: skip
            client.get(path, headers=headers)
        if status == 404:
            client.get(f"/embed/{secret}", headers=headers)
            client.get(f"/api/{secret}/values", headers=headers)
        client.post("/w/x/say", data={"words": secret}, headers=headers)
    written = lines()
    assert len(written) >= 7
    assert not any(part in json.dumps(written) for part in (secret, secret.split()[0]))
    assert {key for line in written for key in line} == {
        "time", "event", "method", "path", "status", "ms",
    }  # fmt: skip


def fail(secret: str) -> None:
    raise ValueError(f"could not convert string to float: {secret!r}")


@pytest.mark.parametrize("secret", SECRETS)
def test_whatever_a_library_logs_its_values_are_left_out(secret, lines):
    streamlits = get_logger("streamlit.tested")
    with logs.only_safe_logs():
        streamlits.warning("Session %s is gone", secret)
        streamlits.error(f"Session {secret} is gone")
        logging.getLogger("uvicorn.error").warning('%s - "WebSocket %s"', secret, secret)
        logging.getLogger("uvicorn.error").info('%s - "WebSocket %s" [accepted]', secret, secret)
        try:
            fail(secret)
        except ValueError as error:
            streamlits.exception("Uncaught app execution")
            logging.getLogger("asyncio").error(error)
            logs.log("page_error", **logs.describe_error(error))
        thread = threading.Thread(target=fail, args=(secret,))
        thread.start()
        thread.join()
        warnings.warn(f"odd: {secret}", UserWarning, stacklevel=1)
        sys.excepthook(ValueError, ValueError(secret), None)
    written = lines()
    assert secret not in json.dumps(written, ensure_ascii=False)
    events = [line["event"] for line in written]
    assert events == ["library"] * 5 + ["page_error", "died", "library", "died"]
    # What the program says by itself stays, with the place.
    assert written[0]["message"] == "Session %s is gone"
    assert "message" not in written[1]
    failed = written[3]
    assert (failed["message"], failed["error"]) == ("Uncaught app execution", "ValueError")
    assert failed["where"][-1].startswith("test_logs.py:")
    assert failed["where"][-1].endswith(" fail")


def test_after_the_server_libraries_log_as_they_did(caplog):
    with logs.only_safe_logs():
        pass
    logging.getLogger("tested").warning("value %s", 7)
    assert "value 7" in caplog.text


def test_the_reason_stays_where_it_speaks_of_the_projects_own_files():
    assert logs.describe_error(TableError("a.parquet: damaged"))["reason"] == "a.parquet: damaged"
    assert "reason" not in logs.describe_error(DataError("row 3: 'Smith family'"))
    assert "reason" not in logs.describe_error(OwnFigureError("Smith family has no period"))
    full = logs.describe_error(OSError(28, "No space left on device", "Smith family.xlsx"))
    assert full["reason"] == "No space left on device"


def test_the_addresses_of_pages_are_known():
    pages = server.read_page_addresses(server.DASHBOARD)
    assert {"overview", "ward-map", "about-the-data"} <= pages
    assert len(pages) == server.DASHBOARD.read_text(encoding="utf-8").count("st.Page(")


def test_streamlit_prints_no_errors_beside_the_logs():
    """With the library rich it would, with the words that caused them."""
    settings = tomllib.loads((server.ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["logger"]["enableRich"] is False
