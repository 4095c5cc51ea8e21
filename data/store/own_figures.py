"""Own figures that a council keeps: protected values, dictionary and rules, never the file.

Small counts are hidden before anything is written, so nothing in the database, its log or its
backups can tell them. Removing a figure deletes its rows; SQLite overwrites what they held.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data import clock
from data.errors import DataError, StoreError
from data.load import load_areas
from data.own.entry import check_entry
from data.own.shapes import OwnIndicator
from data.own.shelf import is_own
from data.own.shown import OwnFigure
from data.own.tables import COLUMNS
from data.store.audit import note_change
from data.store.engine import reading, writing
from data.store.tables import Moment, metadata, now

ADDED, REMOVED = "kept an own figure", "removed an own figure"
#: What all councils of one dashboard may keep, and how large one figure may be, in bytes.
MOST_FIGURES, MOST_BYTES = 500, 20_000_000

own_figures = sa.Table(
    "own_figures",
    metadata,
    sa.Column("id", sa.String(70), primary_key=True),
    sa.Column("area_code", sa.String(9), nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Column("dictionary", sa.Text, nullable=False),
    sa.Column("rules", sa.Text, nullable=False),
    sa.Column("figures", sa.LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Stamp:
    """What is kept, without the figures: two equal stamps mean that nothing has changed."""

    kept: tuple[tuple[str, int], ...] = ()


def keep_figure(engine: sa.Engine, figure: OwnFigure, who: str, rules: Mapping[str, Any]) -> None:
    """Keep a figure for its council, with its entry in the audit list.

    Args:
        engine: of `open_store`.
        figure: protected; its id is private (`shelf.make_private`).
        who: the signed-in visitor.
        rules: how it was protected, for whoever asks later.

    Raises:
        DataError: the dictionary is not complete, or the figure or all of them are too many.
        StoreError: the database cannot be written.
    """
    if problems := check_entry(figure.written):
        raise DataError(f"{problems[0].file}: {problems[0].what}; {problems[0].allowed}.")
    stream = io.BytesIO()
    figure.values.to_parquet(stream, index=False)
    content = stream.getvalue()
    if len(content) > MOST_BYTES:
        raise DataError("This figure has too many rows to be kept. Leave out periods.")
    words = {
        "entry": asdict(figure.written),
        "periods": figure.periods,
        "notes": figure.notes,
        "hidden": figure.hidden,
    }
    with writing(engine) as connection:
        count = connection.execute(sa.select(sa.func.count()).select_from(own_figures)).scalar()
        if (count or 0) >= MOST_FIGURES:
            raise DataError(f"{MOST_FIGURES} figures are kept already. Remove one first.")
        connection.execute(
            own_figures.insert().values(
                id=figure.id, area_code=figure.council, version=1, at=now(), who=who[:200],
                shared=figure.written.shared, dictionary=json.dumps(words),
                rules=json.dumps(dict(rules)), figures=content,
            )
        )  # fmt: skip
        seen = "everybody may see it" if figure.written.shared else "analysts and leads may see it"
        note_change(connection, who, figure.council, ADDED, figure.written.name,
                    f"{seen}; {figure.hidden:,} figures withheld")  # fmt: skip


def remove_figure(engine: sa.Engine, figure_id: str, who: str) -> bool:
    """Delete a kept figure, with its entry in the audit list; False where it was gone already.

    Raises:
        StoreError: the database cannot be written.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    with writing(engine) as connection:
        if is_sqlite:  # what is deleted is overwritten, not only let go
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        query = sa.select(own_figures.c.area_code, own_figures.c.dictionary)
        row = connection.execute(query.where(own_figures.c.id == figure_id)).one_or_none()
        if row is None:
            return False
        connection.execute(own_figures.delete().where(own_figures.c.id == figure_id))
        note_change(connection, who, row.area_code, REMOVED, _name_of(row.dictionary))
    if is_sqlite:  # until then the log of changes still holds the pages as they were
        with reading(engine) as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return True


def _name_of(dictionary: str) -> str:
    try:
        return str(json.loads(dictionary)["entry"]["name"])
    except (ValueError, KeyError, TypeError):
        return "a figure that could not be read"


def load_stamp(engine: sa.Engine) -> Stamp:
    """What is kept now.

    Raises:
        StoreError: the database cannot be read.
    """
    query = sa.select(own_figures.c.id, own_figures.c.version).order_by(own_figures.c.id)
    with reading(engine) as connection:
        return Stamp(tuple((row.id, row.version) for row in connection.execute(query)))


def load_figures(engine: sa.Engine) -> dict[str, OwnFigure]:
    """Every kept figure by its id; what cannot be read is left out.

    Raises:
        StoreError: the database cannot be read.
    """
    with reading(engine) as connection:
        rows = connection.execute(sa.select(own_figures).order_by(own_figures.c.at)).all()
    found = {}
    for row in rows:
        try:
            found[row.id] = _read_row(row)
        except (ValueError, KeyError, TypeError, OSError, StoreError):
            continue  # a damaged row takes itself down and no other
    return found


def _read_row(row: Any) -> OwnFigure:
    words = json.loads(row.dictionary)
    entry = {**words["entry"], "caveats": tuple(words["entry"]["caveats"]), "id": row.id}
    values = pd.read_parquet(io.BytesIO(row.figures))
    if not is_own(row.id) or list(values.columns) != list(COLUMNS):
        raise StoreError(f"the kept figure {row.id!r} is damaged")
    name = load_areas()["area_name"].get(row.area_code, row.area_code)
    at = clock.in_england(row.at)
    day = f"{at.day} {at:%B %Y}"
    return OwnFigure(
        OwnIndicator(**entry), row.area_code, tuple(words["periods"]), values,
        tuple(words["notes"]), f"kept for {name} by {row.who} on {day}",
        int(words["hidden"]), kept=True, shared=bool(row.shared),
    )  # fmt: skip
