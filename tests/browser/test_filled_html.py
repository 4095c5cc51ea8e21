"""A table that is filled in anew: what did not change stays, what changed is shown."""

import re

from playwright.sync_api import expect
from test_profile_tasks import open_profile
from test_tasks import choose


def test_another_comparison_fills_the_same_table(visit):
    page = open_profile(visit, "ward=E05011266")
    page.evaluate("document.querySelector('.needs-spine').kept = 'yes'")
    choose(page, "Compare with", "England")
    expect(page.locator(".needs-spine caption")).to_have_text(re.compile("against England$"))
    assert page.evaluate("document.querySelector('.needs-spine').kept") == "yes"
    assert page.locator(".needs-spine").count() == 1
