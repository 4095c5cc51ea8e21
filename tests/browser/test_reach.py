"""For who asks for less motion or for forced colours, in a real browser."""

from keyboard import Keyboard
from map_page import colour_of
from playwright.sync_api import expect
from test_tasks import wait_until_painted

MOVING = """() => {
  const roots = [document];
  for (const root of roots) {
    for (const e of root.querySelectorAll('*')) if (e.shadowRoot) roots.push(e.shadowRoot);
  }
  return roots.flatMap((root) => [...root.querySelectorAll('*')]).filter((e) => {
    const s = getComputedStyle(e);
    const runs = (times) => times.split(',').some((time) => parseFloat(time) > 0);
    return (s.animationName !== 'none' && runs(s.animationDuration))
      || runs(s.transitionDuration);
  }).map((e) => e.outerHTML.slice(0, 120));
}"""
WARDS = ".ward-map path[data-code]"


def test_nothing_moves_for_who_asks_for_less_motion(visit, server):
    page = visit("/ward-map?area=E07000011", reduced_motion="reduce").page
    wait_until_painted(page)
    assert page.evaluate(MOVING) == []
    page.goto(f"{server.url}/join")
    assert page.evaluate(MOVING) == []


def test_in_forced_colours_what_is_chosen_and_each_class_can_be_told(visit):
    forced = {"forced_colors": "active", "color_scheme": "dark", "reduced_motion": "reduce"}
    page = visit("/ward-map?area=E07000011", **forced).page
    wait_until_painted(page)
    fills = page.locator(WARDS).evaluate_all("all => all.map(p => getComputedStyle(p).fill)")
    counts = page.locator(".legend .entry .count").all_inner_texts()
    assert len(set(fills)) == len([count for count in counts if count != "0"]) > 1
    track = page.get_by_role("switch", name="Two maps").locator("xpath=ancestor::label/div[1]")
    before = track.evaluate("t => [getComputedStyle(t).borderStyle, getComputedStyle(t).color]")
    assert before[0] == "solid"
    off = colour_of(page, ".stCheckbox label > div", "backgroundColor")
    keys = Keyboard(page)
    keys.skip_to_main()
    keys.tab_to("Two maps", "switch")
    page.keyboard.press("Space")
    expect(page.get_by_role("switch", name="Two maps")).to_be_checked()
    expect(page.locator(".ward-map")).to_have_count(2, timeout=30_000)
    assert colour_of(page, ".stCheckbox label > div", "backgroundColor") != off
    assert keys.faults == []


def test_in_forced_colours_the_bars_of_a_profile_and_a_chosen_view_are_drawn(visit):
    forced = {"forced_colors": "active", "color_scheme": "dark", "reduced_motion": "reduce"}
    page = visit("/ward-profile?area=E07000011", **forced).page
    bar = page.locator(".needs-bars .b > *").first
    expect(bar).to_be_attached(timeout=60_000)
    ground = colour_of(page, "body", "backgroundColor")
    assert colour_of(page, ".needs-bars .b > *", "backgroundColor") != ground
    page.goto(page.url.replace("/ward-profile", "/compare"))
    chosen = page.locator('.stButtonGroup [aria-checked="true"]').first
    other = page.locator('.stButtonGroup [aria-checked="false"]').first
    expect(chosen).to_be_visible(timeout=60_000)
    look = "e => getComputedStyle(e).backgroundColor"
    assert chosen.evaluate(look) != other.evaluate(look)
