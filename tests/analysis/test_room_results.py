"""What a room chose, by hand-counted votes; small wards stay hidden, also from arithmetic."""

import itertools

import numpy as np
import pandas as pd
import pytest

from analysis.room_results import (
    Room,
    RoomError,
    compare_with_evidence,
    compute_evidence,
    count_by_ward,
    count_points,
)
from analysis.room_small import find_held_back

QUESTIONS = {"work": "Good work", "health": "Good health", "place": "A good place"}


Vote = tuple[str, str, str, int]


def count_room(*votes: Vote, questions: dict[str, str] = QUESTIONS, fewest: int = 3) -> Room:
    """A room from single votes (person, ward, question, points), counted by hand-made loops."""
    points, people, by_ward, voters = {}, {}, {}, {}
    for person, ward, question, number in votes:
        points[question] = points.get(question, 0) + number
        people.setdefault(question, set()).add(person)
        by_ward[ward, question] = by_ward.get((ward, question), 0) + number
        voters.setdefault(ward, set()).add(person)
    rows = [(q, n, len(people[q])) for q, n in points.items()]
    return Room(
        questions,
        pd.DataFrame(rows, columns=["question", "points", "people"]),
        pd.DataFrame(
            [(w, q, n) for (w, q), n in by_ward.items()], columns=["ward", "question", "points"]
        ),
        {ward: len(them) for ward, them in voters.items()},
        fewest=fewest,
    )


def make_room(**people: tuple[str, str]) -> Room:
    """A room where each person (name=(ward, question)) put 2 dots on one question."""
    return count_room(*((p, w, q, 2) for p, (w, q) in people.items()))


def test_dots_are_added_up_and_shared() -> None:
    room = count_room(
        ("a", "W1", "work", 3), ("a", "W1", "health", 2), ("b", "W2", "health", 5),
        ("d", "", "health", 2),
    )  # fmt: skip
    table = count_points(room)
    assert table["points"].tolist() == [3, 9, 0]
    assert table["share"].tolist() == [25, 75, 0]
    assert table["rank"].tolist() == [2, 1, 3]
    assert table["people"].tolist() == [1, 3, 0]
    assert room.people == 3


def test_before_anybody_voted_nothing_is_ranked_and_no_share_is_zero() -> None:
    room = count_room()
    table = count_points(room)
    assert table["share"].isna().all()
    assert table["rank"].tolist() == [0, 0, 0]
    assert not room.is_enough
    assert count_by_ward(room).empty
    beside = compare_with_evidence(room, pd.Series({"work": 60.0, "health": 40.0}))
    assert beside["compared"].tolist() == ["", ""]


def test_counts_that_contradict_each_other_are_refused() -> None:
    good = count_room(("a", "W1", "work", 1))
    with pytest.raises(RoomError, match="'space' was voted on but not asked"):
        count_room(("a", "W1", "space", 1))
    with pytest.raises(RoomError, match="fewer than 0"):
        count_room(("a", "W1", "work", -1))
    with pytest.raises(RoomError, match="'W1' has votes but nobody"):
        Room(QUESTIONS, good.points, good.by_ward, {"W1": 0, "W2": 1})


def test_a_ward_is_shown_apart_from_three_people_on() -> None:
    people = {f"a{n}": ("W1", "work") for n in range(3)}
    people |= {f"b{n}": ("W2", "health") for n in range(3)}
    people |= {"b3": ("W2", "work"), "c": ("W3", "place")}
    people |= {"n1": ("", "place"), "n2": ("", "work")}
    room = make_room(**people)
    table = count_by_ward(room)
    # W3 has one person; with the two who named no ward the rest is three.
    assert table.index.tolist() == ["W2", "W1", ""]
    assert table["people"].tolist() == [4, 3, 3]
    assert table.loc["W2", ["work", "health", "place"]].tolist() == [25, 75, 0]
    assert table.loc["", "place"] == pytest.approx(200 / 3)


def test_a_small_ward_cannot_be_had_by_taking_the_others_from_the_total() -> None:
    people = {f"a{n}": ("W1", "work") for n in range(5)}
    people |= {f"b{n}": ("W2", "health") for n in range(3)}
    people |= {"c": ("W3", "place")}
    room = make_room(**people)
    # Total minus W1 and W2 would be c alone, so W2, the next smallest, goes into the rest.
    assert room.shown_wards == ["W1"]
    assert count_by_ward(room).loc["", "people"] == 4


def test_who_named_no_ward_is_not_left_over_alone() -> None:
    people = {f"a{n}": ("W1", "work") for n in range(5)} | {"n": ("", "place")}
    assert make_room(**people).shown_wards == []
    many = people | {f"n{n}": ("", "place") for n in range(2)}
    assert make_room(**many).shown_wards == ["W1"]


@pytest.mark.parametrize("fewest", [2, 3, 5])
def test_no_arithmetic_on_what_is_shown_isolates_fewer_people(fewest) -> None:
    """Every room of up to four wards with 0 to 6 people each, those without a ward included."""
    for counts in itertools.product(range(7), repeat=5):
        people = dict(zip(("", "W1", "W2", "W3", "W4"), counts, strict=True))
        held = find_held_back(people, fewest)
        shown = {ward: count for ward, count in people.items() if count and ward not in held}
        rest = sum(counts) - sum(shown.values())
        assert "" not in shown
        assert all(count >= fewest for count in shown.values()), people
        assert rest == 0 or rest >= fewest or not shown, people
        # No more is hidden than must be: where the rest is large enough, only the small ones.
        if sum(n for w, n in people.items() if n < fewest or not w) in (0, *range(fewest, 99)):
            assert set(shown) == {w for w, n in people.items() if w and n >= fewest}, people


def test_groups_of_nobody_say_nothing() -> None:
    assert find_held_back({"W1": 0, "W2": 4}) == frozenset()
    assert find_held_back({"W1": 1, "W2": 4, "W3": 9}) == {"W1", "W2"}
    assert find_held_back({"W1": 1, "W2": 2, "W3": 9}) == {"W1", "W2"}
    assert find_held_back({"W1": 1}) == {"W1"}


def test_evidence_is_the_mean_of_the_wards_by_people() -> None:
    scores = pd.DataFrame(
        {"work": [80.0, 20.0], "health": [50.0, np.nan], "place": [np.nan, np.nan]},
        index=["W1", "W2"],
    )
    found = compute_evidence(scores, pd.Series({"W1": 1000, "W2": 3000}))
    assert found["work"] == 35
    assert found["health"] == 50
    assert np.isnan(found["place"])


def test_the_room_and_the_figures_are_compared_by_rank() -> None:
    questions = {q: q.title() for q in "abcde"}
    dots = {"a": 9, "b": 7, "c": 5, "d": 2, "e": 1}
    votes = [(f"{q}{n}", "", q, 1) for q, many in dots.items() for n in range(many)]
    scores = pd.Series({"a": 41.0, "b": 70.0, "c": 55.0, "d": 50.0, "e": 40.9})
    table = compare_with_evidence(count_room(*votes, questions=questions), scores)
    assert table.index.tolist() == list("abcde")
    assert table["room_rank"].tolist() == [1, 2, 3, 4, 5]
    # 41 and 40.9 are both printed as 41: both are fourth.
    assert table["evidence_rank"].tolist() == [4, 1, 2, 3, 4]
    assert table["compared"].tolist() == ["higher", "alike", "alike", "alike", "alike"]


def test_a_question_without_a_score_is_not_compared() -> None:
    room = count_room(("a", "", "place", 5), ("a", "", "work", 1))
    table = compare_with_evidence(room, pd.Series({"work": 50.0, "health": 60.0}))
    assert table.index.tolist() == ["work", "health"]
    assert table["room_rank"].tolist() == [1, 2]
