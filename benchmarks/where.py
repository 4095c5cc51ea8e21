"""Say where the time of every page goes: the server's work, the messages, the browser's work.

python -m benchmarks.where [page …] [--functions] [--write]

Times are processor time, so that what else the machine does hardly counts: of the thread that
runs the script, and of the browser's main thread until the page stays as it is. Each page is
opened twice in windows that have nothing cached; the second time counts, when the server has its
tables. With --functions the functions of the dashboard that took the server's time are named.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.measure import WINDOW
from benchmarks.record import describe_machine, keep_section
from benchmarks.watched_server import MARK
from scripts.serving import READY, Server, open_browser, page_paths

PROGRAM = ("-m", "benchmarks.watched_server")
HEADS = ("page", "server ms", "messages", "bytes", "largest kinds (bytes)", "script files kB",
         "browser ms", "of which script", "layout and style")  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What opening a page cost; times in milliseconds of processor time."""

    path: str
    server: float
    messages: int
    kinds: Counter[str]
    files: int
    browser: dict[str, float]
    functions: list[tuple[str, float, float]]

    @property
    def cells(self) -> list[str]:
        """The line of the table."""
        largest = ", ".join(f"{kind} {size:,}" for kind, size in self.kinds.most_common(3))
        script = self.browser["ScriptDuration"]
        look = self.browser["LayoutDuration"] + self.browser["RecalcStyleDuration"]
        numbers = (self.browser["TaskDuration"], script, look)
        return [
            self.path, f"{self.server:,.0f}", f"{self.messages:,}",
            f"{self.kinds.total():,}", largest, f"{self.files / 1000:,.0f}",
            *(f"{number:,.0f}" for number in numbers),
        ]  # fmt: skip


def name_kind(payload: bytes) -> str:
    """What a message carries: the kind of element, or of message."""
    message = ForwardMsg()
    message.ParseFromString(payload)
    kind = str(message.WhichOneof("type"))
    if kind == "delta":
        kind = str(message.delta.WhichOneof("type"))
        if kind == "new_element":
            kind = str(message.delta.new_element.WhichOneof("type"))
    return kind


def list_runs(server: Server) -> list[dict[str, Any]]:
    """What the server printed about each run of a script so far."""
    lines = server.read_log().splitlines()
    return [json.loads(line.removeprefix(MARK)) for line in lines if line.startswith(MARK)]


def open_once(browser: Browser, server: Server, path: str) -> Cost:
    """Open a page in a new window and wait until its charts are there, too."""
    before = len(list_runs(server))
    payloads: list[bytes] = []
    context = browser.new_context(viewport=WINDOW)
    page = context.new_page()

    def keep(payload: bytes | str) -> None:
        if isinstance(payload, bytes):
            payloads.append(payload)

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    watch = context.new_cdp_session(page)
    watch.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(server.url + path)
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_timeout(3000)
    page.wait_for_selector(READY, timeout=60_000)
    metrics = watch.send("Performance.getMetrics")["metrics"]
    files = page.evaluate(
        "performance.getEntriesByType('resource').filter((file) => /\\.js$/.test(file.name))"
        ".reduce((sum, file) => sum + file.decodedBodySize, 0)"
    )
    context.close()
    kinds: Counter[str] = Counter()
    for payload in payloads:
        kinds[name_kind(payload)] += len(payload)
    runs = list_runs(server)[before:]
    functions = [tuple(each) for run in runs for each in run["functions"]]
    return Cost(
        path,
        sum(float(run["processor"]) for run in runs),
        len(payloads),
        kinds,
        int(files),
        {entry["name"]: 1000 * entry["value"] for entry in metrics},
        functions,
    )


def measure(paths: list[str], *, functions: bool = False) -> list[Cost]:
    """Open every page twice and return what the second time cost."""
    costs = []
    with (
        Server(program=PROGRAM, environment={"PROFILE": "1"} if functions else {}) as server,
        open_browser() as browser,
    ):
        time.sleep(5)
        for path in paths:
            open_once(browser, server, path)
            costs.append(open_once(browser, server, path))
    return costs


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("pages", nargs="*", help="addresses such as /compare; all when none")
    parser.add_argument("--functions", action="store_true", help="name the functions as well")
    parser.add_argument("--write", action="store_true", help="keep it in docs/benchmarks.md")
    chosen = parser.parse_args()
    costs = measure(chosen.pages or page_paths(), functions=chosen.functions)
    lines = [HEADS, ["---"] * len(HEADS), *(cost.cells for cost in costs)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    if chosen.write:
        keep_section("where", f"{describe_machine()}. Processor time, second visit.\n\n{table}")
    print(table)
    for cost in costs if chosen.functions else []:
        print(
            f"\n{cost.path}: milliseconds with what it called, by itself (profiled: about double)"
        )
        for name, whole, own in cost.functions[:25]:
            print(f"  {whole:8.1f} {own:8.1f}  {name}")


if __name__ == "__main__":
    main()
