"""Best guesses of how a sheet is to be read, each with its reason; the visitor may change any."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import numpy as np
import pandas as pd

from data import clock
from data.own.areas_guess import AreaGuess, guess_area, list_rows
from data.own.numbers import read_numbers
from data.own.shapes import POINT_KINDS, Mapping, OwnSheet
from data.own.times import read_times, read_when

SAMPLE = 400  # rows that are looked at
_UNITS = re.compile(
    r"(?:number|count|no\.?|n|%|£|£000s?|percent(?:age)?|per cent|rate|score|people|households|"
    r"persons|years?|code|name|text|per [0-9,]+.{0,20})",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"period|year|month|quarter|date|week|day|time|when", re.IGNORECASE)
_MEASURE = re.compile(
    r"measure|indicator|category|variable|type|metric|series|question", re.IGNORECASE
)
_COUNCIL = re.compile(r"district|council|authority|lad\b|ltla|borough", re.IGNORECASE)
_NUMERATOR = re.compile(r"numerator|^count$|number with|yes$|cases$", re.IGNORECASE)
_DENOMINATOR = re.compile(
    r"denominator|population|base\b|out of|households$|homes$|respondents|responses|residents|"
    r"total (?:people|households|homes)",
    re.IGNORECASE,
)
_MEASURE_KINDS = (
    ("percentage", re.compile(r"%|per ?cent|proportion|share", re.IGNORECASE)),
    ("rate", re.compile(r"\brate\b|\bper [0-9]", re.IGNORECASE)),
    ("money", re.compile(r"£|cost|price|income|spend|amount|pounds", re.IGNORECASE)),
    ("score", re.compile(r"score|index|rating", re.IGNORECASE)),
    ("mean", re.compile(r"average|mean\b|median", re.IGNORECASE)),
)


def guess_mapping(sheet: OwnSheet, council: str, today: dt.date | None = None) -> Mapping:
    """Guess how a sheet is read.

    Args:
        sheet: of `open_file`.
        council: code of the area whose figures they are.
        today: whose year stands for the period where the sheet says none.

    Returns:
        a mapping that can be checked as it is; `area_column` is -1 where no column of areas
        was found.
    """
    area = guess_area(sheet, council)
    header, unit_row, why_header = _guess_header(sheet, area)
    headings = list_headings(sheet, header)
    body = _sample(sheet, header, unit_row)
    base = Mapping(
        sheet.name, header, area.column, area.kind, "long", x_column=area.x, y_column=area.y,
        grid=area.grid, unit_row=unit_row, council_column=area.council,
        reasons=(("area_column", area.reason), ("header_row", why_header)),
    )  # fmt: skip
    taken = {area.column, area.x, area.y, area.council} - {-1}
    mapping = _guess_columns(base, headings, body, taken)
    mapping = _guess_measure(mapping, headings, body)
    return _guess_time(mapping, sheet, body, today or clock.today())


def list_headings(sheet: OwnSheet, header_row: int) -> tuple[str, ...]:
    """The headings of the columns; "Column C" where there is none."""
    places = list(sheet.cells.columns)
    written = sheet.cells.loc[header_row] if header_row in sheet.cells.index else None
    headings = []
    for place in places:
        text = "" if written is None else " ".join(str(written[place]).split())
        headings.append(text[:200] or f"Column {letter_of(place)}")
    return tuple(headings)


def letter_of(place: int) -> str:
    """The letter of a column in a spreadsheet: 0 -> A, 26 -> AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sample(sheet: OwnSheet, header: int, unit_row: int) -> pd.DataFrame:
    body = sheet.cells.loc[header + 1 :]
    body = body.drop(index=unit_row, errors="ignore") if unit_row else body
    return body.iloc[:SAMPLE]


def _guess_header(sheet: OwnSheet, area: AreaGuess) -> tuple[int, int, str]:
    """Row of the headings, row of the units (0 where there is none), and why."""
    first = area.first_row or _first_full(sheet)
    above = [
        row for row in list_rows(sheet, first - 1)[-6:] if row not in area.totals
    ]  # the rows just above the first area that have something in them
    if not above:
        return 0, 0, "The first row holds figures already: there are no headings"
    row, unit_row = above[-1], 0
    written = [text.strip() for text in sheet.cells.loc[row] if text.strip()]
    if len(above) > 1 and written and all(_UNITS.fullmatch(text) for text in written):
        row, unit_row = above[-2], row
    reason = f"Row {row:,} stands above the first area"
    if unit_row:
        reason += f"; row {unit_row:,} holds units"
    return row, unit_row, reason


def _first_full(sheet: OwnSheet) -> int:
    """Without areas: the row after the first with the most cells."""
    head = (sheet.cells.iloc[:20] != "").sum(axis=1)
    return int(head.idxmax()) + 1 if len(head) else 1


def _is_numeric(texts: pd.Series) -> bool:
    written = texts[texts.str.strip() != ""]
    if not len(written):
        return False
    numbers = read_numbers(written)
    good = ~np.isnan(numbers.value) | (numbers.flag != "")
    return bool(good.mean() >= 0.6 and (~np.isnan(numbers.value)).any())


def _is_time(texts: pd.Series) -> bool:
    written = texts[texts.str.strip() != ""]
    return bool(len(written)) and bool((read_times(written).key != "").mean() >= 0.8)


def _guess_columns(
    base: Mapping, headings: tuple[str, ...], body: pd.DataFrame, taken: set[int]
) -> Mapping:
    """Which columns hold figures, periods and names of measures."""
    free = [place for place in body.columns if place not in taken]
    figures = [place for place in free if _is_numeric(body[place])]
    in_heading = [p for p in figures if read_when(headings[p]).key]
    in_heading = [] if base.area_kind in POINT_KINDS else in_heading
    period = _pick_period(free, figures, headings, body)
    figures = [place for place in figures if place != period]
    measure = next((p for p in free if p not in figures and p != period
                    and _MEASURE.search(headings[p]) and body[p].nunique() <= 30), -1)  # fmt: skip
    reasons = list(base.reasons)
    if period >= 0:
        reasons.append(("period_column", f"“{headings[period]}” holds periods"))
    if len(in_heading) >= 2 or (in_heading and len(figures) == 1 and period < 0):
        reasons.append(("layout", f"{len(in_heading)} headings are periods"))
        return replace(base, layout="wide_periods", value_columns=tuple(in_heading),
                       measure_column=measure, reasons=tuple(reasons))  # fmt: skip
    if not figures or base.area_kind in POINT_KINDS:
        # Numbers beside a place are mostly ages, ids or references, which must not be added up.
        why = "Each row is a place" if figures else "No column holds figures"
        reasons.append(("layout", f"{why}: each row is one event to be counted"))
        return replace(base, layout="events", period_column=period, reasons=tuple(reasons))
    top = next((p for p in figures if _NUMERATOR.search(headings[p])), -1)
    under = next((p for p in figures if p != top and _DENOMINATOR.search(headings[p])), -1)
    if top < 0 or under < 0:
        top = under = -1
    else:
        reasons.append(("numerator_column", f"“{headings[top]}” out of “{headings[under]}”"))
    values = tuple(place for place in figures if place not in (top, under))
    layout = "long" if len(values) <= 1 else "wide_measures"
    if layout == "wide_measures":
        top = under = -1
        values = tuple(figures)
    words = "one column" if layout == "long" else f"{len(values)} columns"
    reasons.append(("layout", f"Figures stand in {words}"))
    return replace(
        base, layout=layout, value_columns=values, numerator_column=top, denominator_column=under,
        period_column=period, measure_column=measure if layout == "long" else -1,
        reasons=tuple(reasons),
    )  # fmt: skip


def _pick_period(
    free: list[int], figures: list[int], headings: tuple[str, ...], body: pd.DataFrame
) -> int:
    named = [p for p in free if _PERIOD.search(headings[p]) and _is_time(body[p])]
    if named:
        return named[0]
    return next((p for p in free if p not in figures and _is_time(body[p])), -1)


def _guess_measure(mapping: Mapping, headings: tuple[str, ...], body: pd.DataFrame) -> Mapping:
    """What kind of figure it is, by the words of the heading and the figures themselves."""
    reasons = list(mapping.reasons)
    places = mapping.value_columns or ((mapping.numerator_column,)
                                       if mapping.numerator_column >= 0 else ())  # fmt: skip
    if mapping.layout == "events" or not places:
        return replace(mapping, measure="count")
    words = " ".join(headings[place] for place in places)
    percent = body[list(places)].apply(lambda column: column.str.contains("%").any()).any()
    found = next((kind for kind, pattern in _MEASURE_KINDS if pattern.search(words)), "")
    if percent:
        found, why = "percentage", "Cells have a percent sign"
    elif found:
        why = f"The heading says so: “{words[:60]}”"
    elif mapping.denominator_column >= 0:
        found, why = "percentage", "There is a count and what it is out of"
    else:
        values = np.concatenate([read_numbers(body[place]).value for place in places])
        values = values[~np.isnan(values)]
        whole = bool(np.all(values == np.rint(values))) and (values < 0).sum() <= len(values) / 10
        found = "count" if whole else "mean"
        why = "All figures are whole numbers" if whole else "Figures have decimals"
    reasons.append(("measure", why))
    return replace(mapping, measure=found, reasons=tuple(reasons))


def _guess_time(mapping: Mapping, sheet: OwnSheet, body: pd.DataFrame, today: dt.date) -> Mapping:
    """The period of the whole file, and whether days are meant as months."""
    reasons = list(mapping.reasons)
    if mapping.period_column >= 0 or mapping.layout == "wide_periods":
        if mapping.layout == "wide_periods":
            headings = list_headings(sheet, mapping.header_row)
            texts = pd.Series([headings[p] for p in mapping.value_columns], dtype="str")
        else:
            texts = body[mapping.period_column]
        grain = _guess_grain(read_times(texts).key, mapping)
        if grain:
            reasons.append(("grain", "Periods are written as days"))
        return replace(mapping, grain=grain, reasons=tuple(reasons))
    above = sheet.cells.loc[: max(mapping.header_row, 1)]
    words = " ".join([sheet.name, *(text for row in above.to_numpy() for text in row)])[:5_000]
    found = re.search(r"\b20[0-4][0-9](?: ?[/-] ?(?:20)?[0-9]{2})?\b", words)
    key = read_when(found.group()).key if found else ""
    why = f"“{key}” stands above the figures" if key else "The sheet names no period: change it"
    return replace(mapping, period=key or str(today.year),
                   reasons=(*reasons, ("period", why)))  # fmt: skip


def _guess_grain(keys: np.ndarray, mapping: Mapping) -> str:
    days = {key for key in keys if re.fullmatch(r"\d{4}-\d{2}-\d{2}", key)}
    if not days or len(days) < 0.8 * len(set(keys) - {""}):
        return ""
    firsts = len(days) > 1 and all(day.endswith("-01") for day in days)
    return (
        "month" if firsts or mapping.layout == "events" or mapping.area_kind in POINT_KINDS else ""
    )
