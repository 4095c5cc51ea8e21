"""What the host promises, seen from a browser: first with a small app, then the dashboard."""

import json
import re
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import PHONE
from playwright.sync_api import expect
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.sync.client import connect

from scripts.barriers import find_barriers, ours
from scripts.serving import page_paths

HOST_APP = Path(__file__).parent / "host_app" / "dashboard.py"


@pytest.fixture(scope="module")
def host(start_server):
    return start_server(HOST_APP)


def ask(url, **headers):
    request = urllib.request.Request(url, headers=headers)
    return urllib.request.urlopen(request, timeout=10)


def test_a_deep_link_works_as_the_very_first_request_of_a_fresh_server(start_server, visit):
    page = visit("/second", host=start_server(HOST_APP)).page
    expect(page.get_by_role("heading", name="Second page")).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)


def test_a_component_with_inline_code_draws_from_a_hashed_file(host, visit):
    page = visit("/?value=2", host=host).page
    expect(page.get_by_test_id("drawing")).to_have_text("500 areas, value 2")
    page.get_by_role("combobox", name="Value").click()
    page.get_by_role("option", name="3").click()
    expect(page.get_by_text("500 areas, value 3")).to_be_visible()
    # Streamlit may show the old drawing beside the new one for a moment.
    expect(page.get_by_test_id("drawing")).to_have_count(1)
    assert page.url.endswith("?value=3")


def test_charts_tables_images_and_formulas_pass_the_policy(host, visit):
    page = visit("/second", host=host).page
    for name in ("stPlotlyChart", "stDataFrame", "stVegaLiteChart", "stImage", "stCode"):
        expect(page.get_by_test_id(name).first).to_be_visible(timeout=20_000)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=20_000)
    expect(page.locator(".katex").first).to_be_visible(timeout=20_000)


def test_messages_are_packed_with_a_window_that_holds_a_whole_run(host):
    address = host.url.replace("http", "ws", 1) + "/_stcore/stream"
    offered = [ClientPerMessageDeflateFactory()]
    with connect(
        address, origin=host.url, subprotocols=["streamlit"], extensions=offered
    ) as connection:
        (packing,) = connection.protocol.extensions
    assert packing.remote_max_window_bits == 15


def test_a_download_works(host, visit):
    page = visit("/", host=host).page
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_the_policy_stops_a_request_to_another_host(host, visit):
    seen = visit("/", host=host)
    seen.expect_problems = True
    refused = "fetch('https://example.org/').then(() => 'sent', () => 'refused')"
    assert seen.page.evaluate(refused) == "refused"
    assert seen.policy_violations == ["connect-src: https://example.org/"]


def test_code_written_into_the_page_is_not_run(host, visit):
    seen = visit("/", host=host)
    seen.expect_problems = True
    seen.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit = 1\">')"
    )
    seen.page.wait_for_function("window.policyViolations.length > 0")
    assert seen.page.evaluate("window.hit") is None


def test_an_error_is_explained_in_plain_words_and_logged_with_its_reference(host, visit):
    page = visit("/broken", host=host).page
    message = page.get_by_test_id("stAlert")
    expect(message).to_contain_text("This part of the page could not be shown.")
    expect(page.get_by_text("the reason")).to_have_count(0)
    reference = re.search(r"reference (\w+)", message.inner_text())[1]
    lines = [json.loads(line) for line in host.read_log().splitlines() if line[:1] == "{"]
    (logged,) = [line for line in lines if line.get("reference") == reference]
    assert logged["error"] == "ValueError"
    assert logged["where"][-1].startswith("broken.py:")
    # The reason may quote what somebody typed: it is in nobody's log either.
    assert "the reason" not in host.read_log()


def test_large_bundles_are_compressed_and_kept(host, visit):
    seen = visit(None, host=host)
    answers = []
    seen.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
    seen.go("/second")
    expect(seen.page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=20_000)
    bundles = [a for a in answers if a.url.endswith(".js")]
    assert len(bundles) > 20
    for answer in bundles:
        headers = answer.headers
        assert headers.get("content-encoding") == "gzip", answer.url
        assert "immutable" in headers["cache-control"], answer.url


def test_the_log_holds_no_query_and_no_address(host, visit):
    visit("/?value=2&postcode=PE291XX", host=host)
    log = "\n".join(line for line in host.read_log().splitlines() if line[:1] == "{")
    assert '"event": "request"' in log
    assert "postcode" not in log
    assert "127.0.0.1" not in log


def test_health(host):
    with ask(f"{host.url}/healthz") as answer:
        facts = json.load(answer)
    assert facts["status"] == "ok"
    assert set(facts) == {"status", "version", "data_release", "front_page"}


def test_a_deep_link_to_the_dashboard_is_no_exception(start_server, visit):
    page = visit("/ward-map", host=start_server()).page
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.locator(".ward-map[data-painted]").first).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("path", page_paths())
def test_every_page_opens_without_barriers_or_a_request_to_another_host(visit, path):
    # Every other page on a phone at night: `make a11y` looks at all in all four ways.
    phone = page_paths().index(path) % 2
    look = {"viewport": PHONE, "has_touch": True, "color_scheme": "dark"} if phone else {}
    seen = visit(path, **look)
    expect(seen.page.get_by_text("Charts and tables follow")).to_have_count(0, timeout=30_000)
    seen.page.wait_for_load_state("networkidle")
    expect(seen.page.get_by_text("could not be shown")).to_have_count(0)
    expect(seen.page.get_by_role("heading", level=1)).to_have_count(1)
    assert seen.problems == []
    assert ours(find_barriers(seen.page)) == []


def test_the_server_has_drawn_its_front_page_before_the_first_visitor(server):
    for _ in range(100):
        with ask(f"{server.url}/healthz") as answer:
            front_page = json.load(answer)["front_page"]
        if front_page != "not drawn yet":
            break
        time.sleep(0.2)
    assert front_page == "ok"
