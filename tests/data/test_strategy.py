"""The strategies that ship: what they say, what they must not say, and that everybody gets one."""

import re
import shutil

import pytest
from strategy_files import write_files

from data.catalogue import load_catalogue
from data.errors import StrategyError
from data.load import load_areas, load_newest
from data.strategy import (
    GENERAL_LABEL,
    STRATEGIES,
    WORKING_MARK,
    Text,
    load_strategies,
    read_strategies,
    strategy_for,
)

HUNTINGDONSHIRE, DEVON = "E07000011", "E10000008"
OTHER_END = {"high": "low", "low": "high"}
OWN = ("huntingdonshire", "devon")
# Pairs that count the same people or things: one contains the other, or is it turned round.
SAME = {
    "geographical_barriers_score": {"connectivity_score"},
    "income_deprivation_percent": {
        "child_income_deprivation_percent",
        "older_people_income_deprivation_percent",
    },
    "child_income_deprivation_percent": {"children_in_low_income_families_percent"},
    "employment_deprivation_percent": {"claimant_count_percent"},
    "individual_insolvencies_rate": {
        "bankruptcies_rate",
        "individual_voluntary_arrangements_rate",
        "debt_relief_orders_rate",
    },
    "education_score": {
        "children_and_young_people_score",
        "adult_skills_percent",
        "no_higher_education_entry_percent",
    },
    "children_and_young_people_score": {"no_higher_education_entry_percent"},
    "adult_skills_percent": {"cannot_speak_english_well_percent"},
    "health_score": {
        "years_of_potential_life_lost",
        "illness_and_disability_ratio",
        "acute_morbidity_ratio",
        "mental_health_score",
    },
    "crime_score": {
        "violence_with_injury_rate",
        "violence_without_injury_rate",
        "stalking_and_harassment_rate",
        "burglary_rate",
        "theft_rate",
        "criminal_damage_rate",
        "public_order_and_weapons_rate",
        "anti_social_behaviour_rate",
    },
    "housing_and_services_score": {"wider_barriers_score", "geographical_barriers_score"},
    "wider_barriers_score": {
        "broadband_score",
        "overcrowded_by_rooms_percent",
        "unable_to_afford_buying_percent",
        "unable_to_afford_renting_percent",
    },
    "environment_score": {"indoors_score", "outdoors_score"},
    "indoors_score": {"homes_in_poor_condition_percent", "fuel_poverty_percent"},
    "outdoors_score": {"air_pollution_score"},
    "overcrowded_households_percent": {"overcrowded_by_rooms_percent"},
    "fuel_poverty_percent": {"fuel_poverty_low_income_high_costs_percent"},
}
# These contain many of the others, so they belong to no action area.
CONTAIN_MANY = {
    "imd_score",
    "most_deprived_tenth_percent",
    "most_deprived_fifth_percent",
    "digital_exclusion_score",
    "households_deprived_in_any_dimension_percent",
    "households_deprived_in_three_or_more_dimensions_percent",
}


@pytest.fixture(scope="module")
def strategies():
    return load_strategies()


def all_texts(strategy):
    yield from strategy.principles
    yield from strategy.notes
    yield from (theme.name for theme in strategy.themes)
    yield from (theme.pen_picture for theme in strategy.themes if theme.pen_picture)
    yield from (objective.text for objective in strategy.objectives)
    yield from (action.title for action in strategy.actions)
    for area in strategy.action_areas:
        yield area.heading
        yield area.description
    if strategy.vision:
        yield strategy.vision


def test_every_strategy_that_ships_is_in_order(strategies):
    assert not strategies.problems
    # A council may add its own to those that ship, and no test may mind.
    assert set(strategies.by_id) >= {*OWN, "general"}


def test_huntingdonshire_speaks_in_its_own_words(strategies):
    strategy = strategies.by_id["huntingdonshire"]
    assert strategy.areas == (HUNTINGDONSHIRE,)
    assert strategy.years == "2021 to 2023"
    assert [area.heading_label for area in strategy.action_areas] == [
        "Strong communities",
        "Good work",
        "Good health",
        "A good start",
        "A good place",
    ]
    assert [theme.name.words for theme in strategy.themes] == [
        "Evidence based and responsive",
        "Engaging and capacity building",
        "Proactive",
        "Creative",
    ]
    assert [objective.text.words for objective in strategy.objectives] == [
        "Improve health and well-being",
        "A flexible and skilled local workforce",
        "Stronger and more resilient communities",
    ]
    kinds = [action.kind for action in strategy.actions]
    assert kinds == ["damaging_impact"] * 4 + ["positive_impact"] * 4
    assert strategy.vision is None  # none is in the public record used here
    assert not any(theme.pen_picture for theme in strategy.themes)


def test_every_heading_of_devon_is_marked_as_working(strategies):
    strategy = strategies.by_id["devon"]
    assert len(strategy.action_areas) == 7
    for area in strategy.action_areas:
        assert area.is_working
        assert area.heading_label == f"{area.heading.words} {WORKING_MARK}"
        assert area.heading.origin == "Working words, not published by a council"
        assert area.source_words == ""
    assert strategy.vision.words == (
        "Flourishing people and communities that are strong, kind, compassionate and safe."
    )
    assert len(strategy.principles) == 4
    assert not strategy.actions
    assert not strategy.objectives


def test_nothing_above_shows_a_heading_without_its_mark():
    root = STRATEGIES.parent.parent
    files = [*root.glob("pages/**/*.py"), *root.glob("analysis/**/*.py")]
    assert files
    for path in files:
        assert "heading.words" not in path.read_text("utf-8"), f"{path}: use heading_label"


def test_the_general_set_says_that_it_is_no_councils_strategy(strategies):
    general = strategies.general
    assert general.label == GENERAL_LABEL == "A general set, not a council's strategy"
    assert len(general.action_areas) == 7
    assert not general.council
    assert not general.areas
    assert general.years == ""


@pytest.mark.parametrize("strategy_id", OWN)
def test_every_heading_has_five_to_nine_ward_indicators(strategies, strategy_id):
    for area in strategies.by_id[strategy_id].action_areas:
        assert 5 <= len(area.indicators) <= 9, area.id


def test_every_indicator_has_figures_for_wards_a_direction_and_a_reason(strategies):
    catalogue, wards = load_catalogue(), load_areas()["area_type"] == "ward"
    for strategy in strategies.by_id.values():
        for area in strategy.action_areas:
            for tie in area.indicators:
                assert tie.id in catalogue.ward_indicators
                assert load_newest(tie.id)["value"][wards].notna().mean() > 0.95, tie.id
                assert tie.need in ("high", "low")
                assert tie.reason.endswith(".")
                assert len(tie.reason) <= 100, tie.reason
                polarity = catalogue.indicators[tie.id].polarity
                assert polarity in ("no_judgement", f"{OTHER_END[tie.need]}_is_good"), tie.id


def test_no_action_area_counts_the_same_twice(strategies):
    for strategy in strategies.by_id.values():
        for area in strategy.action_areas:
            tied = set(area.weights)
            assert not tied & CONTAIN_MANY, area.id
            for whole, parts in SAME.items():
                assert whole not in tied or not tied & parts, (strategy.id, area.id, whole)


def test_the_pairs_are_real_indicators():
    named = {*SAME, *CONTAIN_MANY, *(part for parts in SAME.values() for part in parts)}
    assert named <= set(load_catalogue().ward_indicators)


def test_published_and_summarised_words_have_an_address(strategies):
    for strategy in strategies.by_id.values():
        for text in all_texts(strategy):
            assert text.words
            if text.status != "working":
                assert text.source.address.startswith("https://"), text.words


def test_working_words_never_name_a_source_as_their_origin():
    source = load_strategies().by_id["devon"].sources[0]
    assert "Devon" not in Text("Safe communities", "working", source).origin


def test_every_district_and_county_gets_its_own_strategy_its_countys_or_the_general_set(strategies):
    areas = load_areas()
    councils = areas[areas["area_type"].isin(["district", "county"])]
    assert len(councils) == 296 + 21
    own = {code: strategy.id for strategy in strategies.by_id.values() for code in strategy.areas}
    assert own[HUNTINGDONSHIRE] == "huntingdonshire"
    assert own[DEVON] == "devon"
    counties = councils["county_code"].fillna("").items()
    expected = {code: own.get(code) or own.get(county) or "general" for code, county in counties}
    assert {code: strategy_for(code).id for code in councils.index} == expected


@pytest.mark.parametrize("code", ["E92000001", "E12000009"])
def test_what_is_no_council_gets_the_general_set(code):
    assert strategy_for(code).id == "general"


def test_a_ward_finds_the_strategy_of_its_council():
    areas = load_areas()
    wards = areas[(areas["area_type"] == "ward") & (areas["county_code"] == DEVON)]
    for ward, district in wards["district_code"].iloc[[0, -1]].items():
        assert strategy_for(ward).id == strategy_for(district).id


def test_an_unknown_area_is_named():
    with pytest.raises(StrategyError, match="'E99' is no area"):
        strategy_for("E99")


def test_a_districts_own_strategy_comes_before_its_countys(tmp_path):
    shutil.copytree(STRATEGIES, tmp_path, dirs_exist_ok=True)
    write_files(tmp_path / "mid-devon", {})
    found = read_strategies(tmp_path)
    assert found.strategy_for("E07000042").id == "mid-devon"
    assert found.strategy_for("E07000043").id == "devon"


def test_without_a_general_set_the_mistakes_of_all_are_named(tmp_path):
    shutil.copytree(STRATEGIES, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "general" / "strategy.toml"
    path.write_text(path.read_text("utf-8").replace('"general"', '"genral"'), encoding="utf-8")
    found = read_strategies(tmp_path)
    assert found.strategy_for(HUNTINGDONSHIRE).id == "huntingdonshire"
    with pytest.raises(StrategyError, match=r"no general set.*\n.*kind = 'genral' is not known"):
        found.strategy_for("E10000003")


def test_the_order_of_folders_files_and_tables_makes_no_difference(tmp_path, strategies):
    for folder in sorted(STRATEGIES.iterdir(), reverse=True):
        for file in sorted(folder.iterdir(), reverse=True):
            text = file.read_text("utf-8")
            if file.name != "strategy.toml":
                head, *tables = re.split(r"^(?=\[\[action)(?!\[\[action_area\.)", text, flags=re.M)
                text = head + "\n".join(reversed(tables))
            (tmp_path / folder.name).mkdir(exist_ok=True)
            (tmp_path / folder.name / file.name).write_text(text, encoding="utf-8")
    again = read_strategies(tmp_path)
    assert not again.problems
    assert list(again.by_id) == list(strategies.by_id)
    for strategy_id, strategy in strategies.by_id.items():
        turned = again.by_id[strategy_id]
        assert turned.action_areas == strategy.action_areas[::-1]
        assert turned.actions == strategy.actions[::-1]
        assert turned.sources == strategy.sources
