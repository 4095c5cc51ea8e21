"""A council's web officer puts a map in another site; its readers use it without a mouse."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect


@pytest.fixture
def foreign_site() -> Iterator[tuple[dict[str, str], str]]:
    """A website on another port: its pages by path, and its address."""
    pages: dict[str, str] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield pages, f"http://127.0.0.1:{site.server_address[1]}"
    site.shutdown()
    site.server_close()


def test_a_map_is_copied_into_another_site_and_used_by_keyboard(visit, browser, foreign_site):
    page = visit("/ward-map?area=E07000011&indicator=claimant_count_percent").page
    page.get_by_text("Data and downloads", exact=True).first.click()
    code = page.locator("code").filter(has_text="<iframe").first
    expect(code).to_contain_text("/embed/map?area=E07000011", timeout=60_000)
    snippet = code.inner_text()

    pages, site = foreign_site
    pages["/"] = (
        '<!DOCTYPE html><html lang="en"><title>Our council</title>'
        f'<h1>Our council</h1><a href="#x">Before</a>{snippet}<a href="#y">After</a>'
    )
    window = browser.new_context(viewport={"width": 800, "height": 900}).new_page()
    window.goto(site)
    frame = window.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Huntingdon North")
    expect(frame.get_by_role("img")).to_be_visible()

    window.get_by_role("link", name="Before").focus()
    window.keyboard.press("Tab")
    expect(frame.locator("summary").first).to_be_focused()
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    expect(frame.get_by_role("rowheader")).to_have_count(26)
    window.keyboard.press("Tab")
    expect(frame.get_by_role("region")).to_be_focused()
    window.keyboard.press("Tab")
    expect(frame.get_by_role("link")).to_be_focused()
    window.keyboard.press("Tab")
    expect(window.get_by_role("link", name="After")).to_be_focused()

    frame.get_by_role("link").focus()
    window.keyboard.press("Enter")
    window.wait_for_url("**/ward-map?area=E07000011&**")
    window.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_and_maps_by_themselves_are_free_of_barriers(browser, server, scheme):
    context = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    for path in ("map?ward=E05011266&links=profiles", "scatter?ward=E05011266", "need-ranking",
                 "recovery-map?shade=class", "recovery-line", "equality", "pockets",
                 "inside-map?links=profiles", "map?area=nowhere"):  # fmt: skip
        page.goto(f"{server.url}/embed/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        found = Axe().run(page).response["violations"]
        faults = [(f["id"], f["nodes"][0]["html"][:200]) for f in found]
        assert (path, faults) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
