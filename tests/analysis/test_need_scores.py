"""Need scores: a hand-worked example, what may not change them, and what is missing."""

import numpy as np
import pandas as pd
import pytest
from examples import NAN, make_indicator
from hypothesis import given
from hypothesis import strategies as st
from need_examples import (
    CLAIMS,
    COUNCIL,
    EVERYWHERE,
    SKILLS,
    make_area,
    make_figures,
    make_newest,
    many_wards,
    scored,
)

from analysis.need_scores import (
    ActionAreaInput,
    AreaNeed,
    NeedScoreError,
    compute_need,
    describe_known,
    direction_of,
    is_withheld,
    make_ward_figures,
    tabulate_need,
)

FIGURES = make_figures(claims=CLAIMS, skills=SKILLS)


def work(claims: float = 3, skills: float = 1) -> ActionAreaInput:
    return make_area(scored("claims", claims), scored("skills", skills, "low"))


def need_of(area: ActionAreaInput, **values: object) -> AreaNeed:
    return compute_need(area, make_figures(**values), COUNCIL)


def test_three_wards_and_two_indicators_worked_by_hand():
    """Claims stand at 10, 30, 50; skills at 40, 10, 40, turned 60, 90, 60; weights 3 to 1."""
    need = compute_need(work(), FIGURES, COUNCIL)
    assert need.percentiles["claims"].tolist() == [10, 30, 50]
    assert need.percentiles["skills"].tolist() == [60, 90, 60]
    assert need.table["score"].tolist() == [22.5, 45, 52.5]
    assert need.table["rank"].tolist() == [3, 2, 1]
    assert need.contributions["claims"].tolist() == [7.5, 22.5, 37.5]
    assert need.contributions["skills"].tolist() == [15, 22.5, 15]
    assert need.table["known"].tolist() == [2, 2, 2]
    assert need.table["known_weight"].tolist() == [1, 1, 1]
    assert need.ranked == 3


def test_other_weights_give_another_order():
    need = compute_need(work(1, 1), FIGURES, COUNCIL)
    assert need.table["score"].tolist() == [35, 60, 55]
    assert need.table["rank"].tolist() == [3, 1, 2]


def test_equal_scores_share_the_better_rank():
    need = need_of(make_area(scored("claims")), claims=[7, 7, 3, 1, 1])
    assert need.table["rank"].tolist() == [1, 1, 3]


def test_percentiles_are_among_all_wards_whatever_the_council():
    whole = compute_need(work(), FIGURES, EVERYWHERE)
    part = compute_need(work(), FIGURES, pd.Index(["C", "A"]))
    assert part.table["score"].tolist() == whole.table.loc[["C", "A"], "score"].tolist()
    assert part.table["rank"].tolist() == [1, 2]


def test_wards_come_back_in_the_order_asked_for():
    need = compute_need(work(), FIGURES, pd.Index(["C", "A", "B"]))
    for part in (need.table, need.percentiles, need.contributions):
        assert part.index.tolist() == ["C", "A", "B"]
    assert need.percentiles["claims"].tolist() == [50, 10, 30]
    assert need.table["rank"].tolist() == [1, 3, 2]


def test_a_missing_figure_shares_its_weight_and_is_counted():
    area = make_area(scored("claims", 2), scored("skills", 1, "low"), scored("sickness", 1))
    need = need_of(area, claims=CLAIMS, skills=SKILLS, sickness=[NAN, 2, 3, 4, 5])
    # A: claims 10 and skills 60, with weights 2 and 1 of 3.
    assert need.table.at["A", "score"] == pytest.approx((2 * 10 + 60) / 3)
    assert need.table.at["A", "known"] == 2
    assert need.table.at["A", "all"] == 3
    assert need.table.at["A", "known_weight"] == 0.75
    assert np.isnan(need.contributions.at["A", "sickness"])
    assert need.table["reason"].tolist() == ["", "", ""]


def test_nothing_is_filled_in_and_a_score_on_too_little_is_withheld():
    area = make_area(scored("claims"), scored("skills", 1, "low"), scored("sickness"))
    need = need_of(area, claims=CLAIMS, skills=[NAN, 1, 5, 9, 7], sickness=[NAN, 2, NAN, 4, 5])
    assert np.isnan(need.table.at["A", "score"])
    assert need.table["rank"].tolist() == [0, 2, 1]
    assert need.table.at["A", "reason"] == "no score: figures for 1 of 3 indicators"
    assert need.contributions.loc["A"].isna().all()
    assert need.ranked == 2


def test_half_of_the_indicators_with_little_weight_is_too_little():
    area = make_area(scored("claims", 1), scored("skills", 9, "low"))
    need = need_of(area, claims=CLAIMS, skills=[NAN, 1, 5, 9, 7])
    assert need.table.at["A", "reason"] == (
        "no score: figures for 1 of 2 indicators, which hold 10 % of the weight"
    )
    even = need_of(work(1, 1), claims=CLAIMS, skills=[NAN, 1, 5, 9, 7])
    assert even.table.at["A", "score"] == 10


def test_a_heavy_indicator_alone_is_too_little():
    area = make_area(scored("claims", 8), scored("skills", 1, "low"), scored("sickness", 1))
    need = need_of(area, claims=CLAIMS, skills=[NAN] * 5, sickness=[NAN] * 5)
    assert need.table["score"].isna().all()
    assert need.table["rank"].tolist() == [0, 0, 0]


def test_each_ward_is_withheld_by_its_own_figures():
    known = np.array([[True, True, True], [True, False, False], [False, True, True]])
    withheld, weight = is_withheld(known, [0.8, 0.1, 0.1])
    # The second has one of three indicators, the third a fifth of the weight.
    assert withheld.tolist() == [False, True, True]
    assert weight.tolist() == [1, 0.8, 0.2]


def test_a_ward_without_any_figure_says_so():
    need = need_of(work(), claims=[NAN, 1, 2, 3, 4], skills=[NAN, 1, 2, 3, 4])
    assert need.table.at["A", "reason"] == "no score: none of the indicators has a figure here"


def test_zero_is_a_figure():
    need = need_of(make_area(scored("claims")), claims=[0, 1, 2, 3, 4])
    assert need.table.at["A", "score"] == 10
    assert need.table.at["A", "reason"] == ""


def test_files_may_come_in_any_order_and_wards_may_lack_a_row():
    claims, skills = make_newest(CLAIMS), make_newest(SKILLS[:4])
    one = make_ward_figures({"claims": claims, "skills": skills}, EVERYWHERE)
    other = make_ward_figures({"skills": skills[::-1], "claims": claims[::-1]}, EVERYWHERE[::-1])
    pd.testing.assert_frame_equal(one.value, other.value)
    pd.testing.assert_frame_equal(one.flag, other.flag)
    assert one.flag.at["E", "skills"] == "not_available"
    assert np.isnan(one.value.at["E", "skills"])


def test_the_direction_follows_the_polarity_where_the_catalogue_judges():
    assert direction_of(make_indicator(polarity="low_is_good")) == "high"
    assert direction_of(make_indicator(polarity="high_is_good")) == "low"
    with pytest.raises(NeedScoreError, match="must name a direction"):
        direction_of(make_indicator(polarity="no_judgement"))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: scored("claims", -1), "weight -1; use a number of 0 or more"),
        (lambda: scored("claims", NAN), "weight nan"),
        (lambda: scored("claims", 1, "up"), "use 'high' where"),
        (lambda: make_area(scored("claims"), scored("claims")), "claims stands there twice"),
        (lambda: make_area(scored("claims", 0)), "no indicator has a weight above 0"),
        (make_area, "no indicator has a weight"),
        (
            lambda: need_of(make_area(scored("crime")), claims=CLAIMS),
            "Good work: no figures were given for crime",
        ),
        (lambda: compute_need(work(), FIGURES, pd.Index(["A", "X"])), "not wards.*X"),
        (lambda: compute_need(work(), FIGURES, pd.Index(["A", "A"])), "twice"),
    ],
)
def test_what_cannot_be_scored_says_why(make, words):
    with pytest.raises(NeedScoreError, match=words):
        make()


def test_wards_by_areas_on_one_page():
    needs = [
        compute_need(ActionAreaInput("one", "One", (scored("claims"),)), FIGURES, COUNCIL),
        compute_need(
            ActionAreaInput("two", "Two", (scored("skills", 1, "low"),)), FIGURES, COUNCIL
        ),
    ]
    assert tabulate_need(needs).loc["B"].tolist() == [30, 90]
    assert tabulate_need(needs, "rank").loc["B"].tolist() == [2, 1]
    assert tabulate_need([]).empty
    turned = compute_need(needs[1].area, FIGURES, COUNCIL[::-1])
    for pair in ([needs[0], turned], [turned, needs[0]]):
        table = tabulate_need(pair)
        assert table.index.tolist() == pair[0].table.index.tolist()
        assert table.loc["B"].to_dict() == {"one": 30, "two": 90}


def test_how_much_a_score_rests_on():
    assert describe_known(5, 6) == "5 of 6 indicators"
    assert describe_known(6, 6) == "all 6 indicators"
    assert describe_known(1, 1) == "its one indicator"
    assert describe_known(0, 1) == "0 of 1 indicator"


AREA, MANY = many_wards(60, 6, gaps=0.2)
SOME = MANY.value.index[5:40]
weights = st.lists(st.sampled_from([0.1, 0.5, 1, 2, 3, 7]), min_size=6, max_size=6)


def weigh(numbers: list[float]) -> ActionAreaInput:
    return make_area(*(scored(f"i{n}", w) for n, w in enumerate(numbers)))


def same(one: AreaNeed, other: AreaNeed) -> None:
    pd.testing.assert_frame_equal(one.table, other.table)


@given(weights, st.permutations(range(6)))
def test_the_order_of_indicators_changes_nothing(numbers, order):
    area = weigh(numbers)
    shuffled = make_area(*(area.indicators[n] for n in order))
    same(compute_need(area, MANY, SOME), compute_need(shuffled, MANY, SOME))


@given(weights, st.sampled_from([2, 3, 0.1, 100]))
def test_doubling_all_weights_changes_nothing(numbers, times):
    more = weigh([w * times for w in numbers])
    same(compute_need(weigh(numbers), MANY, SOME), compute_need(more, MANY, SOME))


@given(weights, st.integers(0, 5))
def test_removing_an_indicator_equals_weight_zero(numbers, gone):
    without = make_area(*(s for n, s in enumerate(weigh(numbers).indicators) if n != gone))
    zero = weigh([0 if n == gone else w for n, w in enumerate(numbers)])
    same(compute_need(without, MANY, SOME), compute_need(zero, MANY, SOME))


@given(weights, st.permutations(SOME.tolist()))
def test_the_order_of_wards_changes_nothing(numbers, order):
    one = compute_need(weigh(numbers), MANY, SOME)
    other = compute_need(weigh(numbers), MANY, pd.Index(order))
    pd.testing.assert_frame_equal(one.table, other.table.loc[SOME])


@given(weights)
def test_contributions_add_up_and_scores_stay_between_0_and_100(numbers):
    need = compute_need(weigh(numbers), MANY, SOME)
    total = need.contributions.sum(axis=1, min_count=1)
    assert np.allclose(total, need.table["score"], equal_nan=True)
    assert need.table["score"].dropna().between(0, 100).all()
    assert (need.table["reason"] != "").equals(need.table["score"].isna())
