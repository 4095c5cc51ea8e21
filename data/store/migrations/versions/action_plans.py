"""Saved action plans and the changes between their versions."""

import sqlalchemy as sa
from alembic import op

revision = "action_plans"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of versions and changes."""
    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("area_code", sa.String(9), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.UniqueConstraint("area_code", "number"),
    )
    op.create_table(
        "plan_changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "version_id", sa.Integer, sa.ForeignKey("plan_versions.id"), nullable=False, index=True
        ),
        sa.Column("action_id", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("old", sa.String(60), nullable=False),
        sa.Column("new", sa.String(60), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
