"""Take pictures of every page, on a desktop and a phone, light and dark, into build/shots.

python scripts/shots.py [part of a page's name …]
python scripts/shots.py --readme    the pictures of the tour in README, into docs/images
"""

from __future__ import annotations

import io
import itertools
import sys
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from scripts.serving import ROOT, Server, Visit, open_browser, page_paths

SHOTS = ROOT / "build" / "shots"
# Every page of the navigation, and views that show more of it at work: name -> address.
PAGES = {
    **{path.strip("/") or "front": path for path in page_paths()},
    "front-devon": "/?area=E10000008",
    "action-areas-devon": "/action-areas?area=E10000008&ward=E05011907",
    "action-areas-general": "/action-areas?area=E07000123",
    "action-areas-weights": "/action-areas?action_area=good_health"
    "&weights=good_health.mental_health_score:3",
    "ward-map-england": "/ward-map?area=E92000001",
    "compare-england": "/compare?area=E92000001&ward=E05011266",
    "compare-ranked": "/compare?view=ranked&indicator=claimant_count_percent"
    "&groups=Four towns:E05011266,E05011268,E05011272",
    "compare-side": "/compare?view=side&ward=E05011266"
    "&groups=Four towns:E05011266,E05011268,E05011272",
    "covid-recovery-devon": "/covid-recovery?area=E10000008"
    "&series=universal_credit_households_percent",
    "story-slide": "/story?present=1&slide=1",
    "story-chart": "/story?area=E10000008&present=1&slide=3",
    "actions-example": "/actions?plan=example&action=EX2",
    "actions-devon": "/actions?area=E10000008",
    "report-devon": "/report?area=E10000008&sections=summary,wards,rows&formats=docx,pptx",
    "assets-ward": "/assets?ward=E05011266",
    "custom-areas-drawn": "/custom-areas?area=E07000011&name=Riverside"
    "&line=522500.270500_526500.270500_526500.274000_522500.274000",
    "custom-areas-picked": "/custom-areas?area=E07000011&wards=E05011266,E05011268",
    "ward-map-lsoa": "/ward-map?detail=lsoa&ward=E05011266",
}
WINDOWS = {"desktop": (1280, 800), "phone": (390, 844)}
# Pages of the group Present are also looked at as a projector shows them.
PROJECTOR = {"projector": (1920, 1080)}
PRESENTED = ("action-areas", "story", "assets")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


IMAGES = ROOT / "docs" / "images"
UNIVERSAL_CREDIT = "indicator=universal_credit_households_percent"
# The tour of README: name -> address, height of the window, the box that is opened, if any.
TOUR = {
    "overview": ("/?area=E07000011", 1080, ""),
    "ward-map": (f"/ward-map?area=E10000008&ward=E05011907&{UNIVERSAL_CREDIT}", 960, ""),
    "ward-profile": ("/ward-profile?area=E07000011&ward=E05011266", 800, ""),
    "action-areas": ("/action-areas?area=E07000011&ward=E05011266", 800, ""),
    "covid-recovery": ("/covid-recovery?area=E07000011", 1080, ""),
    "actions": ("/actions?plan=example", 1200, ""),
    "downloads": (
        "/ward-map?area=E07000011&indicator=fuel_poverty_percent", 800, "Data and downloads"
    ),
    "custom-areas": (PAGES["custom-areas-drawn"], 800, ""),
}  # fmt: skip


def wait_until_complete(visit: Visit, page: Page) -> None:
    """Wait until the page has charts, tables and letters, and nothing moves."""
    page.get_by_text("Charts and tables follow").wait_for(state="detached", timeout=120_000)
    visit.wait_until_ready()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)


def take_tour(browser: Browser, server: Server, name: str) -> None:
    """Take one picture of the tour, small enough for the repository."""
    address, height, box = TOUR[name]
    window: ViewportSize = {"width": 1280, "height": height}
    context = browser.new_context(viewport=window, color_scheme="light")
    visit = Visit(context.new_page(), server.url)
    page = visit.go(address)
    wait_until_complete(visit, page)
    if box:
        opened = page.locator("details").filter(has=page.get_by_text(box, exact=True)).first
        opened.locator("summary").click()
        page.wait_for_timeout(2000)
        wait_until_complete(visit, page)
        # The navigation stays in place above what scrolls.
        opened.evaluate("b => {b.style.scrollMarginTop = '72px'; b.scrollIntoView()}")
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.save(IMAGES / f"{name}.webp", quality=72, method=6)
    context.close()


def take(browser: Browser, server: Server, name: str, window: str, scheme: str) -> list[str]:
    """Take one page as the window shows it and in full; return what was wrong with it."""
    width, height = (WINDOWS | PROJECTOR)[window]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1,
        has_touch=window == "phone",
        is_mobile=window == "phone",
    )
    visit = Visit(context.new_page(), server.url)
    page = visit.go(PAGES[name])
    wait_until_complete(visit, page)
    stem = SHOTS / f"{name}-{window}-{scheme}"
    page.screenshot(path=f"{stem}.png")
    # Streamlit scrolls inside the page: make the window as tall as what it holds.
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, min(int(tall), 12_000))})
    page.wait_for_timeout(500)
    page.screenshot(path=f"{stem}-full.png")
    problems = [f"{stem.name}: {problem}" for problem in visit.problems]
    context.close()
    return problems


def main() -> None:
    """Take all pictures, those of the pages named, or those of README."""
    if "--readme" in sys.argv[1:]:
        chosen = [n for n in TOUR if not sys.argv[2:] or n in sys.argv[2:]]
        with Server() as server, open_browser() as browser:
            for name in chosen:
                take_tour(browser, server, name)
        print(f"Pictures are in {IMAGES.relative_to(ROOT)}/; look at each before it is committed.")
        return
    names = [n for n in PAGES if not sys.argv[1:] or any(word in n for word in sys.argv[1:])]
    SHOTS.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []
    with Server() as server, open_browser() as browser:
        for name, window, scheme in itertools.product(names, WINDOWS | PROJECTOR, SCHEMES):
            if window in PROJECTOR and not name.startswith(PRESENTED):
                continue
            problems += take(browser, server, name, window, scheme)
            print(f"{name} {window} {scheme}", flush=True)
    print("\n".join([f"\nPictures are in {SHOTS.relative_to(ROOT)}/", *problems]))


if __name__ == "__main__":
    main()
