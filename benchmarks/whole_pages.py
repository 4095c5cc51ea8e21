"""Measurements of pages as wholes: first view, change of page, a click on a ward, LSOA maps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Locator, Page

from benchmarks.measure import (
    BARE,
    KEY_FIGURES,
    MAP,
    SPINE,
    OpenPage,
    Subject,
    compare_first_paints,
    measure_first_paint,
    ward_map,
)
from benchmarks.table import Row, make_absolute_row, make_row
from scripts.serving import READY, Server

BARE_PAGES = Path(__file__).with_name("bare_pages.py")
COLD = 5
FIRST_PAINT_GOAL = 2.0
FRONT_PAINT_GOAL = 1.3
CHANGE_GOAL = 2.5
SCATTER = ".needs-preview, .js-plotly-plot .ytitle"
HEAT = ".heat table"
WARD_NAME = ".needs-ward h2"
# Address of each page -> what a useful first view of it holds.
FIRST_VIEWS: dict[str, tuple[str, ...]] = {
    "/": (MAP, KEY_FIGURES),
    "/ward-map": (MAP,),
    "/ward-profile": (SPINE,),
    "/compare": (SCATTER,),
    "/wards-where": (MAP,),
    "/all-indicators": (HEAT,),
    "/hidden-pockets": ("h1", MAP),
    "/custom-areas": ("h1",),
    "/your-data": ("h1", ".stDownloadButton"),
    "/action-areas": ("h1", ".matrix table"),
    "/story": ("h1", ".stButton"),
    "/workshop": ("h1",),
    "/assets": (MAP,),
    "/actions": ("h1", ".stDownloadButton"),
    "/covid-recovery": (MAP, ".rec-list tbody tr", "ul.rec-lines li"),
    "/impact-assessment": ("h1", ".stDownloadButton"),
    "/report": ("h1", ".stCheckbox"),
    "/accessibility": ("h1",),
    "/about-the-data": ("h1", ".stDownloadButton"),
}
FRONT = ("/", "/ward-map")
# Group of the navigation, title of the page, what shows that it is there; the next page of the
# round never holds what the one before it is known by.
ROUND = (
    ("Explore", "Ward profile", (SPINE,)),
    ("Explore", "All indicators", (HEAT,)),
    ("Explore", "Compare", (SCATTER,)),
    ("Explore", "Overview", (KEY_FIGURES, MAP)),
)
# A point of the screen that lies inside a shape.
INSIDE = """(path) => {
  const box = path.getBBox();
  const tries = [5, 4, 6, 3, 7, 2, 8, 1, 9];
  for (const i of tries) for (const j of tries) {
    const point = new DOMPoint(box.x + box.width * i / 10, box.y + box.height * j / 10);
    if (!path.isPointInFill(point)) continue;
    const { x, y } = point.matrixTransform(path.getScreenCTM());
    return [x, y];
  }
}"""
LSOA_MAP = f".st-key-lsoa-map >>> {MAP}"
LSOA_PLACES = {"Huntingdonshire": "E07000011", "Devon": "E10000008", "England": "E92000001"}
LSOA_GOALS = {"Huntingdonshire": 3_000, "Devon": 4_000, "England": 12_000}


def bench_pages(browser: Browser, bare: Server, ours: Server, samples: int) -> list[Row]:
    """Measure every page beside the bare app.

    Args:
        browser: a Chromium.
        bare: the bare app.
        ours: the dashboard.
        samples: changes for a median; cold starts are at most five.
    """
    rows = bench_first_paints(browser, bare, ours, min(samples, COLD))
    rows += bench_page_switch(browser, ours, samples)
    rows += bench_ward_click(browser, bare, ours, samples)
    return rows + bench_lsoa_maps(browser, ours, min(samples, 3))


def bench_first_paints(
    browser: Browser, bare: Server, ours: Server, samples: int, paths: Sequence[str] = ()
) -> list[Row]:
    """Time the first useful view of pages, nothing cached.

    Where none is named, of all but Overview, which `bench.bench_first_paint` measures.
    """
    rows = []
    for path in paths or [path for path in FIRST_VIEWS if path != "/"]:
        subject = Subject(path, FIRST_VIEWS[path], "")
        times = compare_first_paints(browser, bare, ours, subject, samples)
        goal = FRONT_PAINT_GOAL if path in FRONT else FIRST_PAINT_GOAL
        rows.append(make_row(f"First useful paint, cold, {path}", *times, "ms", goal))
    return rows


def _settle(page: Page) -> None:
    page.wait_for_selector(READY)
    page.wait_for_timeout(1500)  # charts and tables follow the first view


def _switch(page: Page, group: str, title: str, ready: Sequence[str]) -> float:
    """Go to another page by the navigation; return milliseconds from click to first view."""
    where: Page | Locator = page.get_by_test_id("stTopNav")
    if group:
        page.get_by_test_id("stTopNavSection").filter(has_text=group).first.click()
        where = page.get_by_test_id("stTopNavPopover")
    page.evaluate("(all) => window.probe.armSwitch(all)", list(ready))
    where.locator("a").filter(has_text=title).first.click()
    milliseconds = float(page.evaluate("window.probe.switched"))
    _settle(page)
    return milliseconds


def bench_page_switch(browser: Browser, ours: Server, samples: int) -> list[Row]:
    """Time the navigation, round after round, beside an app of two trivial pages."""
    bare_round = (("", "Second", (".second",)), ("", "First", (".first",)))
    times: dict[str, list[float]] = {title: [] for _, title, _ in ROUND}
    floor: list[float] = []
    with Server(BARE_PAGES) as bare:
        opened = (
            OpenPage(browser, bare, Subject("/", (".first",), "")),
            OpenPage(browser, ours, Subject("/", FIRST_VIEWS["/"], "")),
        )
        pages = [each.page for each in opened]
        _settle(pages[1])
        for sample in range(max(samples // 2, 2) + 1):
            for step, (group, title, ready) in enumerate(ROUND):
                bare_time = _switch(pages[0], *bare_round[step % 2])
                time = _switch(pages[1], group, title, ready)
                if sample:  # the first round fetches the scripts
                    floor.append(bare_time)
                    times[title].append(time)
        for each in opened:
            each.close()
    least = median(floor)
    return [
        make_row(f"Change of page, to {title}", least, median(taken), "ms", CHANGE_GOAL)
        for title, taken in times.items()
    ]


def bench_ward_click(browser: Browser, bare: Server, ours: Server, samples: int) -> list[Row]:
    """Time a click on a ward of the Ward map until all panels stay as they are."""
    subject = ward_map("E07000011&indicator=claimant_count_percent")
    opened = (OpenPage(browser, bare, BARE), OpenPage(browser, ours, subject))
    pages = [each.page for each in opened]
    times: list[list[float]] = [[], []]
    _settle(pages[1])
    for sample in range(samples + 1):
        for kept, page in zip(times, pages, strict=True):
            milliseconds = _click_ward(page, sample) if page is pages[1] else _choose_value(page)
            if sample:
                kept.append(milliseconds)
    for each in opened:
        each.close()
    name = "Ward map, another ward clicked, all panels"
    return [make_row(name, median(times[0]), median(times[1]), "ms", CHANGE_GOAL)]


def _await_settled(page: Page) -> float:
    milliseconds = float(page.evaluate("window.probe.settled"))
    page.wait_for_selector(READY)
    return milliseconds


def _choose_value(page: Page) -> float:
    page.get_by_role("combobox").first.click()
    page.wait_for_selector('[role="option"]')
    page.wait_for_timeout(300)
    page.evaluate("(text) => window.probe.armSettled(text)", BARE.painted)
    options = page.get_by_role("option", selected=False)
    options.nth(1).click()
    return _await_settled(page)


def _click_ward(page: Page, sample: int) -> float:
    ward = page.locator(".areas path").nth(3 + 2 * sample)
    ward.scroll_into_view_if_needed()
    point = ward.evaluate(INSIDE)
    page.mouse.move(*point)
    page.wait_for_timeout(600)  # the card of what is pointed at is no part of the answer
    page.evaluate("(text) => window.probe.armSettled(text)", WARD_NAME)
    page.mouse.click(*point)
    return _await_settled(page)


def bench_lsoa_maps(browser: Browser, ours: Server, samples: int) -> list[Row]:
    """Time the map of LSOAs, opened by its link with nothing cached in the browser."""
    rows = []
    for name, area in LSOA_PLACES.items():
        subject = Subject(f"/ward-map?area={area}&detail=lsoa", (LSOA_MAP,), "")
        # The first time a server composes the map.
        first, *times = (measure_first_paint(browser, ours, subject) for _ in range(samples + 1))
        goal = LSOA_GOALS[name]
        rows.append(make_absolute_row(f"Map of LSOAs, {name}, cold", median(times), goal))
        rows.append(Row("  the first time in a server's life", "", f"{first:,.0f} ms"))
    return rows
