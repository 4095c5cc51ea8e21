"""Wards where and All indicators in a real browser: by keyboard, by click, by link."""

import re
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE
from playwright.sync_api import Page, expect

NORTH = "E05011266"


def open_drawn(visit, path: str, **options) -> Page:
    page = visit(path, **options).page
    expect(page.locator(".heat").first).to_have_attribute(
        "data-painted", re.compile(r"\d+"), timeout=60_000
    )
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached()
    return page


def title(page: Page):
    return page.get_by_role("heading", level=1)


def choose_by_keyboard(page: Page, label: str, words: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).focus()
    page.keyboard.type(words)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")


def cell(page: Page, ward: str, column: int):
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=ward))
    return row.get_by_role("gridcell").nth(column)


def focused(page: Page) -> str:
    """What a screen reader would call the element with the focus, inside the table too."""
    return page.evaluate(
        """() => {
            let element = document.activeElement;
            while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
            return element.getAttribute("aria-label") || element.textContent;
        }"""
    )


def test_a_condition_is_built_with_the_keyboard_and_the_link_reopens_it(visit):
    page = visit("/wards-where?area=E07000011&if=none").page
    expect(title(page)).to_contain_text("Add a condition", timeout=60_000)
    page.get_by_role("button", name="Add a condition").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("if=imd_score.worst_fifth.england"))
    choose_by_keyboard(page, "Condition 1: indicator", "flats")
    expect(page).to_have_url(re.compile(r"if=flats_percent\.highest_fifth\.england"))
    choose_by_keyboard(page, "Condition 1: test", "at least")
    number = page.get_by_role("spinbutton", name=re.compile("Condition 1: number"))
    number.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("15")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"if=flats_percent\.at_least\.15"))
    expect(title(page)).to_contain_text("of 26 wards")
    expect(page.locator(".needs-funnel tbody tr")).to_have_count(2)
    finding = title(page).inner_text()
    link = urlparse(page.url)._replace(scheme="", netloc="").geturl()
    again = open_drawn(visit, link)
    expect(title(again)).to_have_text(finding)
    expect(again.get_by_role("spinbutton")).to_have_value("15.0")
    expect(again.locator(".ward-map path[data-code]")).to_have_count(26)
    expect(again.get_by_role("grid")).to_have_accessible_name(re.compile("Huntingdonshire"))


def test_a_cell_of_the_rug_is_chosen_by_click_and_by_keyboard(visit):
    page = open_drawn(visit, "/all-indicators?area=E07000011&themes=income")
    children = cell(page, "Huntingdon North", 2)
    expect(children).to_have_accessible_name(re.compile(r"^39\.4 %, worse than England$"))
    children.click()
    details = page.locator(".needs-ward")
    expect(details).to_contain_text("Huntingdon North: Children in families on low incomes")
    expect(details).to_contain_text("95 % interval")
    expect(children).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile(f"ward={NORTH}.*child_income_deprivation_percent"))
    # The focus stays where it was, so the arrows go on from there.
    page.keyboard.press("ArrowRight")
    expect(page.locator(".heat .card")).to_contain_text("Older people")
    page.keyboard.press("Enter")
    expect(details).to_contain_text("Older people on low incomes")
    page.keyboard.press("Home")
    assert "Huntingdon North" in focused(page)
    page.keyboard.press("Control+End")
    page.keyboard.press("Escape")
    expect(page.locator(".heat .card.shown")).to_have_count(0)


def test_a_heading_sorts_and_says_how(visit):
    page = open_drawn(visit, "/all-indicators?area=E07000011&themes=income")
    heading = page.get_by_role("columnheader", name=re.compile("Household income"))
    expect(heading).to_have_attribute("aria-sort", "none")
    cell(page, "Huntingdon North", 4).focus()
    page.keyboard.press("Control+ArrowUp")
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(page).to_have_url(re.compile(r"sort=household_income_mean\.ascending"))
    figures = [
        int(re.sub(r"\D", "", text))
        for text in page.locator(".heat tbody tr td:nth-child(6)").all_inner_texts()
    ]
    assert figures == sorted(figures)
    assert len(figures) == 26


def test_on_a_phone_the_wards_stay_in_sight_and_nothing_is_wider(visit):
    page = open_drawn(visit, "/all-indicators?area=E10000008", viewport=PHONE)
    expect(page.locator(".heat tbody tr")).to_have_count(168)
    first = page.locator(".heat tbody th").first
    before = first.bounding_box()["x"]
    page.locator(".heat .scroll").evaluate("frame => (frame.scrollLeft = 400)")
    assert abs(first.bounding_box()["x"] - before) < 2
    for path in ("/all-indicators", "/wards-where"):
        page = open_drawn(visit, path, viewport=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/all-indicators", "/wards-where"])
def test_neither_page_has_an_accessibility_fault(visit, path, scheme):
    page = open_drawn(visit, path, color_scheme=scheme)
    page.locator(".heat tbody td").first.hover()
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []
