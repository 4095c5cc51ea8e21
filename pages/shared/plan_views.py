"""The views of an action plan: counts, exceptions, actions, one action, changes, the rule."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from analysis.action_summary import ActionLine, PlanSummary
from analysis.action_tables import make_actions_table, make_exceptions_table
from analysis.action_view import (
    render_actions,
    render_counts,
    render_exception,
)
from analysis.export import Notes, make_notes
from analysis.words import count_words
from pages.shared.choices import choose_here
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import list_sources
from pages.shared.impact_panel import show_impact
from pages.shared.offered import when_offered
from pages.shared.page import current_theme, keep, show_note
from pages.shared.plan_changes import show_action_history
from pages.shared.plan_choices import MOST_MONTHS, PAGE, PlanChoices
from pages.shared.plan_data import LoadedPlan
from pages.shared.selection import Selection

MOST_EXCEPTIONS, MOST_LISTED = 20, 100
#: Where the open action was opened, so that its panel stands beside what was clicked.
OPENED = "plan_opened_in"


def make_plan_notes(plan: LoadedPlan, summary: PlanSummary) -> Notes:
    """What a file says of where it comes from and how statuses were found."""
    return make_notes(
        ("Plan", plan.said),
        ("Source", plan.source),
        ("As at", summary.today.isoformat()),
        ("Rule", summary.rule_words),
        ("Statuses", "“Status now” is what the council states; where it states none, what the rule "
         "finds. Both stand in columns of their own. The forecast is the council’s own."),
        ("Figures", list_sources(_indicators(summary))),
    )  # fmt: skip


def _indicators(summary: PlanSummary) -> list[str]:
    found = [line.figures.indicator.id for line in summary.lines if line.figures.indicator]
    return list(dict.fromkeys(found))


def show_counts(plan: LoadedPlan, summary: PlanSummary) -> None:
    """How many actions have which status, now and in the forecast, and who says so."""
    st.html(render_counts(summary, current_theme()))
    show_note(
        "A count says who states the status. The forecast is always the council’s own",
        f"Source: {plan.source}",
    )
    counts = summary.counts
    table = counts.drop(columns="status").set_axis(
        ["Status", "Now", "Stated by the council", "By the rule", "Forecast"], axis=1
    )
    offer = Offer("action plan statuses", table, make_plan_notes(plan, summary),
                  summary.description)  # fmt: skip
    show_offer(lambda: offer, "plan-counts")


def _open(action_id: str, where: str) -> None:
    st.session_state[OPENED] = where
    choose_here(PAGE, action=action_id)


def show_exceptions(plan: LoadedPlan, summary: PlanSummary, choices: PlanChoices,
                    selection: Selection) -> None:  # fmt: skip
    """The actions that need a look, each with its reasons and a way to its impact chart."""
    st.header("Exceptions first", anchor=False)
    found = summary.exceptions
    if not found:
        show_note("No action is off track, forecast to get worse, overdue, or judged differently "
                  "by council and rule")  # fmt: skip
        return
    for line in found[:MOST_EXCEPTIONS]:
        with st.container(border=True):
            st.html(render_exception(line, current_theme()))
            _show_button(line, choices, selection)
    cut = f"The first {MOST_EXCEPTIONS} of {len(found):,}; the files below hold all"
    show_note(
        cut if len(found) > MOST_EXCEPTIONS else "",
        "Order: off track, forecast worse than now, stated and computed status differ, due date "
        "passed, next step overdue",
        f"Source: {plan.source}",
    )
    offer = Offer("action plan exceptions", make_exceptions_table(found, summary.today),
                  make_plan_notes(plan, summary),
                  f"{count_words(len(found), 'action needs', 'actions need')} a look.")  # fmt: skip
    show_offer(lambda: offer, "plan-exceptions")


def _show_button(line: ActionLine, choices: PlanChoices, selection: Selection) -> None:
    action = line.action
    here = choices.action == action.id and st.session_state.get(OPENED) == "exceptions"
    if not here:
        st.button(
            f"Impact of {action.id}",
            icon=":material/show_chart:",
            key=f"plan-open-{action.id}",
            on_click=_open,
            args=(action.id, "exceptions"),
        )
        return
    st.button("Close", icon=":material/close:", key=f"plan-close-{action.id}", on_click=_open,
              args=("", ""))  # fmt: skip
    _show_panel(line, selection)


def _show_panel(line: ActionLine, selection: Selection) -> None:
    """The impact of an action, and how its status came to be what it is."""
    show_impact(line.action, selection, f"impact-{line.action.id}")
    show_action_history(selection.area, line.action.id)


def show_actions(plan: LoadedPlan, summary: PlanSummary) -> None:
    """Every action in the order of the plan."""
    st.header("All actions", anchor=False)
    lines = summary.lines
    listed = lines[:MOST_LISTED]
    caption = count_words(len(lines), "action", "actions")
    if len(listed) < len(lines):
        caption = f"The first {MOST_LISTED} of {caption}; the files below hold all"
    st.html(render_actions(listed, summary.today, caption, current_theme()))
    sources = list_sources(_indicators(summary))
    show_note(f"Source: {plan.source}", f"Figures: {sources}" if sources else "")
    show_offer(
        lambda: Offer("action plan", make_actions_table(lines, summary.today),
                      make_plan_notes(plan, summary), summary.description),
        "plan-actions",
    )  # fmt: skip


def show_one(summary: PlanSummary, choices: PlanChoices, selection: Selection) -> None:
    """Any action's figures over time: the impact chart, opened by name or by link."""
    st.header("Impact of one action", anchor=False)
    titles = {line.action.id: line.action.title for line in summary.lines}
    keep("plan_action", choices.action if choices.action in titles else None)
    st.selectbox(
        "Action",
        list(titles),
        format_func=lambda id_: f"{id_}: {titles.get(id_, '')}",
        index=None,
        key="plan_action",
        placeholder="Choose an action",
        on_change=when_offered("plan_action", titles, lambda value: _open(value or "", "list")),
    )
    line = next((one for one in summary.lines if one.action.id == choices.action), None)
    if line is None:
        show_note("Choose an action to see its indicator before and after it began")
    elif st.session_state.get(OPENED) == "exceptions" and line.exceptions:
        show_note(f"{line.action.id} is open above, among the exceptions")
    else:
        _show_panel(line, selection)


def show_rule(summary: PlanSummary, choices: PlanChoices) -> None:
    """The rule in words with its numbers, which can be changed here and stay in the address."""
    st.header("How the rule finds a status", anchor=False)
    show_note(summary.rule_words)
    left, right = st.columns(2)
    with left:
        _pick_share("on_track", "On track: at least this share of the expected change (%)",
                    choices.on_track, 100)  # fmt: skip
        _pick_share("acceptable", "Within acceptable variance: at least (%)",
                    choices.rule.acceptable, choices.on_track)  # fmt: skip
    with right:
        keep("plan_expected_on", choices.expected_on)
        st.radio(
            "Compare the newest figure with the line",
            ["figure", "today"],
            format_func=lambda key: {"figure": "on the last day of its own period",
                                     "today": "today"}[key],
            key="plan_expected_on",
            horizontal=True,
            on_change=lambda: choose_here(PAGE, expected_on=st.session_state["plan_expected_on"]),
        )  # fmt: skip
        keep("plan_oldest_months", choices.oldest_months)
        st.number_input(
            "Do not use figures older than (months; 0 for no limit)",
            0,
            MOST_MONTHS,
            step=1,
            key="plan_oldest_months",
            on_change=lambda: choose_here(
                PAGE, oldest_months=int(st.session_state["plan_oldest_months"])
            ),
        )


def _pick_share(field: str, label: str, value: int, most: int) -> None:
    key = f"plan_{field}"
    keep(key, value)
    st.number_input(
        label, 0, most, step=5, key=key,
        on_change=lambda: choose_here(PAGE, **{field: int(st.session_state[key])}),
    )  # fmt: skip


def say_today(today: dt.date) -> str:
    """The day for a subtitle."""
    return f"as at {today.day} {today:%B %Y}"
