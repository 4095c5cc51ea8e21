"""The lead's page: only for leads, live, moderated, exported without anybody's own vote."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from said import find_faults, texts_of
from streamlit.testing.v1 import AppTest
from test_pages import ROOT, open_page

from data.store.engine import open_store
from data.store.workshop_results import load_results, load_stamp
from data.store.workshops import (
    Question,
    close_voting,
    end_workshop,
    list_workshops,
    load_workshop,
    renew_code,
)
from pages.shared.access import STORE
from pages.shared.workshop_data import load_shown
from pages.shared.workshop_files import list_tables, make_excel, make_word
from pages.shared.workshop_join import find_address
from tests.workshop_rooms import LEAD, WARDS, comment, fill_room, open_room, vote

KEY = "blue horse lamp stand"
PAGE = "present/workshop.py"
AREA = "E07000011"
ROWS = [("Huntingdon North", 5), ("Ramsey", 4), ("Other wards, or none said", 3)]


@pytest.fixture(autouse=True)
def lead_key(monkeypatch) -> None:
    monkeypatch.setenv("LEAD_KEY", KEY)
    monkeypatch.setenv("PUBLIC_ADDRESS", "https://needs.example.gov.uk")


@pytest.fixture
def room():
    engine = open_store()
    workshop = open_room(engine, moderated=False)
    fill_room(engine, workshop)
    return workshop


def open_as_lead(**params: object) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / PAGE), default_timeout=120)
    for name, value in params.items():
        app.query_params[name] = str(value)
    app.session_state[STORE] = hash(KEY)
    return app.run()


def said(app: AppTest) -> str:
    return " ".join(" ".join(texts_of(app)).split())


def test_nobody_but_a_lead_sees_a_workshop(room) -> None:
    app = open_page(PAGE, workshop=str(room.id), show="room")
    assert app.title[0].value == "A room votes from its phones, beside the figures"
    for secret in (room.token, room.code, "Good health", "Village hall"):
        assert secret not in said(app)
    app.text_input(key="lead_key").input("a wrong key, long enough")
    app.button[-1].click()
    assert "That is not the key" in said(app.run())
    assert room.token not in str(app.get("html"))


def test_a_lead_opens_a_workshop_and_gets_its_code(lead_key) -> None:
    app = open_as_lead(area=AREA)
    assert find_faults(app) == []
    app.button(key="new_open").click().run()
    assert not app.exception
    opened = list_workshops(open_store(), AREA)
    assert [q.action_area for q in opened[0].questions] == [
        "strong_communities", "good_work", "good_health", "good_start", "good_place",
    ]  # fmt: skip
    assert opened[0].moderated
    assert app.query_params["workshop"] == str(opened[0].id)
    assert f"{opened[0].code[:3]} {opened[0].code[3:]}" in said(app)
    assert app.code[0].value == f"https://needs.example.gov.uk/w/{opened[0].token}"
    assert app.title[0].value == "Waiting for the first vote"


def test_own_questions_with_a_mistake_are_told_and_nothing_is_opened() -> None:
    app = open_as_lead(area=AREA)
    app.radio(key="new_asked").set_value("Questions of my own").run()
    app.text_area(key="new_questions").input("Only one\n\n")
    app.button(key="new_open").click().run()
    assert "The workshop was not opened. Ask 2 to 20 questions." in said(app)
    assert list_workshops(open_store(), AREA) == ()
    app.text_area(key="new_questions").input("More buses\nA warm place")
    app.button(key="new_open").click().run()
    opened = list_workshops(open_store(), AREA)[0]
    assert [q.words for q in opened.questions] == ["More buses", "A warm place"]
    assert "no need scores to put beside them" in said(app)


def test_the_lead_reads_the_result_by_hand_counted_figures(room) -> None:
    app = open_as_lead(workshop=room.id)
    assert not app.exception
    assert app.title[0].value == "The room puts Good health first"
    text = said(app)
    assert "12 people voted: read with care." in text
    for name, people in ROWS:
        assert f"{name} {people} " in text
    assert "<b>Buses</b> stop at **six**." in text
    assert find_faults(app) == []


def test_small_wards_are_in_no_view_and_no_file(room) -> None:
    """St Neots East has two voters: neither it nor what is left over shows them."""
    for show in ("", "room", "wards", "figures"):
        app = open_as_lead(workshop=room.id, show=show)
        rows = [t for t in texts_of(app) if "Ramsey" in t and "%" in t]
        assert all("St Neots East" not in row for row in rows)
    tables = list_tables(load_shown(room).write_down())
    by_ward = tables["By ward"]
    assert list(zip(by_ward["Ward"], by_ward["People who voted"], strict=True)) == ROWS
    # Person 9 of St Neots East wrote a comment: its ward would name them.
    comments = tables["Comments"].set_index("Comment")["Ward"]
    assert comments["<b>Buses</b> stop at **six**."] == "Other wards, or none said"
    assert comments["The surgery is hard to reach without a car."] == "Huntingdon North"


def test_what_changes_is_drawn_again(room) -> None:
    app = open_as_lead(workshop=room.id, show="room")
    drawn = app.session_state["workshop_drawn"]
    assert drawn[0] == load_stamp(open_store(), room.id)
    vote(open_store(), room, "somebody new", WARDS[1], 5)
    app.run()
    assert app.session_state["workshop_drawn"] != drawn
    assert "13 joined · 13 voted" in said(app)
    for change in (close_voting, renew_code):
        change(open_store(), room.id, LEAD)
        before = app.session_state["workshop_drawn"]
        app.run()
        assert app.session_state["workshop_drawn"] != before
    assert "Voting is closed" in said(app)


def test_a_lead_hides_shows_and_removes_what_was_written(room) -> None:
    app = open_as_lead(workshop=room.id)
    number = int(load_results(open_store(), room).comments["comment_id"].iat[1])
    app.button(key=f"comment_hide_{number}").click().run()
    assert "Buses" not in str(list_tables(load_shown(room).write_down())["Comments"])
    app.session_state["comment_state"] = "hidden"
    app.run()
    app.button(key=f"comment_show_{number}").click().run()
    assert "Buses" in str(list_tables(load_shown(room).write_down())["Comments"])
    app.session_state["comment_state"] = "shown"
    app.run()
    app.button(key=f"comment_remove_{number}").click().run()
    assert not app.exception
    assert "Buses" not in str(load_results(open_store(), room).comments)


def test_the_wall_has_nothing_of_the_leads(room) -> None:
    app = open_as_lead(workshop=room.id, show="room")
    assert app.title[0].value == "The room puts Good health first"
    keys = {button.key for button in app.button}
    assert keys == {"wall_room", "wall_figures", "wall_wards", "wall_said", "wall_assets",
                    "wall_back"}  # fmt: skip
    assert "Buses" not in said(app)
    assert "Signed in" not in said(app)
    app.button(key="wall_said").click().run()
    assert "<b>Buses</b> stop at **six**." in said(app)
    app.button(key="wall_back").click().run()
    assert {"close_voting", "end_workshop"} <= {button.key for button in app.button}


def test_an_ended_workshop_keeps_its_results_and_shows_no_way_in(room) -> None:
    app = open_as_lead(workshop=room.id)
    app.button(key="end_workshop").click().run()
    text = said(app)
    assert "This workshop has ended" in text
    assert room.code not in text.replace(" ", "")
    assert app.title[0].value == "The room puts Good health first"
    assert app.button(key="delete_workshop").disabled
    app.checkbox(key="delete_sure").check().run()
    app.button(key="delete_workshop").click().run()
    assert not app.exception
    assert list_workshops(open_store(), AREA) == ()


def test_a_link_to_a_workshop_that_is_gone_says_so() -> None:
    for number in ("999", "x", "99999999999999999999"):
        app = open_as_lead(workshop=number)
        assert not app.exception
        assert app.warning
        assert app.title[0].value == "Let the room vote, and see the figures beside it"


def test_a_database_that_is_away_takes_one_panel_down(monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/no/such.db")
    app = open_as_lead(workshop="1")
    assert not app.exception
    assert "cannot be kept or read at the moment" in said(app)


def test_files_open_and_hold_what_was_counted(room) -> None:
    import docx

    written, day = load_shown(room).write_down(), dt.date(2026, 11, 25)
    book = openpyxl.load_workbook(io.BytesIO(make_excel(written, day)))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "Good health" in cells
    document = docx.Document(io.BytesIO(make_word(written, day)))
    text = "\n".join(
        [p.text for p in document.paragraphs]
        + [c.text for t in document.tables for r in t.rows for c in r.cells]
    )
    for words in (
        "What matters most?",
        "1st: Good health, 55 % of all dots (33).",
        "Other wards, or none said",
        "Village hall",
        "<b>Buses</b> stop at **six**.",
    ):
        assert words in text  # fmt: skip


def test_a_room_of_two_shows_no_result() -> None:
    engine = open_store()
    workshop = open_room(engine, questions=[Question("More buses"), Question("A warm place")])
    for name in "ab":
        vote(engine, workshop, name, WARDS[0], 0, 5)
    comment(engine, workshop, "a", "=1+1 waits for the lead")
    app = open_as_lead(workshop=workshop.id, show="room")
    assert app.title[0].value == "Waiting for more votes"
    assert "2 people so far" in said(app)
    assert "100 %" not in said(app)
    written = load_shown(load_workshop(engine, workshop.id)).write_down()
    assert "10 of" not in str(make_word(written, dt.date(2026, 11, 25)))
    end_workshop(engine, workshop.id, LEAD)


@pytest.mark.parametrize(
    ("environment", "url", "address", "problem"),
    [
        ({}, "http://192.168.1.7:8501/workshop", "http://192.168.1.7:8501", ""),
        ({}, "https://gov.uk/needs/workshop", "https://gov.uk/needs", ""),
        ({"PUBLIC_ADDRESS": "https://x.gov.uk/"}, "http://127.0.0.1:8501/workshop",
         "https://x.gov.uk", ""),
        ({}, "http://localhost:8501/workshop", "http://localhost:8501", "Phones cannot open"),
        ({}, "http://[::1]:8501/workshop", "http://[::1]:8501", "Phones cannot open"),
        ({"PUBLIC_ADDRESS": "needs.gov.uk"}, None, "", "is no web address"),
        ({"PUBLIC_ADDRESS": "javascript:alert(1)"}, None, "", "is no web address"),
        ({}, None, "", "not known"),
    ],
)  # fmt: skip
def test_the_address_for_phones(environment, url, address, problem) -> None:
    found, said_so = find_address(environment, url)
    assert found == address
    assert problem in said_so if problem else said_so == ""
