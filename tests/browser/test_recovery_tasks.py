"""Covid impact and recovery in a real browser: the slider by keyboard, and its link."""

import re
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE
from playwright.sync_api import Page, expect

SAID = '[data-testid="stMarkdownContainer"] p'
PATH = "/covid-recovery?area=E07000042"


def open_whole(visit, path: str = PATH, **options) -> Page:
    page = visit(path, **options).page
    expect(page.get_by_role("heading", name="How old the figures are")).to_be_visible(
        timeout=90_000
    )
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached()
    return page


def test_the_months_are_gone_through_by_keyboard_and_the_link_reopens_them(visit):
    page = open_whole(visit)
    slider = page.get_by_role("slider", name=re.compile("Month"))
    slider.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("month=2019-03"))
    month = page.locator(SAID, has_text=re.compile(r"^March 2019: Mid Devon"))
    expect(month).to_be_visible()
    following = page.get_by_role("button", name="Next month")
    following.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("month=2019-04"))
    finding = page.get_by_role("heading", level=1).inner_text()
    link = urlparse(page.url)._replace(scheme="", netloc="").geturl()
    again = open_whole(visit, link)
    expect(again.get_by_role("heading", level=1)).to_have_text(finding)
    expect(again.locator(SAID, has_text=re.compile(r"^April 2019: Mid Devon"))).to_be_visible()


def test_nothing_plays_for_who_asks_for_less_motion(visit):
    page = open_whole(visit, reduced_motion="reduce")
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    expect(page.get_by_role("button", name="Next month")).to_be_visible()


def test_on_a_phone_nothing_is_wider_than_the_screen(visit):
    page = open_whole(visit, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_fault(visit, scheme):
    page = open_whole(visit, color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []
