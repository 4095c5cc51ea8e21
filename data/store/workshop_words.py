"""What people write in a workshop: comments and community assets, as plain text only.

Text is cleaned and measured here; whoever shows it must escape it. The lead can hide it, show
it again, or remove it: then its words are deleted for good.
"""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa

from data.store.again import write_again
from data.store.audit import note_change
from data.store.engine import writing
from data.store.tables import now
from data.store.workshop_tables import (
    LONGEST_COMMENT,
    LONGEST_NAME,
    LONGEST_NOTE,
    assets,
    comments,
    workshops,
)
from data.store.workshop_visits import (
    Participant,
    check_open,
    lock_participant,
    note_request,
)
from data.store.workshops import Workshop, WorkshopError, bump

WAITING, SHOWN, HIDDEN, REMOVED = STATES = ("waiting", "shown", "hidden", "removed")
#: Kinds of community assets: places and people to build on.
ASSET_KINDS = {
    "place": "Place to meet",
    "green": "Green space or sport",
    "group": "Group or club",
    "faith": "Faith group",
    "advice": "Advice or help",
    "food": "Food or warmth",
    "learning": "School, college or library",
    "health": "Health or care",
    "work": "Business or work",
    "people": "People and skills",
    "other": "Something else",
}
_JOINERS = "\u200c\u200d"  # some scripts and many small pictures need them
_PILED_UP = re.compile(r"(?<=[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]{3})"
                       r"[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]+")  # fmt: skip


def clean_text(words: str) -> str:
    """Words on one line: no control or direction marks, no runs of spaces, no piles of accents."""
    plain = "".join(_clean_letter(letter) for letter in unicodedata.normalize("NFC", words))
    return " ".join(_PILED_UP.sub("", plain).split())


def _clean_letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    is_hidden = kind in ("Cf", "Cs", "Co", "Cn") and letter not in _JOINERS
    return "" if is_hidden else letter


def _measure(words: str, longest: int, what: str, *, needed: bool = True) -> str:
    cleaned = clean_text(words)
    if needed and not cleaned:
        raise WorkshopError(f"Write {what} first.")
    if len(cleaned) > longest:
        raise WorkshopError(
            f"That is {len(cleaned)} letters; use at most {longest} for {what}. Nothing was sent."
        )
    return cleaned


def add_comment(
    engine: sa.Engine,
    workshop: Workshop,
    participant: Participant,
    words: str,
    request: str,
    question: int | None = None,
) -> None:
    """Keep a comment about the participant's ward; durable when it returns.

    Args:
        engine: the store.
        workshop: where.
        participant: whose; their ward is noted with it.
        words: as typed; cleaned, at most 280 letters.
        request: an id of the phone's making: a repeat changes nothing.
        question: the id of the question it is about, None for none.

    Raises:
        WorkshopGoneError: the workshop has ended.
        WorkshopError: too long, empty, or about a question of another workshop.
        TooOftenError: too many in the last minute, from this phone or from all.
        StoreError: it cannot be kept.
    """
    if question is not None and question not in {one.id for one in workshop.questions}:
        raise WorkshopError("The question is not of this workshop. Load the page again.")
    cleaned = _measure(words, LONGEST_COMMENT, "a comment")
    row: dict[str, object] = {"words": cleaned, "question_id": question}
    _add(engine, comments, "comment", workshop, participant, request, row)


def add_asset(
    engine: sa.Engine,
    workshop: Workshop,
    participant: Participant,
    name: str,
    kind: str,
    request: str,
    note: str = "",
    ward: str = "",
) -> None:
    """Keep a community asset, such as "village hall, open Tuesdays"; durable when it returns.

    Args:
        engine: the store.
        workshop: where.
        participant: whose.
        name: what it is called, at most 80 letters.
        kind: a key of `ASSET_KINDS`.
        request: an id of the phone's making: a repeat changes nothing.
        note: what else to know, at most 140 letters.
        ward: where it is, checked by the caller; "" for the participant's ward.

    Raises:
        WorkshopError: there is no such kind, or the words are empty or too long.
        WorkshopGoneError: as for `add_comment`.
        TooOftenError: as for `add_comment`.
        StoreError: as for `add_comment`.
    """
    if kind not in ASSET_KINDS:
        raise WorkshopError("Choose what kind of place or group it is from the list.")
    row: dict[str, object] = {
        "name": _measure(name, LONGEST_NAME, "a name"),
        "note": _measure(note, LONGEST_NOTE, "the note", needed=False),
        "kind": kind,
    }
    if ward:
        row["ward"] = ward
    _add(engine, assets, "asset", workshop, participant, request, row)


def _add(
    engine: sa.Engine,
    table: sa.Table,
    kind: str,
    workshop: Workshop,
    participant: Participant,
    request: str,
    row: dict[str, object],
) -> None:
    state = WAITING if workshop.moderated else SHOWN
    whole = {"ward": participant.ward, **row, "state": state, "at": now(),
             "workshop_id": workshop.id, "participant_id": participant.id}  # fmt: skip

    def add(connection: sa.Connection) -> None:
        check_open(connection, workshop)
        lock_participant(connection, participant)
        if note_request(connection, participant, kind, request):
            connection.execute(table.insert().values(whole))

    write_again(engine, add)


def hide_comment(engine: sa.Engine, comment_id: int, who: str) -> None:
    """Take a comment off the screen; it can be shown again.

    Raises:
        WorkshopError: there is no such comment, or it was removed.
        StoreError: it cannot be kept.
    """
    _set_state(engine, comments, comment_id, who, HIDDEN)


def show_comment(engine: sa.Engine, comment_id: int, who: str) -> None:
    """Put a comment on the screen that waited or was hidden.

    Raises:
        WorkshopError, StoreError: as for `hide_comment`.
    """
    _set_state(engine, comments, comment_id, who, SHOWN)


def remove_comment(engine: sa.Engine, comment_id: int, who: str) -> None:
    """Delete a comment's words for good; that there was one still counts.

    Raises:
        WorkshopError, StoreError: as for `hide_comment`.
    """
    _set_state(engine, comments, comment_id, who, REMOVED)


def hide_asset(engine: sa.Engine, asset_id: int, who: str) -> None:
    """Take a community asset off the screen; see `hide_comment`."""
    _set_state(engine, assets, asset_id, who, HIDDEN)


def show_asset(engine: sa.Engine, asset_id: int, who: str) -> None:
    """Put a community asset on the screen; see `show_comment`."""
    _set_state(engine, assets, asset_id, who, SHOWN)


def remove_asset(engine: sa.Engine, asset_id: int, who: str) -> None:
    """Delete a community asset's words for good; see `remove_comment`."""
    _set_state(engine, assets, asset_id, who, REMOVED)


def _set_state(engine: sa.Engine, table: sa.Table, number: int, who: str, state: str) -> None:
    values: dict[str, object] = {"state": state}
    if state == REMOVED:
        values |= {name: "" for name in ("words", "name", "note") if name in table.c}
    what = "comment" if table is comments else "community asset"
    with writing(engine) as connection:
        change = table.update().where(table.c.id == number, table.c.state != REMOVED)
        if connection.execute(change.values(values)).rowcount != 1:
            raise WorkshopError(f"This {what} is not there any more.")
        of_workshop = sa.select(table.c.workshop_id).where(table.c.id == number)
        workshop_id = connection.execute(of_workshop).scalar_one()
        bump(connection, workshop_id)
        one = connection.execute(
            sa.select(workshops.c.area_code, workshops.c.title).where(workshops.c.id == workshop_id)
        ).one()
        note_change(connection, who, one.area_code, f"set a {what} to {state}", one.title)
