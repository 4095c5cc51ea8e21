"""Who may do what, in a browser: through a real OpenID Connect provider, and by the leads' key."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from test_own_data_tasks import NAME, PATH, SLOW, bring

from scripts.serving import Server, Visit
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider

APP = Path(__file__).parent / "access_app" / "dashboard.py"
KEY = "three plain words"
ALLOWED = "Here a lead keeps plans."


@pytest.fixture(scope="module")
def provider():
    with Provider() as running:
        yield running


def set_up_sign_in(provider, home, script=None, **settings) -> Server:
    """A server with sign-in set up; Streamlit reads its secrets from the home folder too."""
    folder = home / ".streamlit"
    folder.mkdir()
    host = Server(script, {"HOME": str(home), "LEADS": "lead@council.gov.uk", **settings})
    (folder / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "{host.url}/oauth2callback"\ncookie_secret = "{"c" * 40}"\n'
        f'client_id = "{CLIENT_ID}"\nclient_secret = "{CLIENT_SECRET}"\n'
        f'server_metadata_url = "{provider.url}/.well-known/openid-configuration"\n'
    )
    return host


@pytest.fixture(scope="module")
def closed_server(provider, tmp_path_factory):
    with set_up_sign_in(provider, tmp_path_factory.mktemp("home"), APP) as host:
        yield host


@pytest.fixture
def visit_closed(browser, closed_server):
    context = browser.new_context()
    visit = Visit(context.new_page(), closed_server.url)
    visit.go("/")
    yield visit
    context.close()


def sign_in(visit, email, verified="true"):
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.get_by_label("Email").fill(email)
    visit.page.get_by_label("Verified").fill(verified)
    visit.page.get_by_role("button", name="Sign in here").click()
    visit.wait_until_ready()


def test_a_lead_signs_in_and_out(visit_closed, provider):
    page = visit_closed.page
    expect(page.get_by_text("Only a lead can keep a plan.")).to_be_visible()
    sign_in(visit_closed, "lead@council.gov.uk")
    expect(page.get_by_text(ALLOWED)).to_be_visible()
    expect(page.get_by_text("Signed in: lead@council.gov.uk (lead)")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text(ALLOWED)).to_have_count(0)
    assert provider.refused == []


def test_an_analyst_keeps_a_figure_for_colleagues_and_deletes_it(browser, provider, tmp_path):
    settings = {"ANALYSTS": "analyst@council.gov.uk",
                "DATABASE_URL": f"sqlite:///{tmp_path}/kept.sqlite3"}  # fmt: skip
    with set_up_sign_in(provider, tmp_path, **settings) as host:

        def open_page(email=""):
            visit = Visit(browser.new_context().new_page(), host.url)
            visit.page.set_default_timeout(SLOW)
            visit.go(PATH)
            if email:
                sign_in(visit, email)
                visit.go(PATH)
                expect(visit.page.get_by_text(f"Signed in: {email}")).to_be_visible(timeout=SLOW)
            return visit.page

        page = open_page("analyst@council.gov.uk")
        bring(page)
        page.get_by_role("button", name="Keep for the council").click()
        expect(page.get_by_role("heading", name="Kept for Huntingdonshire")).to_be_visible()
        expect(page.get_by_role("heading", name="Figures of this visit")).to_have_count(0)
        lead = open_page("lead@council.gov.uk")
        expect(lead.get_by_text("by analyst@council.gov.uk").first).to_be_visible()
        viewer = open_page()
        expect(viewer.get_by_text("sign in before you bring it")).to_be_visible()
        expect(viewer.get_by_text(NAME)).to_have_count(0)
        page.get_by_role("button", name="Delete for everybody").click()
        expect(page.get_by_role("heading", name="Kept for Huntingdonshire")).to_have_count(0)
        lead.reload()
        expect(lead.get_by_role("heading", name="1. Bring a file")).to_be_visible()
        expect(lead.get_by_text("by analyst@council.gov.uk")).to_have_count(0)
        for each in (page, lead, viewer):
            each.context.close()


@pytest.mark.parametrize(
    ("email", "verified"), [("other@council.gov.uk", "true"), ("lead@council.gov.uk", "false")]
)
def test_others_and_addresses_not_verified_stay_viewers(visit_closed, email, verified):
    sign_in(visit_closed, email, verified)
    expect(visit_closed.page.get_by_text("Only a lead can keep a plan.")).to_be_visible()
    expect(visit_closed.page.get_by_text(ALLOWED)).to_have_count(0)


def test_the_leads_key_lets_in_and_a_wrong_one_does_not(browser):
    with Server(APP, {"LEAD_KEY": KEY}) as host:
        visit = Visit(browser.new_context().new_page(), host.url)
        page = visit.go("/")
        for key, words in (("wrong", "That is not the key."), (KEY, ALLOWED)):
            page.get_by_label("Lead's key").fill(key)
            page.get_by_role("button", name="Continue as lead").click()
            expect(page.get_by_text(words)).to_be_visible()
        other = Visit(browser.new_context().new_page(), host.url).go("/")
        expect(other.get_by_text("Only a lead can keep a plan.")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_text(ALLOWED)).to_have_count(0)


def test_without_settings_the_app_says_that_it_is_open_to_read(browser):
    with Server(APP, {"LEADS": "", "LEAD_KEY": ""}) as host:
        page = Visit(browser.new_context().new_page(), host.url).go("/")
        expect(page.get_by_text("open to read and has no sign-in set up")).to_be_visible()
