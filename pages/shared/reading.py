"""How a visitor's spreadsheet was read: what is wrong and where, and the rows set aside."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.assessment_view import render_mistakes
from analysis.export import make_csv, make_workbook
from data import clock
from data.forms import Mistake
from pages.shared.downloads import XLSX
from pages.shared.page import show_note

MOST_SHOWN = 50


def show_mistakes(
    mistakes: Sequence[Mistake],
    set_aside: pd.DataFrame,
    used: int,
    notes: Sequence[str],
    key: str,
) -> None:
    """Say how a file was read.

    Args:
        mistakes: all of them.
        set_aside: the rows that have one, for download.
        used: how many rows can be used.
        notes: about the file as a whole.
        key: name of the downloads on the page.
    """
    if notes:
        show_note(*notes)
    if not mistakes:
        return
    aside = len(set_aside)
    st.warning(
        f"{aside:,} {'row was' if aside == 1 else 'rows were'} set aside; "
        f"{used:,} can be used. Put right what is listed and choose the file again.",
        icon=":material/rule:",
    )
    with st.expander("What is wrong", icon=":material/rule:", expanded=len(mistakes) <= 10):
        lines = [(f"{m.row:,}" if m.row else "file", m.words) for m in mistakes[:MOST_SHOWN]]
        caption = f"{len(mistakes):,} mistakes"
        if len(mistakes) > MOST_SHOWN:
            caption += f", the first {MOST_SHOWN} of them; all are in the files below"
        st.html(render_mistakes(lines, caption))
        if aside:
            _offer_set_aside(set_aside, key)


def _offer_set_aside(set_aside: pd.DataFrame, key: str) -> None:
    notes = [("What this is", "Rows that were set aside, as they were written, each with why"),
             ("Read on", clock.today().isoformat())]  # fmt: skip
    with st.container(horizontal=True):
        st.download_button(
            "Rows set aside (Excel)",
            lambda: make_workbook(set_aside, notes),
            "rows_set_aside.xlsx",
            XLSX,
            key=f"{key}-aside-xlsx",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Rows set aside (CSV)",
            lambda: make_csv(set_aside),
            "rows_set_aside.csv",
            "text/csv",
            key=f"{key}-aside-csv",
            icon=":material/download:",
            on_click="ignore",
        )
