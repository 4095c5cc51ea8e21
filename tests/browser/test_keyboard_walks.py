"""The main task of each of the three people without a mouse, seeing at each stop where one is."""

import re

import pytest
from conftest import wait_until_still
from keyboard import Keyboard
from playwright.sync_api import Page, expect
from test_tasks import title, wait_until_painted

SLOW = 60_000
STILL = {"reduced_motion": "reduce"}


@pytest.fixture(autouse=True)
def patient():
    """Lists and buttons are fetched when they are first shown."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


def settle(page: Page) -> None:
    expect(page.get_by_text("Charts and tables follow")).to_have_count(0, timeout=SLOW)
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached(timeout=SLOW)
    wait_until_still(page)


def go(keys: Keyboard, group: str, page: str, key: str = "Shift+Tab") -> None:
    """Open a page by the menu, which lies above."""
    keys.tab_to(f"^{group}", "button", key=key)
    keys.page.keyboard.press("Enter")
    expect(keys.page.get_by_role("menuitem", name=page)).to_be_visible()
    for _ in range(12):
        if re.search(page, keys.press("ArrowDown")["name"]):
            break
    keys.page.keyboard.press("Enter")
    expect(keys.page.get_by_role("menuitem", name=page)).to_have_count(0)


def choose(keys: Keyboard, label: str, words: str) -> None:
    """Type into a list and take the first answer; the focus stays there."""
    keys.tab_to(f"^{label}", "combobox")
    keys.page.keyboard.type(words)
    expect(keys.page.get_by_role("option").first).to_contain_text(re.compile(words, re.I))
    keys.page.keyboard.press("Enter")
    settle(keys.page)


def test_an_analyst_finds_a_ward_and_takes_its_figures_away(visit):
    page = visit("/", **STILL).page
    wait_until_painted(page)
    keys = Keyboard(page)
    assert keys.press("Tab")["name"] == "Skip to main content"
    go(keys, "Explore", "Ward map", "Tab")
    expect(page).to_have_url(re.compile("/ward-map"))
    wait_until_painted(page)
    keys.skip_to_main()
    choose(keys, "Place", "Mid Devon")
    expect(page.locator(".ward-map path[data-code]")).to_have_count(22, timeout=SLOW)
    choose(keys, "Indicator", "broadband")
    expect(title(page)).to_contain_text("broadband", timeout=SLOW)
    wait_until_painted(page)
    keys.tab_to("Map of 22 wards", "application")
    said = page.locator('.ward-map [aria-live="polite"]').first
    keys.press("ArrowRight")
    first = said.inner_text()
    keys.press("ArrowDown", "ArrowLeft")
    assert said.inner_text() not in ("", first)
    ward = said.inner_text().split(",")[0]
    page.keyboard.press("Enter")
    panel = page.locator(".needs-ward")
    expect(panel.get_by_role("heading", name=ward)).to_be_visible(timeout=SLOW)
    settle(page)
    assert keys.look()["role"] == "application"
    keys.tab_to("Data and downloads", "summary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="CSV", exact=True)).to_be_visible(timeout=SLOW)
    keys.tab_to(r"^(download )?CSV$", "button")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    rows = download.value.path().read_text(encoding="utf-8-sig")
    value = re.sub(r"[^\d.]", "", panel.locator(".value").inner_text())
    (row,) = [line for line in rows.splitlines() if line.startswith(ward)]
    assert float(value) in [abs(float(n)) for n in re.findall(r"-?\d+(?:\.\d+)?", row)], row
    assert keys.faults == []


def test_a_lead_goes_from_the_action_areas_to_a_story_and_presents_it(visit):
    page = visit("/action-areas?area=E07000011", **STILL).page
    expect(page.get_by_role("heading", name=re.compile("^The words of"))).to_be_visible(
        timeout=SLOW
    )
    settle(page)
    keys = Keyboard(page)
    keys.skip_to_main()
    keys.tab_to("^Good health$", "button")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="In depth: Good health")
    expect(heading).to_be_visible(timeout=SLOW)
    settle(page)
    keys.look()
    go(keys, "Present", "Story")
    expect(page).to_have_url(re.compile("/story"))
    settle(page)
    keys.skip_to_main()
    keys.tab_to("Present the slides", "button")
    page.keyboard.press("Enter")
    place = page.locator(".deck .place")
    expect(place).to_have_text(re.compile("^1 "), timeout=SLOW)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text(re.compile("^3 "))
    with page.expect_popup() as notes:
        page.keyboard.press("n")
    expect(notes.value.get_by_text(re.compile("Notes|notes")).first).to_be_visible()
    notes.value.close()
    page.bring_to_front()
    # Buttons of the bar can be walked to, and Escape leads back to the slide in the list.
    keys.tab_to("Next", "button", most=12)
    page.keyboard.press("Enter")
    expect(place).to_have_text(re.compile("^4 "))
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio", name=re.compile("^4"))).to_be_checked(timeout=SLOW)
    assert keys.faults == []


def test_a_panel_member_goes_from_an_exception_to_its_figures_and_makes_a_pack(visit):
    page = visit("/actions?area=E07000011&plan=example", **STILL).page
    expect(title(page)).to_have_text("2 of 14 actions are off track", timeout=SLOW)
    settle(page)
    keys = Keyboard(page)
    keys.skip_to_main()
    keys.tab_to("Impact of EX5", "button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("action=EX5"), timeout=SLOW)
    settle(page)
    keys.look()
    for _ in range(4):
        keys.tab_to("Data and downloads", "summary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="CSV", exact=True)).to_be_visible(timeout=SLOW)
    go(keys, "Scrutinise", "Report")
    expect(page).to_have_url(re.compile("/report"))
    settle(page)
    keys.skip_to_main()
    for name in ("Action areas", "Covid", "Ward profiles", "Chosen", "Actions", "All rows"):
        keys.tab_to(f"^{name}", "input")
        if page.evaluate("walk.at().checked"):
            page.keyboard.press("Space")
            settle(page)
    keys.tab_to("Make the pack", "button")
    page.keyboard.press("Enter")
    ready = page.get_by_role("button", name=re.compile("Word", re.I)).last
    expect(ready).to_be_visible(timeout=SLOW)
    assert keys.faults == []


def test_the_closed_menu_of_a_narrow_window_is_not_walked_unseen(visit):
    page = visit("/accessibility", viewport={"width": 320, "height": 640}, **STILL).page
    settle(page)
    keys = Keyboard(page)
    for _ in range(12):
        keys.press("Tab")
    assert keys.faults == []
    assert not any("Overview" in stop for stop in keys.stops)
