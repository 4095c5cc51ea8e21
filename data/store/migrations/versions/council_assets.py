"""A council's own list of community assets."""

import sqlalchemy as sa
from alembic import op

revision = "council_assets"
down_revision = "workshops"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of community assets."""
    op.create_table(
        "council_assets",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("area_code", sa.String(9), nullable=False, index=True),
        sa.Column("added", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("ward", sa.String(9), nullable=False),
        sa.Column("note", sa.String(140), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
    )
