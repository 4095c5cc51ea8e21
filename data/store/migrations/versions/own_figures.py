"""Own figures that a council keeps, protected before they are written."""

import sqlalchemy as sa
from alembic import op

revision = "own_figures"
down_revision = "council_assets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of kept figures."""
    op.create_table(
        "own_figures",
        sa.Column("id", sa.String(70), primary_key=True),
        sa.Column("area_code", sa.String(9), nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("dictionary", sa.Text, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.Column("figures", sa.LargeBinary, nullable=False),
    )
