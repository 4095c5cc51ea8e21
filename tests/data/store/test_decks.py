import threading

import pytest

from data.errors import StoreError
from data.store.audit import load_audit
from data.store.decks import (
    delete_deck,
    list_decks,
    list_versions,
    load_deck,
    save_deck,
)
from data.store.engine import close_store, open_store

AREA = "E07000011"


def save(engine, content="{}", deck_id="", title="Workshop", who="a lead"):
    return save_deck(engine, AREA, title, content, who, deck_id)


def test_a_story_is_kept_with_every_version(store_url):
    engine = open_store(store_url)
    deck_id, version = save(engine, "one")
    assert version == 1
    assert save(engine, "two", deck_id, "Workshop, new", "another lead") == (deck_id, 2)
    close_store(store_url)
    engine = open_store(store_url)
    newest = load_deck(engine, deck_id)
    assert (newest.content, newest.version, newest.who) == ("two", 2, "another lead")
    assert newest.at.tzinfo is not None
    old = load_deck(engine, deck_id, 1)
    assert (old.content, old.version, old.newest, old.who) == ("one", 1, 2, "a lead")
    assert load_deck(engine, deck_id, 3) is None
    assert list(list_versions(engine, deck_id)["version"]) == [2, 1]
    assert list_decks(engine, AREA)["title"].tolist() == ["Workshop, new"]


def test_ids_cannot_be_guessed(store_url):
    engine = open_store(store_url)
    ids = {save(engine)[0] for _ in range(5)}
    assert len(ids) == 5
    assert all(len(one) >= 22 for one in ids)  # 128 bits
    assert load_deck(engine, "guess") is None


def test_a_story_of_another_place_is_not_listed(store_url):
    engine = open_store(store_url)
    save(engine)
    assert list_decks(engine, "E10000008").empty


def test_deleting_deletes_all_versions_and_the_audit_list_says_who(store_url):
    engine = open_store(store_url)
    deck_id, _ = save(engine, "one")
    other, _ = save(engine, "other")
    save(engine, "two", deck_id)
    assert delete_deck(engine, deck_id, "a lead") is True
    assert delete_deck(engine, deck_id, "a lead") is False
    assert load_deck(engine, deck_id) is None
    assert list_versions(engine, deck_id).empty
    assert load_deck(engine, other).content == "other"
    done = load_audit(engine, AREA)["what"].tolist()
    assert done == ["deleted a story", "saved a story", "saved a story", "saved a story"]


def test_what_was_deleted_is_not_saved_again_by_itself(store_url):
    engine = open_store(store_url)
    deck_id, _ = save(engine)
    delete_deck(engine, deck_id, "a lead")
    with pytest.raises(StoreError, match="deleted meanwhile"):
        save(engine, "two", deck_id)
    assert load_deck(engine, deck_id) is None


def test_two_leads_who_save_at_once_get_two_versions(store_url):
    engine = open_store(store_url)
    deck_id, _ = save(engine)
    found = []

    def work(name: str) -> None:
        for _ in range(5):
            found.append(save(engine, name, deck_id, who=name)[1])

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c", "d")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(2, 22))
    assert load_deck(engine, deck_id).newest == 21


def test_any_letters_come_back_as_they_were(store_url):
    engine = open_store(store_url)
    words = "'; DROP TABLE audit; -- <b>ünï ☃ 𝄞"
    deck_id, _ = save(engine, words, title=words)
    assert load_deck(engine, deck_id).content == words
