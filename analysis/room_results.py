"""What a room chose in a workshop, in all and by ward, beside the evidence.

Method: with dots, a question's share is its dots of all dots. With ranking, the first of a
person's k places gives k points, the second k - 1 and so on (Borda count), and the share is of
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
from analysis.map_view import as_printed
from analysis.room_small import FEWEST, NO_WARD, find_held_back

Method = Literal["dots", "ranking"]

#: A room with fewer people says little about anybody who was not there.
SMALL_ROOM = 20
#: Places between the two ranks from which the room and the figures are said to differ.
APART = 2


class RoomError(ValueError):
    """Votes that do not go together; the message names the first mistake."""


@dataclass(frozen=True)
class Room:
    """The votes of one workshop, counted.

    `questions`: id -> heading, in the order they were asked. `points`: columns `question`,
    `points` (dots, or points of the ranking), `people` (who gave it any). `by_ward`: columns
    `ward` (code, "" where none was said), `question`, `points`. `voters`: how many people voted,
    by ward; not to be shown (see `held_back`).
    """

    questions: Mapping[str, str]
    points: pd.DataFrame
    by_ward: pd.DataFrame
    voters: Mapping[str, int]
    method: Method = "dots"
    fewest: int = FEWEST

    def __post_init__(self) -> None:
        """Refuse counts that contradict each other, so that no share is wrong in silence.

        Raises:
            RoomError: with the ward or question that is wrong.
        """
        for table in (self.points, self.by_ward):
            strange = table[~table["question"].isin(list(self.questions))]
            if len(strange):
                raise RoomError(f"{strange['question'].iat[0]!r} was voted on but not asked.")
            if (table["points"].astype(float) < 0).any():
                raise RoomError("A question has fewer than 0 points.")
        silent = set(self.by_ward.loc[self.by_ward["points"] > 0, "ward"]) - {
            ward for ward, count in self.voters.items() if count
        }
        if silent:
            raise RoomError(f"The ward {min(silent)!r} has votes but nobody who voted.")

    @property
    def people(self) -> int:
        """How many people voted."""
        return sum(self.voters.values())

    @property
    def is_enough(self) -> bool:
        """Whether enough people voted for a result that names nobody's own vote."""
        return self.people >= self.fewest

    @cached_property
    def held_back(self) -> frozenset[str]:
        """Wards that are not shown apart; "" stands for those who named none."""
        return find_held_back(self.voters, self.fewest)

    @property
    def shown_wards(self) -> list[str]:
        """Wards that may be shown apart, most people first."""
        shown = [(-n, ward) for ward, n in self.voters.items() if n and ward not in self.held_back]
        return [ward for _, ward in sorted(shown)]


def count_points(room: Room) -> pd.DataFrame:
    """What each question got, in the order they were asked.

    Returns:
        index question id; columns heading, points, people (who gave it any), share (% of all
        points, NaN where there are none), rank (1 is the room's first; equal ones share the
        better rank; 0 before anybody voted).
    """
    index = pd.Index(list(room.questions), name="question")
    got = room.points.set_index("question").reindex(index)
    table = pd.DataFrame(
        {
            "heading": list(room.questions.values()),
            "points": got["points"].fillna(0).astype(float),
            "people": got["people"].fillna(0).astype(int),
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
    group = room.by_ward["ward"].where(room.by_ward["ward"].isin(shown), NO_WARD)
    people = {ward: room.voters[ward] for ward in shown}
    if shown and (rest := room.people - sum(people.values())):
        people[NO_WARD] = rest
    wide = room.by_ward.assign(group=group).pivot_table(
        index="group", columns="question", values="points", aggfunc="sum"
    )
    wide = wide.reindex(index=list(people), columns=list(room.questions)).fillna(0.0).astype(float)
    shares = 100 * wide.div(wide.sum(axis=1), axis=0)
    shares.insert(0, "people", pd.Series(people, dtype=int))
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
    table["evidence_rank"] = compute_ranks(as_printed(table["score"], 0))
    table["difference"] = table["evidence_rank"] - table["room_rank"]
    far = table["difference"].abs() >= APART
    words = np.where(table["difference"] > 0, "higher", "lower")
    table["compared"] = np.where(far, words, "alike")
    if not has_votes:
        table["compared"] = ""
    order = np.lexsort((table["evidence_rank"], table["room_rank"]))
    return table.iloc[order]
