"""What passes between the steps of own data: sheets, mappings, findings, checked rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

#: What the areas of a file can be, and the words for it.
AREA_KINDS = {
    "ward_code": "ward codes",
    "ward_name": "ward names",
    "lsoa_code": "LSOA codes",
    "district_code": "district codes",
    "postcode": "postcodes",
    "point": "coordinates",
}
#: Kinds whose rows are places inside wards: they are counted into wards.
SMALL_KINDS = ("lsoa_code", "postcode", "point")
#: Kinds whose rows are single places of people or things, never kept.
POINT_KINDS = ("postcode", "point")

LAYOUTS = {
    "long": "one row for each area and period",
    "wide_periods": "one row for each area, one column for each period",
    "wide_measures": "one row for each area, one column for each measure",
    "events": "one row for each event or case, to be counted",
}
#: What a period is rounded to, so that dates become months or years.
GRAINS = {
    "": "as it is written",
    "month": "months",
    "quarter": "quarters",
    "year": "calendar years",
    "financial_year": "financial years",
}
#: What coordinates are: degrees, or metres of the British National Grid.
GRIDS = {"lonlat": "longitude and latitude", "grid": "easting and northing"}

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = {
    ERROR: "the row is set aside",
    WARNING: "used as it stands; please look",
    NOTE: "read in a way you should know of",
}


class Finding(NamedTuple):
    """One thing to say about a file.

    `row` is that of the spreadsheet, from 1; 0 stands for the file as a whole. `column` is a
    heading, "" for the row as a whole. `value` is the cell as it was written.
    """

    row: int
    column: str
    value: str
    reason: str
    suggestion: str
    severity: str


@dataclass(frozen=True)
class OwnSheet:
    """One sheet as text: nothing read into it, nothing left out.

    `cells`: columns 0, 1, 2 …; index the row of the spreadsheet from 1, without gaps; every
    cell is text, "" where nothing is written. `merged`: first and last row, first and last
    column (from 0) of merged cells. `no_result`: row and column (from 0) of formulas whose
    result is not stored.
    `grid`: a key of `GRIDS` where the rows are points of a map file, whose coordinates stand
    in the last two columns.
    """

    name: str
    cells: pd.DataFrame
    merged: tuple[tuple[int, int, int, int], ...] = ()
    no_result: tuple[tuple[int, int], ...] = ()
    formulas: int = 0
    grid: str = ""


@dataclass(frozen=True)
class OwnFile:
    """An opened file: its sheets (or layers), and what was noticed while opening it."""

    name: str
    sheets: tuple[OwnSheet, ...]
    notes: tuple[str, ...] = ()

    def sheet(self, name: str) -> OwnSheet:
        """The sheet of a name; the first where there is none of that name."""
        return next((s for s in self.sheets if s.name == name), self.sheets[0])


@dataclass(frozen=True)
class Mapping:
    """How a sheet is read. Columns are positions from 0, -1 where there is none.

    `header_row` is the row of the headings, 0 where the sheet has none; what stands above it
    is left out. `value_columns` hold the figures: one for each period (`wide_periods`) or
    measure (`wide_measures`), exactly one where `long`, none where `events` are counted.
    `numerator_column` and `denominator_column` count in `long` and, with one value column or
    none, in `wide_measures`. `council_column` says in which district a ward of that name is.
    `period` is that of the whole file where no column says it. `measure` is a key of
    `catalogue.MEASURES`. `reasons`: field and words, why it was guessed so.
    """

    sheet: str
    header_row: int
    area_column: int
    area_kind: str
    layout: str
    value_columns: tuple[int, ...] = ()
    numerator_column: int = -1
    denominator_column: int = -1
    period_column: int = -1
    measure_column: int = -1
    council_column: int = -1
    x_column: int = -1
    y_column: int = -1
    grid: str = "lonlat"
    period: str = ""
    grain: str = ""
    measure: str = "count"
    unit_row: int = 0
    reasons: tuple[tuple[str, str], ...] = ()

    def why(self, field_name: str) -> str:
        """Why a field was guessed as it is, "" where nothing is to be said."""
        return dict(self.reasons).get(field_name, "")


@dataclass(frozen=True)
class Account:
    """Where the rows below the headings went: `read` is the sum of the others.

    The same for the cells of the columns that hold figures.
    """

    read: int
    used: int
    set_aside: int
    totals: int
    blank: int
    cells_read: int
    cells_used: int
    cells_suppressed: int
    cells_missing: int
    cells_set_aside: int
    cells_totals: int
    cells_blank_rows: int


@dataclass(frozen=True)
class Checked:
    """A sheet that was read through.

    `rows`: one row per usable figure: row, column (position), measure (its name), area_code
    (a ward of 2025, or a district), source_code (as in the file; "" for postcodes and
    coordinates), share (of the figure that belongs to this area), period, value, numerator,
    denominator, flag ("" or why there is no figure), fit, fit_quality.
    `set_aside`: row, why, and the original cells under their own headings: the visitor's own
    file, for download only. `measures`: names of what the figures are, in order.
    """

    mapping: Mapping
    council: str
    rows: pd.DataFrame
    findings: tuple[Finding, ...]
    set_aside: pd.DataFrame
    account: Account
    measures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()

    def by_severity(self, severity: str) -> tuple[Finding, ...]:
        """The findings of one severity, in the order of the file."""
        return tuple(f for f in self.findings if f.severity == severity)


@dataclass(frozen=True)
class OwnIndicator:
    """The data dictionary of one own figure, filled in by whoever brings it.

    `id` begins with `own_`. `measure` and `polarity` as in `data.catalogue`. `shared` says
    whether it may be shown to others. `geography` is a key of `catalogue.GEOGRAPHIES`.
    `multiplier` turns numerator / denominator into the unit (100 for percentages). `by_case`:
    every row of the file was one case, and means over them are shown: the numerator is the sum
    of their figures, the denominator their number.
    """

    id: str
    name: str
    unit: str
    measure: str
    decimals: int
    polarity: str
    period_words: str = ""
    source: str = ""
    publisher: str = ""
    licence: str = ""
    definition: str = ""
    shared: bool = False
    geography: str = "ward25"
    multiplier: float = 1.0
    has_counts: bool = False
    by_case: bool = False
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnTable:
    """One own indicator as a tidy table, not yet safe to show: see `analysis.disclosure`.

    `values` has the columns of `data.compute.VALUE_COLUMNS`: wards, and the districts and the
    county they add up to where nothing is missing. `periods`: keys, oldest first.
    """

    entry: OwnIndicator
    council: str
    values: pd.DataFrame
    periods: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())
