"""Report: a pack for a scrutiny panel, as Word, PDF, PowerPoint, Excel or one web page."""

from functools import partial

import streamlit as st

from analysis.report.sections_actions import PackPlan
from analysis.words import keep_short
from data import clock
from pages.shared.choices import current_choices
from pages.shared.page import begin_page, panel, pick_area, show_note, show_title
from pages.shared.places import place_name
from pages.shared.plan_choices import PAGE as PLAN_PAGE
from pages.shared.plan_choices import PlanChoices
from pages.shared.plan_file import find_plan
from pages.shared.report_choices import PAGE, PackChoices, parse_choices
from pages.shared.report_parts import (
    STYLE,
    pick_details,
    pick_formats,
    pick_sections,
    show_making,
    show_preview,
)
from pages.shared.report_plan import make_pack_plan
from pages.shared.selection import Selection, current_selection, show_link_problems, write_address


def load_plan_of(selection: Selection) -> PackPlan | None:
    """The plan of the page Actions and impact, by the rule chosen there; None where none is."""
    there = st.session_state.get(f"choices:{PLAN_PAGE}", PlanChoices())
    today = clock.today()
    with panel("the action plan"):
        plan = find_plan(selection.area, there.plan == "example", today)
        return make_pack_plan(plan, today, there.rule)
    return None  # type: ignore[unreachable]  # a panel keeps errors


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page, from what goes in to the files."""
    selection = current_selection()
    parse = partial(parse_choices, area=selection.area)
    stored = current_choices(PAGE, PackChoices(), parse)
    show_link_problems()
    with panel("the page"):
        chosen = stored.settled(selection.area)
        place = place_name(selection.area)
        show_title(
            keep_short(f"A report pack for {place}", f"Report: {place}"),
            "Exceptions first, then needs, recovery, wards and actions, with sources and dates. "
            "The figures are the same as on the pages.",
        )
        with st.container(key="pickers"):
            pick_area(selection)
        write_address("area", **chosen.address())
        plan = load_plan_of(selection)
        inside, preview_side = st.columns([3, 2], gap="medium")
        with inside:
            pick_sections(chosen)
            pick_details(chosen, selection)
        with preview_side:
            show_preview(chosen, plan, selection)
            pick_formats(chosen)
            with panel("the pack"):
                show_making(chosen, plan)
        show_note(
            "To make packs on a schedule, without a browser: make report COUNCIL=… FORMATS=… "
            "OUT=folder (see docs/reports.md)"
        )


begin_page()
st.html(STYLE)
show_page()
