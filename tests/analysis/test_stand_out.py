"""What stands out: clear, on the side it says, spread over subjects, traceable to its row."""

import numpy as np
import pandas as pd
import pytest

from analysis.spine import HIGHEST_FIFTH, LOWEST_FIFTH, MIDDLE_FIFTHS
from analysis.stand_out import (
    choose_rows,
    compute_strength,
    find_stand_outs,
    write_sentence,
)

PLACE = ("Aldham", "wards in Aldham")


def make_row(**changes: object) -> dict[str, object]:
    row: dict[str, object] = {
        "theme": "income",
        "name": "People on low incomes",
        "unit": "%",
        "decimals": 1,
        "polarity": "low_is_good",
        "value": 27.06,
        "benchmark": 14.24,
        "low": 5.0,
        "first_quartile": 10.0,
        "third_quartile": 13.49,
        "high": 27.06,
        "compared": "worse",
        "rank": 1,
        "of": 26,
    }
    return row | changes


def make_spine(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=[f"row_{n}" for n in range(len(rows))])


def test_strength_is_the_distance_in_spreads_worked_by_hand():
    spine = make_spine(
        make_row(value=20.0, benchmark=10.0, first_quartile=10.0, third_quartile=11.349),
        make_row(value=4.0, benchmark=0.0, first_quartile=0.0, third_quartile=0.0, low=0, high=8.0),
        make_row(value=4.0, benchmark=0.0, first_quartile=0.0, third_quartile=0.0, low=4, high=4.0),
    )
    strength = compute_strength(spine)
    assert np.isclose(strength.iloc[0], 10)
    assert np.isclose(strength.iloc[1], 2)
    assert np.isnan(strength.iloc[2])


def test_the_sentence_carries_its_numbers():
    row = make_spine(make_row()).iloc[0]
    assert write_sentence(row, *PLACE) == (
        "People on low incomes: 27.1 %, above Aldham (14.2 %), which is worse. "
        "Highest of 26 wards in Aldham."
    )
    last = make_spine(make_row(value=5.0, rank=25, compared="better")).iloc[0]
    assert write_sentence(last, *PLACE).endswith(
        "which is better. 2nd lowest of 26 wards in Aldham."
    )


def test_the_lowest_lies_below_and_polarity_judges_both_sides():
    lowest = make_row(value=5.0, rank=26, compared="worse", polarity="high_is_good")
    assert write_sentence(make_spine(lowest).iloc[0], *PLACE) == (
        "People on low incomes: 5.0 %, below Aldham (14.2 %), which is worse. "
        "Lowest of 26 wards in Aldham."
    )
    high = make_spine(make_row(compared=HIGHEST_FIFTH, of=2, polarity="high_is_good")).iloc[0]
    assert write_sentence(high, *PLACE) == (
        "People on low incomes: 27.1 %, above Aldham (14.2 %), which is better. Highest of 2 wards "
        "in Aldham; in the highest fifth of all wards in England."
    )


def test_strength_is_told_of_figures_that_lie_close_together():
    row = make_row(value=0.2, benchmark=0.1, first_quartile=0.1, third_quartile=0.11349)
    flat = row | {"first_quartile": 0.0, "third_quartile": 0.0, "low": 0.0, "high": 0.2}
    assert compute_strength(make_spine(row, flat)).tolist() == [
        pytest.approx(10, rel=1e-4),
        pytest.approx(2),
    ]


def test_without_judgement_or_interval_no_more_is_said_than_is_known():
    neutral = make_spine(make_row(polarity="no_judgement", compared="higher", rank=0)).iloc[0]
    assert (
        write_sentence(neutral, *PLACE) == "People on low incomes: 27.1 %, above Aldham (14.2 %)."
    )
    fifth = make_spine(make_row(compared=HIGHEST_FIFTH, rank=0)).iloc[0]
    assert "in the highest fifth of all wards in England" in write_sentence(fifth, *PLACE)


def test_only_what_is_clear_stands_out():
    spine = make_spine(
        make_row(theme="a", compared="similar"),
        make_row(theme="b", compared=MIDDLE_FIFTHS),
        make_row(theme="c", compared="", value=np.nan),
        make_row(theme="d", compared=LOWEST_FIFTH),  # above the benchmark, yet low for England
        make_row(theme="e", compared=HIGHEST_FIFTH),
        make_row(theme="f", compared=LOWEST_FIFTH, value=2.0),
    )
    assert choose_rows(spine) == ["row_4", "row_5"]


def test_good_news_counts_as_much_as_bad():
    spine = make_spine(
        make_row(theme="a", value=10.0, benchmark=14.0, compared="better"),
        make_row(theme="b", value=16.0, benchmark=14.0, compared="worse"),
    )
    found = find_stand_outs(spine, *PLACE)
    assert [(thing.judgement, thing.sign) for thing in found] == [("better", "▼"), ("worse", "▲")]


def test_five_things_come_from_five_subjects_where_there_are_five():
    crime = [make_row(theme="crime", value=90.0 + n) for n in range(8)]
    others = [make_row(theme=theme) for theme in "abcd"]
    spine = make_spine(*crime, *others)
    themes = spine.loc[choose_rows(spine), "theme"]
    assert len(themes) == themes.nunique() == 5


def test_two_of_a_subject_at_most():
    spine = make_spine(*[make_row(theme="crime", value=90.0 + n) for n in range(8)])
    assert choose_rows(spine) == ["row_7", "row_6"]


def test_the_order_of_the_rows_does_not_matter():
    rows = [make_row(theme=f"t{n % 4}", value=20.0 + 3 * n) for n in range(9)]
    spine = make_spine(*rows)
    assert choose_rows(spine) == choose_rows(spine.iloc[::-1])


def test_no_sentence_blames_or_claims_a_cause():
    found = find_stand_outs(make_spine(*[make_row(theme=t) for t in "abcde"]), *PLACE)
    words = " ".join(thing.sentence for thing in found).lower()
    assert not any(word in words for word in ("cause", "due to", "leads", "worst", "fail"))
