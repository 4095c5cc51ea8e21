"""Comments and community assets on both databases: plain text, limited, in the lead's hands."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from workshop_examples import LEAD, make_people, make_workshop, new_request

from data.store import workshop_visits
from data.store.workshop_results import load_results, load_stamp
from data.store.workshop_words import (
    add_asset,
    add_comment,
    clean_text,
    hide_asset,
    hide_comment,
    remove_comment,
    show_comment,
)
from data.store.workshops import TooOftenError, WorkshopError


def test_the_same_request_many_times_at_once_counts_once(room):
    engine, workshop, _, person = room
    request = new_request()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: add_asset(engine, workshop, person, "Village hall", "place",
                                             request, "open Tuesdays"), range(16)))  # fmt: skip
    assert len(load_results(engine, workshop).assets) == 1


def test_a_whole_room_cannot_flood_the_screen(room, monkeypatch):
    engine, workshop, _, _ = room
    monkeypatch.setitem(workshop_visits.MOST_OF_ALL, "comment", 3)
    people = make_people(engine, workshop, 4)
    for person in people[:3]:
        add_comment(engine, workshop, person, "words", new_request())
    with pytest.raises(TooOftenError):
        add_comment(engine, workshop, people[3], "words", new_request())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two \n lines\t", "two lines"),
        ("nul\x00 bell\x07 escape\x1b[31m", "nul bell escape [31m"),
        ("turned \u202eround\u202c", "turned round"),
        ("a\u0301" + "\u0301" * 50, "\u00e1" + "\u0301" * 3),
        ("<b>bold</b> & *stars*", "<b>bold</b> & *stars*"),
        ("caf\u0065\u0301 \U0001f469\u200d\U0001f33e", "caf\u00e9 \U0001f469\u200d\U0001f33e"),
        ("broken \ud800 half", "broken half"),
    ],
)
def test_text_is_cleaned_to_one_plain_line(typed, kept):
    assert clean_text(typed) == kept


def test_words_too_long_empty_or_of_no_kind_are_refused(room):
    engine, workshop, ids, person = room
    add_comment(engine, workshop, person, "x" * 280, new_request(), ids[0])
    for act, said in (
        (lambda: add_comment(engine, workshop, person, "x" * 281, new_request()), "281 letters"),
        (lambda: add_comment(engine, workshop, person, " \x00 ", new_request()), "Write a comment"),
        (lambda: add_comment(engine, workshop, person, "x", new_request(), 10**6), "not of this"),
        (lambda: add_asset(engine, workshop, person, "Hall", "castle", new_request()), "list"),
        (lambda: add_asset(engine, workshop, person, "", "place", new_request()), "Write a name"),
    ):
        with pytest.raises(WorkshopError, match=said):
            act()
    results = load_results(engine, workshop)
    assert list(results.comments["question_id"]) == [ids[0]]
    assert results.assets.empty


def test_the_lead_hides_shows_and_removes(room):
    engine, workshop, _, person = room
    add_comment(engine, workshop, person, "Said in anger", new_request())
    add_asset(engine, workshop, person, "Hall", "place", new_request(), "open Tuesdays")
    comment = int(load_results(engine, workshop).comments["comment_id"].iloc[0])
    stamps = [load_stamp(engine, workshop.id)]
    for change, state in ((hide_comment, "hidden"), (show_comment, "shown")):
        change(engine, comment, LEAD)
        results = load_results(engine, workshop)
        assert list(results.comments["state"]) == [state]
        stamps.append(results.stamp)
    remove_comment(engine, comment, LEAD)
    assert load_results(engine, workshop).comments.empty
    with pytest.raises(WorkshopError, match="not there any more"):
        show_comment(engine, comment, LEAD)
    hide_asset(engine, int(load_results(engine, workshop).assets["asset_id"].iloc[0]), LEAD)
    stamps.append(load_stamp(engine, workshop.id))
    assert len(set(stamps)) == len(stamps)


def test_in_a_moderated_room_words_wait_for_the_lead(store_url):
    engine, workshop, _ = make_workshop(store_url, moderated=True)
    (person,) = make_people(engine, workshop, 1)
    add_comment(engine, workshop, person, "May I?", new_request())
    assert list(load_results(engine, workshop).comments["state"]) == ["waiting"]
