"""The accessibility statement: one text for page and repository, with the council's own words."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.statement import SLOTS, STATEMENT, StatementError, read_statement
from scripts.barriers import NOT_REPORTED, STREAMLIT

PAGE = Path(__file__).parents[2] / "pages" / "about" / "accessibility.py"
#: What the model statement of the Government Digital Service asks for, in its order.
HEADINGS = (
    "How accessible this website is",
    "Feedback and contact information",
    "Enforcement procedure",
    "Technical information about this website's accessibility",
    "Compliance status",
    "Non-accessible content",
    "Non-compliance with the accessibility regulations",
    "Disproportionate burden",
    "Content that is not within the scope of the accessibility regulations",
    "Preparation of this accessibility statement",
)


def test_it_has_every_part_that_the_law_asks_for_in_order():
    _, text = read_statement({})
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    assert [heading for heading in found if heading in HEADINGS] == list(HEADINGS)
    for words in ("partially compliant", "version 2.2", "EHRC", "EASS", "prepared on"):
        assert words in text


def test_without_settings_it_says_that_the_council_has_to_name_a_contact():
    _, text = read_statement({})
    assert "ACCESSIBILITY_CONTACT" in text
    assert not [slot for slot in SLOTS if slot in text]


def test_the_councils_words_are_shown_letter_by_letter():
    settings = {
        "ACCESSIBILITY_COUNCIL": "Aldham *District* <b>Council</b>",
        "ACCESSIBILITY_CONTACT": "access@aldham.example",
    }
    _, text = read_statement(settings)
    assert r"run by Aldham \*District\* \<b\>Council\</b\>." in text
    assert "[access@aldham.example](mailto:access@aldham.example)" in text
    assert "ACCESSIBILITY_CONTACT" not in text


def test_a_missing_file_is_said_and_named(tmp_path):
    with pytest.raises(StatementError, match=r"gone\.md could not be read"):
        read_statement({}, tmp_path / "gone.md")


def test_every_fault_left_to_streamlit_is_told():
    text = STATEMENT.read_text(encoding="utf-8")
    for known in STREAMLIT:
        assert f"`{known.rule}`" in text
        assert known.upstream in text or known.upstream == NOT_REPORTED


def test_the_page_shows_the_text_of_the_file(monkeypatch):
    monkeypatch.setenv("ACCESSIBILITY_CONTACT", "01234 567890")
    app = AppTest.from_file(str(PAGE), default_timeout=60).run()
    assert not app.exception
    assert app.title[0].value == "Accessibility statement for the ward needs dashboard"
    assert "01234 567890" in app.markdown[-1].value
