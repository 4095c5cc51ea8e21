"""Judging wards by hand-worked figures: missing is not "does not meet"."""

import itertools

import numpy as np
import pandas as pd
import pytest
from examples import NAN, make_indicator
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from analysis.conditions import Condition, parse_conditions
from analysis.match_view import (
    cannot_be_judged,
    describe_answer,
    describe_limit,
    explain_ties,
    list_columns,
    make_answer,
    make_answer_table,
    make_answer_title,
    make_funnel_table,
    make_match_view,
    sort_answer,
)
from analysis.matching import (
    MET,
    NOT_MET,
    UNKNOWN,
    Judgement,
    combine,
    judge,
    make_funnel,
    part_limit,
)

# Seven wards: A, B and C in council X of county K; D to G in council Y, which has no county.
WARDS = list("ABCDEFG")
FUEL = make_indicator()
INCOME = make_indicator(
    id="income", short_name="Income", polarity="high_is_good", interval="none", unit="£", decimals=0
)
CARE = make_indicator(id="care", short_name="Care", polarity="no_judgement")


def make_wards() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": [f"Ward {w}" for w in WARDS],
            "ward_name": [f"Ward {w}" for w in WARDS],
            "district_name": list("XXXYYYY"),
            "population": [700.0, 600.0, 500.0, 400.0, 300.0, 200.0, NAN],
            "district_code": list("XXXYYYY"),
            "county_code": ["K"] * 3 + [NAN] * 4,
            "region_code": ["R"] * 7,
            "lsoa_count": [1, 1, 1, 1, 1, 1, 0],
        },
        index=WARDS,
    )


def make_figures() -> pd.DataFrame:
    """A 20.04 and B 19.96 both print as 20.0; F is withheld, G has no LSOA."""
    rows = {
        "A": (20.04, 19.0, 21.0, ""),
        "B": (19.96, 18.0, 19.99, ""),
        "C": (5.0, 4.0, 6.0, ""),
        "D": (30.0, 28.0, 32.0, ""),
        "E": (10.0, NAN, NAN, "estimated"),
        "F": (NAN, NAN, NAN, "suppressed"),
        "G": (NAN, NAN, NAN, "not_available"),
        "X": (15.0, 14.0, 16.0, ""),
        "Y": (25.0, 24.0, 26.0, ""),
        "K": (15.0, 14.0, 16.0, ""),
        "R": (18.0, 17.0, 19.0, ""),
        "E92000001": (20.0, 19.9, 20.1, ""),
    }
    columns = ["value", "lower_ci", "upper_ci", "flag"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return frame.astype({"flag": "category"})


def judge_by(text: str, indicator=FUEL, wards: pd.DataFrame | None = None) -> Judgement:
    found, problems = parse_conditions(text, {indicator.id: indicator})
    assert not problems
    wards = make_wards() if wards is None else wards
    return judge(found[0], indicator, make_figures(), wards, pd.Index(WARDS))


def states(text: str, indicator=FUEL) -> str:
    return "".join({1: "y", 0: "n", -1: "?"}[int(s)] for s in judge_by(text, indicator).state)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Five wards have a figure: the worst fifth is one ward, the best fifth one.
        ("fuel_poverty_percent.worst_fifth.england", "nnnyn??"),
        ("fuel_poverty_percent.best_fifth.england", "nnynn??"),
        # Fewer than ten wards cannot be cut into tenths.
        ("fuel_poverty_percent.worst_tenth.england", "???????"),
        # A and B print as 20.0, as England does: neither above nor below.
        ("fuel_poverty_percent.above.england", "nnnyn??"),
        ("fuel_poverty_percent.below.england", "nnyny??"),
        ("fuel_poverty_percent.at_least.20", "yynyn??"),
        ("fuel_poverty_percent.at_most.20", "yyyny??"),
        # Each ward against its own council (15 and 25), county (15, or none), region (18).
        ("fuel_poverty_percent.above.council", "yynyn??"),
        ("fuel_poverty_percent.above.county", "yyn????"),
        ("fuel_poverty_percent.above.region", "yynyn??"),
        # Intervals against England's 20: B's ends just below, E has none.
        ("fuel_poverty_percent.worse.england", "nnny???"),
        ("fuel_poverty_percent.better.england", "nyyn???"),
    ],
)
def test_hand_worked_conditions(text, expected):
    assert states(text) == expected


def test_parts_of_england_are_cut_among_all_its_wards_and_counted():
    # Ten wards have figures; two of them are a fifth, D and another elsewhere (28).
    more = pd.DataFrame({"value": [28.0, 1, 2, 3, 4], "flag": ""}, index=list("hijkl"))
    figures = pd.concat([make_figures().astype({"flag": object}), more])
    wards, england = make_wards(), pd.Index([*WARDS, *"hijkl"])
    for text, met, limit in (("worst", "D", 28), ("best", "", 2)):
        condition = parse_conditions(
            f"{FUEL.id}.{text}_fifth.england", {FUEL.id: FUEL}
        )[0][0]  # fmt: skip
        judged = judge(condition, FUEL, figures, wards, england)
        assert "".join(w for w, s in zip(WARDS, judged.state, strict=True) if s == MET) == met
        assert set(judged.limit) == {limit}


def test_wards_that_share_the_limit_of_a_part_are_all_in_it():
    for text, value, inside in (("lowest", 5.0, 3), ("highest", 30.0, 2)):
        figures = make_figures()
        figures.loc[figures.index[: inside - 1], "value"] = value
        condition = parse_conditions(f"care.{text}_fifth.england", {CARE.id: CARE})[0][0]
        judged = judge(condition, CARE, figures, make_wards(), pd.Index(WARDS))
        assert (judged.holders, judged.among) == (inside, 5)
        assert (judged.state == MET).sum() == inside


def test_one_limit_is_no_interval():
    figures = make_figures()
    figures.loc["A", "lower_ci"] = NAN
    condition = parse_conditions(f"{FUEL.id}.worse.england", {FUEL.id: FUEL})[0][0]
    judged = judge(condition, FUEL, figures, make_wards(), pd.Index(WARDS))
    assert judged.state[0] == UNKNOWN
    assert "no 95 % interval" in judged.reason[0]


def test_the_worst_side_follows_the_polarity():
    assert states("income.worst_fifth.england", INCOME) == "nnynn??"
    assert states("income.best_fifth.england", INCOME) == "nnnyn??"
    assert states("care.highest_fifth.england", CARE) == "nnnyn??"
    assert states("care.lowest_fifth.england", CARE) == "nnynn??"
    assert states("care.higher.england", CARE) == "nnny???"
    assert states("care.lower.england", CARE) == "nyyn???"


def test_signs_values_and_reasons_stand_beside_the_answer():
    judged = judge_by("fuel_poverty_percent.above.county")
    assert judged.sign.tolist() == ["▲", "▲", "▼", "", "", "", ""]
    assert judged.value[:2].tolist() == [20.0, 20.0]
    assert judged.reason[:3].tolist() == ["", "", ""]
    assert "not in a county" in judged.reason[3]
    assert "withheld" in judged.reason[5]
    assert "no LSOA fits" in judged.reason[6]
    assert "no 95 % interval" in judge_by("fuel_poverty_percent.worse.england").reason[4]
    assert judge_by("fuel_poverty_percent.above.england").sign[0] == "●"
    assert "too few wards" in judge_by("fuel_poverty_percent.worst_tenth.england").reason[0]


def test_a_ward_without_a_row_cannot_be_judged():
    wards = make_wards().rename(index={"C": "Z"})
    judged = judge_by("fuel_poverty_percent.at_least.1", wards=wards)
    assert judged.state[2] == UNKNOWN
    assert judged.reason[2] == "no figure for this area"


def test_fifths_of_the_place_are_those_of_its_own_wards():
    five = make_wards().loc[list("ABCDE")]
    assert judge_by("fuel_poverty_percent.worst_fifth.place", wards=five).state.sum() == 1
    few = judge_by("fuel_poverty_percent.worst_fifth.place", wards=five.head(4))
    assert set(few.state.tolist()) == {UNKNOWN}


@pytest.mark.parametrize(
    ("figures", "parts", "high", "low"),
    [
        (range(1, 11), 5, 9, 2),  # two of ten
        (range(1, 12), 5, 9, 3),  # eleven: fewer than 2.2 stand higher than the third
        (range(1, 11), 10, 10, 1),
        ([0, 0, 0, 0, 0, 0, 1, 2, 3, 4], 5, 3, 0),  # six share the lowest
        ([1, 2, 3, 4], 5, NAN, NAN),
    ],
)
def test_limits_of_fifths_and_tenths(figures, parts, high, low):
    known = np.array([*figures, NAN], dtype=float)
    assert part_limit(known, parts, highest=True) == pytest.approx(high, nan_ok=True)
    assert part_limit(known, parts, highest=False) == pytest.approx(low, nan_ok=True)


@given(st_numpy.arrays(float, st.integers(5, 60), elements=st.integers(0, 30).map(float)))
def test_fewer_than_a_fifth_stand_above_the_highest_fifth(figures):
    limit = part_limit(figures, 5, highest=True)
    inside = figures >= limit
    assert (figures > limit).sum() < len(figures) / 5 <= inside.sum()
    assert part_limit(-figures, 5, highest=False) == -limit


def test_three_valued_logic():
    # Every pair of yes, no, unknown.
    pairs = list(itertools.product((MET, NOT_MET, UNKNOWN), repeat=2))
    left, right = (np.array(side, dtype=np.int8) for side in zip(*pairs, strict=True))
    both = combine([left, right], "all", 9).tolist()
    either = combine([left, right], "any", 9).tolist()
    assert both == [1, 0, -1, 0, 0, 0, -1, 0, -1]
    assert either == [1, 1, 1, 1, 0, -1, 1, -1, -1]
    assert combine([], "all", 3).tolist() == [1, 1, 1]


def answer_of(*texts: str, match: str = "all"):
    return make_answer({"place": "Aldham"}, match, make_wards(), [judge_by(t) for t in texts])


ABOVE, WORSE = "fuel_poverty_percent.at_least.10", "fuel_poverty_percent.worse.england"


def test_the_funnel_counts_every_ward_once():
    answer = answer_of(ABOVE, WORSE)
    first, second = make_funnel(answer.judgements, "all")
    assert (first.own_met, first.own_not_met, first.own_unknown) == (4, 1, 2)
    assert (first.met, first.not_met, first.unknown, first.moved) == (4, 1, 2, 1)
    # E meets the first but has no interval: it can no longer be judged.
    assert (second.met, second.not_met, second.unknown, second.moved) == (1, 3, 3, 2)
    first, second = make_funnel(answer.judgements, "any")
    assert (second.met, second.not_met, second.unknown, second.moved) == (4, 1, 2, 0)
    table = make_funnel_table(answer, make_funnel(answer.judgements, "all"))
    assert table["Removed at this step"].tolist() == [1, 2]
    first, second = make_funnel(answer.judgements, "all")
    assert [step.condition for step in (first, second)] == [j.condition for j in answer.judgements]
    assert first.condition != second.condition


@given(
    st.lists(
        st_numpy.arrays(np.int8, 12, elements=st.sampled_from([-1, 0, 1])), min_size=1, max_size=6
    ),
    st.sampled_from(["all", "any"]),
)
def test_the_funnel_always_adds_up(columns, match):
    nothing = np.full(12, NAN)
    judgements = [
        Judgement(Condition("a", "above", str(n)), FUEL, state, nothing, nothing,
                  np.full(12, ""), np.full(12, "", dtype=object))
        for n, state in enumerate(columns)
    ]  # fmt: skip
    steps = make_funnel(judgements, match)
    for step in steps:
        assert step.own_met + step.own_not_met + step.own_unknown == 12
        assert step.met + step.not_met + step.unknown == 12
        assert step.moved >= 0
    final = combine(columns, match, 12)
    decided = steps[-1].not_met if match == "all" else steps[-1].met
    assert sum(step.moved for step in steps) == decided
    assert steps[-1].met == (final == MET).sum()


def test_titles_state_the_finding():
    assert make_answer_title(answer_of(ABOVE, WORSE)) == "1 of 7 wards meets both conditions"
    assert make_answer_title(answer_of(ABOVE)) == "4 of 7 wards meet the condition"
    three = answer_of(ABOVE, WORSE, "fuel_poverty_percent.above.england", match="any")
    assert make_answer_title(three) == "4 of 7 wards meet at least 1 of 3 conditions"
    none = answer_of("fuel_poverty_percent.at_least.99", ABOVE, WORSE)
    assert make_answer_title(none) == "None of 7 wards meets all 3 conditions"
    unknown = answer_of("fuel_poverty_percent.worst_tenth.england")
    assert make_answer_title(unknown) == "No ward in Aldham can be judged on this"
    assert "Add a condition" in make_answer_title(answer_of())


def test_the_description_names_wards_limits_and_what_is_missing():
    text = describe_answer(answer_of(ABOVE, WORSE))
    assert "all of these: Fuel poverty at least 10.0 %; Fuel poverty clearly worse than" in text
    assert "It is Ward D." in text
    assert "3 wards cannot be judged" in text
    assert describe_limit(answer_of("fuel_poverty_percent.worst_fifth.england").judgements[0],
                          {"place": "Aldham"}).endswith("(30.0 % or more)")  # fmt: skip
    best = judge_by("fuel_poverty_percent.best_fifth.england")
    assert describe_limit(best, {"place": "Aldham"}).endswith("(5.0 % or less)")
    worst = judge_by("income.worst_fifth.england", INCOME)
    assert describe_limit(worst, {"place": "Aldham"}).endswith("(£5 or less)")


def test_ties_that_swell_a_fifth_are_explained():
    figures = make_figures().assign(value=7.0)
    condition = Condition(FUEL.id, "worst_fifth", "england")
    judged = judge(condition, FUEL, figures, make_wards(), pd.Index(WARDS))
    assert "share the figure 7.0 %" in explain_ties(judged)
    assert "7 of 7 wards" in explain_ties(judged)
    assert explain_ties(judge_by("fuel_poverty_percent.worst_fifth.england")) == ""


def test_wards_that_cannot_be_judged_are_listed_with_the_reason():
    rows = cannot_be_judged(answer_of(ABOVE, WORSE))
    assert rows.index.tolist() == ["E", "F", "G"]
    assert "no 95 % interval" in rows.at["E", "reason"]
    assert "withheld" in rows.at["F", "reason"]


def test_the_map_has_a_class_for_each_answer():
    view = make_match_view(answer_of(ABOVE, WORSE), "D")
    assert [(e.key, e.count) for e in view.legend] == [
        ("class_5", 1), ("class_1", 3), ("not_available", 3),
    ]  # fmt: skip
    keys = [view.legend[place].key for place in view.legend_class]
    assert keys == ["class_1", "class_1", "class_1", "class_5", *["not_available"] * 3]
    assert np.isnan(np.asarray(view.value)[4:]).all()
    assert np.asarray(view.value)[3] == 2
    assert "✓ Fuel poverty 30.0 %" in view.flag[3]
    assert "withheld" in view.flag[5]
    assert len(make_match_view(answer_of("fuel_poverty_percent.above.england")).legend) == 3


def test_rows_for_download_hold_every_ward():
    table = make_answer_table(answer_of(ABOVE, WORSE))
    assert table["Code"].tolist()[0] == "D"
    assert len(table) == 7
    row = table.loc["F"]
    assert row["Answer"] == "cannot be judged"
    assert np.isnan(row["1. Fuel poverty (%)"])
    assert "withheld" in row["1. Answer"]
    assert table.loc["C", "Answer"] == "does not meet"
    assert len(set(table.columns)) == len(table.columns)


def test_the_list_sorts_with_missing_last():
    answer = answer_of(ABOVE, WORSE)

    def order(by, direction):
        return "".join(WARDS[row] for row in sort_answer(answer, by, direction))

    assert order("1", "descending") == "DABECFG"
    assert order("1", "ascending") == "CEABDFG"
    assert order("ward", "descending") == "GFEDCBA"
    assert order("people", "ascending") == "FEDCBAG"
    assert order("met", "descending")[0] == "D"


def test_columns_of_the_list_say_what_the_colour_means():
    answer = answer_of(ABOVE, WORSE)
    first, second = list_columns(answer, np.array([3, 4, 5]))
    assert first.texts == ["30.0", "10.0", ""]
    assert first.looks == ["class_5", "class_5", "not_available"]
    assert second.words[1].startswith("? cannot be judged: its figure has no 95 %")
    assert list_columns(answer, np.array([3]))[0].looks == ["plain"]
    own = answer_of("fuel_poverty_percent.above.council")
    assert list_columns(own, np.array([0, 3]))[0].words == [
        "✓ meets (limit 15.0 %)",
        "✓ meets (limit 25.0 %)",
    ]
