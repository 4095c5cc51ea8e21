"""The pages of phones: what they take, what they refuse, what they never show."""

import gzip
import re
import threading

import pytest
from phone_examples import WARD, Phone, expire, make_room, wards_on

from data.errors import StoreError
from data.store import workshop_visits
from data.store.workshop_results import load_results
from data.store.workshops import close_voting, load_workshop, reopen_voting
from host.workshop import keeping, rooms, views


def test_a_phone_joins_votes_comments_and_adds_an_asset_without_a_script(opened):
    engine, workshop = opened
    phone = Phone(workshop)
    assert phone.page.status_code == 200
    ward = wards_on(phone.page)[0]
    answer = phone.send("ward", ward=ward)
    assert answer.status_code == 303
    page = phone.open(answer.headers["location"])
    assert "5 of 5 dots left." in page.text
    first = phone.ids[0]
    answer = phone.send("vote", **{f"q{first}": "2", "more": str(first)})
    assert answer.headers["location"] == f"{phone.path}?said=vote#q{first}"
    assert "2 of 5 dots left." in phone.open(answer.headers["location"]).text
    assert phone.send("comment", words="Benches, please").status_code == 303
    sent = phone.send("asset", name="Village hall", kind="place", note="open Tuesdays")
    assert "added" in phone.open(sent.headers["location"]).text
    results = load_results(engine, workshop)
    assert list(results.by_question["points"]) == [3, 0, 0]
    assert results.by_ward["ward"].tolist() == [ward]
    assert results.comments["words"].tolist() == ["Benches, please"]
    assert results.assets[["name", "ward"]].to_numpy().tolist() == [["Village hall", ward]]


def test_the_ward_of_a_phone_is_shown_with_its_need_in_words(room):
    _, workshop = room
    page = Phone(workshop, ward=WARD).page.text
    found = re.findall(r'<p class="need"><span aria-hidden="true">(.)</span> (.*?)</p>', page)
    assert len(found) == 2  # the lead's own question has no figures
    assert all(sign in "▲●▼" and "of 26 in Huntingdonshire." in words for sign, words in found)


def test_a_ranking_is_taken_without_a_script(opened):
    engine, _ = opened
    _, workshop = make_room(str(engine.url.render_as_string(False)), method="ranking")
    phone = Phone(workshop, ward="")
    sent = phone.send("vote", **{f"q{phone.ids[0]}": "2", f"q{phone.ids[2]}": "1"})
    assert sent.status_code == 303
    assert phone.state()["ballot"] == {str(phone.ids[0]): 2, str(phone.ids[2]): 1}
    mistake = phone.send("vote", **{f"q{i}": "1" for i in phone.ids})
    assert mistake.status_code == 400
    assert "same place" in mistake.text


def test_the_script_is_told_what_was_kept(room):
    _, workshop = room
    phone = Phone(workshop, ward="")
    facts = phone.vote(2, 1).json()
    assert facts["said"] == "Saved. 2 of 5 dots left."
    assert facts["ballot"] == phone.state()["ballot"] == {
        str(phone.ids[0]): 2, str(phone.ids[1]): 1,
    }  # fmt: skip
    refused = phone.vote(5, 1)
    assert (refused.status_code, refused.json()["ok"]) == (400, False)
    assert phone.state()["ballot"] == facts["ballot"]


def test_a_repeat_of_a_request_counts_once(opened):
    engine, workshop = opened
    phone = Phone(workshop, ward="")
    for _ in range(3):
        assert phone.script("comment", words="Once", request="the-same-1").status_code == 200
        assert phone.vote(3, request="the-same-2").status_code == 200
    results = load_results(engine, workshop)
    assert len(results.comments) == 1
    assert results.by_question["points"].sum() == 3


def test_closed_voting_is_said_and_takes_no_vote(opened):
    engine, workshop = opened
    phone = Phone(workshop, ward="")
    phone.vote(1)
    close_voting(engine, workshop.id, "lead")
    assert phone.state()["voting"] is False
    page = phone.open().text
    assert '<p id="closed"><b>Voting is closed.' in page
    assert 'name="more"' in page
    assert not re.search(r'<button name="more"(?!.*disabled)', page)
    refused = phone.vote(2)
    assert refused.status_code == 409
    assert "closed" in refused.json()["said"]
    assert "Voting is closed" in phone.send("vote", **{f"q{phone.ids[0]}": "2"}).text
    reopen_voting(engine, workshop.id, "lead")
    assert phone.vote(2).json()["ballot"] == {str(phone.ids[0]): 2}


def test_below_a_proxys_prefix_every_address_has_it(room):
    _, workshop = room
    phone = Phone(workshop, root_path="/needs")
    assert "Path=/needs/" in phone.page.headers["set-cookie"]
    answer = phone.send("ward", ward="")
    assert answer.headers["location"].startswith("/needs/w/")
    page = phone.open(answer.headers["location"]).text
    addresses = re.findall(r'(?:action|href|src|data-room)="([^"]+)"', page)
    assert len(addresses) >= 6
    assert all(a.startswith(("/needs/w/", "data:")) for a in addresses)


def test_a_page_with_its_files_is_a_few_kilobytes(room):
    engine, _ = room
    sizes = []
    for area in ("E07000011", "E10000008"):
        _, workshop = make_room(engine.url.render_as_string(False), area)
        phone = Phone(workshop)
        ward = wards_on(phone.page)[0]
        phone.send("ward", ward=ward)
        sizes += [len(gzip.compress(page.content)) for page in (phone.page, phone.open())]
    assert max(sizes) <= 5_000
    addresses = set(re.findall(r'"(/w/files/[^"]+)"', phone.open().text))
    files = [phone.client.get(a) for a in addresses]
    assert {f.headers["content-type"].split(";")[0] for f in files} == {
        "text/css",
        "text/javascript",
    }
    assert all("immutable" in f.headers["cache-control"] for f in files)
    assert max(sizes) + sum(len(gzip.compress(f.content)) for f in files) <= 10_000
    for wrong in ("phone.js", "phone.000000000000.js", "..%2Fviews.py"):
        assert phone.client.get(f"/w/files/{wrong}").status_code == 404


def test_a_store_that_fails_is_said_and_nothing_is_lost(room, monkeypatch, capsys):
    _, workshop = room
    phone = Phone(workshop, ward="")

    def fail(*_args, **_options):
        raise StoreError("the disk is full")

    monkeypatch.setattr(workshop_visits, "write_again", fail)
    answer = phone.vote(1)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "disk" not in answer.text
    assert "the disk is full" in capsys.readouterr().err
    page = phone.send("vote", **{f"q{phone.ids[0]}": "1"})
    assert (page.status_code, "try again" in page.text) == (503, True)


def test_damaged_tables_leave_the_votes_alone(room, monkeypatch):
    _, workshop = room

    def fail(*_args):
        raise StoreError("a damaged table")

    monkeypatch.setattr(rooms, "load_evidence", fail)
    phone = Phone(workshop, ward=WARD)
    assert phone.page.status_code == 200
    assert 'class="need"' not in phone.page.text
    assert phone.vote(1).status_code == 200


def test_while_the_store_waits_the_loop_answers_others(room, monkeypatch):
    _, workshop = room
    phone = Phone(workshop, ward="")
    waiting, go_on = threading.Event(), threading.Event()
    real = views.load_room

    def wait(*arguments):
        waiting.set()
        assert go_on.wait(20)
        return real(*arguments)

    monkeypatch.setattr(views, "load_room", wait)
    with phone.client as client:
        slow = threading.Thread(target=client.get, args=(phone.path,))
        slow.start()
        assert waiting.wait(20)
        assert client.get("/join").status_code == 200
        go_on.set()
        slow.join()


def test_reloading_the_address_of_a_form_goes_to_its_page(room):
    _, workshop = room
    phone = Phone(workshop)
    answer = phone.client.get(f"{phone.path}/vote")
    assert (answer.status_code, answer.headers["location"]) == (303, phone.path)
    assert phone.script("nonsense").status_code == 404


def test_old_workshops_are_deleted_as_the_server_runs(room, monkeypatch):
    engine, workshop = room
    monkeypatch.setenv("KEEP_WORKSHOPS_DAYS", "0")
    expire(engine, workshop)

    class EndOfDayError(Exception):
        pass

    async def stop(_seconds):
        raise EndOfDayError

    monkeypatch.setattr(keeping.asyncio, "sleep", stop)
    with pytest.raises(EndOfDayError):
        keeping.asyncio.run(keeping.delete_old_workshops())
    with pytest.raises(views.WorkshopGoneError):
        load_workshop(engine, workshop.id)


def test_a_database_nobody_needed_is_not_made_for_deleting(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr(keeping, "DEFAULT_FILE", tmp_path / "var" / "dashboard.sqlite3")
    monkeypatch.setattr("data.store.engine.DEFAULT_FILE", keeping.DEFAULT_FILE)
    assert not keeping.has_database()
