"""Readers that take figures as they stand, and what every reader promises."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from data import sources
from data.errors import SourceError
from data.sources import read_source
from data.sources.reading import check_native_table

LOCAL = "covid/ons_local_statistics_recovery_indicators.parquet"
DISTRICT, WARD, MSOA, DAY = "E07000011", "E05000001", "E02000001", "2020-09-30"
# Source, the file it reads, an area, and for each indicator of the file the name it gets.
PLAIN = [
    (
        "covid_cases",
        "covid/cases_msoa_cumulative_20210415.parquet",
        MSOA,
        "2020-09-30",
        {"covid_cases_cumulative": "cases"},
    ),
    (
        "covid_vulnerability_index",
        "covid/brc_covid_vulnerability_index_2020.parquet",
        MSOA,
        "2020-09",
        {
            "brc_vi__clinical_vulnerability_score": "clinical_vulnerability",
            "brc_vi__health_wellbeing_vulnerability_score": "health_and_wellbeing_vulnerability",
        },
    ),
    (
        "health_index",
        "covid/health_index_ltla_annual_2015_2021.parquet",
        DISTRICT,
        "2020",
        {
            "health_index_score__overall_score": "overall_score",
            "health_index_score__healthy_places_domain_score": "healthy_places_score",
            "health_index_input__life_expectancy": "life_expectancy",
            "health_index_input__avoidable_mortality": "avoidable_deaths_rate",
            "health_index_input__smoking": "smoking_percent",
            "health_index_input__physical_activity": "physically_active_percent",
        },
    ),
    (
        "individual_insolvencies",
        "covid/insolvencies_ward_ltla_annual_2012_2022.parquet",
        WARD,
        "2020",
        {
            "insolvencies_total": "insolvencies",
            "insolvencies_bankruptcies": "bankruptcies",
            "insolvencies_ivas": "individual_voluntary_arrangements",
            "insolvencies_debt_relief_orders": "debt_relief_orders",
        },
    ),
]
# The same for the file of local statistics: source, period, indicator -> (name, with limits).
LOCAL_PLAIN = [
    ("local_business", "2020", {"business_demography__business_births": ("births_percent", 0),
                                "business_demography__business_deaths": ("deaths_percent", 0)}),
    ("local_child_poverty", "2020/21",
     {"children_in_relative_poverty__children_in_relative_poverty_after_housing_costs":
      ("children_in_poverty_percent", 0)}),
    ("local_education", "2020/21",
     {"persistent_absences_for_all_pupils": ("persistently_absent_percent", 0),
      "pupils_at_expected_standards_by_end_of_primary_school__pupils_meeting_the_expected_standard"
      "_in_reading_writing_and_maths": ("expected_standard_percent", 0),
      "gcses_in_english_and_maths": ("gcse_english_and_maths_percent", 0),
      "apprenticeships__apprenticeship_starts_england": ("apprenticeship_starts_rate", 0)}),
    ("local_household_income", "2020",
     {"gross_disposable_household_income_per_head__gross_disposable_household_income":
      ("income_per_head", 0)}),
    ("local_housing_affordability", "2020",
     {"housing_affordability_ratio__housing_affordability_ratio_residence_based":
      ("price_to_earnings", 0)}),
    ("local_labour_market", "2020",
     {"claimant_count": ("claimants_percent", 0), "employment_rate": ("employed_percent", 1),
      "employment_rate__economically_inactive": ("inactive_percent", 1),
      "modelled_unemployment__modelled_unemployment_rate": ("unemployed_percent", 1)}),
    ("local_wellbeing", "2020/21",
     {"personal_wellbeing_estimates__satisfaction": ("life_satisfaction", 1),
      "personal_wellbeing_estimates__worthwhile": ("worthwhile", 1),
      "personal_wellbeing_estimates__happiness": ("happiness", 1),
      "personal_wellbeing_estimates__anxiety": ("anxiety", 1)}),
]  # fmt: skip


def write_rows(folder: Path, file: str, area: str, figures: dict[str, float]) -> None:
    """Rows of the area, and one of Wales that must stay out."""
    rows = [(code, name, value) for code in (area, "W06000001") for name, value in figures.items()]
    frame = pd.DataFrame(rows, columns=["area_code", "indicator", "value"])
    frame["date"] = dt.date.fromisoformat(DAY)
    frame["status"] = pd.Series([None] * len(frame), dtype="object")
    frame["lci"], frame["uci"] = frame["value"] - 0.5, frame["value"] + 0.5
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(folder / file)


@pytest.mark.parametrize(("source", "file", "area", "period", "names"), PLAIN)
def test_each_indicator_comes_under_its_name(source, file, area, period, names, tmp_path):
    figures = {indicator: 1.5 + place for place, indicator in enumerate(names)}
    write_rows(tmp_path, file, area, figures)
    [row] = read_source(source, tmp_path).to_dict("records")
    expected = {name: figures[indicator] for indicator, name in names.items()}
    assert row == {"area_code": area, "period": period, **expected}


def test_a_vulnerability_score_may_be_below_nought_but_not_beyond_five(tmp_path):
    source, file, area, _, names = PLAIN[1]
    write_rows(tmp_path, file, area, dict.fromkeys(names, -4.9))
    assert (read_source(source, tmp_path)["clinical_vulnerability"] == -4.9).all()
    write_rows(tmp_path, file, area, dict.fromkeys(names, 5.1))
    with pytest.raises(SourceError, match=r"5\.1"):
        read_source(source, tmp_path)


@pytest.mark.parametrize(("source", "period", "names"), LOCAL_PLAIN)
def test_local_statistics_come_under_their_names_with_the_limits_they_have(
    source, period, names, tmp_path
):
    figures = {indicator: 1.5 + place for place, indicator in enumerate(names)}
    write_rows(tmp_path, LOCAL, DISTRICT, {**figures, "of_another_source": 9.0})
    [row] = read_source(source, tmp_path).to_dict("records")
    expected: dict[str, object] = {"area_code": DISTRICT, "period": period}
    for indicator, (name, limited) in names.items():
        value = figures[indicator]
        expected |= {name: value, f"{name}_unreliable": 0.0}
        if limited:
            expected |= {f"{name}_lower": value - 0.5, f"{name}_upper": value + 0.5}
    assert row == expected


def test_patients_and_doctors(tmp_path):
    path = tmp_path / "health/patients_per_gp_ltla24.csv"
    path.parent.mkdir()
    path.write_text(f"ltla24_code,total_patients,total_gp_fte\n{DISTRICT},180500,88.25\n")
    [row] = read_source("patients_per_gp", tmp_path).to_dict("records")
    expected = {"area_code": DISTRICT, "period": "2024-03", "patients": 180500, "doctors": 88.25}
    assert row == expected


GOOD = {"area_code": ["B", "A"], "period": ["2020", "2020"], "people": [1.0, np.nan]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"area_code": ["A", "A"]}, "twice|more than once|not unique"),
        ({"people": [1, 2]}, "column 'people'.*must be float64"),
        ({"people": [1.0, np.inf]}, "column 'people'.*infinite"),
        ({"period": ["2020", "soon"]}, "'soon'"),
    ],
)
def test_a_reader_that_breaks_its_promise_is_named(change, said):
    with pytest.raises(SourceError, match=rf"data/sources/made_up\.py.*({said})"):
        check_native_table(pd.DataFrame(GOOD | change), "made_up")


def test_a_reader_keeps_its_promise_by_order_and_the_first_two_columns(monkeypatch):
    table = check_native_table(pd.DataFrame(GOOD), "made_up")
    assert table["area_code"].tolist() == ["A", "B"]
    turned = pd.DataFrame(GOOD)[["period", "area_code", "people"]]
    with pytest.raises(SourceError, match="must begin with the columns area_code and period"):
        check_native_table(turned, "made_up")
    # What a reader gives goes through the same check.
    reader = SimpleNamespace(read=lambda _: turned)
    monkeypatch.setattr(sources.importlib, "import_module", lambda _: reader)
    with pytest.raises(SourceError, match="must begin with"):
        read_source("made_up", Path())


def test_a_source_without_a_reader_is_named_and_a_broken_reader_is_not_hidden(monkeypatch):
    with pytest.raises(SourceError, match=r"data/sources/no_such\.py.*there is no reader"):
        read_source("no_such", Path())

    def broken(_: str) -> None:
        raise ModuleNotFoundError("No module named 'openpyxl'", name="openpyxl")

    monkeypatch.setattr(sources.importlib, "import_module", broken)
    with pytest.raises(ModuleNotFoundError, match="openpyxl"):
        read_source("no_such", Path())
