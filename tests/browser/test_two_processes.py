"""Two processes behind nginx, with the file of `deploy/`: a visit outlives its process."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import expect

from benchmarks.load import Plan, Site, choose_councils, choose_indicators, run
from scripts.proxy import Proxy
from scripts.serving import READY, Server
from tests.opened import require_tool

WARD = "E05011266"  # Huntingdon North
VIEW = (
    f"/ward-map?area=E07000011&ward={WARD}&indicator=universal_credit_households_percent"
    "&period=2020-11&classes=local_fifths&compare=region"
)
BOXES = ("Place", "Ward", "Indicator", "Period", "Colours", "Compare with")


def read_view(page) -> dict[str, str]:
    """What the page shows: its finding, the ward's figure and every choice."""
    shown = {"finding": page.get_by_role("heading", level=1).inner_text()}
    shown["ward"] = page.locator(".needs-ward").inner_text()
    for box in BOXES:
        name = re.compile(f"^{box}|. {box}$")
        shown[box] = page.get_by_role("combobox", name=name).first.input_value()
    return shown


def process_of(page) -> str:
    """Which process answered last, as the cookie says."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return cookies.get("needs_process", "")


def wait_until_moved(page) -> None:
    """Wait until the open page is connected to the second process and whole."""
    for _ in range(600):
        if process_of(page) == "2":
            break
        page.wait_for_timeout(100)
    assert process_of(page) == "2"
    page.wait_for_selector(READY, timeout=60_000)


def test_a_killed_process_takes_no_view_with_it(visit, server):
    require_tool("nginx")
    with Server() as doomed, Proxy([doomed.port, server.port]) as proxy:
        seen = visit(None, host=proxy)
        seen.expect_problems = True  # the browser notes that its connection broke
        cookie = {"name": "needs_process", "value": "1", "url": proxy.url}
        seen.page.context.add_cookies([cookie])
        page = seen.go(VIEW)
        before, address = read_view(page), page.url
        assert before["Period"]
        assert "Huntingdon North" in before["ward"]

        doomed.process.kill()
        doomed.process.wait()
        # The open page finds the other process by itself, and goes on there.
        wait_until_moved(page)
        assert read_view(page) == before
        page.get_by_role("combobox", name=re.compile("Indicator$")).first.click()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).not_to_have_text(before["finding"])

        # So does the link, for somebody who was never here and for who comes back.
        for context_cookie in ([], [cookie]):
            page.context.clear_cookies()
            page.context.add_cookies(context_cookie)
            seen.go(address.removeprefix(proxy.url))
            assert read_view(page) == before
            assert process_of(page) == "2"


def test_a_page_at_rest_does_what_is_asked_of_it_in_its_new_process(visit, server):
    require_tool("nginx")
    with Server() as doomed, Proxy([doomed.port, server.port]) as proxy:
        seen = visit(None, host=proxy)
        seen.expect_problems = True
        seen.page.context.add_cookies([{"name": "needs_process", "value": "1", "url": proxy.url}])
        page = seen.go(VIEW)
        # Nothing runs any more: nothing but the visitor makes the page ask for a new run.
        expect(page.get_by_text("The line's data and downloads")).to_be_visible(timeout=60_000)
        page.wait_for_timeout(2_000)
        doomed.process.kill()
        doomed.process.wait()
        wait_until_moved(page)
        page.get_by_role("combobox", name=re.compile("^Colours|. Colours$")).first.click()
        page.get_by_role("option", name="Natural breaks").click()
        expect(page).to_have_url(re.compile("classes=natural_breaks"), timeout=60_000)
        shown = read_view(page)
        assert "Huntingdon North" in shown["ward"]
        assert shown["Period"] == "November 2020"


def test_visitors_without_a_browser_meet_no_fault(server):
    plan = Plan(choose_councils(2), choose_indicators(4), [3], seconds=3, think=(0.1, 0.3))
    site = Site(server.url, [server])
    # A thread of its own: Playwright's loop runs in this one.
    with ThreadPoolExecutor(1) as beside:
        windows, notes = beside.submit(asyncio.run, run(site, plan)).result()
    (window,) = windows
    assert window.faults == []
    assert len(window.changes) >= 3
    assert all(0 < change.to_map <= change.whole for change in window.changes)
    assert {visitor.query.partition("&")[0] for visitor in site.visitors} == {
        f"area={council}" for council in plan.councils
    }
    assert "MB idle" in notes[0]
