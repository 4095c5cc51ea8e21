"""What the readers share: open a raw file, check it, and turn long tables wide."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import DataError, SourceError
from data.periods import read_period

AREA_CODE = r"[EWNSKJ]\d{8}"
LSOA_CODE = r"E01\d{6}"
MSOA_CODE = r"E02\d{6}"
CENSUS_DAY = "2021-03-21"


def read_raw(folder: Path, file: str, columns: Sequence[str]) -> pd.DataFrame:
    """Open a raw Parquet or CSV file and return the named columns.

    Raises:
        SourceError: the file is missing or unreadable, or a column is not in it.
    """
    path = folder / file
    if not path.exists():
        raise SourceError(file, f"not found in {folder}", cure="Is --source the raw data folder?")
    check_checksum(path, file)
    try:
        if path.suffix == ".csv":
            frame = pd.read_csv(path)
            present = list(frame.columns)
        else:
            present = pq.read_schema(path).names
            frame = None
    except (
        pa.ArrowInvalid,
        pd.errors.ParserError,
        pd.errors.EmptyDataError,
        UnicodeDecodeError,
        OSError,
    ) as error:
        raise SourceError(file, f"cannot be read ({error})", cure="Fetch it again.") from error
    for column in columns:
        if column not in present:
            raise SourceError(
                file, "the column is missing", column=column, cure=f"Found: {', '.join(present)}."
            )
    if frame is None:
        frame = pd.read_parquet(path, columns=list(columns))
    return frame[list(columns)]


def check_checksum(path: Path, file: str) -> None:
    """Compare a file with the checksum that was written beside it when it was fetched, if any.

    Raises:
        SourceError: the file is not the one that was fetched.
    """
    note = path.with_name(f"{path.name}.sha256")
    if not note.exists():
        return
    expected = note.read_text(encoding="utf-8").split(maxsplit=1)[:1]
    if expected != [hashlib.sha256(path.read_bytes()).hexdigest()]:
        raise SourceError(
            file,
            f"is not the file that was fetched: its checksum is not that of {note.name}",
            cure="Fetch it again, or remove the checksum if the change was meant.",
        )


def _first(wrong: pd.Series) -> int:
    return int(np.flatnonzero(wrong.to_numpy(dtype=bool, na_value=True))[0])


def _cell(frame: pd.DataFrame, row: int, column: str) -> object:
    """The value of a cell as plain Python, so that messages show 179 and not np.int64(179)."""
    value = frame[column].iloc[row]
    return value.item() if isinstance(value, np.generic) else value


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
            value=_cell(frame, row, column),
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
                value=_cell(frame, row, column),
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
            value=_cell(frame, row, column),
            cure=f"Known: {', '.join(allowed)}.",
        )


def check_total(frame: pd.DataFrame, file: str, total: str, parts: Sequence[str]) -> None:
    """Stop at the first row in which the parts do not add up to the total; blanks pass.

    Raises:
        SourceError: with the row, the total column and its value.
    """
    added = frame[list(parts)].astype("float64").sum(axis=1, skipna=False)
    wrong = (added - frame[total].astype("float64")).abs() > 0.5
    if wrong.any():
        row = _first(wrong)
        raise SourceError(
            file,
            f"the parts add up to {added.iloc[row]:g} instead",
            row=row + 1,
            column=total,
            value=_cell(frame, row, total),
            cure="Fetch the file again.",
        )


def check_part(frame: pd.DataFrame, file: str, part: str, whole: str) -> None:
    """Stop at the first row in which a part is larger than the whole it belongs to.

    Raises:
        SourceError: with the row, the part's column and its value.
    """
    wrong = frame[part].astype("float64") > frame[whole].astype("float64")
    if wrong.any():
        row = _first(wrong)
        raise SourceError(
            file,
            f"larger than the whole, {_cell(frame, row, whole)} in {whole!r}",
            row=row + 1,
            column=part,
            value=_cell(frame, row, part),
            cure="Fetch the file again.",
        )


def read_measures(
    folder: Path,
    file: str,
    *,
    area: str,
    measures: Mapping[str, str],
    period: str,
    pattern: str = AREA_CODE,
    low: float = 0,
    high: float = np.inf,
    total: str = "",
) -> pd.DataFrame:
    """Read a wide table (one row per area), renaming each raw column to its measure.

    Figures must lie between `low` and `high`. With `total`, a raw column, the other
    columns must add up to it.

    Returns:
        columns area_code, period and the measures.

    Raises:
        SourceError: see the checks of this module.
    """
    frame = read_raw(folder, file, [area, *measures])
    check_codes(frame, file, area, pattern)
    check_unique(frame, file, [area])
    check_range(frame, file, list(measures), low, high)
    if total:
        check_total(frame, file, total, [column for column in measures if column != total])
    return as_native(frame.rename(columns=dict(measures)), area, period)


def add_measures(table: pd.DataFrame, other: pd.DataFrame, file: str) -> pd.DataFrame:
    """Join the measures of another table of the same areas and period.

    Raises:
        SourceError: `other`, read from `file`, lacks an area of the first table.
    """
    absent = ~table["area_code"].isin(other["area_code"])
    if absent.any():
        code = table["area_code"].iloc[_first(absent)]
        raise SourceError(file, "the area has no row", value=code, cure="Fetch the file again.")
    return table.merge(other.drop(columns="period"), on="area_code", validate="one_to_one")


def pivot_counts(
    frame: pd.DataFrame,
    file: str,
    *,
    area: str,
    category: str,
    count: str,
    measures: Mapping[str, str],
) -> pd.DataFrame:
    """Turn a long table of counts into one row per area and one column per measure.

    Raises:
        SourceError: an unknown category, a duplicate, an impossible count, or an area
            without one of the categories.
    """
    check_choices(frame, file, category, list(measures))
    check_unique(frame, file, [area, category])
    check_range(frame, file, [count], 0)
    rows = frame.groupby(area).size()
    if (rows < len(measures)).any():
        raise SourceError(
            file,
            "the area lacks a category",
            column=category,
            value=(rows < len(measures)).idxmax(),
            cure=f"Every area has: {', '.join(measures)}.",
        )
    wide = frame.pivot(index=area, columns=category, values=count).rename(columns=dict(measures))
    return wide[list(measures.values())].astype("float64")


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
    pattern: str = AREA_CODE,
) -> pd.DataFrame:
    """Read a long table of counts (one row per area and category) as one column per category.

    `measures` maps every category of the raw file to its measure name. The total column
    must be the same in all rows of an area, and the sum of the categories.

    Returns:
        columns area_code, period, the measures and `total_name`.

    Raises:
        SourceError: see the checks of this module.
    """
    frame = read_raw(folder, file, [area, category, count, total])
    check_codes(frame, file, area, pattern)
    check_range(frame, file, [total], 0)
    wide = pivot_counts(frame, file, area=area, category=category, count=count, measures=measures)
    totals = frame.groupby(area)[total]
    if (totals.nunique() > 1).any():
        code = (totals.nunique() > 1).idxmax()
        raise SourceError(file, "differs between rows of one area", column=total, value=str(code))
    wide[total_name] = totals.first().astype("float64")
    added = wide[list(measures.values())].sum(axis=1, skipna=False)
    if ((added - wide[total_name]).abs() > 0.5).any():
        code = ((added - wide[total_name]).abs() > 0.5).idxmax()
        raise SourceError(
            file,
            f"the categories of {code} add up to {added[code]:g}",
            column=total,
            value=float(wide[total_name][code]),
            cure="Fetch the file again.",
        )
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
