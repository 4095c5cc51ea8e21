"""The map in its settings: themes, paper, touch, many areas, boundaries that fail."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from map_page import SIXTH, centre_of, choose_indicator, colour_of
from playwright.sync_api import Page, expect

from analysis.palette import MAP_COLOURS


def test_the_theme_follows_the_page(show):
    page = show()
    assert colour_of(page, ".areas .k-class_5") == MAP_COLOURS["light"]["class_5"]
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".ward-map")).to_have_attribute("data-theme", "dark")
    assert colour_of(page, ".areas .k-class_5") == MAP_COLOURS["dark"]["class_5"]


def test_paper_is_light_and_shows_the_whole_map(show):
    page = show(color_scheme="dark")
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".ward-map")).to_have_attribute("data-zoom", "1.60")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".ward-map")).to_have_attribute("data-zoom", "1.00")
    assert colour_of(page, ".areas .k-class_5") == MAP_COLOURS["light"]["class_5"]
    expect(page.locator(".zoom")).to_be_hidden()
    expect(page.locator(".legend")).to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".ward-map")).to_have_attribute("data-zoom", "1.60")


def test_a_tap_chooses_and_shows_the_card(show):
    page = show(viewport={"width": 390, "height": 844}, has_touch=True)
    page.touchscreen.tap(*centre_of(page, "E05000023"))
    expect(page.get_by_text("Chosen: E05000023")).to_be_visible()
    expect(page.locator(".card.shown")).to_contain_text("Ward 24")


def test_two_fingers_zoom(show):
    page = show(viewport={"width": 390, "height": 844}, has_touch=True)
    x, y = centre_of(page, "E05000010")
    fingers = page.context.new_cdp_session(page)

    def touch(kind: str, gap: float) -> None:
        points = [{"x": x - gap, "y": y}, {"x": x + gap, "y": y}] if gap else []
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 20)
    for gap in (25, 32, 40):
        touch("touchMove", gap)
    touch("touchEnd", 0)
    expect(page.locator(".ward-map")).to_have_attribute("data-zoom", "2.00")
    expect(page.get_by_text("Calls: 0", exact=True)).to_be_visible()


def test_without_a_listener_the_map_keeps_its_own_choice(visit, map_host):
    seen = visit(None, host=map_host)
    page = seen.go("/?areas=26&free=1")
    expect(page.locator(".area[data-code]")).to_have_count(52)
    page.mouse.click(*centre_of(page, "E05000010"))
    expect(page.get_by_text("Left: E05000010, right: None")).to_be_visible()
    choose_in_free_page(page, "People in fuel poverty")
    expect(page.get_by_text("Left: E05000010, right: None")).to_be_visible()
    page.get_by_text("Sixth ward").click()
    expect(page.get_by_text(f"Left: {SIXTH}, right: None")).to_be_visible()
    page.mouse.click(*centre_of(page, "E05000012"))
    expect(page.get_by_text("Left: E05000012, right: None")).to_be_visible()
    page.get_by_role("tab", name="Right").click()
    page.locator(".ward-map:visible .stage").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"Left: E05000012, right: E05\d+"))).to_be_visible()


def choose_in_free_page(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Indicator").click()
    page.get_by_role("option", name=name).click()
    expect(page.locator(".legend-title").first).to_contain_text(name)


def test_a_tiny_area_gets_a_marker_when_chosen(show):
    page = show("?areas=6826")
    page.locator(".stage").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator("circle.chosen.shown")).to_be_visible()


def test_thousands_of_areas_are_drawn_on_canvas_and_work_the_same(show):
    page = show("?areas=6826")
    expect(page.locator("canvas.canvas")).to_be_visible()
    assert page.locator(".area[data-code]").count() == 0
    box = page.locator(".stage").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    colour = page.locator("canvas.canvas").evaluate(
        "(c) => [...c.getContext('2d').getImageData(c.width / 2, c.height / 2, 1, 1).data]"
    )
    assert colour[3] == 255
    page.mouse.click(x, y)
    expect(page.get_by_text(re.compile(r"Chosen: E05\d{6}"))).to_be_visible()
    expect(page.locator(".card.shown")).to_contain_text(" of 6,824")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[aria-live]")).to_contain_text(" of 6,824")
    choose_indicator(page, "Median house price")
    expect(page.locator(".legend-title")).to_contain_text("Median house price")


def test_boundaries_that_do_not_arrive_are_explained_and_can_be_tried_again(visit, map_host):
    seen = visit(None, host=map_host)
    seen.expect_problems = True
    page = seen.go("/?areas=26&broken=1")
    message = page.locator(".message")
    expect(message).to_contain_text("The map could not be drawn.")
    expect(message).to_contain_text("the table with this map holds them all")
    frame = page.locator(".frame").bounding_box()
    assert frame["height"] > 250
    boundaries = (host_file(page, "ward-26")).encode()
    page.route("**/missing.json", lambda route: route.fulfill(body=boundaries))
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".area[data-code]")).to_have_count(26)
    expect(message).to_be_hidden()


def host_file(page: Page, name: str) -> str:
    return page.evaluate(
        "(name) => fetch(`/app/static/boundaries/${name}.json`).then((a) => a.text())", name
    )


def test_boundaries_of_another_release_are_refused(visit, map_host):
    seen = visit(None, host=map_host)
    page = seen.page
    page.route(
        "**/ward-26.json",
        lambda route: route.fulfill(body=route.fetch().text().replace("E05000025", "E05000026")),
    )
    seen.go("/?areas=26")
    expect(page.locator(".message")).to_contain_text("different releases")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_has_no_accessibility_fault(show, scheme):
    page = show(color_scheme=scheme)
    page.mouse.move(*centre_of(page, "E05000010"))
    found = Axe().run(page, context={"include": [".stBidiComponent"]}).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []
