"""A council's own list of community assets: brought for the visit, kept where a lead says so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from analysis.assessment_view import render_mistakes
from analysis.export import make_csv, make_workbook
from data.access import Role
from data.asset_list import FORM, AssetList, read_asset_list
from data.errors import DataError, SpreadsheetError
from data.store.council_assets import keep_assets
from data.store.engine import open_store
from pages.shared.access import current_visitor
from pages.shared.downloads import XLSX
from pages.shared.page import show_note
from pages.shared.places import place_name, ward_names

STORE = "asset_list"
UPLOAD = "asset_list_file"
PROBLEM = "asset_list_problem"
MOST_SHOWN = 30
PRIVATE = (
    "The file is read for this visit only: it is not stored, nobody else sees it, and postcodes "
    "in it are let go as soon as their ward is found. A lead can keep the list for the council."
)


@dataclass(frozen=True)
class Brought:
    """A visitor's file: what was read, or why it cannot be used."""

    name: str
    found: AssetList | None = None
    error: str = ""


def _follow() -> None:
    file = st.session_state.get(UPLOAD)
    if file is None:
        st.session_state.pop(STORE, None)
        return
    try:
        brought = Brought(file.name, read_asset_list(file.getvalue(), file.name))
    except SpreadsheetError as error:
        brought = Brought(file.name, error=str(error))
    st.session_state[STORE] = brought


def current_list() -> Brought | None:
    """The visitor's list, also after a look at another page."""
    brought: Brought | None = st.session_state.get(STORE)
    return brought


def make_template(area: str, ending: str) -> bytes:
    """The empty form: headings, and for Excel what to write and the wards of the place."""
    empty = pd.DataFrame(columns=[column.heading for column in FORM.columns])
    if ending == "csv":
        return make_csv(empty)
    about = [
        (c.heading, f"{c.hint} Example: {c.example}."
         + (f" Allowed: {', '.join(c.allowed)}." if c.allowed else ""))
        for c in FORM.columns
    ]  # fmt: skip
    wards = [(code, f"Ward code of {name}") for code, name in ward_names(area).items()]
    return make_workbook(empty, [*about, *wards], FORM.sheet)


def _change(area: str, table: pd.DataFrame) -> None:
    try:
        keep_assets(open_store(), area, table, current_visitor().name)
    except DataError as error:
        st.session_state[PROBLEM] = str(error)


def show_own_list(area: str, kept: int) -> None:
    """The box to bring a list, with its template; for leads, to keep it or to delete what is kept.

    Args:
        area: the place.
        kept: how many community assets are kept for it.
    """
    brought = current_list()
    with st.expander("Use your own list of community assets", icon=":material/upload_file:",
                     expanded=brought is not None):  # fmt: skip
        most = FORM.limits
        st.file_uploader(
            f"Spreadsheet: Excel (.xlsx) or CSV, up to {most.most_bytes // 1_000_000} MB and "
            f"{most.most_rows:,} rows",
            key=UPLOAD,
            on_change=_follow,
            max_upload_size=most.most_bytes // 1_000_000,
        )
        show_note(PRIVATE)
        with st.container(horizontal=True):
            for label, ending, mime in (("Excel", "xlsx", XLSX), ("CSV", "csv", "text/csv")):
                st.download_button(
                    f"Template ({label})", partial(make_template, area, ending),
                    f"community_assets_template.{ending}", mime, key=f"asset-template-{ending}",
                    icon=":material/download:", on_click="ignore",
                )  # fmt: skip
        if brought is not None:
            _show_reading(brought)
        if problem := st.session_state.pop(PROBLEM, ""):
            st.error(problem, icon=":material/error:")
        _offer_keeping(area, brought, kept)


def _show_reading(brought: Brought) -> None:
    if brought.found is None:
        st.error("This file cannot be used.", icon=":material/error:")
        show_note(f"{brought.name}: {brought.error}")
        return
    found = brought.found
    wrong = len({mistake.row for mistake in found.mistakes if mistake.row})
    show_note(f"{brought.name}: {len(found.table):,} can be used", *found.notes)
    if found.mistakes:
        st.warning(f"{wrong:,} rows were set aside. Put right what is listed and choose the file "
                   "again.", icon=":material/rule:")  # fmt: skip
        lines = [(f"{m.row:,}" if m.row else "file", m.words) for m in found.mistakes]
        caption = f"{len(lines):,} mistakes" + (
            f", the first {MOST_SHOWN} of them" if len(lines) > MOST_SHOWN else ""
        )
        st.html(render_mistakes(lines[:MOST_SHOWN], caption))


def _offer_keeping(area: str, brought: Brought | None, kept: int) -> None:
    if not current_visitor().may(Role.LEAD):
        return
    place = place_name(area)
    with st.container(horizontal=True):
        if brought is not None and brought.found is not None and len(brought.found.table):
            inside = own_rows(area, brought.found.table)
            st.button(
                f"Keep these {len(inside):,} for {place}" + (f", in place of {kept:,}" if kept else
                                                             ""),
                on_click=_change, args=(area, inside), key="keep_assets", icon=":material/save:",
            )  # fmt: skip
        if kept:
            st.button(
                f"Delete the {kept:,} kept for {place}", on_click=_change,
                args=(area, own_rows(area, pd.DataFrame(columns=["ward"]))),
                key="delete_assets", icon=":material/delete:",
            )  # fmt: skip


def own_rows(area: str, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a list that lie in a place."""
    return table[table["ward"].isin(list(ward_names(area)))].reset_index(drop=True)
