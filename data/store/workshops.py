"""Workshops: what a lead opens, closes, ends and deletes, and for how long it is kept.

What participants do is in `workshop_visits` (join, vote) and `workshop_words` (comments and
community assets); what came of it is in `workshop_results`.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.errors import DataError, StoreError
from data.store.audit import note_change
from data.store.engine import reading, writing
from data.store.tables import now
from data.store.workshop_tables import (
    LONGEST_QUESTION,
    questions,
    workshops,
    wrong_codes,
)

DOTS, RANKING = METHODS = ("dots", "ranking")
MOST_VOTES = 20
MOST_QUESTIONS = 20
LONGEST_HOURS = 72
USUAL_HOURS = 8
#: A short code is for the room; the link lives as long as the workshop.
CODE_HOURS = 12
USUAL_KEEP_DAYS = 90
#: Neither vowels, so that no words come up, nor signs that look alike: 148 million codes.
CODE_LETTERS = "BCDFGHJKMNPQRTVWXY34679"
_TOKEN_BYTES = 16  # 128 bits


class WorkshopError(DataError):
    """What was asked of a workshop cannot be done; the message says why and what to do."""


class WorkshopGoneError(WorkshopError):
    """There is no such workshop, or it has ended: nobody is told which."""


class VotingClosedError(WorkshopError):
    """Voting is closed at the moment."""


class TooOftenError(WorkshopError):
    """Too much in too short a time; `seconds` says how long to wait."""

    def __init__(self, message: str, seconds: int = 60) -> None:
        super().__init__(message)
        self.seconds = seconds


@dataclass(frozen=True)
class Question:
    """One thing to vote on: an action area of the strategy, or the lead's own question (then "").

    `id` is 0 until it is kept.
    """

    words: str
    action_area: str = ""
    id: int = 0


@dataclass(frozen=True)
class Workshop:
    """One workshop. `votes_each`: dots a person may give, or places a person may fill.

    `moderated`: comments and assets wait until the lead shows them. `code` is "" when it has
    expired. Times are in UTC.
    """

    id: int
    area_code: str
    title: str
    token: str
    code: str
    created: dt.datetime
    expires: dt.datetime
    ended: dt.datetime | None
    voting_open: bool
    method: str
    votes_each: int
    moderated: bool
    questions: tuple[Question, ...]

    @property
    def is_open(self) -> bool:
        """Whether people can still join and take part."""
        return self.ended is None and now() < self.expires

    @property
    def is_voting(self) -> bool:
        """Whether votes are taken at this moment."""
        return self.is_open and self.voting_open

    @property
    def end(self) -> dt.datetime:
        """When it ended or will end: what is kept is deleted some days after this."""
        return min(self.ended, self.expires) if self.ended else self.expires


@dataclass(frozen=True)
class Plan:
    """What a lead asks for when opening a workshop.

    `hours`: how long people can join and take part; `votes_each` as in `Workshop`.
    """

    area_code: str
    title: str
    questions: Sequence[Question]
    method: str = DOTS
    votes_each: int = 5
    hours: int = USUAL_HOURS
    moderated: bool = False

    def check(self) -> None:
        """Raise what is wrong with it.

        Raises:
            WorkshopError: the message names the part and what is allowed.
        """
        words = [question.words.strip() for question in self.questions]
        rules = {
            "Give the workshop a title of 1 to 120 letters.": 0 < len(self.title.strip()) <= 120,
            f"Ask 2 to {MOST_QUESTIONS} questions.": 2 <= len(words) <= MOST_QUESTIONS,
            f"Each question needs 1 to {LONGEST_QUESTION} letters.": all(
                0 < len(one) <= LONGEST_QUESTION for one in words
            ),
            "Two questions are the same; change one.": len(set(words)) == len(words),
            f"The way of voting is {' or '.join(METHODS)}.": self.method in METHODS,
            f"Give each person 1 to {MOST_VOTES} votes.": 1 <= self.votes_each <= MOST_VOTES,
            f"Keep it open for 1 to {LONGEST_HOURS} hours.": 1 <= self.hours <= LONGEST_HOURS,
            "Name the council by its code.": 0 < len(self.area_code) <= 9,
        }
        for message, kept in rules.items():
            if not kept:
                raise WorkshopError(message)


def open_workshop(engine: sa.Engine, plan: Plan, who: str) -> Workshop:
    """Open a workshop for voting, with a link that cannot be guessed and a short code.

    Args:
        engine: the store.
        plan: what is asked and how.
        who: the lead, for the audit list.

    Raises:
        WorkshopError: the plan has a mistake.
        StoreError: it cannot be kept.
    """
    plan.check()
    votes_each = plan.votes_each
    if plan.method == RANKING:
        votes_each = min(votes_each, len(plan.questions))
    moment = now()
    row = {
        "area_code": plan.area_code,
        "title": plan.title.strip(),
        "token": secrets.token_urlsafe(_TOKEN_BYTES),
        "created": moment,
        "expires": moment + dt.timedelta(hours=plan.hours),
        "voting_open": True,
        "method": plan.method,
        "votes_each": votes_each,
        "moderated": plan.moderated,
        "changes": 0,
        **_draw_code(moment),
    }
    with writing(engine) as connection:
        _free_codes(connection)
        added = connection.execute(workshops.insert().values(row)).inserted_primary_key
        workshop_id = int(added[0]) if added else 0
        asked = [
            {"workshop_id": workshop_id, "place": place, "action_area": question.action_area,
             "words": question.words.strip()}
            for place, question in enumerate(plan.questions, 1)
        ]  # fmt: skip
        connection.execute(questions.insert(), asked)
        note_change(connection, who, plan.area_code, "opened a workshop", row["title"])
    return load_workshop(engine, workshop_id)


def _draw_code(moment: dt.datetime) -> dict[str, Any]:
    """A new short code. That it is taken already is as likely as guessing it: 1 in millions."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(6))
    return {"code": code, "code_expires": moment + dt.timedelta(hours=CODE_HOURS)}


def _free_codes(connection: sa.Connection) -> None:
    """Let go of codes that open nothing any more."""
    over = (workshops.c.expires < now()) | (workshops.c.code_expires < now())
    over = over & workshops.c.code.is_not(None)
    connection.execute(workshops.update().where(over).values(code=None))


def renew_code(engine: sa.Engine, workshop_id: int, who: str) -> Workshop:
    """Give an open workshop another short code, good for twelve hours; the old one opens nothing.

    Raises:
        WorkshopGoneError: there is no such workshop, or it has ended.
        StoreError: it cannot be kept.
    """
    return _change(engine, workshop_id, who, "gave a workshop a new code", _draw_code(now()))


def close_voting(engine: sa.Engine, workshop_id: int, who: str) -> Workshop:
    """Take no more votes; when this returns, no vote is on its way in.

    Raises:
        WorkshopGoneError: there is no such workshop, or it has ended.
        StoreError: it cannot be kept.
    """
    return _change(engine, workshop_id, who, "closed voting", {"voting_open": False})


def reopen_voting(engine: sa.Engine, workshop_id: int, who: str) -> Workshop:
    """Take votes again; those given before stay and can be changed.

    Raises:
        WorkshopGoneError: there is no such workshop, or it has ended.
        StoreError: it cannot be kept.
    """
    return _change(engine, workshop_id, who, "opened voting again", {"voting_open": True})


def end_workshop(engine: sa.Engine, workshop_id: int, who: str) -> Workshop:
    """End it: link and code open nothing any more; results stay until they are deleted.

    Raises:
        WorkshopGoneError: there is no such workshop, or it has ended.
        StoreError: it cannot be kept.
    """
    values = {"ended": now(), "voting_open": False, "code": None}
    return _change(engine, workshop_id, who, "ended a workshop", values)


def _change(
    engine: sa.Engine, workshop_id: int, who: str, what: str, values: Mapping[str, Any]
) -> Workshop:
    mine = workshops.c.id == workshop_id
    is_open = workshops.c.ended.is_(None) & (workshops.c.expires > now())
    with writing(engine) as connection:
        change = workshops.update().where(mine, is_open)
        change = change.values({**values, "changes": workshops.c.changes + 1})
        if connection.execute(change).rowcount != 1:
            raise WorkshopGoneError("This workshop has ended. Open a new one to go on.")
        one = connection.execute(sa.select(workshops).where(mine)).one()
        note_change(connection, who, one.area_code, what, one.title)
    return load_workshop(engine, workshop_id)


def load_workshop(engine: sa.Engine, workshop_id: int) -> Workshop:
    """One workshop, open or ended.

    Raises:
        WorkshopGoneError: there is no such workshop, or it was deleted.
        StoreError: the database cannot be read.
    """
    with reading(engine) as connection:
        found = select_workshops(connection, workshops.c.id == workshop_id)
    if not found:
        raise WorkshopGoneError("This workshop is not there any more: it was deleted.")
    return found[0]


def list_workshops(engine: sa.Engine, area_code: str) -> tuple[Workshop, ...]:
    """The workshops of a council, newest first, open and ended.

    Raises:
        StoreError: the database cannot be read.
    """
    with reading(engine) as connection:
        return select_workshops(connection, workshops.c.area_code == area_code)


def select_workshops(
    connection: sa.Connection, condition: sa.ColumnElement[bool]
) -> tuple[Workshop, ...]:
    """The workshops that meet a condition, newest first, each with its questions in order."""
    query = sa.select(workshops).where(condition).order_by(workshops.c.id.desc())
    rows = connection.execute(query).mappings().all()
    asked = sa.select(questions).where(questions.c.workshop_id.in_([row["id"] for row in rows]))
    by_workshop: dict[int, list[Question]] = {}
    for one in connection.execute(asked.order_by(questions.c.place)):
        kept = Question(one.words, one.action_area, one.id)
        by_workshop.setdefault(one.workshop_id, []).append(kept)
    return tuple(_make_workshop(row, by_workshop.get(row["id"], [])) for row in rows)


def _make_workshop(row: sa.RowMapping, asked: Sequence[Question]) -> Workshop:
    left_out = {"changes", "code", "code_expires"}
    known: dict[str, Any] = {str(k): v for k, v in row.items() if k not in left_out}
    code = row["code"] if row["code"] and row["code_expires"] > now() else ""
    return Workshop(**known, code=code, questions=tuple(asked))


def delete_workshop(engine: sa.Engine, workshop_id: int, who: str) -> None:
    """Delete a workshop with all its votes, comments and assets; only the audit list knows of it.

    Raises:
        WorkshopGoneError: there is no such workshop.
        StoreError: it cannot be deleted.
    """
    mine = workshops.c.id == workshop_id
    with writing(engine) as connection:
        one = connection.execute(sa.select(workshops).where(mine).with_for_update()).one_or_none()
        if one is None:
            raise WorkshopGoneError("This workshop is not there any more: it was deleted.")
        connection.execute(workshops.delete().where(mine))
        note_change(connection, who, one.area_code, "deleted a workshop", one.title)
    _wipe(engine)


def read_keep_days(environment: Mapping[str, str] | None = None) -> int:
    """How many days after its end a workshop is kept: `KEEP_WORKSHOPS_DAYS`, else 90.

    Raises:
        StoreError: the setting is not a whole number from 0 to 3650.
    """
    given = (os.environ if environment is None else environment).get("KEEP_WORKSHOPS_DAYS", "")
    if not given.strip():
        return USUAL_KEEP_DAYS
    if not given.strip().isdecimal() or int(given) > 3650:
        raise StoreError(
            f"KEEP_WORKSHOPS_DAYS is {given!r}; use a whole number of days from 0 to 3650."
        )
    return int(given)


def purge_workshops(engine: sa.Engine, days: int, moment: dt.datetime | None = None) -> int:
    """Delete what ended more than some days ago; returns how many workshops.

    Args:
        engine: the store.
        days: how long a workshop is kept after its end.
        moment: taken for now.

    Raises:
        StoreError: it cannot be deleted.
    """
    last = (moment or now()) - dt.timedelta(days=days)
    over = (workshops.c.expires < last) | (workshops.c.ended < last)
    with writing(engine) as connection:
        gone = connection.execute(sa.select(workshops).where(over).with_for_update()).all()
        connection.execute(workshops.delete().where(workshops.c.id.in_([one.id for one in gone])))
        old_codes = wrong_codes.c.at < now() - dt.timedelta(hours=1)
        connection.execute(wrong_codes.delete().where(old_codes))
        for one in gone:
            what = "deleted a workshop whose time was up"
            note_change(connection, "the dashboard", one.area_code, what, one.title)
    if gone:
        _wipe(engine)
    return len(gone)


def _wipe(engine: sa.Engine) -> None:
    """Leave nothing of deleted rows in SQLite's log; its pages are overwritten with zeros."""
    if engine.dialect.name == "sqlite":
        with reading(engine) as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def bump(connection: sa.Connection, workshop_id: int) -> None:
    """Note inside a transaction that the lead changed something, for those who watch."""
    change = workshops.update().where(workshops.c.id == workshop_id)
    connection.execute(change.values(changes=workshops.c.changes + 1))
