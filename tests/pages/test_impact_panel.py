"""The impact of an action from the real tables: whose figure it is, and what is said of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from said import find_faults, texts_of
from streamlit.testing.v1 import AppTest

from analysis.impact_chart import list_source_lines, make_impact_chart, plot_impact
from analysis.impact_words import comment_on_impact, make_impact_title
from data import load
from data.errors import DataError, TableError
from data.load import load_values
from data.planned_action import PlannedAction
from pages.shared.impact_data import list_comparators, load_impact_figures, why_no_figures
from pages.shared.impact_panel import ImpactChoices, parse_impact_choices
from pages.shared.recovery_compare import similar_councils

HUNTINGDONSHIRE, DEVON, LEEDS, HACKNEY = "E07000011", "E10000008", "E08000035", "E09000012"
NORTH, EAST = "E05011266", "E05011265"
EMPTY = "E05014804"  # Cullompton Vale: no LSOA fits it best
JOBS = PlannedAction(
    "A1", "Young people into work", start=dt.date(2021, 4, 1), indicator="claimant_count_percent",
    baseline_period="2019", target=2.5, target_date=dt.date(2023, 3, 31),
)  # fmt: skip
CREDIT = PlannedAction(
    "A2", "Advice", start=dt.date(2021, 1, 15), baseline_period="2020-02",
    indicator="universal_credit_households_percent",
)  # fmt: skip


def rows_of(indicator: str, code: str) -> dict[str, float]:
    values = load_values(indicator)
    own = values[values["area_code"] == code]
    return dict(zip(own["period"].astype(str), own["value"], strict=True))


def test_a_council_is_shown_with_its_own_rows_of_the_tables() -> None:
    figures = load_impact_figures(JOBS, HUNTINGDONSHIRE)
    own = rows_of("claimant_count_percent", HUNTINGDONSHIRE)
    # Claimants before 2018 are counted in another way (see recovery.toml).
    assert figures.periods == ("2018", "2019", "2020", "2021", "2022")
    assert figures.place.value == pytest.approx([own[key] for key in figures.periods])
    england = rows_of("claimant_count_percent", "E92000001")
    assert figures.others[0].value == pytest.approx([england[key] for key in figures.periods])
    assert make_impact_title(figures) == "Claimants: worse than 2019, target met"
    said = comment_on_impact(figures)
    # By hand: 1,310.83 of 109,175 in 2019 and 2,442.08 of 109,388 in 2022; England 2.671 % and
    # 3.891 %.
    assert "got worse: from 1.2 % (2019) to 2.2 % (2022), up 1.0 percentage points" in said[0]
    assert "England got worse, up 1.2 percentage points" in said[1]
    assert "got better: from 3.3 % (2020) to 2.2 % (2022)" in said[2]


def test_several_wards_are_their_counts_added_up_then_divided() -> None:
    figures = load_impact_figures(replace(JOBS, wards=(NORTH, EAST)), HUNTINGDONSHIRE, "council")
    values = load_values("claimant_count_percent")
    two = values[values["area_code"].isin([NORTH, EAST])]
    sums = two.groupby(two["period"].astype(str))[["numerator", "denominator"]].sum()
    wanted = 100 * sums["numerator"] / sums["denominator"]
    assert figures.place.name == "2 wards together"
    assert figures.place.value == pytest.approx([wanted[key] for key in figures.periods])
    assert figures.others[0].name == "Huntingdonshire"
    assert any("Huntingdon North and Huntingdon East" in note for note in figures.notes)
    assert figures.district_figure == ""


def test_a_ward_without_a_figure_is_named_and_not_dropped_in_silence() -> None:
    action = replace(JOBS, wards=(EMPTY, "E05011907"))
    figures = load_impact_figures(action, DEVON)
    lacking = "In the newest figure, 1 of 2 wards has no figure: Cullompton Vale."
    assert lacking in figures.notes
    assert lacking in list_source_lines(figures)


def test_a_district_figure_is_not_passed_off_as_a_wards() -> None:
    action = PlannedAction(
        "A3", "Schools", start=dt.date(2018, 1, 15), wards=(NORTH,),
        indicator="gcse_english_and_maths_by_19_percent",
    )  # fmt: skip
    figures = load_impact_figures(action, HUNTINGDONSHIRE)
    assert figures.place.code == HUNTINGDONSHIRE
    assert figures.district_figure == "Huntingdonshire"
    assert list_source_lines(figures)[0].startswith("District figure, not ward")
    # From a county's plan too, the figure is that of the ward's own district.
    exeter = load.load_areas().query("area_type == 'ward' and county_code == @DEVON").index[0]
    district = load.load_areas().at[exeter, "district_code"]
    assert load_impact_figures(replace(action, wards=(exeter,)), DEVON).place.code == district


def test_a_county_has_its_own_figure_and_keeps_gaps() -> None:
    figures = load_impact_figures(CREDIT, DEVON, "region")
    own = rows_of("universal_credit_households_percent", DEVON)
    assert figures.place.value[-1] == pytest.approx(own["2023-11"])
    assert figures.others[0].name == "South West (region)"
    line = next(t for t in plot_impact(figures).data if t.name == "Devon (county)")
    assert list(line.y)[-2] is None  # ten months are missing before November 2023
    # The roll-out moved this series, so that nothing about it is called worse.
    text = " ".join([make_impact_title(figures), *comment_on_impact(figures)])
    assert "worse" not in text
    assert "in the third national lockdown" in text


def test_similar_councils_are_added_up() -> None:
    figures = load_impact_figures(JOBS, HUNTINGDONSHIRE, "similar")
    values = load_values("claimant_count_percent")
    ten = values[values["area_code"].isin(similar_councils(HUNTINGDONSHIRE))]
    sums = ten[ten["period"].astype(str) == "2022"][["numerator", "denominator"]].sum()
    wanted = 100 * sums["numerator"] / sums["denominator"]
    assert figures.others[0].value[-1] == pytest.approx(wanted)
    assert figures.others[0].name == "10 similar councils"


def test_an_indicator_with_one_period_is_set_beside_all_comparators() -> None:
    action = PlannedAction("A4", "Need", start=dt.date(2021, 1, 1), indicator="imd_score",
                           wards=(NORTH,), target=10.0)  # fmt: skip
    figures = load_impact_figures(action, HUNTINGDONSHIRE, "council")
    assert figures.single
    assert figures.others[0].name == "Huntingdonshire"
    assert len(figures.others) == 5
    assert "nothing can be told about before and after" in comment_on_impact(figures)[0]
    assert make_impact_chart(figures, "x").kind == "bar"


def test_a_baseline_that_lacks_is_replaced_and_said() -> None:
    none = load_impact_figures(replace(JOBS, baseline_period=""), HUNTINGDONSHIRE)
    assert none.baseline == "2020"
    assert none.notes[0].startswith("The plan names no baseline: 2020 is used")
    wrong = load_impact_figures(replace(JOBS, baseline_period="2019/20"), HUNTINGDONSHIRE)
    assert wrong.notes[0].startswith("The baseline of the plan, “2019/20”, is not a period")
    early = load_impact_figures(replace(JOBS, baseline_period="2015"), HUNTINGDONSHIRE)
    assert early.periods[0] == "2015"
    chosen = load_impact_figures(JOBS, HUNTINGDONSHIRE, baseline="2018")
    assert chosen.baseline == "2018"


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (replace(JOBS, indicator=""), "names no indicator"),
        (replace(JOBS, indicator="happiness_of_cats"), "not in the catalogue"),
        (replace(JOBS, wards=("E05099999",)), "“E05099999”, not a ward of 2025"),
        (replace(JOBS, wards=(HUNTINGDONSHIRE,)), "“E07000011”, not a ward of 2025"),
        (replace(JOBS, wards=(NORTH, NORTH)), "names a ward twice"),
        (replace(JOBS, wards=(EMPTY,)), "no figure of “People claiming"),
    ],
)
def test_an_action_without_a_chart_says_why(action, words) -> None:
    assert words in why_no_figures(action, HUNTINGDONSHIRE)
    with pytest.raises(DataError, match=words[:12]):
        load_impact_figures(action, HUNTINGDONSHIRE)


def test_counts_of_places_of_different_size_are_not_compared() -> None:
    deaths = replace(CREDIT, indicator="covid_deaths_monthly_count", baseline_period="")
    assert list(list_comparators(deaths, HUNTINGDONSHIRE)) == ["none"]
    assert load_impact_figures(deaths, HUNTINGDONSHIRE, "england").others == ()


def test_a_bad_link_is_corrected_in_words() -> None:
    chosen, problems = parse_impact_choices({"against": "mars", "restart": "2021"}, ImpactChoices())
    assert chosen == ImpactChoices()
    assert len(problems) == 2
    good, none = parse_impact_choices({"against": "similar", "restart": "2020-04"}, ImpactChoices())
    assert (good, none) == (ImpactChoices("similar", "2020-04"), [])
    assert good.address() == {"against": "similar", "restart": "2020-04"}


def show_panel() -> None:
    import streamlit as st

    from pages.shared.impact_panel import current_impact_choices, show_impact
    from pages.shared.selection import current_selection, write_address

    selection = current_selection()
    choices = current_impact_choices()
    write_address("area", **choices.address())
    show_impact(st.session_state["action"], selection, "impact")


def open_panel(action: PlannedAction, **params: str) -> AppTest:
    app = AppTest.from_function(show_panel, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    app.session_state["action"] = action
    return app.run()


@pytest.mark.parametrize("area", [HUNTINGDONSHIRE, DEVON, LEEDS, HACKNEY])
@pytest.mark.parametrize("action", [JOBS, CREDIT, replace(JOBS, indicator="imd_score")])
def test_the_panel_opens_for_every_kind_of_place(area, action) -> None:
    app = open_panel(action, area=area)
    assert not app.exception
    assert not app.error
    text = " ".join(texts_of(app))
    assert "association, not proof of effect" in text
    assert "Source: " in text
    assert find_faults(app) == []
    monthly = action is CREDIT
    assert ("There is no process chart" in text) != monthly
    assert ("Special cause" in text) == monthly


def test_the_comparator_and_the_new_limits_are_kept_in_the_address() -> None:
    app = open_panel(CREDIT, area=HUNTINGDONSHIRE, restart="2020-04")
    assert app.selectbox(key="impact-process-restart").value == "2020-04"
    app.selectbox(key="impact-against").set_value("region").run()
    assert app.query_params["against"] in ("region", ["region"])
    assert app.query_params["restart"] in ("2020-04", ["2020-04"])
    assert "East of England (region) changed" in " ".join(texts_of(app))


def test_an_action_without_indicator_says_so_and_no_more() -> None:
    app = open_panel(replace(JOBS, indicator=""), area=HUNTINGDONSHIRE)
    assert not app.exception
    assert "names no indicator" in app.info[0].value


def test_a_broken_table_takes_the_panel_down_and_not_the_page(monkeypatch) -> None:
    from pages.shared import impact_data

    def broken(*_: object) -> None:
        raise TableError("claimant_count_percent.parquet: the table is damaged; restore it.")

    monkeypatch.setattr(impact_data, "load_series_of", broken)
    impact_data._load_one.cache_clear()
    app = open_panel(JOBS, area=HUNTINGDONSHIRE)
    assert not app.exception
    assert "the impact chart cannot be shown" in app.error[0].value.lower()
