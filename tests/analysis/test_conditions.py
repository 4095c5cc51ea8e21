"""Conditions: written in a link and read back, refused by name, carried to other indicators."""

import pytest
from examples import make_indicator
from hypothesis import given
from hypothesis import strategies as st

from analysis.conditions import (
    MOST_CONDITIONS,
    TESTS,
    Condition,
    adapt_condition,
    allowed_against,
    allowed_tests,
    change_test,
    describe_condition,
    is_number,
    parse_conditions,
    print_condition,
    print_conditions,
)

INDICATORS = {
    i.id: i
    for i in (
        make_indicator(),
        make_indicator(id="income", short_name="Income", polarity="high_is_good", interval="none",
                       unit="£", decimals=0),
        make_indicator(id="aged_65", short_name="Aged 65", polarity="no_judgement"),
        make_indicator(id="deaths", short_name="Deaths", measure="count", interval="none"),
        make_indicator(id="loneliness", short_name="Loneliness", interval="none", ranked=False),
    )
}  # fmt: skip
FUEL = "fuel_poverty_percent"


@st.composite
def any_condition(draw) -> Condition:
    indicator = draw(st.sampled_from(list(INDICATORS.values())))
    test = draw(st.sampled_from(allowed_tests(indicator)))
    if is_number(test):
        limit = draw(st.integers(-(10**6), 10**6)) / 10**indicator.decimals
        return Condition(indicator.id, test, limit=limit)
    return Condition(indicator.id, test, draw(st.sampled_from(list(allowed_against(test)))))


@given(st.lists(any_condition(), max_size=MOST_CONDITIONS, unique=True))
def test_a_link_brings_back_what_was_written(conditions):
    text = print_conditions(conditions)
    assert parse_conditions(text, INDICATORS) == (tuple(conditions), [])
    assert parse_conditions(text.replace("~", ";"), INDICATORS) == (tuple(conditions), [])
    assert not set(text) & set(" &?#%+=/")


@given(st.text(max_size=80))
def test_whatever_stands_in_a_link_is_read_or_named(text):
    found, problems = parse_conditions(text, INDICATORS)
    assert len(found) <= MOST_CONDITIONS
    asked = [part for part in text.replace(";", "~").split("~") if part.strip() not in ("", "none")]
    assert len(asked) <= len(found) + len(problems) or len(set(asked)) < len(asked)


def test_the_written_form_is_short_and_readable():
    conditions = [
        Condition(FUEL, "worst_fifth", "england"),
        Condition(FUEL, "at_least", limit=20),
        Condition(FUEL, "at_most", limit=-12.5),
    ]
    assert print_conditions(conditions) == (
        f"{FUEL}.worst_fifth.england~{FUEL}.at_least.20~{FUEL}.at_most.-12.5"
    )
    assert print_conditions([]) == "none"
    assert parse_conditions("none", INDICATORS) == ((), [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing.above.england", "“nothing” is not an indicator"),
        (f"{FUEL}.upside.england", "“upside” is not a test"),
        (FUEL, "“” is not a test"),
        (f"{FUEL}.above.moon", "“moon” is not known; here it can be england, region"),
        (f"{FUEL}.worst_fifth.county", "it can be england, place"),
        (f"{FUEL}.highest_fifth.england", "a better and a worse side"),
        ("aged_65.worst_fifth.england", "neither good nor bad"),
        ("income.worse.england", "has no 95 % interval"),
        ("deaths.above.england", "is a count"),
        ("loneliness.worst_fifth.england", "cannot safely be ranked"),
        (f"{FUEL}.at_least.many", "“many” is not a number"),
        (f"{FUEL}.at_least.nan", "is not a number"),
        (f"{FUEL}.at_least.1e999", "is not a number"),
        (f"{FUEL}.at_least.99999999999999", "is not a number"),
    ],
)
def test_a_condition_that_cannot_be_read_is_named_and_dropped(text, said):
    good = f"{FUEL}.above.england"
    found, problems = parse_conditions(f"{text}~{good}", INDICATORS)
    assert [print_condition(condition) for condition in found] == [good]
    assert len(problems) == 1
    assert said in problems[0]
    assert f"“{text}”" in problems[0]


def test_a_limit_finer_than_the_figure_is_rounded_and_said():
    found, problems = parse_conditions(f"{FUEL}.at_least.20.05", INDICATORS)
    assert found[0].limit == 20.1
    assert "printed to 1 decimals" in problems[0]


def test_more_than_six_conditions_are_cut_and_said():
    text = "~".join(f"{FUEL}.at_least.{number}" for number in range(8))
    found, problems = parse_conditions(text, INDICATORS)
    assert [c.limit for c in found] == [0, 1, 2, 3, 4, 5]
    assert "more than 6 conditions" in problems[0]
    assert f"{FUEL}.at_least.6" in problems[0]


def test_twice_the_same_condition_counts_once():
    text = f"{FUEL}.above.england~{FUEL}.above.england"
    assert len(parse_conditions(text, INDICATORS)[0]) == 1


def test_tests_follow_polarity_interval_and_ranking():
    assert allowed_tests(INDICATORS[FUEL]) == (
        "worst_fifth", "worst_tenth", "best_fifth", "best_tenth", "above", "below",
        "worse", "better", "at_least", "at_most",
    )  # fmt: skip
    assert "higher" in allowed_tests(INDICATORS["aged_65"])
    assert "highest_tenth" in allowed_tests(INDICATORS["aged_65"])
    assert "worse" not in allowed_tests(INDICATORS["income"])
    assert allowed_tests(INDICATORS["loneliness"])[:2] == ("above", "below")
    assert {t for i in INDICATORS.values() for t in allowed_tests(i)} == set(TESTS)


@pytest.mark.parametrize(
    ("test", "against", "to", "expected"),
    [
        ("worst_fifth", "place", "income", "income.worst_fifth.place"),
        ("worst_fifth", "place", "aged_65", "aged_65.highest_fifth.place"),
        ("better", "county", "aged_65", "aged_65.lower.county"),
        ("worse", "county", "income", "income.worst_fifth.england"),
        ("above", "region", "deaths", "deaths.worst_fifth.england"),
        ("worst_tenth", "place", "loneliness", "loneliness.above.england"),
        ("above", "region", "loneliness", "loneliness.above.region"),
        ("at_least", "", "income", "income.worst_fifth.england"),
    ],
)
def test_another_indicator_keeps_what_makes_sense(test, against, to, expected):
    adapted = adapt_condition(Condition(FUEL, test, against), INDICATORS[to])
    assert print_condition(adapted) == expected


def test_another_test_keeps_what_it_is_held_against():
    condition = Condition(FUEL, "above", "county")
    assert change_test(condition, "worse").against == "county"
    assert change_test(condition, "worst_fifth").against == "england"
    assert change_test(condition, "at_least", 12.5).limit == 12.5


def test_conditions_in_words():
    names = {"place": "Aldham", "county": "Devon"}

    def words(text: str) -> str:
        condition = parse_conditions(text, INDICATORS)[0][0]
        return describe_condition(condition, INDICATORS[condition.indicator], names)

    assert words(f"{FUEL}.worst_fifth.place") == "Fuel poverty in the worst fifth of Aldham"
    assert words(f"{FUEL}.above.county") == "Fuel poverty above Devon"
    assert words(f"{FUEL}.above.region") == "Fuel poverty above its region"
    assert words(f"{FUEL}.at_least.20") == "Fuel poverty at least 20.0 %"
    assert words("income.at_most.30000") == "Income at most £30,000"
