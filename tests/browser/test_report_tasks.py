"""Report in a real browser: a panel member makes a Word pack and takes it away."""

import io

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE
from playwright.sync_api import expect


def test_a_panel_member_makes_a_word_pack_for_huntingdonshire(visit):
    page = visit("/report?area=E07000011&sections=summary,exceptions,methods").page
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("A report pack for Huntingdonshire", timeout=60_000)
    expect(page.get_by_role("checkbox", name="Exceptions")).to_be_checked()
    page.get_by_role("button", name="Make the pack").click()
    button = page.get_by_role("button", name="Word (")
    expect(button).to_be_visible(timeout=180_000)
    with page.expect_download(timeout=60_000) as found:
        button.click()
    assert found.value.suggested_filename.startswith("ward-needs-huntingdonshire-")
    assert found.value.suggested_filename.endswith(".docx")
    file = docx.Document(io.BytesIO(found.value.path().read_bytes()))
    headings = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert headings[-3:] == ["Summary", "Exceptions", "Methods, sources and licences"]
    text = " ".join(p.text for p in file.paragraphs)
    assert "Huntingdon North has the highest need in Huntingdonshire" in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_page_is_free_of_barriers(visit, scheme):
    page = visit("/report", color_scheme=scheme).page
    expect(page.get_by_role("button", name="Make the pack")).to_be_visible(timeout=60_000)
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []


def test_the_boxes_say_all_they_hold_on_a_phone(visit):
    page = visit("/report", viewport=PHONE).page
    boxes = page.locator(".st-key-report_sections label")
    expect(boxes).to_have_count(9, timeout=60_000)
    cut = boxes.locator("p").evaluate_all(
        "all => all.filter(p => p.scrollWidth > p.clientWidth + 1).map(p => p.textContent)"
    )
    assert cut == []
