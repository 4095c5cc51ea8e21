"""The audit list: who added, changed and removed what, and when. Entries are never changed."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from data.store.engine import reading
from data.store.tables import Moment, metadata, now

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("area_code", sa.String(9), nullable=False, index=True),
    sa.Column("what", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(200), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
)


def note_change(
    connection: sa.Connection, who: str, area_code: str, what: str, subject: str, detail: str = ""
) -> None:
    """Add an entry inside the transaction of the change itself, so that neither stands alone.

    Args:
        connection: from `writing`.
        who: the signed-in visitor's address, or how they were let in.
        area_code: the council it is about.
        what: such as `added a plan`.
        subject: the name of what was changed.
        detail: what a reader may ask next.
    """
    entry = {"who": who[:200], "area_code": area_code, "what": what, "subject": subject[:200]}
    connection.execute(audit.insert().values(at=now(), detail=detail, **entry))


def load_audit(engine: sa.Engine, area_code: str) -> pd.DataFrame:
    """The entries of a council, newest first: at (UTC), who, what, subject, detail.

    Raises:
        StoreError: the database cannot be read.
    """
    columns = (audit.c.at, audit.c.who, audit.c.what, audit.c.subject, audit.c.detail)
    query = sa.select(*columns).where(audit.c.area_code == area_code).order_by(audit.c.id.desc())
    with reading(engine) as connection:
        rows = [tuple(row) for row in connection.execute(query)]
    return pd.DataFrame(rows, columns=[column.name for column in columns])
