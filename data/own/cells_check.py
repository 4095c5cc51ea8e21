"""The cells of figures: which columns they stand in, what they say, and what cannot be."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.aggregation import NOT_AVAILABLE, SUPPRESSED
from data.own.findings import Ledger
from data.own.numbers import READINGS, Numbers, read_numbers
from data.own.shapes import WARNING, Mapping
from data.own.times import When, read_when

NEVER_NEGATIVE = ("count", "percentage", "rate", "money")
EVENTS = "Number of rows"
#: How far a rate may be from its counts before it is pointed out: rounding.
_SLACK = 0.6


class FigureColumn(NamedTuple):
    """A column of figures: its place (-1 for the rows themselves), measure, period or ""."""

    place: int
    measure: str
    period: str


def pick_columns(
    mapping: Mapping, headings: tuple[str, ...]
) -> tuple[tuple[FigureColumn, ...], list[tuple[int, When]]]:
    """The columns of figures, and those whose heading is no period though it must be."""
    if mapping.layout == "events":
        return (FigureColumn(-1, EVENTS, ""),), []
    if mapping.layout != "wide_periods":
        places = mapping.value_columns or (mapping.numerator_column,)
        return tuple(FigureColumn(place, headings[place], "") for place in places), []
    columns, faults = [], []
    for place in mapping.value_columns:
        when = read_when(headings[place], mapping.grain)
        if when.key:
            columns.append(FigureColumn(place, "", when.key))
        else:
            faults.append((place, when))
    return tuple(columns), faults


def check_figures(
    ledger: Ledger,
    cells: pd.DataFrame,
    columns: tuple[FigureColumn, ...],
    mapping: Mapping,
    left_out: npt.NDArray[np.bool_],
) -> pd.DataFrame:
    """Read every column of figures.

    Args:
        ledger: takes what is found.
        cells: the rows below the headings.
        columns: of `pick_columns`.
        mapping: how the sheet is read.
        left_out: blank rows and rows of totals, which are not complained about.

    Returns:
        one row per row and column: position (of the row), column, measure, period, value,
        numerator, denominator, flag, cells (of the file behind it), suppressed and missing
        (how many of them).
    """
    measures = _read_measures(ledger, cells, mapping, left_out)
    parts = []
    for column in columns:
        part = _read_column(ledger, cells, column, mapping, left_out)
        if measures is not None:
            part["measure"] = measures
        elif not column.measure:
            part["measure"] = "Figures"
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _read_measures(
    ledger: Ledger, cells: pd.DataFrame, mapping: Mapping, left_out: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_] | None:
    if mapping.measure_column < 0:
        return None
    names = cells[mapping.measure_column].str.strip()
    empty = ((names == "").to_numpy(dtype=bool)) & ~left_out
    faults = np.where(empty, "says no measure", "").astype(object)
    ledger.add_faults(mapping.measure_column, faults,
                      np.full(len(cells), "write what the figure is", dtype=object))  # fmt: skip
    return names.str.slice(0, 120).to_numpy(dtype=object)


def _read_column(
    ledger: Ledger,
    cells: pd.DataFrame,
    column: FigureColumn,
    mapping: Mapping,
    left_out: npt.NDArray[np.bool_],
) -> pd.DataFrame:
    count = len(cells)
    nothing = np.full(count, np.nan)
    part = pd.DataFrame({"position": np.arange(count), "column": column.place,
                         "measure": column.measure, "period": column.period})  # fmt: skip
    if column.place < 0:
        return part.assign(value=1.0, numerator=nothing, denominator=nothing, flag="", cells=0,
                           suppressed=0, missing=0)  # fmt: skip
    counted = mapping.denominator_column >= 0
    read = {}
    if mapping.value_columns:
        read["value"] = _read(ledger, cells, column.place, left_out)
        _check_values(ledger, column.place, read["value"], mapping, left_out)
    if counted:
        for name, place in (("numerator", mapping.numerator_column),
                            ("denominator", mapping.denominator_column)):  # fmt: skip
            read[name] = _read(ledger, cells, place, left_out)
        _check_counts(ledger, read, mapping, left_out)
    flags = np.full(count, "", dtype=object)
    for numbers in read.values():
        flags[numbers.flag == NOT_AVAILABLE] = NOT_AVAILABLE
    for numbers in read.values():
        flags[numbers.flag == SUPPRESSED] = SUPPRESSED
    if counted and "value" in read:
        # A rate beside its counts may be left empty: it is worked out again anyway.
        whole = ~np.isnan(read["numerator"].value) & ~np.isnan(read["denominator"].value)
        flags[whole & (read["value"].flag == NOT_AVAILABLE)] = ""
    values = {name: read[name].value if name in read else nothing
              for name in ("value", "numerator", "denominator")}  # fmt: skip
    return part.assign(
        **values, flag=flags, cells=len(read),
        suppressed=sum((numbers.flag == SUPPRESSED).astype(int) for numbers in read.values()),
        missing=sum((numbers.flag == NOT_AVAILABLE).astype(int) for numbers in read.values()),
    )  # fmt: skip


def _read(
    ledger: Ledger, cells: pd.DataFrame, place: int, left_out: npt.NDArray[np.bool_]
) -> Numbers:
    numbers = read_numbers(cells[place])
    ledger.add_faults(place, np.where(left_out, "", numbers.fault), numbers.cure)
    for key, words in READINGS.items():
        ledger.add_reading(place, (numbers.reading == key) & ~left_out, words)
    return numbers


def _fault(wrong: npt.NDArray[np.bool_], words: str) -> npt.NDArray[np.object_]:
    return np.where(wrong, words, "").astype(object)


def _check_values(
    ledger: Ledger, place: int, numbers: Numbers, mapping: Mapping, left_out: npt.NDArray[np.bool_]
) -> None:
    """What a figure of this measure cannot be, and what looks odd."""
    value = np.where(left_out, np.nan, numbers.value)
    cures = np.full(len(value), "check the cell", dtype=object)
    if mapping.measure in NEVER_NEGATIVE:
        ledger.add_faults(
            place, _fault(value < 0, f"is below zero, but a {mapping.measure}"), cures
        )
    heading = ledger.headings[place]
    if mapping.measure == "percentage":
        ledger.add_faults(place, _fault(value > 100, "is over 100 per cent"), cures)
        known = value[~np.isnan(value)]
        if len(known) > 1 and known.max() <= 1 and known.max() > 0:
            ledger.add(0, heading, "", "All percentages are between 0 and 1: are they shares?",
                       "write 12 for 12 per cent, not 0.12", WARNING)  # fmt: skip
    elif (numbers.reading == "percent").any():
        ledger.add(0, heading, "", f"Cells have a percent sign, but the figure is a "
                   f"{mapping.measure}", "choose percentage if it is one", WARNING)  # fmt: skip
    broken = (value != np.rint(value)) & ~np.isnan(value)
    if mapping.measure == "count" and broken.any():
        ledger.add(0, heading, "", f"Counts that are not whole numbers: {int(broken.sum()):,}",
                   "choose another measure if these are no counts", WARNING)  # fmt: skip


def _check_counts(
    ledger: Ledger, read: dict[str, Numbers], mapping: Mapping, left_out: npt.NDArray[np.bool_]
) -> None:
    """Numerators and denominators: what cannot be, and rates that differ from their counts."""
    top = np.where(left_out, np.nan, read["numerator"].value)
    under = np.where(left_out, np.nan, read["denominator"].value)
    cures = np.full(len(top), "check both cells", dtype=object)
    place = mapping.numerator_column
    ledger.add_faults(place, _fault(top < 0, "is below zero, but a count"), cures)
    ledger.add_faults(mapping.denominator_column, _fault(under <= 0, "is not above zero"), cures)
    if mapping.measure == "percentage":
        ledger.add_faults(place, _fault(top > under, "is more than what it is out of"), cures)
    if "value" not in read or mapping.measure != "percentage":
        return
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.abs(read["value"].value - 100 * top / under) > _SLACK
    if off.any():
        first = int(np.flatnonzero(off)[0])
        ledger.add(int(ledger.cells.index[first]), ledger.headings[mapping.value_columns[0]],
                   str(ledger.cells[mapping.value_columns[0]].iloc[first]),
                   f"Percentages that differ from their counts: {int(off.sum()):,}",
                   "percentages are worked out again from the counts", WARNING)  # fmt: skip
