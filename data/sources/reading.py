"""What the readers share: open a raw file, check it, and turn long tables wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import DataError, SourceError
from data.periods import read_period

AREA_CODE = r"[EWNSKJ]\d{8}"


def read_raw(folder: Path, file: str, columns: Sequence[str]) -> pd.DataFrame:
    """Open a raw Parquet or CSV file and return the named columns.

    Raises:
        SourceError: the file is missing or unreadable, or a column is not in it.
    """
    path = folder / file
    if not path.exists():
        raise SourceError(file, f"not found in {folder}", cure="Is --source the raw data folder?")
    try:
        if path.suffix == ".csv":
            frame = pd.read_csv(path)
            present = list(frame.columns)
        else:
            present = pq.read_schema(path).names
            frame = None
    except (pa.ArrowInvalid, pd.errors.ParserError, UnicodeDecodeError, OSError) as error:
        raise SourceError(file, f"cannot be read ({error})", cure="Fetch it again.") from error
    for column in columns:
        if column not in present:
            raise SourceError(
                file, "the column is missing", column=column, cure=f"Found: {', '.join(present)}."
            )
    if frame is None:
        frame = pd.read_parquet(path, columns=list(columns))
    return frame[list(columns)]


def _first(wrong: pd.Series) -> int:
    return int(np.flatnonzero(wrong.to_numpy(dtype=bool, na_value=True))[0])


def check_codes(frame: pd.DataFrame, file: str, column: str, pattern: str = AREA_CODE) -> None:
    """Stop at the first value of a code column that does not have the form of an ONS code.

    Raises:
        SourceError: with the row, column and value.
    """
    wrong = ~frame[column].astype("string").str.fullmatch(pattern).fillna(False).astype(bool)
    if wrong.any():
        row = _first(wrong)
        raise SourceError(
            file,
            "not an area code",
            row=row + 1,
            column=column,
            value=frame[column].iloc[row],
            cure=f"Codes here have the form {pattern}.",
        )


def check_unique(frame: pd.DataFrame, file: str, key: Sequence[str]) -> None:
    """Stop at the first row whose key occurred before.

    Raises:
        SourceError: with the row, the key columns and their value.
    """
    twice = frame.duplicated(list(key))
    if twice.any():
        row = _first(twice)
        raise SourceError(
            file,
            "the key occurs twice",
            row=row + 1,
            column=" + ".join(key),
            value=" + ".join(str(frame[column].iloc[row]) for column in key),
            cure="Remove the duplicate row.",
        )


def check_range(
    frame: pd.DataFrame, file: str, columns: Sequence[str], low: float, high: float = np.inf
) -> None:
    """Stop at the first figure outside `low`..`high`; blanks pass.

    Raises:
        SourceError: with the row, column and value.
    """
    for column in columns:
        figures = pd.to_numeric(frame[column], errors="coerce").astype("float64")
        unreadable = figures.isna() & frame[column].notna()
        wrong = unreadable | (figures < low) | (figures > high)
        if wrong.any():
            row = _first(wrong)
            raise SourceError(
                file,
                "not a possible figure",
                row=row + 1,
                column=column,
                value=frame[column].iloc[row],
                cure=f"Expected a number from {low:g} to {high:g}, or blank.",
            )


def check_choices(frame: pd.DataFrame, file: str, column: str, allowed: Sequence[str]) -> None:
    """Stop at the first value of a category column that is not expected.

    Raises:
        SourceError: with the row, column and value.
    """
    wrong = ~frame[column].isin(list(allowed))
    if wrong.any():
        row = _first(wrong)
        raise SourceError(
            file,
            "unknown category",
            row=row + 1,
            column=column,
            value=frame[column].iloc[row],
            cure=f"Known: {', '.join(allowed)}.",
        )


def read_long_counts(
    folder: Path,
    file: str,
    *,
    area: str,
    category: str,
    count: str,
    total: str,
    total_name: str,
    measures: Mapping[str, str],
    period: str,
) -> pd.DataFrame:
    """Read a long table of counts (one row per area and category) as one column per category.

    `measures` maps every category of the raw file to its measure name. The total column
    must be the same in all rows of an area.

    Returns:
        columns area_code, period, the measures and `total_name`.

    Raises:
        SourceError: see the checks of this module.
    """
    frame = read_raw(folder, file, [area, category, count, total])
    check_codes(frame, file, area)
    check_choices(frame, file, category, list(measures))
    check_unique(frame, file, [area, category])
    check_range(frame, file, [count, total], 0)
    wide = frame.pivot(index=area, columns=category, values=count).rename(columns=dict(measures))
    wide = wide[list(measures.values())].astype("float64")
    totals = frame.groupby(area)[total]
    if (totals.nunique() > 1).any():
        code = (totals.nunique() > 1).idxmax()
        raise SourceError(file, "differs between rows of one area", column=total, value=code)
    wide[total_name] = totals.first().astype("float64")
    return as_native(wide.reset_index(), area, period)


def as_native(frame: pd.DataFrame, area: str, period: str | None = None) -> pd.DataFrame:
    """Rename the code column to area_code, add the period where one is given, make floats."""
    native = frame.rename(columns={area: "area_code"})
    if period is not None:
        native.insert(1, "period", period)
    measures = [c for c in native.columns if c not in ("area_code", "period")]
    native[measures] = native[measures].astype("float64")
    native["area_code"] = native["area_code"].astype(str)
    native["period"] = native["period"].astype(str)
    return native[["area_code", "period", *measures]]


def check_native_table(table: pd.DataFrame, source_id: str) -> pd.DataFrame:
    """Check what every reader promises and return the table sorted by area and period.

    Raises:
        SourceError: a column has the wrong name or type, the key is not unique, or a
            period cannot be read.
    """
    file = f"data/sources/{source_id}.py"
    if list(table.columns[:2]) != ["area_code", "period"]:
        raise SourceError(file, "must begin with the columns area_code and period")
    check_unique(table, file, ["area_code", "period"])
    for column in table.columns[2:]:
        if table[column].dtype != np.float64:
            raise SourceError(file, "must be float64", column=column, value=table[column].dtype)
        if np.isinf(table[column]).any():
            raise SourceError(file, "holds an infinite figure", column=column)
    for key in table["period"].unique():
        try:
            read_period(key)
        except DataError as error:
            raise SourceError(file, str(error), column="period", value=key) from error
    return table.sort_values(["area_code", "period"], ignore_index=True)
