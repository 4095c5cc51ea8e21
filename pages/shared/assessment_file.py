"""The file of scored impacts a visitor brings, kept for the visit only, and the example."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import streamlit as st

from analysis.assessment_template import make_template
from analysis.export import make_csv
from data.assessment import Assessment, make_table, read_assessment
from data.assessment_fields import COLUMNS, MOST_BYTES, MOST_ROWS
from data.catalogue import load_catalogue
from data.errors import SpreadsheetError
from data.strategy import Strategy, load_strategies, strategy_for
from pages.shared.downloads import XLSX
from pages.shared.page import show_note
from pages.shared.places import ward_names
from pages.shared.reading import show_mistakes

STORE = "assessment"
UPLOAD = "assessment_file"
KIND_OF_ACTION = {"damaging_impact": "Damaging", "positive_impact": "Positive"}
PRIVATE = (
    "The file is read for this visit only: it is not stored, nobody else sees it, and it is gone "
    "when the visit ends. A copied link opens this page without it."
)


@dataclass(frozen=True)
class Brought:
    """A visitor's file: what was read, or why it cannot be used."""

    name: str
    found: Assessment | None = None
    error: str = ""


def read_upload(content: bytes, name: str) -> Brought:
    """Read an uploaded file; never fails."""
    try:
        return Brought(name, read_assessment(content, name))
    except SpreadsheetError as error:
        return Brought(name, error=str(error))


def _follow() -> None:
    file = st.session_state.get(UPLOAD)
    if file is None:
        st.session_state.pop(STORE, None)
    else:
        st.session_state[STORE] = read_upload(file.getvalue(), file.name)


def current_file() -> Brought | None:
    """The visitor's file, also after a look at another page."""
    brought: Brought | None = st.session_state.get(STORE)
    return brought


@lru_cache(maxsize=1)
def load_example() -> Strategy:
    """The strategy whose published recovery programme is the example."""
    return load_strategies().by_id["huntingdonshire"]


def example_of(area: str) -> Strategy:
    """The strategy of a place where it lists impacts, else the example."""
    strategy = strategy_for(area)
    return strategy if any(a.kind in KIND_OF_ACTION for a in strategy.actions) else load_example()


def make_example(strategy: Strategy) -> Assessment:
    """A published programme as a table of impacts: no scores, no dates, nothing invented."""
    rows = []
    actions = [action for action in strategy.actions if action.kind in KIND_OF_ACTION]
    for number, action in enumerate(actions, start=1):
        texts = dict.fromkeys((column.key for column in COLUMNS), "")
        texts |= {
            "id": f"P{number}",
            "title": action.title.words,
            "kind": KIND_OF_ACTION[action.kind],
            "source": f"{action.title.origin}. Not scored there.",
        }
        empty = dict.fromkeys(("impact", "likelihood", "date"))
        rows.append({**texts, **empty, "row": number})
    return Assessment(make_table(rows), (), pd.DataFrame())


def show_upload(area: str) -> None:
    """The box to bring a file, with the template and the example to start from."""
    brought = current_file()
    box = st.expander(
        "Use your own scores", icon=":material/upload_file:", expanded=brought is None
    )
    with box:
        st.file_uploader(
            f"Spreadsheet with scored impacts: Excel (.xlsx) or CSV, up to "
            f"{MOST_BYTES // 1_000_000} MB and {MOST_ROWS:,} rows",
            key=UPLOAD,
            on_change=_follow,
            max_upload_size=MOST_BYTES // 1_000_000,
        )
        if brought is not None and st.session_state.get(UPLOAD) is None:
            st.button(
                "Remove the file of this visit",
                on_click=lambda: st.session_state.pop(STORE, None),
                icon=":material/delete:",
            )
        show_note(PRIVATE)
        with st.container(horizontal=True):
            _offer_file("Template (Excel)", "xlsx", XLSX, "template", area)
            _offer_file("Template (CSV)", "csv", "text/csv", "template", area)
            _offer_file("Published example (Excel)", "xlsx", XLSX, "example", area)


def make_file(what: str, ending: str, area: str) -> bytes:
    """The empty template, or the published example in it.

    Args:
        what: `template` or `example`.
        ending: `xlsx`, or `csv` for the headings alone.
        area: the place whose wards are listed.
    """
    if ending == "csv":
        return make_csv(pd.DataFrame(columns=[column.heading for column in COLUMNS]))
    names = {i.id: i.name for i in load_catalogue().indicators.values()}
    rows = make_example(example_of(area)).table.to_dict("records") if what == "example" else []
    texts = [{k: v for k, v in row.items() if isinstance(v, str)} for row in rows]
    return make_template(names, ward_names(area), texts)


def _offer_file(label: str, ending: str, mime: str, what: str, area: str) -> None:
    st.download_button(
        label,
        lambda: make_file(what, ending, area),
        f"impact_assessment_{what}.{ending}",
        mime,
        key=f"assessment-{what}-{ending}",
        icon=":material/download:",
        on_click="ignore",
    )


def show_reading(brought: Brought) -> None:
    """Say how the file was read: what is wrong and where, and what was set aside."""
    if brought.found is None:
        st.error("This file cannot be used.", icon=":material/error:")
        show_note(f"{brought.name}: {brought.error}")
        return
    found = brought.found
    show_mistakes(found.mistakes, found.set_aside, len(found.table), found.notes, "assessment")
