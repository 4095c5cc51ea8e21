"""Workbooks as Excel writes them: what is read of them, what is told, what is refused."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from own_files import change_part, read, reasons, write_workbook

from data.errors import SpreadsheetError
from data.own import workbook
from data.own.opening import open_file

SMALL = [["Ward", "2023"], ["Ramsey", 5], ["Yaxley", 6]]


def write_as_excel(rows) -> bytes:
    """A workbook whose texts stand in a part of their own, which cells share."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Sheet1")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def drop_part(content: bytes, ending: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(stream, "w") as out:
        for part in package.infolist():
            if not part.filename.endswith(ending):
                out.writestr(part.filename, package.read(part))
    return stream.getvalue()


def cells_of(content: bytes) -> list[list[str]]:
    (sheet,) = open_file(content, "test").sheets
    return sheet.cells.to_numpy(dtype=object).tolist()


def test_sheets_without_figures_are_left_out_and_hidden_ones_are_named():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in SMALL:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    book.create_chartsheet("Chart")
    book.create_sheet("Empty")
    secret = book.create_sheet("Last year")
    secret.append(["Ward", "2022"])
    secret.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    file = open_file(stream.getvalue(), "test")
    assert [sheet.name for sheet in file.sheets] == ["Sheet"]
    assert file.notes == (
        "Sheet “Sheet” has 1 hidden row, which is read too",
        "The hidden sheet “Last year” is left out",
    )
    assert file.sheets[0].cells.iloc[2].tolist() == ["Yaxley", "6"]


def test_a_workbook_without_any_cell_is_empty():
    with pytest.raises(SpreadsheetError, match="no visible sheet has anything in it"):
        open_file(write_workbook([]), "test")


def test_a_sheet_whose_text_is_gone_is_no_empty_sheet():
    book = write_workbook(SMALL, more=[("Second", SMALL)])
    other_case = change_part(book, "workbook.xml.rels", b"worksheets/sheet2", b"Worksheets/Sheet2")
    assert len(open_file(other_case, "test").sheets) == 2
    with pytest.raises(SpreadsheetError, match="damaged"):
        open_file(drop_part(book, "sheet2.xml"), "test")


def test_texts_that_cells_share_and_numbers_alone_are_read():
    assert cells_of(write_as_excel(SMALL)) == [["Ward", "2023"], ["Ramsey", "5"], ["Yaxley", "6"]]
    numbers = drop_part(write_as_excel([[1, 2.5], [3, 4]]), "sharedStrings.xml")
    assert cells_of(numbers) == [["1", "2.5"], ["3", "4"]]


def test_long_texts_are_counted_where_they_are_used(monkeypatch):
    monkeypatch.setattr(workbook, "_MOST_LETTERS", 300)
    once = [["x" * 100, *range(5)]]
    assert cells_of(write_as_excel(once))[0][1:] == ["0", "1", "2", "3", "4"]
    with pytest.raises(SpreadsheetError, match="Sheet “Sheet1” repeats very long texts"):
        open_file(write_as_excel([["x" * 100] * 3]), "test")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<c r="B2"', b'<c s="0" r="B2"'),
        (b'<c r="B2"', b"<c\n r='B2'"),
        (b'<c r="B2"', b'<c r="b2"'),
    ],
)
def test_cells_are_found_however_a_program_writes_them(old, new):
    book = change_part(write_as_excel(SMALL), "sheet1.xml", old, new)
    assert cells_of(book)[1] == ["Ramsey", "5"]
    far = change_part(
        book, "sheet1.xml", new, new.replace(b"B2", b"B999999").replace(b"b2", b"b999999")
    )
    with pytest.raises(SpreadsheetError, match="more than 200,000 rows"):
        open_file(far, "test")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<c r="B2"', b"<c"),
        (b'<row r="3"', b'<row r="2"'),
        (b'r="B3"', b'r="A3"'),
    ],
    ids=["a cell without place", "rows out of order", "a cell twice"],
)
def test_a_sheet_that_contradicts_itself_is_damaged_not_read_in_part(old, new):
    book = change_part(write_as_excel(SMALL), "sheet1.xml", old, new)
    with pytest.raises(SpreadsheetError, match="damaged"):
        open_file(book, "test")


def test_dates_yes_and_no_and_long_numbers_are_written_out():
    rows = [["Day", "Kind", "Number"], [dt.date(2024, 4, 1), True, 0.1 + 0.2],
            [dt.datetime(2024, 4, 2, 13, 45), 1, 1e20], ["none", 1.5, 7.0]]  # fmt: skip
    assert cells_of(write_workbook(rows)) == [
        ["Day", "Kind", "Number"],
        ["2024-04-01", "TRUE", "0.3"],
        ["2024-04-02 13:45:00", "1", "1e+20"],
        ["none", "1.5", "7"],
    ]


def test_an_error_in_the_last_cell_is_told_where_it_stands():
    checked = read(write_workbook([*SMALL, ["Warboys", "#DIV/0!"]]))
    assert reasons(checked, 4) == ["is an error of the spreadsheet"]


def test_ending_the_program_is_not_taken_for_a_damaged_workbook(monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(workbook, "check_package", interrupt)
    with pytest.raises(KeyboardInterrupt):
        open_file(write_workbook(SMALL), "test")
