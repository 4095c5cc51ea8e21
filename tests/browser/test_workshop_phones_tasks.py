"""Five phones in a workshop, in a real browser: voting at once, dropped connections, no script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE
from playwright.sync_api import expect

from data.store.engine import close_store, open_store
from data.store.workshop_results import load_results
from data.store.workshops import Plan, Question, close_voting, open_workshop, reopen_voting

HERE = "E07000011"
SMALL_PHONE = {"width": 320, "height": 568}
HEADINGS = {"strong_communities": "Strong communities", "good_work": "Good work"}


@pytest.fixture(scope="module")
def room(start_server, tmp_path_factory):
    """The dashboard on a database of its own."""
    url = f"sqlite:///{tmp_path_factory.mktemp('room') / 'room.sqlite3'}"
    return url, start_server(environment={"DATABASE_URL": url})


@pytest.fixture
def workshop(room):
    questions = [Question(words, key) for key, words in HEADINGS.items()]
    engine = open_store(room[0])
    yield engine, open_workshop(engine, Plan(HERE, "Where first?", questions), "lead")
    close_store()


def enter(visit, room, workshop, ward="Huntingdon North", by_code=False, drops=False, **options):
    """Open the workshop on a phone and join; `drops`: its connection will be cut."""
    seen = visit(None, host=room[1], **{"viewport": PHONE, **options})
    seen.expect_problems = drops
    page = seen.page
    page.goto(room[1].url + ("/join" if by_code else f"/w/{workshop.token}"))
    if by_code:
        page.get_by_label("Code on the screen").fill(workshop.code.lower())
        page.get_by_role("button", name="Join").click()
    page.get_by_label("Your ward").select_option(label=ward)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="Give your 5 dots")).to_be_visible()
    page.wait_for_load_state("load")
    return page


def more(page, heading):
    """The button that adds a dot."""
    item = page.get_by_role("listitem").filter(has_text=heading)
    return item.get_by_role("button", name="One dot more")


def ask_for_news(page):
    """Look at the page again; the server takes a workshop for unchanged for a second."""
    page.wait_for_timeout(1_100)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_five_phones_vote_at_once_and_every_dot_counts(visit, room, workshop):
    engine, workshop = workshop
    wards = ["Huntingdon North", "Huntingdon North", "Ramsey", "Yaxley", "I would rather not say"]
    phones = [
        enter(visit, room, workshop, ward, by_code=number % 2 == 0,
              **({"java_script_enabled": False} if number == 4 else {}))
        for number, ward in enumerate(wards)
    ]  # fmt: skip
    for heading in ("Strong communities", "Good work", "Good work"):
        for page in phones:
            more(page, heading).click()
    for page in phones:
        expect(page.locator("#said")).to_have_text(re.compile("saved", re.I))
        expect(page.locator("#left")).to_have_text("2 of 5 dots left.")
    results = load_results(engine, workshop)
    assert results.by_question["points"].tolist() == [5, 10]
    assert results.joined == results.voted == 5
    assert sorted(results.wards["joined"]) == [1, 1, 1, 2]
    need = phones[0].get_by_role("listitem").filter(has_text="Good work")
    expect(need).to_contain_text(re.compile(r"[▲●▼] .* of England.* of 26 in Huntingdonshire"))


def test_what_a_dropped_connection_held_back_is_sent_later_and_once(visit, room, workshop):
    engine, workshop = workshop
    page = enter(visit, room, workshop, drops=True)
    context = page.context
    context.set_offline(True)
    more(page, "Good work").click()
    more(page, "Good work").click()
    page.get_by_label("Comment").fill("Written in the cellar")
    page.get_by_role("button", name="Send comment").click()
    expect(page.locator("#said")).to_have_text(re.compile("Not sent yet"))
    assert load_results(engine, workshop).voted == 0
    context.set_offline(False)
    expect(page.locator("#said")).to_have_text("Saved. 3 of 5 dots left.", timeout=15_000)
    results = load_results(engine, workshop)
    assert results.by_question["points"].tolist() == [0, 2]
    assert results.comments["words"].tolist() == ["Written in the cellar"]


def test_a_phone_that_was_switched_off_sends_when_it_is_back(visit, room, workshop):
    engine, workshop = workshop
    page = enter(visit, room, workshop, drops=True)
    context = page.context
    context.set_offline(True)
    more(page, "Strong communities").click()
    expect(page.locator("#said")).to_have_text(re.compile("Not sent yet"))
    # Closed, not navigated away from: a page kept for a moment would send by itself.
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{room[1].url}/w/{workshop.token}")
    expect(page.locator("#left")).to_have_text("4 of 5 dots left.")
    expect(page.locator("#said")).to_have_text(re.compile("Saved"))
    assert load_results(engine, workshop).by_question["points"].tolist() == [1, 0]


def test_the_limit_closing_and_keyboard(visit, room, workshop):
    engine, workshop = workshop
    page = enter(visit, room, workshop)
    button = more(page, "Good work")
    button.focus()
    for _ in range(5):
        page.keyboard.press("Enter")
    expect(page.locator("#left")).to_have_text("0 of 5 dots left.")
    expect(button).to_be_disabled()
    # Focus is not lost with the button that can be pressed no more.
    assert page.evaluate("document.activeElement.name") == "less"
    expect(page.locator("#said")).to_have_text("Saved. 0 of 5 dots left.")
    close_voting(engine, workshop.id, "lead")
    ask_for_news(page)
    expect(page.get_by_text("Voting is closed.")).to_be_visible()
    expect(page.get_by_role("button", name="One dot less").first).to_be_disabled()
    reopen_voting(engine, workshop.id, "lead")
    ask_for_news(page)
    expect(page.get_by_text("Voting is closed.")).to_be_hidden()
    assert load_results(engine, workshop).by_question["points"].tolist() == [0, 5]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_small_phone_shows_everything_with_room_for_thumbs(visit, room, workshop, look):
    _, workshop = workshop
    page = enter(visit, room, workshop, viewport=SMALL_PHONE, color_scheme=look)
    more(page, "Good work").click()
    expect(page.locator("#said")).to_have_text(re.compile("Saved"))
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]
    for control in page.locator("button, select, textarea, input:not([type=hidden])").all():
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
