"""The page Compare: its views, its address, bad links, groups, broken tables."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from test_pages import open_page

from data.errors import TableError
from pages.shared import compare_side, left_out
from pages.shared.compare_choices import Compare, parse_compare, propose_other

PAGE = "explore/compare.py"
KIMBOLTON, RAMSEY = "E05011267", "E05011268"
TOWNS = f"Two towns:{KIMBOLTON},{RAMSEY}"


def said(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def address(app: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[0] for k, v in app.query_params.items()}


def test_two_indicators_say_how_far_and_claim_no_cause() -> None:
    app = open_page(PAGE, indicator="claimant_count_percent", other="disabled_percent")
    assert not app.exception
    assert "Claimants" in app.title[0].value
    words = said(app)
    assert re.search(r"correlation −?0\.\d\d, 95 % interval −?0\.\d\d to −?0\.\d\d", words)
    assert "does not show that one causes the other" in words
    assert "2022" in words
    assert "21 March 2021" in words
    assert not app.warning


def test_shared_numbers_and_distant_years_are_warned_of() -> None:
    app = open_page(PAGE, indicator="asian_percent", other="ethnic_minority_percent")
    assert "same people or things" in app.warning[0].value
    app = open_page(PAGE, indicator="imd_score", other="household_income_mean")
    assert "2017/18" in app.warning[0].value
    assert "different years" in app.warning[0].value


def test_wards_without_a_figure_are_counted_and_named() -> None:
    words = said(open_page(PAGE, area="E07000042"))
    assert "Not in the chart" in words
    assert "Cullompton Vale (no estimate: no LSOA fits this ward)" in words


def test_weighting_is_kept_in_the_address() -> None:
    app = open_page(PAGE, area="E10000008")
    assert "weighted" not in address(app)
    app.toggle(key="compare_weighted").set_value(True).run()
    assert not app.exception
    assert address(app)["weighted"] == "people"
    assert "effective number" in said(app)
    again = open_page(PAGE, **address(app))
    assert "effective number" in said(again)


def test_ranked_says_how_open_a_rank_is() -> None:
    app = open_page(PAGE, view="ranked", indicator="claimant_count_percent", ward=RAMSEY)
    rank = r"\d+(st|nd|rd|th)"
    found = rf"Claimants: Ramsey ranks {rank}; it could be {rank} to {rank}"
    assert re.fullmatch(found, app.title[0].value)
    assert "Klein" in said(app)
    app = open_page(PAGE, view="ranked", indicator="imd_score")
    assert app.title[0].value == "Overall deprivation: Huntingdon North ranks 1st"
    assert "no 95 % interval" in said(app)
    assert "lowest to the highest LSOA" in said(app)


def test_an_indicator_that_is_not_ranked_is_not_ranked() -> None:
    app = open_page(PAGE, view="ranked", indicator="loneliness_percent")
    assert "not ranked" in app.info[0].value
    words = said(open_page(PAGE, view="ranked", indicator="loneliness_percent", area="E92000001"))
    assert "wards shown, those with the highest figures, by name" in words
    assert "wards have no figure: " in words
    assert "no rank" not in words
    assert "ranks" not in app.title[0].value


def test_side_by_side_holds_wards_groups_the_council_and_england() -> None:
    app = open_page(
        PAGE, view="side", wards=f"{KIMBOLTON},E05014802", groups=TOWNS, theme="housing"
    )
    assert not app.exception
    assert not app.warning
    words = said(app)
    for heading in ("Kimbolton, Huntingdonshire", "Two towns (group)", "Huntingdonshire</th>",
                    "England</th>"):  # fmt: skip
        assert heading in words
    assert address(app)["wards"] == f"{KIMBOLTON},E05014802"
    assert address(app)["groups"] == TOWNS


def test_side_by_side_proposes_the_selected_ward_and_the_highest() -> None:
    app = open_page(PAGE, view="side", ward=KIMBOLTON)
    chosen = app.multiselect(key="compare_wards").value
    assert chosen[0] == KIMBOLTON
    assert len(chosen) == 6
    app.multiselect(key="compare_wards").set_value([RAMSEY]).run()
    assert not app.exception
    assert address(app)["wards"] == RAMSEY


def test_a_group_is_a_row_of_the_ranking_and_names_are_escaped() -> None:
    app = open_page(
        PAGE, view="ranked", indicator="claimant_count_percent",
        groups=f"%3Cimg src=x%3E:{KIMBOLTON},{RAMSEY}",
    )  # fmt: skip
    assert not app.exception
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert "<i>&lt;img src=x&gt; (group)</i>" in chart["layout"]["yaxis"]["ticktext"]
    assert not any("<img" in text for text in chart["data"][0]["text"])
    assert "<img" not in said(app)


def test_a_group_is_made_kept_and_removed() -> None:
    app = open_page(PAGE, view="ranked")
    app.session_state["group-editor"] = True
    app.run()
    app.text_input(key="group_name").set_value("Fens")
    app.multiselect(key="group_codes").set_value([RAMSEY, "E07000042"])
    app.button[0].click().run()
    assert not app.exception
    assert address(app)["groups"] == f"Fens:{RAMSEY},E07000042"
    app.session_state["group-editor"] = True
    app.run()
    app.button(key="remove-group-0").click().run()
    assert "groups" not in address(app)


def test_a_group_without_a_name_is_refused() -> None:
    app = open_page(PAGE, view="ranked")
    app.session_state["group-editor"] = True
    app.run()
    app.multiselect(key="group_codes").set_value([RAMSEY])
    app.button[0].click().run()
    assert "Give the group a name." in [w.value for w in app.warning]
    assert "groups" not in address(app)


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"view": "pie"}, "pie"),
        ({"end": "middle"}, "middle"),
        ({"theme": "magic"}, "magic"),
        ({"other": "nothing"}, "nothing"),
        ({"other": "median_weekly_pay"}, "median_weekly_pay"),
        ({"other": "flats_percent", "other_period": "1066"}, "1066"),
        ({"weighted": "sheep"}, "sheep"),
        ({"wards": "E05999999"}, "E05999999"),
        ({"view": "<script>" * 20}, "<script>"),
    ],
)
def test_a_wrong_part_of_a_link_is_named(params: dict[str, str], named: str) -> None:
    chosen, problems = parse_compare(params, Compare())
    assert len(problems) == 1
    assert named in problems[0]
    assert len(problems[0]) < 400
    assert chosen.settled("imd_score", "E07000011").other


def test_a_wrong_link_still_opens() -> None:
    app = open_page(PAGE, view="pie", other="nothing", groups="Mine:E05999999", wards="x")
    assert not app.exception
    assert len(app.warning) >= 4
    assert app.title[0].value


def test_a_second_indicator_is_proposed_for_every_first() -> None:
    from data.catalogue import load_catalogue

    for indicator in load_catalogue().ward_indicators:
        for area in ("E07000011", "E09000001"):
            assert propose_other(indicator, area) != indicator


def test_a_figure_that_is_the_same_in_every_ward_is_not_proposed() -> None:
    # No ward of Huntingdonshire has anyone in England's most deprived fifth; many in Camden do.
    assert propose_other("rural_population_percent", "E07000011") != "most_deprived_fifth_percent"
    assert propose_other("rural_population_percent", "E09000007") == "most_deprived_fifth_percent"


def test_a_broken_table_takes_one_panel_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(indicator: str, period: str) -> None:
        raise TableError(f"{indicator}.parquet: the table is damaged; run `make data`.")

    monkeypatch.setattr("pages.shared.compare_pair.load_at", broken)
    app = open_page(PAGE)
    assert not app.exception
    assert "cannot be shown" in app.error[0].value
    assert app.selectbox(key="pick_area").value


def test_a_broken_indicator_costs_its_row_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, why = "fuel_poverty_percent", "Its table is damaged. Restore it."
    load = compare_side.load_newest

    def load_sound(indicator: str) -> pd.DataFrame:
        if indicator == broken:
            raise TableError(why)
        return load(indicator)

    monkeypatch.setattr(compare_side, "load_newest", load_sound)
    monkeypatch.setattr(left_out, "find_fault", lambda i: why if i == broken else "")
    app = open_page(PAGE, view="side", theme="housing")
    assert not app.exception
    assert not app.error
    assert [warning.value for warning in app.warning] == [
        f"Households in fuel poverty is left out. {why}"
    ]
    assert re.search(r"Housing, \d\d indicators", said(app))


def test_a_ward_that_is_found_joins_those_side_by_side() -> None:
    app = open_page(PAGE, view="side", wards=f"{KIMBOLTON},E05011266")
    app.text_input(key="find_text").set_value("Ramsey").run()
    assert not app.exception
    assert app.multiselect(key="compare_wards").value == [KIMBOLTON, "E05011266", RAMSEY]
    assert address(app)["wards"] == f"{KIMBOLTON},E05011266,{RAMSEY}"
