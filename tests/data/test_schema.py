"""Every rule of a built table, broken once: the message names table, row, column and value."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import tiny_world as tiny

from data.errors import TableError
from data.schema import AREAS, LSOAS, check_table, values_schema

INDICATOR = tiny.make_indicator()


def values(**changes: object) -> pd.DataFrame:
    """Three sound rows; a change replaces the cell of the second."""
    day = pd.Timestamp("2021-01-01").as_unit("s")
    row = {
        "indicator_id": INDICATOR.id,
        "area_code": "E05000001",
        "period": "2021",
        "period_start": day,
        "period_end": day,
        "value": 10.0,
        "numerator": 1.0,
        "denominator": 10.0,
        "lower_ci": 8.0,
        "upper_ci": 12.0,
        "flag": "",
        "fit": "best_fit",
        "fit_quality": 0.5,
    }
    rows = [row, row | {"area_code": "E05000002"} | changes, row | {"area_code": "E05000003"}]
    return pd.DataFrame(rows)


def check_values(table: pd.DataFrame, measure: str = "percentage") -> pd.DataFrame:
    return check_table(table, values_schema(replace(INDICATOR, measure=measure)), INDICATOR.id)


def test_a_sound_table_passes():
    table = values()
    assert check_values(table).equals(table)
    gone = {"value": np.nan, "numerator": np.nan, "lower_ci": np.nan, "upper_ci": np.nan}
    for flag in ("suppressed", "not_available", "unreliable"):
        check_values(values(flag=flag, **gone))
    for flag in ("estimated", "unreliable"):
        check_values(values(flag=flag))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("indicator_id", "other_percent"),
        ("area_code", "X05000002"),
        ("area_code", "E0500000"),
        ("value", 100.5),
        ("value", -0.1),
        ("numerator", -1.0),
        ("denominator", -1.0),
        ("flag", "lost"),
        ("fit", "guessed"),
        ("fit_quality", 1.01),
        ("fit_quality", -0.01),
    ],
)
def test_a_wrong_cell_is_named(column, value):
    said = rf"table tested_percent: row 2, column '{column}', value '?{value}'?: breaks the rule"
    with pytest.raises(TableError, match=said):
        check_values(values(**{column: value}))


@pytest.mark.parametrize(
    ("measure", "value"),
    [("count", -1.0), ("rate", -0.5), ("money", 0.0), ("score", 1e9), ("mean", -1e9)],
)
def test_each_measure_has_its_limits(measure, value):
    limits = {"lower_ci": np.nan, "upper_ci": np.nan}
    with pytest.raises(TableError, match=r"row 2, column 'value'"):
        check_values(values(value=value, **limits), measure)
    check_values(values(value=120.0, **limits), measure)


@pytest.mark.parametrize(
    "changes",
    [
        {"value": np.nan},
        {"value": np.nan, "flag": "estimated"},
        {"flag": "suppressed"},
        {"flag": "not_available"},
    ],
)
def test_a_missing_value_has_a_reason_and_a_reason_has_no_value(changes):
    with pytest.raises(TableError, match="row 2: breaks the rule a missing value has no flag"):
        check_values(values(**changes))


@pytest.mark.parametrize("changes", [{"lower_ci": 10.3}, {"upper_ci": 9.7}])
def test_a_value_lies_inside_its_limits(changes):
    with pytest.raises(TableError, match="row 2: breaks the rule a value lies outside its limits"):
        check_values(values(**changes))


def test_an_area_has_one_value_a_period():
    with pytest.raises(TableError, match=r"tested_percent: .*E05000001"):
        check_values(values(area_code="E05000001"))


@pytest.mark.parametrize("column", list(values().columns))
def test_a_missing_column_is_named(column):
    with pytest.raises(TableError, match=f"'{column}'"):
        check_values(values().drop(columns=column))


def test_a_column_too_many_and_a_wrong_kind_are_named():
    with pytest.raises(TableError, match="'colour'"):
        check_values(values().assign(colour="red"))
    with pytest.raises(TableError, match="'value'"):
        check_values(values().astype({"value": str}))
    with pytest.raises(TableError, match="'flag'"):
        check_values(values(flag=None))


def areas(**changes: object) -> pd.DataFrame:
    row = {
        "area_code": "E05000001",
        "area_name": "North",
        "area_type": "ward",
        "district_code": "E07000001",
        "county_code": None,
        "region_code": "E12000001",
        "area_hectares": 12.5,
        "population": 100.0,
        "lsoa_count": 1,
    }
    return pd.DataFrame([row, row | {"area_code": "E05000002", "population": np.nan} | changes])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("area_code", "E0500001"),
        ("area_code", "E05000001"),
        ("area_name", "N"),
        ("area_type", "parish"),
        ("area_hectares", 0.0),
        ("population", 0.0),
        ("lsoa_count", -1),
    ],
)
def test_a_wrong_area_is_named(column, value):
    check_table(areas(), AREAS, "areas")
    with pytest.raises(
        TableError, match=rf"table areas: row [12], column '{column}', value '?{value}"
    ):
        check_table(areas(**{column: value}), AREAS, "areas")


def lsoas(**changes: object) -> pd.DataFrame:
    row = {
        "lsoa_code": "E01000001",
        "lsoa_name": "Place 001A",
        "msoa_code": "E02000001",
        "ward_code": "E05000001",
        "district_code": "E07000001",
        "county_code": None,
        "region_code": "E12000001",
        "population": 100.0,
    }
    return pd.DataFrame([row, row | {"lsoa_code": "E01000002"} | changes])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("lsoa_code", "E02000001"),
        ("msoa_code", "E01000001"),
        ("ward_code", "E07000001"),
        ("population", 0.0),
    ],
)
def test_a_wrong_lsoa_is_named(column, value):
    check_table(lsoas(), LSOAS, "lsoas")
    with pytest.raises(
        TableError, match=rf"table lsoas: row 2, column '{column}', value '?{value}"
    ):
        check_table(lsoas(**{column: value}), LSOAS, "lsoas")
