"""What is measured, in a browser and in the server: time to paint, bytes, memory."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import Browser, Page, ViewportSize
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.wire import Relay
from scripts.serving import READY, Server

WINDOW: ViewportSize = {"width": 1280, "height": 800}
PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Subject:
    """A page to measure: how to reach it, what to change, and how to see that it has painted.

    `ready` are the selectors that must all be there for a useful first view. `painted` is the
    element to watch: its attribute `attribute`, or its text where no attribute is named.
    """

    path: str
    ready: tuple[str, ...]
    painted: str
    attribute: str = ""
    control: str = ""


MAP = ".ward-map[data-painted]"
KEY_FIGURES = ".needs-figures"
BARE = Subject("/", ('[data-testid="stText"]',), '[data-testid="stText"]', "", "Value")
OVERVIEW = Subject("/", (MAP, KEY_FIGURES), MAP, "data-painted")
SPINE = ".needs-spine"
PROFILE = Subject("/ward-profile?ward=E05011266", (SPINE,), SPINE, "", "Ward")

LINES = "ul.rec-lines li"


def recovery(area: str, series: str) -> Subject:
    """Return Covid impact and recovery of an area: its map, its list and its small lines."""
    path = f"/covid-recovery?area={area}&series={series}"
    return Subject(path, (MAP, ".rec-list tbody tr", LINES), MAP, "data-painted")


def ward_map(area: str) -> Subject:
    """Return the ward map of an area, whose indicator can be changed."""
    return Subject(f"/ward-map?area={area}", (MAP,), MAP, "data-painted", "Indicator")


def measure_first_paint(browser: Browser, server: Server, subject: Subject) -> float:
    """Return the milliseconds from opening the page, nothing cached, to a useful first view."""
    context = browser.new_context(viewport=WINDOW)
    try:
        page = context.new_page()
        page.add_init_script(PROBE)
        page.goto(server.url + subject.path, wait_until="commit")
        return float(page.evaluate("(all) => window.probe.firstView(all)", list(subject.ready)))
    finally:
        context.close()


class OpenPage:
    """A page kept open, whose control is changed again and again."""

    def __init__(
        self,
        browser: Browser,
        server: Server,
        subject: Subject,
        payloads: list[bytes] | None = None,
    ) -> None:
        self.subject = subject
        self.payloads = payloads
        self.line = Relay(server.port).__enter__()
        self.context = browser.new_context(viewport=WINDOW)
        self.page: Page = self.context.new_page()
        self.page.on("websocket", lambda ws: ws.on("framereceived", self._keep))
        self.page.add_init_script(PROBE)
        self.page.goto(self.line.url + subject.path)
        self.page.evaluate("(all) => window.probe.firstView(all)", list(subject.ready))
        self.page.wait_for_selector(READY, timeout=60_000)

    def _keep(self, payload: bytes | str) -> None:
        if self.payloads is not None and isinstance(payload, bytes):
            self.payloads.append(payload)

    def change(self) -> tuple[float, int]:
        """Choose the next entry; return milliseconds from key to paint, and bytes on the line."""
        name = re.compile(f"^{self.subject.control}", re.IGNORECASE)
        self.page.bring_to_front()
        self.page.get_by_role("combobox", name=name).first.click()
        self.page.wait_for_selector('[role="option"]')
        self.page.keyboard.press("ArrowDown")
        before = self.line.received
        watched = [self.subject.painted, self.subject.attribute]
        self.page.evaluate("(watched) => window.probe.arm(...watched)", watched)
        self.page.keyboard.press("Enter")
        milliseconds = float(self.page.evaluate("window.probe.painted"))
        self.page.wait_for_selector(READY)
        self.page.wait_for_timeout(250)
        return milliseconds, self.line.received - before

    def close(self) -> None:
        """Close the window."""
        self.context.close()
        self.line.__exit__(None, None, None)


Pair = tuple[float, float]


def compare_first_paints(
    browser: Browser, bare: Server, ours: Server, subject: Subject, samples: int
) -> Pair:
    """Return the median milliseconds of the bare app and of a page, opened in turn, cold."""
    times: list[list[float]] = [[], []]
    for sample in range(samples + 1):
        for kept, server, opened in zip(times, (bare, ours), (BARE, subject), strict=True):
            milliseconds = measure_first_paint(browser, server, opened)
            if sample:  # the first visit warms the server up
                kept.append(milliseconds)
    return median(times[0]), median(times[1])


def compare_changes(
    browser: Browser, bare: Server, ours: Server, subject: Subject, samples: int
) -> tuple[Pair, Pair]:
    """Return the medians of a change in the bare app and on a page: milliseconds, then bytes."""
    pages = (OpenPage(browser, bare, BARE), OpenPage(browser, ours, subject))
    seen: list[list[tuple[float, int]]] = [[], []]
    for sample in range(samples + 2):
        for kept, page in zip(seen, pages, strict=True):
            measured = page.change()
            if sample > 1:
                kept.append(measured)
    for page in pages:
        page.close()
    times, sizes = ([median(each[n] for each in kept) for kept in seen] for n in (0, 1))
    return (times[0], times[1]), (sizes[0], sizes[1])


def _run_script(connection: ClientConnection, path: str) -> None:
    """Ask for a page over an open connection and wait until its script has run."""
    page_name, _, query = path.strip("/").partition("?")
    message = BackMsg()
    message.rerun_script.page_name = page_name
    message.rerun_script.query_string = query
    connection.send(message.SerializeToString())
    answer = ForwardMsg()
    while answer.WhichOneof("type") != "script_finished":
        answer.ParseFromString(connection.recv(timeout=60, decode=False))


@contextmanager
def sessions(server: Server, subject: Subject, count: int) -> Iterator[None]:
    """Hold sessions open, without a browser, each having run the page once."""
    address = server.url.replace("http", "ws", 1) + "/_stcore/stream"
    opened: list[ClientConnection] = []
    try:
        for _ in range(count):
            opened.append(
                connect(
                    address,
                    origin=Origin(server.url),
                    subprotocols=[Subprotocol("streamlit")],
                    max_size=None,
                )
            )
            _run_script(opened[-1], subject.path)
        yield
    finally:
        for connection in opened:
            connection.close()


def measure_memory(script: Path | None, subject: Subject, count: int) -> float:
    """Return the megabytes that are the server's alone while it holds some sessions."""
    with Server(script) as server:
        time.sleep(3)
        with sessions(server, subject, count):
            time.sleep(1)
            return float(psutil.Process(server.process.pid).memory_full_info().uss / 1e6)
