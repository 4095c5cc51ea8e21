"""Stories that leads keep, with every version."""

import sqlalchemy as sa
from alembic import op

revision = "story_decks"
down_revision = "action_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of stories."""
    op.create_table(
        "story_decks",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("area_code", sa.String(9), nullable=False, index=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
    )
    op.create_table(
        "story_deck_versions",
        sa.Column("deck_id", sa.String(64), sa.ForeignKey("story_decks.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
