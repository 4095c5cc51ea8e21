"""Community assets that are kept for a council: its own list, and what workshops named."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from data.errors import StoreError
from data.store.audit import note_change
from data.store.engine import reading, writing
from data.store.tables import Moment, metadata, now
from data.store.workshop_tables import LONGEST_NAME, LONGEST_NOTE, workshops
from data.store.workshop_tables import assets as named_assets
from data.store.workshop_words import ASSET_KINDS, SHOWN

MOST_ASSETS = 5_000
COLUMNS = ("name", "kind", "ward", "note", "source")

council_assets = sa.Table(
    "council_assets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("area_code", sa.String(9), nullable=False, index=True),
    sa.Column("added", Moment, nullable=False),
    sa.Column("name", sa.String(LONGEST_NAME), nullable=False),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("ward", sa.String(9), nullable=False),
    sa.Column("note", sa.String(LONGEST_NOTE), nullable=False),
    sa.Column("source", sa.String(80), nullable=False),
)


def keep_assets(engine: sa.Engine, area_code: str, table: pd.DataFrame, who: str) -> int:
    """Keep a council's list in place of the one kept before; returns how many there are.

    Args:
        engine: the store.
        area_code: the council.
        table: columns name, kind (in words), ward (code), note, source; may be empty.
        who: the lead, for the audit list.

    Raises:
        StoreError: too many, or it cannot be kept; the list before stays.
    """
    if len(table) > MOST_ASSETS:
        raise StoreError(f"The list has {len(table):,} rows; keep at most {MOST_ASSETS:,}.")
    moment = now()
    rows = [
        {**{name: str(row[name]) for name in COLUMNS}, "area_code": area_code, "added": moment}
        for row in table.to_dict("records")
    ]
    with writing(engine) as connection:
        mine = council_assets.c.area_code == area_code
        connection.execute(council_assets.delete().where(mine))
        if rows:
            connection.execute(council_assets.insert(), rows)
        what = "kept a list of community assets" if rows else "deleted its community assets"
        note_change(connection, who, area_code, what, f"{len(rows)} community assets")
    return len(rows)


def load_kept_assets(engine: sa.Engine, area_code: str) -> pd.DataFrame:
    """The list kept for a council: name, kind (in words), ward, note, source.

    Raises:
        StoreError: the database cannot be read.
    """
    columns = [council_assets.c[name] for name in COLUMNS]
    query = sa.select(*columns).where(council_assets.c.area_code == area_code)
    with reading(engine) as connection:
        rows = [tuple(row) for row in connection.execute(query.order_by(council_assets.c.id))]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def load_named_assets(engine: sa.Engine, area_code: str) -> pd.DataFrame:
    """What people named in the workshops of a council and its lead did not hide; same columns.

    Raises:
        StoreError: the database cannot be read.
    """
    both = named_assets.join(workshops, named_assets.c.workshop_id == workshops.c.id)
    query = (
        sa.select(*(named_assets.c[name] for name in COLUMNS[:-1]), workshops.c.title)
        .select_from(both)
        .where(workshops.c.area_code == area_code, named_assets.c.state == SHOWN)
        .order_by(named_assets.c.id)
    )
    with reading(engine) as connection:
        rows = [tuple(row) for row in connection.execute(query)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["kind"] = table["kind"].map(lambda kind: ASSET_KINDS.get(kind, "Something else"))
    table["source"] = "Workshop “" + table["source"].astype(str) + "”"
    return table
