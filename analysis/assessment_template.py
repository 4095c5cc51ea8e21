"""The template of a file of scored impacts: an empty sheet that helps to fill it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.form_template import ListSheet, describe_columns, make_form_template
from data.assessment_fields import FORM, MOST_BYTES, MOST_ROWS, SHEET

NOTES = (
    ("How to use", f"Fill in the sheet “{SHEET}”, one row for each score, and choose the file on "
     "the page “Covid impact assessment”. The dashboard reads it for this visit only."),
    ("Scores change", "For a new score add a row with the same Id and a new date. Leave the old "
     "row as it is: it is the history."),
    ("Not scored", "Leave Impact and Likelihood empty. Date, area and confidence may then be "
     "empty too."),
    ("Formulas", "Are not computed. Write the number or the date itself."),
    ("Cells", "Do not merge cells. Empty rows do no harm."),
    ("Size", f"At most {MOST_ROWS:,} rows and {MOST_BYTES // 1_000_000} MB, as .xlsx or CSV, "
     "without password or macros."),
)  # fmt: skip


def make_template(
    indicators: Mapping[str, str],
    wards: Mapping[str, str],
    rows: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """An Excel workbook: headings with lists to choose from, notes, indicators and wards.

    Args:
        indicators: names by id, for the sheet of evidence indicators.
        wards: names by code.
        rows: texts by column key, already filled in; none for an empty template.
    """
    sheets = (
        ListSheet("Notes", ("About", "What to know"), NOTES),
        describe_columns(FORM, "where scored"),
        ListSheet("Indicators", ("Id", "Indicator"), list(indicators.items())),
        ListSheet("Wards", ("Code", "Ward"), list(wards.items())),
    )
    kinds = {"impact": "whole", "likelihood": "whole", "date": "day"}
    return make_form_template(FORM, sheets, kinds, rows)  # type: ignore[arg-type]
