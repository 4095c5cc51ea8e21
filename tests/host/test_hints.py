"""The scripts named with the page: they exist, and only Streamlit's own page names them."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from host.hints import SCRIPTS, ScriptHints, first_part, first_parts, list_scripts, make_link_header


def test_every_script_exists_and_none_is_named_twice():
    scripts = list_scripts()
    assert {name.split(".")[0] for name in scripts} >= {"Selectbox", "BidiComponent", "Html"}
    assert len(set(scripts)) == len(scripts)
    assert all((SCRIPTS / name).is_file() for name in scripts)
    page = (SCRIPTS.parents[1] / "index.html").read_text()
    assert not [name for name in scripts if name in page]


def test_the_addresses_are_whole_below_a_path_too():
    for base, root in (("", "/static/js/"), ("needs/", "/needs/static/js/")):
        targets = re.findall(r"<([^>]*)>; rel=modulepreload", make_link_header(base))
        assert len(targets) == len(list_scripts())
        assert all(target.startswith(root) for target in targets)


@pytest.fixture
def client():
    phone = Route("/w/{token}", lambda request: HTMLResponse("<p>a phone's page"))
    pages = Route("/{path:path}", lambda request: HTMLResponse("<p>the page"))
    facts = Route("/facts", lambda request: JSONResponse({}))
    hints = Middleware(ScriptHints, others=first_parts([phone]))
    return TestClient(Starlette(routes=[phone, facts, pages], middleware=[hints]))


def test_only_streamlits_page_carries_the_hints(client):
    for path in ("/", "/ward-map?area=E07000011"):
        assert "modulepreload" in client.get(path).headers["link"]
    for path in ("/w/abc", "/facts"):
        assert "link" not in client.get(path).headers


def test_every_request_has_a_first_part():
    """`OPTIONS *` asks the server itself."""
    assert [first_part(path) for path in ("/w/abc", "/", "*", "")] == ["w", "", "*", ""]
