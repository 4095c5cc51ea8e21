"""The second and third steps of Your data: how the file is read, and what comes of it."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from analysis.export import make_csv, make_workbook
from analysis.own_view import render_table
from data import clock
from data.own.guessing import list_headings
from data.own.preview import say_preview
from data.own.shapes import AREA_KINDS, GRAINS, GRIDS, LAYOUTS, SEVERITIES, Checked
from data.own.shapes import Mapping as OwnMapping
from pages.shared.downloads import XLSX
from pages.shared.offered import when_offered
from pages.shared.own_draft import Draft, read_again, there
from pages.shared.page import show_note
from pages.shared.plain import as_plain

NONE = -1
MEASURE_WORDS = {
    "count": "a count (parcels, calls, people)",
    "percentage": "a percentage",
    "rate": "a rate (per 1,000, per 100,000)",
    "mean": "an average",
    "money": "an amount of money",
    "score": "a score",
    "ratio": "a ratio",
}
SEVERITY_WORDS = {
    "error": ("to put right", ":material/error:"),
    "warning": ("to look at", ":material/warning:"),
    "note": ("read in a way you should know of", ":material/info:"),
}
MOST_SHOWN = 200
HEADINGS = ("Row", "Column", "Written", "What", "What to do")


@dataclass(frozen=True)
class _Choice:
    """One part of the mapping: its field, label, options (value -> words)."""

    field: str
    label: str
    options: Mapping[Any, str]


def show_mapping(draft: Draft) -> None:
    """How the file was understood; every part can be changed, and says why it was guessed."""
    mapping = there(draft.reading).mapping
    headings = list_headings(draft.chosen_sheet, mapping.header_row)
    with st.container(key="own-mapping"):
        for choice in _list_choices(mapping, headings, draft):
            _show_choice(draft, choice)
        if mapping.layout != "events":
            _show_columns(draft, headings)
        if mapping.period_column == NONE and mapping.layout != "wide_periods":
            _show_period(draft)
    reasons = dict(mapping.reasons)
    if reasons:
        rows = [(LABELS.get(field, field), why) for field, why in reasons.items()]
        with st.expander("Why it was read so", icon=":material/lightbulb:"):
            st.html(render_table(("Guessed", "Because"), rows, "Why it was read so"))


LABELS = {
    "header_row": "Row of the headings",
    "area_column": "Column of the areas",
    "area_kind": "The areas are",
    "layout": "Form of the sheet",
    "value_columns": "Columns with figures",
    "numerator_column": "Count, and what it is out of",
    "period_column": "Column of the periods",
    "grain": "Put periods together as",
    "measure": "The figures are",
    "period": "Period of the whole file",
    "measure_column": "Column that names the figures",
}


def _list_choices(mapping: OwnMapping, headings: tuple[str, ...], draft: Draft) -> list[_Choice]:
    columns = dict(enumerate(headings))
    maybe = {NONE: "none", **columns}
    rows = list(draft.chosen_sheet.cells.index[:30])
    if mapping.header_row and mapping.header_row not in rows:
        rows.append(mapping.header_row)
    header = {0: "there are none", **{int(row): f"row {row}" for row in rows}}
    kinds = {k: words for k, words in AREA_KINDS.items()
             if k != "point" or mapping.area_kind == k or len(headings) > 1}  # fmt: skip
    choices = [_Choice("header_row", LABELS["header_row"], header),
               _Choice("area_kind", LABELS["area_kind"], kinds)]  # fmt: skip
    if mapping.area_kind == "point":
        choices += [_Choice("x_column", "Longitude or easting", maybe),
                    _Choice("y_column", "Latitude or northing", maybe),
                    _Choice("grid", "Coordinates are", GRIDS)]  # fmt: skip
    else:
        choices.append(_Choice("area_column", LABELS["area_column"], maybe))
    choices.append(_Choice("layout", LABELS["layout"], LAYOUTS))
    if mapping.layout != "wide_periods":
        choices.append(_Choice("period_column", LABELS["period_column"], maybe))
    if mapping.period_column != NONE or mapping.layout == "wide_periods":
        choices.append(_Choice("grain", LABELS["grain"], GRAINS))
    if mapping.layout != "events":
        choices.append(_Choice("measure", LABELS["measure"], MEASURE_WORDS))
    if mapping.layout in ("long", "wide_measures"):
        choices += [_Choice("numerator_column", "Count (numerator)", maybe),
                    _Choice("denominator_column", "Out of (denominator)", maybe)]  # fmt: skip
    if mapping.layout == "long":
        choices.append(_Choice("measure_column", LABELS["measure_column"], maybe))
    if mapping.area_kind == "ward_name":
        choices.append(_Choice("council_column", "Column of the council", maybe))
    return choices


def _show_choice(draft: Draft, choice: _Choice) -> None:
    mapping = there(draft.reading).mapping
    key = f"own-{draft.number}-{choice.field}"
    now = getattr(mapping, choice.field)
    options = list(choice.options)
    st.selectbox(
        choice.label,
        options,
        index=options.index(now) if now in options else 0,
        format_func=lambda option: choice.options.get(option, str(option)),
        key=key,
        help=_as_help(mapping.why(choice.field)),
        on_change=when_offered(
            key, choice.options, lambda value: change(draft, **{choice.field: value})
        ),
    )


def _as_help(reason: str) -> str | None:
    return f"Guessed: {as_plain(reason)}" if reason else None


def _show_columns(draft: Draft, headings: tuple[str, ...]) -> None:
    chosen = [
        place for place in there(draft.reading).mapping.value_columns if place < len(headings)
    ]
    key, places = f"own-{draft.number}-values", list(range(len(headings)))
    st.multiselect(
        LABELS["value_columns"],
        places,
        default=chosen,
        format_func=lambda place: headings[place],
        key=key,
        on_change=when_offered(
            key, places, lambda value: change(draft, value_columns=tuple(sorted(value)))
        ),
    )


def _show_period(draft: Draft) -> None:
    key = f"own-{draft.number}-period"
    st.text_input(
        LABELS["period"],
        there(draft.reading).mapping.period,
        key=key,
        max_chars=40,
        help="Such as 2024, 2023/24, March 2024 or 2024 Q2.",
        on_change=lambda: change(draft, period=st.session_state[key].strip()),
    )


def change(draft: Draft, **changes: object) -> None:
    """Read the file in another way; for widget callbacks."""
    mapping = replace(there(draft.reading).mapping, **changes)  # type: ignore[arg-type]
    if mapping.layout == "long" and len(mapping.value_columns) > 1 and "layout" in changes:
        mapping = replace(mapping, value_columns=mapping.value_columns[:1])
    read_again(draft, mapping)


def show_findings(draft: Draft) -> None:
    """What will happen, in words and counts; every finding; the rows set aside as a file."""
    checked = draft.checked
    if checked is None:
        st.error("The file cannot be read like this.", icon=":material/error:")
        show_note(there(draft.reading).error)
        return
    show_list(say_preview(checked))
    for severity, (words, icon) in SEVERITY_WORDS.items():
        found = checked.by_severity(severity)
        if found:
            _show_severity(checked, severity, f"{len(found):,} {words}", icon)
    if len(checked.set_aside):
        show_note("Rows that are set aside are not on the map. Put them right and bring the file "
                  "again, or go on without them.")  # fmt: skip
        _offer_set_aside(checked.set_aside)


def show_list(lines: tuple[str, ...]) -> None:
    """Show some lines as a plain list."""
    rows = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    st.html(f'<ul class="own-lines">{rows}</ul>')


def _show_severity(checked: Checked, severity: str, words: str, icon: str) -> None:
    found = checked.by_severity(severity)
    with st.expander(words, icon=icon, expanded=severity == "error"):
        show_note(f"What this means: {SEVERITIES[severity]}")
        shown = found[:MOST_SHOWN]
        rows = [(f"{f.row:,}" if f.row else "file", *f[1:5]) for f in shown]
        st.html(render_table(HEADINGS, rows, words))
        if len(found) > MOST_SHOWN:
            show_note(f"The first {MOST_SHOWN} of {len(found):,}; all rows that are set aside are "
                      "in the file below.")  # fmt: skip


def _offer_set_aside(table: pd.DataFrame) -> None:
    notes = [("What this is", "Rows that were set aside, as they were written, each with why"),
             ("Read on", clock.today().isoformat())]  # fmt: skip
    makers: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("Rows set aside (Excel)", "xlsx", XLSX, lambda: make_workbook(table, notes)),
        ("Rows set aside (CSV)", "csv", "text/csv", lambda: make_csv(table)),
    )
    with st.container(horizontal=True):
        for label, ending, mime, make in makers:
            st.download_button(
                label, make, f"rows_set_aside.{ending}", mime, key=f"own-aside-{ending}",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip
