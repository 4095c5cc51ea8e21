"""Readers of the Covid-19 and district tables: tiny raw files in, exact tables out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from data.errors import SourceError
from data.sources import read_source

ONS = "covid/ons_local_statistics_recovery_indicators.parquet"
WEEKLY = "covid/cases_vaccination_ltla_weekly_2020_2022.parquet"
POSSESSION = "covid/possession_ltla_quarterly_2015_2023.parquet"
CLAIMANTS = "covid/claimant_count_lsoa_annual_2013_2022.parquet"
UNIVERSAL_CREDIT = "covid/universal_credit_households_msoa_monthly_2015_2022.parquet"
VACCINATION = "covid/vaccination_msoa_2021.parquet"

Row = tuple[str, str, str, float | str | None]


def write_rows(folder: Path, file: str, rows: list[Row], **columns: list[object]) -> None:
    """Write rows of (area, date, indicator, value) in the layout of the Covid tables."""
    frame = pd.DataFrame(rows, columns=["area_code", "date", "indicator", "value"])
    frame["date"] = [dt.date.fromisoformat(day) for day in frame["date"]]
    frame["status"] = pd.Series([None] * len(frame), dtype="object")
    for name, values in columns.items():
        frame[name] = values
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(folder / file)


def read_rows(source_id: str, folder: Path) -> list[list[object]]:
    """Read a source as a list of rows, with None for a blank."""
    table = read_source(source_id, folder)
    return [
        [None if pd.isna(value) else value for value in row]
        for row in table.itertuples(index=False)
    ]


def test_claimants_are_the_average_of_twelve_months(tmp_path: Path) -> None:
    claimants, people = "claimant_count_sum_of_12_months", "population_denominator_used_by_source"
    rows: list[Row] = [
        ("E01000001", "2019-01-01", claimants, 60.0),
        ("E01000001", "2020-01-01", claimants, 0.0),
        ("E01000001", "2019-01-01", people, 900.0),
    ]
    write_rows(tmp_path, CLAIMANTS, rows)
    expected = [["E01000001", "2019", 5.0], ["E01000001", "2020", 0.0]]
    assert read_rows("claimant_count", tmp_path) == expected


def test_nil_or_negligible_universal_credit_stays_blank(tmp_path: Path) -> None:
    name = "households_on_universal_credit"
    rows: list[Row] = [
        ("E02000001", "2015-08-01", name, None),
        ("E02000001", "2020-02-01", name, 120.0),
    ]
    write_rows(
        tmp_path, UNIVERSAL_CREDIT, rows, status=['nil or negligible (".." in source)', None]
    )
    table = read_rows("universal_credit_households", tmp_path)
    assert table == [["E02000001", "2015-08", None], ["E02000001", "2020-02", 120.0]]


def test_low_income_children_by_financial_year_for_msoas_only(tmp_path: Path) -> None:
    name = "children_in_relative_low_income_families"
    rows: list[Row] = [
        ("E02000001", "2019-04-01", name, 76.0),
        ("E09000001", "2019-04-01", name, 76.0),
    ]
    write_rows(tmp_path, "covid/children_low_income_msoa_ltla_2015_2022.parquet", rows)
    table = read_rows("children_in_low_income_families", tmp_path)
    assert table == [["E02000001", "2019/20", 76.0]]


def test_deaths_by_month_and_in_all_for_england(tmp_path: Path) -> None:
    name = "covid_deaths_monthly"
    rows: list[Row] = [
        ("E02000001", "2020-03-01", name, 1.0),
        ("E02000001", "2020-04-01", name, 4.0),
        ("W02000001", "2020-03-01", name, 2.0),
    ]
    write_rows(tmp_path, "covid/deaths_msoa_2020_2021.parquet", rows)
    months = [["E02000001", "2020-03", 1.0], ["E02000001", "2020-04", 4.0]]
    assert read_rows("covid_deaths", tmp_path) == months
    assert read_rows("covid_deaths_total", tmp_path) == [["E02000001", "2020-03--2020-04", 5.0]]


def vaccination(folder: Path, bands: list[str]) -> None:
    """Write doses in two bands, the second dose of all ages, and the population."""
    first, second = "covid_vaccinated_dose1", "covid_vaccinated_dose2"
    rows: list[Row] = [
        ("E02000001", "2021-05-02", first, 70.0),
        ("E02000001", "2021-05-02", first, 30.0),
        ("E02000001", "2021-05-02", second, 20.0),
        ("E02000001", "2021-02-21", first, 10.0),
        ("E02000001", "2021-07-04", "population_nims", 400.0),
    ]
    write_rows(folder, VACCINATION, rows, age_band=[*bands, "all ages", "80+", "16+"])


def test_vaccinated_people_of_all_bands_over_one_population(tmp_path: Path) -> None:
    vaccination(tmp_path, ["80+", "Under 45"])
    assert read_rows("covid_vaccination", tmp_path) == [
        ["E02000001", "2021-02-21", 10.0, None, 400.0],
        ["E02000001", "2021-05-02", 100.0, 20.0, 400.0],
    ]


def test_all_ages_beside_a_band_would_count_people_twice(tmp_path: Path) -> None:
    vaccination(tmp_path, ["all ages", "Under 45"])
    with pytest.raises(SourceError, match=r"vaccination_msoa_2021.*age_band.*2021-05-02"):
        read_source("covid_vaccination", tmp_path)


def test_conditions_stand_under_the_year_they_were_in_use(tmp_path: Path) -> None:
    from data.sources.gp_recorded_conditions import CONDITIONS, FILE

    rows: list[Row] = [
        ("E02000001", "2018-04-01", f"gp_prevalence__{name}", 0.25) for name in CONDITIONS
    ]
    write_rows(tmp_path, FILE, rows)
    assert read_rows("gp_recorded_conditions", tmp_path) == [["E02000001", "2020", *[0.25] * 7]]


def test_furlough_rate_in_percent(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("E07000011", "2020-07-31", "cjrs_employments_furloughed", 25400.0),
        ("E07000011", "2020-07-31", "cjrs_takeup_rate", 0.29),
    ]
    write_rows(tmp_path, "covid/furlough_ltla_jul2020.parquet", rows)
    assert read_rows("furlough", tmp_path) == [["E07000011", "2020-07-31", 25400.0, 29.0]]


def test_shielded_patients_of_two_councils_stand_under_the_larger(tmp_path: Path) -> None:
    name = "shielded_patients__all"
    rows: list[Row] = [
        ("E06000052+E06000053", "2020-09-16", name, 20.0),
        ("E92000001", "2020-09-16", name, 2000.0),
    ]
    write_rows(tmp_path, "covid/shielded_patients_ltla_2020.parquet", rows)
    assert read_rows("shielded_patients", tmp_path) == [
        ["E06000052", "2020-09-16", 20.0],
        ["E92000001", "2020-09-16", 2000.0],
    ]


def test_council_tax_support_only_between_first_and_last_return(tmp_path: Path) -> None:
    young, old = (
        "council_tax_support_claimants_working_age",
        "council_tax_support_claimants_pensioners",
    )
    days = ("2019-03-31", "2019-06-30", "2019-09-30")
    rows: list[Row] = [
        ("E06000058", day, name, None if day == days[0] else 5.0)
        for day in days
        for name in (young, old)
    ]
    missing: list[object] = ["not available in source"] * 2 + [None] * 4
    file = "covid/council_tax_support_ltla_quarterly_2015_2023.parquet"
    write_rows(tmp_path, file, rows, status=missing)
    assert read_rows("council_tax_support", tmp_path) == [
        ["E06000058", "2019-Q2", 5.0, 5.0],
        ["E06000058", "2019-Q3", 5.0, 5.0],
    ]


def test_quarter_without_claims_is_zero_while_the_district_existed(tmp_path: Path) -> None:
    from data.sources.possession_claims import ACTIONS, KINDS

    # One district that has every action in 2015, and one that ends in September 2019.
    rows: list[Row] = [
        ("E07000011", "2015-01-01", f"possession_{kind}_{action}", 1.0)
        for kind in KINDS
        for action in ACTIONS
    ]
    rows += [
        ("E07000048", "2019-01-01", "possession_mortgage_claims", 3.0),
        ("E07000048", "2019-07-01", "possession_mortgage_warrants", 2.0),
    ]
    write_rows(tmp_path, POSSESSION, rows)
    assert read_rows("possession_claims", tmp_path) == [
        ["E07000011", "2015-Q1", 1.0, 3.0],
        ["E07000048", "2019-Q1", 3.0, 0.0],
        ["E07000048", "2019-Q2", 0.0, 0.0],
        ["E07000048", "2019-Q3", 0.0, 0.0],
    ]


def test_house_prices_by_year_ending_without_combined_authorities(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("E07000011", "2024-09-30", "median_house_price", 310000.0),
        ("E47000001", "2024-09-30", "median_house_price", 200000.0),
    ]
    write_rows(tmp_path, "covid/house_prices_ltla_quarterly_2010_2024.parquet", rows)
    assert read_rows("house_prices", tmp_path) == [["E07000011", "to-2024-09", 310000.0]]


def test_weekly_cases_at_the_floor_and_uptake_not_yet_published(tmp_path: Path) -> None:
    cases = "covid_cases_7day_sum_week_mean"
    doses = ("vaccination_dose1_uptake_pct", "vaccination_dose2_uptake_pct")
    rows: list[Row] = [("E07000011", "2020-12-06", cases, 1 / 7)]
    rows += [("E07000011", "2020-12-13", cases, 9.0)]
    rows += [("E07000011", "2020-12-06", dose, 0.0) for dose in doses]
    rows += [("E07000011", "2020-12-13", doses[0], 0.4), ("E07000011", "2020-12-13", doses[1], 0.0)]
    floor: list[object] = ["source floor: zero recorded as 1/7", *[None] * 5]
    write_rows(tmp_path, WEEKLY, rows, status=floor)
    assert read_rows("covid_weekly", tmp_path) == [
        ["E07000011", "2020-12-06", 0.0, None, None],
        ["E07000011", "2020-12-13", 9.0, 0.4, None],
    ]


def test_local_statistics_with_limits_and_marks(tmp_path: Path) -> None:
    pay = "gross_median_weekly_pay"
    rows: list[Row] = [
        ("E07000011", "2024-04-17", pay, 645.9),
        ("E07000012", "2024-04-17", pay, None),
        ("E07000013", "2024-04-17", pay, None),
        ("K02000001", "2024-04-17", pay, 600.0),
    ]
    limits: list[object] = [600.0, None, None, 599.0]
    write_rows(tmp_path, ONS, rows, status=[None, "x", "u", None], lci=limits, uci=limits)
    table = read_source("local_weekly_pay", tmp_path)
    assert list(table.columns[2:]) == [
        f"median_weekly_pay{suffix}" for suffix in ("", "_unreliable", "_lower", "_upper")
    ]
    assert read_rows("local_weekly_pay", tmp_path) == [
        ["E07000011", "2024-04", 645.9, 0.0, 600.0, 600.0],
        ["E07000012", "2024-04", None, 0.0, None, None],
        ["E07000013", "2024-04", None, 1.0, None, None],
    ]


def test_homelessness_keeps_blank_returns_blank(tmp_path: Path) -> None:
    from data.sources.homelessness import MEASURES

    file = tmp_path / "housing_economy/homelessness_ltla23.csv"
    file.parent.mkdir()
    heading = ",".join(["ltla23_code", *MEASURES])
    file.write_text(f"{heading}\nE07000011,1.5,\n", encoding="utf-8")
    assert read_rows("homelessness", tmp_path) == [["E07000011", "2023-Q4", 1.5, None]]


def test_recorded_conditions_of_districts_without_county_rows(tmp_path: Path) -> None:
    file = tmp_path / "health/qof_prevalence_2019_20_la_county_region.parquet"
    file.parent.mkdir()
    columns = ["area_level", "area_code", "area_name", "group_code", "register", "list"]
    rows = [
        ["ltla", "E07000011", "Huntingdonshire", code, size, size * 10]
        for code, size in (("DEP", 8.0), ("MH", 1.0), ("DEM", 2.0), ("AF", 3.0))
    ]
    rows += [["county", None, "Devon", "DEP", 5.0, 50.0]]
    pd.DataFrame(rows, columns=columns).to_parquet(file)
    table = read_source("recorded_conditions_district", tmp_path).iloc[0].to_dict()
    assert table.pop("area_code") == "E07000011"
    assert table.pop("period") == "2019/20"
    assert table == {
        "depression_register": 8.0,
        "depression_list": 80.0,
        "severe_mental_illness_register": 1.0,
        "severe_mental_illness_list": 10.0,
        "dementia_register": 2.0,
        "dementia_list": 20.0,
    }


CLAIM = "claimant_count_sum_of_12_months"
GOOD: list[Row] = [("E01000001", "2019-01-01", CLAIM, 60.0)]


@pytest.mark.parametrize(
    ("rows", "status", "message"),
    [
        ([*GOOD, ("E1", "2019-01-01", CLAIM, 5.0)], None, "row 2, column 'area_code', value 'E1'"),
        ([*GOOD, *GOOD], None, r"row 2, column 'area_code \+ period \+ indicator'.*twice"),
        ([*GOOD, ("E01000002", "2019-01-01", CLAIM, -5.0)], None, "row 2, column 'value'.*-5"),
        ([*GOOD, ("E01000002", "2019-01-01", CLAIM, None)], None, "row 2, .*without a reason"),
        ([("E01000001", "2019-01-01", "population", 9.0)], None, f"'indicator', value '{CLAIM}'"),
        (GOOD, ["estimated"], "row 1, column 'status', value 'estimated'"),
    ],
)
def test_broken_rows_are_named(
    tmp_path: Path, rows: list[Row], status: list[object] | None, message: str
) -> None:
    write_rows(tmp_path, CLAIMANTS, rows, **({"status": status} if status else {}))
    with pytest.raises(SourceError, match=message) as caught:
        read_source("claimant_count", tmp_path)
    assert CLAIMANTS in str(caught.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"furlough_ltla_jul2020\.parquet"):
        read_source("furlough", tmp_path)
