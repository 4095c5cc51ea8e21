"""Many visitors at once: how long a change of indicator takes, and what a session weighs.

    python -m benchmarks.load [--write] [--counts 25,50,100] [--seconds 20] [--processes 1,2]

Visitors without a browser (`load_visitor`) open the Ward map of several councils, think for one
to three seconds, choose another indicator, and so on: first on one process, then on two behind
nginx with the file of `deploy/`. More and more of them; those who came stay. Each figure is asked
for once before anything is measured, so that caches are warm and their memory counted apart. About
five minutes; the visitors need a share of the same processor, which the table names.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import secrets
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.load_figures import Window, format_goals, format_windows
from benchmarks.load_visitor import Change, Indicator, Visitor
from benchmarks.record import describe_machine, keep_section
from data.catalogue import load_catalogue
from data.load import load_areas
from scripts.proxy import Proxy
from scripts.serving import Server
from scripts.tools import find_tool

COUNCILS, INDICATORS = 8, 12
THINK = (1.0, 3.0)
#: Visitors who open the page at the same time.
OPENING = 4
AFTER_LEAVING = 2.0
#: Streamlit keeps a visit for two minutes after its window was closed.
FORGOTTEN_AFTER = 125.0


@dataclass(frozen=True)
class Plan:
    """Who comes and what they do: look at some councils and indicators, in turn.

    `counts`: sessions, ascending; `seconds`: for each count; `think`: the shortest and the
    longest pause before a change, in seconds.
    """

    councils: Sequence[str]
    indicators: Sequence[Indicator]
    counts: Sequence[int]
    seconds: float
    think: tuple[float, float] = THINK

    def after(self, indicator: Indicator) -> Indicator:
        """The next in turn, so that no visitor chooses what the page still holds."""
        place = self.indicators.index(indicator)
        return self.indicators[(place + 1) % len(self.indicators)]


@dataclass
class Site:
    """What visitors come to: an address, and the processes that serve it."""

    url: str
    servers: list[Server]
    visitors: list[Visitor] = field(default_factory=list)

    def processor_seconds(self) -> float:
        """Processor time of the servers so far."""
        processes = [psutil.Process(server.process.pid) for server in self.servers]
        return float(sum(sum(process.cpu_times()[:2]) for process in processes))

    def megabytes(self) -> float:
        """Memory that is the servers' alone."""
        processes = [psutil.Process(server.process.pid) for server in self.servers]
        return float(sum(process.memory_full_info().uss for process in processes) / 1e6)


@contextmanager
def serving(processes: int) -> Iterator[Site]:
    """One server by itself, or two behind nginx, warm, with a database of their own."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        shared = {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'load.sqlite3'}",
            "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(),
        }
        servers = [stack.enter_context(Server(environment=shared)) for _ in range(processes)]
        for server in servers:
            server.wait_until_warm()
        url = servers[0].url
        if processes > 1:
            url = stack.enter_context(Proxy([server.port for server in servers])).url
        yield Site(url, servers)


def choose_indicators(count: int = INDICATORS) -> list[Indicator]:
    """Indicators spread over the themes."""
    catalogue = load_catalogue()
    ids = catalogue.ward_indicators
    chosen = [catalogue.indicators[ids[len(ids) * n // count]] for n in range(count)]
    themes = catalogue.themes
    return [Indicator(i.id, f"{i.name}  ({themes[i.theme].name})", i.name) for i in chosen]


def choose_councils(count: int = COUNCILS) -> list[str]:
    """Codes of councils spread over England, Huntingdonshire among them."""
    areas = load_areas()
    codes = sorted(areas.index[areas["area_type"] == "district"])
    return ["E07000011", *(codes[len(codes) * n // count] for n in range(count - 1))]


def get_cookie(url: str) -> str:
    """The cookie that a browser gets with the page: behind nginx it names a process."""
    with urllib.request.urlopen(f"{url}/ward-map", timeout=20) as answer:
        cookies = answer.headers.get_all("set-cookie") or []
    return "; ".join(cookie.partition(";")[0] for cookie in cookies)


async def arrive(site: Site, council: str, indicator: Indicator) -> Visitor:
    """One more visitor opens the page, and it is whole."""
    cookie = await asyncio.to_thread(get_cookie, site.url)
    visitor = Visitor(site.url, council, indicator, cookie)
    site.visitors.append(visitor)
    await visitor.open()
    if "needs_process" in visitor.set_cookie:
        visitor.faults.append(f"sent to another process: {cookie}, then {visitor.set_cookie}")
    return visitor


async def warm_caches(server: Server, plan: Plan) -> None:
    """Ask a server once for every figure of the test, and leave.

    Raises:
        SystemExit: that did not go well; what was wrong is in the message.
    """
    site = Site(server.url, [server])
    for council in plan.councils:
        visitor = await arrive(site, council, plan.indicators[-1])
        for indicator in plan.indicators:
            if not visitor.faults:
                await visitor.change(indicator)
        await visitor.close()
        if visitor.faults:
            raise SystemExit(f"The load test cannot begin: {visitor.faults[0]}")


async def fill(site: Site, count: int, plan: Plan) -> None:
    """Let visitors come until there are so many."""
    turns = asyncio.Semaphore(OPENING)

    async def come(number: int) -> None:
        council = plan.councils[number % len(plan.councils)]
        async with turns:
            await arrive(site, council, plan.indicators[number % len(plan.indicators)])

    await asyncio.gather(*(come(number) for number in range(len(site.visitors), count)))


async def look_around(visitor: Visitor, plan: Plan, until: float) -> list[Change]:
    """Think and change the indicator, again and again, until it is time to stop."""
    changes = []
    while not visitor.faults:
        pause = random.uniform(*plan.think)  # noqa: S311
        if time.perf_counter() + pause > until:
            break
        await asyncio.sleep(pause)
        if (change := await visitor.change(plan.after(visitor.indicator))) is not None:
            changes.append(change)
    return changes


async def measure_window(site: Site, plan: Plan) -> Window:
    """Let all visitors look around for some seconds; what that took."""
    own = psutil.Process()
    before, began = site.processor_seconds(), time.perf_counter()
    clients = sum(own.cpu_times()[:2])
    until = began + plan.seconds
    found = await asyncio.gather(*(look_around(v, plan, until) for v in site.visitors))
    faults = [fault for visitor in site.visitors for fault in visitor.faults[visitor.told :]]
    for visitor in site.visitors:
        visitor.told = len(visitor.faults)
    return Window(
        processes=len(site.servers),
        sessions=len(site.visitors),
        changes=[change for changes in found for change in changes],
        faults=faults,
        server_seconds=site.processor_seconds() - before,
        client_seconds=sum(own.cpu_times()[:2]) - clients,
        seconds=time.perf_counter() - began,
        megabytes=site.megabytes(),
    )


async def run(site: Site, plan: Plan) -> tuple[list[Window], list[str]]:
    """Fill a site step by step; what was measured, and what there is to say of its memory."""
    idle = site.megabytes()
    for server in site.servers:
        await warm_caches(server, plan)
    warm, windows = site.megabytes(), []
    for count in plan.counts:
        await fill(site, count, plan)
        windows.append(await measure_window(site, plan))
        print(format_windows(windows[-1:]).splitlines()[-1], flush=True)
    spread = Counter(visitor.cookie for visitor in site.visitors)
    for visitor in site.visitors:
        await visitor.close()
    await asyncio.sleep(AFTER_LEAVING)
    words = "1 process" if len(site.servers) == 1 else f"{len(site.servers)} processes"
    maps, most = len(plan.councils) * len(plan.indicators), plan.counts[-1]
    notes = [
        f"Memory, {words}: {idle:,.0f} MB idle, {warm:,.0f} MB with {maps} maps in the caches, "
        f"{windows[-1].megabytes:,.0f} MB with {most} sessions, "
        f"{site.megabytes():,.0f} MB when they had just left."
    ]
    if len(site.servers) > 1:
        shares = " and ".join(str(number) for number in sorted(spread.values(), reverse=True))
        notes.append(f"nginx gave the processes {shares} of the {most} sessions.")
    return windows, notes


async def measure_forgotten(site: Site, plan: Plan, left_at: float) -> str:
    """The memory of a server after Streamlit has forgotten those who left."""
    await asyncio.sleep(max(0.0, left_at + FORGOTTEN_AFTER - time.monotonic()))
    # Streamlit forgets when the next visitor comes.
    visitor = await arrive(site, plan.councils[0], plan.indicators[0])
    await visitor.close()
    return f"Two minutes later the single process had {site.megabytes():,.0f} MB."


def measure(plan: Plan, processes: Sequence[int]) -> str:
    """Run all that was asked for; the report."""
    windows, notes = list[Window](), list[str]()
    with ExitStack() as stack:
        alone, left_at = None, 0.0
        for number in processes:
            # The single server stays up, idle, while the two are measured: its memory is asked
            # for once more at the end.
            site = stack.enter_context(serving(number))
            measured, said = asyncio.run(run(site, plan))
            windows += measured
            notes += said
            if number == 1:
                alone, left_at = site, time.monotonic()
        if alone and len(processes) > 1:
            notes.append(asyncio.run(measure_forgotten(alone, plan, left_at)))
    faults = Counter(fault for window in windows for fault in window.faults)
    notes += [f"Fault, {count} times: {fault}" for fault, count in faults.most_common(5)]
    return "\n\n".join([format_windows(windows), format_goals(windows), "\n".join(notes)])


def main() -> None:
    """Measure, print, and write if that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--write", action="store_true", help="keep the result in docs/benchmarks.md"
    )
    parser.add_argument("--counts", default="25,50,100", help="sessions, ascending")
    parser.add_argument("--processes", default="1,2", help="1 by itself, 2 behind nginx")
    parser.add_argument("--seconds", type=float, default=20, help="for each count")
    chosen = parser.parse_args()
    counts, processes = (
        [int(word) for word in words.split(",")] for words in (chosen.counts, chosen.processes)
    )
    if max(processes) > 1 and not find_tool("nginx"):
        sys.exit("nginx is not installed: `make tools` installs it, or choose --processes 1.")
    load = os.getloadavg()[0]
    print("Measuring; about five minutes. Leave the machine alone.", flush=True)
    plan = Plan(choose_councils(), choose_indicators(), counts, chosen.seconds)
    report = measure(plan, processes)
    note = (
        f"{describe_machine()}; load {load:.1f} before the start. Visitors think 1 to 3 s between "
        f"changes; they, nginx and the servers share the machine. {COUNCILS} councils, "
        f"{INDICATORS} indicators, {chosen.seconds:.0f} s for each line."
    )
    if chosen.write:
        keep_section("load", f"{note}\n\n{report}")
    print(f"\n{note}\n\n{report}")


if __name__ == "__main__":
    main()
