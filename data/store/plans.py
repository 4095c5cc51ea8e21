"""Saved action plans: every save is a new version, and every change of status a row of its own.

Nothing is overwritten. A council that wants its plan gone removes all of it (`remove_plan`); the
audit list says who did so.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.errors import StoreError
from data.plan_changes import list_changes
from data.planned_action import PlannedAction
from data.store.audit import note_change
from data.store.engine import reading, writing
from data.store.tables import Moment, metadata, now

plan_versions = sa.Table(
    "plan_versions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("area_code", sa.String(9), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("saved_at", Moment, nullable=False),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("file_name", sa.String(200), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.UniqueConstraint("area_code", "number"),
)
plan_changes = sa.Table(
    "plan_changes",
    metadata,
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
#: How often a save is tried again because somebody else took the number of the version.
_TRIES = 20
_DAYS = tuple(field.name for field in fields(PlannedAction) if "dt.date" in str(field.type))


@dataclass(frozen=True)
class PlanVersion:
    """One saved version; `number` counts from 1 within a council, `saved_at` is in UTC."""

    number: int
    saved_at: dt.datetime
    who: str
    file_name: str


@dataclass(frozen=True)
class SavedPlan(PlanVersion):
    """A version with its actions."""

    actions: tuple[PlannedAction, ...] = ()


@dataclass(frozen=True)
class SaveResult:
    """What a save came to: its version, how many changes were noted, and who saved in between."""

    number: int
    changes: int
    in_between: tuple[PlanVersion, ...] = ()


def write_actions(actions: Sequence[PlannedAction]) -> str:
    """Actions as JSON text."""
    return json.dumps([asdict(action) for action in actions], default=str, ensure_ascii=False)


def read_actions(text: str) -> tuple[PlannedAction, ...]:
    """The actions of `write_actions`.

    Raises:
        StoreError: the text is not one.
    """
    try:
        return tuple(_read_action(entry) for entry in json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(
            f"A saved action plan cannot be read ({error}). Nothing was changed; the other "
            "versions can still be opened."
        ) from error


def _read_action(entry: dict[str, Any]) -> PlannedAction:
    days = {name: dt.date.fromisoformat(entry[name]) for name in _DAYS if entry[name]}
    return PlannedAction(**{**entry, **days, "wards": tuple(entry["wards"])})


def save_plan(
    engine: sa.Engine,
    area_code: str,
    actions: Sequence[PlannedAction],
    file_name: str,
    who: str,
    based_on: int,
) -> SaveResult:
    """Keep a plan as a new version, whole or not at all, with the changes since the last one.

    Args:
        engine: of the store.
        area_code: the council.
        actions: the whole plan.
        file_name: what it was read from.
        who: for the history and the audit list.
        based_on: number of the version that was newest when the plan was looked at, 0 for none.

    Raises:
        StoreError: it could not be kept; nothing was written.
    """
    for _ in range(_TRIES):
        try:
            with writing(engine) as connection:
                return _add_version(connection, area_code, actions, file_name, who, based_on)
        except sa.exc.IntegrityError:  # somebody else took the number: theirs comes first
            continue
    raise StoreError("Too many people save this plan at once. Nothing was written; try again.")


def _add_version(
    connection: sa.Connection,
    area_code: str,
    actions: Sequence[PlannedAction],
    file_name: str,
    who: str,
    based_on: int,
) -> SaveResult:
    versions = _list(connection, area_code)
    number = versions[-1].number + 1 if versions else 1
    before = _actions_of(connection, area_code, number - 1) if versions else ()
    entry = {"area_code": area_code, "number": number, "saved_at": now(), "who": who[:200],
             "file_name": file_name[:200], "content": write_actions(actions)}  # fmt: skip
    insert = plan_versions.insert().values(entry).returning(plan_versions.c.id)
    version_id = connection.execute(insert).scalar_one()
    # All of a first version is new: that needs no row for each action.
    changes = list_changes(before, actions) if versions else ()
    if changes:
        rows = [{**asdict(change), "version_id": version_id} for change in changes]
        connection.execute(plan_changes.insert(), rows)
    detail = f"version {number}, {len(actions)} actions, {len(changes)} changes"
    note_change(connection, who, area_code, "saved an action plan", file_name, detail)
    return SaveResult(number, len(changes), tuple(v for v in versions if v.number > based_on))


def _list(connection: sa.Connection, area_code: str) -> list[PlanVersion]:
    table = plan_versions.c
    query = (
        sa.select(table.number, table.saved_at, table.who, table.file_name)
        .where(table.area_code == area_code)
        .order_by(table.number)
    )
    return [PlanVersion(*row) for row in connection.execute(query)]


def _actions_of(
    connection: sa.Connection, area_code: str, number: int
) -> tuple[PlannedAction, ...]:
    query = sa.select(plan_versions.c.content).where(
        plan_versions.c.area_code == area_code, plan_versions.c.number == number
    )
    text = connection.execute(query).scalar()
    if text is None:
        raise StoreError(f"There is no version {number} of this council's plan.")
    return read_actions(text)


def list_versions(engine: sa.Engine, area_code: str) -> tuple[PlanVersion, ...]:
    """Every saved version of a council's plan, oldest first.

    Raises:
        StoreError: the database cannot be read.
    """
    with reading(engine) as connection:
        return tuple(_list(connection, area_code))


def load_saved_plan(engine: sa.Engine, area_code: str, number: int) -> SavedPlan:
    """One version of a council's plan.

    Raises:
        StoreError: there is no such version, or it cannot be read.
    """
    with reading(engine) as connection:
        versions = {version.number: version for version in _list(connection, area_code)}
        actions = _actions_of(connection, area_code, number)
    return SavedPlan(**asdict(versions[number]), actions=actions)


def load_newest_plan(engine: sa.Engine, area_code: str) -> SavedPlan | None:
    """The newest version of a council's plan, None where none was saved.

    Raises:
        StoreError: it cannot be read.
    """
    versions = list_versions(engine, area_code)
    return load_saved_plan(engine, area_code, versions[-1].number) if versions else None


def load_plan_history(engine: sa.Engine, area_code: str, action_id: str = "") -> pd.DataFrame:
    """Every change of status and forecast, oldest first.

    Args:
        engine: of the store.
        area_code: the council.
        action_id: one action only, whatever its capitals; "" for all.

    Returns:
        columns version, saved_at (UTC), who, action_id, title, what (`status`, `forecast` or
        `action`), old, new, reason.

    Raises:
        StoreError: the database cannot be read.
    """
    change, version = plan_changes.c, plan_versions.c
    columns = (version.number.label("version"), version.saved_at, version.who, change.action_id,
               change.title, change.what, change.old, change.new, change.reason)  # fmt: skip
    query = (
        sa.select(*columns)
        .join_from(plan_changes, plan_versions)
        .where(version.area_code == area_code)
        .order_by(version.number, change.id)
    )
    if action_id:
        query = query.where(sa.func.lower(change.action_id) == action_id.lower())
    with reading(engine) as connection:
        rows = [tuple(row) for row in connection.execute(query)]
    return pd.DataFrame(rows, columns=[column.name for column in columns])


def remove_plan(engine: sa.Engine, area_code: str, who: str) -> int:
    """Remove all versions and the whole history of a council's plan; the audit list keeps that.

    Returns:
        how many versions were removed.

    Raises:
        StoreError: nothing was removed.
    """
    own = sa.select(plan_versions.c.id).where(plan_versions.c.area_code == area_code)
    with writing(engine) as connection:
        versions = _list(connection, area_code)
        connection.execute(plan_changes.delete().where(plan_changes.c.version_id.in_(own)))
        connection.execute(plan_versions.delete().where(plan_versions.c.area_code == area_code))
        if versions:
            note_change(connection, who, area_code, "removed an action plan", "all versions",
                        f"{len(versions)} versions and their history")  # fmt: skip
    return len(versions)
