"""Start the dashboard on a free port, open it in a browser, and note what it asks for.

Used by the browser tests, the screenshots and the benchmarks.
"""

from __future__ import annotations

import ast
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from scripts.browser import FLAGS, find_browser
from scripts.running import Running, answers_in_time

ROOT = Path(__file__).resolve().parents[1]
READY = (
    '[data-testid="stApp"][data-test-script-state="notRunning"]'
    '[data-test-connection-state="CONNECTED"]'
)

# Reports what the Content-Security-Policy refuses, inside the page where it happens.
WATCH_POLICY = """
window.policyViolations = []
document.addEventListener("securitypolicyviolation", (event) =>
    window.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI}`))
"""


def list_pages() -> dict[str, str]:
    """Every page of the navigation in dashboard.py: its file below `pages` -> its address."""
    tree = ast.parse((ROOT / "dashboard.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and is_page(node)]
    pages = {}
    for call in calls:
        words = {k.arg: ast.literal_eval(k.value) for k in call.keywords}
        file = ast.literal_eval(call.args[0]).removeprefix("pages/")
        pages[file] = "/" if words.get("default") else f"/{words['url_path']}"
    return pages


def page_paths() -> list[str]:
    """Return the address of every page, read from the navigation in dashboard.py."""
    return list(list_pages().values())


def is_page(call: ast.Call) -> bool:
    """Tell whether a call is `st.Page(…)`."""
    return getattr(call.func, "attr", "") == "Page"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server(Running):
    """server.py as a process of its own, from `with` to the end of the block."""

    def __init__(
        self,
        script: Path | None = None,
        environment: Mapping[str, str] | None = None,
        program: Sequence[str] = ("server.py",),
    ) -> None:
        self.script = script
        self.program = program
        self.environment = {**os.environ, **(environment or {})}
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_file = Path(tempfile.mkstemp(prefix="server-", suffix=".log")[1])

    def start(self) -> None:
        """Start the process and wait for it to answer.

        Raises:
            RuntimeError: it ended or did not answer in time; its log is in the message.
        """
        command = [sys.executable, *self.program, "--port", str(self.port)]
        if self.script:
            command += ["--script", str(self.script)]
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        if not answers_in_time(self.process, self.is_healthy, seconds=60):
            raise RuntimeError(f"The server did not start:\n{self.read_log()}")

    def is_healthy(self) -> bool:
        """Whether /healthz says that pages can be shown."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def wait_until_warm(self, seconds: float = 120) -> None:
        """Wait until the server has drawn its own front page and loaded what pages share."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and '"event": "warm_up' not in self.read_log():
            time.sleep(0.1)

    def read_log(self) -> str:
        """Return what the server has written so far."""
        if not self.log_file.exists():
            return ""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End the process, if it was started; its log goes with it."""
        self.end_process()
        self.log_file.unlink(missing_ok=True)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start Chromium, and end it when the block ends.

    Raises:
        RuntimeError: no browser was found.
    """
    path = os.fspath(find_browser() or "")
    if not path:
        raise RuntimeError("No Chromium found. `make test` installs one; or set CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page in a browser window of its own, and what went on in it."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH_POLICY)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.console_errors.append(str(error)))

    def _note_console(self, message: ConsoleMessage) -> None:
        # On a deep link Streamlit looks for its server below the page's own address first.
        looks_for_server = "/_stcore/" in message.location.get("url", "")
        if message.type == "error" and not looks_for_server:
            self.console_errors.append(message.text)

    def go(self, path: str = "/") -> Page:
        """Open a page of the dashboard and wait until its script has run."""
        self.page.goto(self.url + path)
        self.wait_until_ready()
        return self.page

    def wait_until_ready(self) -> None:
        """Wait until the page is connected and its script has run."""
        self.page.wait_for_selector(READY, timeout=60_000)
        self.page.wait_for_selector('[data-testid="stMain"] >> text=/\\S/', timeout=60_000)

    @property
    def external_requests(self) -> list[str]:
        """Requests that went anywhere but to the dashboard's own server."""
        own = urlsplit(self.url).netloc
        local = ("data", "blob", "about")
        parts = ((request, urlsplit(request)) for request in self.requests)
        return [r for r, part in parts if part.netloc != own and part.scheme not in local]

    @property
    def policy_violations(self) -> list[str]:
        """What the Content-Security-Policy refused on the page now open."""
        return list(self.page.evaluate("window.policyViolations ?? []"))

    @property
    def problems(self) -> list[str]:
        """Everything that must not happen on any page."""
        return [
            *(f"external request: {url}" for url in self.external_requests),
            *(f"policy violation: {text}" for text in self.policy_violations),
            *(f"console error: {text}" for text in self.console_errors),
        ]
