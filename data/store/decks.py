"""Stories that leads keep: every version stays until the story is deleted.

A story's id cannot be guessed; whoever has the link may open it. Nobody but a lead gets a list.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa

from data.errors import StoreError
from data.store.audit import note_change
from data.store.engine import reading, writing
from data.store.tables import Moment, metadata, now

#: Bytes of an id: 128 bits.
_ID_BYTES = 16

decks = sa.Table(
    "story_decks",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("area_code", sa.String(9), nullable=False, index=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("changed", Moment, nullable=False),
)
versions = sa.Table(
    "story_deck_versions",
    metadata,
    sa.Column("deck_id", sa.String(64), sa.ForeignKey("story_decks.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("at", Moment, nullable=False),
)


@dataclass(frozen=True)
class Deck:
    """One version of a kept story; `content` is its JSON text, `newest` its newest version."""

    id: str
    area_code: str
    title: str
    content: str
    version: int
    newest: int
    who: str
    at: dt.datetime


def save_deck(
    engine: sa.Engine, area_code: str, title: str, content: str, who: str, deck_id: str = ""
) -> tuple[str, int]:
    """Keep a story as a new one, or as the next version of a kept one; nothing is overwritten.

    Args:
        engine: from `open_store`.
        area_code: the place it is about.
        title: for the list of stories.
        content: its JSON text.
        who: the lead.
        deck_id: of the kept story, "" for a new one.

    Returns:
        its id and its version.

    Raises:
        StoreError: it cannot be written, or was deleted meanwhile.
    """
    with writing(engine) as connection:
        row = {"area_code": area_code, "title": title[:200], "changed": now()}
        if deck_id:
            version = _lock_version(connection, deck_id) + 1
            connection.execute(
                decks.update().where(decks.c.id == deck_id).values(version=version, **row)
            )
        else:
            deck_id, version = secrets.token_urlsafe(_ID_BYTES), 1
            connection.execute(decks.insert().values(id=deck_id, version=version, **row))
        connection.execute(
            versions.insert().values(
                deck_id=deck_id, version=version, content=content, who=who[:200], at=row["changed"]
            )
        )
        note_change(connection, who, area_code, "saved a story", title, f"version {version}")
    return deck_id, version


def _lock_version(connection: sa.Connection, deck_id: str) -> int:
    """The newest version, held until the transaction ends, so that two leads get two numbers.

    Raises:
        StoreError: the story was deleted meanwhile.
    """
    query = sa.select(decks.c.version).where(decks.c.id == deck_id).with_for_update()
    version = connection.execute(query).scalar()
    if version is None:
        raise StoreError(
            "The saved story was deleted meanwhile. Yours is still here: save it as a new one."
        )
    return int(version)


def load_deck(engine: sa.Engine, deck_id: str, version: int = 0) -> Deck | None:
    """A version of a kept story, the newest for 0; None where there is none.

    Raises:
        StoreError: the database cannot be read.
    """
    wanted = versions.c.version == (version or decks.c.version)
    query = (
        sa.select(
            decks.c.id, decks.c.area_code, decks.c.title, versions.c.content, versions.c.version,
            decks.c.version.label("newest"), versions.c.who, versions.c.at,
        )
        .join(versions, versions.c.deck_id == decks.c.id)
        .where(decks.c.id == deck_id, wanted)
    )  # fmt: skip
    with reading(engine) as connection:
        row = connection.execute(query).first()
    return Deck(*row) if row else None


def list_decks(engine: sa.Engine, area_code: str) -> pd.DataFrame:
    """The kept stories of a place, newest first: id, title, version, changed (UTC).

    Raises:
        StoreError: the database cannot be read.
    """
    columns = (decks.c.id, decks.c.title, decks.c.version, decks.c.changed)
    query = sa.select(*columns).where(decks.c.area_code == area_code)
    return _read(engine, query.order_by(decks.c.changed.desc()), columns)


def list_versions(engine: sa.Engine, deck_id: str) -> pd.DataFrame:
    """The versions of a kept story, newest first: version, who, at (UTC).

    Raises:
        StoreError: the database cannot be read.
    """
    columns = (versions.c.version, versions.c.who, versions.c.at)
    query = sa.select(*columns).where(versions.c.deck_id == deck_id)
    return _read(engine, query.order_by(versions.c.version.desc()), columns)


def _read(engine: sa.Engine, query: sa.Select, columns: tuple[sa.Column, ...]) -> pd.DataFrame:
    with reading(engine) as connection:
        rows = [tuple(row) for row in connection.execute(query)]
    return pd.DataFrame(rows, columns=[column.name for column in columns])


def delete_deck(engine: sa.Engine, deck_id: str, who: str) -> bool:
    """Delete a story with all its versions; False where it is gone already.

    Raises:
        StoreError: the database cannot be written.
    """
    with writing(engine) as connection:
        found = connection.execute(
            sa.select(decks.c.area_code, decks.c.title).where(decks.c.id == deck_id)
        ).first()
        if found is None:
            return False
        connection.execute(versions.delete().where(versions.c.deck_id == deck_id))
        connection.execute(decks.delete().where(decks.c.id == deck_id))
        note_change(connection, who, found.area_code, "deleted a story", found.title)
    return True
