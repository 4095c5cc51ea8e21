"""What a built table must look like; a table that does not is never written."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data.aggregation import ESTIMATED, NOT_AVAILABLE, SUPPRESSED, UNRELIABLE
from data.catalogue import Indicator
from data.errors import TableError

FLAGS = ("", SUPPRESSED, NOT_AVAILABLE, ESTIMATED, UNRELIABLE)
FITS = ("native", "best_fit", "apportioned", "modelled", "aggregated")
AREA_CODE = r"E\d{8}"

AREAS = pa.DataFrameSchema(
    {
        "area_code": pa.Column(str, pa.Check.str_matches(AREA_CODE), unique=True),
        "area_name": pa.Column(str, pa.Check.str_length(min_value=2)),
        "area_type": pa.Column(
            str, pa.Check.isin(["ward", "district", "county", "region", "country"])
        ),
        "district_code": pa.Column(str, nullable=True),
        "county_code": pa.Column(str, nullable=True),
        "region_code": pa.Column(str, nullable=True),
        "area_hectares": pa.Column(float, pa.Check.gt(0)),
        "population": pa.Column(float, pa.Check.gt(0), nullable=True),
        "lsoa_count": pa.Column(int, pa.Check.ge(0)),
    },
    strict=True,
)

LSOAS = pa.DataFrameSchema(
    {
        "lsoa_code": pa.Column(str, pa.Check.str_matches(r"E01\d{6}"), unique=True),
        "lsoa_name": pa.Column(str),
        "msoa_code": pa.Column(str, pa.Check.str_matches(r"E02\d{6}")),
        "ward_code": pa.Column(str, pa.Check.str_matches(r"E05\d{6}")),
        "district_code": pa.Column(str),
        "county_code": pa.Column(str, nullable=True),
        "region_code": pa.Column(str),
        "population": pa.Column(float, pa.Check.gt(0)),
    },
    strict=True,
)


def values_schema(indicator: Indicator) -> pa.DataFrameSchema:
    """The schema of one indicator's values, with the limits its measure allows."""
    possible = {
        "percentage": pa.Check.in_range(0, 100),
        "count": pa.Check.ge(0),
        "rate": pa.Check.ge(0),
        "money": pa.Check.gt(0),
    }.get(indicator.measure, pa.Check(lambda values: values.abs() < 1e9))
    amount = pa.Column(float, pa.Check.ge(0), nullable=True)
    return pa.DataFrameSchema(
        {
            "indicator_id": pa.Column(str, pa.Check.eq(indicator.id)),
            "area_code": pa.Column(str, pa.Check.str_matches(AREA_CODE)),
            "period": pa.Column(str),
            "period_start": pa.Column("datetime64[s]"),
            "period_end": pa.Column("datetime64[s]"),
            "value": pa.Column(float, possible, nullable=True),
            "numerator": amount,
            "denominator": amount,
            "lower_ci": pa.Column(float, nullable=True),
            "upper_ci": pa.Column(float, nullable=True),
            "flag": pa.Column(str, pa.Check.isin(FLAGS)),
            "fit": pa.Column(str, pa.Check.isin(FITS)),
            "fit_quality": pa.Column(float, pa.Check.in_range(0, 1)),
        },
        checks=[
            pa.Check(_missing_has_a_reason, error="a missing value has no flag, or the reverse"),
            pa.Check(_limits_hold_the_value, error="a value lies outside its limits"),
        ],
        unique=["area_code", "period"],
        strict=True,
    )


def _missing_has_a_reason(table: pd.DataFrame) -> pd.Series:
    """Withheld and absent figures have no value; an unreliable one may have been left out."""
    gone = table["flag"].isin([SUPPRESSED, NOT_AVAILABLE])
    empty = table["value"].isna()
    return (gone == empty) | (empty & (table["flag"] == UNRELIABLE))


def _limits_hold_the_value(table: pd.DataFrame) -> pd.Series:
    # Values and limits are rounded apart; shared-out counts have limits of the nearest tenth.
    slack = 0.02 * table["value"].abs() + 0.06
    below = table["lower_ci"].isna() | (table["lower_ci"] <= table["value"] + slack)
    above = table["upper_ci"].isna() | (table["upper_ci"] >= table["value"] - slack)
    return below & above


def check_table(table: pd.DataFrame, schema: pa.DataFrameSchema, name: str) -> pd.DataFrame:
    """Return the table if it fits its schema.

    Raises:
        TableError: with the first fault: table, row, column, value and the rule.
    """
    try:
        return schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        raise TableError(f"table {name}: {_first_fault(table, errors.failure_cases)}") from errors


def _first_fault(table: pd.DataFrame, cases: pd.DataFrame) -> str:
    """Say what is wrong first; an absent column or one cell says more than a whole row."""
    presence = cases["check"].isin(["column_in_dataframe", "column_in_schema"])
    order = np.where(presence, 0, np.where(cases["schema_context"] == "Column", 1, 2))
    first = cases.iloc[int(order.argmin())]
    value = first["failure_case"]
    value = value.item() if isinstance(value, np.generic) else value
    row = "" if pd.isna(first["index"]) else f"row {int(first['index']) + 1}, "
    where = (f"column {value!r}", f"{row}column {first['column']!r}, value {value!r}", row[:-2])
    content = f" {table.iloc[int(first['index'])].to_dict()}" if row else ""
    rule = f"breaks the rule {first['check']} ({len(cases)} faults in all)."
    return f"{where[order.min()]}: {rule}{content}"
