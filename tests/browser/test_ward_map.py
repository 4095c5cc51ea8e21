"""The map in a real browser: drawing, choosing, zooming, walking with the keyboard."""

import re

from map_page import SIXTH, centre_of, choose_indicator, colour_of
from playwright.sync_api import expect

from analysis.palette import MAP_COLOURS

# Counts network answers for boundary files and marks the areas now drawn.
MARK_AREAS = "all => all.forEach((area) => { area.drawnBefore = true })"


def test_every_area_is_drawn_once_and_its_class_is_in_the_legend(show):
    page = show()
    codes = page.locator(".area[data-code]").evaluate_all("all => all.map(a => a.dataset.code)")
    assert sorted(codes) == [f"E05{n:06d}" for n in range(26)]
    entries = page.locator(".legend .entry").all()
    assert len(entries) == 8
    for entry in entries:
        key = entry.locator("rect").get_attribute("class").split("k-")[1]
        assert int(entry.locator(".count").inner_text()) == page.locator(f".areas .k-{key}").count()


def test_missing_figures_have_patterns_not_colours(show):
    page = show()
    for number, key in ((3, "suppressed"), (7, "not_available")):
        area = page.locator(f'path[data-code="E05{number:06d}"]')
        assert f"k-{key}" in area.get_attribute("class")
        assert f"#p-{key}" in area.evaluate("area => getComputedStyle(area).fill")
    outline_only = page.locator('path[data-code="E05000011"]')
    assert outline_only.evaluate("area => getComputedStyle(area).fill") == "rgba(0, 0, 0, 0)"


def test_the_card_has_name_figure_rank_comparison_and_fit_as_text(show):
    page = show()
    page.mouse.move(*centre_of(page, "E05000023"))
    card = page.locator(".card.shown")
    expect(card).to_be_visible()
    text = card.inner_text()
    assert "Ward 24 & <b>Green</b>" in text
    assert "Eastshire" in text or "Westshire" in text
    assert re.search(r"^\d+\.\d$", text, re.MULTILINE)
    assert re.search(r"95 % interval \d+\.\d to \d+\.\d", text)
    assert re.search(r"\d+(st|nd|rd|th) of 24", text)
    assert re.search(r"[▲▼●] (worse than|better than|similar to) England \(20\.0\)", text)
    assert "Carried from LSOAs to wards by best fit (fit quality 96 of 100)" in text
    assert card.locator(".name b").count() == 0
    page.mouse.move(*centre_of(page, "E05000003"))
    expect(card).to_contain_text("No figure")
    expect(card).to_contain_text("Suppressed: fewer than 5 people")


def test_the_card_stays_inside_the_frame_and_goes_away(show):
    page = show(viewport={"width": 390, "height": 844})
    frame = page.locator(".frame").bounding_box()
    for number in range(0, 26, 3):
        page.mouse.move(*centre_of(page, f"E05{number:06d}"))
        card = page.locator(".card.shown").bounding_box()
        assert card["x"] >= frame["x"]
        assert card["y"] >= frame["y"]
        assert card["x"] + card["width"] <= frame["x"] + frame["width"]
        assert card["y"] + card["height"] <= frame["y"] + frame["height"]
    page.mouse.move(5, 5)
    expect(page.locator(".card.shown")).to_have_count(0)


def test_a_click_tells_python_once(show):
    page = show()
    page.mouse.click(*centre_of(page, "E05000010"))
    expect(page.get_by_text("Chosen: E05000010")).to_be_visible()
    expect(page.locator(".ward-map")).to_have_attribute("data-selected", "E05000010")
    page.wait_for_timeout(500)
    expect(page.get_by_text("Calls: 1", exact=True)).to_be_visible()


def test_a_choice_made_in_python_moves_the_ring(show):
    page = show()
    page.mouse.click(*centre_of(page, "E05000010"))
    expect(page.get_by_text("Chosen: E05000010")).to_be_visible()
    page.get_by_role("button", name="Choose the sixth ward").click()
    expect(page.locator(".ward-map")).to_have_attribute("data-selected", SIXTH)
    ring = page.locator("path.mark.chosen").get_attribute("d")
    assert ring == page.locator(f'path[data-code="{SIXTH}"]').get_attribute("d")
    assert colour_of(page, "path.mark.chosen", "stroke") == MAP_COLOURS["light"]["selected"]
    page.mouse.click(*centre_of(page, "E05000012"))
    expect(page.get_by_text("Chosen: E05000012")).to_be_visible()
    expect(page.get_by_text("Calls: 2", exact=True)).to_be_visible()


def test_quick_choices_end_at_the_last_one(show):
    page = show()
    places = [centre_of(page, f"E05{number:06d}") for number in (1, 5, 9, 13, 17)]
    for place in places:
        page.mouse.click(*place)
    expect(page.get_by_text("Chosen: E05000017")).to_be_visible()
    expect(page.locator(".ward-map")).to_have_attribute("data-selected", "E05000017")
    page.wait_for_timeout(500)
    expect(page.locator(".ward-map")).to_have_attribute("data-selected", "E05000017")


def test_another_indicator_repaints_without_fetching_or_rebuilding(show):
    page = show()
    page.locator(".area[data-code]").evaluate_all(MARK_AREAS)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    looks = "all => all.map((area) => area.getAttribute('class'))"
    before = page.locator(".area[data-code]").evaluate_all(looks)
    choose_indicator(page, "Median house price")
    expect(page.locator(".legend-title")).to_contain_text("Median house price (£), 2025")
    assert page.locator(".area[data-code]").evaluate_all(looks) != before
    kept = "all => all.length === 26 && all.every((area) => area.drawnBefore)"
    assert page.locator(".area[data-code]").evaluate_all(kept)
    assert [url for url in fetched if "boundaries" in url] == []
    page.mouse.move(*centre_of(page, "E05000020"))
    assert re.search(r"£\d{3},\d{3}", page.locator(".card.shown .figure").inner_text())


def test_zoom_is_kept_when_the_indicator_changes(show):
    page = show()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    root = page.locator(".ward-map")
    expect(root).to_have_attribute("data-zoom", "2.56")
    choose_indicator(page, "People in fuel poverty")
    expect(root).to_have_attribute("data-zoom", "2.56")
    page.get_by_role("button", name="Show the whole map").click()
    expect(root).to_have_attribute("data-zoom", "1.00")


def test_the_wheel_scrolls_the_page_until_the_map_is_in_use(show):
    page = show()
    root = page.locator(".ward-map")
    place = centre_of(page, "E05000010")
    page.mouse.move(*place)
    page.mouse.wheel(0, -300)
    expect(root).to_have_attribute("data-zoom", "1.00")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(root).not_to_have_attribute("data-zoom", "1.00")


def test_dragging_pans_and_is_not_a_choice(show):
    page = show()
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".ward-map")).to_have_attribute("data-zoom", "1.60")
    before = page.locator(".world").get_attribute("transform")
    x, y = centre_of(page, "E05000010")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=4)
    page.mouse.up()
    assert page.locator(".world").get_attribute("transform") != before
    expect(page.get_by_text("Calls: 0", exact=True)).to_be_visible()


def test_a_keyboard_walk_announces_moves_and_chooses(show):
    page = show()
    page.locator(".stage").focus()
    live = page.locator("[aria-live]")
    page.keyboard.press("Home")
    first = re.compile(
        r"^Ward \d+ & <b>Green</b>, \w+shire, \d+\.\d, 1st of 24, worse than England$"
    )
    expect(live).to_have_text(first)
    page.keyboard.press("PageDown")
    expect(live).to_contain_text("2nd of 24")
    page.keyboard.press("End")
    expect(live).to_contain_text("no figure")
    page.keyboard.press("Home")
    heard = {live.inner_text()}
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        heard.add(live.inner_text())
    assert len(heard) >= 3
    expect(page.locator(".card.shown")).to_be_visible()
    assert page.locator("path.mark.focus").get_attribute("d")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Calls: 1", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".card.shown")).to_have_count(0)
    page.keyboard.press("+")
    expect(page.locator(".ward-map")).to_have_attribute("data-zoom", "1.60")
    page.keyboard.press("0")
    expect(page.locator(".ward-map")).to_have_attribute("data-zoom", "1.00")


def test_every_area_can_be_reached_with_the_keyboard(show):
    page = show()
    page.locator(".stage").focus()
    page.keyboard.press("Home")
    heard = set()
    for _ in range(26):
        heard.add(page.locator("[aria-live]").inner_text().split(" & ")[0])
        page.keyboard.press("PageDown")
    assert heard == {f"Ward {number}" for number in range(1, 27)}


def test_the_map_is_one_stop_for_the_tab_key(show):
    page = show()
    page.locator(".stage").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zoom in")).to_be_focused()


def test_a_legend_entry_lights_its_areas(show):
    page = show()
    entry = page.locator(".entry", has_text="no data")
    entry.hover()
    assert page.locator(".areas .dim").count() == 25
    page.mouse.move(5, 5)
    assert page.locator(".areas .dim").count() == 0
    entry.click()
    page.mouse.move(5, 5)
    assert page.locator(".areas .dim").count() == 25
    expect(entry).to_have_attribute("aria-pressed", "true")


def test_the_significance_scale_has_signs_and_words(show):
    page = show()
    choose_indicator(page, "Compared with England")
    labels = page.locator(".entry .label")
    expect(labels.nth(0)).to_have_text("▼ better than England")
    expect(labels.nth(1)).to_have_text("● similar to England")
    expect(labels.nth(2)).to_have_text("▲ worse than England")
