"""What tests do on a page with the map alone."""

import re

from playwright.sync_api import Page, expect

SIXTH = "E05000005"


def centre_of(page: Page, code: str) -> tuple[float, float]:
    """Return where on the screen the area's centre is."""
    return tuple(
        page.locator(f'path[data-code="{code}"]').first.evaluate(
            """path => {
                const box = path.getBoundingClientRect();
                const root = path.getRootNode();
                for (let n = 0; n < 400; n++) {
                    const x = box.left + box.width * ((n * 0.618) % 1);
                    const y = box.top + (box.height * (n % 20 + 0.5)) / 20;
                    if (root.elementFromPoint(x, y) === path) return [x, y];
                }
                throw new Error("no point of the area is on screen");
            }"""
        )
    )


def colour_of(page: Page, selector: str, name: str = "fill") -> str:
    red_green_blue = page.locator(selector).first.evaluate(
        "(element, name) => getComputedStyle(element)[name]", name
    )
    parts = re.findall(r"\d+", red_green_blue)[:3]
    return "#" + "".join(f"{int(part):02X}" for part in parts)


def choose_indicator(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Indicator").click()
    page.get_by_role("option", name=name).click()
    expect(page.get_by_text(f"Shown: {name}")).to_be_visible()
