"""Two maps side by side, and hot spots, in a real browser."""

import re

from conftest import PHONE
from map_page import centre_of
from playwright.sync_api import Page, expect
from test_tasks import KIMBOLTON, wait_until_painted

TWO = "/ward-map?area=E07000011&maps=2&indicator2=disabled_percent"


def open_two(visit, path: str = TWO, **options) -> Page:
    page = visit(path, **options).page
    wait_until_painted(page)
    painted = re.compile(r"\d+")
    expect(maps(page)).to_have_count(2)
    expect(maps(page).nth(1)).to_have_attribute("data-painted", painted, timeout=60_000)
    return page


def maps(page: Page):
    return page.locator(".ward-map")


def expect_chosen(page: Page, code: str) -> None:
    for place in range(2):
        expect(maps(page).nth(place)).to_have_attribute("data-selected", code)
    expect(page.locator(".needs-ward h2")).to_have_count(2)


def test_a_click_on_one_map_rings_the_ward_on_both_and_opens_it_in_both_panels(visit):
    page = open_two(visit)
    page.mouse.click(*centre_of(page, KIMBOLTON))
    expect_chosen(page, KIMBOLTON)
    for place in range(2):
        expect(page.locator(".needs-ward h2").nth(place)).to_have_text("Kimbolton")
    expect(page).to_have_url(re.compile(f"ward={KIMBOLTON}.*indicator2=disabled_percent"))


def test_the_keyboard_on_the_second_map_points_and_chooses_on_the_first(visit):
    page = open_two(visit)
    second = maps(page).nth(1).locator("[role=application]")
    second.focus()
    page.keyboard.press("Home")
    pointed = maps(page).nth(0).locator("path.mark.hover")
    expect(pointed).to_have_attribute("d", re.compile("M"))
    page.keyboard.press("Enter")
    chosen = maps(page).nth(1).get_attribute("data-selected")
    assert chosen
    assert chosen.startswith("E05")
    expect_chosen(page, chosen)
    expect(page.locator(".needs-ward").nth(1)).to_contain_text("1st highest of 26 wards")


def test_on_a_phone_the_maps_stand_below_each_other(visit):
    page = open_two(visit, viewport=PHONE)
    first, second = (maps(page).nth(place).bounding_box() for place in range(2))
    assert second["y"] >= first["y"] + first["height"]
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0


def test_the_toggle_brings_the_second_map(visit):
    page = visit("/ward-map?area=E07000011").page
    wait_until_painted(page)
    expect(maps(page)).to_have_count(1)
    page.get_by_text("Two maps").click()
    expect(maps(page)).to_have_count(2)
    expect(page).to_have_url(re.compile("maps=2"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("highest fifth")


def test_hot_spots_have_words_signs_and_patterns(visit):
    page = visit("/ward-map?area=E10000008&indicator=flats_percent&classes=hot_spots").page
    wait_until_painted(page)
    legend = page.locator(".legend")
    for words in ("▲▲ High among high", "▼▼ Low among low", "▲▼ High among low",
                  "▼▲ Low among high", "– No clear pattern"):  # fmt: skip
        expect(legend).to_contain_text(words)
    area = page.locator(".areas .k-high_high").first
    assert "#p-high_high" in area.evaluate("area => getComputedStyle(area).fill")
    assert page.locator(".areas .k-high_high").count() == int(
        legend.locator(".entry", has_text="High among high").locator(".count").inner_text()
    )
    page.mouse.move(
        *centre_of(page, page.locator(".areas .k-low_low").first.get_attribute("data-code"))
    )
    expect(page.locator(".card.shown")).to_contain_text("▼▼ Low among low")
    page.get_by_text("How to read hot spots").click()
    expect(page.get_by_text("9,999 times")).to_be_visible()


def test_hot_spots_of_all_england_are_drawn_with_a_bar_while_they_are_found(visit):
    page = visit("/ward-map?area=E92000001&indicator=flats_percent&classes=hot_spots").page
    wait_until_painted(page)
    expect(page.locator(".legend")).to_contain_text("× No neighbours")
    expect(page.get_by_text("St Mary's, Isles of Scilly").first).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
