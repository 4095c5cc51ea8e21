"""A plan in short: counts, exceptions, title and tables, and the changes between two versions."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.action_status import ActionFigures, StatusRule
from analysis.action_summary import PlanSummary, make_title, summarise_plan
from analysis.action_view import render_actions, render_changes, render_counts, render_exception
from analysis.export import make_csv, make_workbook
from data.plan_changes import PlanChange, list_changes
from data.planned_action import STATUSES, PlannedAction
from pages.shared.plan_data import load_example_plan, load_published_plan, summarise

TODAY = dt.date(2026, 11, 25)
YESTERDAY = dt.date(2026, 11, 24)


def sum_up(*actions: PlannedAction) -> PlanSummary:
    return summarise_plan(actions, {}, StatusRule(), TODAY)


def action(id_: str = "A1", **changes) -> PlannedAction:
    return PlannedAction(id_, "Something", **changes)


def why(**changes) -> tuple[str, ...]:
    return sum_up(action(**changes)).lines[0].exceptions


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"status": "On track"}, ()),
        ({"status": "Off track"}, ("off track",)),
        ({"status": "On track", "forecast": "Off track"}, ("forecast is worse than now",)),
        ({"status": "Off track", "forecast": "On track"}, ("off track",)),
        ({"status": "Not started", "forecast": "Off track"}, ()),
        ({"due": YESTERDAY}, ("due date has passed",)),
        ({"due": TODAY}, ()),
        ({"due": YESTERDAY, "status": "Complete"}, ()),
        ({"next_step_date": YESTERDAY}, ("next step is overdue",)),
        ({"next_step_date": YESTERDAY, "status": "Complete"}, ()),
    ],
)
def test_an_exception_says_why(changes, found):
    assert why(**changes) == found


def test_the_example_shows_where_council_and_rule_differ():
    summary = summarise(load_example_plan("E07000011", TODAY), StatusRule(), TODAY)
    lines = {line.action.id: line for line in summary.lines}
    second = lines["EX2"]
    assert (second.status, second.origin) == ("On track", "stated by the council")
    assert second.computed.status == "Within acceptable variance"
    assert "stated and computed status differ" in second.exceptions
    fourth = lines["EX4"]
    assert (fourth.action.status, fourth.status, fourth.origin) == ("", "On track", "by the rule")
    assert lines["EX7"].computed.why_not.endswith("district figure, not ward")


def test_the_gravest_exceptions_come_first():
    summary = sum_up(
        action("A", next_step_date=YESTERDAY),
        action("B", due=YESTERDAY),
        action("C", status="Off track"),
        action("D", status="Off track", due=YESTERDAY),
        action("E", status="On track", forecast="Off track"),
        action("F", status="On track"),
    )
    assert [line.action.id for line in summary.exceptions] == ["D", "C", "E", "B", "A"]


def test_each_action_counts_once_and_says_who_states_its_status():
    summary = summarise(load_example_plan("E07000011", TODAY), StatusRule(), TODAY)
    counts = summary.counts.set_index("status")
    assert counts["now"].sum() == counts["forecast"].sum() == 14
    assert (counts["stated"] + counts["by_rule"])[:-1].tolist() == counts["now"][:-1].tolist()
    assert counts.loc["Off track", ["now", "stated", "forecast"]].tolist() == [2, 2, 3]
    assert counts.loc["Off track", "label"] == "▲ Off track"


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        (["Off track", "On track", "On track"], "1 of 3 actions is off track"),
        (["Off track", "Off track", "On track"], "2 of 3 actions are off track"),
        (["On track", "On track"], "None of 2 actions are off track"),
        (["", ""], "2 actions, none with a status"),
        (["Off track", "", ""], "1 of 3 actions is off track, 2 without status"),
        ([], "No action to show"),
    ],
)
def test_the_title_is_the_finding(statuses, title):
    summary = sum_up(*(action(f"A{n}", status=text) for n, text in enumerate(statuses)))
    assert make_title(summary.lines) == title
    assert len(title.split()) <= 10


def test_the_tables_hold_what_the_lines_hold():
    summary = summarise(load_example_plan("E07000011", TODAY), StatusRule(), TODAY)
    table = summary.table.set_index("Id")
    assert table.loc["EX1", "Newest figure"] == 2.2
    assert table.loc["EX1", "Target"] == summary.lines[0].action.target
    assert table["Status now"].value_counts()["Off track"] == 2
    assert summary.exceptions_table["Id"].tolist() == [
        line.action.id for line in summary.exceptions
    ]
    assert sum_up().exceptions_table.empty


def test_published_actions_become_a_plan_with_nothing_added():
    plan = load_published_plan("E07000011")
    assert len(plan.actions) == 8
    for one in plan.actions:
        assert one == PlannedAction(one.id, one.title, source=one.source)
        assert one.source.startswith("Summarised from Recovering from the impact of Covid-19")
    assert load_published_plan("E10000008").actions == ()


@pytest.mark.parametrize("area", ["E07000011", "E10000008", "E09000001", "E06000053", "E92000001"])
def test_the_made_up_plan_says_so_in_every_action_and_fills_every_column(area):
    plan = load_example_plan(area, TODAY)
    assert len(plan.actions) == 14
    for one in plan.actions:
        assert one.title.startswith("Example: ")
        assert "not a council’s plan" in one.source
    for name in PlannedAction.__dataclass_fields__:
        # A small place may have no indicator with figures, and England no objectives.
        if area == "E07000011":
            assert any(getattr(one, name) for one in plan.actions), name
    summary = summarise(plan, StatusRule(), TODAY)
    assert {line.status for line in summary.lines} >= set(STATUSES)


def test_text_of_a_plan_is_shown_as_text():
    nasty = "<script>alert(1)</script>"
    lines = sum_up(PlannedAction("A1", nasty, owner_role=nasty, reason=nasty, status="Off track",
                                 next_step=nasty, action_area=nasty)).lines  # fmt: skip
    for body in (
        render_actions(lines, TODAY, nasty, "light"),
        render_exception(lines[0], "dark"),
    ):
        assert "<script" not in body
        assert "&lt;script&gt;" in body


def test_what_a_spreadsheet_would_compute_is_text_in_every_download():
    table = sum_up(PlannedAction("A1", "=1+1", reason="@cmd", next_step="+x", status="Off track"))
    for content in (table.table, table.exceptions_table):
        text = make_csv(content).decode("utf-8-sig")
        for cell in ("'=1+1", "'@cmd", "'+x"):
            assert cell in text
    book = openpyxl.load_workbook(io.BytesIO(make_workbook(table.table, ())))
    assert (book["Data"]["B2"].value, book["Data"]["B2"].data_type) == ("=1+1", "s")


def test_a_status_is_never_told_by_colour_alone():
    body = render_counts(sum_up(action(status="Off track")), "light")
    assert "▲ Off track" in body


# --- changes ---------------------------------------------------------------------------------


def test_changes_are_listed_with_old_new_and_reason():
    before = [action("A1", status="On track", forecast="On track"), action("A2"), action("A3")]
    after = [
        action("a1", status="Off track", forecast="On track", reason="Staff left"),
        action("A3"),
        action("A4", status="Not started"),
    ]
    assert list_changes(before, after) == (
        PlanChange("a1", "Something", "status", "On track", "Off track", "Staff left"),
        PlanChange("A4", "Something", "action", "", "added", ""),
        PlanChange("A4", "Something", "status", "", "Not started", ""),
        PlanChange("A2", "Something", "action", "", "removed"),
    )
    body = render_changes(
        pd.DataFrame([vars(c) for c in list_changes(before, after)]), "x", "light"
    )
    assert "No longer in the plan" in body
    assert "▲ Off track" in body


@given(st.lists(st.sampled_from(["", *STATUSES]), min_size=1, max_size=6),
       st.lists(st.sampled_from(["", *STATUSES]), min_size=1, max_size=6))  # fmt: skip
def test_applying_the_changes_to_the_old_plan_gives_the_new_one(old, new):
    before = [action(f"A{n}", status=text) for n, text in enumerate(old)]
    after = [action(f"A{n}", status=text) for n, text in enumerate(new)]
    state = {one.id: one.status for one in before}
    for change in list_changes(before, after):
        if change.what == "action" and change.new == "removed":
            del state[change.action_id]
        elif change.what == "action":
            state[change.action_id] = ""
        elif change.what == "status":
            assert state[change.action_id] == change.old
            state[change.action_id] = change.new
    assert state == {one.id: one.status for one in after}


def test_an_action_without_an_indicator_has_no_figures():
    (line,) = sum_up(action()).lines
    assert line.figures == ActionFigures()
    assert (line.status, line.origin, line.computed.why_not) == ("", "", "no indicator")
