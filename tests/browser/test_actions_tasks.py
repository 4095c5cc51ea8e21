"""A panel member in a real browser: brings a plan, sees what needs a look, opens a chart."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE, wait_until_still
from playwright.sync_api import Page, expect

from pages.shared.plan_file import make_plan_file

FINDING = "2 of 14 actions are off track"


def bring(visit, **options) -> Page:
    page = visit("/actions", **options).page
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("8 actions, none with a status", timeout=60_000)
    page.get_by_text("Use your own action plan").click()
    content = make_plan_file("example", "xlsx", "E07000011")
    page.locator("input[type=file]").last.set_input_files(
        {"name": "plan.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    expect(heading).to_have_text(FINDING, timeout=60_000)
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached()
    return page


def test_a_panel_member_finds_what_needs_a_look_opens_its_chart_and_filters(visit):
    page = bring(visit)
    expect(page.get_by_role("note").first).to_contain_text("EXAMPLE – not a council’s plan")
    first = page.locator(".needs-one").first
    expect(first).to_contain_text("Off track; stated and computed status differ")
    expect(first).to_contain_text("by the rule: ✓ On track")
    page.get_by_role("button", name="Impact of EX13").click()
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("association, not proof of effect").first).to_be_visible()
    expect(page).to_have_url(re.compile("action=EX13"))
    page.get_by_role("button", name="Close").first.click()
    expect(page).not_to_have_url(re.compile("action=EX13"))
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    roles = page.get_by_role("combobox", name=re.compile("Owner role"))
    roles.scroll_into_view_if_needed()
    wait_until_still(page)
    roles.click()
    page.get_by_role("option", name="Housing lead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("None of 2 actions are off track")
    expect(page).to_have_url(re.compile("owner=Housing"))
    expect(page.get_by_text("2 of 14 actions chosen")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_action_page_has_no_barriers_that_can_be_found(visit, scheme):
    page = visit("/actions?plan=example&action=EX1", color_scheme=scheme).page
    expect(page.get_by_role("heading", level=1)).to_have_text(FINDING, timeout=60_000)
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=60_000)
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []


def test_the_plan_is_not_cut_off_on_a_phone(visit):
    page = visit("/actions?plan=example", viewport=PHONE).page
    expect(page.get_by_role("heading", level=1)).to_have_text(FINDING, timeout=60_000)
    expect(page.locator(".needs-impacts").first).to_be_visible(timeout=60_000)
    wide = page.evaluate(
        "[...document.querySelectorAll('.needs-impacts, .needs-one, .needs-counts')]"
        ".map(e => e.getBoundingClientRect().right).filter(right => right > innerWidth)"
    )
    assert wide == []
