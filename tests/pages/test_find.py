"""Find my ward: each kind of thing typed has its own answer, and nothing typed is kept."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from test_pages import open_page

from data.errors import TableError
from pages.shared.find_answers import answer_query

HUNTINGDONSHIRE, EXETER, DEVON = "E07000011", "E07000041", "E10000008"
HUNTINGDON_NORTH, RAMSEY = "E05011266", "E05011268"


def ask(text: str, here: str = HUNTINGDONSHIRE):
    answer = answer_query(text, here)
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("PE29 3TN", HUNTINGDON_NORTH),
        ("ex2 4qd", "E05011016"),
        ("Ramsey", RAMSEY),
        ("Exeter", EXETER),
        ("huntingdonshire", HUNTINGDONSHIRE),
        ("E05011268", RAMSEY),
        ("E10000008", DEVON),
        ("Huntingdonshire 010B", "E05011256"),
        ("England", "E92000001"),
    ],
)
def test_one_clear_hit_is_gone_to(typed, code):
    answer = ask(typed)
    assert answer.chosen == code
    assert answer.good


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("EH1 1AA", "in Scotland, outside England"),
        ("CF10 1AA", "in Wales, outside England"),
        ("BT1 1AA", "in Northern Ireland, outside England"),
        ("JE1 0BD", "in the Channel Islands, outside England"),
        ("IM1 1AA", "in the Isle of Man, outside England"),
        ("ZE1", "in Scotland, outside England"),
        ("AB11 3AG", "gives no place for it"),
        ("PE29 3CK", "not in the directory of November 2025"),
        ("QQ1 1AA", "No postcode begins with QQ1"),
        ("PE98", "No postcode begins with PE98"),
        ("Atlantis", "Nothing is found"),
        ("Q", "Nothing is found"),
        ("💥", "Nothing is found"),
    ],
)
def test_each_dead_end_says_which_it_is(typed, words):
    answer = ask(typed)
    assert words in answer.words
    assert not answer.good
    assert not answer.chosen


def test_an_unknown_postcode_offers_the_wards_of_its_district():
    answer = ask("PE29 3CK")
    assert HUNTINGDON_NORTH in answer.codes


def test_the_beginning_of_a_postcode_offers_its_wards_most_postcodes_first():
    answer = ask("PE28")
    assert answer.good
    assert answer.count == len(answer.codes) > 15
    assert "PE28 is part of a postcode" in answer.words
    assert ask("PE29 3").count < ask("PE29").count
    # A district on the border of Wales keeps its English wards.
    assert all(code.startswith("E05") for code in ask("HR3").codes)


def test_a_postcode_beside_a_boundary_says_so_and_offers_the_other_ward():
    near, clear = ask("PE29 1AA"), ask("PE29 3TN")
    assert "near a boundary" in near.words
    assert near.codes
    assert near.chosen not in near.codes
    assert "near a boundary" not in clear.words
    assert not clear.codes


def test_repeated_names_and_typing_errors_are_offered_not_gone_to():
    abbey = ask("Abbey", "E07000008")
    assert abbey.count > 5
    assert not abbey.chosen
    assert abbey.codes[0] == "E05013050"  # Abbey in Cambridge, the place shown
    assert ask("Kimbolten").words == "No place has this name. Did you mean:"
    assert answer_query("   ", HUNTINGDONSHIRE) is None


@settings(max_examples=200)
@given(st.text(max_size=30))
def test_no_text_raises_or_comes_back(typed):
    answer = answer_query(typed, HUNTINGDONSHIRE)
    secret = typed.strip()
    if answer is not None and len(secret) > 6 and not answer.chosen:
        assert secret not in answer.words


def type_into(app: AppTest, text: str) -> AppTest:
    return app.text_input(key="find_text").set_value(text).run()


def everything_but_the_box(app: AppTest) -> str:
    state = {
        k: repr(v) for k, v in app.session_state._state.filtered_state.items() if k != "find_text"
    }
    return json.dumps([state, dict(app.query_params)], default=str)


@pytest.mark.parametrize(
    "page", ["explore/overview.py", "explore/ward_map.py", "explore/hidden_pockets.py"]
)
def test_a_postcode_changes_council_and_ward_and_stays_out_of_the_address(page):
    app = type_into(open_page(page), "EX2 4QD")
    assert not app.exception
    assert app.selectbox(key="pick_area").value == EXETER
    assert app.selectbox(key="pick_ward").value == "E05011016"
    assert app.query_params["ward"] in ("E05011016", ["E05011016"])
    for part in ("EX2", "4QD", "ex2"):
        assert part not in everything_but_the_box(app)
    assert "Newtown and St Leonard's, Exeter" in app.info[0].value
    # Going elsewhere empties the box and takes the answer away.
    app.selectbox(key="pick_area").set_value(HUNTINGDONSHIRE).run()
    assert app.text_input(key="find_text").value == ""
    assert not app.info


def test_several_hits_are_buttons_or_a_list_and_choosing_one_follows():
    app = type_into(open_page("explore/overview.py"), "St Neots")
    names = [button.label for button in app.button]
    assert "St Neots East, Huntingdonshire" in names
    app.button(key="find-E05011272").click().run()
    assert app.selectbox(key="pick_ward").value == "E05011272"
    app = type_into(open_page("explore/overview.py"), "Abbey")
    chosen = app.selectbox(key="find_choice").options[0]
    app.selectbox(key="find_choice").set_value("E05013050").run()
    assert app.selectbox(key="pick_area").value == "E07000008"
    assert chosen


def test_nothing_found_keeps_the_place_and_the_words_typed():
    app = type_into(open_page("explore/overview.py", area=DEVON), "Atlantis")
    assert app.selectbox(key="pick_area").value == DEVON
    assert "Nothing is found" in app.warning[0].value
    assert app.text_input(key="find_text").value == "Atlantis"
    assert not type_into(app, "").warning


def test_a_failing_search_takes_nothing_else_down_and_repeats_nothing(monkeypatch):
    def fail(text: str, here: str) -> None:
        raise KeyError(text)

    monkeypatch.setattr("pages.shared.find_answers.answer_query", fail)
    monkeypatch.setattr("pages.shared.find.answer_query", fail)
    app = type_into(open_page("explore/overview.py"), "SECRET1 9ZZ")
    assert not app.exception
    assert "The search cannot be shown" in app.error[0].value
    assert "SECRET" not in app.error[0].value
    assert app.title[0].value

    def damaged(text: str, here: str) -> None:
        raise TableError("postcodes_P.msgpack.br: the file is damaged")

    monkeypatch.setattr("pages.shared.find.answer_query", damaged)
    assert "is damaged" in type_into(app, "PE29 3TN").error[0].value
