"""Actions and impact: a council's action plan for its scrutiny panel, exceptions first."""

import streamlit as st

from analysis.action_plan_example import EXAMPLE_MARK
from analysis.action_summary import PlanSummary
from analysis.action_view import STYLE, render_banner
from analysis.assessment_view import STYLE as TABLE_STYLE
from analysis.words import count_words
from data import clock
from data.errors import DataError
from pages.shared.choices import choose_here, current_choices
from pages.shared.impact_panel import current_impact_choices
from pages.shared.page import (
    begin_page,
    current_theme,
    keep,
    panel,
    pick_area,
    pick_ward,
    show_note,
    show_title,
)
from pages.shared.places import place_name
from pages.shared.plan_changes import show_plan_changes, show_plan_history
from pages.shared.plan_choices import (
    PAGE,
    PlanChoices,
    filter_actions,
    list_options,
    list_unknown,
    parse_plan_choices,
)
from pages.shared.plan_data import EXAMPLE, PUBLISHED, LoadedPlan, load_published_plan, summarise
from pages.shared.plan_file import (
    current_plan_file,
    find_plan,
    show_plan_reading,
    show_plan_upload,
)
from pages.shared.plan_store import show_keeping, show_result
from pages.shared.plan_views import (
    say_today,
    show_actions,
    show_counts,
    show_exceptions,
    show_one,
    show_rule,
)
from pages.shared.selection import (
    Selection,
    current_selection,
    show_link_problems,
    write_address,
)

FILTERS = {
    "action_area": ("Action area", "All action areas"),
    "objective": ("Objective", "All objectives"),
    "owner": ("Owner role", "All owner roles"),
}


def pick_filter(name: str, options: list[str], chosen: str) -> None:
    """A list of what an action may have, or all."""
    label, every = FILTERS[name]
    key = f"plan_{name}"
    keep(key, chosen if chosen in options else "")
    st.selectbox(
        label,
        ["", *options],
        format_func=lambda option: option or every,
        key=key,
        on_change=lambda: choose_here(PAGE, **{name: st.session_state[key]}),
    )


def pick_filters(plan: LoadedPlan, choices: PlanChoices) -> None:
    """A list for each filter of which the plan has anything to choose."""
    for name in FILTERS:
        if options := list_options(plan.actions, name):
            pick_filter(name, options, getattr(choices, name))


def show_heading(plan: LoadedPlan, summary: PlanSummary, total: int, ward: str) -> None:
    """The finding, and what it is about."""
    shown = len(summary.lines)
    part = f"; {shown:,} of {total:,} actions chosen" if shown < total else ""
    where = f"; actions for {place_name(ward)} and council-wide ones" if ward else ""
    meaning = "A status is what the council states; where it states none, the rule below finds it."
    if plan.kind == PUBLISHED:
        meaning = (
            "The council published no status, owner, date or target with it, so none are shown or "
            "made up. Bring the council’s own plan below, or try the made-up example."
        )
    show_title(summary.title, f"{plan.said}, {say_today(summary.today)}{part}{where}", meaning)


def offer_example(plan: LoadedPlan) -> None:
    """The way to the made-up plan and back."""
    if plan.kind == EXAMPLE:
        st.button("Leave the example", on_click=lambda: choose_here(PAGE, plan="", action=""),
                  icon=":material/close:", key="plan-leave-example")  # fmt: skip
    else:
        st.button("Try a made-up example", icon=":material/science:", key="plan-try-example",
                  on_click=lambda: choose_here(PAGE, plan="example", action=""))  # fmt: skip


def show_empty(area: str) -> None:
    """Why there is nothing, and what to do."""
    brought = current_plan_file(area)
    if brought is not None and brought.found is not None:
        show_title("No row of your file can be used", "Every row was set aside; see below why")
        return
    show_title(
        f"No action plan for {place_name(area)} yet",
        "Nobody has saved one here, and none that was published is known",
        "Bring the council’s plan as a spreadsheet: the template is below. Or try the example.",
    )


def show_plan(plan: LoadedPlan, choices: PlanChoices, selection: Selection) -> None:
    """All views of a plan that has actions."""
    today = clock.today()
    summary = summarise(
        plan, choices.rule, today, filter_actions(plan.actions, choices, selection.ward)
    )
    show_heading(plan, summary, len(plan.actions), selection.ward)
    offer_example(plan)
    if unknown := list_unknown(plan.actions, choices):
        show_note(*unknown)
    if not summary.lines:
        show_note("No action fits what is chosen above; choose less")
        return
    if has_statuses(summary):
        with panel("the counts"):
            show_counts(plan, summary)
        with panel("the exceptions"):
            show_exceptions(plan, summary, choices, selection)
    if plan.kind != PUBLISHED:
        with panel("what changed"):
            show_plan_changes(plan, choices, today)
    with panel("the actions"):
        show_actions(plan, summary)
    with panel("the impact"):
        show_one(summary, choices, selection)
    with panel("the history"):
        show_plan_history(plan)
    with panel("the rule"):
        show_rule(summary, choices)


def has_statuses(summary: PlanSummary) -> bool:
    """Whether there is anything to count: a status, a forecast or something overdue."""
    return any(line.status or line.action.forecast or line.exceptions for line in summary.lines)


def load_shown(selection: Selection, choices: PlanChoices) -> LoadedPlan:
    """The plan to show; where what is kept cannot be read, what was published, and the reason."""
    try:
        return find_plan(selection.area, choices.plan == "example", clock.today())
    except DataError as error:
        st.error(f"The saved plan cannot be shown. {error}", icon=":material/error:")
        return load_published_plan(selection.area)


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: bring a plan, choose, read the finding, look."""
    selection = current_selection()
    choices = current_choices(PAGE, PlanChoices(), parse_plan_choices)
    impact = current_impact_choices() if choices.action else None
    show_link_problems()
    show_result()
    plan = load_shown(selection, choices)
    if plan.made_up:
        count = count_words(plan.made_up, "action", "actions")
        words = f"{EXAMPLE_MARK}: {count} made up to show how this page works; figures are real"
        st.html(render_banner(words, current_theme()))
    with st.container(key="pickers"):
        pick_area(selection)
        if plan.actions:
            pick_ward(selection)
            pick_filters(plan, choices)
    write_address("area", "ward", **choices.address(), **(impact.address() if impact else {}))
    brought = current_plan_file(selection.area)
    if not plan.actions:
        show_empty(selection.area)
        offer_example(plan)
    if brought is not None and plan.kind != EXAMPLE:
        show_plan_reading(brought)
    if plan.actions:
        show_plan(plan, choices, selection)
    show_plan_upload(selection.area, plan)
    show_keeping(selection.area, plan)


begin_page()
st.html(TABLE_STYLE + STYLE)
show_page()
