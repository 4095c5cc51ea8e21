"""The tables of workshops: what the lead opened, who joined, what they gave. Nobody is named.

A participant is a random number that a browser keeps; only its hash, made with the workshop's
own token, stands here, so that one phone cannot be followed from workshop to workshop.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from data.store.tables import Moment, metadata

LONGEST_COMMENT = 280
LONGEST_NAME = 80
LONGEST_NOTE = 140
LONGEST_QUESTION = 160


def _part_of(table: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A column that ties a row to another, and lets it go when that one is deleted."""
    name = {"workshops": "workshop_id", "workshop_questions": "question_id"}.get(
        table, "participant_id"
    )
    tie = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name, sa.Integer, tie, nullable=nullable, index=True)


workshops = sa.Table(
    "workshops",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("area_code", sa.String(9), nullable=False, index=True),
    sa.Column("title", sa.String(120), nullable=False),
    sa.Column("token", sa.String(32), nullable=False, unique=True),
    # No code once it has expired or the workshop has ended: it may be drawn again.
    sa.Column("code", sa.String(6), nullable=True, unique=True),
    sa.Column("code_expires", Moment, nullable=False),
    sa.Column("created", Moment, nullable=False),
    sa.Column("expires", Moment, nullable=False, index=True),
    sa.Column("ended", Moment, nullable=True),
    sa.Column("voting_open", sa.Boolean, nullable=False),
    sa.Column("method", sa.String(10), nullable=False),
    sa.Column("votes_each", sa.Integer, nullable=False),
    sa.Column("moderated", sa.Boolean, nullable=False),
    sa.Column("changes", sa.Integer, nullable=False),
)

questions = sa.Table(
    "workshop_questions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _part_of("workshops"),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("action_area", sa.String(80), nullable=False),
    sa.Column("words", sa.String(LONGEST_QUESTION), nullable=False),
)

participants = sa.Table(
    "workshop_participants",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _part_of("workshops"),
    sa.Column("device", sa.String(64), nullable=False),
    sa.Column("ward", sa.String(9), nullable=False),
    sa.Column("joined", Moment, nullable=False),
    sa.Column("changes", sa.Integer, nullable=False),
    sa.UniqueConstraint("workshop_id", "device"),
)

votes = sa.Table(
    "workshop_votes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _part_of("workshops"),
    _part_of("workshop_participants"),
    _part_of("workshop_questions"),
    # Dots given, or the place on the participant's list: 1 is the most important.
    sa.Column("number", sa.Integer, nullable=False),
    sa.UniqueConstraint("participant_id", "question_id"),
    sa.CheckConstraint("number BETWEEN 1 AND 99", name="number"),
)

# What was acknowledged: a repeat after a dropped connection is known by its id, and the rows
# of the last minute say whether a phone sends too often.
requests = sa.Table(
    "workshop_requests",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _part_of("workshops"),
    _part_of("workshop_participants"),
    sa.Column("request", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.UniqueConstraint("participant_id", "request"),
)

comments = sa.Table(
    "workshop_comments",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _part_of("workshops"),
    _part_of("workshop_participants"),
    _part_of("workshop_questions", nullable=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("ward", sa.String(9), nullable=False),
    sa.Column("words", sa.String(LONGEST_COMMENT), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
)

assets = sa.Table(
    "workshop_assets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _part_of("workshops"),
    _part_of("workshop_participants"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("ward", sa.String(9), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("name", sa.String(LONGEST_NAME), nullable=False),
    sa.Column("note", sa.String(LONGEST_NOTE), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
)

# Wrong short codes of the last minutes. `client` is a hash made with a key that only the running
# process knows: it cannot be turned back into an address.
wrong_codes = sa.Table(
    "workshop_wrong_codes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("client", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
)
