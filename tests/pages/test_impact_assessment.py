"""The page Covid impact assessment: the published example, a visitor's file, bad files."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import open_page

from pages.shared.assessment_file import (
    example_of,
    load_example,
    make_example,
    make_file,
    read_upload,
)
from pages.shared.assessment_views import Choices, choose_days, find_evidence, parse_choices
from pages.shared.downloads import Offer

PAGE = "scrutinise/impact_assessment.py"
HEAD = (
    "Id,Title,Area of impact,Kind,Impact,Likelihood,Confidence,Date of scoring,Version,"
    "Evidence indicator,Wards\n"
)
NASTY = "<script>alert(1)</script> **bold** [x](http://x) =1+1"
FILE = (
    f"{HEAD}"
    "E1,Shops,Economy,Damaging,3,3,High,30/06/2021,1,claimant_count_percent,E05011266\n"
    "E1,Shops,Economy,Damaging,4,5,High,01/06/2022,2,claimant_count_percent,E05011266\n"
    f"S1,{NASTY},Social and community,Damaging,2,2,Low,30/06/2021,1,,\n"
    "S1,Lonely,Social and community,Damaging,2,1,Low,01/12/2021,2,,\n"
    "P1,Volunteers,Social and community,Positive,4,4,Low,30/06/2021,1,furloughed_percent_x,\n"
    "P2,Cycling,Environment,Positive,4,4,Low,30/06/2021,1,,\n"
)


def text_of(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def seen(app: AppTest) -> str:
    """What is read on the page, without the marks of HTML."""
    return html.unescape(re.sub(r"<[^>]+>", " ", text_of(app)))


def upload(text: str | bytes, name: str = "scores.csv", **params: str) -> AppTest:
    app = open_page(PAGE, **params)
    content = text.encode() if isinstance(text, str) else text
    app.file_uploader[0].set_value((name, content, "text/csv"))
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("area", ["E07000011", "E10000008", "E92000001"])
def test_the_example_is_the_published_programme_without_scores(area) -> None:
    app = open_page(PAGE, area=area)
    assert app.title[0].value == "8 impacts, none of them scored here"
    text = seen(app)
    for action in load_example().actions:
        assert action.title.words in text
    assert text.count("not scored here") == 8
    assert "Huntingdonshire District Council’s published recovery programme" in text
    assert "https://www.huntingdonshire.gov.uk/council-democracy/recovering-from-covid/" in text
    assert "not stored" in text
    assert 'class="needs-matrix"' not in text_of(app)


def test_the_example_holds_no_number_that_was_not_published() -> None:
    table = make_example(example_of("E07000042")).table
    assert len(table) == 8
    assert table[["impact", "likelihood", "date"]].isna().all(axis=None)
    assert (table["confidence"] == "").all()


@pytest.mark.parametrize("area", ["E07000011", "E92000001"])
def test_the_files_to_start_from_are_read_without_a_mistake(area) -> None:
    for what, ending, size in (("template", "xlsx", 0), ("template", "csv", 0),
                               ("example", "xlsx", 8)):  # fmt: skip
        found = read_upload(make_file(what, ending, area), "x").found
        assert found is not None
        assert (len(found.table), found.mistakes) == (size, ())
    titles = [action.title.words for action in load_example().actions]
    assert found.table["title"].tolist() == titles


def test_a_file_is_read_counted_and_shown() -> None:
    app = upload(FILE)
    assert app.title[0].value == "1 of 2 damaging impacts scores high; 1 rose"
    text = seen(app)
    assert "1 row was set aside" in app.warning[0].value
    assert "furloughed_percent_x" in text
    assert "▲ rose from 9 to 20 (worse)" in text
    assert "wards: Huntingdon North" in text
    assert "People claiming out-of-work benefits" in text
    assert 'class="needs-matrix"' in text_of(app)
    assert 'href="ward-map?area=E07000011&amp;indicator=claimant_count_percent"' in text_of(app)
    assert "your file “scores.csv”" in text


def test_a_file_without_one_good_row_says_so_and_nothing_of_the_example() -> None:
    app = upload(f"{HEAD}E1,Shops,Economy,bad,9,9,x,soon,1,,\n")
    assert "1 row was set aside; 0 can be used" in app.warning[0].value
    assert app.title[0].value == "No row of your file can be used"
    text = seen(app)
    assert "every row was set aside" in text
    assert "published no scores" not in text
    assert "choose others above" not in text


def test_text_of_a_file_is_shown_as_text() -> None:
    app = upload(FILE.replace("S1,Lonely", f"S1,{NASTY}"), name="<b>**x**.csv")
    body = text_of(app)
    assert "<script" not in body
    assert html.escape(NASTY) in body
    assert "<b>**x**" not in body
    # These are drawn as Markdown, so nothing of the file may be in them.
    drawn = [b.value for kind in (app.title, app.header, app.warning, app.error) for b in kind]
    assert not any("**" in text or "<" in text for text in drawn)


def test_two_days_are_compared_and_stand_in_the_address() -> None:
    app = upload(FILE)
    app.selectbox(key="assessment_now").set_value("2021-12-01").run()
    assert app.title[0].value == "0 of 2 damaging impacts score high; 1 fell"
    assert app.query_params["now"] in ("2021-12-01", ["2021-12-01"])
    assert "item" not in app.query_params
    assert "What changed between 30 June 2021 and 1 December 2021" in [h.value for h in app.header]


def test_a_day_of_the_link_that_the_file_lacks_is_said() -> None:
    app = upload(FILE, now="2021-07-01")
    assert "Nothing was scored on 1 July 2021; another day is shown" in seen(app)
    assert "and 1 December 2021" in seen(app)


def test_kind_and_area_filter_the_page() -> None:
    app = upload(FILE, kind="positive")
    assert app.title[0].value.startswith("1 of 1 positive impact scores high")
    app.selectbox(key="assessment_where").set_value("economy").run()
    assert "No impact is of this kind and area" in seen(app)
    app.selectbox(key="assessment_kind").set_value("damaging").run()
    assert app.title[0].value.startswith("1 of 1 damaging impact scores high")


def test_impacts_without_any_score_have_no_chart_and_break_nothing() -> None:
    app = upload(f"{FILE}E9,Debt,Environment,Damaging,,,,,,,\n", impact_area="environment")
    assert app.title[0].value.startswith("1 of 1 positive impact scores high")
    app.selectbox(key="assessment_kind").set_value("damaging").run()
    assert not app.exception
    assert app.title[0].value == "1 impact, none of them scored here"
    assert "1 row of E9" in seen(app)


def test_the_history_of_one_impact_keeps_every_row() -> None:
    app = upload(FILE)
    app.selectbox(key="assessment_item").set_value("S1").run()
    text = seen(app)
    assert "2 rows of S1" in text
    assert "▼ fell from 4 to 2 (better)" in text


def test_a_file_that_cannot_be_used_says_why_and_the_example_stays() -> None:
    app = upload(b"\x89PNG\r\n\x1a\n" + bytes(40), name="**a**.png")
    assert app.error[0].value == "This file cannot be used."
    assert "**a**.png: The file is not a spreadsheet" in seen(app)
    assert app.title[0].value == "8 impacts, none of them scored here"


def test_a_removed_file_is_gone() -> None:
    app = upload(FILE)
    app.file_uploader[0].set_value(None)
    app.run()
    assert "assessment" not in app.session_state
    assert app.title[0].value == "8 impacts, none of them scored here"


def test_a_wrong_link_says_so() -> None:
    app = open_page(PAGE, kind="awful", impact_area="moon", now="2021-13-01")
    assert len(app.warning) == 3
    assert "awful" in app.warning[0].value
    assert app.title[0].value


def test_choices_are_read_from_an_address() -> None:
    params = {"kind": "damaging", "impact_area": "economy", "then": "2021-06-30", "now": ""}
    chosen, problems = parse_choices(params, Choices())
    assert chosen == Choices("damaging", "economy", "2021-06-30", "")
    assert not problems
    assert chosen.address()["then"] == "2021-06-30"


def test_days_that_the_file_lacks_fall_back() -> None:
    found = read_upload(FILE.encode(), "x").found
    assert found is not None
    days = sorted({d.date() for d in found.table["date"]})
    assert choose_days(days, Choices()) == (days[1], days[2])
    assert choose_days(days, Choices(then="1999-01-01", now="2021-12-01")) == (days[0], days[1])
    assert choose_days(days, Choices(now="2021-06-30")) == (None, days[0])
    assert choose_days([], Choices(now="2021-06-30")) == (None, None)


def test_a_district_figure_is_said_to_be_one_and_has_no_map() -> None:
    from data.catalogue import load_catalogue

    catalogue = load_catalogue()
    only = next(i for i in catalogue.indicators if catalogue.is_district_only(i))
    proof = find_evidence(only, "E07000011")
    assert proof is not None
    assert "district figure, not ward" in proof.note
    assert proof.link == ""
    assert find_evidence("", "E07000011") is None
    for area in ("E10000008", "E92000001"):
        assert find_evidence(only, area) is not None


def test_downloads_hold_the_rows_and_their_source(monkeypatch) -> None:
    made: list[Offer] = []
    monkeypatch.setattr(
        "pages.shared.assessment_views.show_offer", lambda o, _key: made.append(o())
    )
    upload(FILE)
    tables = made[-4:]
    assert [len(offer.table) for offer in tables] == [3, 3, 3, 2]
    for offer in tables:
        notes = dict(offer.notes)
        assert "scores.csv" in notes["Source"]
        assert "impact × likelihood" in notes["Rule"]
        assert offer.description


def test_nothing_of_a_file_is_written_to_the_disk(tmp_path, monkeypatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise AssertionError(f"{self} was written")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(Path, "write_text", refuse)
    assert read_upload(FILE.encode(), "x").found is not None
