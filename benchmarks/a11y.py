"""What keeps people out: axe-core over every page, light and dark, on a desktop and a phone.

`make a11y` prints a table; ARGS=--write keeps it in docs/benchmarks.md; words name the pages
looked at. It fails where a serious or critical fault is found that is not Streamlit's own.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, FilePayload, Page
from playwright.sync_api import Error as BrowserError

from benchmarks.record import describe_machine, keep_section
from data.store.engine import close_store, open_store
from data.store.workshops import Plan, Question, open_workshop
from scripts.barriers import Fault, find_barriers
from scripts.serving import Server, Visit, open_browser, page_paths

KEY = "blue horse lamp stand"
WINDOWS = {"desktop": (1280, 800), "phone": (390, 844)}
SCHEMES = ("light", "dark")
# Beside every page of the navigation: pages with more on them. Name -> address.
STATES = {
    "overview, Devon": "/?area=E10000008",
    "ward-map, a ward": "/ward-map?ward=E05011266",
    "ward-map, two maps": "/ward-map?maps=2&ward=E05011266",
    "ward-map, LSOAs": "/ward-map?detail=lsoa&ward=E05011266",
    "ward-map, hot spots": "/ward-map?classes=hot_spots",
    "ward-map, England": "/ward-map?area=E92000001",
    "compare, ranked": "/compare?view=ranked&indicator=claimant_count_percent",
    "compare, side by side": "/compare?view=side&ward=E05011266",
    "custom-areas, drawn": "/custom-areas?area=E07000011&name=Riverside"
    "&line=522500.270500_526500.270500_526500.274000_522500.274000",
    "story, presented": "/story?present=1&slide=1",
    "actions, example plan": "/actions?plan=example&action=EX1",
    "assets, a ward": "/assets?ward=E05011266",
    "covid-recovery, Devon": "/covid-recovery?area=E10000008",
}
# What the server sends without Streamlit: phones of a workshop, charts for other websites.
PLAIN = {
    "phone: join": "/join",
    "embed: map": "/embed/map?ward=E05011266&links=profiles",
    "embed: trend": "/embed/trend?indicator=universal_credit_households_percent",
    "embed: scatter": "/embed/scatter?ward=E05011266",
    "embed: need": "/embed/need-ranking",
    "embed: recovery map": "/embed/recovery-map?shade=class",
    "embed: recovery line": "/embed/recovery-line",
    "embed: a wrong address": "/embed/map?area=nowhere",
}
# Pages that show what they can once a visitor brought a file. Name -> address.
BROUGHT = {
    "your-data, example file": "/your-data",
    "impact-assessment, scored": "/impact-assessment",
}
SCORES = b"""Id,Title,Area of impact,Kind,Impact,Likelihood,Confidence,Date of scoring,Version
E1,Shops,Economy,Damaging,3,3,High,30/06/2021,1
E1,Shops,Economy,Damaging,4,5,High,01/06/2022,2
S1,Walking,Environment,Positive,2,2,Low,30/06/2021,1
"""


@contextmanager
def serve() -> Iterator[tuple[Server, dict[str, str]]]:
    """The dashboard with a lead's key and a workshop; and the addresses of its phones."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'store.sqlite3'}"
        questions = [Question("Strong communities", "strong_communities"), Question("Good work")]
        plan = Plan("E07000011", "Where first?", questions)
        workshop = open_workshop(open_store(url), plan, "lead")
        close_store()
        with Server(environment={"LEAD_KEY": KEY, "DATABASE_URL": url}) as server:
            yield server, {"phone: a workshop": f"/w/{workshop.token}"}


def settle(visit: Visit) -> None:
    """Wait until a page of the dashboard has everything on it."""
    page = visit.page
    page.get_by_text("Charts and tables follow").wait_for(state="detached")
    visit.wait_until_ready()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


def show(visit: Visit, name: str, path: str) -> Page:
    """Bring a page into the state that is looked at."""
    page = visit.page
    if name.startswith(("phone:", "embed:")):
        page.goto(visit.url + path)
        if "join" not in path and name.startswith("phone:"):
            page.get_by_role("button", name="Join").click()
            page.get_by_role("heading", name="Give your 5 dots").wait_for()
        page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        return page
    if "present=1" in path:
        page.goto(visit.url + path)
        page.locator(".slide.current").wait_for(timeout=60_000)
        return page
    visit.go(path)
    settle(visit)
    if name.startswith("your-data, "):
        page.get_by_role("button", name="Try it with the example").click()
        page.get_by_role("heading", name="6. Add it").wait_for(timeout=120_000)
    if name.startswith("impact-assessment, "):
        file: FilePayload = {"name": "scores.csv", "mimeType": "text/csv", "buffer": SCORES}
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_text("scores high").first.wait_for()
    if name.startswith("workshop, "):
        page.get_by_label("Lead's key").fill(KEY)
        page.get_by_role("button", name="Continue as lead").click()
        page.get_by_role("button", name="Open the workshop").wait_for()
    if ", " in name:
        page.wait_for_timeout(1000)
        settle(visit)
    return page


def open_window(browser: Browser, window: str, scheme: str) -> BrowserContext:
    """A window of a size and theme, in which page after page is opened."""
    width, height = WINDOWS[window]
    touch = window == "phone"
    return browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=touch,
        is_mobile=touch,
    )


def look(context: BrowserContext, server: Server, name: str, path: str) -> list[Fault]:
    """The faults of one page in a window; a second try where the machine was too slow."""
    for last in (False, True):
        page = context.new_page()
        try:
            return find_barriers(show(Visit(page, server.url), name, path))
        except BrowserError:
            if last:
                raise
        finally:
            page.close()
    return []


def count(faults: Sequence[Fault]) -> Counter[str]:
    """Elements with a fault: grave ones of ours and of Streamlit's, and all lesser ones."""
    return Counter(("streamlit" if f.known else "ours") if f.grave else "minor" for f in faults)


def make_table(found: dict[str, dict[str, list[Fault]]]) -> str:
    """Pages by looks; each cell: grave ones of ours / grave ones of Streamlit's / lesser ones."""
    looks = [f"{w}, {s}" for w, s in itertools.product(WINDOWS, SCHEMES)]
    lines = [f"| page | {' | '.join(looks)} |", f"| --- |{' --- |' * len(looks)}"]
    for name, faults in found.items():
        counts = [count(faults[one]) for one in looks]
        cells = [f"{c['ours']} / {c['streamlit']} / {c['minor']}" for c in counts]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def list_kinds(faults: Sequence[Fault]) -> str:
    """Each kind of fault once: rule, how grave, whose, how many elements, the first of them."""
    kinds: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        whose = fault.known.upstream if fault.known else "OURS"
        kinds.setdefault((fault.rule, fault.impact, whose), []).append(fault)
    return "\n".join(
        f"- {rule} ({impact}, {'WCAG' if them[0].wcag else 'best practice'}), {whose}: "
        f"{len(them)} elements, such as `{them[0].html[:100]}`"
        for (rule, impact, whose), them in sorted(kinds.items())
    )


def main() -> None:
    """Look at all pages, or at those of the words given."""
    parser = argparse.ArgumentParser(description=__doc__, prog="make a11y")
    parser.add_argument("--write", action="store_true", help="keep it in docs/benchmarks.md")
    parser.add_argument("words", nargs="*", help="parts of the names of the pages looked at")
    chosen = parser.parse_args()
    pages = {path.strip("/") or "overview": path for path in page_paths()}
    pages |= STATES | PLAIN | BROUGHT
    with serve() as (server, phones), open_browser() as browser:
        pages |= phones | {"workshop, the lead's": "/workshop"}
        words = chosen.words or [""]
        pages = {n: path for n, path in pages.items() if any(word in n for word in words)}
        found: dict[str, dict[str, list[Fault]]] = {name: {} for name in pages}
        for window, scheme in itertools.product(WINDOWS, SCHEMES):
            context = open_window(browser, window, scheme)
            for name, path in pages.items():
                faults = look(context, server, name, path)
                found[name][f"{window}, {scheme}"] = faults
                print(f"{name}, {window}, {scheme}", flush=True)
                for fault in (f for f in faults if f.grave and not f.known):
                    print(f"  {fault.words}", flush=True)
            context.close()
        machine = describe_machine(browser.version)
    everything = [f for looks in found.values() for faults in looks.values() for f in faults]
    bad = count(everything)["ours"]
    body = (
        f"{machine}. axe-playwright-python {version('axe-playwright-python')}, WCAG 2.2 A and AA "
        "and best practice. Each cell: elements with a serious or critical fault that is ours / "
        "that is Streamlit's (docs/accessibility.md) / lesser faults of both.\n\n"
        f"{make_table(found)}\n\n{list_kinds(everything) or 'No fault of any kind.'}\n\n"
        f"Serious or critical faults of ours: {bad}."
    )
    if chosen.write:
        keep_section("a11y", body)
    print(f"\n{body}")
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
