"""What came of a workshop so far, as tidy tables; nobody who took part can be told from them.

`load_stamp` is cheap: ask it often, and load the results when it has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.store.engine import reading
from data.store.workshop_tables import assets, comments, participants, votes, workshops
from data.store.workshops import DOTS, Workshop, WorkshopGoneError


@dataclass(frozen=True)
class Results:
    """What came of a workshop at one moment.

    `stamp`: as `load_stamp` gave it before the rest was read.
    `joined`, `voted`: how many people joined, how many have given at least one vote.
    `by_question`: one row for each question, in the lead's order: question_id, words,
        action_area ("" for a question of the lead's own), points (dots; for a ranking the first
        place of k counts k points, the next k - 1 …), people (who gave it anything), firsts (people
        who gave it their first place, or the most dots of their ballot, ties included).
    `by_ward`: ward and question, where there are points: ward ("" where none was chosen),
        question_id, points, people.
    `wards`: one row for each ward somebody chose: ward, joined, voted. Beside a ward with very
        few voters the room may guess who voted for what.
    `comments`: comment_id, at (UTC), ward, question_id (0 for none), words, state; oldest first.
    `assets`: asset_id, at, ward, kind, name, note, state; oldest first.
    Comments and assets that were removed have no words and are left out.
    """

    stamp: str
    joined: int
    voted: int
    by_question: pd.DataFrame
    by_ward: pd.DataFrame
    wards: pd.DataFrame
    comments: pd.DataFrame
    assets: pd.DataFrame


def load_stamp(engine: sa.Engine, workshop_id: int) -> str:
    """Letters that change whenever anything of a workshop changes, in whichever process.

    Raises:
        WorkshopGoneError: the workshop was deleted.
        StoreError: the database cannot be read.
    """
    with reading(engine) as connection:
        return _read_stamp(connection, workshop_id)


def _read_stamp(connection: sa.Connection, workshop_id: int) -> str:
    # Counts, not the newest number: a lower number may be kept after a higher one.
    mine = participants.c.workshop_id == workshop_id
    given = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(participants.c.changes), 0))
    joined, changes = connection.execute(given.where(mine)).one()
    by_lead = sa.select(workshops.c.changes).where(workshops.c.id == workshop_id)
    lead_changes = connection.execute(by_lead).scalar_one_or_none()
    if lead_changes is None:
        raise WorkshopGoneError("This workshop is not there any more: it was deleted.")
    return f"{lead_changes}.{joined}.{changes}"


def load_results(engine: sa.Engine, workshop: Workshop) -> Results:
    """What came of a workshop so far (see `Results`).

    Raises:
        WorkshopGoneError: the workshop was deleted.
        StoreError: the database cannot be read.
    """
    with reading(engine) as connection:
        stamp = _read_stamp(connection, workshop.id)
        people = _read_people(connection, workshop.id)
        given = _read_votes(connection, workshop)
        written = {
            table: _read_words(connection, table, workshop.id) for table in (comments, assets)
        }
    voters = given["participant_id"].unique()
    people["voted"] = people["participant_id"].isin(voters)
    wards = people.groupby("ward", sort=True).agg(joined=("voted", "size"), voted=("voted", "sum"))
    said = written[comments]
    said["question_id"] = said["question_id"].fillna(0).astype(int)
    keys = {"question_id": [question.id for question in workshop.questions]}
    listed = pd.DataFrame({**keys, "words": [question.words for question in workshop.questions],
                           "action_area": [q.action_area for q in workshop.questions]})  # fmt: skip
    totals = _add_up(given, ["question_id"]).set_index("question_id")
    totals = totals.reindex(listed["question_id"], fill_value=0).reset_index(drop=True)
    return Results(
        stamp=stamp,
        joined=len(people),
        voted=len(voters),
        by_question=pd.concat([listed, totals], axis="columns"),
        by_ward=_add_up(given, ["ward", "question_id"]).drop(columns="firsts"),
        wards=wards.reset_index(),
        comments=said,
        assets=written[assets],
    )


def _read_people(connection: sa.Connection, workshop_id: int) -> pd.DataFrame:
    columns = (participants.c.id.label("participant_id"), participants.c.ward)
    query = sa.select(*columns).where(participants.c.workshop_id == workshop_id)
    return _make_table(connection, query)


def _read_votes(connection: sa.Connection, workshop: Workshop) -> pd.DataFrame:
    """One row for each vote: participant_id, ward, question_id, points, is_first."""
    columns = (votes.c.participant_id, participants.c.ward, votes.c.question_id, votes.c.number)
    both = votes.join(participants, votes.c.participant_id == participants.c.id)
    query = sa.select(*columns).select_from(both).where(votes.c.workshop_id == workshop.id)
    given = _make_table(connection, query)
    numbers = given.pop("number").astype(int)
    is_dots = workshop.method == DOTS
    given["points"] = numbers if is_dots else workshop.votes_each + 1 - numbers
    best = given.groupby("participant_id")["points"].transform("max")
    given["is_first"] = given["points"] == best if is_dots else numbers == 1
    return given


def _add_up(given: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    return (
        given.groupby(list(keys), sort=True)
        .agg(points=("points", "sum"), people=("points", "size"), firsts=("is_first", "sum"))
        .reset_index()
    )


def _read_words(connection: sa.Connection, table: sa.Table, workshop_id: int) -> pd.DataFrame:
    names = [column.name for column in table.columns]
    kept = [name for name in names if name not in ("id", "workshop_id", "participant_id")]
    number = table.c.id.label("comment_id" if table is comments else "asset_id")
    query = sa.select(number, *(table.c[name] for name in kept)).order_by(table.c.id)
    return _make_table(
        connection, query.where(table.c.workshop_id == workshop_id, table.c.state != "removed")
    )


def _make_table(connection: sa.Connection, query: sa.Select[Any]) -> pd.DataFrame:
    rows = [tuple(row) for row in connection.execute(query)]
    table = pd.DataFrame(rows, columns=[column.name for column in query.selected_columns])
    # An empty table has the types of a full one.
    kinds = {"at": "datetime64[us, UTC]", "ward": "str"}
    return table.astype({name: kind for name, kind in kinds.items() if name in table})
