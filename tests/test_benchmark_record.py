"""Where measurements are kept: newest on top, one section a day and target."""

import datetime as dt
import re

import pytest

from benchmarks.record import REPORT, describe_machine, keep_section


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "benchmarks.md"
    file.write_text("# What was measured\n\nWords.\n\n## 1 May 2020, make bench\n\nold\n")
    return file


def headings(report):
    return re.findall(r"^## (.*)$", report.read_text(), flags=re.MULTILINE)


def test_the_newest_stands_first_and_the_rest_stays(report):
    keep_section("load", "new\n", report)
    today = f"{dt.date.today():%-d %B %Y}"
    assert headings(report) == [f"{today}, make load", "1 May 2020, make bench"]
    assert report.read_text().startswith("# What was measured\n\nWords.\n\n## ")
    assert report.read_text().endswith("\nold\n")


def test_the_same_target_on_the_same_day_is_replaced(report):
    keep_section("load", "first", report)
    keep_section("bench", "other", report)
    keep_section("load", "second", report)
    assert len(headings(report)) == 3
    assert "first" not in report.read_text()
    assert "other" in report.read_text()


def test_the_kept_report_names_date_and_target_of_each_table():
    dated = [h for h in headings(REPORT) if re.match(r"\d", h)]
    assert dated
    assert all(re.fullmatch(r"\d{1,2} \w+ \d{4}, make [a-z0-9-]+", h) for h in dated)


def test_the_machine_is_one_line():
    assert "\n" not in describe_machine("1.2")
    assert describe_machine("1.2").endswith("Chromium 1.2")
