"""The ward map in a browser: drawing, pointing, choosing, keyboard, themes, errors."""

import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from map_boundaries import write_boundaries
from playwright.sync_api import Page, expect

from analysis.palette import MAP_COLOURS

HERE = Path(__file__).parent
SIXTH = "E05000005"
# Counts network answers for boundary files and marks the areas now drawn.
MARK_AREAS = "all => all.forEach((area) => { area.drawnBefore = true })"


@pytest.fixture(scope="module")
def host(start_server, tmp_path_factory):
    """A server with the map alone and made-up boundaries in its static folder."""
    folder = tmp_path_factory.mktemp("map")
    shutil.copy(HERE / "map_app.py", folder / "map_app.py")
    for areas in (26, 6826):
        write_boundaries(folder / "static" / "boundaries", areas)
    return start_server(folder / "map_app.py")


@pytest.fixture
def show(visit, host):
    """Open the map page and wait until the figures are painted."""

    def open_map(query: str = "?areas=26", **options) -> Page:
        seen = visit(None, host=host, **options)
        seen.go(f"/{query}")
        expect(seen.page.locator(".ward-map")).to_have_attribute(
            "data-painted", re.compile(r"\d+"), timeout=20_000
        )
        return seen.page

    return open_map


def centre_of(page: Page, code: str) -> tuple[float, float]:
    """Return where on the screen the area's centre is."""
    return tuple(
        page.locator(f'path[data-code="{code}"]').first.evaluate(
            """path => {
                const box = path.getBoundingClientRect();
                const root = path.getRootNode();
                for (let n = 0; n < 400; n++) {
                    const x = box.left + box.width * ((n * 0.618) % 1);
                    const y = box.top + (box.height * (n % 20 + 0.5)) / 20;
                    if (root.elementFromPoint(x, y) === path) return [x, y];
                }
                throw new Error("no point of the area is on screen");
            }"""
        )
    )


def colour_of(page: Page, selector: str, name: str = "fill") -> str:
    red_green_blue = page.locator(selector).first.evaluate(
        "(element, name) => getComputedStyle(element)[name]", name
    )
    parts = re.findall(r"\d+", red_green_blue)[:3]
    return "#" + "".join(f"{int(part):02X}" for part in parts)


def choose_indicator(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Indicator").click()
    page.get_by_role("option", name=name).click()
    expect(page.get_by_text(f"Shown: {name}")).to_be_visible()


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
    for number, key, pattern in ((3, "suppressed", "hatch"), (7, "not_available", "dots")):
        area = page.locator(f'path[data-code="E05{number:06d}"]')
        assert f"k-{key}" in area.get_attribute("class")
        assert f"#{pattern}" in area.evaluate("area => getComputedStyle(area).fill")
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


def test_without_a_listener_the_map_keeps_its_own_choice(visit, host):
    seen = visit(None, host=host)
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


def test_boundaries_that_do_not_arrive_are_explained_and_can_be_tried_again(visit, host):
    seen = visit(None, host=host)
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


def test_boundaries_of_another_release_are_refused(visit, host):
    seen = visit(None, host=host)
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
