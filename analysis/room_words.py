"""What a room chose, in sentences: titles, descriptions, and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.map_view import format_number
from analysis.room_results import SMALL_ROOM, Room, count_points
from analysis.room_small import NO_WARD
from analysis.words import count_in_words, count_words, join_words, keep_short, ordinal

COMPARED_WORDS = {
    "higher": "the room puts it higher",
    "lower": "the room puts it lower",
    "alike": "much alike",
    "": "",
}
COMPARED_SIGNS = {"higher": "▲", "lower": "▼", "alike": "●", "": ""}
OTHERS = "Other wards, or none said"
EVIDENCE_METHOD = (
    "Evidence: the mean need score of the council’s wards, weighted by people. A need score is a "
    "ward’s place among all wards in England, from 0 to 100 (the most need); it does not say how "
    "much would help."
)
METHOD_WORDS = {
    "dots": "Each person shared out dots; a share is the dots of all dots.",
    "ranking": "Each person put the questions in order: the first of k places gives k points, "
    "the next k - 1 and so on (Borda count); a share is the points of all points.",
}


def count_people(number: int) -> str:
    """1 -> "1 person", 12 -> "12 people"."""
    return count_words(number, "person", "people")


def warn_small_room(room: Room) -> str:
    """Say how carefully the votes must be read; "" for a large room."""
    if not room.people or room.people >= SMALL_ROOM:
        return ""
    return f"{count_people(room.people)} voted: read with care."


def explain_waiting(room: Room) -> str:
    """Say why no results are shown yet; "" once there are enough votes."""
    if room.is_enough:
        return ""
    so_far = f"{count_people(room.people)} so far" if room.people else "Nobody has voted yet"
    return (
        f"{so_far}. Results show from {room.fewest} people on, so that nobody’s own vote can be "
        "read from them."
    )


def make_room_title(room: Room) -> str:
    """State what the room puts first."""
    if not room.people:
        return "Waiting for the first vote"
    if not room.is_enough:
        return "Waiting for more votes"
    table = count_points(room)
    first = table.loc[table["rank"] == 1, "heading"].tolist()
    if len(first) == 1:
        return keep_short(f"The room puts {first[0]} first", f"First: {first[0]}")
    return keep_short(
        f"{join_words(first)} share first place",
        f"{count_in_words(len(first))} priorities share first place",
    )


def make_comparison_title(table: pd.DataFrame) -> str:
    """State where the room and the figures agree, or where they differ most.

    Args:
        table: see `room_results.compare_with_evidence`.
    """
    if table.empty or not table["room_rank"].any():
        return "The room and the figures"
    first = table[table["room_rank"] == 1]
    of = len(table)
    if len(first) == 1:
        heading, place = str(first["heading"].iat[0]), int(first["evidence_rank"].iat[0])
        if place == 1:
            return keep_short(
                f"The room and the figures both put {heading} first",
                "The room and the figures put the same first",
            )
        return keep_short(
            f"{heading}: first for the room, {ordinal(place)} by need",
            f"The room’s first is {ordinal(place)} of {of} by need",
        )
    apart = int((table["compared"] != "alike").sum())
    if not apart:
        return "The room and the figures agree on most"
    return f"The room and the figures differ on {apart} of {of}"


def describe_difference(row: Mapping[str, object], of: int) -> str:
    """One line on one question: "The room puts X first; the figures put it 4th of 5"."""
    room, figures = int(str(row["room_rank"])), int(str(row["evidence_rank"]))
    place = "first" if room == 1 else ordinal(room)
    return f"The room puts {row['heading']} {place}; the figures put it {ordinal(figures)} of {of}."


def list_differences(table: pd.DataFrame) -> list[str]:
    """A line for each question on which the room and the figures differ, the widest first."""
    apart = table[table["compared"].isin(["higher", "lower"])]
    apart = apart.iloc[(-apart["difference"].abs()).argsort(kind="stable")]
    return [describe_difference(row, len(table)) for row in apart.to_dict("records")]


def describe_room(room: Room) -> str:
    """Describe the result in sentences, for screen readers and reports."""
    if waiting := explain_waiting(room):
        return waiting
    table = count_points(room).sort_values("rank", kind="stable")
    unit = "dots" if room.method == "dots" else "points"
    parts = [f"{count_people(room.people)} voted."]
    parts += [
        f"{ordinal(row.rank)}: {row.heading}, {format_number(row.share, 0)} % of all {unit} "
        f"({row.points:.0f})."
        for row in table.itertuples()
    ]
    return " ".join(parts)


def describe_comparison(table: pd.DataFrame, place: str) -> str:
    """Describe the room beside the figures in sentences."""
    if table.empty or not table["room_rank"].any():
        return "There is nothing to compare yet."
    of = len(table)
    parts = [f"{place}: the room’s order beside the order by need score."]
    parts += [
        f"{row.heading}: {ordinal(row.room_rank)} of {of} for the room "
        f"({format_number(row.share, 0)} %), {ordinal(row.evidence_rank)} of {of} by need score "
        f"({format_number(row.score, 0)} of 100)."
        for row in table.itertuples()
    ]
    parts.append(
        "A vote says what people in the room want to act on; a need score says where the wards "
        "stand among all wards in England. Neither proves the other wrong."
    )
    return " ".join(parts)


def tabulate_by_ward(
    by_ward: pd.DataFrame, headings: Mapping[str, str], names: Mapping[str, str]
) -> pd.DataFrame:
    """The shares by ward with plain headings, for screen and files.

    Args:
        by_ward: see `room_results.count_by_ward`.
        headings: by question id.
        names: ward names by code.
    """
    labels = [OTHERS if w == NO_WARD else str(names.get(w, w)) for w in by_ward.index]
    table = by_ward.rename(columns={q: f"{heading} (%)" for q, heading in headings.items()})
    table = table.rename(columns={"people": "People who voted"}).reset_index(drop=True)
    table.insert(0, "Ward", labels)
    return table


def tabulate_firsts(
    by_ward: pd.DataFrame, headings: Mapping[str, str], names: Mapping[str, str]
) -> pd.DataFrame:
    """What each ward puts first, for a wall: ward, people, heading, share.

    Args:
        by_ward: see `room_results.count_by_ward`.
        headings: by question id.
        names: ward names by code.
    """
    shares = by_ward[list(headings)]
    top = shares.max(axis=1)
    firsts = [
        join_words([headings[q] for q in headings if shares.at[ward, q] == top[ward]])
        for ward in by_ward.index
    ]
    return pd.DataFrame(
        {
            "Ward": [OTHERS if w == NO_WARD else str(names.get(w, w)) for w in by_ward.index],
            "People": by_ward["people"].to_numpy(),
            "First": firsts,
            "Share": [format_number(share, 0, "%") for share in top],
        }
    )


def tabulate_room(room: Room, beside: pd.DataFrame) -> pd.DataFrame:
    """The result as a table with plain headings, the figures beside it where there are any.

    Args:
        room: its votes.
        beside: see `room_results.compare_with_evidence`; may be empty.
    """
    unit = "Dots" if room.method == "dots" else "Points"
    found = count_points(room)
    table = pd.DataFrame(
        {
            "Question": found["heading"],
            unit: found["points"],
            "Share (%)": found["share"].round(1),
            "People who gave it any": found["people"],
            "Place in the room": found["rank"].where(found["rank"] > 0),
        }
    )
    if len(beside):
        table["Need score (0 to 100)"] = beside["score"].round(0)
        table["Place by need score"] = beside["evidence_rank"]
        table["Room and figures"] = beside["compared"].map(COMPARED_WORDS)
    order = found["rank"].argsort(kind="stable")
    return table.iloc[order].reset_index(drop=True)
