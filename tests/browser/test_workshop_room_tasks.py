"""A room at work: one presenter at the projector, five phones that vote at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from scripts.serving import Server, Visit

KEY = "blue horse lamp stand"
PROJECTOR = {"width": 1920, "height": 1080}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
#: Dots of each phone on the five action areas of Huntingdonshire: 1, 1, 15, 3, 5 in all.
BALLOTS = ((0, 0, 4, 0, 1), (0, 0, 4, 0, 1), (0, 0, 4, 0, 1), (1, 1, 2, 0, 1), (0, 0, 1, 3, 1))
WARD = "Huntingdon North"
#: The phone that votes after voting was closed.
LATE = 1


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """One server, one database and six browsers share the machine with whatever else runs."""
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def room_server(tmp_path_factory) -> Iterator[Server]:
    store = tmp_path_factory.mktemp("room") / "store.sqlite3"
    with Server(environment={"LEAD_KEY": KEY, "DATABASE_URL": f"sqlite:///{store}"}) as server:
        yield server


def sign_in(page: Page) -> None:
    page.get_by_label("Lead's key").fill(KEY)
    page.get_by_role("button", name="Continue as lead").click()


def open_workshop(presenter: Visit) -> str:
    """Sign in, open a workshop on the action areas; returns the link for phones."""
    page = presenter.page
    sign_in(page)
    page.get_by_role("button", name="Open the workshop").click()
    link = page.locator("[data-testid=stCode]").first
    expect(link).to_contain_text("/w/")
    found = re.search(r"/w/[\w-]+", link.inner_text().replace("\n", ""))
    assert found
    return found.group()


def join(visit, server: Server, path: str, *, refused: bool = False) -> Page:
    """A phone opens the link and says its ward; `refused`: it will vote when it may not."""
    phone = visit(None, server, **PHONE)
    phone.expect_problems = refused
    page = phone.page
    page.goto(server.url + path)
    page.get_by_label("Your ward: where you live or work").select_option(label=WARD)
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_text("5 of 5 dots left.")).to_be_visible()
    return page


def place(page: Page, ballot: tuple[int, ...]) -> None:
    """Give the dots; the phone sends them by itself."""
    more = page.get_by_role("button", name="One dot more")
    for question, dots in enumerate(ballot):
        for _ in range(dots):
            more.nth(question).click()


def test_five_phones_vote_at_once_and_the_wall_follows(visit, room_server) -> None:
    presenter = visit("/workshop?area=E07000011", room_server, viewport=PROJECTOR)
    path = open_workshop(presenter)
    wall = presenter.page
    wall.get_by_role("button", name="Show it to the room").click()
    expect(wall).to_have_url(re.compile("show=room"))
    expect(wall.get_by_text("Join with your phone")).to_be_visible()
    expect(wall.get_by_role("heading", level=1)).to_have_text("Waiting for the first vote")
    expect(wall.get_by_alt_text("QR code").first).to_be_visible()

    phones = [join(visit, room_server, path, refused=n == LATE) for n in range(len(BALLOTS))]
    expect(wall.locator(".needs-joined")).to_contain_text("5 joined")
    for phone, ballot in zip(phones, BALLOTS, strict=True):
        place(phone, ballot)
    for phone in phones:
        expect(phone.get_by_text("Saved. 0 of 5 dots left.")).to_be_visible()
    expect(wall.get_by_role("heading", level=1)).to_have_text("The room puts Good health first")
    expect(wall.locator(".needs-joined")).to_contain_text("5 voted")
    # 15 of 25 dots, exactly those that were given.
    expect(wall.locator(".js-plotly-plot")).to_contain_text("60 %")
    expect(wall.locator(".js-plotly-plot")).to_contain_text("(15)")
    # The wall has nothing of the lead's.
    for name in ("Close voting", "Hide", "Remove", "Delete for good"):
        assert wall.get_by_role("button", name=name).count() == 0

    wall.get_by_role("button", name="By ward", exact=True).click()
    expect(wall.get_by_role("cell", name=WARD)).to_be_visible()
    wall.get_by_role("button", name="Room and figures").click()
    expect(wall.get_by_role("heading", level=1)).to_contain_text("by need")

    phones[0].get_by_label("Comment, shown in the room").fill("<b>Buses</b> stop at **six**")
    phones[0].get_by_role("button", name="Send comment").click()
    phones[0].get_by_label("A place or group in your ward").fill("Village hall")
    phones[0].get_by_role("button", name="Add it").click()
    lead_shows_what_was_written(wall)
    lead_closes_voting(wall, phones[LATE])


def lead_shows_what_was_written(page: Page) -> None:
    """What people write waits; the lead shows it; it stays plain text."""
    page.get_by_role("button", name="What people say").click()
    expect(page.get_by_text("Nobody’s comment is shown yet")).to_be_visible()
    page.get_by_role("button", name="Back to the lead’s view").click()
    comment = page.locator(".needs-said li", has_text="<b>Buses</b> stop at **six**")
    expect(comment).to_be_visible()
    page.locator(".st-key-comment_show_1 button").click()
    expect(page.get_by_text("Shown (1)")).to_be_visible()
    page.locator(".st-key-asset_show_1 button").click()
    page.get_by_role("button", name="Show it to the room").click()
    page.get_by_role("button", name="What people say").click()
    expect(comment).to_be_visible()
    page.get_by_role("button", name="Community assets").click()
    expect(page.locator(".needs-said li", has_text="Village hall")).to_be_visible()
    page.get_by_role("button", name="Back to the lead’s view").click()


def lead_closes_voting(page: Page, phone: Page) -> None:
    """Closed: a phone is told and can take nothing back; opened again: it can."""
    page.get_by_role("button", name="Close voting").click()
    expect(page.get_by_role("button", name="Open voting again")).to_be_visible()
    phone.get_by_role("button", name="One dot less").nth(2).click()
    expect(phone.get_by_text("Voting is closed.").first).to_be_visible()
    page.get_by_role("button", name="Open voting again").click()
    expect(page.get_by_role("button", name="Close voting")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("The room puts Good health first")


def test_a_tap_while_an_earlier_ballot_is_on_its_way_is_not_lost(visit, room_server) -> None:
    presenter = visit("/workshop?area=E10000008", room_server)
    path = open_workshop(presenter)
    phone = visit(None, room_server, **PHONE).page
    phone.goto(room_server.url + path)
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.get_by_text("5 of 5 dots left.")).to_be_visible()
    phone.clock.install()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    phone.route("**/vote", hold)
    more = phone.get_by_role("button", name="One dot more").first
    more.click()
    phone.clock.run_for(500)
    while not held:
        phone.wait_for_timeout(50)
    # The second tap waits on the phone for a third when the answer to the first arrives.
    more.click()
    with phone.expect_response("**/vote"):
        held[0].continue_()
    phone.wait_for_timeout(500)
    more.click()
    phone.unroute("**/vote")
    phone.clock.run_for(500)
    expect(phone.get_by_text("Saved. 2 of 5 dots left.")).to_be_visible()


def test_who_is_not_a_lead_sees_no_workshop(visit, room_server) -> None:
    page = visit("/workshop?workshop=1&show=room", room_server).page
    expect(page.get_by_label("Lead's key")).to_be_visible()
    for text in ("QR code", "Good health", "joined"):
        assert text not in page.locator("[data-testid=stMain]").inner_text().replace(
            "Show a QR code on a projector", ""
        )
    assert "workshop" in page.url
