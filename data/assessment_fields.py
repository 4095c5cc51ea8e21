"""The columns of a file of scored impacts (see docs/assessment.md)."""

from __future__ import annotations

from data import assessment_cells as scores
from data import cells
from data.forms import Column, Form
from data.spreadsheets import Limits

SHEET = "Assessment"
MOST_BYTES = 5_000_000
MOST_ROWS = 5_000


COLUMNS = (
    Column(
        "id", "Id", "A short id that stays the same whenever this impact is scored again.",
        "ECON-1", cells.read_id, "always",
    ),
    Column("title", "Title", "The impact in a few words.", "Shops closed in the high streets",
           cells.read_plain, "always", 150),
    Column("area_of_impact", "Area of impact", "One of the allowed words.", "Economy",
           scores.read_area, "triggered", 60, scores.AREAS),
    Column("kind", "Kind", "Damaging: to put right. Positive: to keep.", "Damaging",
           scores.read_kind, "always", 40, scores.KINDS),
    Column("impact", "Impact", "How large: 1 (least) to 5 (most). Empty: not scored.", "4",
           scores.read_score, "triggered"),
    Column("likelihood", "Likelihood", "How likely: 1 (least) to 5 (most). Empty: not scored.",
           "3", scores.read_score, "triggered"),
    Column("confidence", "Confidence", "How sure the officers are of the score.", "Medium",
           scores.read_confidence, "triggered", 40, scores.CONFIDENCE),
    Column("date", "Date of scoring", "The day of this score, day before month. For a new score "
           "add a row; leave the old one as it is.", "30/06/2021", cells.read_past_day,
           "triggered"),
    Column("version", "Version", "Tells scores of the same day apart.", "1.0", cells.read_plain,
           "", 20),
    Column("indicator", "Evidence indicator", "Id of the indicator that shows whether it happens, "
           "from the sheet Indicators. May be empty.", "claimant_count_percent",
           cells.read_indicator, "", 200),
    Column("wards", "Wards", "Ward codes from the sheet Wards with ; between them, or "
           "Council-wide. May be empty: not stated.", "Council-wide", cells.read_wards, "", 1_000),
    Column("officer_role", "Officer role", "The role of who scored it. No names of people.",
           "Economic development lead", cells.read_role, "", 80),
    Column("note", "Note", "Why this score. May be empty.", "Footfall counts of June",
           cells.read_plain, "", 1_000),
    Column("source", "Source", "Where it was written down. May be empty.", "Cabinet report",
           cells.read_plain, "", 300),
)  # fmt: skip
FORM = Form(
    sheet=SHEET,
    columns=COLUMNS,
    rows_are="impacts",
    limits=Limits(most_bytes=MOST_BYTES, most_unpacked=30_000_000, most_rows=MOST_ROWS),
    triggers=("impact", "likelihood"),
    trigger_words="with a score",
)
