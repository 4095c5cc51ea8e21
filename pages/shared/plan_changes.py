"""What changed in a plan since the last meeting: between versions, or beside a second file."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pandas as pd
import streamlit as st

from analysis.action_view import describe_change, render_changes
from analysis.words import count_words
from data.plan_changes import ADDED, REMOVED, list_changes
from pages.shared.choices import choose_here
from pages.shared.downloads import Offer, show_offer
from pages.shared.page import current_theme, keep, show_note
from pages.shared.plan_choices import PAGE, PlanChoices
from pages.shared.plan_data import EXAMPLE, FILE, LoadedPlan, load_example_plan, load_plan
from pages.shared.plan_file import EARLIER, current_plan_file, pick_file, show_plan_reading
from pages.shared.plan_store import load_history, load_versions, say_version

EARLIER_STORE = "plan_earlier_files"
COLUMNS = ("action_id", "title", "what", "old", "new", "reason")


def show_plan_changes(plan: LoadedPlan, choices: PlanChoices, today: dt.date) -> None:
    """What changed, from the history of the saved plan or by comparing two plans."""
    st.header("What changed since the last meeting", anchor=False)
    versions = load_versions(plan.area)
    if plan.kind == EXAMPLE:
        earlier = load_example_plan(plan.area, today, earlier=True)
        _show_comparison(plan, earlier, "a made-up plan of an earlier meeting")
    elif plan.kind == FILE and versions:
        _show_comparison(
            plan, load_plan(plan.area), f"the saved plan ({say_version(versions[-1])})"
        )
    elif len(versions) > 1:
        _show_versions(plan, choices)
    elif versions:
        show_note(f"One version is saved ({say_version(versions[0])}). What changes shows here "
                  "once a second one is saved")  # fmt: skip
    else:
        _show_second_file(plan)


def _show_second_file(plan: LoadedPlan) -> None:
    pick_file("The plan of the last meeting, to compare with (Excel or CSV)", EARLIER,
              EARLIER_STORE, plan.area)  # fmt: skip
    brought = current_plan_file(plan.area, EARLIER_STORE)
    if brought is None:
        show_note("No plan is saved, so there is no history yet. Choose the earlier file to see "
                  "what changed")  # fmt: skip
        return
    show_plan_reading(brought, "plan-earlier")
    if brought.found is not None:
        earlier = dataclasses.replace(plan, actions=brought.found.actions)
        _show_comparison(plan, earlier, f"“{brought.name}”")


def _show_comparison(plan: LoadedPlan, earlier: LoadedPlan, said: str) -> None:
    changes = list_changes(earlier.actions, plan.actions)
    table = pd.DataFrame([dataclasses.asdict(change) for change in changes], columns=COLUMNS)
    _show_changes(table, f"compared with {said}", plan, "plan-changes")


def _pick_version(field: str, label: str, numbers: dict[int, str], value: int) -> None:
    key = f"plan_{field}"
    keep(key, value)
    st.selectbox(
        label, list(numbers), format_func=lambda n: numbers.get(n, str(n)), key=key,
        on_change=lambda: choose_here(PAGE, **{field: st.session_state[key]}),
    )  # fmt: skip


def choose_versions(numbers: list[int], choices: PlanChoices) -> tuple[int, int]:
    """The two versions to compare: those chosen where they exist, else the last two."""
    now = choices.now if choices.now in numbers[1:] else numbers[-1]
    before = [number for number in numbers if number < now]
    return (choices.then if choices.then in before else before[-1]), now


def _show_versions(plan: LoadedPlan, choices: PlanChoices) -> None:
    words = {v.number: say_version(v) for v in load_versions(plan.area)}
    numbers = list(words)
    then, now = choose_versions(numbers, choices)
    left, right = st.columns(2)
    with left:
        _pick_version("then", "Changes after", {n: words[n] for n in numbers if n < now}, then)
    with right:
        _pick_version("now", "Up to", {n: words[n] for n in numbers[1:]}, now)
    history = load_history(plan.area)
    between = history[(history["version"] > then) & (history["version"] <= now)]
    _show_changes(between, f"after {words[then]}, up to {words[now]}", plan, "plan-changes")


def _show_changes(changes: pd.DataFrame, said: str, plan: LoadedPlan, key: str) -> None:
    if changes.empty:
        show_note(f"No status or forecast changed, {said}")
        return
    caption = f"{summarise_changes(changes)}, {said}"
    st.html(render_changes(changes, caption, current_theme()))
    show_note(f"Source: {plan.source}")
    offer = Offer("action plan changes", tidy_changes(changes),
                  [("What this is", caption), ("Source", plan.source)], f"{caption}.")  # fmt: skip
    show_offer(lambda: offer, key)


def summarise_changes(changes: pd.DataFrame) -> str:
    """How many actions changed in which way: "3 changes of status, 1 action added"."""
    kinds = changes["what"].value_counts()
    added = int(((changes["what"] == "action") & (changes["new"] == ADDED)).sum())
    removed = int(((changes["what"] == "action") & (changes["new"] == REMOVED)).sum())
    parts = [
        count_words(int(kinds.get("status", 0)), "change of status", "changes of status"),
        count_words(int(kinds.get("forecast", 0)), "change of forecast", "changes of forecast"),
        count_words(added, "action added", "actions added") if added else "",
        count_words(removed, "action removed", "actions removed") if removed else "",
    ]
    return ", ".join(part for part in parts if part)


def tidy_changes(changes: pd.DataFrame) -> pd.DataFrame:
    """Changes with plain headings for download."""
    words = [describe_change(row.what, row.old, row.new) for row in changes.itertuples(index=False)]
    table = pd.DataFrame(
        {
            "Id": changes["action_id"],
            "Action": changes["title"],
            "Change": words,
            "From": changes["old"],
            "To": changes["new"],
            "Reason given": changes["reason"],
        }
    )
    if "version" in changes:
        table["Version"] = changes["version"]
        table["Saved on (UTC)"] = [at.strftime("%Y-%m-%d %H:%M") for at in changes["saved_at"]]
        table["Saved by"] = changes["who"]
    return table


def show_action_history(area: str, action_id: str) -> None:
    """Why one action's status is what it is: each saved change; nothing where none is saved."""
    history = load_history(area, action_id)
    if not history.empty:
        caption = f"How the status of {action_id} changed, newest first; no entry is ever changed"
        st.html(render_changes(history.iloc[::-1], caption, current_theme()))


def show_plan_history(plan: LoadedPlan) -> None:
    """Every change that was ever saved, newest first; nothing where nothing is saved."""
    history = load_history(plan.area)
    if history.empty:
        return
    with st.expander(f"The whole history: {len(history):,} changes", icon=":material/history:"):
        newest = history.iloc[::-1].head(200)
        st.html(render_changes(newest, "Newest first; no entry is ever changed", current_theme()))
        offer = Offer("action plan history", tidy_changes(history),
                      [("What this is", "Every change of status and forecast that was saved"),
                       ("Source", plan.source)])  # fmt: skip
        show_offer(lambda: offer, "plan-history")
