"""The charts and words of a workshop: their data, their titles, what they never say."""

import pandas as pd
import pytest
from test_room_results import QUESTIONS, count_room, make_room

from analysis.room_figures import plot_room, plot_room_and_data
from analysis.room_results import compare_with_evidence, count_by_ward, count_points
from analysis.room_words import (
    OTHERS,
    describe_comparison,
    describe_room,
    explain_waiting,
    list_differences,
    make_comparison_title,
    make_room_title,
    tabulate_by_ward,
    tabulate_firsts,
    tabulate_room,
    warn_small_room,
)

FIVE = {q: f"Priority {q.upper()}" for q in "abcde"}
SCORES = pd.Series({"a": 41.0, "b": 70.0, "c": 55.0, "d": 50.0, "e": 30.0})
DOTS = {"a": 9, "b": 7, "c": 5, "d": 2, "e": 1}


def make_five(dots: dict[str, int]):
    votes = [(f"{q}{n}", "", q, 1) for q, many in dots.items() for n in range(many)]
    return count_room(*votes, questions=FIVE)


@pytest.mark.parametrize("scale", [1, 1.7])
def test_the_bars_are_the_shares_with_the_first_on_top(scale) -> None:
    table = count_points(make_five(DOTS))
    figure = plot_room(table, "dots", scale=scale)
    assert list(figure.data[0].y) == list("abcde")
    assert [round(x, 1) for x in figure.data[0].x] == [37.5, 29.2, 20.8, 8.3, 4.2]
    assert figure.data[0].text[0] == "<b>38 %</b>  (9)"
    # Halves go up, as the browser prints them below the mouse: 1 of 8 is 13 %, never 12.
    table = count_points(make_five({"a": 7, "b": 1}))
    assert plot_room(table, "dots", scale=scale).data[0].text[1] == "<b>13 %</b>  (1)"
    assert figure.layout.xaxis.range[0] == 0
    assert figure.layout.font.size == 14 * scale


def test_the_room_and_the_figures_stand_side_by_side_on_axes_of_their_own() -> None:
    table = compare_with_evidence(make_five(DOTS), SCORES)
    figure = plot_room_and_data(table, "dots", scale=1.7)
    room, data = figure.data
    assert (room.xaxis, data.xaxis) == ("x", "x2")
    assert list(data.x) == [41, 70, 55, 50, 30]
    assert data.text[0] == "4th  41 ▲"
    assert data.text[1] == "1st  70 ●"


def test_titles_state_the_finding_in_ten_words() -> None:
    assert make_room_title(make_five(DOTS)) == "The room puts Priority A first"
    assert make_room_title(make_five({"a": 3, "b": 3})) == (
        "Priority A and Priority B share first place"
    )
    assert make_room_title(count_room()) == "Waiting for the first vote"
    assert make_room_title(make_five({"a": 2})) == "Waiting for more votes"
    table = compare_with_evidence(make_five(DOTS), SCORES)
    assert make_comparison_title(table) == "Priority A: first for the room, 4th by need"
    same = compare_with_evidence(make_five({"b": 9, "c": 7, "a": 1}), SCORES)
    assert make_comparison_title(same) == "The room and the figures both put Priority B first"
    tie = compare_with_evidence(make_five({"e": 3, "a": 3}), SCORES)
    assert make_comparison_title(tie) == "The room and the figures differ on 3 of 5"


def test_differences_are_said_in_words_widest_first() -> None:
    table = compare_with_evidence(make_five({"e": 9, "a": 5, "b": 3, "c": 2, "d": 1}), SCORES)
    assert list_differences(table) == [
        "The room puts Priority E first; the figures put it 5th of 5.",
        "The room puts Priority A 2nd; the figures put it 4th of 5.",
        "The room puts Priority B 3rd; the figures put it 1st of 5.",
        "The room puts Priority C 4th; the figures put it 2nd of 5.",
        "The room puts Priority D 5th; the figures put it 3rd of 5.",
    ]
    assert "Neither proves the other wrong" in describe_comparison(table, "Huntingdonshire")


def test_a_small_room_is_to_be_read_with_care() -> None:
    assert warn_small_room(make_five({"a": 12})) == "12 people voted: read with care."
    assert warn_small_room(make_five({"a": 20})) == ""
    assert warn_small_room(count_room()) == ""


def test_two_votes_are_not_shown() -> None:
    room = make_five({"a": 2})
    assert explain_waiting(room).startswith("2 people so far. Results show from 3 people on")
    assert "Priority A" not in describe_room(room)


def test_tables_have_plain_headings() -> None:
    room = make_five(DOTS)
    table = tabulate_room(room, compare_with_evidence(room, SCORES))
    assert table.loc[0].tolist() == [
        "Priority A", 9, 37.5, 9, 1, 41, 4, "the room puts it higher",
    ]  # fmt: skip
    people = {f"a{n}": ("W1", "work") for n in range(3)} | {
        f"b{n}": ("W2", "work") for n in range(3)
    }
    by_ward = count_by_ward(
        make_room(**people, c=("W3", "place"), d=("W4", "place"), e=("", "work"))
    )
    named = tabulate_by_ward(by_ward, QUESTIONS, {"W1": "North", "W2": "South"})
    assert named["Ward"].tolist() == ["North", "South", OTHERS]
    firsts = tabulate_firsts(by_ward, QUESTIONS, {"W1": "North", "W2": "South"})
    assert firsts.values.tolist() == [
        ["North", 3, "Good work", "100 %"],
        ["South", 3, "Good work", "100 %"],
        [OTHERS, 3, "A good place", "67 %"],
    ]
    assert list(named.columns) == ["Ward", "People who voted", "Good work (%)", "Good health (%)",
                                   "A good place (%)"]  # fmt: skip
