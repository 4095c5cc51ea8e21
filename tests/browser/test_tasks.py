"""What the three people come to do, done in a real browser on the real dashboard."""

import re
from urllib.parse import urlparse

import pytest
from conftest import wait_until_still
from map_page import centre_of
from playwright.sync_api import Page, expect

from data.catalogue import load_catalogue

KIMBOLTON, RAMSEY = "E05011267", "E05011268"
UNIVERSAL_CREDIT = "universal_credit_households_percent"


def open_painted(visit, path: str, **options) -> Page:
    page = visit(path, **options).page
    wait_until_painted(page)
    return page


def wait_until_painted(page: Page) -> None:
    painted = re.compile(r"\d+")
    expect(page.locator(".ward-map").first).to_have_attribute(
        "data-painted", painted, timeout=60_000
    )
    # A choice made in the moment in which the page completes itself would have to be repeated.
    expect(page.get_by_text("Charts and tables follow")).to_have_count(0, timeout=30_000)
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached(
        timeout=30_000
    )


def title(page: Page):
    return page.get_by_role("heading", level=1)


def choose(page: Page, label: str, words: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(f"^{label}")).first
    box.click()
    box.fill(words)
    # By its words: for a moment the list may still be the whole one.
    page.get_by_role("option").filter(has_text=words).first.click()


def test_overview_opens_with_a_finding_figures_map_ranking_and_themes(visit):
    page = open_painted(visit, "/")
    expect(title(page)).to_have_text("Huntingdon North has the highest need in Huntingdonshire")
    expect(page.locator(".needs-figure")).to_have_count(6)
    expect(page.locator(".ward-map path[data-code]")).to_have_count(26)
    expect(page.locator(".js-plotly-plot")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("highest need in 5 of 7 themes")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("What changed most")).to_be_visible()


def test_analyst_clicks_a_ward_and_the_link_reopens_the_view(visit):
    page = open_painted(visit, f"/ward-map?area=E07000011&indicator={UNIVERSAL_CREDIT}")
    page.mouse.click(*centre_of(page, KIMBOLTON))
    panel = page.locator(".needs-ward")
    expect(panel.get_by_role("heading", name="Kimbolton")).to_be_visible()
    expect(panel).to_contain_text("highest of 26 wards in Huntingdonshire")
    expect(page.locator(".ward-map").first).to_have_attribute("data-selected", KIMBOLTON)
    expect(page).to_have_url(re.compile(f"ward={KIMBOLTON}"))
    finding = title(page).inner_text()
    link = urlparse(page.url)._replace(scheme="", netloc="").geturl()
    again = open_painted(visit, link)
    expect(again.locator(".needs-ward").get_by_role("heading", name="Kimbolton")).to_be_visible()
    expect(title(again)).to_have_text(finding)


def test_the_line_of_a_ward_tells_each_period_to_mouse_and_keys(visit):
    page = open_painted(
        visit, f"/ward-map?area=E07000011&ward={RAMSEY}&indicator={UNIVERSAL_CREDIT}"
    )
    line, card = page.locator(".trend"), page.locator(".trend .card")
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    expect(card).to_contain_text("Ramsey:")
    page.mouse.move(0, 0)
    expect(card).to_be_hidden()
    line.focus()
    page.keyboard.press("End")
    expect(card).to_contain_text("November 2023")
    page.keyboard.press("ArrowLeft")
    expect(line.locator("[aria-live]")).to_contain_text("December 2022, Ramsey:")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_a_ward_chosen_by_name_is_ringed_on_the_map(visit):
    page = open_painted(visit, "/ward-map")
    choose(page, "Ward", "Ramsey")
    expect(page.locator(".ward-map").first).to_have_attribute("data-selected", RAMSEY)
    expect(page.locator(".needs-ward").get_by_role("heading", name="Ramsey")).to_be_visible()


def test_another_indicator_changes_finding_figures_and_address(visit):
    page = open_painted(visit, "/ward-map?area=E10000008")
    choose(page, "Indicator", "broadband")
    expect(title(page)).to_contain_text("broadband")
    expect(page.locator(".ward-map path[data-code]")).to_have_count(168)
    expect(page).to_have_url(re.compile("indicator=broadband_score"))


def test_another_council_is_found_by_typing(visit):
    page = open_painted(visit, "/")
    choose(page, "Place", "Mid Devon")
    expect(title(page)).to_contain_text("Mid Devon")
    expect(page.locator(".ward-map path[data-code]")).to_have_count(22)
    expect(page).to_have_url(re.compile(r"area=E07000042$"))


def test_a_ward_without_an_estimate_is_not_zero(visit):
    page = open_painted(visit, "/ward-map?ward=E05014804&indicator=broadband_score")
    panel = page.locator(".needs-ward")
    expect(panel).to_contain_text("No figure")
    expect(panel).to_contain_text("no estimate: no LSOA fits this ward")
    expect(page.get_by_text("No estimate (no LSOA fits)").first).to_be_visible()


def test_all_of_england_is_drawn_and_a_ward_can_be_chosen_with_the_keyboard(visit):
    page = open_painted(visit, "/ward-map?area=E92000001&indicator=flats_percent")
    page.locator(".ward-map [role=application]").first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator(".needs-ward")).to_contain_text("1st highest of 6,793 wards in England")
    expect(page).to_have_url(re.compile("ward=E05"))


def test_a_wrong_link_says_so_and_shows_the_rest(visit):
    page = open_painted(visit, "/ward-map?area=E07999999&indicator=nothing")
    expect(page.get_by_text("E07999999")).to_be_visible()
    expect(page.get_by_text("“nothing”")).to_be_visible()
    expect(page.locator(".ward-map path[data-code]")).to_have_count(26)


def test_selection_follows_to_the_other_page_and_back_goes_back(visit):
    page = open_painted(visit, "/?area=E07000042")
    page.get_by_role("button", name="Explore").click()
    page.get_by_role("menuitem", name="Ward map").click()
    expect(page.get_by_role("combobox", name=re.compile("^Indicator"))).to_be_visible()
    wait_until_painted(page)
    expect(page).to_have_url(re.compile("area=E07000042"))


@pytest.mark.parametrize(
    "path",
    ["/", "/ward-map", "/hidden-pockets", "/action-areas", "/about-the-data", "/accessibility"],
)
def test_nothing_is_wider_than_a_small_phone_or_a_window_at_400_percent(visit, path):
    page = visit(path, viewport={"width": 320, "height": 640}).page
    expect(title(page)).to_be_visible(timeout=60_000)
    page.wait_for_load_state("networkidle")
    wait_until_still(page)
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0


def test_data_and_downloads_are_one_click_away(visit):
    page = open_painted(visit, "/ward-map?area=E07000011&indicator=disabled_percent")
    page.get_by_text("Data and downloads", exact=True).first.click()
    expect(page.get_by_text("In words: Disabled people, Huntingdonshire, 26 wards.")).to_be_visible(
        timeout=30_000
    )
    for name, ending in (("CSV", "csv"), ("Excel", "xlsx"), ("SVG picture", "svg"),
                         ("PNG picture", "png"), ("GeoJSON", "geojson"),
                         ("GeoPackage", "gpkg")):  # fmt: skip
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        assert download.value.suggested_filename == (
            f"disabled_percent_2021-03-21_huntingdonshire.{ending}"
        )
        assert download.value.path().stat().st_size > 1000


def test_about_the_data_lists_every_indicator_and_what_is_left_out(visit):
    page = visit("/about-the-data").page
    count = len(load_catalogue().ward_indicators)
    words = f"{count} indicators for every ward in England"
    expect(title(page)).to_have_text(words, timeout=60_000)
    page.get_by_role("tab", name="Left out").click()
    expect(page.get_by_text("Tables that were looked at and not used")).to_be_visible()
