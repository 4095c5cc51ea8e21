"""Your data in a real browser: one visitor brings a file, another never meets it."""

import re
from urllib.parse import urlparse

import pytest
from conftest import DESKTOP, PHONE
from playwright.sync_api import Page, expect

from data.own.places import wards_inside
from scripts.barriers import find_barriers, ours

AREA = "E07000011"
PATH = f"/your-data?area={AREA}"
NAME, SOURCE, MARK = "Parcels of the quiet hub", "Returns of the quiet hub", 7919
SLOW = 120_000


def write_file() -> bytes:
    """Counts of every ward; one of them is a number that stands nowhere else."""
    lines = ["Ward code,2023,2024"]
    for place, code in enumerate(wards_inside(AREA).index):
        lines.append(f"{code},{20 + place if place != 2 else 3},{30 + place if place else MARK}")
    return "\n".join(lines).encode()


def listen(visit) -> list[bytes]:
    """All that the server sends a visitor over its line, from now on."""
    heard: list[bytes] = []

    def keep(data) -> None:
        heard.append(data if isinstance(data, bytes) else str(data).encode())

    visit.page.on("websocket", lambda line: line.on("framereceived", keep))
    return heard


def fill(page: Page, label: str, text: str) -> None:
    box = page.get_by_role("textbox", name=re.compile(f"^{label}"))
    box.fill(text)
    box.press("Tab")
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached()


def bring(page: Page) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "hub.csv", "mimeType": "text/csv", "buffer": write_file()}
    )
    expect(page.get_by_role("heading", name="6. Add it")).to_be_visible(timeout=SLOW)
    fill(page, "Name of the figure", NAME)
    fill(page, "Where it comes from", SOURCE)
    add = page.get_by_role("button", name="Add to this visit")
    expect(add).to_be_enabled(timeout=SLOW)
    add.click()
    expect(page.get_by_role("heading", name="Your figure on the map")).to_be_visible(timeout=SLOW)


def test_what_one_visitor_brings_no_other_meets(visit):
    first = visit(None)
    heard_by_first = listen(first)
    page = first.go(PATH)
    bring(page)
    page.get_by_role("link", name="Ward map").last.click()
    expect(page).to_have_url(re.compile("/ward-map.*indicator=own_"), timeout=SLOW)
    expect(page.get_by_text(SOURCE).first).to_be_visible(timeout=SLOW)
    assert any(NAME.encode() in frame for frame in heard_by_first)
    link = urlparse(page.url)._replace(scheme="", netloc="").geturl()

    second = visit(None)
    heard = listen(second)
    other = second.go(link)
    expect(other.get_by_text("not yours to see")).to_be_visible(timeout=SLOW)
    indicators = other.get_by_role("combobox", name=re.compile("Indicator"))
    indicators.click()
    indicators.fill("Parcels")
    other.wait_for_timeout(1_000)
    expect(other.get_by_role("option", name=re.compile(NAME))).to_have_count(0)
    listed = other.request.get(f"{second.url}/api/v1/catalogue").text()
    sent = [other.content().encode(), listed.encode(), *heard]
    assert heard
    assert not [w for w in (NAME, SOURCE, str(MARK)) for text in sent if w.encode() in text]
    # And the first still has it.
    expect(page.get_by_text(SOURCE).first).to_be_visible()


@pytest.mark.parametrize(("scheme", "window"), [("light", PHONE), ("dark", DESKTOP)])
def test_the_steps_have_no_accessibility_fault_and_fit_a_phone(visit, scheme, window):
    page = visit(PATH, color_scheme=scheme, viewport=window).page
    page.get_by_role("button", name="Try it with the example").click()
    expect(page.get_by_role("heading", name="6. Add it")).to_be_visible(timeout=SLOW)
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert ours(find_barriers(page)) == []
