"""Read a sheet through, find everything that is wrong at once, and account for every row.

Every row below the headings is used, set aside, a total or blank, and every cell of the
columns with figures goes where its row goes (`Account`). A row with any fault is set aside
whole, so that nothing half-read is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import SpreadsheetError
from data.own.cells_check import FigureColumn, check_figures, pick_columns
from data.own.findings import Ledger
from data.own.guessing import list_headings
from data.own.places import READINGS as PLACE_READINGS
from data.own.places import Places, read_places
from data.own.points import read_points, read_postcodes
from data.own.rows_check import find_overlaps, find_twins
from data.own.shapes import (
    AREA_KINDS,
    ERROR,
    LAYOUTS,
    NOTE,
    POINT_KINDS,
    WARNING,
    Account,
    Checked,
    Mapping,
    OwnSheet,
)
from data.own.times import CURE as TIME_CURE
from data.own.times import READINGS as TIME_READINGS
from data.own.times import Times, read_times, read_when
from data.own.totals import compare_totals

_MOST_MERGED, _MOST_FORMULAS = 1_000, 10_000


@dataclass(frozen=True)
class Body:
    """The rows below the headings, what is in them, and in which state they are.

    `blank`, `total`: for each row. `period`: keys, "" where the columns say them.
    """

    cells: pd.DataFrame
    headings: tuple[str, ...]
    blank: npt.NDArray[np.bool_]
    places: Places
    total: npt.NDArray[np.bool_]
    times: Times
    columns: tuple[FigureColumn, ...]


def check_sheet(sheet: OwnSheet, mapping: Mapping, council: str) -> Checked:
    """Read a sheet as a mapping says.

    Args:
        sheet: of `open_file`.
        mapping: of `guess_mapping`, changed or not.
        council: code of the district, county, region or country whose figures they are.

    Raises:
        SpreadsheetError: the mapping does not fit the sheet, or no area can be told.
        TableError: the project's own tables cannot be read.
    """
    _check_mapping(sheet, mapping)
    body = _read_body(sheet, mapping, council)
    ledger = Ledger(body.cells, body.headings)
    _note_areas(ledger, body, mapping)
    _note_times(ledger, body, mapping)
    _note_sheet(ledger, sheet, body, mapping)
    figures = check_figures(ledger, body.cells, body.columns, mapping, body.blank | body.total)
    open_rows = ~(ledger.bad | body.blank | body.total)
    if mapping.layout != "events" and mapping.area_kind not in POINT_KINDS:
        find_twins(ledger, body, mapping, open_rows)
    open_rows = ~(ledger.bad | body.blank | body.total)
    find_overlaps(ledger, body, figures, open_rows)
    used = ~(ledger.bad | body.blank | body.total)
    rows = _make_rows(body, figures, used, mapping)
    compare_totals(ledger, body, figures, used, mapping, council)
    measures = tuple(dict.fromkeys(rows["measure"]))
    return Checked(
        mapping, council, rows, ledger.list_findings(), ledger.make_set_aside(),
        _account(body, figures, used, ledger.bad), measures, (), body.headings,
    )  # fmt: skip


def _check_mapping(sheet: OwnSheet, mapping: Mapping) -> None:
    """Refuse what cannot be: columns that are not there, words that are not known.

    Raises:
        SpreadsheetError: with what to choose.
    """
    width = len(sheet.cells.columns)
    used = [
        mapping.area_column,
        mapping.period_column,
        mapping.measure_column,
        mapping.council_column,
        mapping.x_column,
        mapping.y_column,
        mapping.numerator_column,
        mapping.denominator_column,
        *mapping.value_columns,
    ]
    if any(not -1 <= place < width for place in used):
        raise SpreadsheetError("The choice of columns does not fit the sheet. Choose them again.")
    if mapping.area_kind not in AREA_KINDS or mapping.layout not in LAYOUTS:
        raise SpreadsheetError("Choose what the areas are and how the figures are laid out.")
    is_point = mapping.area_kind == "point"
    if mapping.area_column < 0 and not is_point:
        raise SpreadsheetError(
            "No column says which area a row is about. Choose the column of ward codes, ward "
            "names, LSOA codes, postcodes or coordinates."
        )
    if is_point and (mapping.x_column < 0 or mapping.y_column < 0):
        raise SpreadsheetError("Choose the two columns that hold the coordinates.")
    if mapping.header_row >= len(sheet.cells):
        raise SpreadsheetError("There are no rows below the headings.")
    if (mapping.numerator_column < 0) != (mapping.denominator_column < 0):
        raise SpreadsheetError("Choose both the count and what it is out of, or neither.")
    counted = mapping.numerator_column >= 0
    if mapping.layout != "events" and not mapping.value_columns and not counted:
        raise SpreadsheetError("No column holds figures. Choose at least one.")
    if mapping.period_column < 0 and mapping.layout != "wide_periods":
        when = read_when(mapping.period)
        if when.fault:
            raise SpreadsheetError(f"The period {mapping.period[:40]!r} {when.fault}: {TIME_CURE}.")


def _read_body(sheet: OwnSheet, mapping: Mapping, council: str) -> Body:
    cells = sheet.cells.loc[mapping.header_row + 1 :]
    if mapping.unit_row:
        cells = cells.drop(index=mapping.unit_row, errors="ignore")
    headings = list_headings(sheet, mapping.header_row)
    blank = np.ones(len(cells), dtype=bool)
    for place in cells.columns:
        blank &= (cells[place].str.strip() == "").to_numpy(dtype=bool)
    places = _read_areas(cells, mapping, council)
    # A formula whose result is not stored looks empty and is not.
    blank &= ~cells.index.isin([row for row, _ in sheet.no_result])
    total = (places.total != "") & ~blank
    columns, faults = pick_columns(mapping, headings)
    if faults and not columns:
        raise SpreadsheetError(f"No heading of the chosen columns is a period; {TIME_CURE}.")
    return Body(cells, headings, blank, places, total, _read_periods(cells, mapping), columns)


def _read_areas(cells: pd.DataFrame, mapping: Mapping, council: str) -> Places:
    if mapping.area_kind == "point":
        return read_points(cells[mapping.x_column], cells[mapping.y_column], mapping.grid, council)
    texts = cells[mapping.area_column]
    if mapping.area_kind == "postcode":
        return read_postcodes(texts, council)
    beside = cells[mapping.council_column] if mapping.council_column >= 0 else None
    return read_places(texts, mapping.area_kind, council, beside)


def _read_periods(cells: pd.DataFrame, mapping: Mapping) -> Times:
    if mapping.period_column >= 0 and mapping.layout != "wide_periods":
        return read_times(cells[mapping.period_column], mapping.grain)
    key = "" if mapping.layout == "wide_periods" else read_when(mapping.period).key
    empty = np.full(len(cells), "", dtype=object)
    return Times(np.full(len(cells), key, dtype=object), empty, empty, empty)


def _note_areas(ledger: Ledger, body: Body, mapping: Mapping) -> None:
    place = mapping.area_column if mapping.area_column >= 0 else mapping.x_column
    open_rows = ~(body.blank | body.total)
    faults = np.where(open_rows, body.places.fault, "")
    ledger.add_faults(place, faults, body.places.cure)
    for key, words in PLACE_READINGS.items():
        ledger.add_reading(place, (body.places.reading == key) & open_rows, words)
    ended = (body.places.reading == "ended") & open_rows
    if ended.any() and (open_rows & ~ended & (body.places.code != "")).any():
        earlier = len(set(body.places.code[ended]))
        reason = f"Wards of 2025 and {earlier:,} wards of earlier years are mixed"
        ledger.add(0, body.headings[place], "", reason, "check that no place is counted twice",
                   WARNING)  # fmt: skip


def _note_times(ledger: Ledger, body: Body, mapping: Mapping) -> None:
    if mapping.layout == "wide_periods":
        columns, faults = pick_columns(mapping, body.headings)
        for place, when in faults:
            ledger.add(mapping.header_row, body.headings[place], body.headings[place],
                       f"{when.fault}: the column is not read", when.cure, WARNING)  # fmt: skip
        keys = [column.period for column in columns]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice and mapping.measure_column < 0:
            raise SpreadsheetError(
                f"Several chosen columns are of the same period ({twice[0]}). Choose one of them."
            )
    elif mapping.period_column >= 0:
        open_rows = ~(body.blank | body.total)
        ledger.add_faults(mapping.period_column, np.where(open_rows, body.times.fault, ""),
                          body.times.cure)  # fmt: skip
        for key, words in TIME_READINGS.items():
            ledger.add_reading(
                mapping.period_column, (body.times.reading == key) & open_rows, words
            )


def _note_sheet(ledger: Ledger, sheet: OwnSheet, body: Body, mapping: Mapping) -> None:
    """Merged cells, formulas without result, columns that are not read.

    Raises:
        SpreadsheetError: so many cells are merged or not computed that nothing can be read.
    """
    numbers = body.cells.index.to_numpy()
    merged = [cells for cells in sheet.merged if cells[1] > mapping.header_row]
    if len(merged) > _MOST_MERGED:
        raise SpreadsheetError("The sheet has merged cells all over. Unmerge them, try again.")
    if len(sheet.no_result) > _MOST_FORMULAS:
        raise SpreadsheetError(
            "The results of the formulas are not stored in the file. Open it in a spreadsheet "
            "program, save it again and try once more."
        )
    for first, last, left, _ in merged:
        rows = (numbers >= first) & (numbers <= last) & ~body.blank & ~body.total
        ledger.add_rows(rows, body.headings[min(left, len(body.headings) - 1)],
                        "stands in merged cells, so that a figure may belong to several rows",
                        "unmerge the cells and fill in every row")  # fmt: skip
    used = {column.place for column in body.columns} | {
        mapping.area_column, mapping.period_column, mapping.numerator_column,
        mapping.denominator_column, mapping.measure_column, mapping.council_column,
        mapping.x_column, mapping.y_column,
    }  # fmt: skip
    # Totals are not read, so one whose sum is not stored sets nothing aside.
    read = set(numbers[~body.total])
    for row, place in sheet.no_result:
        if place in used and row in read:
            ledger.add(
                row,
                body.headings[place],
                "",
                "is a formula whose result is not stored",
                "open the file in a spreadsheet program and save it again",
                ERROR,
            )
    idle = [body.headings[place] for place in body.cells.columns if place not in used]
    if idle:
        shown = ", ".join(f"“{name[:40]}”" for name in idle[:10])
        more = f" and {len(idle) - 10:,} more" if len(idle) > 10 else ""
        ledger.add(0, "", "", f"Columns that are not read: {shown}{more}",
                   "choose them if they matter", NOTE)  # fmt: skip
    if mapping.header_row > 1:
        ledger.add(0, "", "", f"What stands above the headings in row {mapping.header_row:,} is "
                   "not read", "change the row of the headings if it is another", NOTE)  # fmt: skip


def _make_rows(
    body: Body, figures: pd.DataFrame, used: npt.NDArray[np.bool_], mapping: Mapping
) -> pd.DataFrame:
    """The usable figures, each with the areas of the result it goes to."""
    which = figures["position"].to_numpy()
    kept = figures[used[which]]
    which = kept["position"].to_numpy()
    rows = kept.assign(
        row=body.cells.index.to_numpy()[which],
        source_code=body.places.code[which],
        period=np.where(kept["period"] != "", kept["period"], body.times.key[which]),
    ).drop(columns="position")
    pairs = body.places.pairs.rename(columns={"source": "source_code", "target": "area_code"})
    words = dict.fromkeys(["source_code", "area_code", "fit"], object)
    pairs = pairs.astype({**words, "share": float, "fit_quality": float})  # none may be there
    rows = rows.astype({"source_code": object}).merge(pairs, on="source_code", how="left")
    if mapping.area_kind in POINT_KINDS:
        rows = _forget_points(rows)
    order = ["row", "column", "measure", "area_code", "source_code", "share", "period", "value",
             "numerator", "denominator", "flag", "fit", "fit_quality"]  # fmt: skip
    return rows[order].reset_index(drop=True)


def _forget_points(rows: pd.DataFrame) -> pd.DataFrame:
    """Points of a ward and period put together: no row of the file can be told any more."""
    keys = ["column", "measure", "area_code", "period", "flag"]
    values = {"value": "sum", "numerator": "sum", "denominator": "sum"}
    added = rows.groupby(keys, as_index=False, observed=True).agg(
        {**values, "share": "first", "fit": "first", "fit_quality": "first"}
    )
    counted = rows.groupby(keys, as_index=False, observed=True)[list(values)].count()
    for name in values:
        added[name] = added[name].where(counted[name] > 0)
    added["denominator"] = added["denominator"].where(
        counted["denominator"] > 0, counted["value"].where(counted["value"] > 0)
    )
    return added.assign(row=0, source_code="")


def _account(
    body: Body, figures: pd.DataFrame, used: npt.NDArray[np.bool_], bad: npt.NDArray[np.bool_]
) -> Account:
    """Where every row and every cell of figures went."""
    which = figures["position"].to_numpy()
    real = figures["column"].to_numpy() >= 0  # events have no cells of figures
    cells = figures["cells"].to_numpy()
    bad = bad & ~body.blank & ~body.total
    suppressed = (figures["suppressed"].to_numpy() * used[which])[real].sum()
    missing = (figures["missing"].to_numpy() * used[which])[real].sum()
    in_used = (cells * used[which])[real].sum()
    return Account(
        read=len(body.cells),
        used=int(used.sum()),
        set_aside=int(bad.sum()),
        totals=int(body.total.sum()),
        blank=int(body.blank.sum()),
        cells_read=int(cells[real].sum()),
        cells_used=int(in_used - suppressed - missing),
        cells_suppressed=int(suppressed),
        cells_missing=int(missing),
        cells_set_aside=int((cells * bad[which])[real].sum()),
        cells_totals=int((cells * body.total[which])[real].sum()),
        cells_blank_rows=int((cells * body.blank[which])[real].sum()),
    )
