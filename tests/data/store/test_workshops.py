"""What a lead does with a workshop, on SQLite and PostgreSQL."""

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa
from workshop_examples import (
    AREA,
    HEADINGS,
    LEAD,
    WARD,
    make_people,
    make_plan,
    make_workshop,
    new_request,
)

from data.errors import StoreError
from data.store import workshop_tables, workshops
from data.store.audit import load_audit
from data.store.engine import close_store, open_store, reading, writing
from data.store.tables import now
from data.store.workshop_results import load_results, load_stamp
from data.store.workshop_visits import (
    MOST_WRONG_CODES,
    find_code,
    find_participant,
    find_workshop,
    join,
    place_votes,
)
from data.store.workshop_words import add_asset, add_comment
from data.store.workshops import (
    CODE_LETTERS,
    Question,
    TooOftenError,
    WorkshopError,
    WorkshopGoneError,
    close_voting,
    delete_workshop,
    end_workshop,
    list_workshops,
    load_workshop,
    open_workshop,
    purge_workshops,
    read_keep_days,
    renew_code,
    reopen_voting,
)


def age(engine, workshop, **ago):
    """Make a workshop look as if it had been opened some time ago."""
    back = dt.timedelta(**ago)
    table = workshop_tables.workshops
    values = {name: getattr(workshop, name) - back for name in ("created", "expires")}
    values["code_expires"] = workshop.created + dt.timedelta(hours=workshops.CODE_HOURS) - back
    with writing(engine) as connection:
        connection.execute(table.update().where(table.c.id == workshop.id).values(values))


def test_an_opened_workshop_is_found_by_its_link_and_by_its_code(store_url):
    engine, workshop, _ = make_workshop(store_url)
    assert [question.words for question in workshop.questions] == list(HEADINGS)
    assert workshop.questions[0].action_area == "strong_communities"
    assert workshop.is_voting
    close_store(store_url)
    engine = open_store(store_url)
    assert find_workshop(engine, workshop.token) == workshop
    typed = f" {workshop.code[:3].lower()}-{workshop.code[3:]} "
    assert find_code(engine, typed, "client") == workshop
    assert list_workshops(engine, AREA) == (workshop,)
    assert list_workshops(engine, "E07000012") == ()


def test_a_link_has_128_bits_and_a_code_no_lookalikes(store_url):
    engine, *_ = make_workshop(store_url)
    opened = [open_workshop(engine, make_plan(), LEAD) for _ in range(20)]
    assert len({one.token for one in opened}) == len({one.code for one in opened}) == 20
    assert min(len(one.token) for one in opened) >= 22  # six bits a letter
    assert all(len(one.code) == 6 and set(one.code) <= set(CODE_LETTERS) for one in opened)
    assert not set(CODE_LETTERS) & set("0O1ILSZ258AEIU")
    assert len(CODE_LETTERS) ** 6 > 100_000_000


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"questions": (Question("only one"),)}, "2 to 20"),
        ({"questions": (Question("same"), Question("same "))}, "the same"),
        ({"questions": (Question("x" * 161), Question("y"))}, "160 letters"),
        ({"method": "raffle"}, "dots or ranking"),
        ({"votes_each": 0}, "1 to 20"),
        ({"hours": 1000}, "1 to 72"),
    ],
)
def test_a_plan_with_a_mistake_is_refused_by_name(tmp_path, changes, said):
    engine = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(WorkshopError, match=said):
        open_workshop(engine, make_plan(**changes), LEAD)
    assert list_workshops(engine, AREA) == ()


def test_unknown_expired_and_ended_get_the_same_answer(store_url):
    engine, ended, _ = make_workshop(store_url)
    expired = open_workshop(engine, make_plan(), LEAD)
    end_workshop(engine, ended.id, LEAD)
    age(engine, expired, hours=9)
    said = set()
    for token in (ended.token, expired.token, "A" * 22, "", "x" * 5000, "ü\x00'"):
        with pytest.raises(WorkshopGoneError) as caught:
            find_workshop(engine, token)
        said.add(str(caught.value))
    assert len(said) == 1
    for code in (ended.code, expired.code, "BBBBBB"):
        with pytest.raises(WorkshopGoneError):
            find_code(engine, code, "client")


def test_voting_closes_and_opens_again_and_the_audit_list_knows(store_url):
    engine, workshop, _ = make_workshop(store_url)
    assert not close_voting(engine, workshop.id, LEAD).is_voting
    assert reopen_voting(engine, workshop.id, LEAD).is_voting
    assert not end_workshop(engine, workshop.id, LEAD).is_open
    for change in (close_voting, reopen_voting, end_workshop, renew_code):
        with pytest.raises(WorkshopGoneError):
            change(engine, workshop.id, LEAD)
    entries = load_audit(engine, AREA)
    assert list(entries["what"])[::-1] == [
        "opened a workshop", "closed voting", "opened voting again", "ended a workshop",
    ]  # fmt: skip
    assert set(entries["who"]) == {LEAD}


def test_a_code_is_renewed_and_the_old_one_opens_nothing(store_url):
    engine, workshop, _ = make_workshop(store_url)
    renewed = renew_code(engine, workshop.id, LEAD)
    assert renewed.code != workshop.code
    with pytest.raises(WorkshopGoneError):
        find_code(engine, workshop.code, "client")
    assert find_code(engine, renewed.code, "client").id == workshop.id


def test_a_code_expires_before_a_long_workshop_does(store_url):
    engine, workshop, _ = make_workshop(store_url, hours=48)
    age(engine, workshop, hours=13)
    with pytest.raises(WorkshopGoneError):
        find_code(engine, workshop.code, "client")
    assert load_workshop(engine, workshop.id).code == ""
    assert find_workshop(engine, workshop.token).is_open
    open_workshop(engine, make_plan(), LEAD)  # frees codes of the past
    with reading(engine) as connection:
        code = sa.select(workshop_tables.workshops.c.code)
        assert connection.execute(code.order_by("id")).scalars().first() is None


def test_wrong_codes_are_limited_for_one_client_and_for_all(store_url):
    engine, workshop, _ = make_workshop(store_url)

    def try_wrong(client):
        with pytest.raises(WorkshopError) as caught:
            find_code(engine, "BBBBBB", client)
        return caught.type

    tries = [try_wrong("one") for _ in range(MOST_WRONG_CODES["client"] + 1)]
    assert tries[-2:] == [WorkshopGoneError, TooOftenError]
    with pytest.raises(TooOftenError):
        find_code(engine, workshop.code, "one")
    assert find_code(engine, workshop.code, "another") == workshop
    for number in range(MOST_WRONG_CODES["all"] - MOST_WRONG_CODES["client"]):
        assert try_wrong(f"client {number}") is WorkshopGoneError
    assert try_wrong("a new one") is TooOftenError
    assert find_workshop(engine, workshop.token) == workshop  # the link still works
    table = workshop_tables.wrong_codes
    with writing(engine) as connection:
        connection.execute(table.update().values(at=now() - dt.timedelta(seconds=61)))
    assert find_code(engine, workshop.code, "one") == workshop


def fill(engine, workshop, ids, secret):
    (person,) = make_people(engine, workshop, 1)
    place_votes(engine, workshop, person, {ids[0]: 2}, new_request())
    add_comment(engine, workshop, person, secret, new_request())
    add_asset(engine, workshop, person, secret[:80], "place", new_request())


def count_rows(engine):
    tables = (t for t in workshop_tables.metadata.sorted_tables if t.name.startswith("workshop"))
    with reading(engine) as connection:
        return {
            t.name: connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one()
            for t in tables
        }


def test_deleting_leaves_nothing_but_the_audit_list(store_url):
    engine, workshop, ids = make_workshop(store_url)
    kept = open_workshop(engine, make_plan(title="Another"), LEAD)
    secret = "the words nobody shall find again " * 8
    fill(engine, workshop, ids, secret)
    before = count_rows(engine)
    delete_workshop(engine, workshop.id, LEAD)
    left = {**dict.fromkeys(before, 0), "workshops": 1, "workshop_questions": 4}
    assert before != left
    assert count_rows(engine) == left
    for gone in (load_workshop, load_stamp):
        with pytest.raises(WorkshopGoneError):
            gone(engine, workshop.id)
    with pytest.raises(WorkshopGoneError):
        load_results(engine, workshop)
    with pytest.raises(WorkshopGoneError):
        delete_workshop(engine, workshop.id, LEAD)
    assert list_workshops(engine, AREA) == (kept,)
    assert load_audit(engine, AREA)["what"].iloc[0] == "deleted a workshop"


def test_deleted_words_are_not_left_in_the_files_of_sqlite(tmp_path):
    engine, workshop, ids = make_workshop(f"sqlite:///{tmp_path / 'store.db'}")
    fill(engine, workshop, ids, "find-me-if-you-can " * 10)

    def is_there():
        return any(b"find-me-if-you-can" in path.read_bytes() for path in Path(tmp_path).iterdir())

    assert is_there()
    delete_workshop(engine, workshop.id, LEAD)
    assert not is_there()


def test_what_ended_long_ago_is_purged_and_the_rest_stays(store_url):
    engine, workshop, ids = make_workshop(store_url, title="Long ago")
    fill(engine, workshop, ids, "old")
    recent = open_workshop(engine, make_plan(title="Recent"), LEAD)
    ended = open_workshop(engine, make_plan(title="Ended early", hours=72), LEAD)
    end_workshop(engine, ended.id, LEAD)
    age(engine, workshop, days=91)
    assert purge_workshops(engine, 90) == 1
    assert {one.title for one in list_workshops(engine, AREA)} == {"Recent", "Ended early"}
    assert purge_workshops(engine, 90) == 0
    later = now() + dt.timedelta(days=10)
    assert purge_workshops(engine, 10, later) == 1  # by its early end, not by its expiry
    assert list_workshops(engine, AREA) == (recent,)
    assert count_rows(engine)["workshop_comments"] == 0


@pytest.mark.parametrize(("given", "days"), [({}, 90), ({"KEEP_WORKSHOPS_DAYS": " 30 "}, 30)])
def test_how_long_workshops_are_kept_is_a_setting(given, days):
    assert read_keep_days(given) == days


@pytest.mark.parametrize("given", ["-1", "ten", "1.5", "99999"])
def test_a_wrong_setting_is_refused_by_name(given):
    with pytest.raises(StoreError, match="KEEP_WORKSHOPS_DAYS"):
        read_keep_days({"KEEP_WORKSHOPS_DAYS": given})


def test_a_phone_cannot_be_followed_from_workshop_to_workshop(store_url):
    engine, workshop, _ = make_workshop(store_url)
    other = open_workshop(engine, make_plan(), LEAD)
    for one in (workshop, other):
        join(engine, one, "the same phone", WARD)
    table = workshop_tables.participants
    with reading(engine) as connection:
        marks = connection.execute(sa.select(table.c.device)).scalars().all()
    assert len(set(marks)) == 2
    assert not any("phone" in mark for mark in marks)
    assert find_participant(engine, other, "another phone") is None
