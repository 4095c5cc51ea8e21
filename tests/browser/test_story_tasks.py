"""Story in a real browser: built, presented with keys, notes in step, saved and opened by link."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DESKTOP, PHONE
from playwright.sync_api import Page, expect

KEY = "three words apart"
PROJECTOR = {"width": 1920, "height": 1080}
AREA = "E07000011"
FULL = '.deck[data-mode="present"] .slide.current'
# Letters of a slide as a projector shows them, smallest first.
LETTERS = """() => {
  const slide = document.querySelector('.slide.current') ?? [...document.querySelectorAll('*')]
    .map((e) => e.shadowRoot?.querySelector('.slide.current')).find(Boolean);
  const size = (e) => parseFloat(getComputedStyle(e).fontSize);
  const sizes = (what) => [...slide.querySelectorAll(what)].map(size);
  const drawn = [...slide.querySelectorAll('svg text')].map((e) => {
    const matrix = e.getScreenCTM();
    return size(e) * Math.hypot(matrix.a, matrix.b);
  });
  return { title: sizes('.title'), body: sizes('.subtitle, li, dd, dt'), drawn };
}"""

COUNT_MESSAGES = """() => {
  window.sent = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...message) {
    window.sent++;
    return send.apply(this, message);
  };
}"""


@pytest.fixture(autouse=True)
def patient():
    """The editor's lists and buttons are fetched when the presentation ends."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def lead_host(start_server):
    """The dashboard with a key for leads."""
    return start_server(environment={"LEAD_KEY": KEY})


def present(visit, query: str = "", **options) -> Page:
    seen = visit(None, **{"viewport": PROJECTOR, **options})
    seen.page.goto(f"{seen.url}/story?area={AREA}&present=1{query}")
    expect(seen.page.locator(".slide.current")).to_be_visible(timeout=90_000)
    return seen.page


def place(page: Page) -> str:
    return page.locator(".deck .place").inner_text()


def test_keys_and_clicker_change_slides_without_the_server(visit):
    page = present(visit)
    page.wait_for_load_state("networkidle")
    page.evaluate(COUNT_MESSAGES)
    seen = [place(page)]
    for key in ("ArrowRight", "PageDown", " ", "PageUp", "ArrowLeft", "End", "PageDown", "Home"):
        page.keyboard.press(key)
        seen.append(place(page))
    numbers = [int(text.split(" ")[0]) for text in seen]
    assert numbers == [1, 2, 3, 4, 3, 2, 9, 9, 1]
    assert page.evaluate("window.sent") == 0
    page.keyboard.press("End")
    assert parse_qs(urlparse(page.url).query)["slide"] == ["9"]
    said = page.locator('.deck [aria-live="polite"]')
    expect(said).to_contain_text("Slide 9 of 9: What do the figures miss?")
    page.keyboard.press("b")
    expect(page.locator(".slide.current")).not_to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".slide.current")).to_be_visible()


def test_the_link_opens_its_slide_and_escape_leaves_to_it(visit):
    page = present(visit, "&slide=4")
    expect(page.locator(".slide.current .title")).to_contain_text("Huntingdon North")
    expect(page.locator('[data-testid="stHeader"]')).not_to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(
        page.get_by_role("heading", name=re.compile("A story of Huntingdonshire"))
    ).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("^5. St Neots East"))).to_be_checked()
    assert "present" not in page.url


def test_letters_can_be_read_from_the_back_of_the_room(visit):
    page = present(visit)
    for _ in range(9):
        found = page.evaluate(LETTERS)
        assert min(found["title"]) >= 40
        assert min(found["body"]) >= 28
        assert not found["drawn"] or min(found["drawn"]) >= 26
        page.keyboard.press("ArrowRight")


def test_no_slide_is_cut_off(visit):
    page = present(visit, viewport=DESKTOP)
    for _ in range(9):
        over = page.locator(".slide.current").evaluate(
            "s => s.querySelector('.face').scrollHeight - s.clientHeight"
        )
        assert over <= 1
        page.keyboard.press("ArrowRight")


def test_the_notes_window_stays_in_step_and_drives_the_slides(visit):
    page = present(visit)
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    notes = opened.value
    expect(notes.locator(".notes .state")).to_have_text("In step with the slides.", timeout=60_000)
    expect(notes.locator(".notes .place")).to_have_text("Slide 1 of 9")
    expect(notes.locator(".time")).to_contain_text("of 18 min")
    page.keyboard.press("PageDown")
    expect(notes.locator(".notes .place")).to_have_text("Slide 2 of 9")
    expect(notes.locator(".box").nth(1).locator(".title")).to_contain_text("highest need in 4 of 5")
    notes.keyboard.press("ArrowRight")
    expect(page.locator(".deck .place")).to_have_text("3 / 9")
    expect(notes.locator(".words")).to_contain_text("Strong communities")
    notes.close()


def test_a_story_that_is_not_saved_reaches_the_notes_window(visit):
    seen = visit(f"/story?area={AREA}")
    page = seen.page
    title = page.get_by_role("textbox", name="Title on the slide")
    title.fill("Our <b>own</b> words")
    title.press("Enter")
    expect(page.get_by_role("radio", name="1. Our <b>own</b> words")).to_be_attached()
    page.get_by_role("button", name="Present the slides").click()
    expect(page.locator(f"{FULL} .title")).to_have_text("Our <b>own</b> words")
    with page.expect_popup() as opened:
        page.get_by_role("button", name=re.compile("notes in a second window")).click()
    expect(opened.value.locator(".box .title").first).to_have_text(
        "Our <b>own</b> words", timeout=60_000
    )


def test_a_lead_builds_reorders_saves_and_others_open_the_link(visit, lead_host):
    page = visit(f"/story?area={AREA}", host=lead_host).page
    page.get_by_label("Lead's key").fill(KEY)
    page.get_by_role("button", name="Continue as lead").click()
    expect(page.get_by_role("button", name="Save as a new story")).to_be_enabled()
    page.get_by_text(re.compile("^9. What do the figures miss")).click()
    up = page.get_by_role("button", name="Move up")
    expect(up).to_be_enabled()
    up.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name=re.compile("^8. What do the figures"))).to_be_checked()
    title = page.get_by_role("textbox", name="Title on the slide")
    title.fill("What did we miss?")
    title.press("Enter")
    expect(page.get_by_role("radio", name="8. What did we miss?")).to_be_attached()
    page.get_by_role("button", name="Save as a new story").click()
    expect(page).to_have_url(re.compile("deck="))
    link = urlparse(page.url)._replace(scheme="", netloc="").geturl()
    other = visit(link, host=lead_host).page
    expect(other.get_by_role("radio", name="8. What did we miss?")).to_be_attached()
    expect(other.get_by_text("A saved story, version 1")).to_be_visible()
    expect(other.get_by_role("button", name="Save as version 2")).to_have_count(0)
    other.get_by_role("button", name="Present the slides").click()
    other.locator(FULL).wait_for()
    other.keyboard.press("End")
    other.keyboard.press("ArrowLeft")
    expect(other.locator(f"{FULL} .title")).to_have_text("What did we miss?")


def test_views_of_two_pages_become_a_story(visit):
    page = visit(f"/ward-map?area={AREA}&indicator=crime_score").page
    add = page.get_by_role("button", name="Add this view to the story")
    add.click(timeout=60_000)
    expect(page.get_by_text(re.compile("^Added as slide 1"))).to_be_visible()
    page.get_by_role("link", name="Story (1)").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 slide, 2 minutes")
    expect(page.get_by_role("radio", name=re.compile("^1. Crime"))).to_be_checked()


def test_paper_has_one_slide_a_page(visit, tmp_path):
    from pypdf import PdfReader

    page = present(visit)
    page.pdf(path=tmp_path / "story.pdf", prefer_css_page_size=True)
    pages = PdfReader(tmp_path / "story.pdf").pages
    assert len(pages) == 9
    assert "What do the figures miss?" in pages[8].extract_text()
    assert pages[0].mediabox.width > pages[0].mediabox.height


def test_who_asks_for_less_motion_gets_none(visit):
    page = present(visit, reduced_motion="reduce")
    slide = page.locator(".slide.current")
    assert slide.evaluate("e => getComputedStyle(e).animationName") == "none"


def test_on_a_phone_nothing_is_wider_than_the_screen(visit):
    page = present(visit, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    edit = visit(f"/story?area={AREA}", viewport=PHONE).page
    expect(edit.get_by_role("button", name="Present the slides")).to_be_visible()
    assert edit.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["", "&present=1&slide=3", "&present=1&slide=2"])
def test_no_accessibility_fault(visit, scheme, query):
    page = visit(None, color_scheme=scheme, reduced_motion="reduce")
    page.page.goto(f"{page.url}/story?area={AREA}{query}")
    expect(page.page.locator(".slide.current")).to_be_visible(timeout=90_000)
    found = Axe().run(page.page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []
