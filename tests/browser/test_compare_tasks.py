"""Compare in a real browser: a click on the scatter, a group by link, pictures saved."""

import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

SVG = "{http://www.w3.org/2000/svg}"
CHART = ".js-plotly-plot .main-svg"
TWO = "/compare?area=E07000011&indicator=disabled_percent&other=claimant_count_percent"
TOWNS = "groups=Two towns:E05011266,E05011268"


def open_chart(visit, path: str, **options) -> Page:
    page = visit(path, **options).page
    expect(page.locator(CHART).first).to_be_visible(timeout=60_000)
    expect(page.locator('[data-test-script-state="notRunning"]').first).to_be_attached()
    return page


def test_a_click_on_a_dot_chooses_the_ward(visit):
    page = open_chart(visit, TWO)
    dot = page.locator(".js-plotly-plot .scatterlayer .trace").first.locator("path.point").first
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    hover = page.locator(".hoverlayer .hovertext text").first
    name = hover.locator("tspan").first.text_content(timeout=10_000)
    page.mouse.click(*middle)
    expect(page).to_have_url(re.compile("ward=E05"), timeout=30_000)
    label = page.locator(".annotation-text", has_text=name).first
    expect(label).to_be_visible(timeout=30_000)


def test_all_wards_of_england_are_one_picture_that_answers_to_a_click(visit):
    page = open_chart(visit, "/compare?area=E92000001")
    expect(page.locator(".imagelayer image")).to_have_count(1)
    assert page.locator("path.point").count() < 10
    plot = page.locator(".nsewdrag").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    spot = (box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.85)
    page.mouse.move(*spot)
    expect(page.locator(".hoverlayer .hovertext")).to_have_count(1)
    page.mouse.click(*spot)
    expect(page).to_have_url(re.compile("area=E92000001&ward=E05"), timeout=30_000)


def test_a_group_comes_with_the_link_and_has_its_row_and_table(visit):
    page = open_chart(visit, f"/compare?view=ranked&indicator=claimant_count_percent&{TOWNS}")
    expect(page.locator(".ytick", has_text="Two towns (group)")).to_be_visible()
    page.get_by_text("All figures of the group “Two towns”").click()
    together = re.compile(r"Two towns: 2 wards together, \d+ indicators")
    expect(page.get_by_text(together)).to_be_visible(timeout=60_000)
    expect(page).to_have_url(re.compile("groups=Two"))


def save(page: Page, kind: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=f"{kind} picture").click()
    assert download.value.suggested_filename == (
        f"disabled_percent_claimant_count_percent_huntingdonshire.{kind.lower()}"
    )
    expect(page.get_by_text(f"{kind} picture saved.")).to_be_visible()
    return download.value.path()


@pytest.mark.parametrize(
    ("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 25, 30)")]
)
def test_a_chart_is_saved_with_its_title_and_source(visit, scheme, paper):
    page = open_chart(visit, TWO, color_scheme=scheme)
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_text("Data and downloads", exact=True).first.click()
    expect(page.get_by_role("button", name="SVG picture")).to_be_visible(timeout=30_000)
    drawing = ElementTree.fromstring(save(page, "SVG").read_text("utf-8"))  # noqa: S314
    texts = [node.text or "" for node in drawing.findall(f"{SVG}text")]
    assert texts[0] == title
    assert "Source: " in " ".join(texts)
    assert drawing.find(f"{SVG}rect").get("fill") == paper
    assert len(list(drawing.iter(f"{SVG}path"))) > 26  # a dot per ward
    picture = save(page, "PNG").read_bytes()
    wide, tall = struct.unpack(">II", picture[16:24])
    assert (wide, tall) == (2 * int(drawing.get("width")), 2 * int(drawing.get("height")))
    # What is drawn in the browser is paper with ink on it: the corner, and more than one colour.
    colours = page.evaluate(
        """async (bytes) => {
          const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          const pen = canvas.getContext("2d");
          pen.drawImage(bitmap, 0, 0);
          const seen = pen.getImageData(0, 0, bitmap.width, bitmap.height).data;
          const all = new Set();
          for (let i = 0; i < seen.length; i += 4) all.add(seen.slice(i, i + 3).join());
          return [seen.slice(0, 3).join(", "), all.size];
        }""",
        list(picture),
    )
    assert f"rgb({colours[0]})" == paper
    assert colours[1] > 20


def test_the_views_fit_a_phone(visit):
    for view in ("two", "ranked", "side"):
        page = open_chart(
            visit, f"/compare?view={view}&{TOWNS}", viewport={"width": 390, "height": 844}
        )
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, view
