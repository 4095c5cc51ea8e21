"""A room of strangers: what phones may not do, see, guess or leave behind."""

import json
import re

import pytest
from phone_examples import JSON, WARD, Phone, expire, make_room

from data.store import workshop_visits
from data.store.workshop_results import load_results
from data.store.workshops import end_workshop
from host.workshop import answers


def test_two_phones_see_nothing_of_each_other(room):
    _, workshop = room
    one, two = Phone(workshop, ward=""), Phone(workshop, ward="")
    one.vote(5)
    one.send("comment", words="Only for the room")
    one.send("asset", name="Secret garden", kind="green")
    page = two.open().text
    assert "Only for the room" not in page
    assert "Secret garden" not in page
    assert two.state()["ballot"] == {}


def test_html_in_words_and_titles_is_only_text(room):
    engine, workshop = room
    phone = Phone(workshop, ward="")
    assert "Our &lt;priorities&gt;" in phone.page.text
    assert "More benches? &lt;now&gt;" in phone.page.text
    attack = '"><script>alert(1)</script>' * 12
    answer = phone.send("comment", words=attack)
    assert answer.status_code == 400  # too long: typed again into the box, as text
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text
    for field in ("kind", "name", "note", "question"):
        fields = {"name": "x" * 81, "kind": "place", "words": "x" * 281, field: attack}
        for deed in ("asset", "comment", "vote", "ward"):
            assert "<script>alert" not in phone.send(deed, **fields).text
    assert "<script>alert" not in phone.client.post("/join", data={"code": attack}).text
    assert phone.open(f"{phone.path}?said=%3Cscript%3E").text.count("<script") == 1
    assert phone.send("comment", words="<b>bold</b>").status_code == 303
    assert load_results(engine, workshop).comments["words"].tolist() == ["<b>bold</b>"]


def test_unknown_ended_and_expired_links_get_one_friendly_answer(opened):
    engine, ended = opened
    phone = Phone(ended, ward="")
    _, expired = make_room(engine.url.render_as_string(False))
    end_workshop(engine, ended.id, "lead")
    expire(engine, expired)
    paths = [f"/w/{ended.token}", f"/w/{expired.token}", f"/w/{'A' * 22}", "/w/x", "/w/%00%F0%28",
             "/w/" + "y" * 3000]  # fmt: skip
    said = {(a.status_code, a.text) for a in map(phone.client.get, paths)}
    assert len(said) == 1
    ((status, text),) = said
    assert status == 404
    assert "This workshop is not open." in text
    for deed in ("vote", "comment", "asset", "ward"):
        answer = phone.script(deed, words="x", name="x", kind="place")
        assert (answer.status_code, answer.json()["gone"]) == (404, True)
    assert phone.client.get(f"{phone.path}/state").status_code == 404


@pytest.mark.parametrize("sign", ["", "0" * 32, "ü" * 32])
def test_a_form_of_another_site_is_refused(room, sign):
    engine, workshop = room
    phone = Phone(workshop, ward="")
    assert phone.vote(1, form=sign).status_code == 403
    assert phone.send("comment", words="x", form=sign).status_code == 403
    other = Phone(workshop, ward="")
    assert other.vote(1, form=phone.form).status_code == 403
    assert load_results(engine, workshop).voted == 0


def test_a_browser_without_cookies_is_told_why_it_cannot_vote(room):
    _, workshop = room
    phone = Phone(workshop)
    phone.client.cookies.clear()
    answer = phone.send("ward", ward="")
    assert answer.status_code == 403
    assert "Allow cookies" in answer.text


def test_the_cookie_is_random_and_out_of_reach(room):
    _, workshop = room
    cookies = {Phone(workshop).page.headers["set-cookie"] for _ in range(5)}
    assert len(cookies) == 5
    for cookie in cookies:
        assert re.match(r"workshop_device=[\w-]{22};", cookie)
        for part in ("HttpOnly", "SameSite=lax", "Path=/"):
            assert part in cookie
        assert "Secure" not in cookie
    proxied = Phone(workshop).client.get(
        f"/w/{workshop.token}", headers={"x-forwarded-proto": "https"}
    )
    assert "Secure" in proxied.headers["set-cookie"]
    direct = Phone(workshop, base_url="https://dashboard.example").page
    assert "Secure" in direct.headers["set-cookie"]


@pytest.mark.parametrize("body", [b"x" * 9_000, b"words=" + b"%41" * 5_000])
def test_a_body_that_is_too_large_is_refused(room, body):
    _, workshop = room
    phone = Phone(workshop, ward="")
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = phone.client.post(f"{phone.path}/comment", content=body, headers=kind)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/json", b"{}", 415),
        ("", b"", 415),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 100), 400),
        ("application/x-www-form-urlencoded", b"\xff\xfe%ff%zz=\x00", 403),
        ("application/x-www-form-urlencoded", b"", 403),
    ],
)
def test_what_is_no_form_is_refused(room, kind, body, status):
    _, workshop = room
    phone = Phone(workshop, ward="")
    answer = phone.client.post(f"{phone.path}/vote", content=body, headers={"content-type": kind})
    assert answer.status_code == status


@pytest.mark.parametrize("number", ["-1", "1.5", "١", "9" * 5000, "x", "", "1e3", "0x2"])
def test_strange_numbers_are_refused_in_words(room, number):
    _, workshop = room
    phone = Phone(workshop, ward="")
    answer = phone.vote(number)
    assert answer.status_code == 400
    assert "number" in answer.json()["said"]


def test_a_ward_of_another_council_is_refused(room):
    _, workshop = room
    phone = Phone(workshop)
    for ward in ("E05008942", "nonsense", "E05011266'--"):
        answer = phone.send("ward", ward=ward)
        assert answer.status_code == 400
        assert "Choose a ward from the list" in answer.text
    assert phone.send("ward", ward=WARD).status_code == 303


def test_nobody_votes_before_joining(room):
    engine, workshop = room
    phone = Phone(workshop)
    assert phone.vote(1).status_code == 400
    assert load_results(engine, workshop).joined == 0


def test_a_phone_that_sends_too_often_is_told_when_to_try_again(opened):
    _, workshop = opened
    phone = Phone(workshop, ward="")
    statuses = [phone.script("comment", words=f"n {n}").status_code for n in range(7)]
    assert statuses == [200] * 6 + [429]
    answer = phone.send("comment", words="what I typed")
    assert answer.headers["retry-after"] == "60"
    assert "what I typed</textarea>" in answer.text


def test_a_code_leads_to_the_workshop_and_wrong_ones_run_out(opened, monkeypatch):
    _, workshop = opened
    phone = Phone(workshop)
    assert "Join a workshop" in phone.client.get("/join").text
    found = phone.client.post("/join", data={"code": f" {workshop.code.lower()} "})
    assert found.headers["location"] == phone.path
    monkeypatch.setitem(workshop_visits.MOST_WRONG_CODES, "client", 3)
    statuses = [phone.client.post("/join", data={"code": c}).status_code for c in "BCDF"]
    assert statuses == [404, 404, 404, 429]
    assert phone.client.post("/join", data={"code": workshop.code}).status_code == 429
    assert phone.open().status_code == 200  # the link still works


def test_every_page_carries_the_headers_and_is_kept_by_nobody(room):
    _, workshop = room
    phone = Phone(workshop)
    pages = [phone.page, phone.client.get("/join"), phone.client.get("/w/unknown"),
             phone.client.get(f"{phone.path}/state"), phone.send("ward", ward="")]  # fmt: skip
    for page in pages:
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] == "no-store"
        assert "noindex" in page.headers["x-robots-tag"]
        assert not re.search(r"<script(?! src)|\son\w+=|style=", page.text)


def test_the_log_never_holds_the_link_the_code_or_the_words(room, capsys):
    _, workshop = room
    phone = Phone(workshop, ward="")
    phone.vote(1)
    phone.send("comment", words="nobody's business")
    phone.client.post("/join", data={"code": workshop.code})
    phone.client.get(f"/join?code={workshop.code}")
    phone.state()
    log = capsys.readouterr().err
    paths = {json.loads(line)["path"] for line in log.splitlines()}
    assert paths == {"/w/…", "/w/…/ward", "/w/…/vote", "/w/…/comment", "/join"}
    for secret in (workshop.token, workshop.code, phone.form, "business"):
        assert secret not in log


def test_a_device_is_only_what_the_server_could_have_given(room):
    _, workshop = room
    phone = Phone(workshop)
    for value in ("short", "x" * 5000, "A" * 21 + "%00"):
        page = phone.client.get(phone.path, headers={"cookie": f"{answers.COOKIE}={value}"})
        assert value not in page.headers["set-cookie"]


def test_the_script_gets_json_even_for_a_body_too_large(room):
    _, workshop = room
    phone = Phone(workshop, ward="")
    answer = phone.client.post(f"{phone.path}/vote", data={"x": "y" * 9000}, headers=JSON)
    assert answer.json() == {
        "ok": False, "said": "That was too long to send. Make it shorter.", "gone": False,
    }  # fmt: skip
