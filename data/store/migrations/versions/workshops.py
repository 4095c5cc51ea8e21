"""Workshops: questions, participants without names, votes, comments and community assets."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "workshops"
down_revision = "story_decks"
branch_labels = None
depends_on = None

TIES = {
    "workshop_id": "workshops",
    "participant_id": "workshop_participants",
    "question_id": "workshop_questions",
}


def _number() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _tie(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    tie = sa.ForeignKey(f"{TIES[name]}.id", ondelete="CASCADE")
    return sa.Column(name, sa.Integer, tie, nullable=nullable, index=True)


def _text(name: str, length: int, *, nullable: bool = False, unique: bool = False,
          index: bool = False) -> sa.Column[Any]:  # fmt: skip
    unique_or_not = unique or None
    return sa.Column(name, sa.String(length), nullable=nullable, unique=unique_or_not, index=index)


def upgrade() -> None:
    """Make the tables of workshops."""
    op.create_table(
        "workshops",
        _number(),
        _text("area_code", 9, index=True),
        _text("title", 120),
        _text("token", 32, unique=True),
        _text("code", 6, nullable=True, unique=True),
        _text("code_expires", 32),
        _text("created", 32),
        _text("expires", 32, index=True),
        _text("ended", 32, nullable=True),
        sa.Column("voting_open", sa.Boolean, nullable=False),
        _text("method", 10),
        sa.Column("votes_each", sa.Integer, nullable=False),
        sa.Column("moderated", sa.Boolean, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
    )
    op.create_table(
        "workshop_questions",
        _number(),
        _tie("workshop_id"),
        sa.Column("place", sa.Integer, nullable=False),
        _text("action_area", 80),
        _text("words", 160),
    )
    op.create_table(
        "workshop_participants",
        _number(),
        _tie("workshop_id"),
        _text("device", 64),
        _text("ward", 9),
        _text("joined", 32),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.UniqueConstraint("workshop_id", "device"),
    )
    _make_tables_of_participants()


def _make_tables_of_participants() -> None:
    op.create_table(
        "workshop_votes",
        _number(),
        _tie("workshop_id"),
        _tie("participant_id"),
        _tie("question_id"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.UniqueConstraint("participant_id", "question_id"),
        sa.CheckConstraint("number BETWEEN 1 AND 99", name="number"),
    )
    op.create_table(
        "workshop_requests",
        _number(),
        _tie("workshop_id"),
        _tie("participant_id"),
        _text("request", 40),
        _text("kind", 10),
        _text("at", 32, index=True),
        sa.UniqueConstraint("participant_id", "request"),
    )
    op.create_table(
        "workshop_comments",
        _number(),
        _tie("workshop_id"),
        _tie("participant_id"),
        _tie("question_id", nullable=True),
        _text("at", 32),
        _text("ward", 9),
        _text("words", 280),
        _text("state", 10),
    )
    op.create_table(
        "workshop_assets",
        _number(),
        _tie("workshop_id"),
        _tie("participant_id"),
        _text("at", 32),
        _text("ward", 9),
        _text("kind", 20),
        _text("name", 80),
        _text("note", 140),
        _text("state", 10),
    )
    op.create_table(
        "workshop_wrong_codes",
        _number(),
        _text("client", 64),
        _text("at", 32, index=True),
    )
