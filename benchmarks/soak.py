"""Half an hour of random clicking on all pages: does anything break, does memory stay flat?

    python -m benchmarks.soak [--minutes 30] [--seed 1] [--write]

Three windows of a real Chromium (a desktop, a dark one of a lead, a phone) walk at random over
every page of the navigation: they follow links, choose, tick, slide, type, click maps, bring
files, take files, go back, load again and type odd addresses; each leaves after a while and a
new one comes. Beside them come visitors without a session: programs, other websites, phones that
vote. Everything is kept in a database that is thrown away. A seed gives the same decisions
again; what a window meets still depends on how fast the machine is. Figures come last.
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil
from playwright.sync_api import Browser, Error

from benchmarks.record import describe_machine, keep_section
from benchmarks.soak_memory import MOST_GROWTH, Sample, judge, measure
from benchmarks.soak_outside import Outside, open_every_table
from benchmarks.soak_window import Fault, Shape, Tally, Window
from data.store.engine import close_store, open_store
from data.store.workshops import Plan, Question, Workshop, open_workshop
from data.strategy import strategy_for
from scripts.serving import Server, open_browser, page_paths

KEY = "soak-soak-soak"
SHAPES = (
    Shape("desktop", 1280, 800),
    Shape("lead", 1366, 768, dark=True, lead=True),
    Shape("phone", 390, 844, phone=True),
)
#: Actions of one visit, fewest and most; minutes after which Chromium is started anew.
VISIT, BROWSER = (15, 60), 8
#: Seconds between two measurements of memory.
EVERY = 30
HERE = "E07000011"


@dataclass
class Run:
    """What a soak is given, and what it found."""

    seed: str
    minutes: float
    tally: Tally
    samples: list[Sample]
    browser_version: str = ""


def write_files(folder: Path) -> None:
    """Write what visitors bring: a good file, a poor one, one that is no table, areas, places."""
    wards = ("Ramsey", "Yaxley", "Huntingdon North", "St Ives East")
    rows = "\n".join(f"{ward},{number},{number * 7}" for number, ward in enumerate(wards, 3))
    files = {
        "good.csv": f"Ward,Food parcels,Households\n{rows}\n",
        "poor.csv": f"Ward;Parcels\nRamsay;1,5\nTotal;-3\n{rows}\n",
        "places.csv": "Postcode,Date\nPE29 3TN,01/04/2024\nnope,x\n",
        "none.xlsx": "this is no workbook",
        "area.geojson": json.dumps({"type": "Polygon", "coordinates": [
            [[-0.2, 52.3], [-0.1, 52.3], [-0.1, 52.4], [-0.2, 52.3]]]}),
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def prepare_workshop(url: str) -> Workshop:
    """Open a workshop in which phones can vote."""
    asked = [Question(area.heading_label, area.id) for area in strategy_for(HERE).action_areas]
    workshop = open_workshop(open_store(url), Plan(HERE, "Soak", asked), "soak")
    close_store(url)
    return workshop


@contextmanager
def watch_memory(server: Server, samples: list[Sample]) -> Iterator[None]:
    """Measure the server's memory every so often while the block runs."""
    process, started, ended = (
        psutil.Process(server.process.pid),
        time.monotonic(),
        threading.Event(),
    )

    def watch() -> None:
        while not ended.wait(EVERY):
            try:
                samples.append(measure(process, time.monotonic() - started))
            except psutil.Error:
                return  # the server has ended, which the log tells

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def read_faults(log: str) -> list[Fault]:
    """What the server's log says went wrong: errors of pages and libraries, failed answers."""
    faults = []
    for line in log.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            if line.startswith(("Traceback", "  File")) or "Exception" in line or "Error:" in line:
                faults.append(Fault("log", line.strip()[:300], "", "server"))
            continue
        if not isinstance(entry, dict):
            continue
        event = str(entry.get("event", ""))
        failed = event == "request" and int(entry.get("status", 0)) in (0, 500, 502, 504)
        grave = event == "library" and entry.get("level") in ("error", "critical")
        if failed or grave or event == "died" or event.endswith(("_failed", "_error")):
            faults.append(Fault("log", line[:600], "", "server"))
    return faults


def walk(browser: Browser, server: Server, run: Run, files: Path, until: float) -> None:
    """Let the windows act in turn until it is time for a new browser."""
    numbers, drawn = itertools.count(run.tally.visits), Random(f"{run.seed}-{until}")  # noqa: S311
    windows: dict[Shape, tuple[Window, int]] = {}
    while time.monotonic() < until:
        for shape in SHAPES:
            if shape not in windows:
                seed = f"{run.seed}-{shape.name}-{next(numbers)}"
                window = Window(browser, server.url, shape, seed, run.tally, files, KEY)
                windows[shape] = (window, drawn.randint(*VISIT))
            window, left = windows[shape]
            try:
                window.act()
            except Error as error:
                window.report("browser", str(error))
                left = 0
            if left <= 1:
                window.close()
                del windows[shape]
            else:
                windows[shape] = (window, left - 1)
    for window, _ in windows.values():
        window.close()


def soak(server: Server, run: Run, workshop: Workshop, files: Path) -> None:
    """Visit for as long as was asked, with a new Chromium now and then."""
    open_every_table(server.url, run.tally)
    outside = Outside(server.url, run.seed, workshop, run.tally)
    outside.start()
    end = time.monotonic() + 60 * run.minutes
    with watch_memory(server, run.samples):
        while time.monotonic() < end:
            with open_browser() as browser:
                run.browser_version = browser.version
                walk(browser, server, run, files, min(end, time.monotonic() + 60 * BROWSER))
    outside.stop()


def describe(run: Run) -> str:
    """The figures of a run, as Markdown."""
    tally, verdict = run.tally, judge(run.samples)
    done = sum(tally.actions.values())
    missing = sorted(set(page_paths()) - set(tally.pages))
    rows = [
        ("Minutes, seed", f"{run.minutes:g}, {run.seed}", ""),
        ("Sessions opened, by visits", f"{tally.sessions:,}, {tally.visits:,}", ""),
        ("Actions, of them without a session",
         f"{done:,}, {tally.actions['plain request'] + tally.actions['phone']:,}", ""),
        ("Pages seen, of", f"{len(page_paths()) - len(missing)}, {len(page_paths())}", ""),
        ("Faults", f"{len(tally.faults):,}", "met" if not tally.faults else "MISSED"),
    ]  # fmt: skip
    if verdict:
        first, middle, last = verdict.thirds
        rows += [
            ("Server memory, medians of the thirds",
             f"{first:.0f}, {middle:.0f}, {last:.0f} MB", ""),
            (f"Growth from the middle to the last third (goal ≤ {MOST_GROWTH:.0%})",
             f"{verdict.growth:+.1%}", "met" if verdict.is_flat else "MISSED"),
            ("Slope over both", f"{verdict.per_hour:+.0f} MB an hour", ""),
            ("Processes it started, most", f"{max(s.helpers for s in run.samples):.0f} MB", ""),
        ]  # fmt: skip
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    kinds = ", ".join(f"{name} {count:,}" for name, count in tally.actions.most_common())
    lines = [describe_machine(run.browser_version), f"|  |  |  |\n|---|---|---|\n{table}"]
    lines.append(f"Actions: {kinds}; {tally.missed:,} found nothing to act on.")
    if missing:
        lines.append(f"Not seen: {', '.join(missing)}.")
    return "\n\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Soak, print the faults and then the figures."""
    parser = argparse.ArgumentParser(description="Random clicking on all pages.", prog="soak")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/")
    chosen = parser.parse_args(arguments)
    run = Run(chosen.seed, chosen.minutes, Tally(), [])
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "files")
        files.mkdir()
        write_files(files)
        database = f"sqlite:///{folder}/soak.sqlite3"
        workshop = prepare_workshop(database)
        with Server(environment={"DATABASE_URL": database, "LEAD_KEY": KEY}) as server:
            soak(server, run, workshop, files)
            run.tally.faults += read_faults(server.read_log())
    seen = Counter(f"{fault.kind}: {fault.words[:120]}" for fault in run.tally.faults)
    for fault in {f"{f.kind}: {f.words[:120]}": f for f in run.tally.faults}.values():
        print(f"{fault}\n    ({seen[f'{fault.kind}: {fault.words[:120]}']} times)\n")
    for sample in run.samples:
        print(f"{sample.seconds:6.0f} s  {sample.server:6.0f} MB  {sample.helpers:6.0f} MB helpers")
    body = describe(run)
    print(f"\n{body}")
    if chosen.write:
        keep_section("soak", body)


if __name__ == "__main__":
    main()
