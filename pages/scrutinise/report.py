"""Report: a pack for a scrutiny panel, as Word, PDF, PowerPoint, Excel or one web page."""

import datetime as dt
from functools import partial

import streamlit as st

from analysis.report.sections_actions import PackPlan
from analysis.words import keep_short
from pages.shared.choices import current_choices
from pages.shared.page import begin_page, panel, pick_area, show_note, show_title
from pages.shared.places import place_name
from pages.shared.report_choices import PAGE, PackChoices, parse_choices
from pages.shared.report_parts import (
    pick_details,
    pick_formats,
    pick_sections,
    show_making,
    show_preview,
)
from pages.shared.report_plan import load_pack_plan
from pages.shared.selection import Selection, current_selection, show_link_problems, write_address


def load_plan_of(selection: Selection) -> PackPlan | None:
    """The council's plan; where it cannot be read, that is said and the rest works."""
    plan, problems = load_pack_plan(selection.area, dt.date.today())
    for problem in problems:
        st.warning(problem, icon=":material/report:")
    return plan


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
show_page()
