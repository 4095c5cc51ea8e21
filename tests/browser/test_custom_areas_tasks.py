"""Custom areas in a real browser: a triangle is drawn, and the same is done without a mouse."""

import re
from urllib.parse import urlparse

from playwright.sync_api import Page, expect

from scripts.barriers import find_barriers, ours


def title(page: Page):
    return page.get_by_role("heading", level=1)


def open_board(visit, path: str) -> Page:
    page = visit(path).page
    expect(page.locator(".draw-area")).to_have_attribute(
        "data-painted", re.compile(r"\d+"), timeout=60_000
    )
    return page


def test_a_triangle_is_drawn_moved_and_reopened_by_its_link(visit):
    page = open_board(visit, "/custom-areas?area=E07000011")
    page.get_by_role("button", name="Draw an area").click()
    box = page.locator(".draw-area svg").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for dx, dy in ((-60, 40), (60, 40), (0, -80)):
        page.mouse.click(middle[0] + dx, middle[1] + dy)
    expect(page.get_by_role("status").filter(has_text="3 corners so far")).to_be_visible()
    page.get_by_role("button", name="Finish").click()
    expect(title(page)).to_contain_text(re.compile(r"[\d,]+ people"), timeout=60_000)
    expect(page).to_have_url(re.compile("line="), timeout=60_000)
    expect(page.get_by_text("of the people inside your line are counted").first).to_be_visible(
        timeout=60_000
    )
    expect(page.locator(".needs-spine")).to_be_visible(timeout=60_000)
    finding, before = title(page).inner_text(), page.url
    corner = page.get_by_role("button", name=re.compile("Corner 3"))
    corner.focus()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    expect(page).not_to_have_url(before, timeout=60_000)
    link = urlparse(before)._replace(scheme="", netloc="").geturl()
    again = open_board(visit, link)
    expect(title(again)).to_have_text(finding, timeout=60_000)


def test_an_area_is_picked_and_profiled_with_the_keyboard_alone(visit):
    page = visit("/custom-areas?area=E07000011&way=pick").page
    wards = page.get_by_role("combobox", name=re.compile("^Wards|Wards$"))
    expect(wards).to_be_visible(timeout=60_000)
    wards.focus()
    page.keyboard.type("Ramsey")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("wards=E05"), timeout=60_000)
    page.keyboard.press("Escape")
    expect(title(page)).to_contain_text("Ramsey", timeout=60_000)
    expect(page.locator(".needs-spine")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("link", name=re.compile("Compare, as a group"))).to_be_visible()
    assert ours(find_barriers(page)) == []
