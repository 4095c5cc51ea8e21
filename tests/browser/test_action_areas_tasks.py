"""The strategy lead's work in a real browser: choose, weigh, pass the link on."""

import re
from urllib.parse import urlparse

from conftest import PHONE
from playwright.sync_api import Page, expect
from test_tasks import title

SLOW = 30_000  # milliseconds a busy machine may take for a whole page


def open_areas(visit, query: str = "", **options) -> Page:
    return wait_until_complete(visit(f"/action-areas{query}", **options))


def wait_until_complete(seen) -> Page:
    """Wait for the last part of a long page: a choice made before would have to be repeated."""
    last = seen.page.get_by_role("heading", name=re.compile("^The words of"))
    expect(last).to_be_visible(timeout=60_000)
    seen.wait_until_ready()
    return seen.page


def cells_of(page: Page, ward: str) -> list[str]:
    row = page.locator(".matrix tbody tr").filter(has=page.get_by_role("button", name=ward))
    return row.locator("td").all_inner_texts()


def test_a_slider_moved_by_keyboard_changes_scores_and_the_link_keeps_it(visit):
    page = open_areas(visit)
    expect(title(page)).to_have_text("Huntingdon North: highest need in 4 of 5 action areas")
    before = cells_of(page, "Ramsey")
    page.get_by_role("button", name="Good health").last.click()
    expect(page.get_by_role("heading", name="In depth: Good health")).to_be_visible(timeout=SLOW)
    slider = page.get_by_role("slider", name="Poor mental health")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    expect(page).to_have_url(
        re.compile(r"weights=good_health\.mental_health_score(:|%3A)3"), timeout=SLOW
    )
    expect(page.get_by_text("Weights differ from those of the strategy")).to_be_visible()
    expect(page.get_by_text("Weights changed: Good health")).to_be_visible()
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached(
        timeout=60_000
    )
    after = cells_of(page, "Ramsey")
    assert after[3] != before[3]
    assert after[:3] + after[4:] == before[:3] + before[4:]
    link = urlparse(page.url)._replace(scheme="", netloc="").geturl()
    again = wait_until_complete(visit(link))
    expect(again.get_by_role("heading", name="In depth: Good health")).to_be_visible(timeout=SLOW)
    expect(again.get_by_role("slider", name="Poor mental health")).to_have_value("3")
    assert cells_of(again, "Ramsey") == after


def test_a_cell_of_the_table_chooses_ward_and_action_area(visit):
    page = open_areas(visit)
    row = page.locator(".matrix tbody tr").filter(has_text="Ramsey")
    row.locator("td").nth(2).click()
    expect(page).to_have_url(re.compile("ward=E05011268.*action_area=good_work"))
    expect(page.get_by_role("heading", name="In depth: Good work")).to_be_visible()
    expect(page.locator(".needs-ward")).to_contain_text("Ramsey")
    expect(page.locator(".ward-map").first).to_have_attribute("data-selected", "E05011268")
    name = page.locator(".matrix").get_by_role("button", name="Yaxley")
    name.focus()
    name.press("Enter")
    expect(page.locator(".needs-ward")).to_contain_text("Yaxley")
    expect(name).to_be_focused()


def test_working_headings_are_marked_on_a_phone(visit):
    page = open_areas(visit, "?area=E10000008", viewport=PHONE)
    expect(page.locator(".matrix thead button")).to_have_count(7)
    for heading in page.locator(".matrix thead button").all_inner_texts():
        assert heading.endswith("(working heading)")
    expect(page.get_by_text("Working headings, not published by a council")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
