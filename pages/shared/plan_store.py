"""Keeping an action plan: a lead saves it as a new version, or removes all of it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.assessment import print_day
from analysis.words import count_words, join_words
from data.access import Role
from data.errors import StoreError
from data.store.engine import is_anything_kept, open_store
from data.store.plans import (
    PlanVersion,
    SaveResult,
    list_versions,
    load_plan_history,
    remove_plan,
    save_plan,
)
from pages.shared.access import current_visitor, show_access
from pages.shared.page import show_note
from pages.shared.places import place_name
from pages.shared.plan_data import FILE, LoadedPlan
from pages.shared.plan_file import current_plan_file, forget_plan_file

SAID = "plan_store_said"
KEPT = (
    "A saved plan is public to everybody who can open this dashboard. Every save is a new version; "
    "no version is overwritten or removed by itself. A lead can remove the whole plan with its "
    "history; the audit list keeps who did so and when."
)


def say_version(version: PlanVersion) -> str:
    """A version in words: "version 3, 4 May 2026 at 14:05 UTC"."""
    at = version.saved_at.astimezone(dt.UTC)
    return f"version {version.number}, {print_day(at)} at {at:%H:%M} UTC"


def load_versions(area: str) -> tuple[PlanVersion, ...]:
    """Every saved version, oldest first.

    Raises:
        StoreError: the database cannot be read.
    """
    return list_versions(open_store(), area) if is_anything_kept() else ()


def load_history(area: str, action_id: str = "") -> pd.DataFrame:
    """Every change of a council's plan (see `data.store.plans.load_plan_history`).

    Raises:
        StoreError: the database cannot be read.
    """
    if not is_anything_kept():
        return pd.DataFrame()
    return load_plan_history(open_store(), area, action_id)


def say_result(result: SaveResult) -> str:
    """What a save came to, and who saved in between."""
    words = (
        f"Saved as version {result.number}, with "
        f"{count_words(result.changes, 'change', 'changes')} since the one before."
    )
    if result.in_between:
        others = join_words([f"{v.who} saved {say_version(v)}" for v in result.in_between[-3:]])
        words += (
            f" Somebody else saved in between: {others}. Both are kept; yours is the newest. "
            "Compare the two under “What changed”, and save once more if something is lacking."
        )
    return words


def show_keeping(area: str, plan: LoadedPlan) -> None:
    """Offer a lead to save the visitor's file, or to remove what is saved."""
    with st.expander("Keep this plan", icon=":material/save:"):
        show_note(KEPT)
        if not show_access(Role.LEAD, "keep an action plan for the council"):
            return
        if plan.made_up:
            show_note("A made-up example is not kept as a council’s plan")
        elif plan.kind == FILE and plan.actions:
            brought = current_plan_file(area)
            if brought is not None and brought.found is not None and len(brought.found.set_aside):
                show_note("Rows that were set aside are not saved; put them right first")
            st.button(
                f"Save as {place_name(area)}’s plan",
                on_click=lambda: _save(area, plan),
                icon=":material/save:",
                key="plan-save",
            )
        else:
            show_note("Choose a file above to save it as a new version")
        _offer_removal(area)


def show_result() -> None:
    """Say once what saving or removing came to."""
    kind, words = st.session_state.pop(SAID, ("", ""))
    if kind == "error":
        st.error(words, icon=":material/error:")
    elif words:
        st.success(words, icon=":material/save:")


def _save(area: str, plan: LoadedPlan) -> None:
    visitor, brought = current_visitor(), current_plan_file(area)
    if not visitor.may(Role.LEAD) or brought is None or plan.made_up:
        return
    try:
        result = save_plan(
            open_store(), area, plan.actions, brought.name, visitor.name, brought.based_on
        )
    except StoreError as error:
        st.session_state[SAID] = ("error", f"The plan was not saved. {error}")
        return
    forget_plan_file(area)
    st.session_state[SAID] = ("saved", say_result(result))


def _offer_removal(area: str) -> None:
    try:
        versions = load_versions(area)
    except StoreError as error:
        st.error(str(error))
        return
    if not versions:
        return
    name = place_name(area)
    sure = st.checkbox(
        f"I want to remove {name}’s plan: all {count_words(len(versions), 'version', 'versions')} "
        "and the whole history. This cannot be undone.",
        key="plan-remove-sure",
    )
    st.button("Remove the whole plan", disabled=not sure, icon=":material/delete_forever:",
              key="plan-remove", on_click=lambda: _remove(area))  # fmt: skip


def _remove(area: str) -> None:
    visitor = current_visitor()
    if not (visitor.may(Role.LEAD) and st.session_state.get("plan-remove-sure")):
        return
    try:
        number = remove_plan(open_store(), area, visitor.name)
    except StoreError as error:
        st.session_state[SAID] = ("error", f"Nothing was removed. {error}")
        return
    st.session_state[SAID] = ("removed", f"Removed: {count_words(number, 'version', 'versions')}.")
