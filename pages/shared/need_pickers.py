"""How a visitor chooses an action area: from a row of pills, or by a cell of the table."""

from __future__ import annotations

import streamlit as st

from data.strategy import Strategy
from pages.shared.need_choices import choose_need
from pages.shared.needs import Needs
from pages.shared.page import keep
from pages.shared.selection import choose_ward


def pick_action_area(needs: Needs) -> None:
    """Let the visitor choose the action area that is shown in depth."""
    labels = {area.id: area.heading_label for area in needs.strategy.action_areas}
    keep("pick_action_area", needs.choices.action_area)
    st.pills(
        "Action area",
        list(labels),
        format_func=lambda area: labels.get(area, area),
        key="pick_action_area",
        required=True,
        on_change=lambda: choose_need(
            needs.strategy, action_area=st.session_state["pick_action_area"]
        ),
    )


def choose_cell(strategy: Strategy, ward: str, area: str) -> None:
    """Follow a click in the table of wards by action areas; "" where a part is not chosen."""
    if area:
        choose_need(strategy, action_area=area)
    if ward:
        choose_ward(ward)
