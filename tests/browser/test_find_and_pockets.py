"""Find my ward and hidden pockets in a real browser: keyboard, map, and nothing in the log."""

import re

import pytest
from conftest import PHONE
from playwright.sync_api import Page, expect
from test_tasks import open_painted, title, wait_until_painted

HUNTINGDON_NORTH, ST_NEOTS_EATONS, RAMSEY = "E05011266", "E05011273", "E05011268"
EDUCATION = "/hidden-pockets?area=E07000011&indicator=education_score"


def find(page: Page, words: str) -> None:
    box = page.get_by_role("textbox", name="Find a postcode, ward or place")
    box.focus()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("path", ["/?area=E07000042", "/ward-map?area=E07000042"])
def test_a_postcode_typed_leads_to_its_ward_and_is_nowhere_kept(visit, server, path):
    page = open_painted(visit, path)
    find(page, "pe29 3tn")
    expect(page.get_by_text("This postcode is in Huntingdon North")).to_be_visible()
    expect(page.locator(".ward-map").first).to_have_attribute("data-selected", HUNTINGDON_NORTH)
    expect(page).to_have_url(re.compile(f"area=E07000011.*ward={HUNTINGDON_NORTH}"))
    wait_until_painted(page)
    kept = server.read_log() + page.url + str(page.context.cookies())
    kept += page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert not re.search(r"pe29|3tn", kept, re.IGNORECASE)
    assert "request" in server.read_log()


def test_several_hits_are_chosen_with_the_keyboard_on_a_phone(visit):
    page = open_painted(visit, "/", viewport=PHONE)
    find(page, "Huntingdon")
    button = page.get_by_role("button", name="Huntingdon East, Huntingdonshire")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ward-map").first).to_have_attribute("data-selected", "E05011265")
    expect(page.get_by_role("textbox", name="Find a postcode, ward or place")).to_have_value("")
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0


def test_a_sentence_opens_the_map_inside_its_ward(visit):
    page = open_painted(visit, EDUCATION)
    expect(title(page)).to_have_text("2 of 26 wards hide a pocket of high need")
    # The first of the list is open: only its eight LSOAs can be chosen, the others are one shape.
    expect(page.get_by_role("heading", name="Inside St Neots Eatons", exact=True)).to_be_visible()
    inside = page.locator(".ward-map").first
    expect(inside.locator("path[data-code]")).to_have_count(8)
    expect(inside.locator("path.rest")).to_have_attribute("d", re.compile("^M"))
    # They fill the frame.
    frame, areas = inside.locator(".stage").bounding_box(), inside.locator(".areas").bounding_box()
    assert max(areas["height"] / frame["height"], areas["width"] / frame["width"]) > 0.7
    sentence = page.get_by_role("button", name=re.compile("^Ramsey as a whole"))
    sentence.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Inside Ramsey", exact=True)).to_be_visible()
    expect(inside.locator("path[data-code]")).to_have_count(6)
    expect(page).to_have_url(re.compile(f"ward={RAMSEY}"))
    inside.get_by_role("application").focus()
    page.keyboard.press("Home")
    expect(inside.locator(".card")).to_contain_text("Huntingdonshire 0")


def test_lists_show_the_selection_where_their_code_comes_late(visit):
    """The page runs twice at first; a slow browser draws the second run only."""
    seen = visit(None)
    seen.page.route(
        re.compile(r"Selectbox.*\.js"),
        lambda route: (seen.page.wait_for_timeout(2500), route.continue_()),
    )
    seen.go("/ward-map?area=E10000008&indicator=broadband_score")
    wait_until_painted(seen.page)
    for name, value in (("Place", "Devon (county)"), ("Indicator", "Slow broadband")):
        box = seen.page.get_by_role("combobox", name=re.compile(f"^{name}")).first
        expect(box).to_have_value(re.compile(re.escape(value)), timeout=30_000)
