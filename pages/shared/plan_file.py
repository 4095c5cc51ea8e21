"""The action plan a visitor brings, kept for the visit; the files to start from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.action_plan_example import EXAMPLE_MARK
from analysis.action_plan_template import make_plan_template, make_row
from analysis.export import make_csv
from data import clock
from data.action_plan import ActionPlan, read_action_plan
from data.action_plan_fields import COLUMNS, MOST_BYTES, MOST_ROWS
from data.catalogue import load_catalogue
from data.errors import SpreadsheetError, StoreError
from data.load import load_periods
from data.planned_action import PlannedAction
from data.store.engine import is_anything_kept, open_store
from data.store.plans import list_versions
from pages.shared.choices import choose_here
from pages.shared.downloads import XLSX
from pages.shared.page import show_note
from pages.shared.places import place_name, ward_names
from pages.shared.plan_choices import PAGE
from pages.shared.plan_data import (
    FILE,
    LoadedPlan,
    load_example_plan,
    load_plan,
    load_published_plan,
)
from pages.shared.reading import show_mistakes

STORE, UPLOAD, EARLIER = "plan_files", "plan_file", "plan_earlier_file"
PRIVATE = (
    "The file is read for this visit only: it is not stored, nobody else sees it, and it is gone "
    "when the visit ends, unless a lead saves it below. A copied link opens this page without it; "
    "the link holds the action and the filters you chose, in the plan’s own words."
)


@dataclass(frozen=True)
class BroughtPlan:
    """A visitor's file for one council: what was read, or why it cannot be used.

    `based_on` is the number of the version that was saved last when the file was brought, so that
    a save can tell whether somebody else saved in between.
    """

    name: str
    found: ActionPlan | None = None
    error: str = ""
    based_on: int = 0


def newest_number(area: str) -> int:
    """The number of the version saved last, 0 where there is none or it cannot be told."""
    try:
        versions = list_versions(open_store(), area) if is_anything_kept() else ()
    except StoreError:
        return 0
    return versions[-1].number if versions else 0


def read_plan_upload(content: bytes, name: str, area: str) -> BroughtPlan:
    """Read an uploaded plan of a council; never fails."""
    try:
        return BroughtPlan(name, read_action_plan(content, name, area), "", newest_number(area))
    except SpreadsheetError as error:
        return BroughtPlan(name, error=str(error))


def current_plan_file(area: str, store: str = STORE) -> BroughtPlan | None:
    """The visitor's file for a council, also after a look at another page."""
    brought: BroughtPlan | None = st.session_state.get(store, {}).get(area)
    return brought


def forget_plan_file(area: str, store: str = STORE) -> None:
    """Take the visitor's file for a council away."""
    st.session_state.get(store, {}).pop(area, None)


def pick_file(label: str, key: str, store: str, area: str) -> None:
    """A box to choose a plan; what was read is kept for the council, and so is the box."""
    key = f"{key}-{area}"

    def follow() -> None:
        file = st.session_state.get(key)
        kept = dict(st.session_state.get(store, {}))
        if file is None:
            kept.pop(area, None)
        else:
            kept[area] = read_plan_upload(file.getvalue(), file.name, area)
            choose_here(PAGE, plan="", action="")
        st.session_state[store] = kept

    st.file_uploader(label, key=key, on_change=follow, max_upload_size=MOST_BYTES // 1_000_000)


def find_plan(area: str, example: bool, today: dt.date) -> LoadedPlan:
    """The plan a page shows: the example where it is wanted, the visitor's file, the saved one.

    Raises:
        DataError: what is kept, or a table, cannot be read.
    """
    if example:
        return load_example_plan(area, today)
    brought = current_plan_file(area)
    if brought is not None and brought.found is not None:
        said = f"“{brought.name}”, your file for {place_name(area)}"
        return LoadedPlan(area, brought.found.actions, FILE, said, f"Your file “{brought.name}”")
    return load_plan(area)


def show_plan_upload(area: str, plan: LoadedPlan) -> None:
    """The box to bring a plan, with the template and the examples to start from."""
    brought = current_plan_file(area)
    box = st.expander(
        "Use your own action plan", icon=":material/upload_file:", expanded=not plan.actions
    )
    with box:
        pick_file(
            f"Spreadsheet with {place_name(area)}’s actions: Excel (.xlsx) or CSV, up to "
            f"{MOST_BYTES // 1_000_000} MB and {MOST_ROWS:,} actions",
            UPLOAD, STORE, area,
        )  # fmt: skip
        if brought is not None and st.session_state.get(f"{UPLOAD}-{area}") is None:
            st.button("Remove the file of this visit", on_click=lambda: forget_plan_file(area),
                      icon=":material/delete:", key="plan-remove-file")  # fmt: skip
        show_note(PRIVATE)
        with st.container(horizontal=True):
            _offer_file("Template (Excel)", "xlsx", "template", area)
            _offer_file("Template (CSV)", "csv", "template", area)
            if load_published_plan(area).actions:
                _offer_file("Published actions (Excel)", "xlsx", "published", area)
            _offer_file("Made-up example (Excel)", "xlsx", "example", area)


def make_plan_file(what: str, ending: str, area: str) -> bytes:
    """The empty template, the published actions, or the made-up example in it.

    Args:
        what: `template`, `published` or `example`.
        ending: `xlsx` or `csv`.
        area: the place whose wards are listed and whose figures the example uses.
    """
    about: list[tuple[str, str]] = []
    actions: tuple[PlannedAction, ...] = ()
    if what == "published":
        plan = load_published_plan(area)
        actions = plan.actions
        about = [("These actions", f"{plan.said}. {plan.source}. Nothing is added to it.")]
    elif what == "example":
        actions = load_example_plan(area, clock.today()).actions
        about = [(EXAMPLE_MARK, "Every action, target, date, role and status is made up.")]
    if ending == "csv":
        table = pd.DataFrame([make_row(action) for action in actions],
                             columns=[c.key for c in COLUMNS])  # fmt: skip
        return make_csv(table.set_axis([c.heading for c in COLUMNS], axis=1))
    return make_plan_template(_list_indicators(), ward_names(area), actions, about)


def _list_indicators() -> list[tuple[str, str, str, str]]:
    rows = []
    for one in load_catalogue().indicators.values():
        unit = f"{one.unit} {one.denominator_words}".strip()
        rows.append((one.id, one.name, unit, ", ".join(load_periods(one.id))))
    return rows


def _offer_file(label: str, ending: str, what: str, area: str) -> None:
    st.download_button(
        label,
        lambda: make_plan_file(what, ending, area),
        f"action_plan_{what}.{ending}",
        XLSX if ending == "xlsx" else "text/csv",
        key=f"plan-{what}-{ending}",
        icon=":material/download:",
        on_click="ignore",
    )


def show_plan_reading(brought: BroughtPlan, key: str = "plan") -> None:
    """Say how the file was read: what is wrong and where, and what was set aside."""
    if brought.found is None:
        st.error("This file cannot be used.", icon=":material/error:")
        show_note(f"{brought.name}: {brought.error}")
        return
    found = brought.found
    show_mistakes(found.mistakes, found.set_aside, len(found.actions), found.notes, key)
