"""Wards where and All indicators: what they show is what the tables hold, links are checked."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from test_pages import PLACES, open_page

from analysis.comparison import compare_with_benchmark
from analysis.conditions import Condition, parse_conditions
from analysis.heat_table import pack_table
from analysis.map_view import format_number
from analysis.matching import UNKNOWN
from data.catalogue import load_catalogue
from data.examples import load_examples
from data.geography_words import ENGLAND
from data.load import load_areas, load_newest
from pages.shared.answers import load_answer, make_answer_offer, make_funnel_offer, make_list
from pages.shared.conditions import Question, against_words, parse_question, ward_indicators
from pages.shared.places import wards_of
from pages.shared.rug import (
    MOST_ROWS,
    RugChoices,
    columns_of,
    load_rug,
    make_rug_offer,
    make_shown_table,
    parse_rug,
    print_sort,
)
from pages.shared.selection import Selection

WHERE, RUG = "explore/wards_where.py", "explore/all_indicators.py"
DEVON = "E10000008"


def param(app: AppTest, name: str) -> str:
    value = app.query_params.get(name, [""])
    return value if isinstance(value, str) else value[0]


# ---- Wards where ----------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("number", range(len(load_examples())))
def test_every_example_is_answered_everywhere(place: str, number: int) -> None:
    example = load_examples()[number]
    conditions, _ = parse_conditions(example.conditions, ward_indicators())
    answer = load_answer(Question(conditions, example.match), PLACES[place])
    assert sum(answer.count(state) for state in (1, 0, -1)) == len(wards_of(PLACES[place]))


def test_a_ward_of_devon_without_an_estimate_is_not_judged() -> None:
    condition = Condition("imd_score", "above", "england")
    answer = load_answer(Question((condition,)), DEVON)
    place = answer.wards.index.get_loc("E05014804")
    assert answer.state[place] == UNKNOWN


def test_the_answer_is_that_of_the_tables() -> None:
    conditions = (
        Condition("claimant_count_percent", "worse", "council"),
        Condition("flats_percent", "at_least", limit=10),
    )
    answer = load_answer(Question(conditions), ENGLAND)
    claimants, flats = load_newest("claimant_count_percent"), load_newest("flats_percent")
    areas = load_areas()
    checked = answer.wards.index[::97]
    for ward in checked:
        row = claimants.loc[ward]
        own = claimants["value"].get(areas.at[ward, "district_code"], np.nan)
        word = compare_with_benchmark([row["lower_ci"]], [row["upper_ci"]], own, "low_is_good")[0]
        many = f"{flats.at[ward, 'value']:.1f}"
        expected = word == "worse" and many != "nan" and float(many) >= 10
        place = answer.wards.index.get_loc(ward)
        if answer.state[place] != UNKNOWN:
            assert bool(answer.state[place]) == expected, ward
    assert len(checked) > 60


def test_a_benchmark_is_named_where_there_is_one_and_own_elsewhere() -> None:
    condition = Condition("imd_score", "above", "england")
    huntingdonshire = against_words(condition, "E07000011")
    assert huntingdonshire["county"] == "Cambridgeshire (county)"
    assert huntingdonshire["council"] == "Huntingdonshire (council)"
    assert "each ward's own" in against_words(condition, ENGLAND)["county"]
    assert "county" not in against_words(condition, "E06000053")
    own = Condition("imd_score", "above", "county")
    assert "county" in against_words(own, "E06000053")
    fifth = Condition("imd_score", "worst_fifth", "england")
    assert list(against_words(fifth, ENGLAND)) == ["england"]


def test_a_council_without_a_county_cannot_be_judged_by_one() -> None:
    answer = load_answer(Question((Condition("imd_score", "above", "county"),)), "E09000001")
    assert answer.count(UNKNOWN) == len(answer.wards)


def test_the_question_is_read_from_the_link() -> None:
    link = {"if": "flats_percent.at_least.20~nothing.above.england", "match": "any"}
    question, problems = parse_question(link, Question(()))
    assert question == Question((Condition("flats_percent", "at_least", limit=20),), "any")
    assert len(problems) == 1
    _, problems = parse_question({"match": "some"}, question)
    assert "all or any" in problems[0]


def test_a_link_opens_its_conditions_and_names_the_bad_ones() -> None:
    app = open_page(WHERE, **{"if": "flats_percent.at_least.20~bad", "match": "any"})
    assert not app.exception
    assert len(app.warning) == 1
    assert "“bad” of the link is left out" in app.warning[0].value
    assert param(app, "if") == "flats_percent.at_least.20"
    assert param(app, "match") == "any"
    assert "meet" in app.title[0].value


def test_changing_conditions_changes_title_and_link() -> None:
    app = open_page(WHERE, **{"if": "flats_percent.above.england"})
    app.selectbox(key="where-0-test").set_value("at_least").run()
    assert not app.exception
    limit = float(param(app, "if").removeprefix("flats_percent.at_least."))
    england = load_newest("flats_percent")["value"][ENGLAND]
    assert limit == pytest.approx(england, abs=0.051)
    app.number_input(key="where-0-limit-flats_percent").set_value(0.0).run()
    assert param(app, "if") == "flats_percent.at_least.0"
    assert app.title[0].value == "26 of 26 wards meet the condition"
    app.button(key="where-add").click().run()
    assert len(param(app, "if").split("~")) == 2
    app.selectbox(key="where-1-indicator").set_value("disabled_percent").run()
    assert param(app, "if").split("~")[1] == "disabled_percent.highest_fifth.england"
    app.selectbox(key="where-1-against-part").set_value("place").run()
    assert param(app, "if").split("~")[1] == "disabled_percent.highest_fifth.place"
    app.radio(key="where-match").set_value("any").run()
    assert param(app, "match") == "any"
    app.button(key="where-0-remove").click().run()
    assert param(app, "if") == "disabled_percent.highest_fifth.place"
    app.button(key="where-0-remove").click().run()
    assert not app.exception
    assert param(app, "if") == "none"
    assert "Add a condition" in app.title[0].value
    app.button(key="where-example-2").click().run()
    assert not app.exception
    assert param(app, "if") == load_examples()[2].conditions


def test_files_of_the_answer_name_every_definition_and_licence() -> None:
    from analysis.match_view import make_match_view

    conditions, _ = parse_conditions(load_examples()[1].conditions, ward_indicators())
    answer = load_answer(Question(conditions), DEVON)
    offer = make_answer_offer(answer, make_match_view(answer), DEVON)
    assert len(offer.table) == 168
    notes = dict(offer.notes)
    for condition in conditions:
        indicator = load_catalogue().indicators[condition.indicator]
        assert indicator.definition in notes[indicator.name]
        assert load_catalogue().source_of(indicator.id).licence in notes[indicator.name]
    assert notes["Condition 1"].startswith("Aged 65 and over in the highest fifth of England")
    picture = offer.picture()
    assert picture.startswith("<svg")
    assert "Devon: Aged 65 and over in the highest fifth of England" in picture
    assert "Sources: " in picture
    assert len(make_funnel_offer(answer).table) == 3


def test_where_no_ward_meets_the_conditions_the_closest_are_listed() -> None:
    conditions = (
        Condition("flats_percent", "at_least", limit=99),
        Condition("imd_score", "at_least", limit=15),
    )
    answer = load_answer(Question(conditions), "E07000011")
    table, heading = make_list(answer, ("1", "descending"), "")
    assert heading == "The closest wards: 10 wards"
    assert len(table.codes) == 10
    everywhere = load_answer(Question(conditions[1:]), ENGLAND)
    assert len(make_list(everywhere, ("1", "descending"), "")[0].codes) == MOST_ROWS


# ---- All indicators -------------------------------------------------------------


@pytest.mark.parametrize("benchmark", [ENGLAND, "E07000011"])
def test_cells_equal_the_newest_figures_and_the_words_of_the_comparison(benchmark: str) -> None:
    indicators = columns_of(("income", "equality", "crime"))
    rug = load_rug("E07000011", benchmark, indicators)
    assert [column.indicator.id for column in rug.columns] == list(indicators)
    for column in rug.columns:
        values = load_newest(column.indicator.id).reindex(rug.wards.index)
        expected = [format_number(v, column.indicator.decimals) for v in values["value"]]
        shown = [format_number(v, column.indicator.decimals) for v in column.printed]
        assert shown == expected, column.indicator.id
        if column.indicator.interval == "none":
            assert set(column.look) <= {f"class_{n}" for n in range(1, 6)}
            continue
        against = float(load_newest(column.indicator.id)["value"][benchmark])
        words = compare_with_benchmark(
            values["lower_ci"], values["upper_ci"], against, column.indicator.polarity
        )
        assert list(column.look) == words.tolist(), column.indicator.id


def test_every_indicator_has_its_cells_for_devon() -> None:
    themes = tuple(load_catalogue().themes)
    choices = RugChoices(themes)
    rug = load_rug(DEVON, ENGLAND, columns_of(themes))
    assert len(rug.columns) == len(load_catalogue().ward_indicators)
    table = make_shown_table(rug, choices, Selection(area=DEVON, ward="E05014804"))
    assert "E05014804" in table.codes
    place = list(table.codes).index("E05014804")
    assert {c.looks[place] for c in table.columns if c.looks} == {"not_estimated"}
    assert len(json.dumps(pack_table(table))) < 600_000


def test_england_is_cut_to_the_wards_with_most_worse_cells() -> None:
    rug = load_rug(ENGLAND, ENGLAND, columns_of(()))
    table = make_shown_table(rug, RugChoices(), Selection(area=ENGLAND))
    assert len(table.codes) == MOST_ROWS
    counts = dict(zip(rug.wards.index, rug.worse, strict=True))
    least = min(counts[code] for code in table.codes)
    assert sum(count > least for count in counts.values()) <= MOST_ROWS


def test_themes_and_order_are_read_from_the_link() -> None:
    link = {"themes": "crime,income,magic", "sort": "burglary_rate.ascending"}
    choices, problems = parse_rug(link, RugChoices())
    assert choices == RugChoices(("income", "crime"), "burglary_rate", "ascending")
    assert len(problems) == 1
    assert "“magic”" in problems[0]
    assert print_sort(choices) == "burglary_rate.ascending"
    assert print_sort(RugChoices()) == ""
    choices, problems = parse_rug({"sort": "flats_percent.ascending"}, RugChoices(("crime",)))
    assert (choices.sort, len(problems)) == ("worse", 1)
    # Nothing can be worse where no indicator has a worse side.
    assert parse_rug({"themes": "equality"}, RugChoices())[0].sort == "ward"


def test_a_link_opens_a_cell_and_its_details() -> None:
    app = open_page(
        RUG, area="E07000011", ward="E05011266", themes="income", sort="ward.ascending",
        indicator="child_income_deprivation_percent",
    )  # fmt: skip
    assert not app.exception
    assert not app.warning
    text = " ".join(str(block.proto.body) for block in app.get("html"))
    assert "Huntingdon North: Children in families on low incomes" in text
    assert "95 % interval" in text
    assert "ward-profile?area=E07000011&ward=E05011266" in text.replace("&amp;", "&")
    assert param(app, "themes") == "income"
    assert param(app, "sort") == "ward.ascending"


def test_choosing_themes_changes_columns_and_link() -> None:
    app = open_page(RUG)
    app.multiselect(key="pick_themes").set_value(["equality"]).run()
    assert not app.exception
    assert param(app, "themes") == "equality"
    assert app.title[0].value == "21 indicators for 26 wards of Huntingdonshire"


def test_files_of_the_rug_hold_all_wards_and_notes() -> None:
    selection = Selection(area=DEVON)
    rug = load_rug(DEVON, ENGLAND, columns_of(("crime",)))
    table = make_shown_table(rug, RugChoices(("crime",)), selection)
    offer = make_rug_offer(rug, table, selection)
    assert len(offer.table) == 168
    assert {column.indicator.name for column in rug.columns} <= {name for name, _ in offer.notes}
    assert offer.picture().count("<rect") > 168 * 9
