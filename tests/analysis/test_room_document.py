"""A workshop written down: the same numbers everywhere, nothing hidden, files that open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from test_room_results import QUESTIONS, count_room

from analysis.report.blocks import Chart, Document, Table
from analysis.report.write_docx import write_docx
from analysis.report.write_xlsx import write_xlsx
from analysis.room_document import Workshop, make_workshop_document, tabulate_comments
from analysis.room_results import compare_with_evidence
from tests.opened import convert_to_pdf, read_pdf

DAY = dt.date(2026, 11, 25)
VOTES = (
    *((f"a{n}", "W1", "health", 3) for n in range(3)),
    *((f"b{n}", "W2", "work", 2) for n in range(3)),
    ("c", "W3", "place", 5),
    ("d", "W3", "place", 1),
    ("e", "", "health", 1),
)
SCORES = pd.Series({"work": 60.0, "health": 40.0, "place": 50.0})


def make_workshop(**changes: object) -> Workshop:
    room = count_room(*VOTES)
    comments = pd.DataFrame(
        [("place", "W3", "Ours is small"), ("work", "W2", "=HYPERLINK(\"x\")"), ("0", "W1", "Hi")],
        columns=["question", "ward", "text"],
    )  # fmt: skip
    assets = pd.DataFrame(
        [("Hall", "Place to meet", "W3", "")], columns=["name", "kind", "ward", "note"]
    )
    parts = {
        "title": "What matters most?", "place": "Woods", "day": DAY, "room": room,
        "beside": compare_with_evidence(room, SCORES), "joined": 11, "votes_each": 5,
        "names": {"W1": "North", "W2": "South", "W3": "East"}, "comments": comments,
        "assets": assets,
    }  # fmt: skip
    return Workshop(**(parts | changes))


def blocks_of(document: Document) -> list:
    return [block for section in document.sections for block in section.blocks]


def words_of(document: Document) -> str:
    return " ".join(str(block) for block in blocks_of(document))


def test_chart_and_table_hold_the_same_counts() -> None:
    document = make_workshop_document(make_workshop(), DAY)
    blocks = blocks_of(document)
    chart = next(b for b in blocks if isinstance(b, Chart) and b.name == "Result")
    table = next(b for b in blocks if isinstance(b, Table) and b.name == "Result").frame
    # 22 points: health 9 + 1, work 6, place 6.
    assert list(chart.categories) == table["Question"].tolist()
    assert chart.categories[0] == "Good health"
    assert chart.series[0].values[0] == pytest.approx(100 * 10 / 22)
    assert table["Share (%)"].tolist() == [45.5, 27.3, 27.3]
    assert chart.title == "The room puts Good health first"


def test_a_small_ward_stands_nowhere_with_its_votes_or_words() -> None:
    workshop = make_workshop()
    assert workshop.room.shown_wards == ["W1", "W2"]
    comments = tabulate_comments(workshop).set_index("Comment")["Ward"]
    assert comments["Ours is small"] == "Other wards, or none said"
    assert comments["Hi"] == "North"
    blocks = blocks_of(make_workshop_document(workshop, DAY))
    by_ward = next(b for b in blocks if isinstance(b, Table) and b.name == "By ward").frame
    assert "East" not in by_ward["Ward"].tolist()
    assert by_ward["People who voted"].tolist() == [3, 3, 3]


def test_a_room_of_two_is_not_written_down() -> None:
    room = count_room(("a", "W1", "health", 3), ("b", "W1", "health", 3))
    empty = compare_with_evidence(room, SCORES)
    document = make_workshop_document(make_workshop(room=room, beside=empty), DAY)
    assert "Results show from 3 people on" in words_of(document)
    assert not any(isinstance(block, Chart) for block in blocks_of(document))


def test_own_questions_are_written_without_figures() -> None:
    document = make_workshop_document(make_workshop(beside=pd.DataFrame()), DAY)
    assert "need score" not in words_of(document).casefold()
    assert [s.heading for s in document.sections if "figures" in s.heading] == []


def test_nothing_said_is_said() -> None:
    nothing = {"comments": pd.DataFrame(), "assets": pd.DataFrame()}
    words = words_of(make_workshop_document(make_workshop(**nothing), DAY))
    assert "No comments were kept." in words
    assert "No community assets were named." in words


@pytest.mark.parametrize(("ending", "write"), [("docx", write_docx), ("xlsx", write_xlsx)])
def test_libreoffice_opens_the_summary_and_the_tables(ending, write, tmp_path: Path) -> None:
    document = make_workshop_document(make_workshop(), DAY)
    text = read_pdf(convert_to_pdf(write(document), ending, tmp_path))
    for words in ("Good health", "Hall", "Ours is small", QUESTIONS["place"]):
        assert words in text
