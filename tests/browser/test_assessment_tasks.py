"""Covid impact assessment in a real browser: a file is brought, walked, and free of barriers."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE
from playwright.sync_api import Page, expect

FILE = b"""Id,Title,Area of impact,Kind,Impact,Likelihood,Confidence,Date of scoring,Version
E1,Shops,Economy,Damaging,3,3,High,30/06/2021,1
E1,Shops,Economy,Damaging,4,5,High,01/06/2022,2
S1,<img src=x onerror=alert(1)> **bold**,Environment,Positive,2,2,Low,30/06/2021,1
S2,Lonely,Economy,Damaging,9,2,Low,30/06/2021,1
"""


def bring(visit, **options) -> Page:
    page = visit("/impact-assessment", **options).page
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("8 impacts, none of them scored here", timeout=60_000)
    page.locator("input[type=file]").set_input_files(
        {"name": "scores.csv", "mimeType": "text/csv", "buffer": FILE}
    )
    expect(heading).to_have_text("1 of 1 damaging impact scores high; 1 rose", timeout=30_000)
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached()
    return page


def test_a_file_is_brought_walked_by_keyboard_and_gone_after_a_reload(visit):
    page = bring(visit)
    cells = page.locator(".needs-matrix td[tabindex]")
    expect(cells).to_have_count(2)
    cells.first.focus()
    expect(cells.first).to_be_focused()
    expect(cells.first).to_have_accessible_name(re.compile("score 20, high: E1 Shops, damaging"))
    page.keyboard.press("Tab")
    expect(cells.nth(1)).to_be_focused()
    expect(page.get_by_text("Impact: “9” is not on the scale")).to_be_visible()
    # What stands in a file is text: never markup, never a picture.
    expect(page.locator(".needs-impacts img, .needs-matrix img")).to_have_count(0)
    expect(page.get_by_text("<img src=x onerror=alert(1)> **bold**").first).to_be_visible()
    steps = page.get_by_alt_text("9 on 30 June 2021, then 20 on 1 June 2022")
    expect(steps).to_be_visible()
    assert "scores.csv" not in page.url
    assert "E1" not in page.url
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "8 impacts, none of them scored here", timeout=60_000
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_barriers_that_can_be_found(visit, scheme):
    page = bring(visit, color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []


def test_nothing_is_cut_off_on_a_phone(visit):
    page = bring(visit, viewport=PHONE)
    wide = page.evaluate(
        "[...document.querySelectorAll('.needs-matrix, .needs-impacts')]"
        ".map(e => e.getBoundingClientRect().right).filter(right => right > innerWidth)"
    )
    assert wide == []
