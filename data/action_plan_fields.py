"""The columns of an action plan that a council fills in (see docs/actions.md)."""

from __future__ import annotations

from data import action_plan_cells as plan
from data import cells
from data.forms import Column, Form
from data.planned_action import STATUSES
from data.spreadsheets import Limits

SHEET = "Action plan"
MOST_BYTES = 5_000_000
MOST_ROWS = 2_000

COLUMNS = (
    Column("id", "Id", "A short id that the action keeps in every version of the plan.", "A1",
           cells.read_id, "always"),
    Column("title", "Title", "The action in a few words.", "Help residents back into work",
           cells.read_plain, "always", 200),
    Column("action_area", "Action area", "The heading of the council's strategy; several with ; "
           "between them. May be empty.", "Good work", cells.read_plain, "", 300),
    Column("theme", "Theme", "A way of working or a programme. May be empty.", "Proactive",
           cells.read_plain, "", 120),
    Column("objective", "Objective", "The corporate objective it serves. May be empty.",
           "A flexible and skilled local workforce", cells.read_plain, "", 200),
    Column("owner_role", "Owner role", "The role that answers for it. No names of people.",
           "Economic development lead", plan.read_owner_role, "", 80),
    Column("start", "Start", "The day it starts, day before month.", "01/04/2021",
           cells.read_day),
    Column("due", "Due", "The day it is to be done; not before the start.", "31/03/2023",
           cells.read_day),
    Column("wards", "Wards", "Ward codes from the sheet Wards with ; between them, or "
           "Council-wide. Empty: council-wide.", "Council-wide", cells.read_wards, "", 3_000),
    Column("indicator", "Indicator", "Id of the indicator that shows whether it works, from the "
           "sheet Indicators. Needed with a target.", "claimant_count_percent",
           cells.read_indicator, "triggered", 200),
    Column("baseline_period", "Baseline period", "The period the action starts from, one of those "
           "in the sheet Indicators. Needed with a target.", "2019", plan.read_period_text,
           "triggered", 40),
    Column("target", "Target", "The figure to reach, in the indicator's unit: 2.5 for 2.5 %.",
           "2.5", plan.read_number),
    Column("target_date", "Target date", "The day by which to reach it. Needed with a target.",
           "31/12/2022", cells.read_day, "triggered"),
    Column("intervention", "Intervention level", "The figure at which somebody must step in. May "
           "be empty.", "5", plan.read_number),
    Column("status", "Status now", "What the council says today. Empty: left to the rule.",
           "On track", plan.read_status, "", 60, STATUSES),
    Column("forecast", "Forecast status", "What the council expects at the due date. May be "
           "empty.", "On track", plan.read_status, "", 60, STATUSES),
    Column("reason", "Reason", "Why the status and the forecast are what they are.",
           "Two of three job clubs are open", cells.read_plain, "", 1_000),
    Column("next_step", "Next step", "What happens next. May be empty.",
           "Open the third job club", cells.read_plain, "", 500),
    Column("next_step_date", "Next step date", "The day of the next step.", "30/09/2021",
           cells.read_day),
    Column("source", "Source", "Where the plan says so. May be empty.", "Cabinet report, page 4",
           cells.read_plain, "", 300),
)  # fmt: skip
FORM = Form(
    sheet=SHEET,
    columns=COLUMNS,
    rows_are="actions",
    limits=Limits(most_bytes=MOST_BYTES, most_unpacked=60_000_000, most_rows=MOST_ROWS),
    triggers=("target",),
    trigger_words="with a target",
)
