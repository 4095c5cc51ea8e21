"""The first step of the page Your data: a file is dropped in, or the example tried."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.export import make_csv
from data.own.opening import ENDINGS, LIMITS
from data.own.places import wards_inside
from pages.shared.own_draft import (
    Draft,
    begin_draft,
    choose_council,
    choose_sheet,
    current_draft,
    let_go,
)
from pages.shared.own_work import WORKERS
from pages.shared.page import show_note
from pages.shared.places import place_name

PRIVATE = (
    "The file is read for this visit only. It is not stored, nobody else sees it, and postcodes "
    "and coordinates are counted into wards and then forgotten."
)
EXAMPLE = "Example: food parcels by ward.csv"
MOST_EXAMPLE_WARDS = 200
NO_LIMITS = (
    "This computer cannot start processes of its own, so files are read without limits on time "
    "and memory."
)
SEEN = "own_seen_upload"


def make_example(area: str) -> pd.DataFrame:
    """Made-up food parcels for the wards of a place, by a plain rule that nobody takes for data."""
    wards = wards_inside(area).head(MOST_EXAMPLE_WARDS)
    rows = range(len(wards))
    return pd.DataFrame(
        {
            "Ward code": wards.index,
            "Ward": wards["area_name"].to_numpy(),
            "2023/24": [10 + 7 * (row % 9) for row in rows],
            "2024/25": [3 + 8 * (row % 8) for row in rows],
        }
    )


def show_upload(area: str) -> Draft | None:
    """The box for the file; the draft that is being worked on, None before there is one."""
    WORKERS.get_ready()
    box = f"own-file-{st.session_state.get('own_box', 0)}"
    file = st.file_uploader(
        f"Spreadsheet (CSV, Excel) or map file with points (GeoJSON, GeoPackage), up to "
        f"{LIMITS.most_bytes // 1_000_000} MB and {LIMITS.most_rows:,} rows",
        key=box,
        type=[ending.removeprefix(".") for ending in ENDINGS],
        max_upload_size=LIMITS.most_bytes // 1_000_000,
    )
    if file is not None and st.session_state.get(SEEN) != (box, file.file_id):
        st.session_state[SEEN] = (box, file.file_id)
        with st.spinner("Reading the file …"):
            begin_draft(file.getvalue(), file.name, area)
    show_note(PRIVATE)
    if not WORKERS.can_start:
        show_note(NO_LIMITS)
    with st.container(horizontal=True):
        st.download_button(
            "Template (CSV)",
            lambda: make_csv(make_example(area)),
            "example_food_parcels_by_ward.csv",
            "text/csv",
            key=f"own-template-{area}",
            icon=":material/download:",
            on_click="ignore",
            help="A small made-up file of the right form: put your own figures in place of it.",
        )
        tried = st.button("Try it with the example", icon=":material/science:", key="own-example")
        if current_draft() is not None:
            st.button("Start again", icon=":material/restart_alt:", key="own-restart",
                      on_click=start_again)  # fmt: skip
    if tried:
        with st.spinner("Reading the example …"):
            begin_draft(make_csv(make_example(area)), EXAMPLE, area, example=True)
    return current_draft()


def start_again() -> None:
    """Forget the file and offer an empty box, which makes Streamlit let the upload go."""
    let_go()
    st.session_state["own_box"] = st.session_state.get("own_box", 0) + 1


def show_opened(draft: Draft, area: str) -> bool:
    """Say what was opened, and let the visitor choose the sheet; False where it cannot be used."""
    if draft.example:
        st.badge("Example: made-up figures, nobody’s data", icon=":material/science:",
                 color="orange")  # fmt: skip
    if draft.file is None:
        st.error("This file cannot be used.", icon=":material/error:")
        show_note(f"{draft.name}: {draft.error}")
        return False
    if draft.council != area:
        show_note(
            f"The file was read as one of {place_name(draft.council)}. You have chosen "
            f"{place_name(area)} since."
        )
        st.button(f"Read it as one of {place_name(area)}", key="own-other-council",
                  on_click=choose_council, args=(draft, area))  # fmt: skip
    if len(draft.file.sheets) > 1:
        names = [sheet.name for sheet in draft.file.sheets]
        key = f"own-sheet-{draft.number}"
        st.selectbox(
            f"Sheet ({len(names):,} in this file)", names, index=names.index(draft.sheet), key=key,
            on_change=lambda: choose_sheet(draft, st.session_state[key]),
            help="The first sheet with figures of areas is read; choose another here.",
        )  # fmt: skip
    rows = len(draft.chosen_sheet.cells)
    words = f"{rows:,} rows and {len(draft.chosen_sheet.cells.columns):,} columns"
    show_note(f"{draft.name}: {words}", *draft.file.notes)
    return True
