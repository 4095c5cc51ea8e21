"""What participants do in a workshop: find it, join, choose a ward, vote.

Every change is one transaction that first locks the participant's row, so that two requests of
one phone wait for each other, in whichever process they arrive, and the limit holds for both.
A request carries an id of the phone's making: sent again after a dropped connection, it is
acknowledged and changes nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from data.store.again import write_again
from data.store.engine import reading, writing
from data.store.tables import now
from data.store.workshop_tables import (
    participants,
    requests,
    votes,
    workshops,
    wrong_codes,
)
from data.store.workshops import (
    CODE_LETTERS,
    DOTS,
    TooOftenError,
    VotingClosedError,
    Workshop,
    WorkshopError,
    WorkshopGoneError,
    select_workshops,
)

MOST_PARTICIPANTS = 2_000
#: What one phone may send in a minute, by kind, and all phones of a workshop together.
MOST_A_MINUTE = {"ballot": 30, "comment": 6, "asset": 6, "ward": 10}
MOST_OF_ALL = {"comment": 240, "asset": 240}
#: Wrong short codes in a minute: of one client, and of all.
MOST_WRONG_CODES = {"client": 20, "all": 30}
_MINUTE = dt.timedelta(minutes=1)
_TOKEN = re.compile(r"[\w-]{1,32}", re.ASCII)
_REQUEST = re.compile(r"[\w-]{8,40}", re.ASCII)


@dataclass(frozen=True)
class Participant:
    """Somebody in a workshop: a number, and the code of the ward they chose ("" for none)."""

    id: int
    workshop_id: int
    ward: str = ""


def find_workshop(engine: sa.Engine, token: str) -> Workshop:
    """The open workshop behind a link.

    Raises:
        WorkshopGoneError: the link opens nothing, never did or does no more: nobody is told which.
        StoreError: the database cannot be read.
    """
    with reading(engine) as connection:
        letters = token if _TOKEN.fullmatch(token) else ""
        return _open_one(select_workshops(connection, workshops.c.token == letters))


def find_code(engine: sa.Engine, code: str, client: str) -> Workshop:
    """The open workshop behind a short code; wrong codes are counted, and too many are refused.

    Args:
        engine: the store.
        code: as typed: small letters, spaces and dashes do not matter.
        client: whom to count it for, without saying who they are.

    Raises:
        WorkshopGoneError: the code opens nothing.
        TooOftenError: too many wrong codes in the last minute, from this client or from all.
        StoreError: the database cannot be read or written.
    """
    letters = "".join(letter for letter in code.upper() if letter in CODE_LETTERS)[:7]
    lately = wrong_codes.c.at > now() - _MINUTE
    mine = sa.func.count().filter(wrong_codes.c.client == client)
    with reading(engine) as connection:
        query = sa.select(mine, sa.func.count()).select_from(wrong_codes).where(lately)
        by_client, by_all = connection.execute(query).one()
        if by_client >= MOST_WRONG_CODES["client"] or by_all >= MOST_WRONG_CODES["all"]:
            raise TooOftenError(
                "Too many wrong codes were tried in the last minute. Wait a minute, or scan the "
                "square code on the screen."
            )
        is_good = (workshops.c.code == letters) & (workshops.c.code_expires > now())
        found = select_workshops(connection, is_good)
    if found and found[0].is_open:
        return found[0]
    with writing(engine) as connection:
        connection.execute(wrong_codes.delete().where(wrong_codes.c.at < now() - 2 * _MINUTE))
        connection.execute(wrong_codes.insert().values(client=client[:64], at=now()))
    raise WorkshopGoneError("This code opens no workshop. Look at the screen and type it again.")


def _open_one(found: tuple[Workshop, ...]) -> Workshop:
    if not found or not found[0].is_open:
        raise WorkshopGoneError("This workshop is not open.")
    return found[0]


def _mark(workshop: Workshop, device: str) -> str:
    """What stands for a device in one workshop; it says nothing about it in another."""
    return hashlib.sha256(f"{workshop.token}|{device}".encode()).hexdigest()


def find_participant(engine: sa.Engine, workshop: Workshop, device: str) -> Participant | None:
    """The participant that a device has joined as; None before it joins.

    Raises:
        StoreError: the database cannot be read.
    """
    mine = (participants.c.workshop_id == workshop.id) & (
        participants.c.device == _mark(workshop, device)
    )
    with reading(engine) as connection:
        one = connection.execute(sa.select(participants).where(mine)).one_or_none()
    return Participant(one.id, one.workshop_id, one.ward) if one else None


def join(engine: sa.Engine, workshop: Workshop, device: str, ward: str = "") -> Participant:
    """Join a workshop, or come back to it; a ward that is given replaces the one chosen before.

    Args:
        engine: the store.
        workshop: from `find_workshop` or `find_code`.
        device: the random number that the server gave to the browser.
        ward: a ward's code, checked by the caller; "" keeps what was chosen.

    Raises:
        WorkshopGoneError: it has ended in the meantime.
        WorkshopError: the room is full.
        TooOftenError: the ward was changed too often in the last minute.
        StoreError: it cannot be kept.
    """

    def add(connection: sa.Connection) -> Participant:
        check_open(connection, workshop)
        mark = _mark(workshop, device)
        mine = (participants.c.workshop_id == workshop.id) & (participants.c.device == mark)
        found = sa.select(participants).where(mine).with_for_update()
        one = connection.execute(found).one_or_none()
        if one is None:
            return _add_participant(connection, workshop, mark, ward)
        if not ward or ward == one.ward:
            return Participant(one.id, workshop.id, one.ward)
        note_request(connection, Participant(one.id, workshop.id), "ward", "")
        connection.execute(participants.update().where(mine).values(ward=ward))
        return Participant(one.id, workshop.id, ward)

    return write_again(engine, add)


def _add_participant(
    connection: sa.Connection, workshop: Workshop, mark: str, ward: str
) -> Participant:
    of_workshop = participants.c.workshop_id == workshop.id
    count = sa.select(sa.func.count()).select_from(participants).where(of_workshop)
    if connection.execute(count).scalar_one() >= MOST_PARTICIPANTS:
        raise WorkshopError(f"This workshop is full: {MOST_PARTICIPANTS} phones have joined.")
    row = {"workshop_id": workshop.id, "device": mark, "ward": ward, "joined": now(), "changes": 0}
    added = connection.execute(participants.insert().values(row)).inserted_primary_key
    return Participant(int(added[0]) if added else 0, workshop.id, ward)


def load_ballot(engine: sa.Engine, participant: Participant) -> dict[int, int]:
    """What a participant has given: id of the question -> dots, or place on their list.

    Raises:
        StoreError: the database cannot be read.
    """
    with reading(engine) as connection:
        return _read_ballot(connection, participant)


def _read_ballot(connection: sa.Connection, participant: Participant) -> dict[int, int]:
    mine = votes.c.participant_id == participant.id
    query = sa.select(votes.c.question_id, votes.c.number).where(mine)
    return {one.question_id: one.number for one in connection.execute(query)}


def place_votes(
    engine: sa.Engine,
    workshop: Workshop,
    participant: Participant,
    ballot: Mapping[int, int],
    request: str,
) -> dict[int, int]:
    """Keep a participant's whole ballot in place of their earlier one; durable when it returns.

    Args:
        engine: the store.
        workshop: where.
        participant: whose.
        ballot: id of the question -> dots, or place on their list (1 is the most important);
            0 is the same as leaving a question out.
        request: an id of the phone's making, 8 to 40 letters, digits, `-` and `_`.

    Returns:
        what is kept now. A request that was acknowledged before changes nothing.

    Raises:
        VotingClosedError: voting is closed.
        WorkshopGoneError: the workshop has ended.
        WorkshopError: the ballot breaks a rule of the workshop; the one before stays.
        TooOftenError: too many ballots from this phone in the last minute.
        StoreError: it cannot be kept.
    """
    given = {question: number for question, number in ballot.items() if number != 0}
    check_ballot(workshop, given)

    def replace(connection: sa.Connection) -> dict[int, int]:
        if not check_open(connection, workshop):
            raise VotingClosedError("Voting is closed. The votes you gave before are kept.")
        lock_participant(connection, participant)
        if not note_request(connection, participant, "ballot", request):
            return _read_ballot(connection, participant)
        connection.execute(votes.delete().where(votes.c.participant_id == participant.id))
        rows = [
            {"workshop_id": workshop.id, "participant_id": participant.id,
             "question_id": question, "number": number}
            for question, number in sorted(given.items())
        ]  # fmt: skip
        if rows:
            connection.execute(votes.insert(), rows)
        return given

    return write_again(engine, replace)


def check_ballot(workshop: Workshop, ballot: Mapping[int, int]) -> None:
    """Hold a ballot against the rules of its workshop.

    Raises:
        WorkshopError: the message says which rule.
    """
    if not set(ballot) <= {question.id for question in workshop.questions}:
        raise WorkshopError("A question is not of this workshop. Load the page again.")
    numbers = list(ballot.values())
    most = workshop.votes_each
    if any(number < 1 or number > most for number in numbers):
        raise WorkshopError(f"Use numbers from 1 to {most}.")
    if workshop.method == DOTS:
        if sum(numbers) > most:
            raise WorkshopError(f"You have {most} dots in all. Take one away first.")
    elif len(set(numbers)) < len(numbers):
        raise WorkshopError("Two answers have the same place. Give each a place of its own.")


def check_open(connection: sa.Connection, workshop: Workshop) -> bool:
    """Hold the workshop as it is to the end of the transaction; whether votes are taken.

    Raises:
        WorkshopGoneError: it has ended.
    """
    # Shared among participants: only the lead's closing has to wait for them, and they for it.
    mine = sa.select(workshops).where(workshops.c.id == workshop.id)
    one = connection.execute(mine.with_for_update(read=True)).one_or_none()
    if one is None or one.ended is not None or one.expires <= now():
        raise WorkshopGoneError("This workshop is not open.")
    return bool(one.voting_open)


def lock_participant(connection: sa.Connection, participant: Participant) -> None:
    """Let other requests of the same participant wait for this transaction.

    Raises:
        WorkshopGoneError: there is no such participant.
    """
    mine = (
        participants.c.id == participant.id,
        participants.c.workshop_id == participant.workshop_id,
    )
    found = sa.select(participants.c.id).where(*mine).with_for_update()
    if connection.execute(found).one_or_none() is None:
        raise WorkshopGoneError("This workshop is not open.")


def note_request(
    connection: sa.Connection, participant: Participant, kind: str, request: str
) -> bool:
    """Note a request inside its transaction; whether it is a new one.

    The participant's row must be locked. `request` "" is always new.

    Raises:
        WorkshopError: the id is none.
        TooOftenError: too many of this kind in the last minute.
    """
    if request and not _REQUEST.fullmatch(request):
        raise WorkshopError("This page is too old. Load it again.")
    mine = requests.c.participant_id == participant.id
    known = sa.select(requests.c.id).where(mine, requests.c.request == request)
    if request and connection.execute(known).first():
        return False
    moment = now()
    lately = (requests.c.kind == kind) & (requests.c.at > moment - _MINUTE)
    limits = {MOST_A_MINUTE[kind]: mine}
    if kind in MOST_OF_ALL:
        limits[MOST_OF_ALL[kind]] = requests.c.workshop_id == participant.workshop_id
    for most, whose in limits.items():
        count = sa.select(sa.func.count()).select_from(requests).where(whose, lately)
        if connection.execute(count).scalar_one() >= most:
            raise TooOftenError("That was a lot in one minute. Wait a moment, then send again.")
    row = {
        "workshop_id": participant.workshop_id,
        "participant_id": participant.id,
        "request": request or f"at {moment.isoformat()}",
        "kind": kind,
        "at": moment,
    }
    connection.execute(requests.insert().values(row))
    change = participants.update().where(participants.c.id == participant.id)
    connection.execute(change.values(changes=participants.c.changes + 1))
    return True
