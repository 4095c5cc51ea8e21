"""Action plans as files, for tests."""

from __future__ import annotations

import csv
import io

from data.action_plan_fields import COLUMNS

AREA = "E07000011"
HEADINGS = [column.heading for column in COLUMNS]
GOOD = {
    "Id": "A1",
    "Title": "Help residents back into work",
    "Action area": "Good work",
    "Objective": "A flexible and skilled local workforce",
    "Owner role": "Economic development lead",
    "Start": "01/04/2021",
    "Due": "31/03/2023",
    "Wards": "E05011266; E05011268",
    "Indicator": "claimant_count_percent",
    "Baseline period": "2020",
    "Target": "2.5",
    "Target date": "31/12/2022",
    "Intervention level": "7",
    "Status now": "On track",
    "Forecast status": "Within acceptable variance",
    "Reason": "Two of three job clubs are open",
    "Next step": "Open the third job club",
    "Next step date": "30/09/2021",
    "Source": "Cabinet report, page 4",
}


def make_csv_file(*rows: dict[str, str], headings: list[str] | None = None) -> bytes:
    """A CSV with the template's headings."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, headings or HEADINGS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()
