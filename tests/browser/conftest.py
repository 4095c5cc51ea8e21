"""A fresh server and a real browser for the tests that walk the finished pages."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from map_boundaries import write_boundaries
from playwright.sync_api import Browser, Page, expect

from scripts.serving import Server, Visit, open_browser

HERE = Path(__file__).parent
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

# Nothing has moved for thirty frames; a slow machine draws fewer of them, and waits longer.
STILL = """() => new Promise((done) => {
    let last = "", still = 0
    const look = () => {
        const main = document.querySelector("[data-testid=stMain]")
        const width = document.documentElement.scrollWidth
        const now = [main?.scrollTop, main?.scrollHeight, width].join()
        still = now === last ? still + 1 : 0
        last = now
        still < 30 ? requestAnimationFrame(look) : done()
    }
    look()
})"""

running: list[Server] = []


def wait_until_still(page: Page) -> None:
    """Wait until the page neither grows nor scrolls: a list that opens on the way closes again."""
    page.evaluate(STILL)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m browser` finds them."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Show the end of the server's log under a failed test."""
    report = yield
    if report.failed and HERE in item.path.parents:
        for server in running:
            report.sections.append(("server log", server.read_log()[-4000:]))
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def start_server() -> Iterator[Callable[..., Server]]:
    """Start servers that live until the end of the session: the dashboard's, or a script's."""

    def start(script: Path | None = None, environment: Mapping[str, str] | None = None) -> Server:
        running.append(Server(script, environment).__enter__())
        return running[-1]

    yield start
    logs = [server.read_log() for server in running]
    for server in running:
        server.__exit__(None, None, None)
    for text in logs:
        check_log(text)


#: What the tests of this folder type, say and bring: a postcode, files, comments, a figure's name.
TYPED = (
    "PE29", "hub.csv", "quiet hub", "scores.csv", "plan.xlsx", "Written in the cellar",
    "Village hall", "at **six**", "our <b>own</b>", "did we miss", "@example.",
)  # fmt: skip


def check_log(text: str) -> None:
    """Hold what the servers of the session wrote against what visitors typed, and from where."""
    found = [words for words in TYPED if words.lower() in text.lower()]
    # The first lines say where the server is to be found.
    _, _, served = text.partition('"event": "start"')
    found += ["a visitor's address"] if re.search(r"127\.0\.0\.1|::1", served) else []
    found += ["a traceback"] if "Traceback" in served else []
    assert not found, f"the servers' logs hold {found}; docs/logs.md says what they may"


@pytest.fixture(scope="session")
def server(start_server) -> Server:
    """The dashboard itself."""
    return start_server()


@pytest.fixture
def visit(browser, request) -> Iterator[Callable[..., Visit]]:
    """Open windows; at the end of the test none may have had a problem.

    `visit(path)` opens a page of the dashboard and returns the visit: `visit(path).page` is
    Playwright's page. A test that provokes an error sets `expect_problems = True` on it.
    """
    visits: list[Visit] = []

    def open_page(path: str | None = "/", host: Server | None = None, **options) -> Visit:
        host = host or request.getfixturevalue("server")
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        visits.append(Visit(context.new_page(), host.url))
        if path is not None:
            visits[-1].go(path)
        return visits[-1]

    yield open_page
    problems = [p for v in visits if not getattr(v, "expect_problems", False) for p in v.problems]
    for each in visits:
        each.page.context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="session")
def map_host(start_server, tmp_path_factory):
    """A server with the map alone and made-up boundaries in its static folder."""
    folder = tmp_path_factory.mktemp("map")
    shutil.copy(HERE / "map_app.py", folder / "map_app.py")
    for areas in (26, 6826):
        write_boundaries(folder / "static" / "boundaries", areas)
    return start_server(folder / "map_app.py")


@pytest.fixture
def show(visit, map_host):
    """Open the map page and wait until the figures are painted."""

    def open_map(query: str = "?areas=26", **options) -> Page:
        seen = visit(None, host=map_host, **options)
        seen.go(f"/{query}")
        expect(seen.page.locator(".ward-map")).to_have_attribute(
            "data-painted", re.compile(r"\d+"), timeout=20_000
        )
        return seen.page

    return open_map
