"""What must hold of every own file that is read, whatever is in it."""

import numpy as np

from data.own.shapes import POINT_KINDS, Checked, OwnSheet


def assert_accounted(sheet: OwnSheet, checked: Checked) -> None:
    """Every row and cell is accounted for, and nothing that is used was altered unsaid."""
    account = checked.account
    assert account.read == account.used + account.set_aside + account.totals + account.blank
    assert account.cells_read == (
        account.cells_used + account.cells_suppressed + account.cells_missing
        + account.cells_set_aside + account.cells_totals + account.cells_blank_rows
    )  # fmt: skip
    below = len(sheet.cells) - checked.mapping.header_row
    has_units = checked.mapping.unit_row > checked.mapping.header_row
    assert account.read == below - has_units
    assert len(checked.set_aside) == account.set_aside
    assert set(checked.set_aside["Row"]) <= set(sheet.cells.index)
    wrong = {finding.row for finding in checked.by_severity("error")}
    assert set(checked.set_aside["Row"]) == wrong
    # The rows set aside are the visitor's own cells, unchanged.
    kept = checked.set_aside.iloc[:, 2:].to_numpy(dtype=object)
    assert (kept == sheet.cells.loc[checked.set_aside["Row"]].to_numpy(dtype=object)).all()
    assert_values_are_in_the_file(sheet, checked)


def assert_values_are_in_the_file(sheet: OwnSheet, checked: Checked) -> None:
    """A figure is what its cell says, or a note says how it was read."""
    if checked.mapping.area_kind in POINT_KINDS:
        return
    headings = {f.column for f in checked.findings if f.severity == "note"}
    rows = checked.rows[(checked.rows["column"] >= 0) & checked.rows["value"].notna()]
    for row in rows.head(200).itertuples():
        text = sheet.cells.at[row.row, row.column]
        try:
            plain = float(text)
        except ValueError:
            plain = np.nan
        if plain != row.value:
            assert checked.headings[row.column] in headings, (text, row.value)
    empty = checked.rows["value"].isna() & checked.rows["numerator"].isna()
    assert (checked.rows.loc[empty, "flag"] != "").all()
