"""What a lead takes home from a workshop: tables and a written summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.export import make_csv
from analysis.room_document import (
    Workshop,
    make_workshop_document,
    tabulate_assets,
    tabulate_comments,
)
from analysis.room_results import count_by_ward
from analysis.room_words import tabulate_by_ward, tabulate_room
from data import clock
from data.store.engine import open_store
from data.store.workshops import load_workshop
from pages.shared.downloads import XLSX
from pages.shared.page import show_note
from pages.shared.workshop_data import Shown, load_shown

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def list_tables(written: Workshop) -> dict[str, pd.DataFrame]:
    """The tables of a workshop by name; hidden words and small wards are not in them."""
    return {
        "Results": tabulate_room(written.room, written.beside),
        "By ward": tabulate_by_ward(
            count_by_ward(written.room), written.room.questions, written.names
        ),
        "Comments": tabulate_comments(written),
        "Community assets": tabulate_assets(written),
    }


def make_word(written: Workshop, made: dt.date) -> bytes:
    """The written summary."""
    from analysis.report.write_docx import write_docx

    return write_docx(make_workshop_document(written, made))


def make_excel(written: Workshop, made: dt.date) -> bytes:
    """All tables as sheets of one workbook."""
    from analysis.report.write_xlsx import write_xlsx

    return write_xlsx(make_workshop_document(written, made))


def show_files(shown: Shown, key: str) -> None:
    """Offer the summary and the tables; each is made from what is there when it is asked for."""
    number, stem = shown.workshop.id, f"workshop_{shown.day.isoformat()}"

    def fresh() -> Workshop:
        return load_shown(load_workshop(open_store(), number)).write_down()

    def offer(label: str, name: str, mime: str, make: Callable[[], bytes]) -> None:
        st.download_button(
            label, make, f"{stem}_{name}", mime, key=f"{key}-{name}",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip

    today = clock.today()
    with st.container(horizontal=True):
        offer("Summary (Word)", "summary.docx", DOCX, lambda: make_word(fresh(), today))
        offer("All tables (Excel)", "tables.xlsx", XLSX, lambda: make_excel(fresh(), today))
        for name in list_tables(shown.write_down()):
            offer(
                f"{name} (CSV)",
                f"{name.casefold().replace(' ', '_')}.csv",
                "text/csv",
                lambda name=name: make_csv(list_tables(fresh())[name]),  # type: ignore[misc]
            )
    show_note(
        "What you hid or removed is left out, and a ward with few people is not shown by itself",
        "Nobody’s own vote is in any file",
    )
