"""The Ward profile in a real browser: another comparison, a row's way out, keyboard, paper."""

import re

import pytest
from conftest import PHONE
from playwright.sync_api import Page, expect
from test_tasks import choose, title

NORTH = "E05011266"
# A town ward, a rural ward, a London ward against its similar wards, the longest name.
PRINTED = (
    f"ward={NORTH}",
    "ward=E05014809",
    "ward=E05009334&against=similar",
    "ward=E05005484&against=region",
)


def open_profile(visit, query: str, **options) -> Page:
    page = visit(f"/ward-profile?{query}", **options).page
    expect(page.locator(".needs-spine tr[id]").first).to_be_attached(timeout=60_000)
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached()
    return page


def count_pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_another_comparison_changes_every_row_and_the_address(visit):
    page = open_profile(visit, f"ward={NORTH}")
    expect(title(page)).to_have_text("Huntingdon North has the highest need in Huntingdonshire")
    benchmark = page.locator("#row-imd_score td.n")
    before = benchmark.inner_text()
    choose(page, "Compare with", "15 similar")
    expect(page.locator(".needs-legend strong")).to_contain_text("15 similar wards")
    expect(benchmark).not_to_have_text(before)
    expect(page.locator("#row-owned_percent td.c")).to_have_text("not compared")
    expect(page).to_have_url(re.compile("against=similar"))


def test_what_stands_out_leads_to_its_row_and_the_row_to_the_map(visit):
    page = open_profile(visit, f"ward={NORTH}")
    link = page.locator(".needs-stand a").first
    row = page.locator(str(link.get_attribute("href")))
    expect(row).not_to_be_in_viewport()
    link.click()
    expect(row).to_be_in_viewport()
    name = row.locator("th a").inner_text()
    row.locator("th a").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ward-map").first).to_have_attribute(
        "data-selected", NORTH, timeout=60_000
    )
    expect(page.locator(".needs-subtitle").first).to_contain_text(name)


def test_the_keyboard_reaches_pickers_print_and_rows(visit):
    page = open_profile(visit, f"ward={NORTH}")
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes' }")
    page.get_by_role("combobox", name=re.compile("^Compare with")).first.focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Print or save as PDF":
            break
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    assert page.get_by_role("table", name=re.compile("All indicators")).count() == 1
    assert page.get_by_role("row").count() > 84


@pytest.mark.parametrize("query", PRINTED)
def test_the_profile_prints_on_two_sheets(visit, query):
    page = open_profile(visit, query, color_scheme="dark")
    # Letters of another font, or frames that are still empty, take other room.
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    pdf = page.pdf(prefer_css_page_size=True)
    assert count_pages(pdf) == 2


def test_nothing_is_wider_than_a_phone(visit):
    page = open_profile(visit, f"ward={NORTH}&against=england", viewport=PHONE)
    wide = "[...document.querySelectorAll('.stMain *')].filter(e => e.scrollWidth > 0 && "
    wide += (
        "e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className + e.textContent)"
    )
    assert page.evaluate(wide) == []
    expect(page.locator("#row-imd_score td.d .s")).to_be_visible()
