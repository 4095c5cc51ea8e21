"""What a room chose in a workshop, in all and by ward, beside the evidence.

Method: with dots, a question's share is its dots of all dots. With ranking, each person gives
a first of n questions n points, a second n - 1 and so on (Borda count), and the share is of
all points. Evidence is the mean need score of the council's wards, weighted by people: a need
score is a position among all wards of England, so this is a position too, not an amount.
Nothing is shown of a room, or of a ward, with fewer people than `room_small.FEWEST`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from analysis.comparison import compute_ranks
from analysis.room_small import FEWEST, NO_WARD, find_held_back

Method = Literal["dots", "ranking"]

#: A room with fewer people says little about anybody who was not there.
SMALL_ROOM = 20
#: Places between the two ranks from which the room and the figures are said to differ.
APART = 2
VOTE_COLUMNS = ("participant", "ward", "question", "number")


class RoomError(ValueError):
    """Votes that cannot be what people cast; the message names the first one."""


@dataclass(frozen=True)
class Room:
    """The votes of one workshop.

    `questions`: id -> heading, in the order they were asked. `votes`: columns `participant`
    (who is only ever counted), `ward` (code, "" where none was said), `question`, and `number`:
    dots placed, or with `ranking` the place given, 1 for the first.
    """

    questions: Mapping[str, str]
    votes: pd.DataFrame
    method: Method = "dots"
    fewest: int = FEWEST

    def __post_init__(self) -> None:
        """Refuse what nobody can have cast, so that no total is wrong in silence."""
        if missing := [c for c in VOTE_COLUMNS if c not in self.votes]:
            raise RoomError(f"The votes lack the columns {', '.join(missing)}.")
        strange = self.votes[~self.votes["question"].isin(list(self.questions))]
        if len(strange):
            raise RoomError(f"A vote is for {strange['question'].iat[0]!r}, which was not asked.")
        least = 1 if self.method == "ranking" else 0
        most = len(self.questions) if self.method == "ranking" else np.inf
        wrong = ~self.votes["number"].astype(float).between(least, most)
        if wrong.any():
            raise RoomError(f"A vote has the number {self.votes['number'][wrong].iat[0]!r}.")

    @cached_property
    def points(self) -> pd.DataFrame:
        """The votes that count for something, with their `points`."""
        number = self.votes["number"].astype(float)
        points = len(self.questions) + 1 - number if self.method == "ranking" else number
        cast = self.votes.assign(points=points)
        return cast[cast["points"] > 0]

    @cached_property
    def by_ward(self) -> pd.Series:
        """How many people of each ward voted; not to be shown (see `held_back`)."""
        people = self.points.drop_duplicates("participant")
        return people.groupby("ward")["participant"].size()

    @property
    def people(self) -> int:
        """How many people voted."""
        return int(self.points["participant"].nunique())

    @property
    def is_enough(self) -> bool:
        """Whether enough people voted for a result that names nobody's own vote."""
        return self.people >= self.fewest

    @property
    def held_back(self) -> frozenset[str]:
        """Wards that are not shown apart; "" stands for those who named none."""
        counts = {str(ward): int(count) for ward, count in self.by_ward.items()}
        return find_held_back(counts, self.fewest)

    @property
    def shown_wards(self) -> list[str]:
        """Wards that may be shown apart, most people first."""
        held = self.held_back
        shown = [(-int(n), str(ward)) for ward, n in self.by_ward.items() if ward not in held]
        return [ward for _, ward in sorted(shown)]


def count_points(room: Room) -> pd.DataFrame:
    """What each question got, in the order they were asked.

    Returns:
        index question id; columns heading, points, people (who gave it any), share (% of all
        points, NaN where there are none), rank (1 is the room's first; equal ones share the
        better rank; 0 before anybody voted).
    """
    got = room.points.groupby("question")
    index = pd.Index(list(room.questions), name="question")
    points = got["points"].sum().reindex(index, fill_value=0.0)
    table = pd.DataFrame(
        {
            "heading": list(room.questions.values()),
            "points": points.astype(float),
            "people": got["participant"].nunique().reindex(index, fill_value=0).astype(int),
        },
        index=index,
    )
    total = table["points"].sum()
    table["share"] = 100 * table["points"] / total if total else np.nan
    table["rank"] = compute_ranks(table["points"] if total else table["share"])
    return table


def count_by_ward(room: Room) -> pd.DataFrame:
    """The share of each question by ward, where a ward has enough people.

    Returns:
        index ward code, most people first, then "" for everybody else (their number is at
        least `room.fewest`); column `people`, then one per question id: share in %. No rows
        where no ward can be shown apart.
    """
    shown = room.shown_wards
    group = room.points["ward"].where(room.points["ward"].isin(shown), NO_WARD)
    points = room.points.assign(group=group)
    rows = [*shown, *([NO_WARD] if shown and (group == NO_WARD).any() else [])]
    wide = points.pivot_table(index="group", columns="question", values="points", aggfunc="sum")
    wide = wide.reindex(index=rows, columns=list(room.questions)).fillna(0.0)
    shares = 100 * wide.div(wide.sum(axis=1), axis=0)
    people = points.groupby("group")["participant"].nunique().reindex(rows).astype(int)
    shares.insert(0, "people", people)
    return shares.rename_axis(index="ward", columns=None)


def compute_evidence(scores: pd.DataFrame, people: pd.Series) -> pd.Series:
    """The need score of a council on each action area: the mean of its wards, by people.

    Args:
        scores: wards by ids of action areas, 0 to 100, NaN where withheld.
        people: population by ward code; wards without people do not count.

    Returns:
        index id of the action area, NaN where no ward has a score.
    """
    weight = people.reindex(scores.index).fillna(0.0).astype(float)
    known = scores.notna().mul(weight, axis=0)
    return scores.fillna(0.0).mul(weight, axis=0).sum() / known.sum().replace(0, np.nan)


def compare_with_evidence(room: Room, evidence: pd.Series) -> pd.DataFrame:
    """The room's priorities beside the figures, the room's first at the top.

    Args:
        room: its votes.
        evidence: need score by id of the action area (see `compute_evidence`).

    Returns:
        `count_points` of the questions that have a score, and columns score, evidence_rank (1
        is the highest need), difference (evidence_rank - room_rank), compared: `higher` where
        the room puts it at least two places above the figures, `lower`, else `alike`; and
        room_rank, the rank among these questions.
    """
    table = count_points(room)
    table["score"] = evidence.reindex(table.index).astype(float)
    table = table[table["score"].notna()].copy()
    has_votes = bool((table["points"] > 0).any())
    table["room_rank"] = compute_ranks(table["points"]) if has_votes else 0
    # Scores are printed without decimals; what is printed alike must not be told apart.
    table["evidence_rank"] = compute_ranks(table["score"].round())
    table["difference"] = table["evidence_rank"] - table["room_rank"]
    far = table["difference"].abs() >= APART
    words = np.where(table["difference"] > 0, "higher", "lower")
    table["compared"] = np.where(far, words, "alike")
    if not has_votes:
        table["compared"] = ""
    order = np.lexsort((table["evidence_rank"], table["room_rank"]))
    return table.iloc[order]
